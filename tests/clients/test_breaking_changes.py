"""What breaks for callers fails the tests, unless it is declared with a reason and a date."""

import json
import re
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from graphql import build_schema
from programs import node_for, run_in

from api.check_promises import DECLARED, PROMISES, RELEASED, SCHEMA, broken_promises

pytestmark = pytest.mark.anyio

HERE = Path(__file__).resolve().parent
BEFORE = """
    type Query { services(first: Int = 20): [Service!]! }
    type Service { name: String! status: Status old: Int @deprecated(reason: "Ask name.") }
    enum Status { ACTIVE CLOSED }
"""
AFTER = """
    type Query { services(first: Int = 50, of: Int!): [Service!]! }
    type Service { title: String! status: Status! }
    enum Status { ACTIVE PLANNED }
"""
BREAKS = [
    "ENUM_VALUE_REMOVED Status.CLOSED",
    "FIELD_ARGUMENT_ADDED Query.services.of",
    "FIELD_ARGUMENT_DEFAULT_CHANGED Query.services.first",
    "FIELD_REMOVED Service.name",
    "FIELD_REMOVED Service.old",
]
REASON = "The name has moved to title: ask that."


@pytest.fixture(scope="session")
async def node() -> str:
    """Node, with the packages of this folder in place."""
    return await node_for(HERE)


async def compared(
    node: str, released: Path, present: Path, declared: Path
) -> CompletedProcess[str]:
    """What graphql-inspector makes of two schemas."""
    inspector = "node_modules/@graphql-inspector/cli/cjs/index.js"
    rules = ("--rule", "ignoreDescriptionChanges", "--rule", "./declared.js")
    command = (node, inspector, "diff", str(released), str(present), *rules)
    return await run_in(HERE, *command, DECLARED=str(declared))


async def after_declaring(
    node: str, folder: Path, declared: list[dict[str, str]]
) -> tuple[int | None, str]:
    """The exit status and the words about the two schemas above."""
    files = [folder / name for name in ("before.graphql", "after.graphql", "declared")]
    texts = [BEFORE, AFTER, json.dumps(declared)]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, encoding="utf-8")
    done = await compared(node, *files)
    return done.returncode, done.stdout + done.stderr


def declaration(change: str) -> dict[str, str]:
    return {"change": change, "reason": REASON, "date": "2026-11-30"}


async def test_nothing_of_the_last_release_is_broken_undeclared(node: str):
    done = await compared(node, RELEASED, SCHEMA, DECLARED)

    assert done.returncode == 0, done.stdout + done.stderr


async def test_every_breaking_change_that_is_not_declared_fails(
    node: str, tmp_path: Path
):
    status, told = await after_declaring(node, tmp_path, [])

    assert status == 1
    assert sorted(re.findall(r'or declare "?([^"]+?)"? in ', told)) == BREAKS


async def test_one_that_is_not_declared_among_others_fails(node: str, tmp_path: Path):
    status, told = await after_declaring(
        node, tmp_path, [declaration(change) for change in BREAKS[1:]]
    )

    assert status == 1
    assert re.findall(r'or declare "?([^"]+?)"? in ', told) == BREAKS[:1]
    assert told.count(f"declared for 2026-11-30: {REASON}") == 4


async def test_what_is_declared_passes_and_what_is_added_needs_no_declaration(
    node: str, tmp_path: Path
):
    status, told = await after_declaring(
        node, tmp_path, [declaration(change) for change in BREAKS]
    )

    assert status == 0, told
    assert "PLANNED" in told


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        ({"change": BREAKS[0]}, 'needs "change", "reason" and'),
        ({**declaration(BREAKS[0]), "date": "soon"}, 'needs "change", "reason" and'),
        (
            declaration("FIELD_REMOVED Service.nam"),
            "declares what is no breaking change: FIELD_REMOVED Service.nam",
        ),
    ],
)
async def test_a_declaration_that_says_too_little_or_of_nothing_fails(
    node: str, tmp_path: Path, declared: dict[str, str], told: str
):
    status, words = await after_declaring(node, tmp_path, [declared])

    assert status == 1
    assert told in words


def test_the_last_release_has_all_that_was_promised():
    promised = build_schema(PROMISES.read_text(encoding="utf-8"))
    released = build_schema(RELEASED.read_text(encoding="utf-8"))

    assert broken_promises(promised, released) == []
