"""`signpost up`: from nothing to an answer, and back to nothing."""

from __future__ import annotations

import asyncio
import contextlib
import os
from contextlib import AsyncExitStack

import psutil
from rich.console import Console

from api.app import create_app
from graph_model.database import connect
from graph_model.settings import Settings
from signpost.api_server import address, listening_socket, serving
from signpost.assets import ready_assets
from signpost.errors import Neo4jFailed, StartError
from signpost.first_question import ask_the_first_question
from signpost.local_neo4j import ready_server, server
from signpost.local_neo4j.home import Home, home_of
from signpost.running import the_only_one
from signpost.seeding import ready_graph
from signpost.stages import Stages
from signpost.together import together

LOOK_AGAIN = 0.5  # seconds


async def up(settings: Settings, console: Console, stop_with: int | None) -> None:
    """Bring everything up, serve until cancelled, and stop what was started.

    `stop_with` is a process whose end, whatever ended it, is ours too.
    Raises StartError.
    """
    home = home_of(settings)
    what = f"`signpost up` at {address(settings)}"
    with listening_socket(settings) as listening, the_only_one(home, what):
        async with AsyncExitStack() as started:
            with Stages(console) as stages:
                graph = Graph(settings, home, started, console)
                await together([ready_assets(stages), graph.ready(stages)])
            async with serving(create_app(graph.settings), listening) as api:
                await ask_the_first_question(address(settings), console)
                # To be stopped while serving is this command's proper end.
                with contextlib.suppress(asyncio.CancelledError):
                    await first_end(api, graph.process, home, stop_with)


class Graph:
    """The graph of a start: where it is, and the local server if there is one."""

    def __init__(
        self,
        settings: Settings,
        home: Home,
        started: AsyncExitStack,
        console: Console,
    ) -> None:
        self.settings = settings
        self.process: psutil.Process | None = None
        self.home = home
        self.started = started
        self.console = console

    async def ready(self, stages: Stages) -> None:
        if not self.settings.neo4j_uri:
            self.process = await ready_server(self.settings, stages)
            self.started.push_async_callback(self.stop)
            self.settings = server.settings_of(self.home, self.settings)
        async with connect(self.settings) as driver:
            await ready_graph(driver, stages)

    async def stop(self) -> None:
        if self.home.stays.exists():
            self.console.print("Neo4j stays: `signpost neo4j start` started it.")
        elif self.process:
            await server.stop(self.process)


async def first_end(
    api: asyncio.Task[None],
    neo4j: psutil.Process | None,
    home: Home,
    stop_with: int | None,
) -> None:
    """Return when the process to stop with has ended.

    Raises StartError when the API or Neo4j ends, which should not.
    """
    while not api.done():
        if neo4j and not server.is_running(neo4j):
            raise Neo4jFailed("Neo4j stopped by itself", home.log, "Start again.")
        if stop_with and os.getppid() != stop_with:
            return
        await asyncio.wait([api], timeout=LOOK_AGAIN)
    raise StartError("The API stopped by itself. The lines above say why.")
