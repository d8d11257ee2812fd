"""Whole requests over HTTP: against a plain route, and against @neo4j/graphql."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, LiteralString

import httpx2
import orjson

from bench.field import Field
from bench.processes import Running
from bench.questions import BY_HAND, GENERATED, OURS, OURS_IN_FULL, Asked, body
from bench.rounds import (
    Competitor,
    Score,
    WrongAnswers,
    median_p50,
    median_p99,
    median_per_second,
    rounds,
)
from bench.rows import Row
from graph_model.database import read
from graph_model.places import point_of
from signpost.local_neo4j.home import LOOPBACK

CONNECTIONS = 16
ASK_WITHIN = 120.0  # seconds; a first question is planned
LEAST_EQUAL = 0.9  # of the cases must have equal answers; only those are measured

VALID: LiteralString = """
MATCH (service:Service)-[:MEETS]->(:Need {code: $asked.need})
MATCH (service)-[:DELIVERED_AT]->(location)
WHERE point.distance(location.point, $asked.here) <= $asked.metres
RETURN service.slug AS row
"""


async def against_a_route(field: Field) -> list[Row]:
    """What GraphQL costs: the same answer from a plain Starlette route, one connection."""
    ours = [body(OURS_IN_FULL, case.in_graphql()) for case in field.cases]
    theirs = [orjson.dumps(asdict(case)).decode() for case in field.cases]
    async with httpx2.AsyncClient(timeout=ASK_WITHIN) as client:
        for case, our, their in zip(field.cases, ours, theirs, strict=True):
            if not await answered_alike(client, field, our, their):
                raise WrongAnswers(f"The route answers {case} otherwise than we do.")
    scores = await rounds(
        [
            Competitor("ours", field.signpost, ours),
            Competitor("theirs", field.route, theirs),
        ],
        field.full.process,
        connections=1,
        seconds=field.effort.seconds,
        count=field.effort.rounds,
    )
    our_time, their_time = (median_p50(scores[name]) for name in ("ours", "theirs"))
    return [
        Row(
            "The full answer in GraphQL against a plain Starlette route, 1 connection",
            f"{our_time:.1f} ms",
            f"{their_time:.1f} ms",
            our_time / their_time,
            most=1.6,
            note=f"20 options with criteria and hours; {noise(scores)}",
        )
    ]


async def answered_alike(
    client: httpx2.AsyncClient, field: Field, our: str, their: str
) -> bool:
    """Whether we and the route give the same answer. Twice, since a minute may begin between the two."""
    for _ in range(2):
        ours = await answer(client, field.signpost, our)
        if ours == await answer(client, field.route, their):
            return True
    return False


async def against_neo4j_graphql(field: Field) -> list[Row]:
    """@neo4j/graphql 7 on Yoga: its generated API, and the same Cypher as ours by hand."""
    cases = await cases_answered_alike(field)
    full = [body(OURS_IN_FULL, case.in_graphql()) for case in cases]
    ours = [body(OURS, case.in_graphql()) for case in cases]
    by_hand = [body(BY_HAND, case.by_hand()) for case in cases]
    generated = [body(GENERATED, case.generated()) for case in cases]
    scores = await rounds(
        [
            Competitor("ours", field.signpost, ours),
            Competitor("ours in full", field.signpost, full),
            Competitor("generated", field.peer, generated),
            Competitor("by hand", field.peer, by_hand),
        ],
        field.full.process,
        connections=CONNECTIONS,
        seconds=field.effort.seconds,
        count=field.effort.rounds,
    )
    note = f"{len(cases)} of {len(field.cases)} cases, equal answers; {noise(scores)}"
    return [
        row
        for what, mine in (("The same fields", "ours"), ("In full", "ours in full"))
        for peer, least in (("generated", 5.0), ("by hand", 2.5))
        for row in compared(what, scores[mine], peer, scores[peer], least, note)
    ]


def compared(
    what: str,
    ours: Sequence[Score],
    peer: str,
    theirs: Sequence[Score],
    least: float,
    note: str,
) -> list[Row]:
    """Requests a second, and the slowest of a hundred."""
    name = f"{what}, 16 connections, against @neo4j/graphql {peer}"
    mine, its = median_per_second(ours), median_per_second(theirs)
    our_p99, their_p99 = median_p99(ours), median_p99(theirs)
    return [
        Row(
            f"{name}: requests a second",
            f"{mine:.0f}",
            f"{its:.0f}",
            mine / its,
            least=least,
            note=note,
        ),
        Row(
            f"{name}: p99",
            f"{our_p99:.0f} ms",
            f"{their_p99:.0f} ms",
            our_p99 / their_p99,
            most=1.0,
        ),
    ]


def noise(scores: dict[str, list[Score]]) -> str:
    """How many rounds, and how busy other programs were in the noisiest sample that counts."""
    samples = [score for each in scores.values() for score in each]
    count = min(len(each) for each in scores.values())
    return f"{count} rounds in turns, others at most {100 * max(s.others for s in samples):.0f} %"


async def cases_answered_alike(field: Field) -> list[Asked]:
    """The cases of which our answer and the one by hand are equal, option for option.

    The Cypher by hand reads so many candidates and no more, so that for a few it is not. Raises WrongAnswers where it
    is for more than a few, or where the generated API gives what does not meet the need there.
    """
    alike: list[Asked] = []
    async with httpx2.AsyncClient(timeout=ASK_WITHIN) as client:
        for case in field.cases:
            ours = options(
                await answer(client, field.signpost, body(OURS, case.in_graphql()))
            )
            by_hand = options(
                await answer(client, field.peer, body(BY_HAND, case.by_hand()))
            )
            if same(ours, by_hand):
                alike.append(case)
            generated = await answer(
                client, field.peer, body(GENERATED, case.generated())
            )
            await refuse_what_is_not_valid(field, case, generated["data"]["services"])
    if len(alike) < LEAST_EQUAL * len(field.cases):
        raise WrongAnswers(
            f"The Cypher by hand answers only {len(alike)} of {len(field.cases)} cases as "
            "we do: bench/peers/by_hand.py is not what our finder does any more."
        )
    return alike


def options(answered: dict[str, Any]) -> list[dict[str, Any]]:
    found = answered["data"]["referralOptions"]
    return found if isinstance(found, list) else found["options"]


def same(ours: Sequence[dict[str, Any]], theirs: Sequence[dict[str, Any]]) -> bool:
    """Whether the options are the same in the same order; a hundredth of a kilometre is rounding."""
    return len(ours) == len(theirs) and all(
        mine["service"] == its["service"]
        and mine["criteria"] == its["criteria"]
        and mine["open"]["openNow"] == its["open"]["open_now"]
        and mine["contract"] == its["contract"]
        and abs((mine["distanceKm"] or 0.0) - (its["distance_km"] or 0.0)) < 0.011
        for mine, its in zip(ours, theirs, strict=True)
    )


async def refuse_what_is_not_valid(
    field: Field, case: Asked, services: Sequence[dict[str, Any]]
) -> None:
    """Raises WrongAnswers unless these are services that meet the need there, as many as were asked for."""
    valid = await valid_for(field, case)
    found = {each["slug"] for each in services}
    if not found <= valid or len(found) != min(20, len(valid)):
        raise WrongAnswers(f"The generated API's answer to {case} is not valid.")


async def valid_for(field: Field, case: Asked) -> set[str]:
    """The services that meet the need there, by slug."""
    here = point_of(case.latitude, case.longitude)
    metres = 1000 * case.within_km
    driver = field.full.driver
    return set(await read(driver, VALID, need=case.need, here=here, metres=metres))


async def answer(
    client: httpx2.AsyncClient, server: Running, content: str
) -> dict[str, Any]:
    """The answer to one question. Raises WrongAnswers for an error."""
    response = await client.post(
        f"http://{LOOPBACK}:{server.port}{server.path}",
        content=content,
        headers={"Content-Type": "application/json", "Accept": "application/json"},
    )
    answered = response.json()
    if response.status_code != 200 or "errors" in answered:
        raise WrongAnswers(f"{server.name} answered: {response.text[:500]}")
    return answered


async def memory(field: Field) -> list[Row]:
    """What Signpost and its Neo4j hold in memory, after all that was asked of them."""
    rows: list[Row] = []
    for name, process, most in (
        ("The API's memory, one worker", field.signpost.process, 200),
        ("Neo4j's memory", field.full.process, 1500),
    ):
        megabytes = process.memory_info().rss / 1_000_000
        rows.append(
            Row(name, f"{megabytes:.0f} MB", f"{most} MB", megabytes / most, most=1.0)
        )
    return rows
