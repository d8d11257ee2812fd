"""What the tests of the DoS search ask with: the running API on the seed."""

from collections.abc import AsyncGenerator

import httpx2
import pytest
from dos_client import Dos


@pytest.fixture
async def dos(live_api: str) -> AsyncGenerator[Dos]:
    """Ask the running API at /dos, past any proxy."""
    async with httpx2.AsyncClient(trust_env=False, timeout=120) as client:
        yield Dos(live_api, client)
