"""Pathways planned for a place: against a plain route, and against @neo4j/graphql's generated API."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, LiteralString

import httpx2
import orjson

from bench.field import Field
from bench.over_http import ASK_WITHIN, CONNECTIONS, answer, compared, noise
from bench.questions import Asked, body
from bench.rounds import Competitor, WrongAnswers, median_p50, rounds
from bench.rows import Row
from graph_model.database import read

STEPS = 12

OF_TWELVE_STEPS: LiteralString = """
MATCH (pathway:Pathway {status: 'PUBLISHED'})
WHERE COUNT { (pathway)-[:HAS_STEP]->() } = $asked.steps
RETURN pathway.slug AS row ORDER BY row
"""

OURS = """query Plan($slug: String!, $place: PlaceInput!, $case: PlanCase) {
  pathwayPlan(slug: $slug, place: $place, case: $case) {
    asOf complete longestMinutes
    steps {
      step { slug name serviceType { code name } }
      state entry explanation gap
      option { ...Taken }
      alternatives { ...Taken }
    }
  }
}

fragment Taken on ReferralOption {
  distanceKm
  service {
    slug name telephone
    provider { slug name }
    location { name postcode }
  }
  contract { slug title start end }
}"""

# As many services of each step's type as a plan names, around the place, that run and are for people of this age: in no
# order, and not judged in any other way.
GENERATED = """query Plan(
  $slug: String!, $longitude: Float!, $latitude: Float!, $metres: Float!, $age: Int!
) {
  pathways(where: { slug: { eq: $slug } }) {
    slug name
    steps {
      slug name
      types {
        code name
        services(
          limit: 4
          where: {
            status: { eq: "ACTIVE" }
            AND: [
              { OR: [{ min_age_days: { eq: null } }, { min_age_days: { lte: $age } }] }
              { OR: [{ max_age_days: { eq: null } }, { max_age_days: { gte: $age } }] }
            ]
            locations: { some: { point: { distance: {
              from: { longitude: $longitude, latitude: $latitude }, lte: $metres
            } } } }
          }
        ) {
          slug name telephone
          providers { slug name }
          locations { name postcode }
          contracts { slug title start end }
        }
      }
    }
  }
}"""


def in_graphql(slug: str, case: Asked) -> str:
    """The plan as our GraphQL is asked for it."""
    given = case.in_graphql()["case"]
    person = {name: given[name] for name in ("age", "sex", "referrer")}
    return body(OURS, {"slug": slug, "place": given["place"], "case": person})


def generated(slug: str, case: Asked) -> str:
    """As much of the plan as the generated API gives."""
    around = {
        name: case.generated()[name] for name in ("longitude", "latitude", "metres")
    }
    return body(GENERATED, {"slug": slug, "age": case.age_days, **around})


async def plans(field: Field) -> list[Row]:
    """A plan of twelve steps, each time of another pathway, at another place, for another person."""
    slugs = await read(field.full.driver, OF_TWELVE_STEPS, steps=STEPS)
    asked = [
        (slugs[number % len(slugs)], case) for number, case in enumerate(field.cases)
    ]
    ours = [in_graphql(*each) for each in asked]
    theirs = [
        orjson.dumps({"slug": slug, **case_of(case)}).decode() for slug, case in asked
    ]
    peers = [generated(*each) for each in asked]
    route = replace(field.route, path="/plan")
    async with httpx2.AsyncClient(timeout=ASK_WITHIN) as client:
        for our, their, peer in zip(ours, theirs, peers, strict=True):
            answered = await answer(client, field.signpost, our)
            if answered != await answer(client, route, their):
                raise WrongAnswers("The route plans a pathway otherwise than we do.")
            of_peer = await answer(client, field.peer, peer)
            if len(of_peer["data"]["pathways"][0]["steps"]) != STEPS:
                raise WrongAnswers("The generated API gives another pathway.")
    alone = await rounds(
        [
            Competitor("ours", field.signpost, ours),
            Competitor("theirs", route, theirs),
        ],
        field.full.process,
        connections=1,
        seconds=field.effort.seconds,
        count=field.effort.rounds,
    )
    our_time, their_time = median_p50(alone["ours"]), median_p50(alone["theirs"])
    together = await rounds(
        [
            Competitor("ours", field.signpost, ours),
            Competitor("generated", field.peer, peers),
        ],
        field.full.process,
        connections=CONNECTIONS,
        seconds=field.effort.seconds,
        count=field.effort.rounds,
    )
    return [
        Row(
            "A plan of 12 steps against a plain Starlette route, 1 connection",
            f"{our_time:.1f} ms",
            f"{their_time:.1f} ms",
            our_time / their_time,
            most=2.0,
            note=noise(alone),
        ),
        *compared(
            "A plan of 12 steps",
            together["ours"],
            "generated",
            together["generated"],
            2.0,
            f"theirs are four services of each step's type, for the age, else unjudged; {noise(together)}",
        ),
    ]


def case_of(case: Asked) -> dict[str, Any]:
    """The place and the person, as the route takes them."""
    return {
        "sector": case.sector,
        "age_days": case.age_days,
        "sex": case.sex,
        "referrer": case.referrer,
    }
