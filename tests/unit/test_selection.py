"""A resolver is told which fields below it a question may want."""

import pytest
from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLString,
    execute_sync,
    parse,
)

from api.graphql.selection import selects

FOUND: list[bool] = []


def note(source: None, info: GraphQLResolveInfo) -> dict[str, str]:
    FOUND.append(selects(info, "near"))
    return {"near": "n", "far": "f"}


PLACE = GraphQLObjectType(
    "Place", {"near": GraphQLField(GraphQLString), "far": GraphQLField(GraphQLString)}
)
SCHEMA = GraphQLSchema(
    GraphQLObjectType("Query", {"place": GraphQLField(PLACE, resolve=note)})
)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("{ place { near } }", True),
        ("{ place { far } }", False),
        ("{ place { other: near } }", True),
        ("{ place { near: far } }", False),
        ("{ place { ... { ... on Place { near } } } }", True),
        ("{ place { ...all } } fragment all on Place { far near }", True),
        ("{ place { ...all } } fragment all on Place { far }", False),
        ("{ place { far near @skip(if: true) } }", True),
        ("{ place { far } place { near } }", True),
    ],
)
def test_a_field_is_found_wherever_it_is_written(question: str, wanted: bool) -> None:
    FOUND.clear()

    execute_sync(SCHEMA, parse(question))

    assert [wanted] == FOUND
