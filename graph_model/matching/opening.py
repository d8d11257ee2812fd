"""Whether a service is open at a moment, and when it opens or closes next.

Three answers, as everywhere: open, closed, and not known. Of a day, the first of these decides: hours for that
very date, open all hours, hours for public holidays, hours for that day of the week. No rule for a day leaves
it not known, and so does a public holiday of which only the weekday's hours are stated. A session belongs to the
day on which it begins, and goes on past midnight whatever the next day's rule is; so what is not known of a day is not
known of the next morning either, for as long as any of the service's sessions may last past midnight.

Clocks are those of England. Where they change, RFC 5545 (section 3.3.5) says what a time means: one that they skip is
counted by the offset before the change, one that they show twice is the first of the two.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

import holidays

from graph_model.matching.hours import (
    OPEN_ALL_HOURS,
    ORDINARY_DAY,
    PUBLIC_HOLIDAY,
    SPECIFIED_DATE,
    Rule,
    Session,
    rules_of,
)
from graph_model.matching.periods import Period, held_on
from graph_model.matching.verdicts import FAIL, PASS, UNKNOWN

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)

# How many days on the next opening or closing is looked for: mostly it is near.
SOON, LOOK_AHEAD = 3, 35

# The DoS offers nobody a service that closes within half an hour.
LEAST_LEFT = timedelta(minutes=30)


@dataclass(frozen=True, eq=False)
class Hours:
    """A service's opening hours, and from which to which day a source vouches for them.

    Equal hours are one object (`hours_of`), so that what they mean is worked out once.
    """

    rules: tuple[Rule, ...]
    vouched: tuple[date, ...] = ()
    latest_close: time = time(0)  # of the sessions that last past midnight


class OpenState(NamedTuple):
    """Whether a service is open at a moment; None where it is not known. Times are in UTC.

    `opens_at` is given for a closed service, `closes_at` for an open one that closes within five weeks.
    """

    open_now: bool | None
    opens_at: datetime | None
    closes_at: datetime | None
    reason: str


class Span(NamedTuple):
    """A stretch of time, `[start, end)` in UTC, during which one rule says one thing."""

    start: datetime
    end: datetime
    open: bool | None
    kind: str


@lru_cache(maxsize=16384)
def hours_of(lines: tuple[str, ...], vouched: tuple[date, ...]) -> Hours:
    """The hours in these lines (graph_model/matching/hours.py), stated on these days.

    Raises NotHours.
    """
    rules = rules_of(lines)
    late = [
        session.closes
        for rule in rules
        for session in rule.sessions
        if session.past_midnight
    ]
    bounds = (min(vouched), max(vouched)) if vouched else ()
    return Hours(rules, bounds, max(late, default=time(0)))


@lru_cache(maxsize=512)
def public_holidays(year: int) -> frozenset[date]:
    """The public and bank holidays of England in a year, substitute days among them."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


@lru_cache(maxsize=16384)
def rule_on(hours: Hours, day: date) -> Rule | None:
    """The rule for the sessions that begin on a day; None where none is known to hold."""
    for rule in hours.rules:
        if rule.day == day:
            return rule
    usual = latest(hours, day, OPEN_ALL_HOURS, ORDINARY_DAY)
    if usual and usual.kind == OPEN_ALL_HOURS:
        return vouched(hours, usual, day)
    if day in public_holidays(day.year):
        return vouched(hours, latest(hours, day, PUBLIC_HOLIDAY), day)
    return vouched(hours, usual, day)


def latest(hours: Hours, day: date, *kinds: str) -> Rule | None:
    """Of the rules of these kinds that may hold on a day, that which began last."""
    found = [
        rule
        for rule in hours.rules
        if rule.kind in kinds
        and (not rule.weekdays or day.isoweekday() in rule.weekdays)
        and (rule.valid_from is None or rule.valid_from <= day)
        and (rule.valid_to is None or day < rule.valid_to)
    ]
    return max(
        found,
        key=lambda rule: (rule.valid_from or date.min, rule.kind == OPEN_ALL_HOURS),
        default=None,
    )


def vouched(hours: Hours, rule: Rule | None, day: date) -> Rule | None:
    """The rule, if a source vouches that it holds on the day (docs/graph.md, Time)."""
    if rule is None:
        return None
    period = Period(rule.valid_from, None, rule.valid_to, None, hours.vouched)
    return rule if held_on(period, day)[0] == PASS else None


def utc(day: date, clock: time) -> datetime:
    """The moment at which the clocks of England show a time on a day."""
    return datetime.combine(day, clock, LONDON).astimezone(UTC)


def bounds_of(session: Session, day: date) -> tuple[datetime, datetime]:
    """When a session that begins on a day opens and closes."""
    closing = day + DAY if session.past_midnight else day
    return utc(day, session.opens), utc(closing, session.closes)


@lru_cache(maxsize=16384)
def spans(hours: Hours, first: date, days: int) -> tuple[Span, ...]:
    """What is known of the days from `first` on, in order and without a gap."""
    midnights = [utc(first + n * DAY, time(0)) for n in range(days + 1)]
    pieces: list[Span] = []
    for n in range(-1, days):
        day = first + n * DAY
        rule = rule_on(hours, day)
        if rule is None:
            end = utc(day + DAY, hours.latest_close)
            pieces.append(Span(utc(day, time(0)), end, None, UNKNOWN))
            continue
        for session in rule.sessions:
            pieces.append(Span(*bounds_of(session, day), True, rule.kind))
    edges = {edge for piece in pieces for edge in (piece.start, piece.end)}
    inside = {edge for edge in edges if midnights[0] < edge < midnights[-1]}
    found: list[Span] = []
    for start, end in pairwise(sorted({*midnights, *inside})):
        span = Span(start, end, *state_at(hours, pieces, start))
        if found and found[-1][2:] == span[2:]:
            found[-1] = found[-1]._replace(end=end)
        else:
            found.append(span)
    return tuple(found)


def state_at(
    hours: Hours, pieces: Sequence[Span], at: datetime
) -> tuple[bool | None, str]:
    """Whether it is open at a moment, and which rule says so: the session that opened last."""
    covering = [piece for piece in pieces if piece.start <= at < piece.end]
    sessions = [piece for piece in covering if piece.open]
    if sessions:
        return True, max(sessions).kind
    if covering:
        return None, UNKNOWN
    rule = rule_on(hours, at.astimezone(LONDON).date())
    return False, rule.kind if rule else UNKNOWN


def spans_from(hours: Hours, at: datetime, days: int) -> tuple[Span, ...]:
    """What is known from the moment on, for some days; the first span holds the moment."""
    found = spans(hours, at.astimezone(LONDON).date(), days)
    position = bisect_right(found, at, key=lambda span: span.start) - 1
    return found[position:]


def open_state(hours: Hours, at: datetime) -> OpenState:
    """Whether it is open at a moment (with a time zone), and what comes next."""
    # Two moments that clocks show alike are equal by those clocks, and only in UTC are not.
    return open_state_in_utc(hours, at.astimezone(UTC))


@lru_cache(maxsize=16384)
def open_state_in_utc(hours: Hours, at: datetime) -> OpenState:
    """The same for a moment in UTC, by which the answer is kept."""
    now, change = now_and_next(hours, at, SOON)
    if change is None and now.open is not None:
        now, change = now_and_next(hours, at, LOOK_AHEAD)
    if now.open is None or change is None or change.open is None:
        return OpenState(now.open, None, None, now.kind)
    if now.open:
        return OpenState(True, None, change.start, now.kind)
    return OpenState(False, change.start, None, now.kind)


def now_and_next(hours: Hours, at: datetime, days: int) -> tuple[Span, Span | None]:
    """The span that holds the moment, and the first after it that says otherwise."""
    found = spans_from(hours, at, days)
    return found[0], next((s for s in found if s.open is not found[0].open), None)


def session_window(at: datetime, minutes: int | None) -> tuple[datetime, datetime]:
    """The time in UTC within which a service must be open, for a person to be seen within `minutes`.

    The rule of the DoS: an hour where nothing is said, else half an hour at least, and the last hour of a
    longer time is not counted on.
    """
    start = at.astimezone(UTC)  # by other clocks an hour may be skipped, or be two
    if not minutes:
        return start, start + timedelta(minutes=60)
    if minutes <= 60:
        return start, start + timedelta(minutes=max(minutes, 30))
    return start, start + timedelta(minutes=minutes - 60)


def open_within(hours: Hours, start: datetime, end: datetime) -> str:
    """The verdict whether a service is open within a time, and for half an hour at least.

    FAIL only where it is closed all that time; open for less than half an hour is UNKNOWN.
    """
    return opening_within(hours, start, end)[0]


@lru_cache(maxsize=16384)
def opening_within(
    hours: Hours, start: datetime, end: datetime
) -> tuple[str, datetime | None]:
    """The verdict, and from when within that time it is surely open; None where it is not."""
    found = spans_from(hours, start, (end - start).days + SOON)
    for opens, closes in openings(found):
        opens = max(opens, start)
        if opens < end and closes - opens >= LEAST_LEFT:
            return PASS, opens
    during = [span.open for span in found if span.start < end]
    return UNKNOWN if True in during or None in during else FAIL, None


def openings(found: Sequence[Span]) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of being open, those without a break between them as one."""
    opens: datetime | None = None
    for span in found:
        if span.open and opens is None:
            opens = span.start
        elif not span.open and opens is not None:
            yield opens, span.start
            opens = None
    if opens is not None:
        yield opens, found[-1].end


def open_on(hours: Hours, day: date) -> tuple[Span, ...]:
    """What is known of one day, from midnight to midnight."""
    return spans(hours, day, 1)


__all__ = [
    "LONDON",
    "OPEN_ALL_HOURS",
    "ORDINARY_DAY",
    "PUBLIC_HOLIDAY",
    "SPECIFIED_DATE",
    "Hours",
    "OpenState",
    "Span",
    "hours_of",
    "open_on",
    "open_state",
    "open_within",
    "opening_within",
    "session_window",
]
