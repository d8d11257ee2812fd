"""Start, stop and look at the local Neo4j by hand: `signpost neo4j …`."""

from __future__ import annotations

import shutil

from rich.console import Console

from graph_model.database import connect
from graph_model.errors import DirectoryUnavailable
from graph_model.settings import Settings
from signpost.errors import StartError
from signpost.graph_address import with_graph_address
from signpost.local_neo4j import ready_server, server
from signpost.local_neo4j.home import home_of
from signpost.running import stop_holder, the_only_one
from signpost.stages import Stages

ELSEWHERE = (
    "NEO4J_URI names a Neo4j that Signpost does not run: {uri}. Start and stop it "
    "where it is, or unset NEO4J_URI to use one on this machine."
)


async def start_and_leave(settings: Settings, console: Console) -> None:
    """Start the server of the data folder so that it outlives this command."""
    refuse_a_server_elsewhere(settings)
    home = home_of(settings)
    with the_only_one(home, "`signpost neo4j start`"), Stages(console) as stages:
        await ready_server(settings, stages)
        home.stays.touch()
    show_addresses(settings, console)


async def stop(settings: Settings, console: Console) -> None:
    refuse_a_server_elsewhere(settings)
    home = home_of(settings)
    with the_only_one(home, "`signpost neo4j stop`"):
        home.stays.unlink(missing_ok=True)
        process = server.running_server(home)
        if process is None:
            console.print(f"No Neo4j runs with the data folder {home.root}.")
            return
        await server.stop(process)
    console.print(f"Neo4j is stopped (it was process {process.pid}).")


async def remove(settings: Settings, console: Console) -> None:
    """Stop the local Neo4j and remove all that it holds: data, password, logs."""
    refuse_a_server_elsewhere(settings)
    await stop(settings, console)
    home = home_of(settings)
    with the_only_one(home, "`signpost neo4j remove`"):
        shutil.rmtree(home.folder, ignore_errors=True)
    console.print(f"Removed {home.folder}. The next start begins anew.")


async def stop_everything(settings: Settings, console: Console) -> None:
    """Stop `signpost up` and the local Neo4j, whichever of them runs."""
    home = home_of(settings)
    if stop_holder(home):
        console.print("`signpost up` is stopped.")
        if server.running_server(home) is None:
            return
    if not settings.neo4j_uri:
        await stop(settings, console)


async def status(settings: Settings, console: Console) -> int:
    """Say how Neo4j is; return the command's exit status: 0 if it answers, else 3."""
    if not settings.neo4j_uri:
        home = home_of(settings)
        process = server.running_server(home)
        if process is None:
            console.print(f"No Neo4j runs with the data folder {home.root}.")
            return 3
        console.print(f"Neo4j runs as process {process.pid}; its log is {home.log}.")
    settings = with_graph_address(settings)
    try:
        async with connect(settings):
            console.print(f"It answers at {settings.neo4j_uri}.")
    except DirectoryUnavailable as error:
        console.print(str(error))
        return 3
    return 0


def show_addresses(settings: Settings, console: Console) -> None:
    """Print what another program needs to use the server, as a shell reads it."""
    home = home_of(settings)
    console.print(f"export NEO4J_URI={home.uri()}", soft_wrap=True)
    console.print("export NEO4J_USER=neo4j")
    console.print(
        f'export NEO4J_PASSWORD="$(cat "{home.password_file}")"', soft_wrap=True
    )


def refuse_a_server_elsewhere(settings: Settings) -> None:
    if settings.neo4j_uri:
        raise StartError(ELSEWHERE.format(uri=settings.neo4j_uri))
