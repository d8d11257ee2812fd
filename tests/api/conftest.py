"""What the API's tests ask with: the schema on a seeded graph, and the running API."""

from collections.abc import AsyncGenerator

import httpx2
import pytest


@pytest.fixture
async def client(live_api: str) -> AsyncGenerator[httpx2.AsyncClient]:
    """Ask the running API, past any proxy."""
    async with httpx2.AsyncClient(
        base_url=live_api, trust_env=False, timeout=60
    ) as client:
        yield client
