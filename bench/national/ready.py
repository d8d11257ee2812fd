"""A Neo4j with the sample in it, made once for each sample and kept in the cache."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping
from pathlib import Path

from bench.national.importing import import_files
from bench.national.sample import Sample
from bench.national.write import write_sample
from graph_model.database import DATABASE, connect, write
from graph_model.ledgers import refresh_ledgers
from graph_model.reach import SET_PLACED
from graph_model.schema import MIGRATIONS, SCHEMA, apply_schema
from graph_model.settings import Settings
from seed.files import fingerprint
from seed.load import PROGRAMS, SEED
from signpost.errors import NO_ROOM, FullDisk
from signpost.local_neo4j import ready_jars, server
from signpost.local_neo4j.home import Home
from signpost.locks import held
from signpost.stages import Stages

NEEDED_MEGABYTES = 2_000


async def ready_sample(settings: Settings, sample: Sample, stages: Stages) -> Settings:
    """The settings with the data folder of the sample, which is made unless it is in the cache.

    Raises StartError.
    """
    folder = settings.signpost_cache.expanduser().resolve() / "national"
    home = folder / f"{sample.name}-{programs()[:12]}"
    with stages.stage("The national sample") as stage:
        folder.mkdir(parents=True, exist_ok=True)
        async with held(
            folder / f"{sample.name}.lock",
            on_wait=lambda: stage.say("Another start makes this sample: waiting"),
        ):
            if not home.exists():
                remove_older(folder, sample)
                await make_sample(settings, sample, home, stages)
        stage.words = f"The sample of {sample.services:,} services is in {home}"
    return settings.model_copy(update={"signpost_home": home, "neo4j_uri": None})


def programs() -> str:
    """What stands for all that decides what becomes of a sample: the seed, the schema, the generator."""
    generator = Path(__file__).parent.glob("*.py")
    return fingerprint(
        SEED, *PROGRAMS, SCHEMA, *sorted(MIGRATIONS.glob("*.cypher")), *generator
    )


def remove_older(folder: Path, sample: Sample) -> None:
    """Remove what an earlier generator or schema made of this sample, unless somebody uses it."""
    for old in folder.glob(f"{sample.name}-*"):
        if old.is_dir() and server.running_server(Home(old)) is None:
            shutil.rmtree(old)


async def make_sample(
    settings: Settings, sample: Sample, home: Path, stages: Stages
) -> Mapping[str, int]:
    """Make the sample beside its place, and put it there when it is whole.

    Returns how many nodes and relationships there are of each kind. Raises StartError.
    """
    jars = await ready_jars(settings, stages)
    part = Home(home.with_name(f"{home.name}.part"))
    shutil.rmtree(part.root, ignore_errors=True)
    files = part.root / "files"
    try:
        with stages.stage(f"Generating {sample.services:,} services") as stage:
            counts = await asyncio.to_thread(write_sample, sample, files)
            stage.words = (
                f"Generated {sample.services:,} services: {sum(counts.values()):,} "
                "nodes and relationships"
            )
        with stages.stage("Importing them"):
            await import_files(part, jars, files)
            shutil.rmtree(files)
        with stages.stage("Constraints, indexes and migrations"):
            await index(settings, part, jars)
        part.root.rename(home)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise FullDisk(home.parent, NEEDED_MEGABYTES) from error
        raise
    return counts


async def index(settings: Settings, home: Home, jars: list[Path]) -> None:
    """Bring the imported graph to today's schema, and say what the import cannot."""
    process = await server.start(home, jars, settings.signpost_neo4j_memory)
    try:
        async with connect(server.settings_of(home, settings)) as driver:
            await apply_schema(driver)
            await write(driver, SET_PLACED)
            # Of the whole graph at once, as no row of the import's files can tell it.
            async with driver.session(database=DATABASE) as session:
                await session.execute_write(refresh_ledgers)
    finally:
        await server.stop(process)
