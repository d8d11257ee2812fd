"""Opening hours: what their lines say, and whether a service is open at a moment.

The property tests compare with a slow model that shares no code with what they test: it goes through the minutes
one by one, and asks for each which of the sessions of the days around holds it.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph_model.matching.hours import NotHours, rule_of, rules_of
from graph_model.matching.opening import (
    Hours,
    hours_of,
    open_on,
    open_state,
    open_within,
    opening_within,
    public_holidays,
    session_window,
)
from graph_model.matching.opening_words import day_in_hours, opening_in_words

VOUCHED = (date(2016, 1, 1),)
OUT_OF_HOURS = (
    "MONDAY-FRIDAY 18:30-08:00",
    "SATURDAY-SUNDAY 08:00-08:00",
    "PUBLIC_HOLIDAY 08:00-08:00",
)
OFFICE = (
    "MONDAY-FRIDAY 09:00-12:30, 13:30-17:00",
    "SATURDAY-SUNDAY CLOSED",
    "PUBLIC_HOLIDAY CLOSED",
)


def of(*lines: str, vouched: Sequence[date] = VOUCHED) -> Hours:
    return hours_of(lines, tuple(vouched))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def state(hours: Hours, at: str) -> tuple[bool | None, str | None, str | None, str]:
    """The state with its moments as text, which is easier to read."""
    found = open_state(hours, utc(at))
    opens, closes = (
        moment and moment.strftime("%Y-%m-%d %H:%M")
        for moment in (found.opens_at, found.closes_at)
    )
    return found.open_now, opens, closes, found.reason


# --- The week -------------------------------------------------------------------------


def test_out_of_hours_care_is_open_from_friday_evening_to_monday_morning():
    hours = of(*OUT_OF_HOURS)

    assert state(hours, "2016-12-03 22:00") == (
        True,
        None,
        "2016-12-05 08:00",
        "ORDINARY_DAY",
    )
    assert state(hours, "2016-12-05 07:59")[0] is True
    assert state(hours, "2016-12-05 08:00") == (
        False,
        "2016-12-05 18:30",
        None,
        "ORDINARY_DAY",
    )


def test_a_day_may_have_several_sessions():
    hours = of(*OFFICE)

    assert state(hours, "2016-12-05 12:29")[2] == "2016-12-05 12:30"
    assert state(hours, "2016-12-05 12:30")[:2] == (False, "2016-12-05 13:30")
    assert state(hours, "2016-12-09 17:00")[:2] == (False, "2016-12-12 09:00")


def test_no_hours_are_not_known_and_so_is_a_day_without_a_line():
    weekdays_only = of("MONDAY-FRIDAY 09:00-17:00")

    assert state(of(), "2016-12-05 12:00") == (None, None, None, "UNKNOWN")
    assert state(weekdays_only, "2016-12-03 12:00") == (None, None, None, "UNKNOWN")


def test_a_closing_after_which_nothing_is_known_is_a_closing_nobody_knows():
    hours = of("FRIDAY 18:00-00:00")

    assert state(hours, "2016-12-02 20:00") == (True, None, None, "ORDINARY_DAY")
    assert state(hours, "2016-12-02 12:00")[1] == "2016-12-02 18:00"


def test_what_is_not_known_of_a_day_is_not_known_of_the_morning_after():
    hours = of("TUESDAY-FRIDAY 18:30-08:00", "SATURDAY-SUNDAY 08:00-08:00")

    assert state(hours, "2016-12-06 07:59")[0] is None  # after an unknown Monday
    assert state(hours, "2016-12-06 08:00")[0] is False


def test_always_open_has_no_closing():
    assert state(of("OPEN_ALL_HOURS"), "2016-12-25 03:00") == (
        True,
        None,
        None,
        "OPEN_ALL_HOURS",
    )


# --- Holidays, dates and temporary changes --------------------------------------------


def test_christmas_on_a_sunday_has_its_substitute_on_the_tuesday():
    assert {day for day in public_holidays(2016) if day.month == 12} == {
        date(2016, 12, 25),
        date(2016, 12, 26),
        date(2016, 12, 27),
    }
    assert state(of(*OUT_OF_HOURS), "2016-12-23 19:00")[2] == "2016-12-28 08:00"
    assert state(of(*OFFICE), "2016-12-27 10:00") == (
        False,
        "2016-12-28 09:00",
        None,
        "PUBLIC_HOLIDAY",
    )


def test_the_holidays_are_those_of_england():
    scotlands = date(2017, 1, 2) + timedelta(days=1)  # 3 January, for the second

    assert date(2017, 1, 2) in public_holidays(2017)  # for New Year's Day, a Sunday
    assert scotlands not in public_holidays(2017)
    assert date(2017, 4, 17) in public_holidays(2017)  # Easter Monday
    assert date(2022, 6, 3) in public_holidays(2022)  # a jubilee


def test_weekday_hours_say_nothing_of_a_public_holiday():
    hours = of("MONDAY-SUNDAY 09:00-17:00")

    assert state(hours, "2016-12-26 10:00") == (None, None, None, "UNKNOWN")
    assert opening_in_words(hours, utc("2016-12-26 10:00"), "UNKNOWN") == (
        "Whether it is open at 10:00 on Monday 26 December 2016 is not known: 26 December "
        "2016 is a public holiday, and no source states its hours on public holidays."
    )


def test_a_specified_date_wins_over_everything():
    hours = of("OPEN_ALL_HOURS", "PUBLIC_HOLIDAY 10:00-12:00", "2016-12-25 CLOSED")

    assert state(hours, "2016-12-25 11:00") == (
        False,
        "2016-12-26 00:00",
        None,
        "SPECIFIED_DATE",
    )
    assert state(hours, "2016-12-26 11:00")[3] == "OPEN_ALL_HOURS"


def test_a_temporary_change_holds_for_its_time_and_no_longer():
    hours = of(*OFFICE, "MONDAY CLOSED from 2016-12-05 to 2016-12-12")

    assert state(hours, "2016-11-28 10:00")[0] is True
    assert state(hours, "2016-12-05 10:00")[:2] == (False, "2016-12-06 09:00")
    assert state(hours, "2016-12-12 10:00")[0] is True


def test_a_temporary_change_holds_against_all_hours():
    hours = of("OPEN_ALL_HOURS", "MONDAY-SUNDAY CLOSED from 2016-12-05 to 2016-12-07")

    assert state(hours, "2016-12-04 10:00")[2] == "2016-12-05 00:00"
    assert state(hours, "2016-12-05 10:00")[:2] == (False, "2016-12-07 00:00")


def test_hours_are_known_for_three_years_after_a_source_and_not_before_it():
    hours = of("OPEN_ALL_HOURS", vouched=[date(2016, 1, 1)])
    known_to_go_on = of("OPEN_ALL_HOURS from 1976-01-01 to OPEN", vouched=[])

    assert state(hours, "2015-12-31 12:00")[0] is None
    assert state(hours, "2019-01-01 12:00")[0] is True
    assert state(hours, "2019-01-02 12:00")[0] is None
    assert state(known_to_go_on, "2040-01-01 12:00")[0] is True


# --- Clock changes --------------------------------------------------------------------


def test_a_night_is_an_hour_shorter_when_clocks_go_forward():
    hours = of("MONDAY-SUNDAY 22:00-06:00")

    assert state(hours, "2017-03-25 23:00")[2] == "2017-03-26 05:00"


def test_a_night_is_an_hour_longer_when_clocks_go_back():
    hours = of("MONDAY-SUNDAY 22:00-06:00")

    assert state(hours, "2017-10-28 22:00")[2] == "2017-10-29 06:00"


def test_a_time_that_clocks_skip_is_counted_by_the_offset_before():
    hours = of("MONDAY-SUNDAY 01:30-04:00")

    assert state(hours, "2017-03-26 01:29")[:2] == (False, "2017-03-26 01:30")
    assert state(hours, "2017-03-26 01:30")[2] == "2017-03-26 03:00"


def test_a_session_that_clocks_skip_to_its_end_does_not_take_place():
    hours = of("MONDAY-SUNDAY 01:30-02:15")

    assert state(hours, "2017-03-26 01:40")[:2] == (False, "2017-03-27 00:30")


def test_a_time_that_clocks_show_twice_is_the_first_of_the_two():
    hours = of("MONDAY-SUNDAY 01:30-01:45")

    assert state(hours, "2017-10-29 00:30")[2] == "2017-10-29 00:45"
    assert state(hours, "2017-10-29 01:30")[0] is False


# --- The time within which a person is to be seen -------------------------------------


@pytest.mark.parametrize(
    ("minutes", "ends"),
    [(None, 60), (0, 60), (10, 30), (30, 30), (31, 31), (60, 60), (61, 1), (360, 300)],
)
def test_the_window_is_that_of_the_dos(minutes, ends):
    at = utc("2016-12-05 12:00")

    assert session_window(at, minutes) == (at, at + timedelta(minutes=ends))


@pytest.mark.parametrize(
    ("at", "verdict"),
    [
        ("2016-12-05 12:00", "FAIL"),
        ("2016-12-05 17:30", "FAIL"),  # an hour before it opens
        ("2016-12-05 17:31", "PASS"),  # it opens within the hour
        ("2016-12-05 07:30", "PASS"),  # half an hour is left
        ("2016-12-05 07:31", "UNKNOWN"),  # less than that
    ],
)
def test_open_is_open_within_the_window_for_half_an_hour_at_least(at, verdict):
    window = session_window(utc(at), None)

    assert open_within(of(*OUT_OF_HOURS), *window) == verdict


def test_a_break_between_sessions_ends_the_one_before_it():
    hours = of("MONDAY-SUNDAY 09:00-12:00, 12:00-12:20, 13:30-14:00")

    assert open_within(hours, *session_window(utc("2016-12-05 11:45"), None)) == "PASS"
    assert open_within(hours, *session_window(utc("2016-12-05 11:51"), 30)) == "UNKNOWN"


# --- In words -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "verdict", "words"),
    [
        (
            "2016-12-03 22:00",
            "PASS",
            (
                "It is open at 22:00 on Saturday 3 December 2016, until 08:00 on Monday "
                "5 December 2016."
            ),
        ),
        (
            "2016-12-05 12:00",
            "FAIL",
            "It is closed at 12:00 on Monday 5 December 2016, and opens at 18:30.",
        ),
        (
            "2016-12-05 18:00",
            "PASS",
            (
                "It is closed at 18:00 on Monday 5 December 2016, and opens in time, at "
                "18:30."
            ),
        ),
        (
            "2016-12-05 07:45",
            "UNKNOWN",
            (
                "It is open at 07:45 on Monday 5 December 2016, but for less than half an "
                "hour, until 08:00. Ring first."
            ),
        ),
        (
            "2017-06-05 21:00",
            "PASS",
            (
                "It is open at 22:00 on Monday 5 June 2017, until 08:00 on Tuesday 6 June "
                "2017."
            ),
        ),
    ],
)
def test_the_state_is_told_by_the_clocks_of_england(at, verdict, words):
    hours = of(*OUT_OF_HOURS)

    found, opens = opening_within(hours, *session_window(utc(at), None))

    assert found == verdict
    assert opening_in_words(hours, utc(at), found, opens) == words


def test_the_hours_of_a_day_are_told_from_midnight_to_midnight():
    hours = of(*OUT_OF_HOURS)

    assert day_in_hours(hours, date(2016, 12, 1)) == (
        "On Thursday 1 December 2016 it is open from 00:00 to 08:00 and from 18:30 to "
        "24:00."
    )
    assert day_in_hours(hours, date(2016, 12, 3)) == (
        "On Saturday 3 December 2016 it is open all day and night."
    )
    assert day_in_hours(of(*OFFICE), date(2016, 12, 3)) == (
        "On Saturday 3 December 2016 it is closed."
    )
    assert day_in_hours(of("MONDAY CLOSED"), date(2016, 12, 3)) == (
        "On Saturday 3 December 2016 its hours are not known: no source vouches for its "
        "hours on 3 December 2016."
    )


# --- The lines ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "found", "allowed"),
    [
        (
            "MON 09:00-17:00",
            "'MON 09:00-17:00' is no line of opening hours",
            (
                "write MONDAY-FRIDAY 09:00-17:00, PUBLIC_HOLIDAY CLOSED, 2016-12-24 "
                "09:00-13:00 or OPEN_ALL_HOURS"
            ),
        ),
        (
            "MONDAY-FUNDAY CLOSED",
            "'FUNDAY' in 'MONDAY-FUNDAY CLOSED' is no day",
            "write one of MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY",
        ),
        (
            "SUNDAY-MONDAY CLOSED",
            "'SUNDAY-MONDAY CLOSED' goes backwards",
            "write the earlier day of the week first",
        ),
        ("MONDAY", "'MONDAY' has no hours", "write 09:00-17:00, or CLOSED"),
        (
            "MONDAY 09:00-24:00",
            "'MONDAY 09:00-24:00' has a time that no clock shows",
            "write 00:00 to 23:59",
        ),
        (
            "MONDAY 09:00-17:00, 16:00-18:00",
            (
                "'MONDAY 09:00-17:00, 16:00-18:00' has sessions that overlap or are not in "
                "order"
            ),
            "write each after the one before it, the one over midnight last",
        ),
        (
            "MONDAY 20:00-02:00, 21:00-22:00",
            (
                "'MONDAY 20:00-02:00, 21:00-22:00' has sessions that overlap or are not in "
                "order"
            ),
            "write each after the one before it, the one over midnight last",
        ),
        (
            "OPEN_ALL_HOURS 09:00-17:00",
            "'OPEN_ALL_HOURS 09:00-17:00' has hours",
            "write OPEN_ALL_HOURS alone",
        ),
        (
            "2016-02-30 CLOSED",
            "'2016-02-30' is not a date",
            "write YYYY-MM-DD, such as 2016-12-24",
        ),
        (
            "2016-12-24 CLOSED from 2016-12-01",
            "'2016-12-24 CLOSED from 2016-12-01' is for a date for a while",
            "leave from and to out",
        ),
        (
            "MONDAY CLOSED from 2016-12-02 to 2016-12-02",
            "'MONDAY CLOSED from 2016-12-02 to 2016-12-02' ends before it begins",
            "write the later day after `to`",
        ),
    ],
)
def test_a_line_that_says_nothing_is_refused_with_what_would(line, found, allowed):
    with pytest.raises(NotHours) as raised:
        rule_of(line)

    assert (raised.value.found, raised.value.allowed) == (found, allowed)


def test_a_day_has_one_line_unless_a_change_begins():
    with pytest.raises(NotHours, match="is for a day that another line is for"):
        rules_of(["MONDAY-FRIDAY CLOSED", "WEDNESDAY 09:00-12:00"])

    assert len(rules_of(["MONDAY CLOSED", "MONDAY CLOSED from 2016-12-05"])) == 2


# --- The slow model -------------------------------------------------------------------

LONDON = ZoneInfo("Europe/London")
MINUTE = timedelta(minutes=1)
NAMES = [
    "MONDAY",
    "TUESDAY",
    "WEDNESDAY",
    "THURSDAY",
    "FRIDAY",
    "SATURDAY",
    "SUNDAY",
]

# Written out, so that the model does not ask the library that it checks.
HOLIDAYS = {
    *(date(2016, 12, day) for day in (25, 26, 27)),
    date(2017, 1, 1),
    date(2017, 1, 2),
    date(2017, 4, 14),
    date(2017, 4, 17),
    date(2017, 5, 1),
    date(2017, 5, 29),
    date(2017, 8, 28),
    date(2017, 12, 25),
    date(2017, 12, 26),
}


class Line(NamedTuple):
    """A line before it is written."""

    what: str  # a weekday's name, a kind, or a date
    sessions: tuple[tuple[int, int], ...]  # minutes after midnight
    begins: date | None = None
    ends: date | None = None

    def __str__(self) -> str:
        texts = [
            f"{opens // 60:02}:{opens % 60:02}-{closes // 60:02}:{closes % 60:02}"
            for opens, closes in self.sessions
        ]
        hours = (
            "" if self.what == "OPEN_ALL_HOURS" else f" {', '.join(texts) or 'CLOSED'}"
        )
        begins = f" from {self.begins}" if self.begins else ""
        ends = f" to {self.ends}" if self.ends else ""
        return f"{self.what}{hours}{begins}{ends}"


def line_of_day(lines: Sequence[Line], day: date) -> Line | None:
    """Which line is for the sessions that begin on a day, by going through them all."""
    chosen: Line | None = None
    holding = [
        line
        for line in lines
        if (line.begins is None or line.begins <= day)
        and (line.ends is None or line.ends > day)
    ]
    for line in holding:
        if line.what == day.isoformat():
            return line
    always_since: date | None = None
    for line in holding:
        if line.what == "OPEN_ALL_HOURS":
            since = line.begins or date.min
            if always_since is None or since > always_since:
                chosen, always_since = line, since
    weekly_since: date | None = None
    weekly: Line | None = None
    for line in holding:
        if line.what == NAMES[day.weekday()]:
            since = line.begins or date.min
            if weekly_since is None or since > weekly_since:
                weekly, weekly_since = line, since
    if always_since is not None and (
        weekly_since is None or always_since >= weekly_since
    ):
        return chosen
    if day not in HOLIDAYS:
        return weekly
    best: Line | None = None
    for line in holding:
        if line.what == "PUBLIC_HOLIDAY" and (
            best is None or (line.begins or date.min) > (best.begins or date.min)
        ):
            best = line
    return best


def instant(day: date, minutes: int) -> datetime:
    """When clocks first show a time, looked for minute by minute; RFC 5545 in the gap."""
    wanted = datetime.combine(day, time(0)) + minutes * MINUTE
    start = datetime.combine(day, time(0), UTC) + minutes * MINUTE - timedelta(hours=2)
    for n in range(240):
        at = start + n * MINUTE
        if at.astimezone(LONDON).replace(tzinfo=None) == wanted:
            return at
    # Skipped: an hour earlier the clocks still showed the offset before.
    return instant(day, minutes - 60) + timedelta(hours=1)


def minutes_of(
    lines: Sequence[Line], first: date, days: int
) -> dict[datetime, bool | None]:
    """For each minute whether it is open, closed, or not known."""
    begin, end = instant(first, 0), instant(first + timedelta(days=days), 0)
    latest = max(
        [
            closes
            for line in lines
            for opens, closes in line.sessions
            if closes <= opens
        ],
        default=0,
    )
    found: dict[datetime, bool | None] = {}
    at = begin
    while at < end:
        found[at] = False
        at += MINUTE
    unknown: list[tuple[datetime, datetime]] = []
    opened: list[tuple[datetime, datetime]] = []
    for n in range(-1, days):
        day = first + timedelta(days=n)
        after = day + timedelta(days=1)
        line = line_of_day(lines, day)
        if line is None:
            unknown.append((instant(day, 0), instant(after, latest)))
            continue
        for opens, closes in line.sessions:
            until = instant(day, closes) if closes > opens else instant(after, closes)
            opened.append((instant(day, opens), until))
    for value, stretches in ((None, unknown), (True, opened)):
        for start, stop in stretches:
            at = max(start, begin)
            while at < min(stop, end):
                found[at] = value
                at += MINUTE
    return found


def slow_state(
    minutes: dict[datetime, bool | None], at: datetime
) -> tuple[bool | None, datetime | None, datetime | None]:
    """The state at a minute and the next change, by looking at each minute after it."""
    now = minutes[at]
    after = at
    while after in minutes and minutes[after] is now:
        after += MINUTE
    if now is None or minutes.get(after) is None:
        return now, None, None
    return (now, None, after) if now else (now, after, None)


def slow_within(
    minutes: dict[datetime, bool | None], start: datetime, end: datetime
) -> str:
    """The verdict by trying each minute of the window for half an hour of being open."""
    states = [minutes[start + n * MINUTE] for n in range((end - start) // MINUTE)]
    for n in range(len(states)):
        if all(minutes[start + (n + m) * MINUTE] is True for m in range(30)):
            return "PASS"
    return "FAIL" if set(states) == {False} else "UNKNOWN"


# Around Christmas, Easter and both changes of the clocks.
STARTS = [date(2016, 12, 22), date(2017, 3, 24), date(2017, 4, 12), date(2017, 10, 27)]
AWKWARD = [0, 30, 60, 75, 90, 105, 119, 120, 150, 480, 720, 1110, 1380, 1439]
moments = st.sampled_from(AWKWARD) | st.integers(0, 1439)


@st.composite
def sessions_of_a_day(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """No, one or two sessions; the last may last past midnight."""
    times = sorted(draw(st.lists(moments, max_size=4, unique=True)))
    pairs = list(zip(times[::2], times[1::2], strict=False))
    if pairs and draw(st.booleans()):
        opens, _ = pairs[-1]
        pairs[-1] = (opens, draw(st.integers(0, opens)))
    return tuple(pairs)


@st.composite
def some_lines(draw: st.DrawFn, start: date) -> list[Line]:
    """Lines for an ordinary week with gaps, holidays, dates and temporary changes."""
    lines = [
        Line(name, draw(sessions_of_a_day()))
        for name in NAMES
        if draw(st.integers(0, 4))
    ]
    whole_day = ((0, 0),)
    if draw(st.booleans()):
        lines.append(Line("PUBLIC_HOLIDAY", draw(sessions_of_a_day())))
    if not draw(st.integers(0, 3)):
        lines.append(Line("OPEN_ALL_HOURS", whole_day))
    for n in draw(st.sets(st.integers(-1, 5), max_size=2)):
        day = start + timedelta(days=n)
        lines.append(Line(day.isoformat(), draw(sessions_of_a_day())))
    if draw(st.booleans()):
        begins = start + timedelta(days=draw(st.integers(-2, 3)))
        ends = begins + timedelta(days=draw(st.integers(1, 4)))
        kinds = [*NAMES, "PUBLIC_HOLIDAY", "OPEN_ALL_HOURS"]
        for what in sorted(draw(st.sets(st.sampled_from(kinds), max_size=4))):
            always = what == "OPEN_ALL_HOURS"
            sessions = whole_day if always else draw(sessions_of_a_day())
            lines.append(Line(what, sessions, begins, ends))
    return lines


@st.composite
def cases(draw: st.DrawFn) -> tuple[date, list[Line], list[int], int | None]:
    start = draw(st.sampled_from(STARTS))
    lines = draw(some_lines(start))
    # The model knows six days: the moments leave room for what comes after them.
    asked = draw(st.lists(st.integers(0, 4 * 1440 - 1), min_size=1, max_size=6))
    return start, lines, asked, draw(st.none() | st.integers(0, 600))


@settings(max_examples=150, deadline=None)
@given(case=cases())
@example(
    case=(date(2017, 3, 24), [Line("SUNDAY", ((75, 105),))], [2 * 1440 + 60], None)
)
@example(
    case=(date(2017, 10, 27), [Line("SUNDAY", ((30, 90),))], [2 * 1440 + 30], None)
)
def test_each_moment_has_the_state_that_the_slow_model_finds(case):
    start, lines, asked, within = case
    hours = of(*map(str, lines))
    minutes = minutes_of(lines, start, 6)
    last = max(minutes)

    for minute in asked:
        at = instant(start, 0) + minute * MINUTE
        found = open_state(hours, at)
        expected = slow_state(minutes, at)
        window = session_window(at, within)
        assert found.open_now == expected[0]
        # What changes after the model's days is beyond it.
        if any(change and change <= last for change in found[1:3]):
            assert found[:3] == expected
        else:
            assert expected[1:] == (None, None)
        assert open_within(hours, *window) == slow_within(minutes, *window)


@settings(max_examples=100, deadline=None)
@given(case=cases())
def test_a_day_is_told_without_gaps_or_overlaps(case):
    start, lines, _, _ = case

    found = open_on(of(*map(str, lines)), start)

    assert found[0].start == instant(start, 0)
    assert found[-1].end == instant(start + timedelta(days=1), 0)
    assert all(a.end == b.start for a, b in pairwise(found))
