"""Plans in a town that is made up: what the seed has no case of."""

from typing import Any, LiteralString

import pytest
from neo4j import AsyncDriver
from town import build_town

from graph_model.database import DATABASE
from graph_model.places import PlaceQuestion
from graph_model.plan_rows import PlannedStepRow, PlanRow
from graph_model.plans import PlanQuestion, pathway_plan
from graph_model.reach import refresh_reach

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

PATHWAY = """
MATCH (sprain:Need {code: 'sprain'}), (clinic:ServiceType {code: '8'}),
  (walk_in:ServiceType {code: '46'}), (here:Organisation {slug: 'nhs-here-ccg'}),
  (source:Source {slug: 'a-source'})
CREATE (practice:ServiceType {code: '100', name: 'GP Practice'})
CREATE (pathway:Pathway {slug: 'a-sprain', name: 'A sprain', version: 1, status: 'PUBLISHED'})
  -[:FOR_NEED]->(sprain)
CREATE (pathway)-[:STATED_BY]->(source)
CREATE (pathway)-[:HAS_STEP {position: 1}]->
  (see:Step {slug: 'see', name: 'See', stage: 'Help', exit: false})-[:CALLS_FOR]->(clinic)
CREATE (pathway)-[:HAS_STEP {position: 2}]->
  (treat:Step {slug: 'treat', name: 'Treat', stage: 'Help', exit: true})-[:CALLS_FOR]->(walk_in)
CREATE (see)-[:FOR_NEED]->(sprain), (treat)-[:FOR_NEED]->(sprain)
CREATE (see)-[:THEN {within_minutes: 120, position: 1}]->(treat)
CREATE (here)-[:ADOPTS {from: date('2016-06-01')}]->(pathway)
"""

LOCAL_STEP = """
MATCH (here:Organisation {slug: 'nhs-here-ccg'}), (see:Step {slug: 'see'}),
  (visiting:ServiceType {code: '20'})
CREATE (here)-[:LOCALISES {from: date('2016-08-01')}]->(local:LocalStep {
  key: 'a-sprain/see/nhs-here-ccg', replaces: ['service_type']
})-[:INSTEAD_OF]->(see)
CREATE (local)-[:CALLS_FOR]->(visiting)
"""

CLINICS_FOR_PEOPLE_OF_ELSEWHERE = """
MATCH (near:Service {slug: 'near-clinic'})-[serves:SERVES]->(),
  (there:Area {code: 'E38000002'}), (other:Organisation {slug: 'nhs-there-ccg'})
DELETE serves
CREATE (near)-[:SERVES {rule: 'LIMITED'}]->(there)
CREATE (other)-[:COMMISSIONS {lead: true}]->(near)
"""

DECLARED_COMPLETE = """
MATCH (here:Organisation {slug: 'nhs-here-ccg'}), (sprain:Need {code: 'sprain'})
CREATE (here)-[:COMPLETE_FOR {
  as_of: date('2016-10-01'), source: 'a-source', certainty: 'STATED'
}]->(sprain)
"""

BY_GPS_ONLY = """
MATCH (near:Service {slug: 'near-clinic'}), (see:Step {slug: 'see'})-[calls:CALLS_FOR]->(),
  (practice:ServiceType {code: '100'}), (pathway:Pathway)-[has:HAS_STEP]->(see),
  (clinic:ServiceType {code: '8'}), (sprain:Need {code: 'sprain'})
SET near.accepts = 'LISTED'
MERGE (gp:ReferrerRole {code: 'GP'})
CREATE (near)-[:ACCEPTS_FROM]->(gp)
DELETE calls
CREATE (see)-[:CALLS_FOR]->(practice)
CREATE (pathway)-[:HAS_STEP {position: 3}]->
  (specialist:Step {slug: 'specialist', name: 'Specialist', stage: 'More', exit: true})
  -[:CALLS_FOR]->(clinic)
CREATE (see)-[:THEN {position: 2}]->(specialist), (specialist)-[:FOR_NEED]->(sprain)
"""

CONTRACT_ENDS = """
MATCH (far:Service {slug: 'far-centre'}), (here:Organisation {slug: 'nhs-here-ccg'}),
  (source:Source {slug: 'a-source'})
CREATE (here)-[:COMMISSIONS {lead: true}]->(contract:Contract {
  slug: 'a-contract', title: 'A contract', status: 'LIVE', start: date('2015-04-01'),
  end: date('2016-10-01'), end_precision: 'MONTH'
})-[:PROCURES]->(far)
CREATE (contract)-[:STATED_BY {on: date('2016-10-31')}]->(source)
"""


async def town(driver: AsyncDriver, *changes: LiteralString) -> None:
    """The town with a pathway, and changed."""
    await build_town(driver)
    async with driver.session(database=DATABASE) as session:
        for change in (PATHWAY, *changes):
            await (await session.run(change)).consume()
        await session.execute_write(refresh_reach)


async def plan_of(driver: AsyncDriver, **person: Any) -> PlanRow:
    """The plan for the town on the directory's day."""
    question = PlanQuestion("a-sprain", PlaceQuestion(postcode="CV21"), **person)
    return await pathway_plan(driver, question, None)


def steps_of(plan: PlanRow) -> dict[str, PlannedStepRow]:
    return {each["step"]["slug"]: each for each in plan["steps"]}


def takers(plan: PlanRow) -> dict[str, str | None]:
    """Who takes each step."""
    return {
        slug: each["option"]["service"]["slug"] if each["option"] else None
        for slug, each in steps_of(plan).items()
    }


async def test_each_step_is_taken_by_the_nearest_of_its_type(empty_graph: AsyncDriver):
    await town(empty_graph)

    plan = await plan_of(empty_graph)

    assert takers(plan) == {"see": "near-clinic", "treat": "far-centre"}
    assert (plan["longest_minutes"], plan["adopted"]) == (120, True)


async def test_a_step_that_the_commissioner_runs_otherwise_counts_from_its_day(
    empty_graph: AsyncDriver,
):
    await town(empty_graph, LOCAL_STEP)

    plan = await plan_of(empty_graph)

    assert takers(plan) == {"see": "visiting-nurses", "treat": "far-centre"}


async def test_a_commissioners_own_step_is_for_its_own_people(empty_graph: AsyncDriver):
    await town(empty_graph, LOCAL_STEP)

    plan = await plan_of(empty_graph, gp_practice="M84001")

    assert plan["responsible"]["organisation"]
    assert plan["responsible"]["organisation"]["slug"] == "nhs-there-ccg"
    assert takers(plan)["see"] in {"near-clinic", "there-only"}
    assert plan["adopted"] is False
    assert plan["notes"] == [
        (
            "No source says that NHS There CCG has adopted this pathway: it is planned as it was "
            "published."
        )
    ]


async def test_the_way_round_is_a_neighbouring_commissioners_service_said_to_be_one(
    empty_graph: AsyncDriver,
):
    await town(empty_graph, CLINICS_FOR_PEOPLE_OF_ELSEWHERE)

    see = steps_of(await plan_of(empty_graph))["see"]

    assert (see["state"], see["option"]) == ("UNKNOWN", None)
    nearest, others = see["ways_round"]
    assert (nearest["kind"], others["kind"]) == (
        "NEIGHBOURING_COMMISSIONER",
        "FOR_OTHERS",
    )
    way = nearest
    assert way["commissioner"]
    assert way["commissioner"]["slug"] == "nhs-there-ccg"
    assert way["explanation"].startswith(
        "Near clinic, 0.7 km away, is a service of a neighbouring commissioner, NHS There CCG"
    )


async def test_nobody_is_commissioned_where_a_source_declares_the_directory_complete(
    empty_graph: AsyncDriver,
):
    await town(empty_graph, CLINICS_FOR_PEOPLE_OF_ELSEWHERE, DECLARED_COMPLETE)

    plan = await plan_of(empty_graph)

    see = steps_of(plan)["see"]
    assert (see["state"], see["reason"]) == ("GAP", "NOBODY_COMMISSIONED")
    assert see["gap"] == (
        "Nobody is commissioned: NHS Here CCG is declared complete for A sprain, and the "
        "directory holds no service of the type 'Clinic' for A sprain for people of here."
    )
    assert [each["slug"] for each in see["sources"]] == ["a-source"]
    assert plan["complete"] is False


async def test_the_practice_refers_where_the_patient_may_not(empty_graph: AsyncDriver):
    await town(empty_graph, BY_GPS_ONLY)

    specialist = steps_of(await plan_of(empty_graph, referrer="PATIENT"))["specialist"]

    assert specialist["option"]
    assert specialist["option"]["service"]["slug"] in {"near-clinic", "there-only"}
    assert specialist["referred_by"] == "GP"


async def test_a_step_breaks_when_the_contract_behind_it_ends(empty_graph: AsyncDriver):
    await town(empty_graph, CONTRACT_ENDS)

    plan = await plan_of(empty_graph)

    treat = steps_of(plan)["treat"]
    assert (treat["state"], treat["reason"]) == ("GAP", "NO_LIVE_CONTRACT")
    assert takers(plan)["see"] == "near-clinic"
