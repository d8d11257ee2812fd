"""An answer costs one round trip to Neo4j for each root field, or one for each level."""

from pathlib import Path

import pytest
from asking import Asker
from graphql import FieldNode, OperationDefinitionNode, parse

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

PROJECT = Path(__file__).parents[2]
QUERIES = PROJECT / "docs/examples/queries"
EXAMPLES = sorted(QUERIES.parent.glob("*.graphql"))
# The seed's longest pathways, and one that commissioners have adopted.
PATHWAYS = [
    "end-of-life-at-home",
    "frailty-and-falls-at-home",
    "urgent-care-west-midlands",
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
async def test_an_example_takes_one_round_trip_for_each_root_field(
    ask: Asker, example: Path
) -> None:
    question = example.read_text(encoding="utf-8")
    operation = next(
        node
        for node in parse(question).definitions
        if isinstance(node, OperationDefinitionNode)
    )
    roots = [
        node
        for node in operation.selection_set.selections
        if isinstance(node, FieldNode)
    ]

    await ask(question)

    assert ask.round_trips == len(roots)


@pytest.mark.parametrize("pathway", PATHWAYS)
async def test_a_whole_pathway_with_its_plan_takes_two_round_trips_at_most(
    ask: Asker, pathway: str
) -> None:
    question = (QUERIES / "WholePathway.graphql").read_text(encoding="utf-8")

    answer = await ask(
        question,
        slug=pathway,
        place={"postcode": "CV21"},
        case={"age": {"value": 82}, "referrer": "PATIENT"},
        at="2016-12-03T22:00:00Z",
    )

    plan = answer["pathwayPlan"]
    assert len(plan["steps"]) == len(plan["pathway"]["steps"]) >= 3
    assert ask.round_trips in (1, 2)


async def test_a_level_that_is_not_there_yet_takes_one_round_trip_for_all_items(
    ask: Asker,
) -> None:
    answer = await ask(
        """{ services(first: 30) { edges { node {
            provider { name sources { title } successors { name } }
        } } } }"""
    )

    assert len(answer["services"]["edges"]) == 30
    assert ask.round_trips == 2  # the services; the full rows of all their providers


async def test_each_further_level_takes_one_more_round_trip(ask: Asker) -> None:
    await ask(
        """{ services(first: 20) { edges { node {
            needs { broader { broader { broader { name } } } }
        } } } }"""
    )

    assert ask.round_trips <= 4


async def test_lists_below_many_organisations_are_asked_for_at_once(ask: Asker) -> None:
    answer = await ask(
        """{ organisations(kind: CCG, first: 25) { edges { node {
            commissions(first: 2) { totalCount edges { node { title } } }
            services(first: 2) { totalCount }
            holds(first: 2) { totalCount }
        } } } }"""
    )

    assert len(answer["organisations"]["edges"]) == 25
    assert ask.round_trips == 4  # the organisations; three lists for all of them


async def test_another_day_below_the_root_takes_one_round_trip_for_all_items(
    ask: Asker,
) -> None:
    await ask(
        """{ services(first: 20) { edges { node {
            contracts(asOf: "2016-10-01") { title status }
        } } } }"""
    )

    assert ask.round_trips == 2


async def test_the_same_service_asked_for_twice_is_read_once(ask: Asker) -> None:
    await ask(
        '{ one: service(slug: "999") { name } two: service(slug: "999") { slug } }'
    )

    assert ask.round_trips == 1
