"""Searches: what a filter takes is what is shown, whatever is combined, in two round trips."""

from typing import Any, cast

import pytest
from asking import Counted
from neo4j import AsyncDriver

from graph_model.places import point_of
from graph_model.search import NOUNS
from graph_model.search.noun import Noun
from graph_model.search.parts import id_of_slug
from graph_model.search.search import Condition, Found, Near, rings, search

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

COVENTRY = point_of(52.41, -1.51)
FROM_LOCATION = "MATCH (service:Service)-[:DELIVERED_AT]->(location)"


async def found_by(driver: AsyncDriver, noun: Noun, *conditions: Condition) -> Found:
    return await search(driver, noun, NOUNS, conditions, first=2000)


@pytest.mark.parametrize("name", ["service", "organisation", "affiliation"])
async def test_what_is_found_to_be_active_is_what_is_shown_to_be(
    directory: AsyncDriver, name: str
) -> None:
    noun = NOUNS[name]
    everything = await found_by(directory, noun)

    shown: dict[Any, set[str]] = {True: set(), False: set(), None: set()}
    for each in everything.rows:
        shown[each["row"]["active"]].add(each["key"])
    for value in (True, False):
        found = await found_by(directory, noun, Condition("active", [value]))
        assert {each["key"] for each in found.rows} == shown[value]
    assert shown[True]


async def test_what_is_found_by_a_locations_status_is_what_is_shown(
    directory: AsyncDriver,
) -> None:
    noun = NOUNS["location"]
    everything = await found_by(directory, noun)

    found = await found_by(directory, noun, Condition("status", ["active"]))

    assert {each["key"] for each in found.rows} == {
        each["key"] for each in everything.rows if each["row"]["status"] == "active"
    }


@pytest.mark.parametrize("name", NOUNS)
async def test_all_that_comes_along_takes_two_round_trips_one_after_the_other(
    directory: AsyncDriver, name: str
) -> None:
    noun = NOUNS[name]
    counted = Counted(directory)

    found = await search(
        cast(AsyncDriver, counted), noun, NOUNS, [], first=5, includes=noun.includes
    )

    # The second asks for each kind of what was found at once.
    kinds = {noun.name} if found.rows else set()
    kinds |= {noun.includes[each].noun for each, rows in found.included.items() if rows}
    assert counted.round_trips == 1 + len(kinds)


@pytest.mark.parametrize(("filter", "shown"), [("need", "needs"), ("type", "type")])
async def test_what_is_near_is_found_by_its_need_and_type_as_by_its_place(
    directory: AsyncDriver, filter: str, shown: str
) -> None:
    async def near(*conditions: Condition) -> Found:
        return await search(
            directory,
            NOUNS["service"],
            NOUNS,
            conditions,
            first=2000,
            near=Near(COVENTRY, 60_000.0),
            onwards=FROM_LOCATION,
            total=True,
        )

    by_code: dict[str, list[str]] = {}
    for each in (await near()).rows:
        named = each["row"][shown]
        for one in named if isinstance(named, list) else [named]:
            by_code.setdefault(one["code"], []).append(each["key"])
    assert len(by_code) > 5
    for code, keys in by_code.items():
        found = await near(Condition(filter, [code]))
        assert [each["key"] for each in found.rows] == keys
        assert found.total == len(keys)
    both = await near(Condition(filter, sorted(by_code)[:2]))
    assert {each["key"] for each in both.rows} == {
        key for code in sorted(by_code)[:2] for key in by_code[code]
    }


@pytest.mark.parametrize(
    ("name", "conditions", "near"),
    [
        ("organisation", [Condition("kind", ["CCG"])], None),
        ("service", [Condition("type", ["105"])], None),
        ("service", [Condition("active", [True])], None),
        ("service", [Condition("active", [True])], Near(COVENTRY, 30_000.0)),
    ],
)
async def test_a_total_is_of_all_pages_and_changes_no_page(
    directory: AsyncDriver, name: str, conditions: list[Condition], near: Near | None
) -> None:
    async def page(after: list[Any] | None, total: bool) -> Found:
        return await search(
            directory,
            NOUNS[name],
            NOUNS,
            conditions,
            first=3,
            after=after,
            near=near,
            onwards=FROM_LOCATION if near else "",
            total=total,
        )

    everything = await search(
        directory,
        NOUNS[name],
        NOUNS,
        conditions,
        first=2000,
        near=near,
        onwards=FROM_LOCATION if near else "",
    )

    first = await page(None, total=True)
    end = [first.rows[-1]["metres"], first.rows[-1]["key"]]
    second = await page(end, total=True)

    assert first.total == second.total == len(everything.rows) > 6
    for told, beside in ((first, None), (second, end)):
        assert told.rows == (await page(beside, total=False)).rows
        assert told.more
    assert [*first.rows, *second.rows] == everything.rows[:6]


async def test_an_id_of_a_long_slug_is_its_beginning_and_end() -> None:
    slug = "a" * 49 + "-left-out-" + "z" * 14

    assert id_of_slug(slug) == "a" * 49 + "." + "z" * 14
    assert len(id_of_slug(slug)) == 64
    assert id_of_slug("short") == "short"


async def test_rings_reach_as_far_as_asked_and_begin_where_a_page_ended() -> None:
    assert rings(-1.0, 3000) == [[0, 500], [500, 1000], [1000, 2500], [2500, 3000]]
    assert rings(1200.0, 3000) == [[1000, 2500], [2500, 3000]]
