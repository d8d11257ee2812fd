"""The seed in the graph: loaded once for each state of its files."""

from __future__ import annotations

from pathlib import Path

from neo4j import AsyncDriver
from rich.console import Console
from seed.load import load_seed
from seed.verify import verify

import graph_model
import seed as seed_package
from graph_model.database import connect, read, write
from graph_model.schema import apply_schema
from graph_model.settings import Settings
from signpost.digests import digest_of
from signpost.errors import SeedFailed
from signpost.graph_address import with_graph_address
from signpost.stages import Stages

SEEDED_FROM = """
MATCH (state:SeedState)
RETURN state.digest AS row
"""

REMEMBER_SEED = """
MERGE (state:SeedState)
SET state.digest = $digest
"""

FORGET_SEED = """
MATCH (state:SeedState)
DELETE state
"""

NOT_VERIFIED = """The graph is not what the seed says, in {count} points:
{problems}
These are faults of the seed's files or of its loader. `signpost seed` tries again."""


async def ready_graph(driver: AsyncDriver, stages: Stages) -> None:
    """Bring the graph to today's schema and seed, unless it is there already.

    Raises SeedFailed.
    """
    with stages.stage("Constraints, indexes and migrations"):
        await apply_schema(driver)
    if await seeded_from(driver) == seed_digest():
        with stages.stage("The seed is in the graph"):
            return
    await load_and_verify(driver, stages)


async def load_and_verify(driver: AsyncDriver, stages: Stages) -> None:
    """Load the seed, verify the graph, and remember both."""
    await write(driver, FORGET_SEED)
    with stages.stage("Loading the seed") as stage:
        await load_seed(driver, lambda words, done, total: stage.at(done, total))
    with stages.stage("Verifying the graph"):
        problems = await verify(driver)
    if problems:
        raise SeedFailed(in_words(problems))
    await write(driver, REMEMBER_SEED, digest=seed_digest())


def in_words(problems: list[str], most: int = 20) -> str:
    lines = [f"    {problem}" for problem in problems[:most]]
    if len(problems) > most:
        lines.append(f"    … and {len(problems) - most} more")
    return NOT_VERIFIED.format(count=len(problems), problems="\n".join(lines))


async def seeded_from(driver: AsyncDriver) -> str | None:
    """Return the digest of the seed that the graph was loaded and verified with."""
    digests = await read(driver, SEEDED_FROM)
    return digests[0] if digests else None


def seed_digest() -> str:
    """Return what stands for the seed of this checkout and how it gets in the graph."""
    root = Path(seed_package.__file__).parent.parent
    folders = (Path(seed_package.__file__).parent, Path(graph_model.__file__).parent)
    kinds = {".csv", ".cypher", ".py", ".yaml"}
    return digest_of(
        (
            file
            for folder in folders
            for file in folder.rglob("*")
            if file.suffix in kinds
        ),
        root,
    )


async def seed(settings: Settings, console: Console) -> None:
    """Bring the graph of the settings to today's schema and seed: `signpost seed`."""
    async with connect(with_graph_address(settings)) as driver:
        with Stages(console) as stages:
            with stages.stage("Constraints, indexes and migrations"):
                await apply_schema(driver)
            await load_and_verify(driver, stages)
