"""`signpost bench generate` and `signpost bench serve`."""

from __future__ import annotations

import asyncio
import contextlib

from rich.console import Console

from api.app import create_app
from bench.national.ready import ready_sample
from bench.national.sample import Sample
from graph_model.settings import Settings
from signpost.api_server import address, listening_socket, serving
from signpost.errors import WrongSetting
from signpost.local_neo4j import ready_server, server
from signpost.local_neo4j.home import home_of
from signpost.running import the_only_one
from signpost.stages import Stages
from signpost.up import first_end


async def generate(
    settings: Settings, services: int, seed: int, console: Console
) -> None:
    """Make the sample unless it is there, and say how to use it. Raises StartError."""
    with Stages(console) as stages:
        await ready_sample(settings, sample_of(services, seed), stages)
    console.print(
        f"See it: signpost bench serve --services {services} --seed {seed}",
        soft_wrap=True,
    )


async def serve(settings: Settings, services: int, seed: int, console: Console) -> None:
    """Serve the API on the sample until cancelled. Raises StartError."""
    with listening_socket(settings) as listening:
        with Stages(console) as stages:
            settings = await ready_sample(settings, sample_of(services, seed), stages)
        home = home_of(settings)
        with the_only_one(home, f"`signpost bench serve` at {address(settings)}"):
            with Stages(console) as stages:
                process = await ready_server(settings, stages)
            try:
                app = create_app(server.settings_of(home, settings))
                async with serving(app, listening) as api:
                    console.print(f"Serving at {address(settings)}. Ctrl-C stops it.")
                    # To be stopped while serving is this command's proper end.
                    with contextlib.suppress(asyncio.CancelledError):
                        await first_end(api, process, home, None)
            finally:
                await server.stop(process)


def sample_of(services: int, seed: int) -> Sample:
    """The sample. Raises StartError for a size that none can have."""
    try:
        return Sample(services, seed)
    except ValueError as error:
        raise WrongSetting(str(error)) from None
