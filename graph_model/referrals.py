"""The main question: the referral options for a case, best first."""

from dataclasses import asdict
from datetime import date
from itertools import product
from typing import Any, LiteralString

from neo4j import AsyncDriver

from graph_model.answers import (
    AnswerRow,
    JudgedCase,
    answer_of,
    is_complete,
    judged_case,
)
from graph_model.candidates import candidates_by, looking, rings
from graph_model.cards import compose
from graph_model.cases import Case, check
from graph_model.database import read
from graph_model.emergencies import EMERGENCY_TYPES, LIKELY_MEANT
from graph_model.errors import DirectoryUnavailable, NeedNotFound
from graph_model.matching.case import ROLES, Row
from graph_model.matching.opening import LONDON
from graph_model.matching.refusals import HOME_VISIT, TOO_FAR
from graph_model.needs import NEEDS_MEANT
from graph_model.offered import OFFERED_SERVICES
from graph_model.places import PLACES_BY, PlaceQuestion, point_of, with_place
from graph_model.reach import SEXES, bit_of
from graph_model.refusals import REFUSED
from graph_model.responsibility import with_registration
from graph_model.slugs import service_not_found
from graph_model.unknown_places import place_not_found
from graph_model.wording import wording

FALLBACK_KM = 60.0  # how far the DoS looks for an emergency department as a catch-all
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

# The need itself, what includes it, and its parts; a type has neither.
WANTED_BY: dict[str, LiteralString] = {
    "need": """COLLECT {
  MATCH (needed)-[broader:NARROWER_THAN*0..6]->(need:Need)
  RETURN {
    number: need.number, match: CASE size(broader) WHEN 0 THEN 0 ELSE 1 END,
    name: need.name, placed: need.placed, types: need.types
  } AS wanted
UNION
  MATCH (needed)<-[:NARROWER_THAN*1..6]-(need:Need)
  RETURN {number: need.number, match: 2, name: need.name, placed: 0, types: []} AS wanted
}""",
    "type": """[
  type IN [needed] WHERE type IS NOT NULL | {
    number: type.number, match: 0, name: type.name, placed: type.placed, types: type.types
  }
]""",
}

# The nearest emergency departments that are not surely for other ages.
DEPARTMENTS: LiteralString = """CALL (as_of, here, needed, always) {
  MATCH (need:ServiceType {code: '105'})
  WHERE always
  UNWIND $asked.rings_of_departments AS ring
  CALL (as_of, here, need, ring) {
    WITH *, ring[0] AS inner, ring[1] AS outer
    <box>
    MATCH (service)-[met:OF_TYPE]->()
    WHERE <between>
    WITH service, <metres> AS metres, inner, outer, as_of
    WHERE inner < metres <= outer
      AND coalesce(service.min_age_days <= $asked.age_days, true)
      AND coalesce($asked.age_days <= service.max_age_days, true)
      AND coalesce(service.opened <= as_of, true)
      AND coalesce(as_of < service.closed, true)
    RETURN service, metres ORDER BY metres, service.slug LIMIT 6
  }
  WITH service, metres LIMIT 6
  RETURN collect({service: service, metres: metres}) AS departments
}
"""

# Each service on the way to an answer is shown once, in `services`; the rest names it by its slug.
REFERRALS: LiteralString = """
<as of>
<found place>
<found needs>
WITH directory, as_of, found, needs, scores, head(needs) AS needed,
     <here> AS here, <around> AS around
WITH *, <commissioners> AS commissioners
WITH *, <registered> AS registered, <any ranks> AS any_ranks, COLLECT {
  MATCH (service:Service {reach: 'PLACE'})
  WHERE service.slug IN $asked.too_far
  RETURN min(point.distance(service.point, here))
}[0] AS too_far
WITH *, <ranked> AS ranked
WITH *, <wanted> AS wanted<only type>
<candidates>
WITH *, EXISTS {
  MATCH (needed)-[:NARROWER_THAN*0..6]->(:Need {code: 'emergency-department-care'})
} AS for_a_department
WITH *, $asked.always OR size(options) < 5 OR for_a_department
  OR needed.code IN $asked.emergency_types
  OR any(position IN range(0, size(needs) - 1)
    WHERE needs[position].emergency AND scores[position] >= $asked.likely_meant)
  AS always
CALL (around, always) {
  MATCH (service)-[met:MEETS_IN]->()
  WHERE always AND met.number IN COLLECT {
    UNWIND around AS area
    MATCH (line:ServiceType)
    WHERE line.code IN ['130', '138'] AND area.number IS NOT NULL
    RETURN 100000 * line.number + area.number
  }
  RETURN collect(DISTINCT {service: service}) AS lines
}
<departments>
WITH *, options + missed_at_hand + misses AS candidates
CALL (candidates) {
  UNWIND candidates AS candidate
  WITH DISTINCT candidate.service AS service
  WHERE service.facts[4] = 1 AND coalesce(service.accepts <> 'ANYONE', true)
  MATCH way = (first:Service)-[:REFERS_ON_TO*1..4]->(service)
  WITH service, way ORDER BY length(way), first.slug
  WITH service, collect(nodes(way))[..20] AS ways
  RETURN collect(ways) AS ways
}
WITH *, [each IN candidates + lines + departments | each.service]
  + COLLECT { MATCH (service:Service) WHERE service.slug IN $asked.refused RETURN service }
  + reduce(all = [], of_one IN ways | all + reduce(some = [], way IN of_one | some + way))
  AS chosen
<services>
RETURN {
  directory: directory {.as_of, .historical},
  as_of: as_of,
  places: <places>,
  needs: [position IN range(0, size(needs) - 1) | {
    code: needs[position].code, name: needs[position].name,
    synonyms: coalesce(needs[position].synonyms, []),
    emergency: coalesce(needs[position].emergency, false),
    score: scores[position]
  }],
  for_a_department: for_a_department,
  wanted: wanted,
  offered: offered,
  options: [each IN options | [each.service.slug, each.key]],
  unread: unread,
  missed_at_hand: [each IN missed_at_hand | [each.service.slug, each.key]],
  misses: [each IN misses | [each.service.slug, each.key]],
  refused: <refused>,
  always: always,
  lines: [each IN lines | [each.service.slug, null]],
  departments: [each IN departments | [each.service.slug, each.metres]],
  ways: [of_one IN ways | [way IN of_one | [service IN way | service.slug]]],
  practice: <practice>
} AS row
"""


ONLY_TYPE: LiteralString = """, head(COLLECT {
  MATCH (type:ServiceType {code: $asked.only_type}) RETURN type.number
}) AS only_type"""


def referrals_by(place: str, need: str, *, of_one_type: bool = False) -> LiteralString:
    """The question for one way of naming the place and one of naming the need."""
    kind = "type" if need == "type" else "need"
    return compose(
        with_registration(with_place(REFERRALS, place))
        .replace("<found needs>", NEEDS_BY[need])
        .replace("<wanted>", WANTED_BY[kind])
        .replace("<only type>", ONLY_TYPE if of_one_type else "")
        .replace("<candidates>", candidates_by(kind, of_one_type=of_one_type))
        .replace("<departments>", looking(DEPARTMENTS))
        .replace("<services>", OFFERED_SERVICES)
        .replace("<refused>", REFUSED)
    )


REFERRALS_BY: dict[tuple[str, str], LiteralString] = {
    (place, need): referrals_by(place, need)
    for place, need in product(PLACES_BY, NEEDS_BY)
}

# Among services of one type: asked of a postcode and the code of a need (graph_model/each_type.py).
REFERRALS_OF_TYPE: LiteralString = referrals_by("postcode", "code", of_one_type=True)

# How many more are read than are wanted, and how many more of the best kind a search is content with, since some of what
# is read turns out not to fit; how many times more where these do not suffice, and the number at which all of a directory
# has been read. Of the national sample's cases one in forty is read twice.
MARGIN = 10
SPARE = 5
WIDENING = 4
EVERYTHING = 10_000


async def referral_answer(
    driver: AsyncDriver,
    case: Case,
    as_of: date | None,
    first: int = 10,
    *,
    with_near_misses: bool = True,
) -> AnswerRow:
    """The options for a case, each with its reasons and sources, in one round trip.

    `as_of` None means the local date of `case.at`, or else the directory's own date. At most `first`
    options and as many near misses. Raises BadUserInput, PlaceNotFound, NeedNotFound or ServiceNotFound.
    """
    judged = await judged_referrals(
        driver, case, as_of, first, with_near_misses=with_near_misses
    )
    return answer_of(judged, first)


async def judged_referrals(
    driver: AsyncDriver,
    case: Case,
    as_of: date | None,
    first: int,
    *,
    with_near_misses: bool = True,
    only_type: str | None = None,
) -> JudgedCase:
    """A case with its candidates judged and in order, of which the first `first` that fit are surely the best.

    `only_type` is a type's code: only services of it count; the case then names a postcode and the code of a need.

    Where so much of what was read turns out not to fit that what was left unread might come before it, more
    is read: the answer is the same as if everything had been judged.
    """
    check(case, first)
    if as_of is None and case.at is not None:
        as_of = case.at.astimezone(LONDON).date()
    cypher, asked = REFERRALS_BY[case.place.kind, case.need_kind], question(case, as_of)
    if only_type is not None:
        cypher, asked = REFERRALS_OF_TYPE, asked | {"only_type": only_type}
    # What was refused is read and judged too, so that the answer can say what it changed.
    most, always = first + MARGIN + len(case.refused), False
    while True:
        most_misses = most if with_near_misses else 0
        limits = {
            "most": most,
            "most_misses": most_misses,
            "enough": most - MARGIN + SPARE,
        }
        rows = await read(driver, cypher, **asked, **limits, always=always)
        found = await found_or_error(driver, case, rows)
        await refuse_unknown_refused(driver, case, found)
        judged = judged_case(case, found)
        if most > EVERYTHING or is_complete(
            judged, first, most=most, most_misses=most_misses
        ):
            return judged
        most, always = most * WIDENING, True


async def refuse_unknown_refused(driver: AsyncDriver, case: Case, found: Row) -> None:
    """Raises ServiceNotFound where the case says that a service was refused which is not there."""
    held = {service["slug"] for service in found["refused"]}
    for each in case.refused:
        if each.service not in held:
            raise await service_not_found(driver, each.service)


def question(case: Case, as_of: date | None) -> dict[str, Any]:
    """The parameters of the question, but for how much is to be read."""
    within_m = 1000.0 * case.within_km
    return {
        "as_of": as_of,
        "need": case.need_code or case.service_type,
        **asdict(wording(case.need_text or "")),
        "most_needs": MOST_NEEDS,
        "age_days": case.age_days,
        "sex": bit_of(case.sex, SEXES),
        "role": bit_of(case.referrer, list(ROLES)),
        "gp_practice": case.gp_practice,
        "time_asked": case.time_asked,
        "refused": [each.service for each in case.refused],
        "too_far": [each.service for each in case.refused if each.reason in TOO_FAR],
        "home_visit": any(each.reason == HOME_VISIT for each in case.refused),
        "within_m": within_m,
        "rings_of_misses": rings(within_m, 2 * within_m),
        "rings_of_departments": rings(1000 * FALLBACK_KM),
        "emergency_types": sorted(EMERGENCY_TYPES),
        "likely_meant": LIKELY_MEANT,
        **case.place.params(),
    }


async def plan_ahead(driver: AsyncDriver) -> None:
    """Have Neo4j plan the question in each of its ways, which takes seconds for each.

    Whoever is first to name a place and a need in another way then need not wait. Asked of nowhere, for nothing.
    """
    nowhere = {"codes": [], "namings": [], "names": "nowhere", "point": point_of(0, 0)}
    nothing = Case(PlaceQuestion(name="nowhere"), need_text="nothing")
    asked = question(nothing, None) | nowhere
    for cypher in (*REFERRALS_BY.values(), REFERRALS_OF_TYPE):
        limits = {"most": 1, "most_misses": 1, "enough": 1}
        await read(driver, cypher, **asked, **limits, always=False)


async def found_or_error(driver: AsyncDriver, case: Case, rows: list[Row]) -> Row:
    """What the database found. Raises an error that says what was not there."""
    if not rows or rows[0]["directory"] is None:
        raise DirectoryUnavailable(
            "This Neo4j holds no directory yet. Load one with `signpost seed`."
        )
    found = rows[0]
    if not found["places"]:
        raise await place_not_found(driver, case.place)
    if not found["needs"]:
        asked = case.need_code or case.need_text or case.service_type or ""
        raise NeedNotFound(
            f"No need in the directory fits {asked[:80]!r}. Use other words, a code that "
            "needs(matching: …) gives, or a service type that serviceTypes gives. Where a "
            "life may be at risk, call 999."
        )
    return found


__all__ = ["AnswerRow", "Case", "judged_referrals", "plan_ahead", "referral_answer"]
