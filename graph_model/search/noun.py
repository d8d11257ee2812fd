"""What a noun of the searches is: how its nodes are reached, filtered and shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, eq=False)
class Include:
    """A neighbour that can come with a page: its noun, and how its variable is reached from the page's node."""

    noun: str
    reach: str


def as_it_is(row: dict[str, Any], day: date) -> dict[str, Any]:
    """A row that is the same on every day."""
    return row


@dataclass(frozen=True, eq=False)
class Noun:
    """How the nodes of one kind are searched and shown.

    `match` gives every node from the sort key `$asked.after` on; an entry gives those that a filter leaves and saves
    looking at all. A near entry does so for a search around `$asked.point`: it gives nodes with their `location`, all that
    stand in the `ring`, and perhaps others. A filter is true of a node that passes; `<given>` in it stands for the list of values, of
    which one suffices. `keyed` gives the node of the sort key `key`, `row` what is read of it, and `on_the_day` what
    becomes of that on a day.
    """

    name: str
    variables: tuple[str, ...]
    match: str
    key: str
    keyed: str
    row: str
    filters: Mapping[str, str]
    on_the_day: Callable[[dict[str, Any], date], dict[str, Any]] = as_it_is
    entries: Mapping[str, str] = field(default_factory=dict)
    near_entries: Mapping[str, str] = field(default_factory=dict)
    includes: Mapping[str, Include] = field(default_factory=dict)
    head: int = 49  # how much of an id is the beginning of a slug
