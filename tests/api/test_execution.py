"""Projections answer exactly as the ordinary executor does, and wherever they can."""

from __future__ import annotations

import copy
import logging
import re
from pathlib import Path
from random import Random
from typing import Any

import orjson
import pytest
from asking import Asker
from every_field import every_field
from generated import CORE, ROOTS, Generator, broken, rows_within
from neo4j import AsyncDriver

from api.graphql import execution
from api.graphql.context import Context
from api.graphql.execution import (
    answer_of,
    completed_ordinarily,
    conditions,
    execute,
    executor_for,
    ordinarily,
    plan_of,
    projected,
)
from api.graphql.http import GRAPHQL, body_and_status
from api.graphql.loaders import loaders
from api.graphql.projection import Run
from api.graphql.request import Question
from graph_model.settings import Settings

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

PROJECT = Path(__file__).parents[2]
WRITTEN = [
    *(
        path.read_text(encoding="utf-8")
        for path in (PROJECT / "docs/examples").glob("*.graphql")
    ),
    *re.findall(
        r"```graphql\n(.*?)```", (PROJECT / "README.md").read_text("utf-8"), re.DOTALL
    ),
]
MAIN = """query ($case: ReferralCase!) { referralOptions(case: $case, first: 20) {
    notice emergencyAdvice asOf at
    options {
        rank distanceKm whyHere
        service { id slug name address openingTimes { opens } provider { odsCode name } type { name } }
        contract { title status start commissioners { lead organisation { name } } }
        criteria { kind verdict explanation sources { title publisher locator } }
        open { openNow opensAt closesAt opensAtLocal reason }
    } } }"""
CASE = {
    "place": {"postcode": "CV21"},
    "need": {"code": "gp-out-of-hours"},
    "at": "2016-12-03T22:00:00Z",
    "withinKm": 200.0,
}
WRONG = [
    '{ node(id: "") { id } }',
    '{ directory { asOf } node(id: "") { id } }',
    '{ a: node(id: "") { id } b: node(id: "x") { id } c: directory { asOf } }',
    """{ directory { asOf } referralOptions(
        case: { place: { postcode: "CV21" } need: { code: "no-such-need" } }
    ) { notice } }""",
    "{ services(first: 1000) { totalCount } directory { asOf } }",
    '{ services(first: 2) { edges { node { name contracts(asOf: "1066-01-01") { title } } } } }',
    "{ organisations(first: 2) { edges { node { name holds(first: -1) { totalCount } } } } }",
    '{ organisations(first: 2) { edges { node { holds(after: "x") { totalCount } } } } }',
    "{ organisation { name } }",
    "{ nothing }",
    "{",
]


def new_context(driver: AsyncDriver) -> Context:
    return Context(driver=driver, settings=Settings(), loaders=loaders(driver))


@pytest.mark.parametrize("question", WRITTEN)
async def test_what_the_documentation_asks_is_answered_alike_and_by_projection(
    directory: AsyncDriver, question: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, execution.__name__)
    asked = Question(question, None, None)

    answer = await execute(asked, new_context(directory))

    assert caplog.messages == []
    assert shown(answer) == shown(await ordinarily(asked, new_context(directory)))


async def test_the_main_question_is_answered_by_projection(
    directory: AsyncDriver, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, execution.__name__)
    asked = Question(MAIN, {"case": CASE}, None)

    answer = await execute(asked, new_context(directory))

    assert caplog.messages == []
    assert answer.data is not None
    assert len(answer.data["referralOptions"]["options"]) > 3
    assert shown(answer) == shown(await ordinarily(asked, new_context(directory)))


@pytest.mark.parametrize("question", WRONG)
async def test_errors_are_those_of_the_ordinary_executor(
    directory: AsyncDriver, question: str
) -> None:
    asked = Question(question, None, None)

    answer = await execute(asked, new_context(directory))

    assert answer.errors
    assert shown(answer) == shown(await ordinarily(asked, new_context(directory)))


@pytest.mark.parametrize(
    "question",
    [
        "{ __schema { queryType { name } } }",
        '{ __type(name: "Service") { name } directory { asOf } }',
        "{ directory { ...A } } fragment A on Directory { "
        + " ".join(f"a{n}: asOf" for n in range(30))
        + " }",
    ],
)
async def test_what_is_not_compiled_is_left_to_the_ordinary_executor(
    ask: Asker,
    question: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("api.graphql.compiler.MOST_FIELDS", 29)
    plan_of.cache_clear()
    caplog.set_level(logging.DEBUG, execution.__name__)

    await ask(question)

    plan_of.cache_clear()
    assert caplog.messages[-1].startswith("The ordinary executor answers")


async def test_what_is_skipped_depends_on_the_variables_of_each_request(
    ask: Asker,
) -> None:
    question = """query ($all: Boolean!) { directory {
        asOf ... @skip(if: $all) { notice } historical @include(if: $all)
    } }"""

    whole = await ask(question, all=True)
    part = await ask(question, all=False)

    assert whole["directory"] == {"asOf": "2016-11-30", "historical": True}
    assert list(part["directory"]) == ["asOf", "notice"]


async def test_rows_that_lack_much_are_completed_in_as_many_round_trips_as_before(
    ask: Asker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, execution.__name__)

    await ask(
        """{ services(first: 20) { edges { node { contracts(asOf: "2016-10-01") { title }
            needs { broader { broader { name } } } provider { services(first: 2) {
                edges { node { needs { name } } } } } } } } }"""
    )

    assert caplog.messages == []
    assert ask.round_trips <= 6


async def test_every_field_of_every_type_is_answered_alike(
    directory: AsyncDriver, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, execution.__name__)
    for root, kind in (
        ("services(first: 3)", "ServiceConnection"),
        ("organisations(first: 3)", "OrganisationConnection"),
        ("contracts(first: 3)", "ContractConnection"),
        ("pathways(first: 3)", "PathwayConnection"),
        ("programmes(first: 1)", "ProgrammeConnection"),
    ):
        asked = Question(f"{{ {root} {every_field(CORE, kind, 1)} }}", None, None)

        answer = await execute(asked, new_context(directory))

        assert caplog.messages == []
        assert shown(answer) == shown(await ordinarily(asked, new_context(directory)))


@pytest.mark.parametrize("seed", range(5))
async def test_thousands_of_questions_are_answered_alike(
    directory: AsyncDriver, seed: int
) -> None:
    random = Random(seed)
    generator = Generator(random)
    context = new_context(directory)
    answers: dict[str, Any] = {}
    alike = 0

    for number in range(400):
        if number % 50 == 0:
            context = new_context(directory)  # whose loaders know nothing yet
        names = random.sample(ROOTS, random.choice([1, 1, 1, 2]))
        asked = question_about(generator, names, random)
        executor = executor_for(asked, context)
        plan = executor and plan_of(asked.query, None, conditions(asked, executor))
        if executor is None or plan is None:
            continue  # it is too large
        for root, name in zip(plan, names, strict=True):
            if name not in answers:
                answers[name] = await answer_of(root, executor)
        found = [answers[name] for name in names]

        data = await projected(plan, found, Run(context, executor.variable_values))

        expected = await completed_ordinarily(asked, context, plan, found)
        assert expected.errors is None
        assert orjson.dumps(data) == orjson.dumps(expected.data), asked
        alike += 1

    assert alike > 300


# graphql-core leaves what it has begun when a null spreads.
@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited")
@pytest.mark.parametrize("seed", range(100, 102))
async def test_rows_that_hold_what_they_should_not_are_never_answered_differently(
    directory: AsyncDriver, seed: int
) -> None:
    random = Random(seed)
    generator = Generator(random)
    answers: dict[str, Any] = {}
    declined = 0

    for _ in range(300):
        context = new_context(directory)
        names = [random.choice(ROOTS)]
        asked = question_about(generator, names, random)
        executor = executor_for(asked, context)
        plan = executor and plan_of(asked.query, None, conditions(asked, executor))
        if executor is None or plan is None:
            continue
        if names[0] not in answers:
            answers[names[0]] = await answer_of(plan[0], executor)
            # What criteria keep on a row is shown to nobody.
            for row in rows_within(answers[names[0]]):
                row.pop("kept", None)
        found = [copy.deepcopy(answers[names[0]])]
        for _ in range(30):
            broken(found, random)
        run = Run(context, executor.variable_values)

        data = await projected(plan, found, run)

        expected = await completed_ordinarily(asked, context, plan, found)
        declined += data is None
        if data is not None:
            assert expected.errors is None, asked
            assert orjson.dumps(data) == orjson.dumps(expected.data), asked

    assert 30 < declined < 270


def question_about(generator: Generator, names: list[str], random: Random) -> Question:
    """A question with these roots."""
    text = generator.question(names)
    values = {name: random.random() < 0.5 for name in ("yes", "no")}
    return Question(text, {n: v for n, v in values.items() if f"${n})" in text}, None)


def shown(result: Any) -> bytes:
    """The answer as it would be sent, which tells the order of keys as well."""
    return orjson.dumps(body_and_status(result, GRAPHQL)[0])
