"""Opening hours as the DoS tells them: sessions by day that end by 23:59, a day for public holidays, and dates."""

from collections.abc import Iterator, Sequence
from datetime import date, time
from typing import Any, NamedTuple

from graph_model.matching.criteria import hours_of_service
from graph_model.matching.hours import (
    OPEN_ALL_HOURS,
    PUBLIC_HOLIDAY,
    WEEKDAYS,
    Session,
)
from graph_model.matching.opening import latest, vouched
from graph_model.matching.week import exceptions, week

BANK_HOLIDAY = "Bankholiday"
DAYS = [*(name.title() for name in WEEKDAYS), BANK_HOLIDAY]
LAST_MINUTE = time(23, 59)  # the DoS knows no session over midnight


class DosHours(NamedTuple):
    """When a service is open. `sessions` are of DAYS; a day of which nothing is known, or that is closed, has none."""

    all_hours: bool
    sessions: dict[str, list[tuple[time, time]]]
    dates: list[tuple[date, list[tuple[time, time]]]]  # none: closed


def dos_hours(service: Any, day: date) -> DosHours:
    """A service's hours as they hold on the day."""
    hours = hours_of_service(service)
    always = latest(hours, day, OPEN_ALL_HOURS)
    all_hours = always is not None and vouched(hours, always, day) is not None
    sessions: dict[str, list[tuple[time, time]]] = {name: [] for name in DAYS}
    for weekday, session in [] if all_hours else week(hours, day):
        for after, bounds in split(session):
            sessions[DAYS[(weekday - 1 + after) % 7]].append(bounds)
    dates: list[tuple[date, list[tuple[time, time]]]] = []
    for rule in exceptions(hours.rules, day):
        # What goes on past midnight is cut off: told of the next date, it would stand for all of that day.
        shown = [next(split(each))[1] for each in rule.sessions]
        if rule.kind == PUBLIC_HOLIDAY:
            if vouched(hours, rule, day):
                sessions[BANK_HOLIDAY] += shown
        elif rule.day:
            dates.append((rule.day, shown))
    return DosHours(
        all_hours,
        {name: sorted(each) for name, each in sessions.items() if each},
        sorted(dates),
    )


def split(session: Session) -> Iterator[tuple[int, tuple[time, time]]]:
    """A session as one, or over midnight two, each with how many days after the first it is."""
    if not session.past_midnight:
        yield 0, (session.opens, session.closes)
        return
    yield 0, (session.opens, LAST_MINUTE)
    if session.closes != time(0):
        yield 1, (time(0), session.closes)


def specified(dates: Sequence[tuple[date, Sequence[tuple[time, time]]]]) -> list[str]:
    """Dates with their sessions in one word each: 24-12-2016-09:00-13:00; closed is 00:00-00:00."""
    return [
        f"{day:%d-%m-%Y}-{opens:%H:%M}-{closes:%H:%M}"
        for day, sessions in dates
        for opens, closes in sessions or [(time(0), time(0))]
    ]
