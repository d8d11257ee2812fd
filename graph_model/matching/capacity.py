"""How busy a service is: GREEN, AMBER or RED, as somebody said for a while (the DoS's capacity status).

RED takes nobody, AMBER takes people with delay. Both fall back to GREEN by themselves, as in the DoS: nobody
remembers to take them back. What somebody said tells nothing of the time before it, and nothing of another
day than that on which it ends: capacity is of now.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from graph_model.matching.case import Row, Setting
from graph_model.matching.citing import criterion
from graph_model.matching.opening import LONDON
from graph_model.matching.opening_words import moment_in_words
from graph_model.matching.verdicts import FAIL, PASS, UNKNOWN

GREEN, AMBER, RED = "GREEN", "AMBER", "RED"

# The DoS's bounds for the time after which a status falls back.
SHORTEST, LONGEST = timedelta(minutes=15), timedelta(hours=120)

TAKES = {GREEN: "takes people", AMBER: "takes people, with delay", RED: "takes nobody"}


def judge_capacity(service: Row, setting: Setting) -> dict[str, Any]:
    """Whether the service has room for the person at the moment that the case is for."""
    if service["capacity"] is None:
        return criterion("CAPACITY", UNKNOWN, "Nobody has said how busy it is.")
    verdict, words = room_at(
        service["capacity"],
        service["capacity_updated_at"],
        service["capacity_resets_at"],
        setting.at.astimezone(UTC),
        setting.as_of,
    )
    return criterion("CAPACITY", verdict, words)


@lru_cache(maxsize=4096)
def room_at(
    status: str,
    updated_at: datetime,
    resets_at: datetime | None,
    at: datetime,
    as_of: date,
) -> tuple[str, str]:
    """The verdict and its words; of facts of another day than the moment's, capacity is not known."""
    said = f"At {moment_in_words(updated_at)} it was {status}"
    now = capacity_at(status, updated_at, resets_at, at)
    if now is None or local_day(at) != as_of:
        return UNKNOWN, (
            f"{said}. How busy it is at {moment_in_words(at)} is not known: nobody has "
            "said it for then."
        )
    if resets_at and resets_at <= at:
        until = moment_in_words(resets_at)
        return PASS, f"{said} until {until}; after that it counts as GREEN again."
    until = f", until {moment_in_words(resets_at)}" if resets_at else ""
    return FAIL if now == RED else PASS, f"{said}{until}: it {TAKES[now]}."


def capacity_at(
    status: str, updated_at: datetime, resets_at: datetime | None, at: datetime
) -> str | None:
    """GREEN, AMBER or RED at a moment; None where what was said tells nothing of it."""
    if at < updated_at:
        return None
    if resets_at and at < resets_at:
        return status
    if local_day(at) != local_day(resets_at or updated_at):
        return None
    return GREEN if resets_at else status


def local_day(at: datetime) -> date:
    """The day in England."""
    return at.astimezone(LONDON).date()
