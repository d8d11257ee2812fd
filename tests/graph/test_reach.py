"""The finder's index says what the graph's facts say, and no more after they have changed."""

import pytest
from neo4j import AsyncDriver

from graph_model.capacity import state_capacity
from graph_model.database import DATABASE, read
from graph_model.reach import refresh_reach
from graph_model.schema import MIGRATIONS, statements

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

TWO_SERVICES = """
CREATE (fall:Need {code: 'fall'}), (type:ServiceType {code: '46'}),
  (county:Area {code: 'E1', kind: 'COUNTY',
    point: point({longitude: -1.5, latitude: 52.5})}),
  (country:Area {code: 'E2', kind: 'COUNTRY'}),
  (clinic:Service {slug: 'clinic', reach: 'PLACE'})-[:DELIVERED_AT]->
    (:Location {slug: 'here', point: point({longitude: -1.25, latitude: 52.375})}),
  (nurses:Service {slug: 'nurses', reach: 'AREA'}),
  (clinic)-[:MEETS]->(fall), (clinic)-[:OF_TYPE]->(type),
  (nurses)-[:MEETS]->(fall), (nurses)-[:OF_TYPE]->(type),
  (clinic)-[:SERVES {rule: 'OPEN'}]->(country),
  (clinic)-[:SERVES {rule: 'PROMOTED'}]->(county),
  (nurses)-[:SERVES {rule: 'LIMITED'}]->(country),
  (nurses)-[:SERVES {rule: 'LIMITED'}]->(county)
"""

INDEX = """
MATCH (service:Service)-[met:MEETS|OF_TYPE|MEETS_IN]->(what)
WITH service.slug AS slug, coalesce(toString(met.number), type(met)) AS said, met.cell AS cell
ORDER BY slug, said
RETURN [slug, said, cell.x, cell.y, cell.z] AS row
"""

CLOSE_THE_CLINICS_DOORS = """
MATCH (clinic:Service {slug: 'clinic'})-[serves:SERVES]->(:Area {kind: 'COUNTY'})
SET clinic.reach = 'AREA'
DELETE serves
"""


async def refreshed(driver: AsyncDriver, *changes: str) -> list[list[object]]:
    async with driver.session(database=DATABASE) as session:
        for change in changes:
            await (await session.run(change)).consume()  # pyright: ignore[reportArgumentType]
        await session.execute_write(refresh_reach)
    return await read(driver, INDEX)


async def test_need_and_place_are_in_one_point_and_areas_in_keys(
    empty_graph: AsyncDriver,
) -> None:
    assert await refreshed(empty_graph, TWO_SERVICES) == [
        ["clinic", "MEETS", -1.25, 52.375, 1],
        ["clinic", "OF_TYPE", -1.25, 52.375, 1001],
        ["nurses", "100001", -1.5, 52.5, 1],
        ["nurses", "100002", None, None, None],
        ["nurses", "100100001", -1.5, 52.5, 1001],
        ["nurses", "100100002", None, None, None],
        ["nurses", "MEETS", None, None, None],
        ["nurses", "OF_TYPE", None, None, None],
    ]


FACTS_OF_THE_CLINIC = """
MATCH (clinic:Service {slug: 'clinic'})
SET clinic += {
  ages: 'LIMITED', min_age_days: 6574, sexes: ['FEMALE', 'INDETERMINATE'],
  accepts: 'LISTED', gp_registration: 'LISTED', opening: ['MONDAY 09:00-17:00'],
  opened: date('2016-11-01'), capacity: 'GREEN'
}
CREATE (clinic)-[:STATED_BY {on: date('2014-06-01')}]->(:Source {slug: 'old'}),
  (clinic)-[:STATED_BY {on: date('2015-11-01')}]->(:Source {slug: 'new'}),
  (clinic)-[:STATED_BY]->(:Source {slug: 'undated'})
CREATE (clinic)-[:ACCEPTS_FROM]->(:ReferrerRole {code: 'GP'}),
  (clinic)-[:ACCEPTS_FROM]->(:ReferrerRole {code: 'NHS_111'}),
  (:Contract {slug: 'contract', end: date('2017-03-15'), end_precision: 'MONTH'})
    -[:PROCURES]->(clinic),
  (:Contract {slug: 'earlier', end: date('2016-01-01'), end_precision: 'DAY'})
    -[:PROCURES]->(clinic)
WITH clinic
MATCH (nurses:Service {slug: 'nurses'})
CREATE (nurses)-[:REFERS_ON_TO]->(clinic)
"""

FACTS_READ = """
MATCH (service:Service)
WITH service ORDER BY service.slug
RETURN [
  service.slug, service.facts, service.serving, service.point.longitude
] AS row
"""


async def test_what_a_search_needs_to_know_of_a_service_is_in_whole_numbers(
    empty_graph: AsyncDriver,
) -> None:
    await refreshed(empty_graph, TWO_SERVICES, FACTS_OF_THE_CLINIC)

    assert await read(empty_graph, FACTS_READ) == [
        [
            "clinic",
            [6574, 131069, 5, 2 + 8, 1, 1, 42824, 1, 42673, 65536 + 43403, 1001, 0],
            [8 * 1 + 3, 8 * 2 + 2],
            -1.25,
        ],
        [
            "nurses",
            [131070, 131071, 131070, 131070, 0, 2, 0, 3, 0, 131071, 1001, 1],
            [8 * 1 + 1, 8 * 2 + 5],
            None,
        ],
    ]


OPENING = """
MATCH (service:Service {slug: 'nurses'})-[met:MEETS|OF_TYPE|MEETS_IN]->()
RETURN DISTINCT [service.facts[7], met.facts[7], size(met.facts)] AS row
"""


async def test_a_search_knows_from_then_on_that_somebody_has_said_how_busy_a_service_is(
    empty_graph: AsyncDriver,
) -> None:
    directory = "CREATE (:Directory {key: 'directory', as_of: date('2016-11-30')})"
    await refreshed(empty_graph, TWO_SERVICES, directory)
    before = await read(empty_graph, OPENING)

    for _ in range(2):
        await state_capacity(empty_graph, "nurses", "GREEN", None)

    assert before == [[3, 3, 12]]
    assert await read(empty_graph, OPENING) == [[0, 0, 12]]
    await refreshed(empty_graph)
    assert await read(empty_graph, OPENING) == [[0, 0, 12]]


async def test_what_is_no_longer_so_is_no_longer_in_the_index(
    empty_graph: AsyncDriver,
) -> None:
    await refreshed(empty_graph, TWO_SERVICES)

    found = await refreshed(empty_graph, CLOSE_THE_CLINICS_DOORS)

    assert [row for row in found if row[0] == "clinic"] == [
        ["clinic", "100002", None, None, None],
        ["clinic", "100100002", None, None, None],
        ["clinic", "MEETS", None, None, None],
        ["clinic", "OF_TYPE", None, None, None],
    ]


BASES = """
MATCH (:Service {slug: 'clinic'})-[met:MEETS|OF_TYPE]->()
WITH type(met) AS type, met.cell AS cell, met.based AS based ORDER BY type
RETURN [type, cell IS NULL, based.x, based.y, based.z] AS row
"""


FORGET_BASES = """
MATCH ()-[met:MEETS|OF_TYPE]->() SET met.based = null
"""


async def test_what_comes_to_people_and_has_a_place_of_its_own_is_based_there(
    empty_graph: AsyncDriver,
) -> None:
    await refreshed(empty_graph, TWO_SERVICES)
    while_it_stands = await read(empty_graph, BASES)

    await refreshed(empty_graph, CLOSE_THE_CLINICS_DOORS)

    assert while_it_stands == [
        ["MEETS", False, None, None, None],
        ["OF_TYPE", False, None, None, None],
    ]
    based = [
        ["MEETS", True, -1.25, 52.375, 1],
        ["OF_TYPE", True, -1.25, 52.375, 1001],
    ]
    assert await read(empty_graph, BASES) == based
    # An older directory comes to the same when it is brought up to date.
    await empty_graph.execute_query(FORGET_BASES)
    for statement in statements(MIGRATIONS / "0003_bases.cypher"):
        await empty_graph.execute_query(statement)
    assert await read(empty_graph, BASES) == based


async def test_a_second_time_changes_nothing(empty_graph: AsyncDriver) -> None:
    found = await refreshed(empty_graph, TWO_SERVICES)

    assert await refreshed(empty_graph) == found
