"""Bringing files into the directory: `signpost import`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from neo4j import AsyncDriver
from rich.console import Console

from graph_model.database import connect
from graph_model.schema import apply_schema
from graph_model.settings import Settings
from seed.importers.files import members
from seed.importers.report import Report
from signpost.graph_address import with_graph_address
from signpost.stages import Stages

Import = Callable[[AsyncDriver, Path, Callable[[str, int], None]], Awaitable[Report]]


async def import_file(
    settings: Settings, console: Console, path: Path, work: Import, words: str
) -> None:
    """Import a file into the graph of the settings and say what came of it.

    Raises StartError and DirectoryError.
    """
    async with connect(with_graph_address(settings)) as driver:
        with Stages(console) as stages:
            with stages.stage("Constraints, indexes and migrations"):
                await apply_schema(driver)
            with stages.stage(words) as stage:
                stage.of(size_of(path))

                def tell(now: str, size: int) -> None:
                    stage.now(now)
                    stage.advance(size)

                report = await work(driver, path, tell)
        for line in report.lines():
            console.print(line, markup=False)


def size_of(path: Path) -> int:
    """How many bytes there are to read; 0 for a file that is not there, of which the import tells."""
    return sum(member.size for member in members(path)) if path.is_file() else 0
