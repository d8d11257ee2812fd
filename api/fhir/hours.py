"""Opening hours as FHIR tells them: sessions by days of the week, and days on which nobody is there."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from graph_model.matching.hours import (
    OPEN_ALL_HOURS,
    PUBLIC_HOLIDAY,
    SPECIFIED_DATE,
    Rule,
    Session,
)
from graph_model.matching.opening import hours_of, vouched

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
# FHIR's clock has no 24:00.
MIDNIGHT, LAST_SECOND = "00:00:00", "23:59:59"


def hours(lines: list[str], vouching: Sequence[date], day: date) -> dict[str, Any]:
    """`availableTime`, `notAvailable` and `availabilityExceptions` of the lines that hold on the day.

    A day of which nothing is known is left out. A session over midnight is told as two: until the last second of its
    own day, and from the first of the day after.
    """
    if not lines:
        return {}
    known = hours_of(tuple(lines), tuple(vouching))
    sessions: dict[tuple[str | None, str | None], list[str]] = {}
    for weekday in range(1, 8):
        rule = vouched(known, weekday_rule(known.rules, weekday, day), day)
        for session in rule.sessions if rule else ():
            for number, bounds in told(weekday, session):
                days = sessions.setdefault(bounds, [])
                if DAYS[number - 1] not in days:
                    days.append(DAYS[number - 1])
    found: dict[str, Any] = {}
    if sessions:
        found["availableTime"] = [
            available(bounds, days) for bounds, days in sessions.items()
        ]
    closed, words = exceptions(known.rules, day)
    if closed:
        found["notAvailable"] = closed
    if words:
        found["availabilityExceptions"] = "; ".join(words)
    return found


def weekday_rule(rules: Sequence[Rule], weekday: int, day: date) -> Rule | None:
    """The line for this day of the week that holds on the day: of two, that which began later."""
    holding = [
        rule
        for rule in rules
        if (rule.kind == OPEN_ALL_HOURS or weekday in rule.weekdays)
        and holds(rule, day)
    ]
    return max(
        holding,
        key=lambda rule: (rule.valid_from or date.min, rule.kind == OPEN_ALL_HOURS),
        default=None,
    )


def holds(rule: Rule, day: date) -> bool:
    return (rule.valid_from is None or rule.valid_from <= day) and (
        rule.valid_to is None or day < rule.valid_to
    )


def told(
    weekday: int, session: Session
) -> list[tuple[int, tuple[str | None, str | None]]]:
    """A session by day of the week; no bounds: the whole day."""
    opens, closes = session.opens, session.closes
    if opens == closes == time(0):
        return [(weekday, (None, None))]
    if not session.past_midnight:
        return [(weekday, (clock(opens), clock(closes)))]
    parts: list[tuple[int, tuple[str | None, str | None]]] = [
        (weekday, (clock(opens), LAST_SECOND))
    ]
    if closes != time(0):
        parts.append((weekday % 7 + 1, (MIDNIGHT, clock(closes))))
    return parts


def clock(at: time) -> str:
    return at.isoformat(timespec="seconds")


def available(bounds: tuple[str | None, str | None], days: list[str]) -> dict[str, Any]:
    ordered = sorted(days, key=DAYS.index)
    if bounds == (None, None):
        return {"daysOfWeek": ordered, "allDay": True}
    return {
        "daysOfWeek": ordered,
        "availableStartTime": bounds[0],
        "availableEndTime": bounds[1],
    }


def exceptions(
    rules: Sequence[Rule], day: date
) -> tuple[list[dict[str, Any]], list[str]]:
    """Days on which it is closed, and in words the hours of public holidays and of dates from the day on."""
    closed: list[dict[str, Any]] = []
    words: list[str] = []
    for rule in rules:
        when = ", ".join(
            f"{each.opens:%H:%M} to {each.closes:%H:%M}" for each in rule.sessions
        )
        if rule.kind == SPECIFIED_DATE and rule.day and rule.day >= day:
            named = rule.day.isoformat()
            if rule.sessions:
                words.append(f"{named}: {when}")
            else:
                during = {"start": named, "end": named}
                closed.append({"description": "Closed", "during": during})
        elif rule.kind == PUBLIC_HOLIDAY and holds(rule, day):
            words.append(f"Public holidays: {when or 'closed'}")
    return closed, words
