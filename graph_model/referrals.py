"""The main question: the referral options for a case, best first."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from itertools import product
from typing import Any, LiteralString, TypedDict

from neo4j import AsyncDriver

from graph_model.cards import compose
from graph_model.database import read
from graph_model.directory import notice_of
from graph_model.errors import (
    BadUserInput,
    DirectoryUnavailable,
    NeedNotFound,
    PlaceNotFound,
)
from graph_model.matching.case import Here, Person, Row, Setting
from graph_model.matching.criteria import (
    hours_of_service,
    judge_active,
    judge_age,
    judge_area,
    judge_contract,
    judge_opening,
    judged,
)
from graph_model.matching.opening import LONDON, open_state
from graph_model.matching.ranking import (
    EMERGENCY_CALL,
    EMERGENCY_DEPARTMENT,
    FOR_A_DEPARTMENT,
    IN_AN_EMERGENCY,
    failed,
    order,
    why_here,
)
from graph_model.matching.routes import Route, route_to
from graph_model.matching.verdicts import FAIL, PASS, all_of
from graph_model.needs import NEEDS_MEANT
from graph_model.places import (
    PLACES,
    PLACES_BY,
    PlaceQuestion,
    commissioner_of,
    here_of,
    place_of,
    point_of,
)
from graph_model.rows import (
    MethodRow,
    NearMissRow,
    NeedRow,
    OpenStateRow,
    OptionRow,
    PlaceRow,
    ResponsibilityRow,
)
from graph_model.wording import wording

# ODS: a letter for the region, five digits; newer ones begin with Y.
GP_PRACTICE_CODE = re.compile(r"[A-Z][0-9]{5}")
MOST_KM = 200.0  # beyond that a search is for another place
FALLBACK_KM = 60.0  # how far the DoS looks for an emergency department as a catch-all
MOST_CANDIDATES = 300
MOST_NEEDS = 5  # the need that was understood and the runners-up


@dataclass(frozen=True)
class Case:
    """A referral case: a place, exactly one way of naming the need, and what else is known.

    `age_days` is in days (the DoS's conversion), `within_km` in kilometres in a straight line, `at` a moment with a
    time zone.
    """

    place: PlaceQuestion
    need_code: str | None = None
    need_text: str | None = None
    service_type: str | None = None
    age_days: int | None = None
    sex: str | None = None
    gp_practice: str | None = None
    referrer: str | None = None
    at: datetime | None = None
    within_km: float = 60.0

    @property
    def need_kind(self) -> str:
        """By what the need is named; raises BadUserInput where it is not exactly one thing."""
        given = {
            "code": self.need_code,
            "text": self.need_text,
            "type": self.service_type,
        }
        kinds = [kind for kind, value in given.items() if value is not None]
        if len(kinds) != 1:
            raise BadUserInput(
                f"The need was given by {' and '.join(kinds) or 'nothing'}. Give exactly "
                "one: a code, a text or a serviceType."
            )
        return kinds[0]


class AnswerRow(TypedDict):
    """The answer to a case."""

    notice: str | None
    emergency_advice: str | None
    responsible: ResponsibilityRow
    as_of: date
    at: datetime
    place: PlaceRow
    need: NeedRow | None
    other_needs: list[NeedRow]  # what else the words may mean, best first
    options: list[OptionRow]
    near_misses: list[NearMissRow]
    fallback: list[OptionRow]


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


def check(case: Case, first: int) -> None:
    """Refuse what cannot be asked. Raises BadUserInput."""
    if not 1 <= first <= 50:
        raise BadUserInput(f"first is {first}. Ask for 1 to 50 options.")
    if not 0 < case.within_km <= MOST_KM:
        raise BadUserInput(
            f"withinKm is {case.within_km:g}. Give more than 0 and at most {MOST_KM:g} km."
        )
    if case.gp_practice and not GP_PRACTICE_CODE.fullmatch(case.gp_practice):
        raise BadUserInput(
            f"gpPractice {case.gp_practice[:20]!r} is not a GP practice's ODS code. A code "
            "has a letter and five digits, such as 'M84001'."
        )
    if case.need_kind == "text" and not wording(case.need_text or "").words:
        raise BadUserInput(
            "The need's text has no word in it. Say in a few words what the person needs."
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


def answer_of(case: Case, found: Row, first: int) -> AnswerRow:
    """Judge the candidates and put the answer together."""
    as_of: date = found["as_of"]
    here = here_of(case.place, found["places"])
    person = Person(case.age_days, case.sex, case.gp_practice, case.referrer)
    setting = Setting(
        person,
        here,
        as_of,
        moment(case.at, as_of),
        case.within_km,
        time_asked=case.at is not None,
    )
    services = {service["slug"]: service for service in found["services"]}
    emergency = emergency_of(case, found)
    asked_for = [
        *found["candidates"],
        *(emergency_services(found) if emergency else []),
    ]
    candidates = [
        judged_candidate(candidate, setting, services) for candidate in asked_for
    ]
    first_types = (
        IN_AN_EMERGENCY
        if emergency
        else FOR_A_DEPARTMENT
        if calls_for_a_department(found)
        else ()
    )
    candidates.sort(key=lambda candidate: order(candidate, first_types))
    fitting = [each for each in candidates if not failed(each["criteria"])]
    place = place_of(case.place, found["places"])
    assert place is not None  # found_or_error has seen to that
    is_type = case.need_kind == "type"
    return {
        "notice": notice_of(found["directory"]),
        "emergency_advice": emergency_advice(emergency, found, services, setting),
        "responsible": responsible_for(case, found, place),
        "as_of": as_of,
        "at": setting.at,
        "place": place,
        "need": None if is_type else found["needs"][0],
        "other_needs": [] if is_type else found["needs"][1:],
        "options": options_of(fitting[:first], setting, first_types),
        "near_misses": near_misses_of(candidates)[:first],
        "fallback": [] if fitting else fallback_of(found, setting, services),
    }


def moment(at: datetime | None, as_of: date) -> datetime:
    """When the person will be seen: as asked, or else on the day at the present time of day."""
    if at is not None:
        return at
    now = datetime.now(LONDON)
    return datetime.combine(as_of, time(now.hour, now.minute), LONDON)


NHS_111 = "130"  # DoS service types

# From this score on a need may well be what the words mean (docs/finding-needs.md).
LIKELY_MEANT = 0.55
EMERGENCY_TYPES = {"40", "105", "120", "121", "122", "138"}  # of the DoS


def emergency_of(case: Case, found: Row) -> bool:
    """Whether the need, the words for it or the service type call for 999.

    Words that may well mean an emergency are taken for one.
    """
    if case.need_kind == "type":
        return case.service_type in EMERGENCY_TYPES
    return any(
        need["emergency"] and need["score"] >= LIKELY_MEANT for need in found["needs"]
    )


def calls_for_a_department(found: Row) -> bool:
    """Whether the need that was understood is one for an emergency department."""
    return bool(found["needs"][0].get("department"))


def emergency_services(found: Row) -> list[Row]:
    """999 and the nearest emergency departments, where the need did not find them already."""
    here = {candidate["slug"] for candidate in found["candidates"]}
    return [
        {**each, "match": "EMERGENCY", "met": [], "chains": []}
        for each in [*found["lines"], *found["departments"]]
        if each["slug"] not in here and each["type"] != NHS_111
    ]


def emergency_advice(
    emergency: bool, found: Row, services: Mapping[str, Row], setting: Setting
) -> str | None:
    """What to do first in an emergency, or where the need is for an emergency department."""
    if emergency:
        return f"If this may be an emergency, call 999 now. {nearest(found, services, setting)}"
    if calls_for_a_department(found):
        return (
            "This calls for an emergency department; call 999 where getting there is not "
            f"safe. {nearest(found, services, setting)}"
        )
    return None


def nearest(found: Row, services: Mapping[str, Row], setting: Setting) -> str:
    """The nearest emergency department that is not known to be closed or for others."""
    for department in found["departments"]:
        service = services[department["slug"]]
        verdicts = [
            judge_active(service, setting.as_of),
            judge_age(service, setting),
            judge_opening(service, setting),
        ]
        if not failed(verdicts):
            return (
                "The nearest emergency department that the directory knows is "
                f"{service['name']}, {department['distance_km']:.1f} km away."
            )
    return "The directory knows no emergency department within 60 km."


def judged_candidate(
    candidate: Row, setting: Setting, services: Mapping[str, Row]
) -> Row:
    """A candidate with its service, its route and its criteria."""
    service = services[candidate["slug"]]
    chains = candidate.get("chains", [])
    verdicts = {
        slug: lets_through(services[slug], setting)
        for slug in {step for chain in chains for step in chain[:-1]}
    }
    route = route_to(service, setting.person.referrer, chains, services, verdicts)
    judged_row = {
        **candidate,
        "service": service,
        "route": route,
        "time_asked": setting.time_asked,
    }
    return {**judged_row, "criteria": judged(judged_row, setting, route)}


def lets_through(gateway: Row, setting: Setting) -> str:
    """The verdict whether people get on from a service: it runs, is for this place, and is not closed.

    That its hours are not known is no doubt about the way: it would say the same of every way.
    """
    closed = judge_opening(gateway, setting)["verdict"] == FAIL
    return all_of(
        [
            judge_active(gateway, setting.as_of)["verdict"],
            judge_area(gateway, setting)["verdict"],
            FAIL if closed else PASS,
        ]
    )


def options_of(
    candidates: list[Row], setting: Setting, first_types: Sequence[str] = ()
) -> list[OptionRow]:
    """The candidates that fit, as options in their order."""
    return [
        {
            "rank": rank,
            "service": candidate["service"],
            "distance_km": rounded(candidate["distance_km"]),
            "open": open_row(candidate["service"], setting.at),
            "criteria": candidate["criteria"],
            "contract": judge_contract(candidate["service"], setting.as_of)[1],
            "route": list(candidate["route"].services),
            "how_to_refer": how_to_refer(candidate["route"]),
            "why_here": why_here(candidate, first_types),
        }
        for rank, candidate in enumerate(candidates, start=1)
    ]


def rounded(distance_km: float | None) -> float | None:
    """A distance as it is shown: no service's point is known to more than ten metres."""
    return None if distance_km is None else round(distance_km, 2)


def open_row(service: Row, at: datetime) -> OpenStateRow:
    """Whether a service is open at a moment, as it is shown."""
    state = open_state(hours_of_service(service), at)
    return {
        "open_now": state.open_now,
        "opens_at": state.opens_at,
        "closes_at": state.closes_at,
        "reason": state.reason,
    }


def how_to_refer(route: Route) -> list[MethodRow]:
    """What to do now: turn to the first service on the way, and ask for the last."""
    contact, target = route.services[0], route.services[-1]
    onward = "" if contact is target else f" Ask for {target['name']}."
    # What a source says of referring is said to patients, who begin at NHS 111.
    from_the_start = contact is target or contact["type"]["code"] == NHS_111
    stated = target["how_to_refer"] if from_the_start else None
    methods: list[MethodRow] = []
    if contact["telephone"]:
        telephone = f"Telephone {contact['name']} on {contact['telephone']}.{onward}"
        instructions = stated or telephone
        methods.append(method("TELEPHONE", contact["telephone"], instructions, contact))
    elif stated:
        methods.append(method("TELEPHONE", None, stated, target))
    location = contact["location"]
    if contact["reach"] == "PLACE" and contact["accepts"] == "ANYONE" and location:
        address = ", ".join(filter(None, [*location["address"], location["postcode"]]))
        methods.append(method("WALK_IN", address, f"Go to {contact['name']}.", contact))
    if not methods:
        unknown = f"No source says how to refer to {contact['name']}.{onward}"
        methods.append(method("TELEPHONE", None, unknown, contact))
    return methods


def method(
    connection: str, address: str | None, instructions: str, service: Any
) -> MethodRow:
    """One way to refer."""
    return {
        "connection": connection,
        "address": address,
        "instructions": instructions,
        "service": service,
    }


def near_misses_of(candidates: list[Row]) -> list[NearMissRow]:
    """The candidates that would fit but for exactly one criterion.

    What does not meet the need or does not run on the day is no near miss.
    """
    misses: list[NearMissRow] = []
    for candidate in candidates:
        fails = failed(candidate["criteria"])
        if len(fails) == 1 and fails[0]["kind"] not in {"ACTIVE", "NEED"}:
            misses.append(
                {
                    "service": candidate["service"],
                    "distance_km": rounded(candidate["distance_km"]),
                    "failed": fails[0],
                    "criteria": candidate["criteria"],
                }
            )
    return misses


def fallback_of(
    found: Row, setting: Setting, services: Mapping[str, Row]
) -> list[OptionRow]:
    """What is always there: NHS 111 (where there is none, 999), and emergency departments.

    The DoS's catch-all: the nearest two within 60 km, where nothing else is left.
    """
    always = [
        judged_candidate({**each, "match": "FALLBACK", "met": []}, setting, services)
        for each in [*found["lines"], *found["departments"]]
    ]
    left = [each for each in always if not failed(each["criteria"])]
    left.sort(key=order)
    by_type: dict[str, list[Row]] = {
        NHS_111: [],
        EMERGENCY_CALL: [],
        EMERGENCY_DEPARTMENT: [],
    }
    for each in left:
        by_type[each["type"]].append(each)
    telephone = (by_type[NHS_111] or by_type[EMERGENCY_CALL])[:1]
    return options_of([*telephone, *by_type[EMERGENCY_DEPARTMENT][:2]], setting)


def responsible_for(case: Case, found: Row, place: PlaceRow) -> ResponsibilityRow:
    """Who commissions for this person: by the GP registration, and only without it by the place."""
    if case.gp_practice is not None:
        return responsible_by_practice(case.gp_practice, found["practice"], place)
    organisation = place["commissioner"]
    sources = [
        each["source"] for each in found["places"][0]["responsible"] if each["source"]
    ]
    return {
        "organisation": organisation,
        "by": "PLACE" if organisation else "UNKNOWN",
        "explanation": f"No GP practice was given, so the place counts. {place['explanation']}",
        "sources": sources,
    }


def responsible_by_practice(
    code: str, practice: Row | None, place: PlaceRow
) -> ResponsibilityRow:
    """Who commissions for the patients of a GP practice, and whether the place says otherwise."""
    by_place = place["commissioner"]
    if practice is None or not practice["responsible"]:
        guess = (
            f" {place['name']} lies in the area of {by_place['name']}."
            if by_place
            else ""
        )
        return {
            "organisation": None,
            "by": "UNKNOWN",
            "explanation": "The person's GP practice decides, and the directory does not know who "
            f"commissions for the patients of {code}.{guess}",
            "sources": [],
        }
    organisation, _ = commissioner_of(practice["responsible"], practice["name"])
    name = organisation["name"] if organisation else "more than one organisation"
    words = f"{practice['name']} ({code}) is a practice of {name}."
    if by_place and organisation and by_place["slug"] != organisation["slug"]:
        words += (
            f" The place lies in the area of {by_place['name']}: the two differ, and the "
            "registration counts."
        )
    return {
        "organisation": organisation,
        "by": "GP_REGISTRATION" if organisation else "UNKNOWN",
        "explanation": words,
        "sources": [
            each["source"] for each in practice["responsible"] if each["source"]
        ],
    }


__all__ = ["AnswerRow", "Case", "Here", "referral_answer"]
