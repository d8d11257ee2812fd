"""The schema: what is committed, what is promised, and that all of it is described."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    is_specified_scalar_type,
)

from api.check_promises import PROMISES, SCHEMA, broken_promises, schema_text, staleness

CONTRACT = Path(__file__).parents[3] / "shared/check_contract.py"
TO_COME = ["pathwayPlan", "changes"]

PROMISED = """
    type Query { services(first: Int = 20): [Service!]! }
    type Service { name: String! status: Status }
    enum Status { ACTIVE CLOSED }
    input Place @oneOf { postcode: String name: String }
"""


def test_the_committed_schema_is_the_present_one() -> None:
    assert staleness() == []


def test_the_schema_keeps_every_promise() -> None:
    promised = build_schema(PROMISES.read_text(encoding="utf-8"))

    assert len(promised.type_map) > 80
    assert broken_promises(promised, build_schema(schema_text())) == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("name: String!", "title: String!", "Service.name was removed"),
        ("name: String!", "name: String", "Service.name changed type"),
        (
            "(first: Int = 20)",
            "(first: Int = 50)",
            "changed defaultValue from 20 to 50",
        ),
        ("(first: Int = 20)", "(first: Int = 20, type: Int!)", "required argument"),
        ("ACTIVE CLOSED", "ACTIVE", "CLOSED was removed"),
        ("@oneOf", "", "no longer takes exactly one"),
    ],
)
def test_a_promise_that_is_broken_is_told(before: str, after: str, told: str) -> None:
    promised = build_schema(PROMISED)
    present = build_schema(PROMISED.replace(before, after))

    (problem,) = broken_promises(promised, present)

    assert told in problem


def test_what_is_added_breaks_no_promise() -> None:
    promised = build_schema(PROMISED)
    present = build_schema(
        PROMISED.replace("status: Status", "status: Status telephone: String")
        .replace("ACTIVE CLOSED", "ACTIVE CLOSED PLANNED")
        .replace("(first: Int = 20)", "(first: Int = 20, after: String)")
    )

    assert broken_promises(promised, present) == []


@pytest.mark.skipif(
    not CONTRACT.is_file(), reason="not in this checkout's surroundings"
)
def test_the_contract_is_kept_but_for_what_is_still_to_come() -> None:
    without = [f"Query.{name}" for name in TO_COME]

    check = subprocess.run(
        [sys.executable, CONTRACT, SCHEMA, "--without", *without],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (check.returncode, check.stdout) == (0, "the schema keeps the contract\n")


def test_everything_is_described_to_callers_in_a_sentence() -> None:
    described = dict(descriptions())

    assert len(described) > 500
    assert [
        name
        for name, words in described.items()
        if not words or not words.strip().endswith(".")
    ] == []


def test_every_deprecation_says_why_and_from_when_on() -> None:
    schema = build_schema(SCHEMA.read_text(encoding="utf-8"))

    assert [name for name, reason in deprecations(schema) if not is_whole(reason)] == []


@pytest.mark.parametrize(
    ("deprecated", "whole"),
    [
        ("@deprecated", False),
        ('@deprecated(reason: "Ask title instead.")', False),
        ('@deprecated(reason: "2027-06-01")', False),
        ('@deprecated(reason: "Ask title instead. May go on 2027-02-30.")', False),
        ('@deprecated(reason: "Ask title instead. May go on 2027-06-01.")', True),
    ],
)
def test_a_deprecation_needs_a_reason_and_a_date(deprecated: str, whole: bool) -> None:
    schema = build_schema(f"""
        type Query {{ name(old: Int {deprecated}): Status {deprecated} }}
        enum Status {{ ACTIVE CLOSED {deprecated} }}
        input Place {{ postcode: String {deprecated} }}
    """)

    assert {name: is_whole(reason) for name, reason in deprecations(schema)} == {
        "Query.name": whole,
        "Query.name(old)": whole,
        "Status.CLOSED": whole,
        "Place.postcode": whole,
    }


def is_whole(reason: str) -> bool:
    """Whether the reason of a deprecation has words and a day that there is."""
    day = re.search(r"\d{4}-\d{2}-\d{2}", reason)
    words = re.findall(r"[A-Za-z]{2,}", reason)
    try:
        return bool(day and date.fromisoformat(day[0])) and len(words) > 2
    except ValueError:
        return False


def deprecations(schema: GraphQLSchema) -> Iterator[tuple[str, str]]:
    """The reason of every field, argument, value and input field that is deprecated."""
    for kind in schema.type_map.values():
        parts: dict[str, Any] = dict(getattr(kind, "fields", {}))
        parts |= getattr(kind, "values", {})
        for name, part in list(parts.items()):
            for argument, taken in getattr(part, "args", {}).items():
                parts[f"{name}({argument})"] = taken
        for name, part in parts.items():
            if part.deprecation_reason is not None:
                yield f"{kind.name}.{name}", part.deprecation_reason


def descriptions() -> Iterator[tuple[str, str | None]]:
    """The description of every type, field, argument, value and input field."""
    for kind in build_schema(SCHEMA.read_text(encoding="utf-8")).type_map.values():
        if kind.name.startswith("__") or is_specified_scalar_type(kind):
            continue
        yield kind.name, kind.description
        if isinstance(kind, GraphQLEnumType):
            for name, value in kind.values.items():
                yield f"{kind.name}.{name}", value.description
        if isinstance(
            kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType
        ):
            for name, field in kind.fields.items():
                yield f"{kind.name}.{name}", field.description
                for argument, taken in getattr(field, "args", {}).items():
                    yield f"{kind.name}.{name}({argument})", taken.description
