"""Loading brings the graph to the state of the seed's files, wholly or not at all."""

import asyncio
from datetime import date
from pathlib import Path
from typing import Any, LiteralString

import pytest
from neo4j import AsyncDriver
from neo4j.spatial import WGS84Point

from graph_model.database import read, write
from graph_model.names import name_key
from seed.faults import SeedConflict, SeedFault
from seed.load import load_seed

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

WHOLE_GRAPH = """
CALL () {
  MATCH (node)
  RETURN {id: elementId(node), what: labels(node), values: properties(node)} AS part
  UNION ALL
  MATCH (start)-[link]->(end)
  RETURN {
    id: elementId(link), what: [elementId(start), type(link), elementId(end)],
    values: properties(link)
  } AS part
}
RETURN part AS row ORDER BY part.id
"""

# MEETS_IN of the service by area: its need and its type, in the area that it serves.
DERIVED = 2
LEDGERS = 2  # one for each commissioner that bought something (graph_model/ledgers.py)

FORGET_THE_SEED = """
MATCH (directory:Directory)
SET directory.seed = 'another'
"""


@pytest.fixture
async def small_graph(empty_graph: AsyncDriver, small_seed: Path) -> AsyncDriver:
    """A graph with the small seed in it."""
    await load_seed(empty_graph, folder=small_seed)
    return empty_graph


async def test_an_empty_graph_gets_all_of_the_seed(
    empty_graph: AsyncDriver, small_seed: Path
) -> None:
    stages: list[str] = []

    report = await load_seed(empty_graph, stages.append, folder=small_seed)

    assert report.written is not None
    assert report.written.nodes == report.written.nodes_created == 53
    assert report.written.relationships == report.written.relationships_created == 85
    assert report.complaints == []
    assert stages == [
        "Reading and checking the seed",
        "Writing 53 nodes and 85 relationships",
        "Verifying the directory",
    ]


async def test_the_directory_has_the_date_of_the_seed(
    small_graph: AsyncDriver,
) -> None:
    directories = await read(
        small_graph,
        "MATCH (d:Directory) RETURN d {.as_of, .historical, .loading} AS row",
    )

    assert directories == [
        {"as_of": date(2016, 11, 30), "historical": True, "loading": None}
    ]


async def test_loading_twice_changes_nothing(
    small_graph: AsyncDriver, small_seed: Path
) -> None:
    before = await read(small_graph, WHOLE_GRAPH)
    await write(small_graph, FORGET_THE_SEED)

    report = await load_seed(small_graph, folder=small_seed)

    assert report.written is not None
    assert report.written.nodes_created == report.written.nodes_deleted == 0
    assert report.written.relationships_created == 0
    assert report.written.relationships_deleted == 0
    assert (
        len(before)
        == 53 + 85 + len(["Directory", *3 * ["Migration"]]) + LEDGERS + DERIVED
    )
    assert await read(small_graph, WHOLE_GRAPH) == before


async def test_the_directory_says_when_it_was_last_changed(
    small_graph: AsyncDriver, small_seed: Path
) -> None:
    changed = "MATCH (d:Directory) RETURN d.updated AS row"
    [before] = await read(small_graph, changed)
    replace(small_seed, "name: GP out of hours, North", "name: Out of hours, North")

    await load_seed(small_graph, folder=small_seed)

    [after] = await read(small_graph, changed)
    assert before < after


async def test_a_seed_that_is_there_already_is_not_even_read(
    small_graph: AsyncDriver, small_seed: Path
) -> None:
    stages: list[str] = []

    report = await load_seed(small_graph, stages.append, folder=small_seed)

    assert report.unchanged
    assert stages == []


async def test_two_loads_at_once_make_one_directory(
    empty_graph: AsyncDriver, small_seed: Path
) -> None:
    reports = await asyncio.gather(
        load_seed(empty_graph, folder=small_seed),
        load_seed(empty_graph, folder=small_seed),
    )

    assert sorted(report.unchanged for report in reports) == [False, True]
    assert len(await read(empty_graph, WHOLE_GRAPH)) == (
        53 + 85 + len(["Directory", *3 * ["Migration"]]) + LEDGERS + DERIVED
    )


async def test_a_faulty_seed_leaves_the_graph_as_it_was(
    small_graph: AsyncDriver, small_seed: Path
) -> None:
    before = await read(small_graph, WHOLE_GRAPH)
    replace(small_seed, "name: Falls\n", "name: Falling\n")
    replace(small_seed, "kind: MERGED", "kind: JOINED")

    with pytest.raises(SeedFault, match="line 62: kind: 'JOINED'"):
        await load_seed(small_graph, folder=small_seed)

    assert await read(small_graph, WHOLE_GRAPH) == before


async def test_a_load_that_fails_in_the_database_leaves_nothing_of_itself(
    empty_graph: AsyncDriver, small_seed: Path
) -> None:
    await write(empty_graph, "CREATE (:Organisation {slug: 'theirs', ods_code: '0PR'})")
    before = await read(empty_graph, WHOLE_GRAPH)

    with pytest.raises(SeedConflict, match="'0PR'"):
        await load_seed(empty_graph, folder=small_seed)

    assert await read(empty_graph, WHOLE_GRAPH) == before


async def test_a_value_that_changed_is_changed_and_one_that_went_is_gone(
    small_graph: AsyncDriver, small_seed: Path
) -> None:
    replace(small_seed, "name: GP out of hours, North", "name: Out of hours, North")
    replace(small_seed, "    telephone: 0300 000 0000\n", "")

    report = await load_seed(small_graph, folder=small_seed)

    assert report.written is not None
    assert report.written.nodes_created == report.written.relationships_created == 0
    assert await values_of(small_graph, "out-of-hours-north", "name", "telephone") == {
        "name": "Out of hours, North",
        "telephone": None,
    }


async def test_what_the_seed_no_longer_holds_is_gone(
    small_graph: AsyncDriver, small_seed: Path
) -> None:
    table = small_seed / "reference" / "services.csv"
    table.write_text(table.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")
    replace(small_seed, "    refers_on_to: [north-walk-in]\n", "")

    report = await load_seed(small_graph, folder=small_seed)

    assert report.written is not None
    assert report.written.nodes_deleted == 2  # the service and its location
    assert report.written.relationships_deleted == 9
    services = await read(small_graph, "MATCH (s:Service) RETURN s.slug AS row")
    assert services == ["out-of-hours-north"]


async def test_what_users_added_stays_and_so_does_what_it_hangs_from(
    small_graph: AsyncDriver, small_seed: Path
) -> None:
    await write(
        small_graph,
        """
        MATCH (role:ReferrerRole {code: 'GP'}),
          (old:Service {slug: 'north-walk-in'}),
          (kept:Service {slug: 'out-of-hours-north'})
        CREATE (theirs:Service {slug: 'theirs'})-[:ACCEPTS_FROM]->(role)
        CREATE (theirs)-[:REFERS_ON_TO]->(old)
        CREATE (theirs)-[:REFERS_ON_TO]->(kept)
        SET kept.rating = 5
        """,
    )
    table = small_seed / "reference" / "services.csv"
    table.write_text(table.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")
    replace(small_seed, "    refers_on_to: [north-walk-in]\n", "")

    report = await load_seed(small_graph, folder=small_seed)

    assert report.written is not None
    assert report.written.nodes_left_to_users == 1
    theirs = await read(
        small_graph,
        """
        MATCH (:Service {slug: 'theirs'})-[link]->(end)
        RETURN [type(link), coalesce(end.slug, end.code), end.seeded, end.rating]
          AS row ORDER BY row
        """,
    )
    assert theirs == [
        ["ACCEPTS_FROM", "GP", True, None],
        ["REFERS_ON_TO", "north-walk-in", None, None],
        ["REFERS_ON_TO", "out-of-hours-north", True, 5],
    ]


async def test_a_live_directory_keeps_its_own_date(
    small_graph: AsyncDriver, small_seed: Path
) -> None:
    await write(
        small_graph, "MATCH (d:Directory) SET d.historical = false REMOVE d.as_of"
    )
    replace(small_seed, "name: Falls\n", "name: Falling\n")

    await load_seed(small_graph, folder=small_seed)

    directories = await read(
        small_graph, "MATCH (d:Directory) RETURN d {.as_of, .historical} AS row"
    )
    assert directories == [{"as_of": None, "historical": False}]


async def test_a_service_by_area_has_the_values_of_its_record(
    small_graph: AsyncDriver,
) -> None:
    service = await read(
        small_graph,
        "MATCH (s:Service {slug: 'out-of-hours-north'}) RETURN properties(s) AS row",
    )

    for derived in ("facts", "serving", "card", "number"):  # tests/graph/test_reach.py
        del service[0][derived]
    assert service == [
        {
            "slug": "out-of-hours-north",
            "name": "GP out of hours, North",
            "status": "ACTIVE",
            "reach": "AREA",
            "telephone": "0300 000 0000",
            "how_to_refer": "Ring the number.",
            "opened": date(2016, 11, 1),
            "opened_precision": "MONTH",
            "closed": date(9999, 12, 31),
            "ages": "LIMITED",
            "max_age_days": 6573,
            "sexes": ["FEMALE"],
            "accepts": "LISTED",
            "gp_registration": "ANY",
            "gp_practices": [],
            "identifier_systems": ["dos"],
            "identifier_values": ["0012"],
            "seeded": True,
        }
    ]


async def test_a_row_is_a_service_at_a_place(small_graph: AsyncDriver) -> None:
    [service] = await read(
        small_graph,
        """
        MATCH (service:Service {slug: 'north-walk-in'})-[:DELIVERED_AT]->(location)
        RETURN service {
          .status, .reach, .ages, .min_age_days, .max_age_days, .sexes, .accepts,
          name: location.name, address: location.address, point: location.point,
          needs: COLLECT { MATCH (service)-[:MEETS]->(need) RETURN need.code }
        } AS row
        """,
    )

    assert service.pop("point") == WGS84Point((-1.2634, 52.3712))
    assert sorted(service.pop("needs")) == ["falls", "urgent-care"]
    assert service == {
        "status": "ACTIVE",
        "reach": "PLACE",
        "ages": "LIMITED",
        "min_age_days": 0,
        "max_age_days": 6573,
        "sexes": ["FEMALE", "MALE", "INDETERMINATE"],
        "accepts": "ANYONE",
        "name": "North House",
        "address": ["1 North Road", "North, Town"],
    }


async def test_a_relationship_carries_its_own_citation(
    small_graph: AsyncDriver,
) -> None:
    assert await links_of(small_graph, "out-of-hours-north", "SERVES") == [
        {
            "to": "E38000001",
            "rule": "LIMITED",
            "source": "gazette",
            "locator": "page 1",
            "certainty": "STATED",
            "on": date(2016, 9, 30),
        }
    ]


async def test_a_relationship_carries_the_citation_that_names_its_field(
    small_graph: AsyncDriver,
) -> None:
    assert await links_of(small_graph, "provider", "PROVIDES") == [
        {"to": "north-walk-in"},
        {
            "to": "out-of-hours-north",
            "from": date(2016, 11, 1),
            "source": "gazette",
            "certainty": "INFERRED",
            "derived_from": "nobody else is named",
            "on": date(2016, 10, 31),
        },
    ]


async def test_a_succession_has_its_own_day_not_that_of_its_source(
    small_graph: AsyncDriver,
) -> None:
    assert await links_of(small_graph, "north-ccg", "SUCCEEDED_BY") == [
        {
            "to": "whole-ccg",
            "on": date(2020, 4, 1),
            "kind": "MERGED",
            "source": "gazette",
            "locator": "page 2",
            "certainty": "STATED",
        }
    ]


async def test_a_source_vouches_on_the_last_day_on_which_it_may_have_been_published(
    small_graph: AsyncDriver,
) -> None:
    stated = await links_of(small_graph, "out-of-hours-north", "STATED_BY")

    assert stated == [
        {
            "to": "gazette",
            "certainty": "INFERRED",
            "derived_from": "nobody else is named",
            "fields": ["provider"],
            "on": date(2016, 10, 31),
        },
        {"to": "register", "certainty": "STATED", "on": date(2015, 11, 27)},
    ]


async def test_an_earlier_name_has_the_period_in_which_it_held(
    small_graph: AsyncDriver,
) -> None:
    states = await read(
        small_graph,
        """
        MATCH (node)-[was:WAS]->(state:EarlierState)
        RETURN [node.slug, was.from, was.to, state.name, state.kind, state.telephone]
          AS row ORDER BY row
        """,
    )

    assert states == [
        ["out-of-hours-north", None, date(2016, 11, 1), None, None, "0300 111 1111"],
        [
            "provider",
            date(2010, 1, 1),
            date(2012, 1, 1),
            "The Old Provider",
            None,
            None,
        ],
        ["whole-ccg", date(2020, 4, 1), date(2022, 7, 1), "NHS Whole CCG", "CCG", None],
    ]


async def test_the_steps_of_a_pathway_stand_in_their_order(
    small_graph: AsyncDriver,
) -> None:
    steps = await read(
        small_graph,
        """
        MATCH (:Pathway {slug: 'falls-at-home', version: 1})-[has:HAS_STEP]->(step)
        OPTIONAL MATCH (step)-[then:THEN]->(next)
        OPTIONAL MATCH (step)-[:ENTERED_IF]->(criterion)-[:FOR_NEED]->(need)
        RETURN [has.position, step.slug, then.condition, next.slug, criterion.text,
          need.code] AS row ORDER BY row
        """,
    )

    assert steps == [
        [1, "assess", "not injured", "visit", "Adults who fell", "falls"],
        [2, "visit", None, None, None, None],
    ]


@pytest.mark.parametrize(
    "name", ["st. marys", "Saint Mary\u2019s", "NORTHTOWN", "old-north"]
)
async def test_a_place_is_found_by_each_of_its_names(
    small_graph: AsyncDriver, name: str
) -> None:
    places = await read(
        small_graph,
        "CALL db.index.fulltext.queryNodes('places_by_name_key', $asked.key) "
        "YIELD node RETURN node.slug AS row",
        key=name_key(name),
    )

    assert places == ["saint-marys"]


async def test_a_practice_names_who_commissions_for_its_patients(
    small_graph: AsyncDriver,
) -> None:
    assert await links_of(small_graph, "gp-practice-z00001", "COMMISSIONED_BY") == [
        {"to": "north-ccg"}
    ]


async def test_a_service_without_a_known_contract_names_its_commissioners(
    small_graph: AsyncDriver, small_seed: Path
) -> None:
    replace(
        small_seed,
        "    needs: [urgent-care]\n",
        "    needs: [urgent-care]\n    commissioners: [{organisation: whole-ccg}]\n",
    )

    await load_seed(small_graph, folder=small_seed)

    assert await links_of(small_graph, "whole-ccg", "COMMISSIONS") == [
        {"to": "out-of-hours-north", "lead": False}
    ]


async def test_the_middle_of_an_area_is_that_of_its_postcodes(
    small_graph: AsyncDriver,
) -> None:
    [middle] = await read(
        small_graph, "MATCH (area:Area {code: 'E38000001'}) RETURN area.point AS row"
    )

    # 98 postcodes about 52.37, -1.26 and 50 about 52.40, -1.30
    assert middle.latitude == pytest.approx(52.38014, abs=1e-5)
    assert middle.longitude == pytest.approx(-1.27351, abs=1e-5)


async def test_the_rows_of_a_table_lead_to_its_source(small_graph: AsyncDriver) -> None:
    stated = await read(
        small_graph,
        """
        MATCH (:Area {code: 'ZZ1 1'})-[within:WITHIN]->(:Area {kind: 'CCG'})
        MATCH (:Table {slug: within.table})-[stated:STATED_BY]->(source)
        RETURN [within.share, within.postcodes, source.slug, stated.derived_from] AS row
        """,
    )

    assert stated == [[0.98, 98, "register", "the points of the postcodes"]]


async def values_of(driver: AsyncDriver, slug: str, *names: str) -> dict[str, Any]:
    """These properties of a service."""
    [values] = await read(
        driver,
        "MATCH (s:Service {slug: $asked.slug}) RETURN properties(s) AS row",
        slug=slug,
    )
    return {name: values.get(name) for name in names}


LINKS_OF: LiteralString = """
MATCH ({slug: $asked.slug})-[link:$($asked.type)]->(end)
RETURN [coalesce(end.slug, end.code), properties(link)] AS row ORDER BY row[0]
"""


async def links_of(driver: AsyncDriver, slug: str, type: str) -> list[dict[str, Any]]:
    """The relationships of a type, with the key of the node to which each leads."""
    rows = await read(driver, LINKS_OF, slug=slug, type=type)
    for _, values in rows:
        assert values.pop("seeded")
    return [{"to": end, **values} for end, values in rows]


def replace(folder: Path, old: str, new: str) -> None:
    """Change the one place in the small seed where this text stands."""
    path = folder / "articles" / "small.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")
