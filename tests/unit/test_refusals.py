"""Options that were refused, and what the reasons say of the others."""

import pytest
from made_up import a_candidate

from graph_model.matching.ranking import order, why_here
from graph_model.matching.refusals import (
    REASONS,
    Refused,
    Wishes,
    change_in_words,
    refusal_in_words,
    wishes_of,
)


def slugs(candidates, wishes: Wishes) -> list[str]:
    found = sorted(candidates, key=lambda each: order(each, (), wishes))
    return [each["service"]["slug"] for each in found]


VISITING = a_candidate("visiting", distance_km=None, match="BROADER")
NEAR = a_candidate("near", distance_km=2.0, match="BROADER")
FAR = a_candidate("far", distance_km=30.0)


def test_the_reasons_are_the_twelve_of_the_dos():
    assert sorted(code for code, _ in REASONS.values()) == [
        21, 22, 23, 24, 26, 27, 31, 32, 40, 41, 42, 99,
    ]  # fmt: skip


def test_without_a_refusal_what_is_for_exactly_the_need_comes_first():
    assert slugs([VISITING, NEAR, FAR], Wishes()) == ["far", "visiting", "near"]


@pytest.mark.parametrize("reason", ["TRANSPORT", "DISTANCE"])
def test_where_one_was_too_far_the_nearer_and_the_visiting_come_before_what_is_as_far(
    reason,
):
    wishes = wishes_of([Refused("refused", reason)], {"refused": 30.0})

    assert slugs([VISITING, NEAR, FAR], wishes) == ["visiting", "near", "far"]


def test_where_a_visit_at_home_was_asked_for_what_comes_to_the_person_comes_first():
    wishes = wishes_of([Refused("refused", "HOME_VISIT_REQUESTED")], {"refused": 1.0})

    assert slugs([NEAR, FAR, VISITING], wishes) == ["visiting", "far", "near"]
    assert why_here(VISITING, (), wishes).startswith(
        "Comes to the person or is reached by telephone; "
    )
    assert why_here(FAR, (), wishes).startswith("The person would have to go there; ")


@pytest.mark.parametrize(
    "reason",
    sorted(REASONS.keys() - {"TRANSPORT", "DISTANCE", "HOME_VISIT_REQUESTED"}),
)
def test_any_other_reason_is_about_the_refused_service_alone(reason):
    assert wishes_of([Refused("refused", reason)], {"refused": 3.0}) == Wishes()


def test_of_several_that_were_too_far_the_nearest_counts():
    refused = [Refused("a", "DISTANCE"), Refused("b", "TRANSPORT")]

    assert wishes_of(refused, {"a": 9.0, "b": 4.0}).nearer_than_km == 4.0


def test_a_line_that_is_refused_as_too_far_says_nothing_of_distance():
    assert wishes_of([Refused("line", "DISTANCE")], {"line": None}) == Wishes()


def test_a_refusal_says_what_was_done_with_its_reason():
    assert refusal_in_words(Refused("a", "NO_APPOINTMENTS"), "The clinic") == (
        "The clinic is left out, because it has no appointments (reason 31). That says "
        "nothing of other services."
    )


def test_what_changed_names_what_comes_first_now_and_what_did():
    assert change_in_words(["A"], ["A", "B"], ["B"]) == (
        "Left out, as refused: A. B comes first now, where A did."
    )
    assert change_in_words(["B", "C"], ["A", "B"], ["A"]) == (
        "Left out, as refused: B and C. A comes first, as before."
    )
    assert change_in_words(["A"], ["A"], []) == (
        "Left out, as refused: A. No other option is left: see `fallback`."
    )
