"""Opening hours as the DoS tells them."""

from datetime import date, time

import pytest
from made_up import a_service, a_source

from api.dos.hours import dos_hours, specified

DAY = date(2016, 12, 1)


def hours(*lines: str):
    return dos_hours(a_service(opening=list(lines), sources=[a_source()]), DAY)


def test_a_session_over_midnight_is_told_as_two():
    told = hours("FRIDAY 18:30-08:00", "SUNDAY 20:00-02:00")

    assert told.sessions == {
        "Friday": [(time(18, 30), time(23, 59))],
        "Saturday": [(time(0), time(8))],
        "Sunday": [(time(20), time(23, 59))],
        "Monday": [(time(0), time(2))],
    }


def test_a_whole_day_ends_a_minute_before_midnight():
    assert hours("TUESDAY 00:00-00:00").sessions == {
        "Tuesday": [(time(0), time(23, 59))]
    }


def test_public_holidays_are_a_day_and_dates_are_words():
    told = hours(
        "MONDAY-FRIDAY 09:00-12:30, 13:30-17:00",
        "PUBLIC_HOLIDAY 10:00-12:00",
        "2016-12-24 09:00-13:00",
        "2016-12-25 CLOSED",
        "2016-12-31 20:00-02:00",
    )

    assert told.sessions["Monday"] == [
        (time(9), time(12, 30)),
        (time(13, 30), time(17)),
    ]
    assert told.sessions["Bankholiday"] == [(time(10), time(12))]
    assert specified(told.dates) == [
        "24-12-2016-09:00-13:00",
        "25-12-2016-00:00-00:00",
        "31-12-2016-20:00-23:59",
    ]


@pytest.mark.parametrize(
    ("lines", "all_hours"),
    [
        (["OPEN_ALL_HOURS"], True),
        (["MONDAY-SUNDAY 00:00-00:00"], False),
        (["OPEN_ALL_HOURS from 2017-01-01"], False),
        ([], False),
    ],
)
def test_open_all_hours_is_said_where_it_holds_on_the_day(
    lines: list[str], all_hours: bool
):
    assert hours(*lines).all_hours is all_hours


def test_what_no_source_vouches_for_any_more_is_not_told():
    old = a_source(on=date(2010, 1, 1))
    service = a_service(opening=["OPEN_ALL_HOURS"], sources=[old])

    assert dos_hours(service, DAY)[:2] == (False, {})
