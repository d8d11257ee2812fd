"""Commissioners by needs, and what stops if contracts end, on a small directory of its own."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import LiteralString

import pytest
from neo4j import AsyncDriver

from graph_model.contracts import contracts_page, heirs_of_contracts
from graph_model.coverage import CoverageQuestion, coverage
from graph_model.database import DATABASE, write
from graph_model.errors import BadUserInput
from graph_model.impact import contract_impact
from graph_model.organisations import (
    ancestors_of_organisations,
    heirs_of_organisations,
)
from graph_model.reach import refresh_reach

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

# North and South are CCGs until they merge in 2018. Falls are a part of urgent care. North's contract with two sites of
# the trust is for falls, South's is for urgent care in the town only; both go on to 2020. The charity has a contract
# with North for falls too, until the end of March 2017, on a day that no source says.
DIRECTORY = """
CREATE (:Directory {key: 'directory', as_of: date('2016-11-30'), historical: true})
CREATE (gazette:Source {slug: 'gazette', title: 'The Gazette', publisher: 'Gazette'})
CREATE (north:Organisation {slug: 'north-ccg', ods_code: '01N', name: 'North CCG', kind: 'CCG',
  opened: date('2013-04-01'), closed: date('2018-04-01')})
CREATE (south:Organisation {slug: 'south-ccg', ods_code: '01S', name: 'South CCG', kind: 'CCG',
  opened: date('2013-04-01'), closed: date('2018-04-01')})
CREATE (whole:Organisation {slug: 'whole-ccg', ods_code: '01W', name: 'Whole CCG', kind: 'CCG',
  opened: date('2018-04-01')})
CREATE (north)-[:SUCCEEDED_BY {on: date('2018-04-01'), kind: 'MERGED', source: 'gazette'}]->(whole)
CREATE (south)-[:SUCCEEDED_BY {on: date('2018-04-01'), kind: 'MERGED', source: 'gazette'}]->(whole)
CREATE (north_area:Area {code: 'E38000001', name: 'North', kind: 'CCG'})
CREATE (south_area:Area {code: 'E38000002', name: 'South', kind: 'CCG'})
CREATE (town:Area {code: 'E07000001', name: 'Town', kind: 'LOCAL_AUTHORITY'})
CREATE (:Area {code: 'ZZ1 1', name: 'ZZ1 1', kind: 'SECTOR', postcodes: 100})
  -[:WITHIN {share: 1.0, postcodes: 100}]->(north_area)
CREATE (in_town:Area {code: 'ZZ2 1', name: 'ZZ2 1', kind: 'SECTOR', postcodes: 70})
CREATE (in_town)-[:WITHIN {share: 1.0, postcodes: 70}]->(south_area)
CREATE (in_town)-[:WITHIN {share: 1.0, postcodes: 70}]->(town)
CREATE (:Area {code: 'ZZ2 2', name: 'ZZ2 2', kind: 'SECTOR', postcodes: 30})
  -[:WITHIN {share: 1.0, postcodes: 30}]->(south_area)
CREATE (north)-[:RESPONSIBLE_FOR {from: date('2013-04-01'), to: date('2018-04-01')}]->(north_area)
CREATE (south)-[:RESPONSIBLE_FOR {from: date('2013-04-01'), to: date('2018-04-01')}]->(south_area)
CREATE (urgent:Need {code: 'urgent-care', name: 'Urgent care', synonyms: [], emergency: false})
CREATE (falls:Need {code: 'falls', name: 'Falls', synonyms: [], emergency: false})
CREATE (falls)-[:NARROWER_THAN]->(urgent)
CREATE (hospice:Need {code: 'hospice', name: 'Hospice care', synonyms: [], emergency: false})
CREATE (north)-[:COMPLETE_FOR {as_of: date('2016-09-30'), source: 'gazette', locator: 'page 1',
  certainty: 'STATED'}]->(hospice)
CREATE (type:ServiceType {code: '25', name: 'Out of hours'})
CREATE (trust:Organisation {slug: 'trust', name: 'Trust', kind: 'NHS_TRUST'})
CREATE (charity:Organisation {slug: 'charity', name: 'Charity', kind: 'VOLUNTARY_SECTOR'})
CREATE (north_contract:Contract {slug: 'north-contract', title: 'North', status: 'LIVE',
  start: date('2016-01-01'), end: date('2020-01-01')})
CREATE (south_contract:Contract {slug: 'south-contract', title: 'South', status: 'LIVE',
  start: date('2016-01-01'), end: date('2020-01-01')})
CREATE (charity_contract:Contract {slug: 'charity-contract', title: 'Charity', status: 'LIVE',
  start: date('2016-01-01'), end: date('2017-03-01'), end_precision: 'MONTH'})
CREATE (north)-[:COMMISSIONS {lead: true}]->(north_contract)<-[:HOLDS]-(trust)
CREATE (south)-[:COMMISSIONS {lead: true}]->(south_contract)<-[:HOLDS]-(trust)
CREATE (north)-[:COMMISSIONS {lead: true}]->(charity_contract)<-[:HOLDS]-(charity)
CREATE (pathway:Pathway {slug: 'falls-at-home', name: 'Falls at home', version: 1,
  status: 'PUBLISHED'})-[:HAS_STEP {position: 1}]->(:Step {key: 'falls-at-home/1/visit',
  slug: 'visit', name: 'Visit', stage: 'Care'})-[:CALLS_FOR]->(type)
CREATE (pathway)-[:FOR_NEED]->(falls)
CREATE (south)-[:ADOPTS]->(pathway)
WITH *
UNWIND [
  ['north-site-1', trust, north_contract, falls, north_area],
  ['north-site-2', trust, north_contract, falls, north_area],
  ['south-town', trust, south_contract, urgent, town],
  ['charity-falls', charity, charity_contract, falls, north_area]
] AS each
WITH *, each[0] AS slug, each[1] AS provider, each[2] AS contract, each[3] AS need,
     each[4] AS area
CREATE (service:Service {slug: slug, name: slug, status: 'ACTIVE', reach: 'AREA',
  closed: date('9999-12-31')})
CREATE (contract)-[:PROCURES]->(service)<-[:PROVIDES]-(provider)
CREATE (service)-[:MEETS]->(need)
CREATE (service)-[:OF_TYPE]->(type)
CREATE (service)-[:SERVES {rule: 'LIMITED'}]->(area)
CREATE (service)-[:STATED_BY {on: date('2015-12-01'), certainty: 'STATED'}]->(gazette)
"""

EVERYBODY = ["north-ccg", "south-ccg", "whole-ccg"]


@pytest.fixture
async def two_ccgs(empty_graph: AsyncDriver) -> AsyncDriver:
    """A directory of two CCGs that merge."""
    await change(empty_graph, DIRECTORY)
    return empty_graph


async def change(driver: AsyncDriver, *changes: LiteralString) -> None:
    """Change the directory, and what is derived from it."""
    for each in changes:
        await write(driver, each)
    async with driver.session(database=DATABASE) as session:
        await session.execute_write(refresh_reach)


async def states(
    driver: AsyncDriver, day: date | None, needs: Sequence[str] = ("falls", "hospice")
) -> dict[str, list[str]]:
    """For each commissioner the states of the needs on the day."""
    found = await coverage(driver, CoverageQuestion(EVERYBODY, needs), day)
    return {
        row["commissioner"]["slug"]: [cell["state"] for cell in row["cells"]]
        for row in found["rows"]
    }


async def test_each_need_of_each_commissioner_has_its_state(
    two_ccgs: AsyncDriver,
) -> None:
    # Two providers for all of North; a broader service for a part of South; a gap that a source states.
    assert await states(two_ccgs, None) == {
        "north-ccg": ["OVERLAP", "GAP"],
        "south-ccg": ["UNKNOWN", "UNKNOWN"],
        "whole-ccg": ["UNKNOWN", "UNKNOWN"],
    }


@pytest.mark.parametrize(
    ("day", "north"),
    [
        (date(2012, 6, 1), ["UNKNOWN", "UNKNOWN"]),  # before anything began
        (date(2016, 6, 1), ["OVERLAP", "UNKNOWN"]),  # before the directory was complete
        (
            date(2017, 3, 15),
            ["COVERED", "GAP"],
        ),  # the charity's contract may have ended
        (date(2017, 4, 1), ["COVERED", "GAP"]),
        (date(2018, 6, 1), ["UNKNOWN", "UNKNOWN"]),  # merged: nobody's need any more
    ],
)
async def test_coverage_is_that_of_the_day(
    two_ccgs: AsyncDriver, day: date, north: list[str]
) -> None:
    assert (await states(two_ccgs, day))["north-ccg"] == north


async def test_what_the_merged_had_bought_is_their_heirs(two_ccgs: AsyncDriver) -> None:
    question = CoverageQuestion(EVERYBODY, ["falls"], listed=True)

    found = await coverage(two_ccgs, question, date(2018, 6, 1))

    north, _, whole = found["rows"]
    assert (north["there"], whole["there"]) == (False, True)
    assert whole["postcodes"] == 200
    (cell,) = whole["cells"]
    assert cell["state"] == "UNKNOWN"
    assert cell["share"] == 0.85  # all of North's 100 postcodes and 70 of South's
    assert [service["slug"] for service in cell["services"]] == [
        "north-site-1",
        "north-site-2",
        "south-town",
    ]
    assert {contract["slug"] for contract in cell["contracts"]} == {
        "north-contract",
        "south-contract",
    }


async def test_a_gap_names_the_day_and_the_source_of_completeness(
    two_ccgs: AsyncDriver,
) -> None:
    question = CoverageQuestion(["01N"], ["hospice"])

    found = await coverage(two_ccgs, question, None)

    (cell,) = found["rows"][0]["cells"]
    assert cell["complete_as_of"] == date(2016, 9, 30)
    assert [source["locator"] for source in cell["sources"]] == ["page 1"]


async def test_completeness_is_vouched_for_three_years(two_ccgs: AsyncDriver) -> None:
    await change(two_ccgs, "MATCH (o:Organisation {slug: 'north-ccg'}) REMOVE o.closed")
    await change(
        two_ccgs,
        "MATCH (:Organisation {slug: 'north-ccg'})-[left:SUCCEEDED_BY]->() DELETE left",
    )
    last = date(2019, 9, 30)

    assert (await states(two_ccgs, last))["north-ccg"][1] == "GAP"
    assert (await states(two_ccgs, last + timedelta(days=1)))["north-ccg"][1] == (
        "UNKNOWN"
    )


async def test_left_out_commissioners_and_needs_are_those_of_contracts(
    two_ccgs: AsyncDriver,
) -> None:
    found = await coverage(two_ccgs, CoverageQuestion(), None)

    assert [row["commissioner"]["slug"] for row in found["rows"]] == [
        "north-ccg",
        "south-ccg",
    ]
    assert [need["code"] for need in found["needs"]] == ["falls", "urgent-care"]


async def test_a_pathway_brings_its_needs_and_its_steps(two_ccgs: AsyncDriver) -> None:
    question = CoverageQuestion(["north-ccg"], pathway="falls-at-home")

    found = await coverage(two_ccgs, question, None)

    (row,) = found["rows"]
    assert [need["code"] for need in found["needs"]] == ["falls"]
    assert [(step["step"]["slug"], step["state"]) for step in row["steps"]] == [
        ("visit", "OVERLAP")
    ]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            CoverageQuestion(["north-cgg"]),
            "no commissioner 'north-cgg' (did you mean 'north-ccg'?)",
        ),
        (CoverageQuestion(None, ["fals"]), "no need 'fals' (did you mean 'falls'?)"),
        (CoverageQuestion(pathway="falls-home"), "did you mean 'falls-at-home'?"),
        (CoverageQuestion(["north-ccg"] * 201), "201 commissioners were given"),
        (CoverageQuestion(None, ["falls"] * 121), "121 needs were given"),
        (CoverageQuestion([]), "0 commissioners were given"),
        (CoverageQuestion(None, ["falls"], "falls-at-home"), "Give one of them"),
    ],
)
async def test_what_cannot_be_asked_is_refused_whole(
    two_ccgs: AsyncDriver, question: CoverageQuestion, told: str
) -> None:
    with pytest.raises(BadUserInput) as refused:
        await coverage(two_ccgs, question, None)

    assert told in str(refused.value)


async def test_ending_one_of_two_contracts_leaves_nobody_without(
    two_ccgs: AsyncDriver,
) -> None:
    impact = await contract_impact(two_ccgs, ["charity-contract"], None, None)

    assert [service["slug"] for service in impact["services"]] == ["charity-falls"]
    assert impact["needs_left_uncovered"] == []
    assert impact["postcodes"] == 0


async def test_ending_the_only_contract_breaks_exactly_what_hung_on_it(
    two_ccgs: AsyncDriver,
) -> None:
    impact = await contract_impact(two_ccgs, ["south-contract"], None, None)

    assert [service["slug"] for service in impact["services"]] == ["south-town"]
    assert [row["slug"] for row in impact["commissioners"]] == ["south-ccg"]
    assert [
        (cell["commissioner"]["slug"], cell["need"]["code"], cell["state"])
        for cell in impact["needs_left_uncovered"]
    ] == [("south-ccg", "urgent-care", "UNKNOWN")]
    assert [
        (broken["pathway"]["slug"], broken["step"]["slug"])
        for broken in impact["broken_steps"]
    ] == [("falls-at-home", "visit")]
    assert impact["postcodes"] == 70


async def test_a_need_is_left_as_a_gap_where_the_directory_is_complete(
    two_ccgs: AsyncDriver,
) -> None:
    await change(
        two_ccgs,
        """
        MATCH (o:Organisation {slug: 'north-ccg'}), (need:Need {code: 'urgent-care'})
        CREATE (o)-[:COMPLETE_FOR {as_of: date('2016-10-01'), source: 'gazette'}]->(need)
        """,
    )

    impact = await contract_impact(
        two_ccgs, ["north-contract", "charity-contract"], None, None
    )

    assert [
        (cell["need"]["code"], cell["state"]) for cell in impact["needs_left_uncovered"]
    ] == [("falls", "GAP")]


async def test_a_service_under_another_live_contract_goes_on(
    two_ccgs: AsyncDriver,
) -> None:
    await change(
        two_ccgs,
        """
        MATCH (c:Contract {slug: 'south-contract'}), (s:Service {slug: 'north-site-1'})
        CREATE (c)-[:PROCURES]->(s)
        """,
    )

    impact = await contract_impact(two_ccgs, ["north-contract"], None, None)

    assert [row["slug"] for row in impact["services"]] == ["north-site-2"]
    assert [row["slug"] for row in impact["services_that_go_on"]] == ["north-site-1"]


async def test_a_contract_that_is_over_stops_nothing(two_ccgs: AsyncDriver) -> None:
    impact = await contract_impact(
        two_ccgs, ["charity-contract"], None, date(2017, 5, 1)
    )

    assert [row["slug"] for row in impact["not_live"]] == ["charity-contract"]
    assert impact["services"] == impact["services_in_doubt"] == []


async def test_within_the_month_of_its_end_nobody_can_tell_what_stops(
    two_ccgs: AsyncDriver,
) -> None:
    impact = await contract_impact(
        two_ccgs, ["charity-contract"], None, date(2017, 3, 15)
    )

    assert impact["services"] == []
    assert [row["slug"] for row in impact["services_in_doubt"]] == ["charity-falls"]


@pytest.mark.parametrize(
    ("start", "before", "slugs"),
    [
        (date(2017, 1, 1), date(2018, 1, 1), ["charity-contract"]),
        (date(2017, 3, 20), date(2017, 3, 25), ["charity-contract"]),  # that month
        (date(2017, 4, 1), date(2018, 1, 1), []),
        (date(2020, 1, 1), date(2020, 1, 2), ["north-contract", "south-contract"]),
        (None, date(2017, 3, 1), []),
        (None, date(2017, 3, 2), ["charity-contract"]),
        (date(2020, 1, 2), None, []),
    ],
)
async def test_contracts_that_may_end_within_a_period_are_found(
    two_ccgs: AsyncDriver, start: date | None, before: date | None, slugs: list[str]
) -> None:
    found = await contracts_page(two_ccgs, ending_from=start, ending_before=before)

    assert [row["slug"] for row in found.rows] == slugs


async def test_the_contracts_that_end_before_a_day_can_be_asked_for_their_impact(
    two_ccgs: AsyncDriver,
) -> None:
    impact = await contract_impact(two_ccgs, None, date(2017, 6, 1), None)

    assert [row["slug"] for row in impact["contracts"]] == ["charity-contract"]


@pytest.mark.parametrize(
    ("contracts", "told"),
    [
        (["nort-contract"], "did you mean 'north-contract'?"),
        (None, "No contracts were named"),
        ([], "0 contracts were named"),
        (["north-contract"] * 101, "101 contracts were named"),
    ],
)
async def test_an_impact_that_cannot_be_asked_is_refused_whole(
    two_ccgs: AsyncDriver, contracts: list[str] | None, told: str
) -> None:
    with pytest.raises(BadUserInput) as refused:
        await contract_impact(two_ccgs, contracts, None, None)

    assert told in str(refused.value)


async def test_a_contract_passes_to_the_heir_of_its_commissioner(
    two_ccgs: AsyncDriver,
) -> None:
    [[before]] = await heirs_of_contracts(
        two_ccgs, ["north-contract"], date(2018, 3, 31)
    )
    [[after]] = await heirs_of_contracts(two_ccgs, ["north-contract"], date(2018, 4, 1))

    assert (before["organisation"]["slug"], before["steps"]) == ("north-ccg", [])
    assert (after["organisation"]["slug"], after["certain"]) == ("whole-ccg", True)
    (step,) = after["steps"]
    assert (step["on"], step["kind"]) == (date(2018, 4, 1), "MERGED")
    assert step["source"] is not None
    assert step["source"]["title"] == "The Gazette"


async def test_heirs_and_ancestors_are_walked_to_the_day(two_ccgs: AsyncDriver) -> None:
    day = date(2019, 1, 1)

    [heirs] = await heirs_of_organisations(two_ccgs, ["south-ccg"], day)
    [ancestors] = await ancestors_of_organisations(two_ccgs, ["whole-ccg"], day)

    assert [way["organisation"]["slug"] for way in heirs] == ["whole-ccg"]
    assert [way["first"]["slug"] for way in ancestors] == ["north-ccg", "south-ccg"]


async def test_a_picture_that_nobody_could_read_is_refused(
    two_ccgs: AsyncDriver,
) -> None:
    await change(
        two_ccgs,
        """
        MATCH (north:Organisation {slug: 'north-ccg'}), (site:Service {slug: 'north-site-1'})
        UNWIND range(1, 26) AS number
        CREATE (north)-[:COMMISSIONS {lead: true}]->(:Contract {slug: 'more-' + number,
          title: 'More', status: 'LIVE', start: date('2016-01-01'), end: date('2017-06-01')})
          -[:PROCURES]->(site)
        """,
    )

    with pytest.raises(BadUserInput, match="picture of 27 contracts was asked for"):
        await contract_impact(two_ccgs, None, date(2018, 1, 1), None, drawn=True)
