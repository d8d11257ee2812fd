"""Bounds on a question before anything of it is executed, and a cache of those that were good.

A directory with cycles in its graph can be asked questions of any size; the bounds are far above
what a page of an application needs (docs/errors.md).
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)
from strawberry.extensions import SchemaExtension
from strawberry.schema.exceptions import CannotGetOperationTypeError
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from api.graphql.cost import MOST_COST, cost_of, size_variables, sizes_asked_for
from api.graphql.shape import shape_of

MOST_CHARACTERS = 20_000
MOST_TOKENS = 2_000
MOST_COMMENTS = 200
MOST_DEPTH = 15
MOST_ALIASES = 30
MOST_DIRECTIVES = 20
MOST_DIRECTIVES_AT_ONE_PLACE = 3
MOST_ROOT_FIELDS = 20
MOST_ERRORS = 10
REMEMBERED = 100  # documents of at most 1.2 MB each

RULES = (*specified_rules, OneOfInputValidationRule)


class LimitExceeded(GraphQLError):
    """The question is larger than the directory answers."""


class LimitedDocuments(SchemaExtension):
    """Parses and validates within the bounds, once for each text."""

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        context.graphql_document = document(context.query or "")
        named = context._provided_operation_name
        if get_operation_ast(context.graphql_document, named) is None:
            # Strawberry would take the first of several (GraphQL, 6.1: it must not).
            raise CannotGetOperationTypeError(named)
        yield

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        schema, text = context.schema._schema, context.query or ""
        context.pre_execution_errors = faults(schema, text) or too_costly(
            schema, text, context.operation_name, context.variables or {}
        )
        yield


@lru_cache(maxsize=REMEMBERED)
def document(text: str) -> DocumentNode:
    """The question, parsed. Raises GraphQLError where it has faults or is too large."""
    try:
        parsed = parse(
            text,
            max_source_length=MOST_CHARACTERS,
            max_lexical_tokens=MOST_TOKENS,
            max_comments=MOST_COMMENTS,
        )
    except GraphQLSyntaxError as error:
        if "more than" not in error.message and "too deeply" not in error.message:
            raise
        raise LimitExceeded(
            "The question is too long or too deep. Write at most "
            f"{MOST_CHARACTERS:,} characters, {MOST_TOKENS:,} words and signs and "
            f"{MOST_COMMENTS} comments: ask several smaller questions."
        ) from error
    check_shape(parsed)
    return parsed


def check_shape(parsed: DocumentNode) -> None:
    """Raise LimitExceeded where a count of the document is above its bound."""
    shape = shape_of(parsed)
    for found, most, what in (
        (shape.depth, MOST_DEPTH, "levels deep"),
        (shape.root_fields, MOST_ROOT_FIELDS, "fields at the top"),
        (shape.aliases, MOST_ALIASES, "aliases"),
        (shape.directives, MOST_DIRECTIVES, "directives"),
        (
            shape.directives_at_one_place,
            MOST_DIRECTIVES_AT_ONE_PLACE,
            "directives at one place",
        ),
    ):
        if found > most:
            raise LimitExceeded(
                f"The question has {found:,} {what}; at most {most} are answered. "
                "Ask several smaller questions."
            )


@lru_cache(maxsize=REMEMBERED)
def faults(schema: GraphQLSchema, text: str) -> list[GraphQLError]:
    """What is wrong with the question by the schema; empty where nothing is."""
    return validate(
        schema, document(text), RULES, max_errors=MOST_ERRORS, hide_suggestions=True
    )


def too_costly(
    schema: GraphQLSchema,
    text: str,
    operation_name: str | None,
    variables: dict[str, Any],
) -> list[GraphQLError]:
    """One error where the answer could have too many fields, else none."""
    sizes = sizes_asked_for(size_variables_of(text), variables)
    cost = cost_of_text(schema, text, operation_name, tuple(sorted(sizes.items())))
    if cost <= MOST_COST:
        return []
    return [
        LimitExceeded(
            f"The answer could have {cost:,} fields; at most {MOST_COST:,} are answered. "
            "Ask for fewer at a time with `first`, or for fewer levels of lists."
        )
    ]


@lru_cache(maxsize=REMEMBERED)
def size_variables_of(text: str) -> set[str]:
    """The variables of the question that stand for a `first`."""
    return size_variables(document(text))


@lru_cache(maxsize=REMEMBERED)
def cost_of_text(
    schema: GraphQLSchema,
    text: str,
    operation_name: str | None,
    sizes: tuple[tuple[str, int], ...],
) -> int:
    """The cost of one operation of the question (api/graphql/cost.py)."""
    parsed = document(text)
    operation = get_operation_ast(parsed, operation_name)
    fragments = {
        node.name.value: node
        for node in parsed.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    if not isinstance(operation, OperationDefinitionNode):
        return 0
    return cost_of(schema, operation, fragments, dict(sizes))
