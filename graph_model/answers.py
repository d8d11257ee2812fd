"""The answer to a case: the candidates judged, put in order and explained."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, TypedDict

from graph_model.cases import Case
from graph_model.directory import notice_of
from graph_model.emergencies import (
    NHS_111,
    calls_for_a_department,
    emergency_advice,
    emergency_of,
    emergency_services,
)
from graph_model.matching.case import Person, Row, Setting
from graph_model.matching.criteria import (
    hours_of_service,
    judge_active,
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
from graph_model.places import here_of, place_of
from graph_model.responsibility import responsible_for
from graph_model.rows import (
    MethodRow,
    NearMissRow,
    NeedRow,
    OpenStateRow,
    OptionRow,
    PlaceRow,
    ResponsibilityRow,
)


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
