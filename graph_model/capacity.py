"""How busy a service is: saying it, and what was said as of a day."""

from datetime import date, datetime, timedelta
from typing import LiteralString, TypedDict

from neo4j import AsyncDriver

from graph_model.answers import moment
from graph_model.cards import compose
from graph_model.database import read, write
from graph_model.directory import directory_day
from graph_model.errors import BadUserInput
from graph_model.matching.capacity import GREEN, LONGEST, SHORTEST, TAKES, capacity_at
from graph_model.matching.case import Row
from graph_model.slugs import service_not_found


class CapacityRow(TypedDict):
    """How busy a service is, when somebody said so, and when it counts as GREEN again."""

    status: str
    updated_at: datetime
    resets_at: datetime | None


NAME_OF_SERVICE = compose("""
<as of>
MATCH (service:Service {slug: $asked.slug})
RETURN <service.name then> AS row
""")

# A search reads of the facts whether anybody has ever said it (graph_model/reach.py).
STATE_CAPACITY: LiteralString = """
MATCH (service:Service {slug: $slug})
SET service.capacity = $status,
    service.capacity_updated_at = $updated_at,
    service.capacity_resets_at = $resets_at
WITH service WHERE service.facts[7] >= 3
SET service.facts = service.facts[..7] + [service.facts[7] - 3] + service.facts[8..]
WITH service
MATCH (service)-[met:MEETS|OF_TYPE|MEETS_IN]->()
SET met.facts = service.facts
"""


async def state_capacity(
    driver: AsyncDriver, slug: str, status: str, lasting: timedelta | None
) -> tuple[str, CapacityRow]:
    """Say how busy a service is from now on, and for how long; returns its name and what was written.

    Now is the present moment in a live directory, and in one with a date of its own that date at the
    present time of day, as for a case without `at`. Raises BadUserInput or ServiceNotFound.
    """
    check(status, lasting)
    names = await read(driver, NAME_OF_SERVICE, slug=slug, as_of=None)
    if not names:
        raise await service_not_found(driver, slug)
    now = moment(None, await directory_day(driver))
    stated: CapacityRow = {
        "status": status,
        "updated_at": now,
        "resets_at": now + lasting if lasting else None,
    }
    await write(driver, STATE_CAPACITY, slug=slug, **stated)
    return names[0], stated


def check(status: str, lasting: timedelta | None) -> None:
    """Refuse what nobody can say of a service. Raises BadUserInput."""
    if status not in TAKES:
        raise BadUserInput(
            f"{status[:20]!r} is no capacity status. Say one of {', '.join(TAKES)}."
        )
    if status == GREEN and lasting is not None:
        raise BadUserInput(
            "GREEN needs no time: it is what AMBER and RED fall back to. Leave the time out."
        )
    if status != GREEN and (lasting is None or not SHORTEST <= lasting <= LONGEST):
        given = (
            "no time"
            if lasting is None
            else f"{lasting.total_seconds() / 60:g} minutes"
        )
        raise BadUserInput(
            f"{status} was given for {given}. Say for how long, from 15 minutes to 120 hours, "
            "such as 4h: after that the service counts as GREEN again."
        )


def capacity_of(service: Row, day: date) -> CapacityRow | None:
    """How busy a service is on a day at the present time of day; None where that is not known."""
    status, updated_at = service["capacity"], service["capacity_updated_at"]
    if status is None or updated_at is None:
        return None
    now, resets_at = moment(None, day), service["capacity_resets_at"]
    current = capacity_at(status, updated_at, resets_at, now)
    if current is None:
        return None
    is_reset = resets_at is not None and resets_at <= now
    return {
        "status": current,
        "updated_at": updated_at,
        "resets_at": None if is_reset else resets_at,
    }
