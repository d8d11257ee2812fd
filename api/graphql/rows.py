"""Fields of types that wrap a row: `plain` values, `linked` rows of other types, values `shown` in
another way.

A row inside another row may lack keys (graph_model/rows.py); whatever is missing is taken from
the full row, through the loader of its type.
"""

from asyncio import Future
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from typing import Annotated, Any, ClassVar, get_args, get_origin

import strawberry

from api.graphql.context import Info
from api.graphql.ids import global_id
from api.graphql.loaders import Loaders


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

    def loaded_row(self, loaders: Loaders, as_of: date | None) -> Future[Any]:
        """The row with every key, as of a day, as soon as it is there; None where there is none."""
        return getattr(loaders, self.loader).load((as_of, self.loader_key()))

    async def full_row(self, info: Info, as_of: date | None) -> dict[str, Any]:
        """The row with every key, as of a day."""
        row = await self.loaded_row(info.context.loaders, as_of)
        if row is None:
            raise LookupError(f"{type(self).__name__} {self.key()} has no full row.")
        return row


@dataclass(frozen=True)
class Reads:
    """What a field takes from its row, for whoever compiles fields (api/graphql/projection.py)."""

    key: str
    of: Any = None  # the type of the rows under the key, if there are any
    instead: Any = None  # the row that stands for none
    how: Callable[[Any], Any] | None = None  # makes of the value what is shown

    def value(self, row: Any, as_of: date | None) -> Any:
        """What the field shows of a row that has the key."""
        value = row[self.key]
        if self.how is not None:
            return self.how(value)
        if self.of is None:
            return value
        return wrapped(self.of, self.instead if value is None else value, as_of)


def plain(key: str, description: str, *, name: str | None = None) -> Any:
    """A field with a value of the row, shown as it is."""
    return reading(Reads(key), description, name)


def linked(key: str, of: Any, description: str, *, instead: Any = None) -> Any:
    """A field with a row, or a list of rows, of another type."""
    return reading(Reads(key, of=of, instead=instead), description)


def shown(key: str, how: Callable[[Any], Any], description: str) -> Any:
    """A field with what a function makes of a value of the row."""
    return reading(Reads(key, how=how), description)


def reading(reads: Reads, description: str, name: str | None = None) -> Any:
    """A field that takes its value from the row, or from the full row where it is missing."""

    def value(root: Any, info: Info) -> Any:
        if reads.key in root.row:
            return reads.value(root.row, root.as_of)
        return value_of_full_row(root, info)

    async def value_of_full_row(root: Any, info: Info) -> Any:
        return reads.value(await root.full_row(info, root.as_of), root.as_of)

    return strawberry.field(
        resolver=value, description=description, name=name, metadata={Reads: reads}
    )


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
