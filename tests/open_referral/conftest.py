"""What the tests of Open Referral ask with: the running API on the seed."""

from collections.abc import AsyncGenerator

import httpx2
import pytest
from open_referral_client import OpenReferral


@pytest.fixture
async def door(live_api: str) -> AsyncGenerator[OpenReferral]:
    """Ask the running API at /open-referral, past any proxy."""
    async with httpx2.AsyncClient(trust_env=False, timeout=120) as client:
        yield OpenReferral(live_api, client)
