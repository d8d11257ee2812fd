"""The lines in which a service's opening hours are written, and what each says.

    MONDAY-FRIDAY 18:30-08:00
    SATURDAY-SUNDAY 09:00-12:00, 14:00-18:00
    PUBLIC_HOLIDAY CLOSED
    2016-12-24 09:00-13:00
    OPEN_ALL_HOURS
    MONDAY CLOSED from 2016-08-01 to 2016-09-01

Times are those of clocks in England. A session that does not close later than it opens closes on the day after:
00:00-00:00 is a whole day. `from` is the first day on which a line holds, `to` the first on which it no longer does,
OPEN where it is known to go on. Of two lines for one day, that with the later `from` holds: a temporary change
begins later than what it changes, and ends.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from itertools import pairwise

from graph_model.matching.periods import OPEN_END

SPECIFIED_DATE = "SPECIFIED_DATE"
OPEN_ALL_HOURS = "OPEN_ALL_HOURS"
PUBLIC_HOLIDAY = "PUBLIC_HOLIDAY"
ORDINARY_DAY = "ORDINARY_DAY"

WEEKDAYS = [
    "MONDAY",
    "TUESDAY",
    "WEDNESDAY",
    "THURSDAY",
    "FRIDAY",
    "SATURDAY",
    "SUNDAY",
]

# Neo4j reads it too (seed/verify.py), so its groups have no names.
LINE = (
    r"(OPEN_ALL_HOURS|PUBLIC_HOLIDAY|\d{4}-\d\d-\d\d|[A-Z]+DAY(?:-[A-Z]+DAY)?)"
    r"(?: (CLOSED|\d\d:\d\d-\d\d:\d\d(?:, \d\d:\d\d-\d\d:\d\d)*))?"
    r"(?: from (\d{4}-\d\d-\d\d))?(?: to (\d{4}-\d\d-\d\d|OPEN))?"
)
FORM = (
    "MONDAY-FRIDAY 09:00-17:00, PUBLIC_HOLIDAY CLOSED, 2016-12-24 09:00-13:00 or "
    "OPEN_ALL_HOURS"
)


class NotHours(ValueError):
    """A line that says nothing about hours: what was found, and what is allowed."""

    def __init__(self, found: str, allowed: str) -> None:
        super().__init__(f"{found}: {allowed}")
        self.found = found
        self.allowed = allowed


@dataclass(frozen=True)
class Session:
    """One stretch of being open, by the clock."""

    opens: time
    closes: time

    @property
    def past_midnight(self) -> bool:
        """Whether it closes on the day after."""
        return self.closes <= self.opens


WHOLE_DAY = Session(time(0), time(0))


@dataclass(frozen=True)
class Rule:
    """What one line says: the sessions that begin on its days; none: closed."""

    kind: str
    sessions: tuple[Session, ...]
    weekdays: tuple[int, ...] = ()  # 1 for Monday to 7 for Sunday
    day: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None  # OPEN_END: known to go on


@lru_cache(maxsize=4096)
def rule_of(line: str) -> Rule:
    """What a line says. Raises NotHours."""
    match = re.fullmatch(LINE, line)
    if match is None:
        raise NotHours(f"{line!r} is no line of opening hours", f"write {FORM}")
    what, hours, begins, ends = match.groups()
    valid_from, valid_to = day_of(begins), day_of(ends)
    if valid_from and valid_to and valid_to <= valid_from:
        raise NotHours(
            f"{line!r} ends before it begins", "write the later day after `to`"
        )
    if what == OPEN_ALL_HOURS:
        if hours:
            raise NotHours(f"{line!r} has hours", f"write {OPEN_ALL_HOURS} alone")
        return Rule(what, (WHOLE_DAY,), valid_from=valid_from, valid_to=valid_to)
    if hours is None:
        raise NotHours(f"{line!r} has no hours", "write 09:00-17:00, or CLOSED")
    sessions = sessions_of(line, hours)
    if what == PUBLIC_HOLIDAY:
        return Rule(what, sessions, valid_from=valid_from, valid_to=valid_to)
    if what[0].isdigit():
        if begins or ends:
            raise NotHours(
                f"{line!r} is for a date for a while", "leave from and to out"
            )
        return Rule(SPECIFIED_DATE, sessions, day=day_of(what))
    return Rule(
        ORDINARY_DAY,
        sessions,
        weekdays_of(line, what),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def day_of(text: str | None) -> date | None:
    """A date of a line; OPEN is known to go on."""
    if text is None:
        return None
    if text == "OPEN":
        return OPEN_END
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotHours(
            f"{text!r} is not a date", "write YYYY-MM-DD, such as 2016-12-24"
        ) from None


def sessions_of(line: str, hours: str) -> tuple[Session, ...]:
    """The sessions of a day, in order, none within another."""
    if hours == "CLOSED":
        return ()
    try:
        sessions = [
            Session(*map(time.fromisoformat, session.split("-")))
            for session in hours.split(", ")
        ]
    except ValueError:
        raise NotHours(
            f"{line!r} has a time that no clock shows", "write 00:00 to 23:59"
        ) from None
    for before, session in pairwise(sessions):
        if before.past_midnight or session.opens < before.closes:
            raise NotHours(
                f"{line!r} has sessions that overlap or are not in order",
                "write each after the one before it, the one over midnight last",
            )
    return tuple(sessions)


def weekdays_of(line: str, what: str) -> tuple[int, ...]:
    """The days of the week from the first to the last."""
    names = what.split("-")
    for name in names:
        if name not in WEEKDAYS:
            raise NotHours(
                f"{name!r} in {line!r} is no day", f"write one of {', '.join(WEEKDAYS)}"
            )
    first, last = WEEKDAYS.index(names[0]) + 1, WEEKDAYS.index(names[-1]) + 1
    if first > last:
        raise NotHours(
            f"{line!r} goes backwards", "write the earlier day of the week first"
        )
    return tuple(range(first, last + 1))


def rules_of(lines: Sequence[str]) -> tuple[Rule, ...]:
    """What the lines say, each day once. Raises NotHours."""
    rules = tuple(map(rule_of, lines))
    seen: set[tuple[object, ...]] = set()
    for line, rule in zip(lines, rules, strict=True):
        for day in rule.weekdays or (rule.day,):
            key = (rule.kind, day, rule.valid_from)
            if key in seen:
                raise NotHours(
                    f"{line!r} is for a day that another line is for",
                    "write all sessions of a day in one line, or another `from`",
                )
            seen.add(key)
    return rules
