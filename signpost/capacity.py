"""How busy a service is, said by hand: `signpost capacity`."""

from __future__ import annotations

import re
from datetime import timedelta

from rich.console import Console

from graph_model.capacity import state_capacity
from graph_model.database import connect
from graph_model.errors import BadUserInput
from graph_model.matching.opening_words import moment_in_words
from graph_model.settings import Settings
from signpost.graph_address import with_graph_address

UNITS = {"m": "minutes", "h": "hours", "d": "days"}


async def state(
    settings: Settings, console: Console, slug: str, status: str, lasting: str | None
) -> None:
    """Write what is said of a service. Raises BadUserInput or ServiceNotFound."""
    time = None if lasting is None else duration(lasting)
    async with connect(with_graph_address(settings)) as driver:
        name, stated = await state_capacity(driver, slug, status.upper(), time)
    until = (
        f" until {moment_in_words(stated['resets_at'])}" if stated["resets_at"] else ""
    )
    since = moment_in_words(stated["updated_at"])
    console.print(f"✓ {name} is {stated['status']} from {since}{until}", markup=False)


def duration(text: str) -> timedelta:
    """A time such as 45m, 4h or 2d. Raises BadUserInput."""
    found = re.fullmatch(r"(\d{1,5})([mhd])", text.strip().lower())
    if found is None:
        raise BadUserInput(
            f"{text[:20]!r} is no time. Write a number and m, h or d, such as 45m, 4h or 2d."
        )
    return timedelta(**{UNITS[found[2]]: int(found[1])})
