"""What callers may ask for: every parameter, its words, and how its value is read."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from api.doors import BadParameter
from api.open_referral.schedules import DAYS
from graph_model.matching.hours import WEEKDAYS
from graph_model.search.fitting import hours_on
from graph_model.search.search import Condition

LONDON = ZoneInfo("Europe/London")
USUAL, MOST = 50, 100
LAST_PAGE = 1_000_000
MOST_METRES = 200_000
OLDEST = 150
LARGEST = 10**9  # total
LONGEST = 500  # characters of a value
CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?")
VERSIONS = ("3.0", "3.1")
# MO, Mon or Monday.
DAY_OF = {
    form: number
    for number, (short, name) in enumerate(zip(DAYS, WEEKDAYS, strict=True), 1)
    for form in (short, name[:3].title(), name.title())
}


@dataclass
class Asked:
    """What a request asks for, as far as it can be read without the directory."""

    page: int = 1
    per_page: int = USUAL
    after: list[Any] | None = None  # metres, key, total: the end of the page before
    conditions: list[Condition] = field(default_factory=list)
    term: str | None = None
    organization: UUID | None = None
    postcode: str | None = None
    proximity: float | None = None
    days: list[int] | None = None
    opens: str | None = None
    closes: str | None = None
    full: bool = False
    version: str = VERSIONS[0]
    told: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Parameter:
    """A parameter of a query: what it is for, JSON Schema's word of its values, and what reads one."""

    words: str
    schema: Mapping[str, Any]
    read: Callable[[Asked, str], None]
    hidden: bool = False  # only links name it


def asked_of(
    given: Sequence[tuple[str, str]], parameters: Mapping[str, Parameter]
) -> Asked:
    """What these parameters ask for. Raises BadParameter for what is unknown, given twice or not understood."""
    asked, seen = Asked(), set[str]()
    for name, value in given:
        if name not in parameters:
            raise BadParameter(unknown(name, parameters), "not-supported")
        if name in seen:
            raise BadParameter(f"{name} was given twice. Give it once.")
        if len(value) > LONGEST:
            raise BadParameter(
                f"{name} is too long. Give at most {LONGEST} characters."
            )
        seen.add(name)
        if value.strip() == "":
            raise BadParameter(f"{name} is empty. Leave it out, or give a value.")
        try:
            parameters[name].read(asked, value.strip())
        except BadParameter as error:
            raise BadParameter(f"{name} is {value[:80]!r}. {error}") from None
        asked.told.append((name, value))
    if asked.proximity is not None and asked.postcode is None:
        raise BadParameter("proximity was given without postcode. Give both.")
    asked.conditions += hours_asked(asked)
    return asked


def unknown(name: str, parameters: Mapping[str, Parameter]) -> str:
    known = ", ".join(name for name, each in parameters.items() if not each.hidden)
    takes = f"Leave it out, or give any of {known}" if known else "Leave it out"
    return f"{name[:80]!r} is no parameter here. {takes}."


def hours_asked(asked: Asked) -> list[Condition]:
    """One filter for the day and the times: they are about the same session."""
    if asked.days is None and asked.opens is None and asked.closes is None:
        return []
    opens, days = asked.opens or "00:00", asked.days or range(1, 8)
    return [Condition("hours", [hours_on(day, opens, asked.closes) for day in days])]


def whole(low: int, high: int, value: str) -> int:
    if not (value.isascii() and value.isdigit() and low <= int(value[:9]) <= high):
        raise BadParameter(f"Give a whole number from {low} to {high}.")
    return int(value)


def number(high: float, value: str) -> float:
    try:
        found = float(value)
    except ValueError:
        found = -1.0
    if not 0 <= found <= high:
        raise BadParameter(f"Give a number from 0 to {high:g}.")
    return found


def uuid(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise BadParameter(
            "Give a UUID, as the directory's answers have it in `id`."
        ) from None


def page(asked: Asked, value: str) -> None:
    asked.page = whole(1, LAST_PAGE, value)


def per_page(asked: Asked, value: str) -> None:
    asked.per_page = whole(1, MOST, value)


def after(asked: Asked, value: str) -> None:
    try:
        metres, key, total = json.loads(
            base64.b64decode(value, altchars=b"-_", validate=True)
        )
        key.encode()  # JSON can hold half a sign, which Neo4j does not take
        if not 0 <= total <= LARGEST:
            raise ValueError(total)
        asked.after = [float(metres), key, int(total)]
    except (binascii.Error, ValueError, TypeError, AttributeError, OverflowError):
        raise BadParameter(
            "No page gave this. Take the link named next as it is, or give page alone."
        ) from None


def mark(row: dict[str, Any], total: int) -> str:
    """What `after` says to go on after a row, without counting everything anew."""
    text = json.dumps([row["metres"], row["key"], total])
    return base64.urlsafe_b64encode(text.encode()).decode()


def words(asked: Asked, value: str) -> None:
    asked.conditions.append(Condition("words", [value.lower().split()]))


def term(asked: Asked, value: str) -> None:
    asked.term = str(uuid(value))


def taxonomy(filters: Mapping[str, str]) -> Callable[[Asked, str], None]:
    """Reads the id of a taxonomy as the filter for what has a term of it; another id finds nothing."""

    def read(asked: Asked, value: str) -> None:
        name = filters.get(str(uuid(value)), "nothing")
        asked.conditions.append(Condition(name, [True]))

    return read


def organization(asked: Asked, value: str) -> None:
    asked.organization = uuid(value)


def age(name: str) -> Callable[[Asked, str], None]:
    def read(asked: Asked, value: str) -> None:
        asked.conditions.append(Condition(name, [number(OLDEST, value)]))

    return read


def days(asked: Asked, value: str) -> None:
    named = value.split(",")
    if not all(each in DAY_OF for each in named):
        raise BadParameter(
            f"Give one of {', '.join(DAYS)}, a day's name such as Monday, or several with commas."
        )
    asked.days = [DAY_OF[each] for each in named]


def clock(which: str) -> Callable[[Asked, str], None]:
    def read(asked: Asked, value: str) -> None:
        if not CLOCK.fullmatch(value):
            raise BadParameter("Give a time by the clocks of England, such as 18:30.")
        setattr(asked, which, value[:5])

    return read


def modified_after(asked: Asked, value: str) -> None:
    try:
        moment = datetime.fromisoformat(value.replace(" ", "+"))
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=LONDON)
        since = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadParameter(
            "Give a moment such as 2016-11-30T18:30:00Z, or a day such as 2016-11-30."
        ) from None
    period = {"prefix": "ge", "low": since, "high": since + timedelta(seconds=1)}
    asked.conditions.append(Condition("updated", [period]))


def postcode(asked: Asked, value: str) -> None:
    asked.postcode = value


def proximity(asked: Asked, value: str) -> None:
    metres = number(MOST_METRES, value)
    if metres == 0:
        raise BadParameter(f"Give metres, more than 0 and at most {MOST_METRES}.")
    asked.proximity = metres


def full(asked: Asked, value: str) -> None:
    if value not in ("true", "false"):
        raise BadParameter("Give true or false.")
    asked.full = value == "true"


def version(asked: Asked, value: str) -> None:
    if value not in VERSIONS:
        raise BadParameter(f"Give {' or '.join(VERSIONS)}.")
    asked.version = value
