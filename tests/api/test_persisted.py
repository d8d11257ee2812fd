"""Questions by the hash of their text, and by an address that caches keep."""

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from neo4j import AsyncDriver
from starlette.testclient import TestClient

from api.app import create_app
from api.graphql.documents import (
    MOST_KEPT,
    Documents,
    DocumentsFault,
    hash_of,
    texts_of_file,
)
from graph_model.settings import Settings

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"
ANSWER = {"data": {"directory": {"asOf": "2016-11-30"}}}
# The text and hash of an example in the specification's appendix on persisted documents.
EXAMPLE = "query($id:ID!){user(id:$id){name}}"
HASH_OF_THE_EXAMPLE = "71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286b"


def text(name: str) -> str:
    """A question that no other test asks."""
    return f"query {name} {{ directory {{ asOf }} }}"


def as_document(named: str) -> dict[str, Any]:
    return {"documentId": f"sha256:{named}"}


def as_custom_document(named: str) -> dict[str, Any]:
    return {"documentId": named}


def as_apollo_does(named: str) -> dict[str, Any]:
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": named}}}


WAYS = [as_document, as_custom_document, as_apollo_does]


def test_a_hash_is_that_of_the_specification() -> None:
    assert hash_of(EXAMPLE) == HASH_OF_THE_EXAMPLE


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("accept", "status"), [(GRAPHQL, 400), (JSON, 200)])
async def test_a_question_is_known_by_its_hash_once_both_were_sent(
    client: httpx2.AsyncClient, way: Any, accept: str, status: int
) -> None:
    question = text(f"Known_{way.__name__}_{status}")
    named, headers = way(hash_of(question)), {"Accept": accept}

    before = await client.post("/graphql", json=named, headers=headers)
    both = await client.post(
        "/graphql", json={"query": question, **named}, headers=headers
    )
    after = await client.post("/graphql", json=named, headers=headers)

    assert before.status_code == status
    assert before.headers["Cache-Control"] == "no-store"
    assert before.json() == {
        "errors": [
            {
                "message": "PersistedQueryNotFound",
                "extensions": {"code": "PERSISTED_QUERY_NOT_FOUND"},
            }
        ]
    }
    assert both.json() == after.json() == ANSWER


async def test_variables_and_the_operation_go_with_a_hash(
    client: httpx2.AsyncClient,
) -> None:
    question = (
        "query A { __typename } query B($id: ID!) { node(id: $id) { __typename } }"
    )
    named = as_document(hash_of(question))
    asked = {"operationName": "B", "variables": {"id": "T3JnYW5pc2F0aW9uOng="}}

    await client.post("/graphql", json={"query": question, **named, **asked})
    answer = await client.post("/graphql", json={**named, **asked})

    assert answer.json() == {"data": {"node": None}}


async def test_a_question_that_is_too_large_is_so_by_its_hash_too(
    client: httpx2.AsyncClient,
) -> None:
    question = """query Large($first: Int!) {
        services(first: $first) { edges { node { provider {
            services(first: $first) { edges { node { name slug provider { name } } } }
        } } } }
    }"""
    asked = {**as_document(hash_of(question)), "variables": {"first": 100}}

    both = await client.post("/graphql", json={"query": question, **asked})
    by_hash = await client.post("/graphql", json=asked)

    assert both.json() == by_hash.json()
    (error,) = by_hash.json()["errors"]
    assert error["extensions"]["code"] == "GRAPHQL_LIMIT_EXCEEDED"


@pytest.mark.parametrize(
    ("named", "told"),
    [
        (as_document("0" * 64), f"has not the hash {'0' * 64} that came with it"),
        (as_apollo_does("0" * 64), hash_of(text("Mistaken"))),
        ({"documentId": "md5:0123"}, "'md5:0123' is not the hash of a question"),
        ({"documentId": hash_of("").upper()}, "in lower-case hexadecimal"),
        ({"documentId": 1}, '"documentId" must be a text'),
        ({"documentId": ""}, "'' is not the hash"),
        ({"extensions": {"persistedQuery": 1}}, '"persistedQuery" must be an object'),
        ({"extensions": {"persistedQuery": {"version": 1}}}, "'' is not the hash"),
    ],
)
async def test_a_hash_that_cannot_be_is_a_bad_request(
    client: httpx2.AsyncClient, named: dict[str, Any], told: str
) -> None:
    answer = await client.post("/graphql", json={"query": text("Mistaken"), **named})

    (error,) = answer.json()["errors"]
    assert answer.status_code == 400
    assert error["extensions"]["code"] == "BAD_REQUEST"
    assert told in error["message"]


async def test_another_version_of_the_protocol_is_not_spoken(
    client: httpx2.AsyncClient,
) -> None:
    named = {"persistedQuery": {"version": 2, "sha256Hash": hash_of(text("Version"))}}

    answer = await client.post("/graphql", json={"extensions": named})

    (error,) = answer.json()["errors"]
    assert error["message"] == "PersistedQueryNotSupported"
    assert error["extensions"]["code"] == "PERSISTED_QUERY_NOT_SUPPORTED"


@pytest.mark.parametrize(
    "asked",
    [
        {"query": text("InTheAddress")},
        {"documentId": f"sha256:{hash_of(text('InTheAddress'))}"},
        {
            name: json.dumps(value)
            for name, value in as_apollo_does(hash_of(text("InTheAddress"))).items()
        },
    ],
)
async def test_an_answer_that_did_not_change_is_not_sent_again(
    client: httpx2.AsyncClient, asked: dict[str, str]
) -> None:
    question = text("InTheAddress")
    await client.post(
        "/graphql", json={"query": question, **as_document(hash_of(question))}
    )

    first = await client.get("/graphql", params=asked)
    tag = first.headers["ETag"]
    again = await client.get("/graphql", params=asked, headers={"If-None-Match": tag})
    other = await client.get(
        "/graphql", params=asked, headers={"If-None-Match": 'W/"another"'}
    )

    assert (first.status_code, first.json()) == (200, ANSWER)
    assert first.headers["Cache-Control"] == "no-cache"
    assert first.headers["Vary"] == "Accept"
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == tag
    assert again.headers["Cache-Control"] == "no-cache"
    assert (other.status_code, other.json()) == (200, ANSWER)


async def test_an_answer_by_post_or_with_errors_is_not_kept(
    client: httpx2.AsyncClient,
) -> None:
    asked = {"query": '{ directory { asOf } node(id: "") { id } }'}

    by_post = await client.post("/graphql", json={"query": text("ByPost")})
    in_part = await client.get("/graphql", params=asked)
    wrong = await client.get("/graphql", params={"query": "{"})

    for answer in (by_post, in_part, wrong):
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers


async def test_a_browser_that_asks_by_hash_gets_the_answer(
    client: httpx2.AsyncClient,
) -> None:
    named = {"documentId": f"sha256:{hash_of(text('Nobody'))}"}

    answer = await client.get("/graphql", params=named, headers={"Accept": "text/html"})

    assert answer.json()["errors"][0]["message"] == "PersistedQueryNotFound"


def test_only_the_texts_that_were_used_last_are_kept() -> None:
    documents = Documents([text("Always")])
    texts = [text(f"Number{number}") for number in range(MOST_KEPT)]

    for each in texts:
        documents.keep(each)
    documents.text_of(hash_of(texts[0]))
    documents.keep(text("OneMore"))

    assert documents.text_of(hash_of(texts[0])) == texts[0]
    assert documents.text_of(hash_of(texts[1])) is None
    assert documents.text_of(hash_of(text("OneMore"))) == text("OneMore")
    assert documents.text_of(hash_of(text("Always"))) == text("Always")


def test_a_text_that_is_too_long_to_be_answered_is_not_kept() -> None:
    documents = Documents()
    long = text("Long") + " " * 20_000

    documents.keep(long)

    assert documents.text_of(hash_of(long)) is None


@pytest.mark.parametrize(
    "written",
    [
        {HASH_OF_THE_EXAMPLE: EXAMPLE},
        {f"sha256:{HASH_OF_THE_EXAMPLE}": EXAMPLE},
        {
            "format": "apollo-persisted-query-manifest",
            "version": 1,
            "operations": [
                {
                    "id": HASH_OF_THE_EXAMPLE,
                    "name": "User",
                    "type": "query",
                    "body": EXAMPLE,
                }
            ],
        },
    ],
)
def test_a_file_of_documents_is_read_as_the_tools_write_it(
    tmp_path: Path, written: Any
) -> None:
    file = tmp_path / "documents.json"
    file.write_text(json.dumps(written), encoding="utf-8")

    assert texts_of_file(file) == [EXAMPLE]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{", "cannot be read"),
        ("[]", "holds no documents"),
        ('{"0": 1}', "holds no documents"),
        (
            json.dumps({"e1f2": EXAMPLE}),
            f"has the name 'e1f2', not its SHA-256, {HASH_OF_THE_EXAMPLE}",
        ),
        (
            '{"format": "apollo-persisted-query-manifest", "operations": [{"id": "0"}]}',
            "holds no documents",
        ),
        (
            '{"format": "apollo-persisted-query-manifest", "operations": [1]}',
            "holds no documents",
        ),
    ],
)
def test_a_file_that_is_no_file_of_documents_is_refused(
    tmp_path: Path, written: str, told: str
) -> None:
    file = tmp_path / "documents.json"
    file.write_text(written, encoding="utf-8")

    with pytest.raises(DocumentsFault, match="SIGNPOST_DOCUMENTS") as refused:
        texts_of_file(file)

    assert told in str(refused.value)


def test_a_document_of_the_file_is_known_from_the_start(
    neo4j_server: Settings, directory: AsyncDriver, tmp_path: Path
) -> None:
    question = text("FromTheStart")
    file = tmp_path / "documents.json"
    file.write_text(json.dumps({hash_of(question): question}), encoding="utf-8")
    settings = neo4j_server.model_copy(update={"signpost_documents": file})

    with TestClient(create_app(settings)) as client:
        answer = client.post("/graphql", json=as_document(hash_of(question)))

    assert answer.json() == ANSWER


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DocumentsFault, match="cannot be read"):
        texts_of_file(tmp_path / "nothing.json")
