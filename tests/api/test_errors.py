"""Errors: a stable code, and a message that says what was got, what is wanted, what to do."""

import re
from pathlib import Path
from typing import Any

import pytest
from asking import Asker
from neo4j import AsyncDriver

from api.graphql import http
from api.graphql.documents import DocumentsFault
from api.graphql.errors import TookTooLong
from graph_model.errors import DirectoryError
from seed.faults import SeedConflict
from seed.pathway_files import PathwayFault
from seed.scenario_files import ScenarioFault

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

ERRORS = Path(__file__).parents[2] / "docs/errors.md"
OF_THE_API = {
    "BAD_REQUEST",
    "GRAPHQL_LIMIT_EXCEEDED",
    "GRAPHQL_PARSE_FAILED",
    "GRAPHQL_VALIDATION_FAILED",
    "INTERNAL_SERVER_ERROR",
    "OPERATION_RESOLUTION_FAILURE",
    "PERSISTED_QUERY_NOT_FOUND",
    "PERSISTED_QUERY_NOT_SUPPORTED",
}
CASE = "{ referralOptions(case: {%s}) { asOf } }"
RUGBY = 'place: {name: "Rugby"}'
NURSE = 'need: {code: "district-nursing"}'


@pytest.mark.parametrize(
    ("question", "code", "told"),
    [
        ("{", "GRAPHQL_PARSE_FAILED", "Syntax Error: Expected Name, found <EOF>."),
        (
            "{ servces { totalCount } }",
            "GRAPHQL_VALIDATION_FAILED",
            "Cannot query field 'servces' on type 'Query'.",
        ),
        (
            '{ place(place: {name: "Rugby", postcode: "CV21"}) { name } }',
            "BAD_USER_INPUT",
            "PlaceInput takes exactly one of postcode, name, point. Give one of them only.",
        ),
        (
            '{ place(place: {postcode: "XYZ 999 ZZ"}) { name } }',
            "BAD_USER_INPUT",
            "Write a whole one such as 'CV21 2AA'",
        ),
        (
            "{ place(place: {point: {latitude: 91, longitude: 0}}) { name } }",
            "BAD_USER_INPUT",
            "Give latitude from -90 to 90",
        ),
        (
            CASE % f"{RUGBY}, {NURSE}, age: {{value: -1}}",
            "BAD_USER_INPUT",
            "Nobody is -1 years old. Give an age from 0 days to 130 years.",
        ),
        (
            CASE % f"{RUGBY}, {NURSE}, age: {{value: 1561, unit: MONTHS}}",
            "BAD_USER_INPUT",
            "Nobody is 1561 months old. Give an age from 0 days to 130 years.",
        ),
        (
            CASE % f"{RUGBY}, {NURSE}, withinKm: 0",
            "BAD_USER_INPUT",
            "withinKm is 0. Give more than 0 and at most 200 km.",
        ),
        (
            CASE % f'{RUGBY}, {NURSE}, at: "2016-12-03T22:00"',
            "BAD_USER_INPUT",
            "does not say by which clock. Add the offset: 2016-12-03T22:00Z",
        ),
        (
            CASE % f'{RUGBY}, {NURSE}, at: "tomorrow"',
            "BAD_USER_INPUT",
            "'tomorrow' is not a moment. Write date, time and offset",
        ),
        (
            CASE % f'{RUGBY}, need: {{text: "{"ill " * 126}"}}',
            "BAD_USER_INPUT",
            "need.text has 504 characters. Write at most 500",
        ),
        (
            '{ services(asOf: "30/11/2016") { totalCount } }',
            "BAD_USER_INPUT",
            "'30/11/2016' is not a date. Write the year, from 1900 to 2199",
        ),
        (
            "{ services(first: 100000) { totalCount } }",
            "BAD_USER_INPUT",
            "first is 100000. Ask for 1 to 100 at a time",
        ),
        (
            f'{{ services(matching: "{"x" * 101}") {{ totalCount }} }}',
            "BAD_USER_INPUT",
            "matching has 101 characters. Write at most 100",
        ),
        (
            "{ organisation { name } }",
            "BAD_USER_INPUT",
            'Give exactly one of them, such as odsCode: "05H".',
        ),
        (
            '{ organisation(odsCode: "05H", slug: "x") { name } }',
            "BAD_USER_INPUT",
            "Give exactly one of them",
        ),
        (
            '{ node(id: "") { id } }',
            "BAD_USER_INPUT",
            "'' is not an id of this directory. Take the id from an answer",
        ),
        (
            '{ node(id: "%%%") { id } }',
            "BAD_USER_INPUT",
            "is not an id of this directory",
        ),
        (
            '{ node(id: "TG9jYXRpb246eA==") { id } }',
            "BAD_USER_INPUT",
            "only shown within something else",
        ),
        (
            '{ services(after: "x") { totalCount } }',
            "BAD_CURSOR",
            "'x' is not a cursor. Use the endCursor of a page of services",
        ),
        (
            CASE % f'place: {{postcode: "ZE99"}}, {NURSE}',
            "PLACE_NOT_FOUND",
            "The directory knows no place 'ZE99'.",
        ),
        (
            CASE % f'place: {{name: "Covntry"}}, {NURSE}',
            "PLACE_NOT_FOUND",
            "knows no place 'Covntry'. Did you mean 'Coventry'? Give a postcode,",
        ),
        (
            CASE % f'{RUGBY}, need: {{code: "no-such-need"}}',
            "NEED_NOT_FOUND",
            "No need in the directory fits 'no-such-need'.",
        ),
    ],
)
async def test_a_mistake_is_told_with_its_code_and_what_to_do(
    ask: Asker, question: str, code: str, told: str
) -> None:
    found, message = await ask.error(question)

    assert found == code
    assert told in message


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ({"name": "Rugby", "postcode": "CV21"}, "PlaceInput takes exactly one of"),
        ({}, "PlaceInput takes exactly one of"),
        ({"name": None}, "'name' must be non-null"),
        ({"nam": "Rugby"}, "unknown field 'nam'"),
        ({"name": 21}, "String cannot represent a non string value: 21"),
        (None, "not to be null"),
    ],
)
async def test_a_mistake_in_a_variable_is_told_as_well(
    ask: Asker, place: Any, told: str
) -> None:
    question = "query ($place: PlaceInput!) { place(place: $place) { name } }"

    code, message = await ask.error(question, place=place)

    assert code == "BAD_USER_INPUT"
    assert told in message
    assert "Did you mean" not in message


@pytest.mark.parametrize(
    ("question", "extensions"),
    [
        (
            '{ services(after: "x") { totalCount } }',
            {"code": "BAD_CURSOR", "classification": "ValidationError"},
        ),
        (
            CASE % f'place: {{postcode: "ZE99"}}, {NURSE}',
            {"code": "PLACE_NOT_FOUND", "classification": "ValidationError"},
        ),
        ("{ services(first: 0) { totalCount } }", {"code": "BAD_USER_INPUT"}),
    ],
)
async def test_a_code_of_our_own_says_that_the_caller_can_mend_it(
    ask: Asker, question: str, extensions: dict[str, str]
) -> None:
    body = await ask.body(question)

    assert body["errors"][0]["extensions"] == extensions


async def test_a_cursor_of_another_list_is_refused(ask: Asker) -> None:
    page = "{ %s(first: 1) { pageInfo { endCursor } } }"
    answer = await ask(page % "organisations")
    cursor = answer["organisations"]["pageInfo"]["endCursor"]

    code, message = await ask.error(
        f'{{ services(after: "{cursor}") {{ totalCount }} }}'
    )

    assert code == "BAD_CURSOR"
    assert "belongs to another list" in message


async def test_a_message_does_not_repeat_all_that_the_caller_wrote(ask: Asker) -> None:
    code, message = await ask.error(
        "query ($p: PlaceInput!) { place(place: $p) { name } }", p={"x" * 9000: 1}
    )

    assert code == "BAD_USER_INPUT"
    assert len(message) < 700


async def test_no_name_of_the_schema_is_guessed_for_a_caller(ask: Asker) -> None:
    questions = (
        "{ servces { totalCount } }",
        "{ services(matchin: 1) { totalCount } }",
        "{ contracts(status: LIV) { totalCount } }",
        "{ services { ... on Servic { name } } }",
        "query ($sex: Sexx) { directory { asOf } }",
        "{ directory { asOf @skp(if: true) } }",
    )

    for question in questions:
        body = await ask.body(question)
        for error in body["errors"]:
            assert "Did you mean" not in error["message"]


async def test_a_fault_of_ours_is_logged_and_hidden(
    ask: Asker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(driver: AsyncDriver) -> None:
        raise ZeroDivisionError("secret://user:password@graph")

    monkeypatch.setattr("api.graphql.queries.finding.directory", broken)

    code, message = await ask.error("{ directory { asOf } }")

    reference = re.search(r"reference ([0-9a-f]{8})\.", message)
    assert code == "INTERNAL_SERVER_ERROR"
    assert "secret" not in message
    assert reference is not None
    assert f"Internal error {reference[1]}" in caplog.text
    assert "secret://user:password@graph" in caplog.text


async def test_a_field_that_breaks_is_hidden_too(
    ask: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def half(driver: AsyncDriver) -> dict[str, object]:
        return {"as_of": None, "historical": None}

    monkeypatch.setattr("api.graphql.queries.finding.directory", half)

    for field in ("historical", "services"):
        code, message = await ask.error(f"{{ directory {{ {field} }} }}")
        assert code == "INTERNAL_SERVER_ERROR"
        assert message.startswith("Something went wrong in the directory.")


async def test_an_answer_that_takes_too_long_is_given_up(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "SECONDS", 0.0)

    answer = await client.post("/graphql", json={"query": "{ directory { asOf } }"})

    (error,) = answer.json()["errors"]
    assert answer.status_code == 503
    assert error["extensions"]["code"] == "TIMEOUT"
    assert "Ask for less at a time" in error["message"]


def test_every_error_has_a_heading_in_the_documentation() -> None:
    headings = set(
        re.findall(
            r"^## `([A-Z_]+)`$", ERRORS.read_text(encoding="utf-8"), re.MULTILINE
        )
    )
    of_the_directory = {error.code for error in DirectoryError.__subclasses__()}

    assert {
        TookTooLong.code,
        SeedConflict.code,
        PathwayFault.code,
        ScenarioFault.code,
        DocumentsFault.code,
    } <= of_the_directory
    assert headings == of_the_directory | OF_THE_API
