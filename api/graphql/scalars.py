"""Dates and moments as callers write them."""

import re
from datetime import date, datetime
from typing import Any

import strawberry
from strawberry.exceptions import StrawberryInputCoercionError
from strawberry.types.scalar import ScalarDefinition

# The NHS is from 1948; later than 2199 is a slip of the pen, and keeps sums of days in range.
YEARS = range(1900, 2200)
DATE = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)?", re.ASCII
)


def read_date(value: Any) -> date:
    """A date from its ISO 8601 form. Raises an error that clients see."""
    try:
        if isinstance(value, str) and DATE.fullmatch(value):
            day = date.fromisoformat(value)
            if day.year in YEARS:
                return day
    except ValueError:
        pass
    raise StrawberryInputCoercionError(
        f"{shown(value)} is not a date. Write the year, from {YEARS[0]} to {YEARS[-1]}, "
        "the month and the day, such as 2016-12-03."
    )


def read_moment(value: Any) -> datetime:
    """A moment from its ISO 8601 form with offset. Raises an error that clients see."""
    try:
        if isinstance(value, str) and MOMENT.fullmatch(value):
            moment = datetime.fromisoformat(value.upper())
            if moment.year in YEARS:
                return with_offset(moment, value)
    except ValueError:
        pass
    raise StrawberryInputCoercionError(
        f"{shown(value)} is not a moment. Write date, time and offset, "
        f"in a year from {YEARS[0]} to {YEARS[-1]}, such as 2016-12-03T22:00:00Z."
    )


def with_offset(moment: datetime, value: str) -> datetime:
    """The moment, if it is one: without an offset it is another one in every country."""
    if moment.tzinfo is not None:
        return moment
    raise StrawberryInputCoercionError(
        f"{shown(value)} does not say by which clock. Add the offset: "
        f"{value}Z in a British winter, {value}+01:00 in a British summer."
    )


def shown(value: Any) -> str:
    """What was given, short enough for a message."""
    return repr(value)[:80]


Date: ScalarDefinition = strawberry.scalar(
    name="Date",
    description="A day: year, month and day as ISO 8601 writes them, such as 2016-12-03.",
    serialize=date.isoformat,
    parse_value=read_date,
)

DateTime: ScalarDefinition = strawberry.scalar(
    name="DateTime",
    description="A moment: date, time and offset as ISO 8601 writes them, "
    "such as 2016-12-03T22:00:00Z.",
    serialize=datetime.isoformat,
    parse_value=read_moment,
)
