"""Whether something held on a day, when its bounds are a day, a month, open or unknown."""

from datetime import date

import pytest

from graph_model.matching.periods import OPEN_END, Period, held_on

ARTICLE = date(2016, 10, 31)
FROM_NOVEMBER = Period(date(2016, 11, 1), "MONTH", vouched=[ARTICLE])


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2016, 10, 1), "FAIL"),
        (date(2016, 10, 31), "FAIL"),
        (date(2016, 11, 1), "UNKNOWN"),
        (date(2016, 11, 29), "UNKNOWN"),
        (date(2016, 11, 30), "PASS"),
        (date(2016, 12, 3), "PASS"),
        (date(2019, 10, 31), "PASS"),
        (date(2019, 11, 1), "UNKNOWN"),
    ],
)
def test_a_start_in_a_month_is_sure_on_the_months_last_day_and_not_before(day, verdict):
    assert held_on(FROM_NOVEMBER, day)[0] == verdict


def test_a_start_in_a_month_says_that_the_day_is_not_known():
    assert held_on(FROM_NOVEMBER, date(2016, 11, 15))[1] == (
        "starts in November 2016, and no source says on which day"
    )


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2014, 2, 21), "UNKNOWN"),
        (date(2014, 2, 22), "PASS"),
        (date(2017, 2, 22), "PASS"),
        (date(2017, 2, 23), "UNKNOWN"),
    ],
)
def test_without_bounds_a_source_vouches_for_three_years_from_its_day(day, verdict):
    assert held_on(Period(vouched=[date(2014, 2, 22)]), day)[0] == verdict


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2020, 6, 14), "PASS"),
        (date(2020, 6, 15), "FAIL"),
    ],
)
def test_an_end_on_a_day_is_the_first_day_that_it_holds_no_longer(day, verdict):
    period = Period(date(2013, 4, 1), end=date(2020, 6, 15))

    assert held_on(period, day)[0] == verdict


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2019, 10, 31), "PASS"),
        (date(2019, 11, 1), "UNKNOWN"),
        (date(2019, 11, 30), "UNKNOWN"),
        (date(2019, 12, 1), "FAIL"),
    ],
)
def test_an_end_in_a_month_is_unknown_inside_the_month(day, verdict):
    period = Period(date(2016, 11, 1), "MONTH", date(2019, 11, 1), "MONTH")

    assert held_on(period, day)[0] == verdict


def test_what_is_known_to_go_on_holds_for_ever():
    period = Period(date(2013, 4, 1), end=OPEN_END)

    assert held_on(period, date(2100, 1, 1)) == ("PASS", "has run since 1 April 2013")


def test_nothing_known_is_unknown():
    assert held_on(Period(), date(2016, 11, 30))[0] == "UNKNOWN"


def test_a_year_has_the_precision_of_a_year():
    period = Period(date(2012, 1, 1), "YEAR", end=OPEN_END)

    assert held_on(period, date(2011, 12, 31))[0] == "FAIL"
    assert held_on(period, date(2012, 6, 1))[0] == "UNKNOWN"
    assert held_on(period, date(2012, 12, 31))[0] == "PASS"


def test_a_source_of_29_february_vouches_until_28_february():
    period = Period(vouched=[date(2016, 2, 29)])

    assert held_on(period, date(2019, 2, 28))[0] == "PASS"
    assert held_on(period, date(2019, 3, 1))[0] == "UNKNOWN"
