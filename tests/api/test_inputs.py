"""What callers give, as the graph is asked for it."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from strawberry.exceptions import StrawberryInputCoercionError

from api.graphql.inputs import AgeInput, PlanCase, age_in_days, what_is_known_of
from api.graphql.scalars import read_date, read_moment
from api.graphql.types.person import AgeUnit


@pytest.mark.parametrize(
    ("value", "unit", "days"),
    [
        (0, AgeUnit.DAYS, 0),
        (1, AgeUnit.MONTHS, 30),
        (6, AgeUnit.MONTHS, 182),
        (18, AgeUnit.YEARS, 6574),
        (87, AgeUnit.YEARS, 31776),
        (130, AgeUnit.YEARS, 47482),
        (2, None, 730),
    ],
)
def test_an_age_is_counted_in_whole_days(
    value: int, unit: AgeUnit | None, days: int
) -> None:
    assert age_in_days(AgeInput(value=value, unit=unit)) == days


def test_a_practices_code_is_read_in_any_case() -> None:
    assert what_is_known_of(PlanCase(gp_practice=" m84008 ")) == {
        "age_days": None,
        "sex": None,
        "gp_practice": "M84008",
        "referrer": None,
    }


def test_a_day_is_read_as_it_is_written() -> None:
    assert read_date("2016-02-29") == date(2016, 2, 29)


@pytest.mark.parametrize(
    "value",
    [
        "2015-02-29",
        "2016-2-9",
        "20160209",
        "2016-W05",
        "1899-12-31",
        "2200-01-01",
        "",
        1,
    ],
)
def test_what_is_no_day_is_refused(value: object) -> None:
    with pytest.raises(StrawberryInputCoercionError, match="is not a date"):
        read_date(value)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2016-12-03T22:00:00Z", datetime(2016, 12, 3, 22, tzinfo=UTC)),
        ("2016-12-03t22:00z", datetime(2016, 12, 3, 22, tzinfo=UTC)),
        (
            "2016-07-01T22:00:00.5+01:00",
            datetime(2016, 7, 1, 22, 0, 0, 500000, timezone(timedelta(hours=1))),
        ),
    ],
)
def test_a_moment_is_read_as_it_is_written(value: str, moment: datetime) -> None:
    assert read_moment(value) == moment


@pytest.mark.parametrize(
    "value", ["2016-12-03", "2016-12-03 22:00Z", "2016-12-03T25:00Z", "22:00", "now", 1]
)
def test_what_is_no_moment_is_refused(value: object) -> None:
    with pytest.raises(StrawberryInputCoercionError, match="is not a moment"):
        read_moment(value)


def test_a_moment_without_an_offset_is_refused_with_what_to_write() -> None:
    with pytest.raises(StrawberryInputCoercionError) as raised:
        read_moment("2016-07-01T22:00")

    assert str(raised.value).startswith(
        "'2016-07-01T22:00' does not say by which clock. Add the offset: "
        "2016-07-01T22:00Z in a British winter, 2016-07-01T22:00+01:00 in a British summer."
    )
