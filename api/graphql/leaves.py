"""Scalars and enums, completed as graphql-core completes them, only sooner where that is plain."""

from collections.abc import Callable
from math import isfinite
from typing import Any, NamedTuple

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLOutputType,
    GraphQLString,
    get_nullable_type,
    is_non_null_type,
)

LARGEST_INT = 2**31 - 1  # GraphQL, 3.5.1
UNCHANGED: dict[Any, type] = {
    GraphQLString: str,
    GraphQLID: str,
    GraphQLBoolean: bool,
}


def leaf(kind: GraphQLLeafType) -> Callable[[Any, Any], Any]:
    """Completes a value that is there. Raises an error where it cannot be one of the type."""
    if kind in UNCHANGED:
        return unchanged_if(UNCHANGED[kind], kind)
    if kind is GraphQLInt:
        return int_if_small(kind)
    if kind is GraphQLFloat:
        return float_if_finite(kind)
    if isinstance(kind, GraphQLEnumType):
        names = names_of(kind)
        return lambda value, day: names[value]
    return lambda value, day: coerced(kind, value)


class Unchanged(NamedTuple):
    """Which values a field shows as they are: all of some classes, or some values."""

    classes: frozenset[type] = frozenset()
    values: frozenset[Any] = frozenset()


def unchanged_of(kind: GraphQLOutputType) -> Unchanged | None:
    """The values that a field of this type shows as they are; None where it is not that plain."""
    bare = get_nullable_type(kind)
    none = [] if is_non_null_type(kind) else [None]
    if bare in UNCHANGED:
        classes = [UNCHANGED[bare], *map(type, none)]
        return Unchanged(classes=frozenset(classes))
    if isinstance(bare, GraphQLEnumType):
        same = [value for value, name in names_of(bare).items() if value == name]
        return Unchanged(values=frozenset(same + none))
    return None


def unchanged_if(cls: type, kind: GraphQLLeafType) -> Callable[[Any, Any], Any]:
    """Completes by doing nothing where the value is of the class."""
    return lambda value, day: value if value.__class__ is cls else coerced(kind, value)


def int_if_small(kind: GraphQLLeafType) -> Callable[[Any, Any], Any]:
    """Completes by doing nothing where the value is a whole number of 32 bits."""

    def show(value: Any, day: Any) -> Any:
        if value.__class__ is int and -LARGEST_INT <= value <= LARGEST_INT:
            return value
        return coerced(kind, value)

    return show


def float_if_finite(kind: GraphQLLeafType) -> Callable[[Any, Any], Any]:
    """Completes by doing nothing where the value is a number that JSON can hold."""

    def show(value: Any, day: Any) -> Any:
        return (
            value
            if value.__class__ is float and isfinite(value)
            else coerced(kind, value)
        )

    return show


def names_of(kind: GraphQLEnumType) -> dict[Any, str]:
    """The names of an enum's values, by what stands for them in rows and in Python."""
    values = [(each.value, name) for name, each in kind.values.items()]
    members = getattr(kind, "wrapped_cls", None)
    if members is None:
        return dict(values)
    return dict(values) | {members(value): name for value, name in values}


def coerced(kind: GraphQLLeafType, value: Any) -> Any:
    """The value as graphql-core completes it."""
    if value is None:
        raise TypeError(f"A {kind} is missing.")
    shown = kind.coerce_output_value(value)
    if shown is None:
        raise TypeError(f"{value!r} is no {kind}.")
    return shown
