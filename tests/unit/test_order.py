"""The order of the options, as it is written down at the head of ranking.py."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from made_up import a_candidate, a_service, a_setting, a_type, an_area, unknown

from graph_model.matching.case import Registration
from graph_model.matching.ranking import (
    IN_AN_EMERGENCY,
    Group,
    order,
    standing,
    static_order,
    why_here,
)


def in_their_order(candidates: Any) -> Any:
    """The candidates, handed over in another order, as they are sorted."""
    return sorted([*candidates[1:], candidates[0]], key=lambda each: order(each))


def test_options_stand_in_the_order_that_is_written_down():
    line = a_service(slug="999", type=a_type("138"))
    department = a_service(slug="ed", type=a_type("105"))
    limited = a_service(slug="limited", serves=[an_area("05A", "LIMITED")])
    in_order = [
        a_candidate("", service=line, criteria=unknown("CONTRACT", "AGE")),
        a_candidate("", service=department, distance_km=30.0),
        a_candidate("", service=limited),
        a_candidate("near", distance_km=1.0),
        a_candidate("far", distance_km=5.0),
        a_candidate("broader", match="BROADER", distance_km=0.1),
        a_candidate("doubtful", criteria=unknown("AGE"), distance_km=0.1),
        a_candidate("more-doubtful", criteria=unknown("AGE", "CONTRACT")),
        a_candidate("a-part", match="NARROWER"),
    ]

    mixed = in_order[5:] + in_order[:5]
    found = sorted(mixed, key=lambda each: order(each, IN_AN_EMERGENCY))

    assert found == in_order


def test_what_is_open_comes_before_what_may_be_where_a_time_was_asked_for():
    may_be = unknown("OPENING")
    in_order = [
        a_candidate("open", distance_km=9.0, time_asked=True),
        a_candidate("may-be", distance_km=1.0, time_asked=True, criteria=may_be),
        a_candidate("broader", match="BROADER", distance_km=0.1, time_asked=True),
    ]

    assert in_their_order(in_order) == in_order


def test_without_a_time_the_nearer_comes_first_whatever_its_hours():
    in_order = [
        a_candidate("may-be", distance_km=1.0, criteria=unknown("OPENING")),
        a_candidate("open", distance_km=9.0),
    ]

    assert in_their_order(in_order) == in_order


def test_within_a_need_the_commissioners_rank_counts_then_the_national_one_then_none():
    ranks = {"25": 2}
    case = a_setting({"05A": 1.0}, ranks=ranks)

    def of_type(slug: str, code: str, national: int | None, km: float) -> Any:
        service = a_service(slug=slug, type=a_type(code, national))
        placed = standing(service, case)
        return a_candidate(slug, service=service, distance_km=km, **placed)

    in_order = [
        of_type("national-1", "30", 1, 50.0),
        of_type("own-2", "25", 9, 40.0),
        of_type("national-3", "31", 3, 30.0),
        of_type("unranked", "32", None, 1.0),
    ]

    assert in_their_order(in_order) == in_order
    assert "; ranked 2 by the commissioner; " in why_here(in_order[1])
    assert "; ranked 3 nationally; " in why_here(in_order[2])
    assert "ranked" not in why_here(in_order[3])


def test_within_a_rank_own_practice_then_commissioned_here_then_others_then_elsewhere():
    case = a_setting({"05A": 1.0, "E92": 1.0}, gp_practice="M84001")

    def for_whom(slug: str, km: float, **values: Any) -> Any:
        service = a_service(slug=slug, **values)
        placed = standing(service, case)
        return a_candidate(slug, service=service, distance_km=km, **placed)

    in_order = [
        for_whom("own", 9.0, gp_registration="LISTED", gp_practices=["M84001"]),
        for_whom("restricted", 8.0, serves=[an_area("05A", "LIMITED")]),
        for_whom("all-of-england", 6.0, serves=[an_area("E92", "LIMITED", "COUNTRY")]),
        for_whom("promoted-here", 7.0, serves=[an_area("05A", "PROMOTED")]),
        for_whom("not-said", 3.0),
        for_whom("promoted-elsewhere", 1.0, serves=[an_area("05H", "PROMOTED")]),
    ]

    assert in_their_order(in_order) == in_order
    assert "for patients of the person's own GP practice" in why_here(in_order[0])
    assert "promoted elsewhere" in why_here(in_order[-1])


def test_what_is_limited_to_the_commissioner_of_the_registration_is_for_this_person():
    service = a_service(serves=[an_area("05H", "LIMITED")])
    north = Registration("NHS North CCG", frozenset({"05H"}))
    case = a_setting({"05A": 1.0}, registration=north)

    assert standing(service, case)["group"] == Group.THIS_AREA_ONLY


def test_what_sources_rarely_say_counts_within_a_kilometre_only():
    rarely = unknown("CAPACITY", "GP_PRACTICE")
    in_order = [
        a_candidate("sure", distance_km=1.9),
        a_candidate("may-be-full", distance_km=1.5, criteria=unknown("CAPACITY")),
        a_candidate("unsure", distance_km=1.1, criteria=rarely),
        a_candidate("farther", distance_km=2.0),
        a_candidate("doubtful", criteria=unknown("AGE")),
    ]

    assert in_their_order(in_order) == in_order


def test_that_a_service_may_be_for_other_practices_only_is_a_doubt_that_decides():
    listed = a_service(slug="listed", gp_registration="LISTED")
    in_order = [
        a_candidate("unstated", distance_km=9.0, criteria=unknown("GP_PRACTICE")),
        a_candidate("", service=listed, criteria=unknown("GP_PRACTICE")),
    ]

    assert in_their_order(in_order) == in_order
    assert why_here(in_order[1]).startswith("Not known: gp practice; ")


CANDIDATES = st.builds(
    a_candidate,
    st.sampled_from(["a", "b", "c"]),
    match=st.sampled_from(["EXACT", "BROADER", "NARROWER"]),
    distance_km=st.none() | st.floats(0, 200),
    time_asked=st.booleans(),
    type_rank=st.integers(1, 11),
    group=st.sampled_from(Group),
    criteria=st.sets(
        st.sampled_from(["AGE", "SEX", "AREA", "OPENING", "CAPACITY", "GP_PRACTICE"])
    ).map(lambda kinds: unknown(*kinds)),
)


@given(CANDIDATES, CANDIDATES)
def test_what_comes_first_by_the_static_parts_comes_first(one, other):
    if static_order(one) < static_order(other):
        assert order(one) < order(other)
    assert order(one)[: len(static_order(one))] == static_order(one)


@given(CANDIDATES, st.sampled_from(["AGE", "AREA", "OPENING", "CAPACITY"]))
def test_whatever_is_not_known_never_brings_a_service_forward(candidate, kind):
    known = [each for each in candidate["criteria"] if each["kind"] != kind]
    sure = {**candidate, "criteria": known}
    unsure = {**candidate, "criteria": [*known, *unknown(kind)]}

    assert order(sure) <= order(unsure)
