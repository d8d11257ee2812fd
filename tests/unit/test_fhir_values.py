"""What callers write as values of FHIR's search parameters."""

from datetime import UTC, date, datetime

import pytest

from api.doors import BadParameter
from api.fhir.hours import hours
from api.fhir.terms import period
from api.fhir.values import days, moments, near, token, values_of
from graph_model.rows import OPEN_END


def test_a_comma_parts_values_unless_a_backslash_keeps_it() -> None:
    assert values_of(r"a,b\,c,d\$") == ["a", "b,c", "d$"]


def test_a_token_has_a_system_or_none_or_any() -> None:
    assert token("RKB") == (None, "RKB")
    assert token("|RKB") == ("", "RKB")
    assert token("odsOrganisationCode|RKB") == (
        "https://fhir.nhs.uk/Id/ods-organization-code",
        "RKB",
    )


@pytest.mark.parametrize(
    ("text", "prefix", "low", "high"),
    [
        ("2016", "eq", date(2016, 1, 1), date(2017, 1, 1)),
        ("ge2016-11", "ge", date(2016, 11, 1), date(2016, 12, 1)),
        ("lt2016-12-31", "lt", date(2016, 12, 31), date(2017, 1, 1)),
    ],
)
def test_a_date_is_as_long_as_it_is_precise(
    text: str, prefix: str, low: date, high: date
) -> None:
    assert days(text, "date") == {"prefix": prefix, "low": low, "high": high}


def test_a_moment_without_a_zone_is_by_the_clocks_of_england() -> None:
    found = moments("2016-07-01T12:00", "_lastUpdated")

    assert found["low"] == datetime(2016, 7, 1, 11, 0, tzinfo=UTC)
    assert found["high"] == datetime(2016, 7, 1, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "16", "2016-13", "2016-02-30", "xx2016", "soon"])
def test_what_is_no_date_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadParameter, match=r"_lastUpdated is .* Give a date such as"):
        moments(text, "_lastUpdated")


def test_a_distance_without_units_is_in_kilometres() -> None:
    assert near("52.37|-1.26|2.5")[1] == 2500
    assert near("52.37|-1.26|1|[mi_i]")[1] == 1609.344
    assert near("52.37|-1.26")[1] == 50_000


@pytest.mark.parametrize(
    "text", ["52", "a|b", "52|-1|0", "52|-1|5|miles", "52|-1|5|km|x", "52|-1|nan"]
)
def test_a_place_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(BadParameter, match="near is"):
        near(text)


def test_a_period_ends_on_the_last_day_that_is_in_it() -> None:
    found = period(date(2013, 4, 1), date(2016, 11, 1), "DAY", "DAY")

    assert found == {"start": "2013-04-01", "end": "2016-10-31"}


def test_a_month_is_told_as_a_month_and_what_goes_on_has_no_end() -> None:
    assert period(date(2016, 11, 1), OPEN_END, "MONTH") == {"start": "2016-11"}
    assert period(None, date(2016, 1, 1), None, "YEAR") == {"end": "2016"}


def test_a_session_over_midnight_is_told_as_two_that_touch() -> None:
    found = hours(["FRIDAY 18:30-08:00"], [date(2016, 11, 1)], date(2016, 11, 30))

    assert found["availableTime"] == [
        {
            "daysOfWeek": ["fri"],
            "availableStartTime": "18:30:00",
            "availableEndTime": "23:59:59",
        },
        {
            "daysOfWeek": ["sat"],
            "availableStartTime": "00:00:00",
            "availableEndTime": "08:00:00",
        },
    ]


def test_a_day_of_which_nothing_is_known_is_neither_open_nor_closed() -> None:
    lines = ["MONDAY 09:00-17:00", "PUBLIC_HOLIDAY CLOSED", "2016-12-24 CLOSED"]

    found = hours(lines, [date(2016, 11, 1)], date(2016, 11, 30))

    assert [each["daysOfWeek"] for each in found["availableTime"]] == [["mon"]]
    assert found["notAvailable"] == [
        {
            "description": "Closed",
            "during": {"start": "2016-12-24", "end": "2016-12-24"},
        }
    ]
    assert found["availabilityExceptions"] == "Public holidays: closed"
    assert hours([], [], date(2016, 11, 30)) == {}
