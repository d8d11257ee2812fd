"""One search: filters combined, a page in a stable order, and what hangs together with it.

Two round trips: the first finds keys, the second shows all that was found (graph_model/search/showing.py). Neo4j plans
a question anew for each combination of filters, and what shows a resource is large: apart, it is planned once.
The Cypher is put together from constants alone; what callers give travels as parameters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, LiteralString

from neo4j import AsyncDriver

from graph_model.database import read
from graph_model.errors import DirectoryUnavailable
from graph_model.search.noun import Include, Noun
from graph_model.search.parts import expanded, with_parts
from graph_model.search.showing import shown

MOST_INCLUDED = 1000


@dataclass(frozen=True)
class Condition:
    """A filter by its name, and the values of which one suffices."""

    filter: str
    values: Sequence[Any]


@dataclass(frozen=True)
class Near:
    """Places within a distance of a point, in metres; the point is one of Neo4j's."""

    point: Any
    metres: float


@dataclass(frozen=True)
class Found:
    """A page: `{key, metres, row}` in order, of which `more` says whether others follow.

    `included` has the rows of what came with it, by the include's name, one more than `MOST_INCLUDED` where there are
    others. `directory` has its day, whether it is historical and when it was last changed.
    """

    rows: list[dict[str, Any]]
    more: bool
    total: int | None
    included: dict[str, list[dict[str, Any]]]
    directory: dict[str, Any]


# What stands within a ring of metres around the point.
WITHIN = """MATCH (location:Location)
  WHERE point.distance(location.point, $asked.point) < ring[1]
    AND point.distance(location.point, $asked.point) >= ring[0]
  <onwards>"""

# The rings around a point run one after the other, and stop when enough is found.
NEAR = """
UNWIND $asked.rings AS ring
CALL (as_of, directory, ring) {
  <within>
  WITH *, point.distance(location.point, $asked.point) AS metres
  WHERE ring[0] <= metres AND metres < ring[1] AND (metres > $asked.after_metres
    OR metres = $asked.after_metres AND <key> > $asked.after)
  WITH * WHERE <passes>
  RETURN <variables>, metres ORDER BY metres, <key>
  LIMIT $asked.skipped + $asked.first + 1
}
WITH <variables>, metres LIMIT $asked.skipped + $asked.first + 1
"""

ALL_NEAR = """
WITH *, [0.0, $asked.metres] AS ring
<within>
WITH *, point.distance(location.point, $asked.point) AS metres WHERE metres < ring[1]
WITH * WHERE <passes>
"""

A_PAGE = """CALL (as_of, directory) {
  <candidates>
  WITH <variables>, metres ORDER BY <order> SKIP $asked.skipped LIMIT $asked.first + 1
  RETURN collect({<fields>, metres: metres}) AS found
}
WITH *, <total> AS total
"""

# Who wants a total has everything looked at, so that the page is cut out of it. Neo4j then plans the filters once.
A_PAGE_OF_ALL = """CALL (as_of, directory) {
  <candidates>
  WITH <variables>, metres ORDER BY <order>
  WITH collect({<fields>, metres: metres, key: <key>}) AS everything
  RETURN size(everything) AS total, [each IN everything
    WHERE each.metres > $asked.after_metres
      OR each.metres = $asked.after_metres AND each.key > $asked.after
  ][$asked.skipped..$asked.skipped + $asked.first + 1] AS found
}
"""

QUESTION = """
<as of>
<found>
WITH *, found[..$asked.first] AS page
RETURN {
  directory: directory {
    day: as_of, .as_of, .updated,
    historical: coalesce(directory.historical, false)
  },
  more: size(found) > $asked.first,
  total: total,
  page: COLLECT {
    UNWIND page AS each
    WITH <unpacked>, each.metres AS metres
    RETURN {key: <key>, metres: metres}
  },
  included: {<included>}
} AS row
"""


@lru_cache(maxsize=2048)
def question(
    noun: Noun,
    filters: tuple[str, ...],
    near: bool,
    onwards: str,
    includes: tuple[tuple[str, Include, Noun], ...],
    total: bool,
) -> LiteralString:
    """The Cypher of a search that is filtered like this."""
    variables = ", ".join(noun.variables)
    entry = next((each for each in noun.entries if each in filters), None)
    passes = " AND ".join(
        f"({given(noun.filters[each], position)})"
        for position, each in enumerate(filters)
    )
    passes = passes or "true"
    near_entry = next((each for each in noun.near_entries if each in filters), None)
    within = WITHIN
    if near_entry:
        within = given(noun.near_entries[near_entry], filters.index(near_entry))
    start = noun.match
    if entry:
        start = given(noun.entries[entry], filters.index(entry))
    page = A_PAGE
    counted = "null"
    if total and (near or entry):
        page = A_PAGE_OF_ALL
        candidates = ALL_NEAR if near else f"{of_all(start)}\nWITH * WHERE <passes>"
    elif near:
        candidates = NEAR
    else:
        candidates = f"{start}\nWITH * WHERE <key> > $asked.after AND <passes>"
        if total:
            counted = count_of(of_all(start), passes)
    if not near:
        candidates += "\nWITH *, 0.0 AS metres"
    cypher = (
        QUESTION.replace("<found>", page)
        .replace("<candidates>", candidates)
        .replace("<within>", within)
        .replace("<onwards>", onwards)
        .replace("<passes>", passes)
        .replace("<total>", counted)
        .replace("<included>", ",\n".join(included(noun, *each) for each in includes))
        .replace("<variables>", variables)
        .replace("<fields>", ", ".join(f"{each}: {each}" for each in noun.variables))
        .replace(
            "<unpacked>", ", ".join(f"each.{each} AS {each}" for each in noun.variables)
        )
        # By the key alone where there is no distance: Neo4j then goes along its index, and stops early.
        .replace("<order>", "metres, <key>" if near else "<key>")
        .replace("<key>", noun.key)
    )
    return with_parts(cypher)


def given(cypher: str, position: int) -> str:
    """A filter or an entry with its own values in it."""
    return expanded(cypher).replace("<given>", f"$asked.given[{position}]")


def of_all(start: str) -> str:
    """A match of what comes after a key, as one of everything."""
    return start.replace("$asked.after", "''")


def count_of(counted: str, passes: str) -> str:
    return (
        f"COLLECT {{\n{counted}\nWITH * WHERE {passes}\nRETURN count(*) AS total\n}}[0]"
    )


def included(noun: Noun, name: str, include: Include, other: Noun) -> str:
    """The keys of what is reached from the page."""
    unpacked = ", ".join(f"each.{each} AS {each}" for each in noun.variables)
    reached = ", ".join(other.variables)
    return f"""`{name}`: COLLECT {{
      UNWIND page AS each
      WITH as_of, directory, {unpacked}
      {include.reach}
      WITH DISTINCT {reached} LIMIT {MOST_INCLUDED + 1}
      RETURN {other.key}
    }}"""


async def search(
    driver: AsyncDriver,
    noun: Noun,
    nouns: Mapping[str, Noun],
    conditions: Sequence[Condition],
    *,
    first: int,
    after: Sequence[Any] | None = None,
    skipped: int = 0,
    near: Near | None = None,
    onwards: str = "",
    includes: Mapping[str, Include] | None = None,
    total: bool = False,
) -> Found:
    """One page of the nodes that pass every condition, by distance where `near` is asked for, then by key.

    `first` rows, from 0; `after` is the `[metres, key]` of the last row of the page before, `skipped` how many rows to leave
    out after it. `onwards` leads from a location to the noun. Raises DirectoryUnavailable where no directory is loaded.
    """
    wanted = tuple(
        (name, include, nouns[include.noun])
        for name, include in (includes or {}).items()
    )
    # In one order, whatever the caller's: the same filters are one question.
    conditions = sorted(conditions, key=lambda each: each.filter)
    filters = tuple(condition.filter for condition in conditions)
    cypher = question(noun, filters, near is not None, onwards, wanted, total)
    after_metres, after_key = after or (-1.0, "")
    asked: dict[str, Any] = {"point": None, "metres": None, "rings": []}
    if near is not None:
        asked = {
            "point": near.point,
            "metres": near.metres,
            "rings": rings(after_metres, near.metres),
        }
    rows = await read(
        driver,
        cypher,
        as_of=None,
        first=first,
        skipped=skipped,
        after=after_key,
        after_metres=after_metres,
        given=[list(condition.values) for condition in conditions],
        **asked,
    )
    if not rows or rows[0]["directory"] is None:
        raise DirectoryUnavailable(
            "This Neo4j holds no directory yet. Load one with `signpost seed`."
        )
    return await with_rows(driver, noun, wanted, rows[0])


async def with_rows(
    driver: AsyncDriver,
    noun: Noun,
    wanted: Sequence[tuple[str, Include, Noun]],
    found: dict[str, Any],
) -> Found:
    """What was found by its keys, with the rows that show it."""
    keys: dict[Noun, set[str]] = {noun: {each["key"] for each in found["page"]}}
    for name, _, other in wanted:
        keys.setdefault(other, set()).update(found["included"][name])
    rows = await shown(driver, keys, found["directory"]["day"])
    return Found(
        rows=[
            each | {"row": rows[noun][each["key"]]}
            for each in found["page"]
            if each["key"] in rows[noun]
        ],
        more=found["more"],
        total=found["total"],
        included={
            name: [
                rows[other][key]
                for key in found["included"][name]
                if key in rows[other]
            ]
            for name, _, other in wanted
        },
        directory=found["directory"],
    )


RINGS = (0, 500, 1_000, 2_500, 6_000, 15_000, 30_000, 60_000, 120_000)


def rings(after: float, metres: float) -> list[list[float]]:
    """Rings around a point, nearest first, that reach as far as asked; those before `after` are left out."""
    bounds = [float(each) for each in RINGS if each < metres] + [metres]
    pairs = pairwise(bounds)
    return [[inner, outer] for inner, outer in pairs if outer >= after]
