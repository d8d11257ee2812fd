"""Opening hours as FHIR tells them: sessions by days of the week, and days on which nobody is there."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from graph_model.matching.hours import PUBLIC_HOLIDAY, Rule, Session
from graph_model.matching.opening import hours_of
from graph_model.matching.week import exceptions, sessions_in_words, week

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
    for weekday, session in week(known, day):
        for number, bounds in told(weekday, session):
            days = sessions.setdefault(bounds, [])
            if DAYS[number - 1] not in days:
                days.append(DAYS[number - 1])
    found: dict[str, Any] = {}
    if sessions:
        found["availableTime"] = [
            available(bounds, days) for bounds, days in sessions.items()
        ]
    closed, words = told_exceptions(exceptions(known.rules, day))
    if closed:
        found["notAvailable"] = closed
    if words:
        found["availabilityExceptions"] = "; ".join(words)
    return found


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


def told_exceptions(
    rules: Sequence[Rule],
) -> tuple[list[dict[str, Any]], list[str]]:
    """Days on which it is closed, and in words the hours of public holidays and of other dates."""
    closed: list[dict[str, Any]] = []
    words: list[str] = []
    for rule in rules:
        if rule.kind == PUBLIC_HOLIDAY:
            words.append(f"Public holidays: {sessions_in_words(rule)}")
        elif rule.day and rule.sessions:
            words.append(f"{rule.day.isoformat()}: {sessions_in_words(rule)}")
        elif rule.day:
            named = rule.day.isoformat()
            during = {"start": named, "end": named}
            closed.append({"description": "Closed", "during": during})
    return closed, words
