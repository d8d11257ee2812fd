"""Scenario packs: `signpost scenarios check`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.console import Console

from graph_model.database import connect
from graph_model.settings import Settings
from seed.scenario_checks import check_scenarios
from signpost.errors import StartError, readable
from signpost.graph_address import with_graph_address


class Differs(StartError):
    """The directory answers otherwise than a pack says it must."""


async def check_pack(
    settings: Settings, file: Path, as_of: date | None, console: Console
) -> None:
    """Run a pack and show what differs. Raises Differs, so that the exit status is 1, if any does."""
    async with connect(with_graph_address(settings)) as driver:
        outcomes = await check_scenarios(driver, readable(file), as_of)
    differing = [outcome for outcome in outcomes if outcome.differences]
    for outcome in differing:
        where = f"{file}, line {outcome.line}"
        console.print(f"✗ {outcome.name} ({where})", markup=False, soft_wrap=True)
        for difference in outcome.differences:
            console.print(f"    {difference}", markup=False, soft_wrap=True)
    if differing:
        raise Differs(
            f"{len(differing)} of {len(outcomes)} cases have another answer than they must."
        )
    console.print(f"✓ All {len(outcomes)} cases have the answers that they must have.")
