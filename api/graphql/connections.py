"""Pages of lists, by Relay's cursor connections specification, with a count of the whole list."""

from datetime import date
from typing import Any, Generic, TypeVar

import strawberry

from api.graphql.rows import class_of
from graph_model.paging import Page

T = TypeVar("T")


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(
        description="Whether more comes after this page."
    )
    has_previous_page: bool = strawberry.field(
        description="Whether something comes before this page."
    )
    start_cursor: str | None = strawberry.field(
        description="Cursor of the first edge; null on an empty page."
    )
    end_cursor: str | None = strawberry.field(
        description="Cursor of the last edge: give it as `after` for the next page. "
        "Null on an empty page."
    )


@strawberry.type(description="One item of a list, with its place in the list.")
class Edge(Generic[T]):
    cursor: str = strawberry.field(
        description="Where this item stands. It is good for this list with these filters only."
    )
    node: T = strawberry.field(description="The item.")


@strawberry.type(description="One page of a list.")
class Connection(Generic[T]):
    edges: list[Edge[T]] = strawberry.field(
        description="The items of this page, in order."
    )
    page_info: PageInfo = strawberry.field(
        description="Where this page stands in the list."
    )
    total_count: int = strawberry.field(
        description="Number of items in the whole list."
    )


def connection(of: Any, page: Page[Any], as_of: date | None) -> Any:
    """A page of rows as a connection of the type."""
    cls = class_of(of)
    return Connection(
        edges=[
            Edge(cursor=cursor, node=cls(row=row, as_of=as_of))
            for cursor, row in zip(page.cursors, page.rows, strict=True)
        ],
        page_info=PageInfo(
            has_next_page=page.has_next,
            has_previous_page=page.has_previous,
            start_cursor=page.cursors[0] if page.cursors else None,
            end_cursor=page.cursors[-1] if page.cursors else None,
        ),
        total_count=page.total,
    )
