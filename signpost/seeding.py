"""The seed in the graph, loaded and verified: `signpost seed`."""

from __future__ import annotations

from neo4j import AsyncDriver
from rich.console import Console

from graph_model.database import connect, read, write
from graph_model.schema import apply_schema
from graph_model.settings import Settings
from seed.load import load_seed
from seed.verify import verify
from signpost.errors import SeedFailed
from signpost.graph_address import with_graph_address
from signpost.stages import Stages

MOST_PROBLEMS = 20

VERIFIED = """
MATCH (directory:Directory)
RETURN directory.verified = directory.seed AS row
"""

# A seed that was written and found wanting is judged again at the next start.
REMEMBER_VERIFIED = """
MATCH (directory:Directory)
SET directory.verified = directory.seed
"""

NOT_VERIFIED = """The graph is not what the seed says, in {count} points:
{problems}
These are faults of the seed's files or of what changed the graph since. Mend the files
and start again; `make clean-data` begins with an empty graph."""


async def seed(settings: Settings, console: Console) -> None:
    """Bring the graph of the settings to today's schema and seed. Raises StartError."""
    async with connect(with_graph_address(settings)) as driver:
        with Stages(console) as stages:
            await ready_graph(driver, stages)


async def ready_graph(driver: AsyncDriver, stages: Stages) -> None:
    """Bring the graph to today's schema and seed, as far as it is not there yet.

    Raises SeedFailed where the graph does not pass its verification.
    """
    with stages.stage("Constraints, indexes and migrations"):
        await apply_schema(driver)
    with stages.stage("The seed") as stage:
        report = await load_seed(driver, stage.now)
        if report.unchanged and await read(driver, VERIFIED) == [True]:
            stage.words = "The seed was in the graph"
            return
        problems = await verify(driver) if report.unchanged else report.complaints
        stage.words = "The seed is in the graph"
    if problems:
        raise SeedFailed(in_words(problems))
    await write(driver, REMEMBER_VERIFIED)


def in_words(problems: list[str]) -> str:
    lines = [f"    {problem}" for problem in problems[:MOST_PROBLEMS]]
    if len(problems) > MOST_PROBLEMS:
        lines.append(f"    … and {len(problems) - MOST_PROBLEMS} more")
    return NOT_VERIFIED.format(count=len(problems), problems="\n".join(lines))
