"""What every test may ask for: a real Neo4j, a driver on it, asyncio.

The test run starts Neo4j by itself in temporary folders and stops it at the end; the
variables that name somebody's own server are taken away first, so that no test can
touch it. There are two servers, each started when a test first asks for it:

- `directory` is a driver on a graph with the seed in it, and `neo4j_server` its
  settings. Tests read it and write nothing that a reader could see.
- `live_api` is the address of the API, running on `directory`.
- `driver` is a driver on a scratch graph, and `scratch_server` its settings. Tests that
  write use `empty_graph`: the same driver, on an empty graph with the schema.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from asking import Asker
from neo4j import AsyncDriver
from rich.console import Console

from api.app import create_app
from graph_model.database import connect
from graph_model.schema import apply_schema
from graph_model.settings import Settings
from seed.load import load_seed
from signpost.api_server import serving
from signpost.local_neo4j import ready_server
from signpost.local_neo4j.home import home_of
from signpost.local_neo4j.server import settings_of, stop
from signpost.stages import Stages

EMPTY_THE_GRAPH = """
MATCH (node)
CALL (node) { DETACH DELETE node } IN TRANSACTIONS OF 5000 ROWS
"""

OURS = ("NEO4J_", "SIGNPOST_")
# Where jars come from and go to is the machine's affair.
KEPT = {"SIGNPOST_CACHE", "SIGNPOST_REPOSITORY"}


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def nobodys_settings() -> Generator[None]:
    """Take away the settings of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(OURS)]:
            if name not in KEPT:
                patch.delenv(name)
        yield


@contextmanager
def local_neo4j(folder: Path) -> Generator[Settings]:
    """Run a Neo4j in the folder."""
    settings = Settings(signpost_home=folder, signpost_neo4j_memory="512m")
    home_of(settings).begin_for_long()
    with Stages(Console(quiet=True)) as stages:
        process = asyncio.run(ready_server(settings, stages))
    try:
        yield settings_of(home_of(settings), settings)
    finally:
        asyncio.run(stop(process))


@pytest.fixture(scope="session")
def neo4j_server(
    nobodys_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Settings]:
    """The settings of the Neo4j that `directory` is in."""
    with local_neo4j(tmp_path_factory.mktemp("directory")) as settings:
        yield settings


@pytest.fixture(scope="session")
async def directory(neo4j_server: Settings) -> AsyncGenerator[AsyncDriver]:
    """A driver on a graph with the seed in it, for tests that read."""
    async with connect(neo4j_server) as driver:
        await apply_schema(driver)
        report = await load_seed(driver)
        assert report.complaints == []
        yield driver


@pytest.fixture(scope="session")
async def live_api(
    directory: AsyncDriver, neo4j_server: Settings
) -> AsyncGenerator[str]:
    """The address of the API, running on `directory`."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        async with serving(create_app(neo4j_server), listening):
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@pytest.fixture
def ask(directory: AsyncDriver) -> Asker:
    """Ask the schema, without HTTP."""
    return Asker(directory)


@pytest.fixture(scope="session")
def scratch_server(
    nobodys_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Settings]:
    """The settings of the Neo4j that `driver` and `empty_graph` are on."""
    with local_neo4j(tmp_path_factory.mktemp("scratch")) as settings:
        yield settings


@pytest.fixture(scope="session")
async def driver(scratch_server: Settings) -> AsyncGenerator[AsyncDriver]:
    """A driver on the scratch graph, whatever is in it."""
    async with connect(scratch_server) as driver:
        yield driver


@pytest.fixture
async def empty_graph(driver: AsyncDriver) -> AsyncDriver:
    """A driver on a graph with the schema and nothing in it, for tests that write."""
    async with driver.session() as session:
        await (await session.run(EMPTY_THE_GRAPH)).consume()
    await apply_schema(driver)
    return driver
