"""A real Neo4j on this machine, from public packages alone."""

from __future__ import annotations

from pathlib import Path

import psutil

from graph_model.settings import Settings
from signpost.local_neo4j import server
from signpost.local_neo4j.home import home_of
from signpost.local_neo4j.jars import NEO4J_VERSION, fetch_jars, locked_jars
from signpost.stages import Stages


async def ready_jars(settings: Settings, stages: Stages) -> list[Path]:
    """Return the server's jars, fetched where the cache has not got them."""
    server.java()
    jars = locked_jars()
    with stages.stage("Neo4j's jars") as stage:
        stage.of(sum(jar.size for jar in jars))
        files = await fetch_jars(
            jars,
            settings.signpost_cache / "jars",
            repository(settings),
            stage.advance,
            lambda: stage.say("Another start is fetching the jars: waiting for it"),
        )
        stage.words = f"Neo4j's {len(files)} jars are in {settings.signpost_cache}"
    return files


async def ready_server(settings: Settings, stages: Stages) -> psutil.Process:
    """Return the server of the data folder, started unless it already answers."""
    home = home_of(settings)
    if process := server.running_server(home):
        with stages.stage(f"Neo4j runs already (process {process.pid})"):
            if await server.answers(home, process):
                return process
            await server.stop(process)
    jars = await ready_jars(settings, stages)
    with stages.stage("Starting Neo4j") as stage:
        process = await server.start(home, jars, settings.signpost_neo4j_memory)
        stage.words = f"Neo4j Community {NEO4J_VERSION} at {home.uri()}"
    return process


def repository(settings: Settings) -> str:
    """Return the address of the Maven repository that the jars come from."""
    if settings.signpost_repository:
        return settings.signpost_repository
    # Imported late: it takes 0.3 s.
    from jgo.constants import MAVEN_CENTRAL_URL

    return MAVEN_CENTRAL_URL
