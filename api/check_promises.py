"""Checks the schema against what callers were promised: `python -m api.check_promises`.

`api/schema.graphql` is the whole schema, written by `--write`; a difference shows what a
change means to callers. `api/promises.graphql` is the part that stays: it is edited by
hand, and only ever added to. `api/released.graphql` is what the last release had, written
by `--release`: graphql-inspector holds the rest of the schema against it, and lets pass what
`api/breaking_changes.json` declares (docs/adr/0026).
"""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from graphql import (
    BreakingChangeType,
    DangerousChangeType,
    GraphQLInputObjectType,
    GraphQLSchema,
    Visitor,
    build_schema,
    find_breaking_changes,
    find_dangerous_changes,
    parse,
    print_ast,
    visit,
)

from api.graphql.schema import schema

SCHEMA = Path(__file__).with_name("schema.graphql")
RELEASED = Path(__file__).with_name("released.graphql")
DECLARED = Path(__file__).with_name("breaking_changes.json")
PROMISES = Path(__file__).with_name("promises.graphql")
STALE = (
    "api/schema.graphql is not the present schema. "
    "Run `python -m api.check_promises --write` and commit the difference."
)
HEAD = "# The whole schema, written by `python -m api.check_promises --write`.\n\n"
OF_THE_RELEASE = (
    "# The schema of the last release, without its descriptions: "
    "`python -m api.check_promises --release`.\n\n"
)
ONE_OF = "directive @oneOf on INPUT_OBJECT"


def main(arguments: list[str]) -> int:
    """Write what is asked for, then check; the exit status says whether all is well."""
    if arguments == ["--write"]:
        SCHEMA.write_text(schema_text(), encoding="utf-8")
    if arguments == ["--release"]:
        RELEASED.write_text(released_text(), encoding="utf-8")
        DECLARED.write_text("[]\n", encoding="utf-8")
    problems = staleness() + broken_promises(
        build_schema(PROMISES.read_text(encoding="utf-8")), build_schema(schema_text())
    )
    print(
        "\n".join(problems)
        or "The schema is what is committed, and keeps its promises."
    )
    return 1 if problems else 0


def schema_text() -> str:
    """The schema as it is committed."""
    # Strawberry writes GraphQL's own directive, for older tools, without a description.
    described = f'"""Takes exactly one of its fields."""\n{ONE_OF}'
    return f"{HEAD}{schema.as_str().replace(ONE_OF, described)}\n"


def released_text() -> str:
    """The present schema as it is kept at a release."""
    bare = visit(parse(schema_text(), no_location=True), WithoutDescriptions())
    return f"{OF_THE_RELEASE}{print_ast(bare)}\n"


class WithoutDescriptions(Visitor):
    """Takes the descriptions away: the words may get better."""

    def enter(self, node: Any, *_: object) -> Any:
        """Leave out one description."""
        described = getattr(node, "description", None) is not None
        return replace(node, description=None) if described else None


def staleness() -> list[str]:
    """One problem where the committed schema is not the present one."""
    if SCHEMA.is_file() and SCHEMA.read_text(encoding="utf-8") == schema_text():
        return []
    return [STALE]


def broken_promises(promised: GraphQLSchema, present: GraphQLSchema) -> list[str]:
    """What callers of the promised schema would find missing or changed in the present one."""
    # A value that is added to an enum or an interface that is added to a type surprises
    # nobody who was told that this may happen (docs/adr/0010).
    return (
        [
            f"{change.description} It was promised in api/promises.graphql."
            for change in find_breaking_changes(promised, present)
            if change.type is not BreakingChangeType.DIRECTIVE_REMOVED
        ]
        + [
            f"{change.description} The default was promised in api/promises.graphql."
            for change in find_dangerous_changes(promised, present)
            if change.type is DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE
        ]
        + [
            f"{name} no longer takes exactly one of its fields (@oneOf)."
            for name, kind in promised.type_map.items()
            if isinstance(kind, GraphQLInputObjectType)
            and kind.is_one_of
            and not getattr(present.type_map.get(name), "is_one_of", False)
        ]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
