"""GraphQL over HTTP, by the specification of that name."""

from typing import Any

import httpx2
import pytest

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"
QUESTION = "{ directory { asOf } }"
ANSWER = {"data": {"directory": {"asOf": "2016-11-30"}}}


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (GRAPHQL, GRAPHQL),
        (JSON, JSON),
        ("*/*", JSON),
        ("", JSON),
        (f"{GRAPHQL}, {JSON}", GRAPHQL),
        (f"{JSON}, {GRAPHQL}", JSON),
        (f"{JSON};q=0.5, {GRAPHQL}", GRAPHQL),
        (f"{GRAPHQL};q=0.1, {JSON};q=0.2", JSON),
        ("text/plain", JSON),
    ],
)
async def test_the_answer_has_the_type_that_the_caller_wants_most(
    client: httpx2.AsyncClient, accept: str, media_type: str
) -> None:
    answer = await client.post(
        "/graphql", json={"query": QUESTION}, headers={"Accept": accept}
    )

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["Vary"] == "Accept"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json() == ANSWER


@pytest.mark.parametrize(
    ("question", "variables"),
    [
        ("{", None),
        ("{ nothing }", None),
        ("query ($id: ID!) { node(id: $id) { id } }", {"id": None}),
        ("{ " + "directory { asOf } " * 21 + "}", None),
        ("query A { __typename } query B { __typename }", None),
    ],
)
async def test_what_cannot_be_executed_has_no_data_and_400_in_the_new_type_only(
    client: httpx2.AsyncClient, question: str, variables: dict[str, Any] | None
) -> None:
    body = {"query": question, "variables": variables}

    new = await client.post("/graphql", json=body, headers={"Accept": GRAPHQL})
    old = await client.post("/graphql", json=body, headers={"Accept": JSON})

    assert (new.status_code, old.status_code) == (400, 200)
    assert "data" not in new.json()
    assert new.json()["errors"] == old.json()["errors"]


async def test_an_error_in_a_field_leaves_the_others_their_answers(
    client: httpx2.AsyncClient,
) -> None:
    question = '{ directory { asOf } node(id: "") { id } }'

    answer = await client.post(
        "/graphql", json={"query": question}, headers={"Accept": GRAPHQL}
    )

    assert answer.status_code == 200
    assert answer.json()["data"] == {"directory": {"asOf": "2016-11-30"}, "node": None}
    assert [error["path"] for error in answer.json()["errors"]] == [["node"]]


async def test_a_question_can_be_asked_in_the_address(
    client: httpx2.AsyncClient,
) -> None:
    address = {
        "query": "query Day($id: ID!) { directory { asOf } node(id: $id) { id } }",
        "variables": '{"id": "T3JnYW5pc2F0aW9uOm5vLXN1Y2gtb25l"}',
        "operationName": "Day",
        "extensions": "",
    }

    answer = await client.get("/graphql", params=address)

    assert answer.status_code == 200
    assert answer.json()["data"] == {"directory": {"asOf": "2016-11-30"}, "node": None}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b'"query"',
        b"\xff",
        b'{"query": "\\ud800"}',
        b'{"qeury": "{ __typename }"}',
        b'{"query": ""}',
        b'{"query": 1}',
        b'{"query": "{ __typename }", "variables": "x"}',
        b'{"query": "{ __typename }", "variables": []}',
        b'{"query": "{ __typename }", "operationName": 1}',
        b'{"query": "{ __typename }", "extensions": []}',
    ],
)
async def test_a_body_that_holds_no_question_is_a_bad_request(
    client: httpx2.AsyncClient, body: bytes
) -> None:
    answer = await client.post("/graphql", content=body, headers={"Content-Type": JSON})

    (error,) = answer.json()["errors"]
    assert answer.status_code == 400
    assert error["extensions"]["code"] == "BAD_REQUEST"


async def test_parameters_may_be_null(client: httpx2.AsyncClient) -> None:
    body = {"query": QUESTION, "variables": None, "operationName": None}

    answer = await client.post("/graphql", json={**body, "extensions": None})

    assert answer.json() == ANSWER


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/x-www-form-urlencoded"]
)
async def test_a_body_of_another_type_is_refused(
    client: httpx2.AsyncClient, content_type: str
) -> None:
    answer = await client.post(
        "/graphql",
        content=b'{"query": "{ __typename }"}',
        headers={"Content-Type": content_type},
    )

    assert answer.status_code == 415
    assert "Content-Type: application/json" in answer.json()["errors"][0]["message"]


async def test_nothing_but_queries_is_executed(client: httpx2.AsyncClient) -> None:
    question = "mutation { __typename }"

    by_get = await client.get("/graphql", params={"query": question})
    by_post = await client.post(
        "/graphql", json={"query": question}, headers={"Accept": GRAPHQL}
    )

    assert (by_get.status_code, by_get.headers["Allow"]) == (405, "POST")
    assert by_post.status_code == 400
    assert by_post.json()["errors"][0]["message"].startswith(
        "The directory answers queries only."
    )


async def test_the_operation_that_is_named_is_executed(
    client: httpx2.AsyncClient,
) -> None:
    question = "query A { a: __typename } query B { b: __typename }"

    answer = await client.post(
        "/graphql", json={"query": question, "operationName": "B"}
    )

    assert answer.json() == {"data": {"b": "Query"}}
