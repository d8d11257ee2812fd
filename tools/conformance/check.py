"""Hold /fhir to HL7's validator, by HAPI's client: `make conformance`.

Without an address it brings up two directories of its own, the seed's and a small national sample, reads everything of both, and
runs the example of a consumer in Java on the first. `ARGS="ADDRESS"` names a server that runs already.
`--profiles FOLDER` holds each resource to the profiles in that folder as well, such as those of UK Core in XML.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx2
from rich.console import Console

from api.app import create_app
from bench.national.ready import ready_sample
from bench.national.sample import Sample
from graph_model.database import connect
from graph_model.errors import NeedNotFound
from graph_model.places import PlaceQuestion
from graph_model.referrals import Case, referral_answer
from graph_model.search import NOUNS
from graph_model.search.showing import plan_ahead
from graph_model.settings import Settings
from signpost.api_server import serving
from signpost.errors import StartError
from signpost.local_neo4j import ready_server, repository, server
from signpost.local_neo4j.home import home_of
from signpost.local_neo4j.jars import fetch_jars, jars_of
from signpost.running import the_only_one
from signpost.seeding import ready_graph
from signpost.stages import Stages

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "docs" / "examples" / "java"
NATIONAL = Sample(services=1_000)  # the smallest: some thousand resources of all types
# The finder is asked of a point and of a postcode, each of which Neo4j plans for half a minute on a busy machine.
ASKED_OF = (PlaceQuestion(latitude=52.37, longitude=-1.26), PlaceQuestion("CV21"))
NEED = "minor-injury"
WRITE_ANEW = """The example in {folder} did not print what printed.txt holds. If what it prints is right, run `make up`
and, beside it, the example as its README says: `… > printed.txt`. It printed:
{printed}"""


async def main() -> int:
    """Check what the command line names; the exit status."""
    parser = ArgumentParser(prog="make conformance", description=__doc__)
    parser.add_argument("address", nargs="?", help="such as http://localhost:8000/fhir")
    parser.add_argument("--profiles", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    if asked.address and not is_there(asked.address):
        parser.error(
            f"No FHIR server answers at {asked.address}. Name one that does, or none: a "
            "directory is then brought up for this."
        )
    settings = Settings()
    with Stages(Console()) as stages, tempfile.TemporaryDirectory() as folder:
        classes = Path(folder) / "classes"
        classes.mkdir()
        java = await ready_java(settings, classes, stages)
        profiles = ["--profiles", str(asked.profiles)] if asked.profiles else []
        if asked.address:
            return await run(java, "Conformance", asked.address, *profiles)
        own = settings.model_copy(
            update={"signpost_home": Path(folder) / "seed", "neo4j_uri": None}
        )
        home_of(own).begin_for_long()
        sample = await ready_sample(settings, NATIONAL, stages)
        async with (
            running_neo4j(own, stages) as own,
            running_neo4j(sample, stages) as sample,
        ):
            async with connect(own) as driver:
                await ready_graph(driver, stages)
            async with fhir_of(own) as seed, fhir_of(sample) as national:
                failed = await run(java, "Conformance", seed, national, *profiles)
                return failed or await example(java, seed)


def is_there(address: str) -> bool:
    try:
        return httpx2.get(f"{address}/metadata", trust_env=False, timeout=60).is_success
    except httpx2.HTTPError:
        return False


async def ready_java(settings: Settings, classes: Path, stages: Stages) -> list[str]:
    """The command that runs one of our classes: they are compiled into the folder.

    The Java that we have is a runtime, so the compiler is one of the jars.
    """
    jars = jars_of((HERE / "jars.lock").read_text())
    with stages.stage("HAPI's jars") as stage:
        stage.of(sum(jar.size for jar in jars))
        files = await fetch_jars(
            jars,
            settings.signpost_cache / "conformance",
            repository(settings),
            stage.advance,
            lambda: stage.say("Another start is fetching the jars: waiting for it"),
        )
    class_path = os.pathsep.join([str(classes), *map(str, files)])
    java = [str(server.java()), "-Xmx1500m", "-cp", class_path]
    compiler = [*java, "org.eclipse.jdt.internal.compiler.batch.Main", "-17", "-nowarn"]
    sources = [HERE / "Conformance.java", EXAMPLE / "Consumer.java"]
    with stages.stage("Compiled the checks and the example"):
        await asyncio.to_thread(
            subprocess.run,
            [*compiler, "-cp", class_path, "-d", classes, *sources],
            check=True,
        )
    return java


@asynccontextmanager
async def running_neo4j(settings: Settings, stages: Stages) -> AsyncGenerator[Settings]:
    """A Neo4j on the data folder of the settings; the settings that lead to it.

    Raises AlreadyRunning where another check, or `signpost bench serve`, has the folder.
    """
    home = home_of(settings)
    with the_only_one(home, "`make conformance`"):
        process = await ready_server(settings, stages)
        try:
            yield server.settings_of(home, settings)
        finally:
            await server.stop(process)


@asynccontextmanager
async def fhir_of(settings: Settings) -> AsyncGenerator[str]:
    """The address of FHIR on this graph. It is asked once Neo4j has planned what searches and the finder need."""
    async with connect(settings) as driver:
        await plan_ahead(driver, NOUNS.values())
        for place in ASKED_OF:
            with suppress(NeedNotFound):
                await referral_answer(driver, Case(place, need_code=NEED), None, 1)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        async with serving(create_app(settings), listening):
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/fhir"


async def run(java: list[str], *arguments: str) -> int:
    """Run a class to its end; the exit status. What it prints is shown as it comes."""
    process = await asyncio.create_subprocess_exec(*java, *arguments)
    return await process.wait()


async def example(java: list[str], address: str) -> int:
    """Run the example of a consumer; 0 where it prints what the documentation says."""
    process = await asyncio.create_subprocess_exec(
        *java, "Consumer", address, stdout=asyncio.subprocess.PIPE
    )
    printed = (await process.communicate())[0].decode()
    if printed == (EXAMPLE / "printed.txt").read_text(encoding="utf-8"):
        print("The example in Java prints what it should.")
        return 0
    print(WRITE_ANEW.format(folder=EXAMPLE, printed=printed))
    return 1


if __name__ == "__main__":
    try:
        sys.exit(asyncio.run(main()))
    except StartError as error:
        sys.exit(str(error))
