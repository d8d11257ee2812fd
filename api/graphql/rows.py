"""Fields of types that wrap a row: `plain` values, and `linked` rows of other types.

A row inside another row may lack keys (graph_model/rows.py); whatever is missing is taken from
the full row, through the loader of its type.
"""

from collections.abc import Awaitable
from datetime import date
from functools import cache
from importlib import import_module
from typing import Annotated, Any, ClassVar, get_args, get_origin

import strawberry

from api.graphql.context import Info
from api.graphql.ids import global_id


@strawberry.interface(
    description="Anything that has an id of its own and can be asked for again by `node`."
)
class Node:
    """A row with a key and a loader."""

    row: strawberry.Private[Any]
    as_of: strawberry.Private[date | None]
    loader: ClassVar[str]

    @strawberry.field(
        description="Opaque and stable: the same thing has the same id in every answer."
    )
    def id(self) -> strawberry.ID:
        return global_id(type(self).__name__, self.key())

    def key(self) -> str:
        """The part of the id that names this one among its type."""
        return self.row["slug"]

    def loader_key(self) -> Any:
        """The key by which the loader knows it."""
        return self.key()

    async def full_row(self, info: Info, as_of: date | None) -> dict[str, Any]:
        """The row with every key, as of a day."""
        loader = getattr(info.context.loaders, self.loader)
        row = await loader.load((as_of, self.loader_key()))
        if row is None:
            raise LookupError(f"{type(self).__name__} {self.key()} has no full row.")
        return row


def plain(key: str, description: str, *, name: str | None = None) -> Any:
    """A field with a value of the row, shown as it is."""

    def value(root: Any, info: Info) -> Any:
        if key in root.row:
            return root.row[key]
        return value_of_full_row(root, info)

    async def value_of_full_row(root: Any, info: Info) -> Any:
        return (await root.full_row(info, root.as_of))[key]

    return strawberry.field(resolver=value, description=description, name=name)


def linked(key: str, of: Any, description: str) -> Any:
    """A field with a row, or a list of rows, of another type."""

    def value(root: Any, info: Info) -> Any:
        if key in root.row:
            return wrapped(of, root.row[key], root.as_of)
        return value_of_full_row(root, info)

    async def value_of_full_row(root: Any, info: Info) -> Any:
        full = await root.full_row(info, root.as_of)
        return wrapped(of, full[key], root.as_of)

    return strawberry.field(resolver=value, description=description)


def wrapped(of: Any, rows: Any, as_of: date | None) -> Any:
    """A row or a list of rows as objects of the type; None stays None."""
    if rows is None:
        return None
    cls = class_of(of)
    if isinstance(rows, list):
        return [cls(row=row, as_of=as_of) for row in rows]
    return cls(row=rows, as_of=as_of)


async def wrapped_later(of: Any, rows: Awaitable[Any], as_of: date | None) -> Any:
    """The same for rows that are still being asked for."""
    return wrapped(of, await rows, as_of)


@cache
def class_of(of: Any) -> Any:
    """The class, of a class or of one of the names in types/names.py."""
    if get_origin(of) is not Annotated:
        return of
    name, lazy = get_args(of)
    return getattr(import_module(lazy.module), name.__forward_arg__)
