"""What every test may ask for: a real Neo4j, a driver on it, asyncio.

The test run starts a Neo4j of its own in a temporary folder and stops it at the end.
With SIGNPOST_TEST_NEO4J_URI (and _USER, _PASSWORD) it uses that server instead, and
empties it. NEO4J_URI is never used by a test: it may name somebody's directory.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from neo4j import AsyncDriver
from pydantic import SecretStr
from rich.console import Console

from graph_model.database import connect
from graph_model.settings import Settings
from signpost.local_neo4j import ready_server
from signpost.local_neo4j.home import home_of
from signpost.local_neo4j.server import settings_of, stop
from signpost.stages import Stages

OURS = ("NEO4J_", "SIGNPOST_")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def settings_of_the_tests_alone() -> Generator[dict[str, str]]:
    """Take the variables of whoever runs the tests away, but for the cache of jars."""
    theirs = {name: os.environ[name] for name in os.environ if name.startswith(OURS)}
    kept = {"SIGNPOST_CACHE", "SIGNPOST_REPOSITORY"}
    for name in theirs.keys() - kept:
        del os.environ[name]
    yield theirs
    os.environ.update(theirs)


@pytest.fixture(scope="session")
def neo4j_server(
    settings_of_the_tests_alone: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Generator[Settings]:
    """The settings of a real, empty Neo4j that the tests may fill and empty."""
    theirs = settings_of_the_tests_alone
    if uri := theirs.get("SIGNPOST_TEST_NEO4J_URI"):
        yield Settings(
            neo4j_uri=uri,
            neo4j_user=theirs.get("SIGNPOST_TEST_NEO4J_USER", "neo4j"),
            neo4j_password=SecretStr(theirs["SIGNPOST_TEST_NEO4J_PASSWORD"]),
        )
        return
    with local_neo4j(tmp_path_factory.mktemp("neo4j")) as settings:
        yield settings


@contextmanager
def local_neo4j(folder: Path) -> Generator[Settings]:
    """Run a Neo4j in the folder."""
    settings = Settings(signpost_home=folder, signpost_neo4j_memory="512m")
    with Stages(Console(quiet=True)) as stages:
        process = asyncio.run(ready_server(settings, stages))
    try:
        yield settings_of(home_of(settings), settings)
    finally:
        asyncio.run(stop(process))


@pytest.fixture(scope="session")
async def driver(neo4j_server: Settings) -> AsyncGenerator[AsyncDriver]:
    """A driver on the tests' Neo4j. Whoever fills the graph empties it first."""
    async with connect(neo4j_server) as driver:
        yield driver
