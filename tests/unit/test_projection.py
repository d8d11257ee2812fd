"""Projections of small schemas: what they must never do, whatever somebody adds to ours."""

from datetime import date
from typing import Any

import pytest
import strawberry
from graphql import GraphQLError, OperationDefinitionNode, parse
from graphql.execution.collect_fields import collect_fields
from graphql.execution.values import VariableValues
from strawberry.permission import BasePermission

from api.graphql.compiler import Compiler
from api.graphql.context import Context
from api.graphql.loaders import loaders
from api.graphql.projection import Run
from api.graphql.rows import Reads, plain
from graph_model.settings import Settings

NONE = VariableValues({}, {})


class Nobody(BasePermission):
    message = "Nobody may see this."

    def has_permission(self, source: Any, info: Any, **kwargs: Any) -> bool:
        return False


@strawberry.type
class Thing:
    row: strawberry.Private[Any]
    as_of: strawberry.Private[date | None]

    name: str = plain("name", "Its name.")
    size: int | None = plain("size", "Its size.")
    code: str = strawberry.field(
        resolver=lambda root: root.row["code"],
        permission_classes=[Nobody],
        metadata={Reads: Reads("code")},
    )

    @strawberry.field(permission_classes=[Nobody])
    def secret(self) -> str:
        return self.row["secret"]


@strawberry.type
class Query:
    @strawberry.field
    def thing(self) -> Thing | None:
        return None


CORE = strawberry.Schema(Query)._schema


def projected(selection: str, row: dict[str, Any]) -> Any:
    """What the selection shows of a thing with this row."""
    operation = parse(f"{{ thing {selection} }}").definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    assert CORE.query_type is not None
    details = collect_fields(CORE, {}, NONE, CORE.query_type, operation)
    compiler = Compiler(CORE, {}, NONE, operation)
    complete = compiler.completed(
        CORE.query_type.fields["thing"].type,
        details.grouped_field_set["thing"],
        of_rows=False,
    )
    driver: Any = None
    run = Run(Context(driver, Settings(), loaders(driver)), NONE)
    return complete(Thing(row=row, as_of=None), run.on(None))


def test_what_is_in_the_row_is_shown_in_the_order_asked_for() -> None:
    shown = projected("{ size kind: __typename name }", {"name": "A", "size": 3})

    assert list(shown.items()) == [("size", 3), ("kind", "Thing"), ("name", "A")]


@pytest.mark.parametrize("field", ["code", "secret"])
def test_a_field_that_asks_for_permission_is_never_read_past_it(field: str) -> None:
    with pytest.raises((GraphQLError, PermissionError, TypeError)):
        projected(f"{{ {field} }}", {"code": "1", "secret": "2"})


@pytest.mark.parametrize(
    "row",
    [
        {"name": None, "size": 1},
        {"name": ["A"], "size": 1},
        {"name": "A", "size": 2**31},
        {"name": "A", "size": "three"},
        {"size": 1},
    ],
)
def test_a_row_that_is_not_what_the_schema_says_is_not_shown(row: Any) -> None:
    with pytest.raises(Exception, match=r".*"):
        projected("{ name size }", row)


def test_a_number_where_a_text_should_be_is_shown_as_text() -> None:
    assert projected("{ name size }", {"name": 5, "size": None}) == {
        "name": "5",
        "size": None,
    }
