"""Bounds on a question, which hold before anything of it is executed."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from asking import Asker
from graphql import build_schema, get_introspection_query, get_operation_ast, parse

from api.graphql.cost import MOST_COST, cost_of, size_variables, sizes_asked_for
from api.graphql.limits import cost_of_text, document, faults
from api.graphql.schema import schema

pytestmark = pytest.mark.anyio

LIMIT = "GRAPHQL_LIMIT_EXCEEDED"
QUERIES = Path(__file__).parents[2] / "docs/examples/queries"
EXAMPLES = sorted(QUERIES.parent.glob("*.graphql"))

DEEP = "{ needs { edges { node " + "{ broader " * 14 + "{ code }" + " }" * 14 + " } } }"
WIDE = """{ services(first: 100) { edges { node {
    contracts { services { contracts { title } } }
} } } }"""
FRAGMENTS = (
    "{ ...f0 } "
    + " ".join(
        f"fragment f{i} on Query {{ ...f{i + 1} ...f{i + 1} }}" for i in range(40)
    )
    + " fragment f40 on Query { __typename }"
)


@pytest.mark.neo4j
@pytest.mark.parametrize(
    ("question", "told"),
    [
        (DEEP, "18 levels deep; at most 15"),
        ("{ " + "directory { asOf } " * 21 + "}", "21 fields at the top; at most 20"),
        (FRAGMENTS, "1,099,511,627,776 fields at the top; at most 20"),
        (
            "{ directory { " + " ".join(f"a{i}: asOf" for i in range(31)) + " } }",
            "31 aliases; at most 30",
        ),
        (
            "{ directory { " + "asOf @skip(if: true) " * 21 + " } }",
            "21 directives; at most 20",
        ),
        (
            "{ directory { asOf " + "@skip(if: true) " * 4 + " } }",
            "4 directives at one place; at most 3",
        ),
        ("{ directory { " + "asOf " * 2000 + "} }", "too long or too deep"),
        ("{ a" * 100 + " }" * 100, "100 levels deep; at most 15"),
        (
            "{ services(type: " + "[" * 900 + "]" * 900 + ") { x } }",
            "too long or too deep",
        ),
        ("#\n" * 201 + "{ directory { asOf } }", "too long or too deep"),
        (
            '{ services(matching: "' + "x" * 20_000 + '") { totalCount } }',
            "20,000 characters",
        ),
        (WIDE, "The answer could have 111,202 fields; at most 50,000"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
async def test_a_question_above_a_bound_is_refused_before_it_is_executed(
    ask: Asker, question: str, told: str
) -> None:
    code, message = await ask.error(question)

    assert code == LIMIT
    assert told in message
    assert ask.round_trips == 0


@pytest.mark.neo4j
async def test_a_size_in_a_variable_counts_as_one_in_the_question(ask: Asker) -> None:
    question = """query ($first: Int = 5) { services(first: $first) { edges { node {
        contracts { services { contracts { title } } } } } } }"""

    code, _ = await ask.error(question, first=100)
    answer = await ask(question, first=1)

    assert code == LIMIT
    assert len(answer["services"]["edges"]) == 1


def test_the_cost_is_the_number_of_fields_that_an_answer_could_have() -> None:
    small = build_schema(
        """
        type Query { needs(first: Int = 20): Page! }
        type Page { edges: [Edge!]! totalCount: Int! }
        type Edge { node: Need! }
        type Need { code: String! synonyms: [String!]! narrower: [Need!]! }
        """
    )
    text = "query ($n: Int) { needs(first: $n) { totalCount edges { node { code synonyms } } } }"
    operation = get_operation_ast(parse(text))
    assert operation is not None

    sizes = sizes_asked_for(size_variables(parse(text)), {"n": 7})
    cost = cost_of(small, operation, {}, sizes)

    # needs, totalCount, edges; for each of 7 edges: node, code, synonyms
    assert cost == 3 + 7 * 3


def test_a_list_that_is_divided_among_parts_costs_as_much_as_undivided() -> None:
    by_stage = (
        'query { pathway(slug: "a") { stages { name steps { slug name exit } } } }'
    )
    undivided = 'query { pathway(slug: "a") { steps { slug name exit } } }'

    costs = [
        cost_of_text(schema._schema, text, None, ()) for text in (by_stage, undivided)
    ]

    # pathway, stages; for each of ten: name and steps, with three fields of a step
    assert costs == [2 + 10 * (2 + 3), 2 + 10 * 3]


def test_a_whole_pathway_with_its_plan_is_within_the_bounds_in_one_question() -> None:
    question = (QUERIES / "WholePathway.graphql").read_text("utf-8")

    assert faults(schema._schema, question) == []
    assert cost_of_text(schema._schema, question, None, ()) < MOST_COST


def test_an_introspection_is_within_the_bounds() -> None:
    question = get_introspection_query(
        descriptions=True, specified_by_url=True, input_value_deprecation=True
    )

    document(question)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_has_no_faults_and_is_parsed_and_validated_once(
    example: Path,
) -> None:
    text = example.read_text(encoding="utf-8")

    assert faults(schema._schema, text) == []
    assert document(text) is document(text)
    assert faults(schema._schema, text) is faults(schema._schema, text)


@pytest.mark.neo4j
async def test_a_body_above_the_limit_is_refused_whatever_its_header_says(
    client: httpx2.AsyncClient,
) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b'{"query": "'
        for _ in range(200):
            yield b"x" * 1000

    headers = {"Content-Type": "application/json"}
    chunked = await client.post("/graphql", content=endless(), headers=headers)
    whole = await client.post("/graphql", json={"query": "x" * 100_001})

    for answer in (chunked, whole):
        (error,) = answer.json()["errors"]
        assert answer.status_code == 413
        assert error["extensions"]["code"] == LIMIT
        assert "100,000 bytes" in error["message"]


@pytest.mark.neo4j
async def test_json_that_is_nested_too_deeply_is_refused(
    client: httpx2.AsyncClient,
) -> None:
    nested = (
        '{"query": "{ __typename }", "variables": ' + "[" * 40_000 + "]" * 40_000 + "}"
    )

    answer = await client.post(
        "/graphql", content=nested, headers={"Content-Type": "application/json"}
    )

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


@pytest.mark.neo4j
async def test_several_questions_in_one_request_are_refused(
    client: httpx2.AsyncClient,
) -> None:
    answer = await client.post("/graphql", json=[{"query": "{ __typename }"}] * 2)

    assert answer.status_code == 400
    assert json.loads(answer.text)["errors"][0]["message"] == (
        "Several questions came in one request. Send one at a time."
    )
