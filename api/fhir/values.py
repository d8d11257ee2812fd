"""What callers write as values of search parameters, as the search takes them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from api.doors import BadParameter
from api.fhir.terms import SYSTEM_NAMES
from graph_model.places import point_of

LONDON = ZoneInfo("Europe/London")
ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
PREFIXED = re.compile(r"(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.+)", re.DOTALL)
DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(.+))?)?)?")
CLOCK = re.compile(r"(\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?")
METRES_IN = {"km": 1000.0, "m": 1.0, "[mi_i]": 1609.344, "mi": 1609.344}
DEFAULT_KM, MOST_KM = 50.0, 200.0


def shown(value: str) -> str:
    """What was given, cut to what a message can hold."""
    return repr(value[:80])


def values_of(text: str) -> list[str]:
    """The alternatives in a value: a comma parts them, a backslash keeps one from doing so."""
    parts = re.split(r"(?<!\\),", text)
    return [re.sub(r"\\([,|$\\])", r"\1", part) for part in parts]


def token(text: str) -> tuple[str | None, str]:
    """The system and the code of a token; system None: any, "": none."""
    system, bar, code = text.partition("|")
    if not bar:
        return None, text
    return SYSTEM_NAMES.get(system, system), code


def by_reference(kind: str, base: str) -> Callable[[str], str]:
    """Reads a reference to a resource of this kind, as an id, a relative or our own address."""

    def read(text: str) -> str:
        found = text.removeprefix(f"{base}/")
        type_, bar, id_ = found.rpartition("/")
        if (bar and type_ != kind) or not ID.fullmatch(id_):
            raise BadParameter(
                f"{shown(text)} refers to no {kind} of this directory. Give an id, or "
                f"{kind}/ and an id."
            )
        return id_

    return read


def moments(text: str, what: str) -> dict[str, Any]:
    """A day or moment with its prefix: the half-open period in UTC that it stands for."""
    prefix, low, high = span(text, what)
    if prefix == "ap":
        # FHIR leaves to servers what "about" is: a tenth of how long ago it was, a day at least.
        about = max((datetime.now(UTC) - low) / 10, timedelta(days=1))
        low, high = low - about, high + about
    return {"prefix": prefix, "low": low, "high": high}


def days(text: str, what: str) -> dict[str, Any]:
    """As `moments`, in whole days."""
    prefix, low, high = span(text, what)
    first = low.astimezone(LONDON).date()
    after = high.astimezone(LONDON).date()
    if after == first:
        after = first + timedelta(days=1)
    if prefix == "ap":
        about = max(abs(date.today() - first) / 10, timedelta(days=1))
        first, after = first - about, after + about
    return {"prefix": prefix, "low": first, "high": after}


def span(text: str, what: str) -> tuple[str, datetime, datetime]:
    """The prefix and the period [low, high) of a date in a search. Raises BadParameter."""
    match = PREFIXED.fullmatch(text)
    parts = DAY.fullmatch(match[2]) if match else None
    wrong = BadParameter(
        f"{what} is {shown(text)}. Give a date such as 2016, 2016-11, 2016-11-30 or "
        "2016-11-30T18:30:00Z, after eq, ne, gt, lt, ge, le, sa, eb or ap if need be."
    )
    if match is None or parts is None:
        raise wrong
    year, month, day, clock = parts.groups()
    try:
        low = datetime(int(year), int(month or 1), int(day or 1), tzinfo=LONDON)
        if clock:
            low, high = moment(low, clock)
        elif day:
            high = low + timedelta(days=1)
        elif month:
            high = (low + timedelta(days=31)).replace(day=1)
        else:
            high = low.replace(year=low.year + 1)
        return match[1] or "eq", low.astimezone(UTC), high.astimezone(UTC)
    except (ValueError, OverflowError):
        raise wrong from None


def moment(day: datetime, text: str) -> tuple[datetime, datetime]:
    """The minute, second or part of one that a clock names. Raises ValueError."""
    match = CLOCK.fullmatch(text)
    if match is None:
        raise ValueError(text)
    hour, minute, second, part, zone = match.groups()
    low = day.replace(hour=int(hour), minute=int(minute), second=int(second or 0))
    if part:
        low = low.replace(microsecond=int((part[1:] + "000000")[:6]))
    if zone:
        named = "+00:00" if zone == "Z" else zone
        low = datetime.fromisoformat(low.replace(tzinfo=None).isoformat() + named)
    length = timedelta(minutes=1)
    if second:
        length = timedelta(milliseconds=1) if part else timedelta(seconds=1)
    return low, low + length


def near(text: str) -> tuple[Any, float]:
    """The point and the metres of `latitude|longitude|distance|units`. Raises BadParameter."""
    parts = text.split("|")
    wrong = BadParameter(
        f"near is {shown(text)}. Give latitude|longitude|distance|units, such as "
        f"52.37|-1.26|10|km. The units are km, m or [mi_i]; without them km, and {DEFAULT_KM:g} "
        f"of them without a distance. The distance is more than 0 and at most {MOST_KM:g} km."
    )
    try:
        latitude, longitude = float(parts[0]), float(parts[1])
        distance = float(parts[2]) if len(parts) > 2 and parts[2] else DEFAULT_KM
        units = parts[3] if len(parts) > 3 and parts[3] else "km"
        metres = distance * METRES_IN[units]
    except (ValueError, IndexError, KeyError):
        raise wrong from None
    if len(parts) > 4 or not 0 < metres <= MOST_KM * 1000:
        raise wrong
    return point_of(latitude, longitude), metres
