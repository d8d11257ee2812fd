"""What the tests of FHIR ask with: the running API on the seed."""

from collections.abc import AsyncGenerator

import httpx2
import pytest
from fhir_client import Fhir


@pytest.fixture
async def fhir(live_api: str) -> AsyncGenerator[Fhir]:
    """Ask the running API at /fhir, past any proxy."""
    async with httpx2.AsyncClient(trust_env=False, timeout=120) as client:
        yield Fhir(f"{live_api}/fhir", client)
