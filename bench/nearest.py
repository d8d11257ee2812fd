"""The bare search, one client and no HTTP: candidates at two sizes, database hits, and PostGIS."""

from __future__ import annotations

import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any, LiteralString

from neo4j import READ_ACCESS

from bench.field import Field, Graph
from bench.peers.postgis import NEAREST as NEAREST_BY_GIST
from bench.peers.postgis import Met, NoPostGIS, postgis, programs
from bench.questions import FIRST, Asked
from bench.rounds import WrongAnswers
from bench.rows import Row
from graph_model.candidates import looking
from graph_model.database import DATABASE, read
from graph_model.places import point_of
from graph_model.referrals import MARGIN, REFERRALS_BY, SPARE, question

DISTANCES_KM = (5.0, 20.0, 50.0)

# The finder's look around, with nothing judged and nothing told but who and how far: first as near as holds some twenty-five
# services where people live, then the rest.
NEAREST: LiteralString = looking("""
MATCH (need:Need {code: $asked.need})
WITH need, $asked.here AS here, 600000.0 / sqrt(need.placed + 1) AS near_m
CALL (need, here, near_m) {
  UNWIND CASE
    WHEN near_m < $asked.within_m THEN [[-1.0, near_m], [near_m, $asked.within_m]]
    ELSE [[-1.0, $asked.within_m]]
  END AS ring
  CALL (need, here, ring) {
    WITH *, ring[0] AS inner, ring[1] AS outer
    <box>
    MATCH (service:Service)-[met:MEETS]->()
    WHERE <between>
    WITH service, <metres> AS metres, inner, outer
    WHERE inner < metres <= outer
    RETURN service, metres ORDER BY metres, service.slug LIMIT 20
  }
  WITH service, metres LIMIT 20
  RETURN collect([service.slug, metres]) AS found
}
RETURN found AS row
""")

MET: LiteralString = """
MATCH (service:Service)-[met:MEETS]->(need:Need)
WHERE met.cell IS NOT NULL
WITH need, collect([need.number, service.slug, met.cell.x, met.cell.y]) AS row
RETURN row
"""

NUMBERS: LiteralString = """
MATCH (need:Need)
RETURN [need.code, need.number] AS row
"""

NOTHING: LiteralString = "RETURN 1 AS row"

PROFILE: LiteralString = "PROFILE "


async def candidates(field: Field) -> list[Row]:
    """The main question's Cypher, at a tenth and at the full size, at three distances."""
    rows: list[Row] = []
    for within_km in DISTANCES_KM:
        cases = [
            replace(each, within_km=within_km)
            for each in field.cases[: field.effort.cases]
        ]
        tenth, full = await taking_turns(
            cases,
            lambda case: ask_candidates(field.tenth, case),
            lambda case: ask_candidates(field.full, case),
        )
        rows.append(
            Row(
                f"Candidates within {within_km:g} km, "
                f"{field.full.services:,} services against {field.tenth.services:,}",
                milliseconds(full),
                milliseconds(tenth),
                full / tenth,
                most=1.5,
                note="median of the main question's Cypher, one client, no HTTP",
            )
        )
    return rows


async def taking_turns(
    cases: Sequence[Asked],
    one: Callable[[Asked], Awaitable[Any]],
    other: Callable[[Asked], Awaitable[Any]],
) -> tuple[float, float]:
    """The median time of both in seconds; each case is asked once for warmth, then timed."""
    for case in cases:
        await one(case)
        await other(case)
    times: tuple[list[float], list[float]] = ([], [])
    for case in cases:
        for ask, its in zip((one, other), times, strict=True):
            began = time.perf_counter()
            await ask(case)
            its.append(time.perf_counter() - began)
    return statistics.median(times[0]), statistics.median(times[1])


def milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms"


async def ask_candidates(graph: Graph, asked: Asked) -> None:
    """Ask the main question's Cypher, once and without near misses, as for 20 options."""
    await read(graph.driver, main_question(asked), **parameters(asked))


def main_question(asked: Asked) -> LiteralString:
    case = asked.case()
    return REFERRALS_BY[case.place.kind, case.need_kind]


def parameters(asked: Asked) -> dict[str, Any]:
    given = question(asked.case(), None)
    limits = {"most": FIRST + MARGIN, "most_misses": 0, "enough": FIRST + SPARE}
    return {**given, **limits, "always": False}


async def database_hits(field: Field) -> list[Row]:
    """How often the store is touched for a case: what does not depend on the machine."""
    cases = field.cases[: field.effort.cases // 2]
    full = statistics.median([await hits(field.full, case) for case in cases])
    tenth = statistics.median([await hits(field.tenth, case) for case in cases])
    return [
        Row(
            "Database hits of a case within 20 km, full size against a tenth",
            f"{full:,.0f}",
            f"{tenth:,.0f}",
            full / tenth,
            note="median, by PROFILE",
        )
    ]


async def hits(graph: Graph, asked: Asked) -> int:
    """The database hits of a case, all steps of its plan together."""
    async with graph.driver.session(
        database=DATABASE, default_access_mode=READ_ACCESS
    ) as session:
        profiled: LiteralString = PROFILE + main_question(asked)
        result = await session.run(profiled, {"asked": parameters(asked)})
        summary = await result.consume()
    return hits_below(summary.profile or {})


def hits_below(step: dict[str, Any]) -> int:
    return step.get("dbHits", 0) + sum(map(hits_below, step.get("children", [])))


async def relational(field: Field) -> list[Row]:
    """The bare search beside PostGIS's. Where that is not to be had, a row says so."""
    name = "Nearest 20 with the need within 20 km, against PostGIS"
    try:
        folder = await programs()
        met = [Met(*row) for rows in await read(field.full.driver, MET) for row in rows]
        numbers = dict(await read(field.full.driver, NUMBERS))
        async with postgis(folder, met) as connection:

            async def by_gist(asked: Asked) -> list[tuple[str, float]]:
                given = {**asked.generated(), "need": numbers[asked.need]}
                return connection.execute(NEAREST_BY_GIST, given).fetchall()

            cases = field.cases[: field.effort.cases]
            for case in cases:
                same_distances(
                    case, await by_cells(field.full, case), await by_gist(case)
                )
            ours, theirs = await taking_turns(
                cases, lambda case: by_cells(field.full, case), by_gist
            )
            nothing, _ = await taking_turns(
                cases, lambda _: read(field.full.driver, NOTHING), by_gist
            )
    except NoPostGIS as error:
        return [Row(name, "", "", note=f"not measured: {error}")]
    return [
        Row(
            name,
            milliseconds(ours),
            milliseconds(theirs),
            ours / theirs,
            most=2.5,
            note="median, one client, no HTTP; GiST over need and place; "
            f"`RETURN 1` takes our driver and Neo4j {milliseconds(nothing)}",
        )
    ]


async def by_cells(graph: Graph, asked: Asked) -> list[tuple[str, float]]:
    """The nearest 20 services that meet exactly the need, by the finder's index."""
    rows = await read(
        graph.driver,
        NEAREST,
        need=asked.need,
        here=point_of(asked.latitude, asked.longitude),
        within_m=1000 * asked.within_km,
    )
    return [tuple(found) for found in rows[0]]


def same_distances(
    case: Asked, ours: Sequence[tuple[str, float]], theirs: Sequence[tuple[str, float]]
) -> None:
    """Raises WrongAnswers where the two found others; their spheres differ by a thousandth."""
    if len(ours) != len(theirs) or any(
        abs(metres - other) > 2 + 0.003 * other
        for (_, metres), (_, other) in zip(ours, theirs, strict=True)
    ):
        raise WrongAnswers(f"PostGIS and Neo4j find other services for {case}.")
