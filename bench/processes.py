"""The servers that are measured, each a process of its own on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.peers.ready import PEERS
from graph_model.settings import Settings
from signpost.errors import StartError
from signpost.local_neo4j import ready_server, server
from signpost.local_neo4j.home import LOOPBACK, free_port, home_of
from signpost.running import the_only_one
from signpost.stages import Stages

READY_WITHIN = 60.0  # seconds
STOPPED_WITHIN = 10.0


class ServerFailed(StartError):
    """A server that was to be measured did not start."""


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    name: str
    port: int
    path: str
    process: psutil.Process


@asynccontextmanager
async def neo4j(
    settings: Settings, stages: Stages
) -> AsyncGenerator[tuple[Settings, psutil.Process]]:
    """The Neo4j of a sample: the settings with its address, and its process."""
    home = home_of(settings)
    with the_only_one(home, "`signpost bench run`"):
        process = await ready_server(settings, stages)
        try:
            yield server.settings_of(home, settings), process
        finally:
            await server.stop(process)


@asynccontextmanager
async def api(settings: Settings) -> AsyncGenerator[Running]:
    """Signpost itself, as `signpost serve` runs it."""
    command = [sys.executable, "-c", "from signpost.cli import main; main()", "serve"]
    async with running("Signpost", command, "/graphql", settings, {}) as started:
        yield started


@asynccontextmanager
async def route(settings: Settings) -> AsyncGenerator[Running]:
    """A plain Starlette route that answers with the same function (bench/peers/route.py)."""
    command = [sys.executable, "-m", "bench.peers.route"]
    async with running("route", command, "/options", settings, {}) as started:
        yield started


@asynccontextmanager
async def neo4j_graphql(
    settings: Settings, node: Path, schema: Path
) -> AsyncGenerator[Running]:
    """@neo4j/graphql on Yoga (bench/peers/server.mjs) with the type definitions of a file."""
    command = [str(node), str(PEERS / "server.mjs")]
    own = {"SCHEMA": str(schema), "NODE_ENV": "production"}
    async with running("@neo4j/graphql", command, "/graphql", settings, own) as started:
        yield started


@asynccontextmanager
async def running(
    name: str,
    command: list[str],
    path: str,
    settings: Settings,
    own: Mapping[str, str],
) -> AsyncGenerator[Running]:
    """Run a server while the block runs. Raises ServerFailed."""
    assert settings.neo4j_uri
    assert settings.neo4j_password
    port = free_port()
    process = psutil.Popen(
        command,
        env={
            **os.environ,
            "NEO4J_URI": settings.neo4j_uri,
            "NEO4J_USER": settings.neo4j_user,
            "NEO4J_PASSWORD": settings.neo4j_password.get_secret_value(),
            "SIGNPOST_HOST": LOOPBACK,
            "SIGNPOST_PORT": str(port),
            "PORT": str(port),
            **own,
        },
        cwd=PEERS.parent.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        await until_it_listens(name, process, port)
        yield Running(name, port, path, process)
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.terminate()
            try:
                await asyncio.to_thread(process.wait, STOPPED_WITHIN)
            except psutil.TimeoutExpired:
                process.kill()


async def until_it_listens(name: str, process: psutil.Popen, port: int) -> None:
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            _, writer = await asyncio.open_connection(LOOPBACK, port)
        except OSError:
            await asyncio.sleep(0.1)
            continue
        writer.close()
        return
    raise ServerFailed(f"{name} did not start. The lines above say why.")
