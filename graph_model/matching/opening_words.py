"""What is known of a service's opening at a moment or on a day, in sentences for a nurse."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from graph_model.matching.case import counted, day_in_words
from graph_model.matching.hours import OPEN_ALL_HOURS, PUBLIC_HOLIDAY
from graph_model.matching.opening import (
    LONDON,
    Hours,
    OpenState,
    Span,
    latest,
    open_on,
    open_state,
    openings,
    public_holidays,
    rule_on,
    session_window,
)
from graph_model.matching.verdicts import FAIL, PASS

ALL_HOURS = "It is open day and night."


@lru_cache(maxsize=16384)
def opening_in_words(
    hours: Hours, at: datetime, verdict: str, opens: datetime | None = None
) -> str:
    """Whether it is open at a moment, for somebody who is to be seen soon after it.

    `at` is in UTC; `verdict` and `opens` are those of `opening_within`.
    """
    state = open_state(hours, at)
    when = moment_in_words(at)
    if state.open_now is None and opens:
        return (
            f"Whether it is open at {when} is not known, but it is in time, at "
            f"{later_in_words(opens, at)}."
        )
    if state.open_now is None:
        return f"Whether it is open at {when} is not known: {why_unknown(hours, at)}."
    if state.open_now and state.reason == OPEN_ALL_HOURS:
        return ALL_HOURS
    if state.open_now and verdict == PASS:
        return f"It is open at {when}{until(state, at)}."
    if state.open_now:
        return (
            f"It is open at {when}, but for less than half an hour{until(state, at)}. "
            "Ring first."
        )
    if opens:
        later = later_in_words(opens, at)
        return f"It is closed at {when}, and opens in time, at {later}."
    if verdict == FAIL:
        return f"It is closed at {when}{then(state, at)}."
    return (
        f"It is closed at {when}; whether it opens in time for this person is not "
        "known."
    )


@lru_cache(maxsize=4096)
def window_in_words(at: datetime, minutes: int) -> str:
    """When a service has to be open for a person to be seen within some minutes, as a sentence."""
    start, end = (each.astimezone(LONDON) for each in session_window(at, minutes))
    since, till = clock(start), later_in_words(end, start)
    if start.tzname() != end.tzname():  # the same time may come twice
        since, till = f"{since} {start.tzname()}", f"{till} {end.tzname()}"
    return (
        f"To be seen {within_in_words(minutes)}, the person needs it open between {since} "
        f"and {till}."
    )


def within_in_words(minutes: int) -> str:
    """A time frame: at once, within 90 minutes, within 2 hours, within 3 days."""
    if minutes == 0:
        return "at once"
    if minutes % 1440 == 0:
        return f"within {counted(minutes // 1440, 'day')}"
    if minutes % 60 == 0:
        return f"within {counted(minutes // 60, 'hour')}"
    return f"within {counted(minutes, 'minute')}"


def until(state: OpenState, at: datetime) -> str:
    """When it closes, as the end of a sentence."""
    closes = state.closes_at
    return f", until {later_in_words(closes, at)}" if closes else ""


def then(state: OpenState, at: datetime) -> str:
    """When it opens, as the end of a sentence."""
    opens = state.opens_at
    return f", and opens at {later_in_words(opens, at)}" if opens else ""


def why_unknown(hours: Hours, at: datetime) -> str:
    """Why nobody knows, in words that follow a colon."""
    local = at.astimezone(LONDON).date()
    day = local if rule_on(hours, local) is None else local - timedelta(days=1)
    if day in public_holidays(day.year) and not latest(hours, day, PUBLIC_HOLIDAY):
        return (
            f"{day_in_words(day)} is a public holiday, and no source states its hours "
            "on public holidays"
        )
    return f"no source vouches for its hours on {day_in_words(day)}"


@lru_cache(maxsize=16384)
def day_in_hours(hours: Hours, day: date) -> str:
    """The hours of a day, for somebody who did not say when."""
    found = open_on(hours, day)
    on_the_day = f"On {day:%A} {day_in_words(day)}"
    if any(span.open is None for span in found):
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        return f"{on_the_day} its hours are not known: {why_unknown(hours, noon)}."
    if all(span.open for span in found):
        always = all(span.kind == OPEN_ALL_HOURS for span in found)
        return ALL_HOURS if always else f"{on_the_day} it is open all day and night."
    sessions = list(openings(found))
    if not sessions:
        return f"{on_the_day} it is closed."
    listed = " and ".join(
        f"from {clock(opens)} to {closing_clock(closes, found)}"
        for opens, closes in sessions
    )
    return f"{on_the_day} it is open {listed}."


def closing_clock(closes: datetime, found: tuple[Span, ...]) -> str:
    """When a session of a day closes; 24:00 where it goes on past the day's end."""
    return "24:00" if closes == found[-1].end else clock(closes)


def clock(at: datetime) -> str:
    """The time that clocks in England show: 18:30."""
    return f"{at.astimezone(LONDON):%H:%M}"


def moment_in_words(at: datetime) -> str:
    """A moment in England: 22:00 on Saturday 3 December 2016."""
    local = at.astimezone(LONDON)
    return f"{local:%H:%M} on {local:%A} {day_in_words(local.date())}"


def later_in_words(later: datetime, at: datetime) -> str:
    """A moment after another, without its date on the same day."""
    same_day = later.astimezone(LONDON).date() == at.astimezone(LONDON).date()
    return clock(later) if same_day else moment_in_words(later)
