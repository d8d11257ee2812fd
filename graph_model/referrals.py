"""The main question: the referral options for a case, best first."""

from dataclasses import asdict
from datetime import date
from itertools import product
from typing import LiteralString

from neo4j import AsyncDriver

from graph_model.answers import AnswerRow, answer_of
from graph_model.cards import compose
from graph_model.cases import Case, check
from graph_model.database import read
from graph_model.errors import DirectoryUnavailable, NeedNotFound, PlaceNotFound
from graph_model.matching.case import Row
from graph_model.matching.opening import LONDON
from graph_model.needs import NEEDS_MEANT
from graph_model.places import PLACES, PLACES_BY, point_of
from graph_model.wording import wording

FALLBACK_KM = 60.0  # how far the DoS looks for an emergency department as a catch-all
MOST_CANDIDATES = 300
MOST_NEEDS = 5  # the need that was understood and the runners-up

# Which needs were asked for, best first, with a score for each: 1 for what was meant, less for
# what may have been.
NEEDS_BY: dict[str, LiteralString] = {
    "code": """CALL () {
  OPTIONAL MATCH (need:Need {code: $asked.need})
  RETURN collect(need) AS needs, [1.0] AS scores
}""",
    "text": NEEDS_MEANT,
    "type": """CALL () {
  OPTIONAL MATCH (service_type:ServiceType {code: $asked.need})
  RETURN collect(service_type) AS needs, [1.0] AS scores
}""",
}

# Services for the need itself, for what includes it, and for parts of it.
MATCHES_BY: dict[str, LiteralString] = {
    "need": """CALL (needed) {
    MATCH (needed)-[broader:NARROWER_THAN*0..6]->(need:Need)<-[:MEETS]-(service:Service)
    RETURN service, need, CASE size(broader) WHEN 0 THEN 0 ELSE 1 END AS match
  UNION
    MATCH (needed)<-[:NARROWER_THAN*1..6]-(need:Need)<-[:MEETS]-(service:Service)
    RETURN service, need, 2 AS match
}
WITH here, around, service, min(match) AS match,
     collect({match: match, need: need}) AS met
WITH here, around, service, ['EXACT', 'BROADER', 'NARROWER'][match] AS match,
     [found IN met WHERE found.match = match | found.need] AS met""",
    "type": """CALL (needed) {
  MATCH (service:Service)-[:OF_TYPE]->(needed)
  RETURN service
}
WITH here, around, service, 'TYPE' AS match, [] AS met""",
}

# Each service on the way to an answer is shown once, in `services`; the rest names it by its slug.
REFERRALS: LiteralString = """
<as of>
<found place>
<found needs>
WITH directory, as_of, found, needs, scores, head(needs) AS needed,
     found[0].point AS here,
     COLLECT { UNWIND found AS place MATCH (place)-[:WITHIN*0..4]->(area) RETURN area }
       AS around
CALL (here, around, needed) {
  <matches>
  OPTIONAL MATCH (service)-[:DELIVERED_AT]->(location:Location)
  WITH service, match, met, point.distance(location.point, here) AS metres,
       EXISTS { (service)-[:SERVES]->(area) WHERE area IN around } AS serves_here,
       COLLECT {
         MATCH (service)-[:SERVES]->(area:Area)
         RETURN point.distance(area.point, here) AS metres ORDER BY metres LIMIT 1
       }[0] AS metres_to_area
  WITH service, match, met, serves_here, metres,
       CASE service.reach WHEN 'AREA' THEN metres_to_area ELSE metres END AS nearness
  WHERE serves_here AND service.reach = 'AREA' OR nearness <= 2000 * $asked.within_km
  WITH service, match, met, serves_here, metres, nearness
  ORDER BY serves_here DESC, nearness, service.slug LIMIT $asked.most
  RETURN collect({
    slug: service.slug,
    match: match,
    met: [need IN met | need.name],
    distance_km: CASE service.reach WHEN 'PLACE' THEN metres / 1000 END,
    nearness_km: coalesce(nearness / 1000, 0.0),
    chains: COLLECT {
      MATCH way = (first:Service)-[:REFERS_ON_TO*1..4]->(service)
      RETURN [step IN nodes(way) | step.slug] ORDER BY length(way), first.slug LIMIT 20
    }
  }) AS candidates
}
CALL (around) {
  MATCH (service:Service)-[:OF_TYPE]->(line:ServiceType)
  WHERE line.code IN ['130', '138']
    AND EXISTS { (service)-[:SERVES]->(area) WHERE area IN around }
  RETURN collect({slug: service.slug, type: line.code, distance_km: null}) AS lines
}
CALL (here) {
  MATCH (service:Service)-[:OF_TYPE]->(:ServiceType {code: '105'})
  MATCH (service)-[:DELIVERED_AT]->(location:Location)
  WITH service, point.distance(location.point, here) AS metres
  WHERE metres <= 1000 * $asked.fallback_km
  WITH service, metres ORDER BY metres, service.slug LIMIT 6
  RETURN collect({
    slug: service.slug, type: '105', distance_km: metres / 1000
  }) AS departments
}
CALL (as_of, candidates, lines, departments) {
  UNWIND [found IN candidates + lines + departments | found.slug]
    + reduce(slugs = [], found IN candidates |
        slugs + reduce(steps = [], chain IN found.chains | steps + chain)) AS slug
  WITH DISTINCT as_of, slug
  MATCH (service:Service {slug: slug})
  RETURN collect(<full service>) AS services
}
RETURN {
  directory: directory {.as_of, .historical},
  as_of: as_of,
  places: <places>,
  needs: [position IN range(0, size(needs) - 1) | {
    code: needs[position].code, name: needs[position].name,
    synonyms: coalesce(needs[position].synonyms, []),
    emergency: coalesce(needs[position].emergency, false),
    department: EXISTS {
      MATCH (calls_for:Need)-[:NARROWER_THAN*0..6]->
        (:Need {code: 'emergency-department-care'})
      WHERE calls_for = needs[position]
    },
    score: scores[position]
  }],
  services: services,
  candidates: candidates, lines: lines, departments: departments,
  practice: head(COLLECT {
    MATCH (practice:Organisation {ods_code: $asked.gp_practice})
    RETURN practice {.slug, .name, responsible: COLLECT {
      MATCH (practice)-[by:COMMISSIONED_BY]->(first:Organisation)
      WHERE coalesce(by.from <= as_of, true)
      MATCH way = (first)-[:SUCCEEDED_BY*0..8]->(organisation:Organisation)
      WHERE all(step IN relationships(way) WHERE step.on <= as_of)
        AND NOT EXISTS {
          MATCH (organisation)-[later:SUCCEEDED_BY]->() WHERE later.on <= as_of
        }
        AND coalesce(organisation.opened <= as_of, true)
        AND coalesce(as_of < organisation.closed, true)
      RETURN {
        share: 1.0, organisation: <organisation>, first: first.name,
        steps: length(way), source: <source of by>
      }
    }}
  })
} AS row
"""


def referrals_by(place: str, need: str) -> LiteralString:
    """The question for one way of naming the place and one of naming the need."""
    matches = MATCHES_BY["type" if need == "type" else "need"]
    return compose(
        REFERRALS.replace("<found place>", PLACES_BY[place])
        .replace("<found needs>", NEEDS_BY[need])
        .replace("<matches>", matches)
        .replace("<places>", PLACES)
    )


REFERRALS_BY: dict[tuple[str, str], LiteralString] = {
    (place, need): referrals_by(place, need)
    for place, need in product(PLACES_BY, NEEDS_BY)
}


async def referral_answer(
    driver: AsyncDriver, case: Case, as_of: date | None, first: int = 10
) -> AnswerRow:
    """The options for a case, each with its reasons and sources, in one round trip.

    `as_of` None means the local date of `case.at`, or else the directory's own date. At most `first`
    options and as many near misses. Raises BadUserInput, PlaceNotFound or NeedNotFound.
    """
    check(case, first)
    if as_of is None and case.at is not None:
        as_of = case.at.astimezone(LONDON).date()
    asked = wording(case.need_text or "")
    rows = await read(
        driver,
        REFERRALS_BY[case.place.kind, case.need_kind],
        as_of=as_of,
        need=case.need_code or case.service_type,
        **asdict(asked),
        most_needs=MOST_NEEDS,
        within_km=case.within_km,
        fallback_km=FALLBACK_KM,
        most=MOST_CANDIDATES,
        gp_practice=case.gp_practice,
        **case.place.params(),
    )
    found = found_or_error(case, rows)
    return answer_of(case, found, first)


NOWHERE = {"codes": [], "name_key": "nowhere", "point": point_of(0, 0)}


async def plan_ahead(driver: AsyncDriver) -> None:
    """Have Neo4j plan the question in each of its ways, which takes up to a second each.

    Whoever is first to name a place and a need in another way then need not wait. Asked of nowhere, for nothing.
    """
    for question in REFERRALS_BY.values():
        await read(
            driver,
            question,
            **NOWHERE,
            as_of=None,
            need="",
            **asdict(wording("nothing")),
            most_needs=MOST_NEEDS,
            within_km=1.0,
            fallback_km=FALLBACK_KM,
            most=1,
            gp_practice=None,
        )


def found_or_error(case: Case, rows: list[Row]) -> Row:
    """What the database found. Raises an error that says what was not there."""
    if not rows or rows[0]["directory"] is None:
        raise DirectoryUnavailable(
            "This Neo4j holds no directory yet. Load one with `signpost seed`."
        )
    found = rows[0]
    if not found["places"]:
        raise PlaceNotFound(
            f"The directory knows no place {case.place.in_words()}. Give a postcode, a sector, a "
            "district or a town of England, or a point near one. Where a life may be at risk, "
            "call 999."
        )
    if not found["needs"]:
        asked = case.need_code or case.need_text or case.service_type or ""
        raise NeedNotFound(
            f"No need in the directory fits {asked[:80]!r}. Use other words, a code that "
            "needs(matching: …) gives, or a service type that serviceTypes gives. Where a "
            "life may be at risk, call 999."
        )
    return found


__all__ = ["AnswerRow", "Case", "plan_ahead", "referral_answer"]
