"""Selections compiled into functions that make response data of rows (docs/adr/0013).

graphql-core completes each field of each object by itself, for 7 µs; here a selection is looked through
once, and what remains for each row is a few look-ups. A projection answers only what is as
expected. Whatever else it meets, such as a null where none may be, makes it raise, and the
ordinary executor answers with the right errors.
"""

from asyncio import Future, ensure_future
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from inspect import signature
from operator import itemgetter
from typing import Any, NamedTuple, cast

from graphql import (
    GraphQLField,
    GraphQLList,
    GraphQLObjectType,
    GraphQLOutputType,
    get_nullable_type,
    is_non_null_type,
)
from graphql.execution.collect_fields import (
    FieldDetailsList,
)
from graphql.execution.values import VariableValues, get_argument_values
from strawberry.types.field import StrawberryField

from api.graphql.context import Context
from api.graphql.leaves import Unchanged
from api.graphql.rows import Reads


class Declined(Exception):
    """The question, or what was found for it, is left to the ordinary executor."""


@dataclass
class Run:
    """One question being answered, and what its projections wait for.

    To resolvers below the top it stands for `info`, of which they may use the context.
    """

    context: Context
    variables: VariableValues
    waits: set[Future[Any]] = field(default_factory=set)
    asked: dict[Any, tuple[Any, Future[Any]]] = field(default_factory=dict)
    days: dict[date | None, "Day"] = field(default_factory=dict)

    def on(self, as_of: date | None) -> "Day":
        """The run on a day."""
        if as_of not in self.days:
            self.days[as_of] = Day(as_of, self)
        return self.days[as_of]


class Day(NamedTuple):
    """What rows are seen by: the day that they are for, and the run."""

    as_of: date | None
    run: Run


# Makes response data of a value that is there: of a row, or of an object of a type without one.
Item = Callable[[Any, Day], Any]


@dataclass(frozen=True)
class Compiled:
    """One field of a selection."""

    key: str
    show: Item  # takes what the field belongs to: a row, or an object
    row_key: str | None = None  # where the value is in a row
    complete: Item | None = None  # takes the value under that key
    unchanged: Unchanged | None = None  # which of those it leaves as they are


def class_of(kind: GraphQLObjectType) -> Any:
    """The class of ours that the type was made of."""
    return kind.extensions["strawberry-definition"].origin


@cache
def wraps_a_row(cls: type) -> bool:
    """Whether objects of the class are a row and its day, and nothing else."""
    return set(signature(cls).parameters) == {"row", "as_of"}


@cache
def knows_its_day(cls: type) -> bool:
    """Whether objects of the class say which day they are for."""
    return "as_of" in signature(cls).parameters


def nested(kind: GraphQLOutputType, item: Item) -> Item:
    """Completes a value that may be a list, or null, by how one item is completed."""
    bare: Any = get_nullable_type(kind)
    complete = (
        each(nested(bare.of_type, item)) if isinstance(bare, GraphQLList) else item
    )
    # An item that is completed takes no null for a value, so that nothing is checked twice.
    return complete if is_non_null_type(kind) else unless_null(complete)


def each(complete: Item) -> Item:
    """Completes the items of a list."""

    def show(value: Any, day: Day) -> list[Any]:
        if value.__class__ is not list:
            raise Declined(f"A {value.__class__.__name__} stands where a list should.")
        return [complete(item, day) for item in value]

    return show


def unless_null(complete: Item) -> Item:
    """Completes what is not null."""
    return lambda value, day: None if value is None else complete(value, day)


def of_wrapped_row(cls: type, project: Item) -> Item:
    """Projects the row within an object, by the object's own day."""

    def show(value: Any, day: Day) -> Any:
        if value.__class__ is not cls:
            raise Declined(f"A {value.__class__.__name__} is no {cls.__name__}.")
        return project(value.row, day.run.on(value.as_of))

    return show


def of_dated_object(project: Item) -> Item:
    """Projects an object by its own day."""
    return lambda value, day: project(value, day.run.on(value.as_of))


def projection(fields: list[Compiled], of_rows: bool) -> Item:
    """Projects a row or an object, field by field."""
    shows = [(each.key, each.show) for each in fields]

    def of_object(source: Any, day: Day) -> dict[str, Any]:
        return {key: show(source, day) for key, show in shows}

    def of_row(row: Any, day: Day) -> dict[str, Any]:
        if row.__class__ is not dict:
            raise Declined(f"A {row.__class__.__name__} stands where a row should.")
        return {key: show(row, day) for key, show in shows}

    in_row = [each for each in fields if each.row_key is not None]
    if len(in_row) > 1:
        return taken_together(fields, in_row, of_row)
    return of_row if of_rows else of_object


def taken_together(
    fields: list[Compiled], in_row: list[Compiled], one_by_one: Item
) -> Item:
    """Projects a row whose keys are taken in one go, as nothing is missing nearly always."""
    take = itemgetter(*[each.row_key for each in in_row])
    keys = [each.key for each in in_row]
    # Where more follows than is taken from the row, the keys have to be put in their order.
    in_order = dict.fromkeys(each.key for each in fields).copy
    blank = dict if len(fields) == len(in_row) else in_order
    checks = [(at, each.unchanged) for at, each in enumerate(in_row) if each.unchanged]
    of_class = [(at, each.classes) for at, each in checks if each.classes]
    of_value = [(at, each.values) for at, each in checks if each.values]
    changed = [
        (each.key, each.complete)
        for each in in_row
        if each.complete and not each.unchanged
    ]
    others = [(each.key, each.show) for each in fields if each not in in_row]

    def show(row: Any, day: Day) -> dict[str, Any]:
        try:
            values = take(row)
        except KeyError:
            return one_by_one(row, day)
        for at, classes in of_class:
            if values[at].__class__ not in classes:
                return one_by_one(row, day)
        for at, known in of_value:
            if values[at] not in known:
                return one_by_one(row, day)
        data = blank()
        data.update(zip(keys, values))  # noqa: B905 - as many as were taken
        for key, complete in changed:
            data[key] = complete(data[key], day)
        for key, show in others:
            data[key] = show(row, day)
        return data

    return show


def with_changes(reads: Reads, complete: Item) -> Item:
    """Completes what the field makes of the value under its key."""
    how, instead = reads.how, reads.instead
    if how is not None:
        return lambda value, day: complete(how(value), day)
    if instead is not None:
        return lambda value, day: complete(instead if value is None else value, day)
    return complete


def read_from_row(key: str, cls: type, complete: Item) -> Item:
    """Shows what is under a key of the row, or of the full row where it is missing."""

    def show(row: Any, day: Day) -> Any:
        try:
            value = row[key]
        except KeyError:
            full = full_row(cls, row, day)
            if full is None:
                return None  # it is being loaded, and this data is thrown away
            value = full[key]
        return complete(value, day)

    return show


def full_row(cls: Any, row: Any, day: Day) -> Any:
    """The row with every key; None where it has first to be waited for."""
    node = cls(row=row, as_of=day.as_of)
    loaded = node.loaded_row(day.run.context.loaders, day.as_of)
    if not loaded.done():
        day.run.waits.add(loaded)
        return None
    full = loaded.result()
    if full is None:
        raise Declined(f"{cls.__name__} {node.key()} has no full row.")
    return full


def resolved(
    definition: StrawberryField,
    known: GraphQLField,
    cls: Any,
    details: FieldDetailsList,
    complete: Item,
) -> Item:
    """Shows what an attribute holds, or what a resolver of the type's own answers."""
    resolver, rows = definition.base_resolver, wraps_a_row(cls)
    if definition.extensions or (
        resolver
        and (definition.is_async or resolver.arguments or resolver.info_parameter)
    ):
        return asked_by_resolver(known, cls, details, complete)
    if resolver is None:
        name = definition.python_name
        return lambda source, day: complete(getattr(source, name), day)
    answer: Any = resolver.wrapped_func
    if rows:
        return lambda row, day: complete(answer(cls(row=row, as_of=day.as_of)), day)
    return lambda source, day: complete(answer(source), day)


def asked_by_resolver(
    known: GraphQLField, cls: Any, details: FieldDetailsList, complete: Item
) -> Item:
    """Shows what an asynchronous resolver answers, which is waited for between two passes."""
    resolve, node, rows = known.resolve, details[0].node, wraps_a_row(cls)
    assert resolve is not None

    def show(source: Any, day: Day) -> Any:
        run, key = day.run, (show, id(source), day.as_of)
        if key not in run.asked:
            arguments = get_argument_values(known, node, run.variables)
            parent = cls(row=source, as_of=day.as_of) if rows else source
            answer = ensure_future(resolve(parent, cast(Any, run), **arguments))
            run.asked[key] = (
                source,
                answer,
            )  # holds the source, or its id could be another's
        answer = run.asked[key][1]
        if not answer.done():
            run.waits.add(answer)
            return None
        return complete(answer.result(), day)

    return show
