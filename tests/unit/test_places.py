"""Places as they are asked for, and the shares of split places."""

import pytest

from graph_model.errors import BadUserInput
from graph_model.places import (
    PlaceQuestion,
    commissioner_of,
    shares_of,
)


def test_a_place_is_asked_for_in_exactly_one_way():
    with pytest.raises(BadUserInput, match="by postcode and name"):
        PlaceQuestion(postcode="CV21", name="Rugby").params()
    with pytest.raises(BadUserInput, match="by nothing"):
        PlaceQuestion().params()


def test_a_point_must_be_on_earth():
    with pytest.raises(BadUserInput, match="latitude -90 to 90"):
        PlaceQuestion(latitude=152.0, longitude=-1.2).params()


def a_part(slug: str, share: float, steps: int = 0) -> dict:
    """One commissioner's part of a place."""
    organisation = {"slug": slug, "name": slug.title()}
    return {"organisation": organisation, "share": share, "steps": steps, "first": "X"}


def test_a_place_that_lies_wholly_in_one_area_has_its_commissioner():
    organisation, explanation = commissioner_of([a_part("one", 1.0)], "CV21 2")

    assert organisation == {"slug": "one", "name": "One"}
    assert explanation == "CV21 2 lies in the area of One."


def test_a_split_place_has_no_sure_commissioner_and_says_so():
    organisation, explanation = commissioner_of(
        [a_part("one", 0.93), a_part("two", 0.07)], "B30 2"
    )

    assert organisation is None
    assert explanation == (
        "B30 2 is split: One 93%, Two 7% of its postcodes, as far as is known. "
        "Give the GP practice, which decides; or check the address."
    )


def test_a_successor_is_said_to_be_one():
    _, explanation = commissioner_of([a_part("board", 1.0, steps=2)], "CV21 2")

    assert explanation == (
        "CV21 2 lies in the area of Board. It followed X, whose area this was."
    )


def test_the_shares_of_the_ways_to_a_county_add_up_and_what_is_stated_counts():
    def area(code: str, steps: int, share: float) -> dict:
        return {"code": code, "steps": steps, "share": share}

    place = {
        "code": "CV9 1",
        "areas": [
            area("E07000218", 1, 0.6),
            area("E07000219", 1, 0.3),
            area("E10000031", 2, 0.6),
            area("E10000031", 2, 0.3),
            area("E92000001", 1, 1.0),
            area("E92000001", 3, 0.6),
        ],
    }

    assert shares_of(place) == {
        "CV9 1": 1.0,
        "E07000218": 0.6,
        "E07000219": 0.3,
        "E10000031": pytest.approx(0.9),
        "E92000001": 1.0,
    }
