"""Pictures of coverage and of contracts' impact as files: `signpost draw coverage`, `signpost draw impact`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.console import Console

from graph_model.coverage import CoverageQuestion, coverage
from graph_model.database import connect
from graph_model.errors import BadUserInput
from graph_model.impact import contract_impact
from graph_model.pictures.coverage import svg_of_coverage
from graph_model.pictures.impact import svg_of_impact
from graph_model.settings import Settings
from signpost.draw import NothingToDraw
from signpost.graph_address import with_graph_address


async def draw_coverage(
    settings: Settings,
    question: CoverageQuestion,
    as_of: date | None,
    output: Path | None,
    console: Console,
) -> None:
    """Draw a matrix into a file, or print it. Raises NothingToDraw for what cannot be asked."""
    async with connect(with_graph_address(settings)) as driver:
        try:
            found = await coverage(driver, question, as_of)
        except BadUserInput as error:
            raise NothingToDraw(str(error)) from error
    put(svg_of_coverage(found), output, console)


async def draw_impact(
    settings: Settings,
    contracts: Sequence[str] | None,
    ending_before: date | None,
    as_of: date | None,
    output: Path | None,
    console: Console,
) -> None:
    """Draw what stops if contracts end. Raises NothingToDraw for what cannot be asked."""
    async with connect(with_graph_address(settings)) as driver:
        try:
            found = await contract_impact(
                driver, contracts, ending_before, as_of, drawn=True
            )
        except BadUserInput as error:
            raise NothingToDraw(str(error)) from error
    put(svg_of_impact(found), output, console)


def put(text: str, output: Path | None, console: Console) -> None:
    """Write the picture into the file, or print it where there is none."""
    if output is None:
        sys.stdout.write(text)
        return
    output.write_text(text, encoding="utf-8")
    console.print(f"{output} written.", markup=False, soft_wrap=True)
