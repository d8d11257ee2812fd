"""A graph that breaks a rule is told which, where, and what to do."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, LiteralString

import pytest
from neo4j import AsyncDriver

from graph_model.database import DATABASE, write
from graph_model.ledgers import refresh_ledgers
from graph_model.service_cards import refresh_cards
from seed.load import load_seed
from seed.verify import CHECKS, verify

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

# What breaks a sound graph, and all that is said then.
BREAKS: dict[str, tuple[LiteralString, list[str]]] = {
    "the directory's own node is gone": (
        "MATCH (d:Directory) DETACH DELETE d",
        [
            (
                "The directory has no node of its own, or is historical without a date: "
                "Directory. Load the seed again with `signpost seed`."
            )
        ],
    ),
    "a historical directory has no date": (
        "MATCH (d:Directory) REMOVE d.as_of",
        [
            (
                "The directory has no node of its own, or is historical without a date: "
                "Directory. Load the seed again with `signpost seed`."
            )
        ],
    ),
    "a required property is missing": (
        """
        MATCH (o:Organisation {slug: 'provider'}), (c:Contract)
        REMOVE o.kind, o.name, c.status
        """,
        [
            (
                "Nodes without a property that they must have: "
                "Contract north-out-of-hours (status), Organisation provider (kind), "
                "Organisation provider (name). Set the property named in brackets."
            )
        ],
    ),
    "a sector has no point": (
        "MATCH (a:Area {code: 'ZZ1 1'}) REMOVE a.point",
        [
            (
                "Sectors or districts without a point: ZZ1 1. "
                "Set `point` to the middle of their postcodes."
            )
        ],
    ),
    "a contract ends on the day on which it starts": (
        "MATCH (c:Contract) SET c.end = c.start",
        [
            (
                "Nodes that end before they begin: Contract north-out-of-hours. "
                "Put `opened` and `closed`, `start` and `end`, or `from` and `to` in order."
            )
        ],
    ),
    "a responsibility ends before it begins": (
        "MATCH ()-[r:RESPONSIBLE_FOR]->() SET r.to = date('2012-01-01')",
        [
            (
                "Relationships that end before they begin: "
                "north-ccg RESPONSIBLE_FOR E38000001. Put `from` and `to` in order."
            )
        ],
    ),
    "a site belongs to no programme": (
        "MATCH ()-[has:HAS_SITE]->() DELETE has",
        [
            (
                "Nodes that hang from nothing: Site north-village. "
                "Link each to what it belongs to, or delete it."
            )
        ],
    ),
    "no pathway has a step": (
        "MATCH ()-[has:HAS_STEP]->(step {slug: 'visit'}) DELETE has",
        [
            (
                "Nodes that hang from nothing: Step falls-at-home/1/visit. "
                "Link each to what it belongs to, or delete it."
            )
        ],
    ),
    "a place is nowhere": (
        "MATCH (:Place)-[within:WITHIN]->() DELETE within",
        [
            (
                "Places within no area: saint-marys. "
                "Link each WITHIN its country at least."
            )
        ],
    ),
    "a service has no type": (
        "MATCH (:Service {slug: 'north-walk-in'})-[of:OF_TYPE]->() DELETE of",
        [
            (
                "Services without a type, or with several: north-walk-in. "
                "Link each to one ServiceType with OF_TYPE."
            )
        ],
    ),
    "a service meets no need": (
        "MATCH (:Service {slug: 'north-walk-in'})-[meets:MEETS]->() DELETE meets",
        [
            (
                "Services that meet no need: north-walk-in. "
                "Link each to the needs that it MEETS."
            )
        ],
    ),
    "a service has hours that nobody can read": (
        "MATCH (s:Service {slug: 'north-walk-in'}) SET s.opening = ['nine to five']",
        [
            (
                "Opening hours that nobody can read: north-walk-in. Write each line of "
                "`opening` as MONDAY-FRIDAY 09:00-17:00, PUBLIC_HOLIDAY CLOSED, 2016-12-24 "
                "09:00-13:00 or OPEN_ALL_HOURS."
            )
        ],
    ),
    "a capacity has no end": (
        """
        MATCH (s:Service {slug: 'north-walk-in'})
        SET s.capacity = 'RED', s.capacity_updated_at = datetime('2016-11-30T12:00Z')
        """,
        [
            (
                "Capacity that nobody can have said: north-walk-in. Say it with `signpost "
                "capacity`, which writes when it was said and until when."
            )
        ],
    ),
    "a commissioner ranks a type below ten": (
        """
        MATCH (o:Organisation {slug: 'north-ccg'}), (t:ServiceType {code: '25'})
        CREATE (o)-[:RANKS {rank: 11}]->(t)
        """,
        [
            (
                "Types of service whose rank is not 1 to 10: north-ccg 25. Set each `rank`, "
                "the type's own or that of RANKS, to 1 to 10, 1 first."
            )
        ],
    ),
    "a service by place has no place": (
        """
        MATCH (:Service)-[:DELIVERED_AT]->(location:Location) DETACH DELETE location
        """,
        [
            (
                "Services reached by place that stand nowhere: north-walk-in. "
                "Link each to its Location with DELIVERED_AT, or set `reach` to AREA."
            )
        ],
    ),
    "a service by area serves none": (
        "MATCH (:Service {reach: 'AREA'})-[serves:SERVES]->() DELETE serves",
        [
            (
                "Services reached by area that serve none: out-of-hours-north. "
                "Link each to the areas that it SERVES, or set `reach` to PLACE."
            ),
            (
                "Services that the finder's index does not show as they are: "
                "out-of-hours-north. Derive it anew with `signpost seed`, or call "
                "`refresh_reach` after a change."
            ),
        ],
    ),
    "the finder's index was not derived": (
        "MATCH (s:Service {slug: 'north-walk-in'}) REMOVE s.facts",
        [
            (
                "Services that the finder's index does not show as they are: "
                "north-walk-in. Derive it anew with `signpost seed`, or call "
                "`refresh_reach` after a change."
            )
        ],
    ),
    "nobody commissions a contract": (
        "MATCH ()-[commissions:COMMISSIONS]->() DELETE commissions",
        [
            (
                "Contracts without a commissioner: north-out-of-hours. "
                "Link the organisation that COMMISSIONS each."
            )
        ],
    ),
    "a live contract procures nothing": (
        "MATCH ()-[procures:PROCURES]->() DELETE procures",
        [
            (
                "Contracts in force that procure nothing: north-out-of-hours. "
                "Link each to the services that it PROCURES, or change its status."
            )
        ],
    ),
    "a pathway is for no need": (
        "MATCH (:Pathway)-[for:FOR_NEED]->() DELETE for",
        [
            (
                "Pathways without a step or a need: falls-at-home version 1. "
                "Link each to its steps with HAS_STEP and to its needs with FOR_NEED."
            )
        ],
    ),
    "a step ends a pathway and is no exit": (
        "MATCH (step:Step {slug: 'visit'}) SET step.exit = false",
        [
            (
                "Steps that nothing follows, and that are no exit: "
                "falls-at-home/1/visit. Link each THEN to a step, or set `exit` to true."
            )
        ],
    ),
    "a step calls for nothing": (
        "MATCH (:Step {slug: 'assess'})-[calls:CALLS_FOR]->() DELETE calls",
        [
            (
                "Steps that call for no type of service, or for several: "
                "falls-at-home/1/assess. "
                "Link each to one ServiceType with CALLS_FOR."
            )
        ],
    ),
    "nobody states a fact": (
        """
        MATCH (node:Contract|Milestone|Location|Table)-[stated:STATED_BY]->()
        WHERE coalesce(node.slug <> 'sectors', true)
        DELETE stated
        """,
        [
            (
                "Facts without a source: Contract north-out-of-hours, "
                "Location north-walk-in, Milestone announced, Table areas, "
                "Table district_areas and 3 more. "
                "Link each to the Source that states it with STATED_BY."
            )
        ],
    ),
    "a table is gone": (
        "MATCH (t:Table {slug: 'places'}) DETACH DELETE t",
        [
            (
                "Tables that are named by their rows and are not there: places. "
                "Create the Table and link it to the Source that states it with STATED_BY."
            )
        ],
    ),
    "nobody states a succession": (
        "MATCH ()-[succeeded:SUCCEEDED_BY]->() REMOVE succeeded.source",
        [
            (
                "Responsibilities, successions or completeness without a source: "
                "north-ccg SUCCEEDED_BY whole-ccg. "
                "Set `source` to the slug of the Source that states each."
            )
        ],
    ),
    "completeness has no day": (
        "MATCH ()-[complete:COMPLETE_FOR]->() REMOVE complete.as_of",
        [
            (
                "Completeness without a day, or that ends before it: "
                "north-ccg COMPLETE_FOR falls. Set `as_of` to the day for which a source "
                "states it, and `to` to a later one."
            )
        ],
    ),
    "a relationship names a source that is not there": (
        "MATCH ()-[serves:SERVES]->({code: 'E38000001'}) SET serves.source = 'rumour'",
        [
            (
                "Sources that relationships name and that are not there: rumour. "
                "Create the Source, or correct the slug in `source`."
            )
        ],
    ),
    "a derived fact does not say from what": (
        """
        MATCH (:Service)-[stated:STATED_BY {certainty: 'INFERRED'}]->()
        REMOVE stated.derived_from
        """,
        [
            (
                "Derived facts that do not say from what: "
                "out-of-hours-north STATED_BY gazette. "
                "Say in `derived_from`, in a sentence, why each follows."
            )
        ],
    ),
    "organisations succeed each other": (
        """
        MATCH (north {slug: 'north-ccg'}), (whole {slug: 'whole-ccg'})
        CREATE (whole)-[:SUCCEEDED_BY {source: 'gazette'}]->(north)
        """,
        [
            (
                "Organisations that succeed themselves: north-ccg, whole-ccg. "
                "Delete the SUCCEEDED_BY that closes the circle."
            )
        ],
    ),
    "needs stand in a circle": (
        """
        MATCH (falls:Need {code: 'falls'}), (urgent:Need {code: 'urgent-care'})
        CREATE (urgent)-[:NARROWER_THAN]->(falls)
        """,
        [
            (
                "Needs that are narrower than themselves: falls, urgent-care. "
                "Delete the NARROWER_THAN that closes the circle."
            )
        ],
    ),
    "nobody is responsible for an area": (
        "MATCH ()-[responsible:RESPONSIBLE_FOR]->() DELETE responsible",
        [
            (
                "Commissioners' areas for which no organisation is responsible: E38000001. "
                "Link the organisation that is or was RESPONSIBLE_FOR each."
            )
        ],
    ),
    "a sector has no commissioner": (
        """
        MATCH (:Area {kind: 'SECTOR'})-[within:WITHIN]->(:Area {kind: 'CCG'})
        DELETE within
        """,
        [
            (
                "Sectors in a local authority and in no commissioner's area: ZZ1 1. "
                "Link each WITHIN its CCG, with its share."
            )
        ],
    ),
    "more than all of a sector lies within areas": (
        """
        MATCH (:Area {code: 'ZZ1 2'})-[within:WITHIN]->(:Area {kind: 'CCG'})
        SET within.share = 1.5
        """,
        [
            (
                "Sectors, districts or areas of which more than all lies within others: "
                "ZZ1 2. Correct the `share` of each WITHIN."
            )
        ],
    ),
}


@pytest.fixture
async def small_graph(empty_graph: AsyncDriver, small_seed: Path) -> AsyncDriver:
    """A sound graph."""
    report = await load_seed(empty_graph, folder=small_seed)
    assert report.complaints == []
    return empty_graph


@pytest.mark.parametrize("what", BREAKS)
async def test_a_broken_rule_is_told_and_no_other(
    small_graph: AsyncDriver, what: str
) -> None:
    breakage, complaints = BREAKS[what]
    await write(small_graph, breakage)
    # What else is derived from the broken fact is no part of the rule.
    async with small_graph.session(database=DATABASE) as session:
        await session.execute_write(refresh_ledgers)
        await session.execute_write(refresh_cards)

    assert await verify(small_graph) == complaints


@pytest.mark.parametrize(
    "change",
    [
        "MATCH (c:Contract) SET c.end = date('2016-12-31')",
        "MATCH (ledger:Ledger) DETACH DELETE ledger",
        "MATCH (:Service)-[meets:MEETS]->() DELETE meets",
    ],
)
async def test_a_ledger_that_does_not_say_what_the_facts_say_is_told(
    small_graph: AsyncDriver, change: LiteralString
) -> None:
    await write(small_graph, change)

    assert (
        "Commissioners whose ledger does not show what they bought: north-ccg. Derive it "
        "anew with `signpost seed`, or call `refresh_reach` after a change."
    ) in await verify(small_graph)


def test_every_rule_is_broken_by_a_test() -> None:
    said = {complaint for _, complaints in BREAKS.values() for complaint in complaints}

    untested = [
        check.complaint
        for check in CHECKS
        if not any(each.startswith(check.complaint) for each in said)
    ]

    assert untested == []


async def test_verifying_the_whole_seed_takes_no_plan_that_grows_with_its_square(
    directory: AsyncDriver,
) -> None:
    # 25,000 nodes and 57,000 relationships, each looked at by a few rules.
    hits = {
        check.complaint: await hits_of(directory, check.broken, check.values)
        for check in CHECKS
    }

    assert sum(hits.values()) < 3_000_000, hits


async def hits_of(
    driver: AsyncDriver, cypher: LiteralString, values: Mapping[str, Any]
) -> int:
    """How often a question reaches into the store."""
    _, summary, _ = await driver.execute_query(
        "PROFILE " + cypher, parameters_={"asked": dict(values)}
    )
    return hits_in(summary.profile)


def hits_in(plan: dict[str, Any] | None) -> int:
    """The hits of a step of a plan and of those that it takes its rows from."""
    if plan is None:
        return 0
    return plan.get("dbHits", 0) + sum(map(hits_in, plan.get("children", [])))


@pytest.mark.parametrize(
    "change",
    [
        "MATCH (s:Service {slug: 'north-walk-in'}) SET s.name = 'Another name'",
        "MATCH (s:Service {slug: 'north-walk-in'}) REMOVE s.card",
        "MATCH (s:Service {slug: 'north-walk-in'})-[at:DELIVERED_AT]->() DELETE at",
    ],
)
async def test_a_card_that_does_not_say_what_the_facts_say_is_told(
    small_graph: AsyncDriver, change: LiteralString
) -> None:
    await write(small_graph, change)

    assert (
        "Services whose card does not show what they are: north-walk-in. Derive it "
        "anew with `signpost seed`, or call `refresh_reach` after a change."
    ) in await verify(small_graph)
