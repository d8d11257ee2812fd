"""From when to when something is true, and how well that is known (docs/graph.md, Time)."""

from datetime import date
from enum import Enum
from typing import Any

import strawberry

from api.graphql.rows import shown
from graph_model.rows import OPEN_END, OPEN_START


@strawberry.enum(description="How exactly a date is known.")
class DatePrecision(Enum):
    DAY = strawberry.enum_value("DAY", description="To the day.")
    MONTH = strawberry.enum_value(
        "MONTH", description="To the month; the date shown is its first day."
    )
    YEAR = strawberry.enum_value(
        "YEAR", description="To the year; the date shown is its first day."
    )


@strawberry.enum(description="What is known of the start or end of a period.")
class Bound(Enum):
    DATE = strawberry.enum_value("DATE", description="A date is known.")
    OPEN = strawberry.enum_value(
        "OPEN",
        description="There is none: it is known to go on, or to have always been.",
    )
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="No source says.")


def bound(value: date | None) -> Bound:
    """What is known of a start or an end."""
    if value is None:
        return Bound.UNKNOWN
    return Bound.OPEN if value in (OPEN_START, OPEN_END) else Bound.DATE


def dated(key: str, description: str) -> Any:
    """A field with the date of a start or an end, null where there is none."""

    return shown(key, known_date, description)


def known_date(value: date | None) -> date | None:
    """The date of a start or an end, if it is one."""
    return value if bound(value) is Bound.DATE else None
