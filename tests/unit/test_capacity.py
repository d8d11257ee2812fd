"""How busy a service is: as somebody said it, for a while."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import a_service, a_setting

from graph_model.capacity import check
from graph_model.errors import BadUserInput
from graph_model.matching.capacity import capacity_at, judge_capacity
from signpost.capacity import duration

NOON = datetime(2016, 12, 5, 12, tzinfo=UTC)
MOMENTS = st.datetimes(
    datetime(2016, 1, 1), datetime(2017, 12, 31), timezones=st.just(UTC)
)


def stated(status: str, hours: float | None = 4) -> Any:
    return a_service(
        capacity=status,
        capacity_updated_at=NOON,
        capacity_resets_at=hours and NOON + timedelta(hours=hours),
    )


def found(service: Any, at: str, as_of: str | None = None) -> tuple[str, str]:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    day = date.fromisoformat(as_of) if as_of else moment.date()
    criterion = judge_capacity(service, a_setting(at=moment, as_of=day))
    return criterion["verdict"], criterion["explanation"]


def test_a_red_service_takes_nobody_until_its_reset_and_counts_as_green_after_it():
    red = stated("RED")

    assert found(red, "2016-12-05 13:00") == (
        "FAIL",
        (
            "At 12:00 on Monday 5 December 2016 it was RED, until 16:00 on Monday 5 December "
            "2016: it takes nobody."
        ),
    )
    assert found(red, "2016-12-05 16:00") == (
        "PASS",
        (
            "At 12:00 on Monday 5 December 2016 it was RED until 16:00 on Monday 5 December "
            "2016; after that it counts as GREEN again."
        ),
    )


@pytest.mark.parametrize("status", ["GREEN", "AMBER"])
def test_green_and_amber_pass(status):
    assert found(stated(status), "2016-12-05 13:00")[0] == "PASS"


@pytest.mark.parametrize(
    ("at", "as_of"),
    [
        ("2016-12-05 11:59", None),
        ("2016-12-06 00:30", None),
        ("2016-12-05 13:00", "2016-12-04"),
        ("2016-12-05 13:00", "2016-12-06"),
    ],
)
def test_what_was_said_tells_nothing_of_the_time_before_or_of_another_day(at, as_of):
    verdict, words = found(stated("RED"), at, as_of)

    assert verdict == "UNKNOWN"
    assert "is not known: nobody has said it for then." in words


def test_a_status_that_lasts_for_days_holds_on_each_of_them():
    red = stated("RED", hours=120)

    assert found(red, "2016-12-08 03:00")[0] == "FAIL"
    assert found(red, "2016-12-10 12:00")[0] == "PASS"
    assert found(red, "2016-12-11 12:00")[0] == "UNKNOWN"


def test_green_without_a_reset_holds_on_its_day_by_the_clocks_of_england():
    green = stated("GREEN", hours=None)

    assert found(green, "2016-12-05 23:59")[0] == "PASS"
    assert found(green, "2016-12-06 00:00")[0] == "UNKNOWN"


def test_where_nobody_has_said_it_capacity_is_not_known():
    assert found(a_service(), "2016-12-05 13:00") == (
        "UNKNOWN",
        "Nobody has said how busy it is.",
    )


@given(
    updated=MOMENTS,
    at=MOMENTS,
    minutes=st.integers(15, 7200),
    status=st.sampled_from(["AMBER", "RED"]),
)
def test_a_status_holds_from_its_statement_to_its_reset_and_never_outside(
    updated, at, minutes, status
):
    resets = updated + timedelta(minutes=minutes)

    now = capacity_at(status, updated, resets, at)

    assert (now == status) == (updated <= at < resets)
    assert now in {None, "GREEN", status}
    if now == "GREEN":
        assert resets <= at < resets + timedelta(days=1)


@given(updated=MOMENTS, at=MOMENTS)
def test_nothing_is_known_more_than_a_day_after_the_last_word(updated, at):
    if at - updated > timedelta(days=1):
        assert capacity_at("GREEN", updated, None, at) is None


@pytest.mark.parametrize(
    ("status", "lasting", "words"),
    [
        ("RED", None, "RED was given for no time."),
        ("RED", timedelta(minutes=14), "RED was given for 14 minutes."),
        ("AMBER", timedelta(hours=121), "AMBER was given for 7260 minutes."),
        ("GREEN", timedelta(hours=1), "GREEN needs no time"),
        ("BLUE", None, "'BLUE' is no capacity status. Say one of GREEN, AMBER, RED."),
    ],
)
def test_a_status_that_cannot_be_said_is_refused_with_what_can(status, lasting, words):
    with pytest.raises(BadUserInput) as refused:
        check(status, lasting)

    assert words in str(refused.value)


@pytest.mark.parametrize("lasting", [timedelta(minutes=15), timedelta(hours=120)])
def test_the_shortest_and_the_longest_time_are_taken(lasting):
    check("RED", lasting)


def test_a_time_is_written_in_minutes_hours_or_days():
    assert duration("45m") == timedelta(minutes=45)
    assert duration("4H") == timedelta(hours=4)
    assert duration("2d") == timedelta(days=2)


@pytest.mark.parametrize("text", ["", "4", "h", "-4h", "4.5h", "four hours"])
def test_what_is_no_time_is_refused_with_an_example(text):
    with pytest.raises(BadUserInput, match="such as 45m, 4h or 2d"):
        duration(text)
