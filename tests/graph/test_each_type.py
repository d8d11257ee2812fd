"""The best of each type, as the DoS answers: the same however little the finder gives at once, and by either's rules."""

import pytest
from neo4j import AsyncDriver

from api.dos.search import Sought, searched
from graph_model import each_type
from graph_model.cases import Case
from graph_model.each_type import best_of_each_type
from graph_model.matching.ranking import not_known
from graph_model.places import PlaceQuestion
from graph_model.settings import Settings

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

THEIRS = Settings(signpost_dos_rules="dos")


async def names_of_each_type(driver: AsyncDriver) -> list[str]:
    case = Case(PlaceQuestion(postcode="B4 6NH"), need_code="urgent-primary-care")
    _, found = await best_of_each_type(
        driver, case, None, lambda code: 2, lambda judged: lambda each: True
    )
    return [each["service"]["name"] for each in found]


async def test_no_type_is_missing_because_others_are_nearer(
    directory: AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_one_question = await names_of_each_type(directory)

    monkeypatch.setattr(each_type, "MOST", 4)
    by_types = await names_of_each_type(directory)

    assert len(by_one_question) > 4
    assert by_types == by_one_question


async def slugs_found(
    driver: AsyncDriver, settings: Settings, sought: Sought
) -> dict[str, float | None]:
    answer = await searched(driver, settings, sought, lambda code: 50)
    return {each["slug"]: each["distance_km"] for each in answer.candidates}


async def test_by_the_doss_rules_the_corners_of_the_square_are_searched_too(
    directory: AsyncDriver,
) -> None:
    sought = Sought("CV1 4FS", 30, types=["105"])

    ours = await slugs_found(directory, Settings(), sought)
    theirs = await slugs_found(directory, THEIRS, sought)

    assert ours.keys() < theirs.keys()
    assert all(km is not None and km <= 30 for km in ours.values())
    assert all(
        km is not None and 30 < km < 42.5
        for slug, km in theirs.items()
        if slug not in ours
    )


async def test_limits_hold_where_nobody_knows_the_commissioner_but_by_the_doss_rules(
    directory: AsyncDriver,
) -> None:
    sought = Sought("LD7 1", 60, types=["25"])  # Knighton, in Wales

    ours = await slugs_found(directory, Settings(), sought)
    theirs = await slugs_found(directory, THEIRS, sought)

    assert ours.keys() < theirs.keys()


async def test_what_is_not_known_stands_behind_what_is_known_to_fit(
    directory: AsyncDriver,
) -> None:
    answer = await searched(
        directory, Settings(), Sought("B4 6NH", 60, types=["46"]), lambda code: 50
    )

    doubts = [
        sum(kind in ("ACTIVE", "AREA", "REFERRER", "AGE") for kind in not_known(each))
        for each in answer.candidates
    ]
    assert len(doubts) > 5
    assert doubts == sorted(doubts)
