"""A step of a plan: its candidates judged as the main question judges them, and what is said where none takes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graph_model.answers import (
    JudgedCase,
    always_there,
    distance_km,
    is_complete,
    judged_candidate,
    options_of,
)
from graph_model.cases import Case
from graph_model.emergencies import EMERGENCY_TYPES
from graph_model.matching.case import ROLES, Row, Setting
from graph_model.matching.entry import Entry
from graph_model.matching.gateways import Gateways
from graph_model.matching.plan import (
    GAP,
    IN_DOUBT,
    NOT_FOR_THIS_PERSON,
    TAKEN,
    Lack,
    kinds,
    lack_of,
)
from graph_model.matching.ranking import (
    EMERGENCY_CALL,
    EMERGENCY_DEPARTMENT,
    IN_AN_EMERGENCY,
    doubts,
    failed,
    order,
)
from graph_model.matching.refusals import NO_WISHES
from graph_model.matching.routes import takes
from graph_model.matching.verdicts import FAIL, PASS
from graph_model.plan_rows import PlannedStepRow
from graph_model.plan_ways_round import ways_round
from graph_model.rows import (
    OptionRow,
    PathwayRow,
    PlaceRow,
    ResponsibilityRow,
    StepRow,
)

MOST_ALTERNATIVES = 3
LEVEL, METRES = 3, -1  # where a key says how the need is met, and how far it is


@dataclass(frozen=True)
class Found:
    """What a round trip found: the services by slug, the numbers of the needs that each meets, and for whom."""

    row: Row
    services: Mapping[str, Row]
    met: Mapping[str, frozenset[int]]
    setting: Setting
    responsible: ResponsibilityRow
    place: PlaceRow


@dataclass(frozen=True)
class Search:
    """What was found for a target; `settled`: nothing that was left unread could change its first options."""

    row: Row
    judged: JudgedCase
    settled: bool


def target_of(step: StepRow) -> str:
    """What a step calls for: a type, and the needs that the service must meet (graph_model/plan_question.py)."""
    needs = sorted(need["code"] for need in step["needs"])
    return " ".join([step["service_type"]["code"], *needs])


def judged_step(case: Case, search: Row, found: Found, most: int | None) -> Search:
    """Judge the candidates for a target, and put them in order. `most` None: everything was read."""
    first_types = IN_AN_EMERGENCY if case.service_type in EMERGENCY_TYPES else ()
    gateways = Gateways(found.services, found.setting)
    candidates = [
        judged_candidate(candidate, gateways)
        for candidate in candidates_of(case, search, found)
    ]
    candidates.sort(key=lambda each: order(each, first_types, NO_WISHES))
    judged = JudgedCase(
        case,
        {**search, "always": True},
        found.setting,
        found.services,
        bool(first_types),
        first_types,
        NO_WISHES,
        candidates,
        [],
        found.responsible,
        found.place,
    )
    enough = 1 + MOST_ALTERNATIVES
    settled = most is None or is_complete(judged, enough, most=most, most_misses=0)
    return Search(search, judged, settled)


def candidates_of(case: Case, search: Row, found: Found) -> list[Row]:
    """The candidates of the type that meet the needs, each once."""
    ways = {way[-1]: of_one for of_one in found.row["ways"] for way in of_one[:1]}
    keys = {
        slug: key
        for name in ("misses", "missed_at_hand", "options")
        for slug, key in search[name]
    }
    departments: dict[str, float] = {}
    if case.service_type == EMERGENCY_DEPARTMENT:
        departments = dict(found.row["departments"])
    metres = departments | {slug: key[METRES] for slug, key in keys.items()}
    candidates: list[Row] = []
    for slug, away in metres.items():
        service = found.services[slug]
        match = match_of(search["wanted"], found.met.get(slug, frozenset()))
        if match is None:
            continue
        candidates.append(
            {
                **always_there(slug, away, match),
                "met": [
                    need["name"]
                    for need in search["wanted"]
                    if need["match"] and need["number"] in found.met.get(slug, ())
                ],
                "distance_km": distance_km(service, away),
                "chains": ways.get(slug, []),
                # In an emergency the nearest departments come first, and the ambulance service of the place.
                "leads": slug in departments
                or (
                    case.service_type == EMERGENCY_CALL
                    and any(
                        area["code"] in found.setting.here.shares
                        for area in service["serves"]
                    )
                ),
            }
        )
    return candidates


def match_of(wanted: Sequence[Row], met: frozenset[int]) -> str | None:
    """How a service of the type meets the needs of a step: TYPE, in a part (NARROWER), or not at all (None).

    Where a step names several needs, it has to meet each.
    """
    best: dict[str, int] = {}
    for need in wanted:
        if "needed" in need:
            level = need["match"] if need["number"] in met else 9
            best[need["needed"]] = min(best.get(need["needed"], 9), level)
    worst = max(best.values(), default=0)
    return {0: "TYPE", 2: "NARROWER"}.get(worst)


def planned_step(
    step: StepRow,
    pathway: PathwayRow,
    entry: Entry,
    referrers: Sequence[str | None],
    search: Search,
    complete: Sequence[Row],
    responsible: ResponsibilityRow,
) -> PlannedStepRow:
    """A step with the option that takes it, or with why there is none and what may be done about it.

    `referrers` are those who may refer to it, whoever asks first.
    """
    judged = search.judged
    planned: PlannedStepRow = {
        "step": step,
        "pathway": pathway,
        "state": NOT_FOR_THIS_PERSON,
        "entry": entry.verdict,
        "entry_explanation": entry.explanation,
        "option": None,
        "alternatives": [],
        "referred_by": None,
        "gap": None,
        "reason": None,
        "explanation": "",
        "sources": [],
        "ways_round": [],
    }
    if entry.verdict == FAIL:
        words = f"This step is not for this person. {entry.explanation}"
        return {
            **planned,
            "gap": words,
            "reason": "NOT_FOR_THIS_PERSON",
            "explanation": words,
        }
    fitting, referrer = judged.fitting, None
    if not fitting:
        fitting, referrer = referred_on(judged, referrers)
    if fitting:
        options = options_of(
            fitting[: 1 + MOST_ALTERNATIVES], judged.setting, judged.first_types
        )
        state, words = standing_of(fitting[0], options[0], referrers, referrer)
        return {
            **planned,
            "state": state,
            "option": options[0],
            "alternatives": options[1:],
            "referred_by": referrer,
            "explanation": words,
        }
    claim = claim_of(step, search, complete, responsible)
    lack = lack_of(judged.candidates, claim is not None)
    words = lack_in_words(lack, step, claim, responsible)
    return {
        **planned,
        "state": lack.state,
        "gap": words if lack.state == GAP else None,
        "reason": lack.reason,
        "explanation": words,
        "sources": [claim["source"]] if claim and not lack.candidate else [],
        "ways_round": ways_round(judged, responsible),
    }


def referred_on(
    judged: JudgedCase, referrers: Sequence[str | None]
) -> tuple[list[Row], str | None]:
    """What takes the step by referral of a step before it, and whose that is, where whoever asks may not refer."""
    refused = [each for each in judged.candidates if kinds(each) == {"REFERRER"}]
    for referrer in referrers:
        if referrer is None or referrer == judged.setting.person.referrer:
            continue
        person = replace(judged.setting.person, referrer=referrer)
        gateways = Gateways(judged.services, replace(judged.setting, person=person))
        again = [
            judged_candidate(each, gateways)
            for each in refused
            if takes(each["service"], referrer) == PASS
        ]
        fitting = [each for each in again if not failed(each["criteria"])]
        if fitting:
            fitting.sort(key=lambda each: order(each, judged.first_types, NO_WISHES))
            return fitting, referrer
    return [], None


def standing_of(
    candidate: Row,
    option: OptionRow,
    referrers: Sequence[str | None],
    referrer: str | None,
) -> tuple[str, str]:
    """Whether it is known that the option takes the step, and in words what is not."""
    name = option["service"]["name"]
    by = f" by referral of {ROLES[referrer]}" if referrer else ""
    unknown = doubts(candidate)
    # Who refers is not said of a case; of a step it is known, where those before it are taken.
    if "REFERRER" in unknown and any(
        each is not None and takes(candidate["service"], each) == PASS
        for each in referrers
    ):
        unknown.remove("REFERRER")
    if candidate["time_asked"] and any(
        each["kind"] == "OPENING" and each["verdict"] != PASS
        for each in candidate["criteria"]
    ):
        unknown.append("OPENING")
    if not unknown:
        return TAKEN, f"{name} takes it{by}."
    told = ", ".join(kind.lower().replace("_", " ") for kind in unknown)
    return IN_DOUBT, f"{name} may take it{by}. Not known: {told}."


def claim_of(
    step: StepRow,
    search: Search,
    complete: Sequence[Row],
    responsible: ResponsibilityRow,
) -> Row | None:
    """Who declares the directory complete for what the step needs, or for a need that includes it."""
    who = responsible["organisation"]
    if who is None or not step["needs"]:
        return None
    claims = []
    for need in step["needs"]:
        codes = {
            each["code"]
            for each in search.row["wanted"]
            if each.get("needed") == need["code"] and not each["match"]
        }
        claims.append(
            next(
                (
                    each
                    for each in complete
                    if each["need"] in codes and each["buyer"] == who["slug"]
                ),
                None,
            )
        )
    # Whatever lacks one of the needs does not take the step: one claim is enough.
    return next((claim for claim in claims if claim is not None), None)


def lack_in_words(
    lack: Lack, step: StepRow, claim: Row | None, responsible: ResponsibilityRow
) -> str:
    """Why nobody takes the step, or why that is not known."""
    if lack.candidate is not None:
        name = lack.candidate["service"]["name"]
        reasons = " ".join(
            each["explanation"] for each in failed(lack.candidate["criteria"])
        )
        return f"{name} is for people of here, but does not take this person then. {reasons}"
    what = wanted_in_words(step)
    if claim is not None:
        name = responsible["organisation"] and responsible["organisation"]["name"]
        return (
            f"Nobody is commissioned: {name} is declared complete for {claim['name']}, and "
            f"the directory holds no {what} for people of here."
        )
    return (
        f"The directory holds no {what} for people of here. No source says that there is "
        "none."
    )


def wanted_in_words(step: StepRow) -> str:
    """What a step calls for: service of the type 'Therapy' for Physiotherapy."""
    needs = " and ".join(need["name"] for need in step["needs"])
    kind = f"service of the type {step['service_type']['name']!r}"
    return f"{kind} for {needs}" if needs else kind
