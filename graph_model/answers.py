"""The answer to a case: the candidates judged, put in order and explained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Any, TypedDict

from graph_model.cases import Case
from graph_model.directory import notice_of
from graph_model.emergencies import (
    NHS_111,
    emergency_advice,
    emergency_of,
)
from graph_model.matching.case import Person, Row, Setting
from graph_model.matching.criteria import (
    hours_of_service,
    judge_contract,
    judged,
)
from graph_model.matching.gateways import Gateways
from graph_model.matching.opening import LONDON, open_state
from graph_model.matching.ranking import (
    EMERGENCY_CALL,
    EMERGENCY_DEPARTMENT,
    FOR_A_DEPARTMENT,
    IN_AN_EMERGENCY,
    failed,
    order,
    standing,
    why_here,
)
from graph_model.matching.refusals import NO_WISHES, Wishes
from graph_model.matching.routes import Route, route_to
from graph_model.offered import needs_met, offered_services
from graph_model.places import here_of, place_of
from graph_model.refusals import refusal_rows, what_changed, wishes_in
from graph_model.responsibility import ranks_by, registration_of, responsible_for
from graph_model.rows import (
    MethodRow,
    NearMissRow,
    NeedRow,
    OpenStateRow,
    OptionRow,
    PlaceRow,
    RefusalRow,
    ResponsibilityRow,
)

# The searches of graph_model/candidates.py.
SEARCHES = ("options", "missed_at_hand", "misses")
LEVEL, RANK = 3, 5  # where a key says how the need is met, and its type's rank


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
    refused: list[RefusalRow]
    what_changed: str | None


@dataclass(frozen=True)
class JudgedCase:
    """A case with what was found for it, and its candidates judged and in order."""

    case: Case
    found: Row
    setting: Setting
    services: Mapping[str, Row]
    emergency: bool
    first_types: Sequence[str]  # DoS service types that come before all others
    wishes: Wishes
    candidates: list[Row]
    refused: list[Row]  # those that were judged too
    responsible: ResponsibilityRow
    place: PlaceRow

    @cached_property
    def fitting(self) -> list[Row]:
        """The candidates of which nothing fails."""
        return [each for each in self.candidates if not failed(each["criteria"])]


def judged_case(case: Case, found: Row) -> JudgedCase:
    """Judge what was found for a case, and put it in order."""
    as_of: date = found["as_of"]
    place = place_of(case.place, found["places"])
    assert place is not None  # found_or_error has seen to that
    responsible = responsible_for(case, found, place)
    setting = Setting(
        Person(case.age_days, case.sex, case.gp_practice, case.referrer),
        here_of(case.place, found["places"]),
        as_of,
        moment(case.at, as_of),
        case.within_km,
        time_asked=case.time_asked,
        within_minutes=case.within_minutes,
        registration=registration_of(found["practice"]),
        ranks=ranks_by(responsible, found),
    )
    services = offered_services(found["offered"], as_of)
    emergency = emergency_of(case, found)
    first_types = (
        IN_AN_EMERGENCY
        if emergency
        else FOR_A_DEPARTMENT
        if found["for_a_department"]
        else ()
    )
    gateways = Gateways(services, setting)
    offered = [
        judged_candidate(candidate, gateways)
        for candidate in candidates_of(case, found, services, emergency)
    ]
    wishes = wishes_in(case, found)
    refused = {each.service for each in case.refused}
    candidates = [each for each in offered if each["slug"] not in refused]
    candidates.sort(key=lambda candidate: order(candidate, first_types, wishes))
    return JudgedCase(
        case,
        found,
        setting,
        services,
        emergency,
        first_types,
        wishes,
        candidates,
        [each for each in offered if each["slug"] in refused],
        responsible,
        place,
    )


def candidates_of(
    case: Case, found: Row, services: Mapping[str, Row], emergency: bool
) -> list[Row]:
    """The candidates, each once: how it meets the need, how far it is, and the ways to it."""
    matches = ["TYPE"] if case.need_kind == "type" else ["EXACT", "BROADER", "NARROWER"]
    numbers = needs_met(found["offered"], found["as_of"])
    ways = {way[-1]: of_one for of_one in found["ways"] for way in of_one[:1]}
    candidates: dict[str, Row] = {}
    for search in SEARCHES:
        for slug, key in found[search]:
            level, metres = key[LEVEL], key[-1]
            candidates.setdefault(
                slug,
                {
                    "slug": slug,
                    "match": matches[level],
                    "met": [
                        need["name"]
                        for need in found["wanted"]
                        if need["match"] == level
                        and need["number"] in numbers.get(slug, ())
                    ],
                    "distance_km": distance_km(services[slug], metres),
                    "nearness_km": metres / 1000,
                    "chains": ways.get(slug, []),
                },
            )
    first = [*found["lines"], *found["departments"]]
    for slug, metres in first if emergency else ():
        if services[slug]["type"]["code"] != NHS_111:
            candidates.setdefault(slug, always_there(slug, metres, "EMERGENCY"))
    leading = {slug for slug, _ in first}
    return [
        {**candidate, "leads": candidate["slug"] in leading}
        for candidate in candidates.values()
    ]


def distance_km(service: Row, metres: float) -> float | None:
    """How far a service is from the place; None where it comes to people."""
    return metres / 1000 if service["reach"] == "PLACE" else None


def always_there(slug: str, metres: float | None, match: str) -> Row:
    """999, NHS 111 or an emergency department as a candidate for whatever is needed."""
    return {
        "slug": slug,
        "match": match,
        "met": [],
        "distance_km": None if metres is None else metres / 1000,
        "nearness_km": (metres or 0.0) / 1000,
        "chains": [],
        "leads": False,
    }


def is_complete(judged: JudgedCase, first: int, *, most: int, most_misses: int) -> bool:
    """Whether nothing that was left unread could come into the answer.

    `most` and `most_misses` are how much each search was allowed to give
    (graph_model/candidates.py).
    """
    found, fitting = judged.found, judged.fitting
    if not fitting and not found["always"]:
        return False
    unread: list[list[float]] = [*found["unread"]]
    if len(found["options"]) >= most:
        unread.append(found["options"][-1][1])
    if unread and not (
        len(fitting) >= first and stands_before(fitting[first - 1], min(unread), judged)
    ):
        return False
    missed = near_misses(judged.candidates)[:first]
    return all(
        len(missed) == first
        and 1000 * missed[-1]["nearness_km"] <= found[search][-1][1][-1]
        for search in ("missed_at_hand", "misses")
        if 0 < most_misses <= len(found[search])
    )


def stands_before(candidate: Row, bound: list[float], judged: JudgedCase) -> bool:
    """Whether a candidate stands before all whose key is not below the bound."""
    leading, *place = order(candidate, judged.first_types, judged.wishes)
    if leading < len(judged.first_types):
        return True
    *key, nearness_km, _ = place
    key[LEVEL] = [0, 0, 0, 1, 2, 2][key[LEVEL]]
    if judged.case.need_kind == "type":
        # Whoever turns out to be responsible ranks all of one type alike.
        bound = [*bound[:RANK], key[RANK], *bound[RANK + 1 :]]
    return [*key, 1000 * nearness_km] <= bound


def answer_of(judged: JudgedCase, first: int) -> AnswerRow:
    """Put the answer together."""
    case, found, setting = judged.case, judged.found, judged.setting
    is_type = case.need_kind == "type"
    fitting = judged.fitting
    return {
        "notice": notice_of(found["directory"]),
        "emergency_advice": emergency_advice(
            judged.emergency, found, judged.services, setting
        ),
        "responsible": judged.responsible,
        "as_of": setting.as_of,
        "at": setting.at,
        "place": judged.place,
        "need": None if is_type else found["needs"][0],
        "other_needs": [] if is_type else found["needs"][1:],
        "options": options_of(
            fitting[:first], setting, judged.first_types, judged.wishes
        ),
        "near_misses": [miss_row(each) for each in near_misses(judged.candidates)][
            :first
        ],
        "fallback": [] if fitting else fallback_of(judged),
        "refused": refusal_rows(case, judged.services),
        "what_changed": what_changed(
            case,
            judged.services,
            [*judged.candidates, *judged.refused],
            fitting,
            judged.first_types,
        ),
    }


def moment(at: datetime | None, as_of: date) -> datetime:
    """When the person will be seen: as asked, or else on the day at the present time of day."""
    if at is not None:
        return at
    now = datetime.now(LONDON)
    on_the_day = datetime.combine(as_of, time(now.hour, now.minute), LONDON)
    return on_the_day.astimezone(UTC)


def judged_candidate(candidate: Row, gateways: Gateways) -> Row:
    """A candidate with its service, its route and its criteria."""
    setting, services = gateways.setting, gateways.services
    service = services[candidate["slug"]]
    chains = candidate.get("chains", [])
    route = route_to(service, setting.person.referrer, chains, services, gateways)
    judged_row = {
        **candidate,
        "service": service,
        "route": route,
        "time_asked": setting.time_asked,
        **standing(service, setting),
    }
    return {**judged_row, "criteria": judged(judged_row, setting, route)}


def options_of(
    candidates: list[Row],
    setting: Setting,
    first_types: Sequence[str] = (),
    wishes: Wishes = NO_WISHES,
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
            "why_here": why_here(candidate, first_types, wishes),
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


def near_misses(candidates: list[Row]) -> list[Row]:
    """The candidates that would fit but for exactly one criterion, nearest first.

    What does not meet the need or does not run on the day is no near miss.
    """
    misses = []
    for candidate in candidates:
        fails = failed(candidate["criteria"])
        if len(fails) == 1 and fails[0]["kind"] not in {"ACTIVE", "NEED"}:
            misses.append(candidate)
    misses.sort(key=lambda each: (each["nearness_km"], each["slug"]))
    return misses


def miss_row(candidate: Row) -> NearMissRow:
    """A near miss as it is shown."""
    return {
        "service": candidate["service"],
        "distance_km": rounded(candidate["distance_km"]),
        "failed": failed(candidate["criteria"])[0],
        "criteria": candidate["criteria"],
    }


def fallback_of(judged: JudgedCase) -> list[OptionRow]:
    """What is always there: NHS 111 (where there is none, 999), and emergency departments.

    The DoS's catch-all: the nearest two within 60 km, where nothing else is left.
    """
    setting = judged.setting
    gateways = Gateways(judged.services, setting)
    refused = {each.service for each in judged.case.refused}
    always = [
        judged_candidate(always_there(slug, metres, "FALLBACK"), gateways)
        for slug, metres in [*judged.found["lines"], *judged.found["departments"]]
        if slug not in refused
    ]
    left = [each for each in always if not failed(each["criteria"])]
    left.sort(key=order)
    by_type: dict[str, list[Row]] = {
        NHS_111: [],
        EMERGENCY_CALL: [],
        EMERGENCY_DEPARTMENT: [],
    }
    for each in left:
        by_type[each["service"]["type"]["code"]].append(each)
    telephone = (by_type[NHS_111] or by_type[EMERGENCY_CALL])[:1]
    return options_of([*telephone, *by_type[EMERGENCY_DEPARTMENT][:2]], setting)
