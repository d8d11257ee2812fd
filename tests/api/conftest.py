"""What the API's tests ask with: the schema on a seeded graph, and the running API."""

from collections.abc import AsyncGenerator

import httpx2
import pytest
from asking import Asker
from neo4j import AsyncDriver


@pytest.fixture
def ask(directory: AsyncDriver) -> Asker:
    """Ask the schema, without HTTP."""
    return Asker(directory)


@pytest.fixture
async def client(live_api: str) -> AsyncGenerator[httpx2.AsyncClient]:
    """Ask the running API, past any proxy."""
    async with httpx2.AsyncClient(
        base_url=live_api, trust_env=False, timeout=60
    ) as client:
        yield client
