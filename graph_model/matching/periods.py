"""Whether something held on a day, when its bounds may be a day, a month, open or unknown."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graph_model.matching.case import day_in_words
from graph_model.matching.verdicts import FAIL, PASS, UNKNOWN

OPEN_END = date(9999, 12, 31)

# How long a source's word that something is so on a day is taken for its being so still.
YEARS_VOUCHED = 3


@dataclass(frozen=True)
class Period:
    """When something held, as far as sources say: `[start, end)`.

    A bound that no source states is None; `OPEN_END` is known to go on. With the precision MONTH
    or YEAR a bound is the first day of that month or year. `vouched` are the days on which
    a source states that it is so.
    """

    start: date | None = None
    start_precision: str | None = None
    end: date | None = None
    end_precision: str | None = None
    vouched: Sequence[date] = ()


def held_on(period: Period, day: date) -> tuple[str, str]:
    """The verdict whether a period held on a day, and its reason in words that follow "it"."""
    start, end = period.start, period.end
    if start and day < start:
        return (
            FAIL,
            f"does not start before {bound_in_words(start, period.start_precision)}",
        )
    if end and end != OPEN_END and day >= after(end, period.end_precision):
        return FAIL, f"ended {bound_in_words(end, period.end_precision)}"
    if start and day < after(start, period.start_precision) - timedelta(days=1):
        return UNKNOWN, (
            f"starts in {month_or_year(start, period.start_precision)}, "
            "and no source says on which day"
        )
    if end and end != OPEN_END and day >= end:
        return UNKNOWN, (
            f"ends in {month_or_year(end, period.end_precision)}, "
            "and no source says on which day"
        )
    if start is None and (not period.vouched or day < min(period.vouched)):
        return UNKNOWN, "has no start that a source states"
    if end is not None:
        return PASS, since(period)
    return still_vouched_for(period, day)


def still_vouched_for(period: Period, day: date) -> tuple[str, str]:
    """The verdict where no source states an end: known for three years after the last word of it."""
    if not period.vouched:
        return UNKNOWN, "has no end that a source states"
    last = max(period.vouched)
    if day <= years_after(last, YEARS_VOUCHED):
        return PASS, since(period)
    return UNKNOWN, (
        f"was last vouched for on {day_in_words(last)}, more than "
        f"{YEARS_VOUCHED} years before, and nobody has verified it since"
    )


def since(period: Period) -> str:
    """Why it is known to hold, in words that follow "it"."""
    if period.start and period.start.year > 1:
        return f"has run since {bound_in_words(period.start, period.start_precision)}"
    if period.vouched:
        return f"was vouched for on {day_in_words(max(period.vouched))}"
    return "is known to go on"


def after(bound: date, precision: str | None) -> date:
    """The first day that is surely after a bound: for a day itself, for a month the next month's first."""
    if precision == "YEAR":
        return date(bound.year + 1, 1, 1)
    if precision == "MONTH":
        days = calendar.monthrange(bound.year, bound.month)[1]
        return date(bound.year, bound.month, 1) + timedelta(days=days)
    return bound


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def bound_in_words(bound: date, precision: str | None) -> str:
    """A bound as its source gives it: 1 April 2013, November 2016, 2012."""
    if precision in {"MONTH", "YEAR"}:
        return month_or_year(bound, precision)
    return day_in_words(bound)


def month_or_year(bound: date, precision: str | None) -> str:
    """A month or a year in words."""
    return str(bound.year) if precision == "YEAR" else f"{bound:%B %Y}"
