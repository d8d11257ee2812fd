"""Criteria as they are shown, and the sources that state what was judged."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from graph_model.matching.case import Row

P = ParamSpec("P")
T = TypeVar("T")


def criterion(
    kind: str, verdict: str, explanation: str, sources: list[Row] | None = None
) -> dict[str, Any]:
    """A criterion as it is shown."""
    return {
        "kind": kind,
        "verdict": verdict,
        "explanation": explanation,
        "sources": sources or [],
    }


def kept_on_the_row(
    work: Callable[Concatenate[Row, P], T],
) -> Callable[Concatenate[Row, P], T]:
    """Work out once what follows from a row alone, and keep it there: the next case judges the same rows.

    A row that has nowhere to keep it (`kept`) is worked out each time. Whoever gets it changes nothing in it.
    """

    @wraps(work)
    def found(row: Row, *args: P.args, **kwargs: P.kwargs) -> T:
        kept = row.get("kept")
        if kept is None:
            return work(row, *args, **kwargs)
        key = (work.__qualname__, *args)
        if key not in kept:
            kept[key] = work(row, *args, **kwargs)
        return kept[key]

    return found


@kept_on_the_row
def sources_for(row: Row, *values: str) -> list[Row]:
    """The sources that state any of these values: those that name one, else those for the whole."""
    wanted = set(values)
    naming = [
        source
        for source in row["sources"]
        if source["fields"] and not wanted.isdisjoint(source["fields"])
    ]
    return naming or [source for source in row["sources"] if not source["fields"]]


def days_vouched(row: Row, *values: str) -> tuple[date, ...]:
    """The days on which a source states the row as a whole, or one of these values."""
    wanted = set(values)
    return tuple(
        [
            source["on"]
            for source in row["sources"]
            if source["on"]
            and (not source["fields"] or not wanted.isdisjoint(source["fields"]))
        ]
    )


def unique(sources: Sequence[Row]) -> list[Row]:
    """The sources without repetitions, in their order."""
    kept: dict[tuple[Any, ...], Row] = {}
    for source in sources:
        key = (source["slug"], source["locator"], source["derived_from"])
        kept.setdefault(key, source)
    return list(kept.values())
