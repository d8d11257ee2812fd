"""The command `signpost`: the directory on this machine, from nothing to an answer."""

from __future__ import annotations

import asyncio

import typer
from rich.console import Console

from graph_model.settings import Settings
from signpost.errors import StartError

console = Console(highlight=False)
app = typer.Typer(
    help=__doc__,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
neo4j_commands = typer.Typer(help="The local Neo4j.", no_args_is_help=True)
app.add_typer(neo4j_commands, name="neo4j")


@neo4j_commands.command("start")
def neo4j_start() -> None:
    """Start the local Neo4j and leave it running."""
    from signpost.local_neo4j.control import start_and_leave

    asyncio.run(start_and_leave(Settings(), console))


@neo4j_commands.command("stop")
def neo4j_stop() -> None:
    """Stop the local Neo4j."""
    from signpost.local_neo4j.control import stop

    asyncio.run(stop(Settings(), console))


@neo4j_commands.command("status")
def neo4j_status() -> None:
    """Say where Neo4j is and whether it answers."""
    from signpost.local_neo4j.control import status

    raise typer.Exit(asyncio.run(status(Settings(), console)))


def main() -> None:
    """Run the command; what keeps it from working is one message, no traceback."""
    try:
        app()
    except StartError as error:
        Console(stderr=True, highlight=False).print(f"\n[red]✗[/red] {error}\n")
        raise SystemExit(1) from None
