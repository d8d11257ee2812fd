"""Whether what a commissioner has bought covers a need of its people."""

from graph_model.matching.cover import (
    Area,
    Group,
    People,
    Served,
    Takes,
    Wanted,
    cover_of,
)

FALLS = Wanted(met_by=frozenset({"falls", "urgent-care"}), parts=frozenset({"hip"}))
NORTH = ["E07000001", "LIMITED", "LOCAL_AUTHORITY"]
SOUTH = ["E07000002", "LIMITED", "LOCAL_AUTHORITY"]
WHOLE = ["E38000001", "LIMITED", "CCG"]

# Sixty postcodes lie in the north, forty in the south.
PEOPLE = People(
    [
        Area(
            "E38000001",
            "Whole",
            "CCG",
            2,
            ["E38000001", "E92000001"],
            [
                [60, 1.0, [["E07000001", "LOCAL_AUTHORITY", 1.0]]],
                [40, 1.0, [["E07000002", "LOCAL_AUTHORITY", 1.0]]],
            ],
        )
    ]
)


def group(
    *serves: list[str],
    what: str = "falls",
    verdict: int = 2,
    provider: str = "trust",
    contract: str = "contract",
    stage: tuple[bool, bool] = (False, False),
    ages: tuple[int | None, int | None] = (None, None),
) -> Group:
    """A group of one service."""
    return Group(
        what,
        verdict,
        Served(serves),
        Takes(*stage, *ages, None),
        (provider, contract),
        (provider, contract),
        (contract, provider),
        (contract, provider),
    )


def state(*groups: Group, complete: bool = False, people: People = PEOPLE) -> str:
    """The state of the need with these services."""
    return cover_of(FALLS, groups, people, complete).state


def test_a_service_for_the_whole_area_covers_its_people() -> None:
    assert state(group(WHOLE)) == "COVERED"


def test_a_service_for_a_broader_need_covers_too() -> None:
    assert state(group(WHOLE, what="urgent-care")) == "COVERED"


def test_a_service_for_a_part_of_the_need_does_not_and_is_shown() -> None:
    cover = cover_of(FALLS, [group(WHOLE, what="hip")], PEOPLE, True)

    assert cover.state == "UNKNOWN"
    assert [each.what for each in cover.groups] == ["hip"]


def test_two_services_for_a_part_of_the_area_each_cover_it_together() -> None:
    assert state(group(NORTH), group(SOUTH, provider="other", contract="two")) == (
        "COVERED"
    )


def test_a_service_for_a_part_of_the_area_leaves_the_rest_unknown() -> None:
    cover = cover_of(FALLS, [group(NORTH)], PEOPLE, False)

    assert (cover.state, cover.share) == ("UNKNOWN", 0.6)


def test_the_rest_is_a_gap_where_the_directory_is_complete() -> None:
    cover = cover_of(FALLS, [group(NORTH)], PEOPLE, True)

    assert cover.state == "GAP"
    assert "40 % of its postcodes" in cover.explanation


def test_nothing_is_a_gap_only_where_the_directory_is_complete() -> None:
    assert state() == "UNKNOWN"
    assert state(complete=True) == "GAP"


def test_what_may_run_is_no_gap_and_no_cover() -> None:
    assert state(group(WHOLE, verdict=1), complete=True) == "UNKNOWN"


def test_two_providers_under_two_contracts_for_the_same_people_overlap() -> None:
    assert state(group(WHOLE), group(WHOLE, provider="other", contract="two")) == (
        "OVERLAP"
    )


def test_two_sites_of_one_provider_do_not_overlap_nor_two_holders_of_one_contract() -> (
    None
):
    assert state(group(WHOLE), group(WHOLE, contract="two")) == "COVERED"
    assert state(group(WHOLE), group(WHOLE, provider="other")) == "COVERED"


def test_stages_of_one_way_do_not_overlap() -> None:
    first = group(WHOLE, stage=(True, False))
    behind = group(WHOLE, provider="other", contract="two", stage=(False, True))

    assert state(first, behind) == "COVERED"


def test_a_service_for_children_and_one_for_adults_do_not_overlap() -> None:
    children = group(WHOLE, ages=(None, 6573))
    adults = group(WHOLE, provider="other", contract="two", ages=(6574, None))

    assert state(children, adults) == "COVERED"


def test_services_that_meet_in_a_part_of_the_area_overlap() -> None:
    assert state(group(WHOLE), group(NORTH, provider="other", contract="two")) == (
        "OVERLAP"
    )


def test_a_service_elsewhere_does_not_count() -> None:
    elsewhere = ["E38000009", "LIMITED", "CCG"]

    cover = cover_of(FALLS, [group(elsewhere)], PEOPLE, True)

    assert (cover.state, cover.groups) == ("GAP", [])


def test_where_nobody_knows_for_whom_it_commissions_its_contract_is_for_its_people() -> (
    None
):
    nobody = People([])

    assert state(group(), people=nobody) == "COVERED"
    assert state(group(NORTH), complete=True, people=nobody) == "UNKNOWN"
    assert state(complete=True, people=nobody) == "GAP"
