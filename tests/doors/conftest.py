"""What the tests of all doors ask with: the running API on the seed, and two hundred cases."""

from collections.abc import AsyncGenerator

import httpx2
import pytest
from asking_all import Doors
from drawn_cases import DrawnCase, two_hundred_cases
from neo4j import AsyncDriver

PATIENCE = 600.0  # seconds


@pytest.fixture
async def doors(
    live_api: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Doors]:
    """Ask the running API, past any proxy.

    Neo4j plans a question when it first meets it, which on a busy machine takes longer than callers are made to wait.
    """
    for module in ("api.doors", "api.graphql.http"):
        monkeypatch.setattr(f"{module}.SECONDS", PATIENCE)
    async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE) as client:
        yield Doors(live_api, client)


@pytest.fixture
async def cases(directory: AsyncDriver) -> list[DrawnCase]:
    return await two_hundred_cases(directory)
