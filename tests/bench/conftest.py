"""A Neo4j with a small sample in it, for the tests that read it."""

from collections.abc import AsyncGenerator

import pytest
from neo4j import AsyncDriver
from rich.console import Console
from small_sample import SMALL

from bench.national.ready import make_sample
from graph_model.database import connect
from graph_model.settings import Settings
from signpost.local_neo4j import ready_server
from signpost.local_neo4j.home import home_of
from signpost.local_neo4j.server import settings_of, stop
from signpost.stages import Stages


@pytest.fixture(scope="session")
async def counts_and_driver(
    nobodys_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[tuple[dict[str, int], AsyncDriver]]:
    """What was written of a small sample, and a driver on a Neo4j with it."""
    home = tmp_path_factory.mktemp("national") / "sample"
    settings = Settings(signpost_home=home, signpost_neo4j_memory="512m")
    with Stages(Console(quiet=True)) as stages:
        counts = await make_sample(settings, SMALL, home, stages)
        process = await ready_server(settings, stages)
    try:
        async with connect(settings_of(home_of(settings), settings)) as driver:
            yield dict(counts), driver
    finally:
        await stop(process)


@pytest.fixture(scope="session")
def sample_driver(counts_and_driver: tuple[dict[str, int], AsyncDriver]) -> AsyncDriver:
    """A driver on a Neo4j with the small sample."""
    return counts_and_driver[1]
