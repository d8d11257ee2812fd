"""The criteria: for each a verdict, why, and who says so.

A criterion judges one thing of one candidate. UNKNOWN is what it says when the sources do not: it never
counts as PASS, and it never takes an option away.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from graph_model.matching.case import Row, Setting, age_in_words, day_in_words
from graph_model.matching.opening import (
    Hours,
    hours_of,
    open_on,
    open_within,
    session_window,
)
from graph_model.matching.opening_words import day_in_hours, opening_in_words
from graph_model.matching.periods import Period, held_on
from graph_model.matching.routes import Route
from graph_model.matching.verdicts import FAIL, PASS, UNKNOWN, any_of

# Shares are counted in postcodes; rounding to four decimals must not make a place uncertain.
WHOLE = 0.9995

# In these states a contract is a plan, and nobody is served under it.
NOT_LIVE = {
    "PLANNED": "is planned",
    "IN_PROCUREMENT": "is out to tender",
    "PROCUREMENT_STOPPED": "was never let: its procurement was stopped",
    "AWARDED": "is awarded but has not started",
}


def criterion(
    kind: str, verdict: str, explanation: str, sources: Sequence[Row] = ()
) -> dict[str, Any]:
    """A criterion as it is shown."""
    return {
        "kind": kind,
        "verdict": verdict,
        "explanation": explanation,
        "sources": list(sources),
    }


def judged(candidate: Row, setting: Setting, route: Route) -> list[dict[str, Any]]:
    """Every criterion of a candidate, in the order in which they are shown."""
    service = candidate["service"]
    return [
        judge_active(service, setting.as_of),
        judge_need(candidate),
        judge_distance(candidate, setting),
        judge_area(service, setting),
        judge_age(service, setting),
        judge_sex(service, setting),
        judge_referrer(service, setting, route),
        judge_gp_practice(service, setting),
        judge_opening(service, setting),
        criterion(
            "CAPACITY",
            UNKNOWN,
            "The directory does not hold capacity to take patients yet.",
        ),
        judge_contract(service, setting.as_of)[0],
    ]


def judge_active(service: Row, day: date) -> dict[str, Any]:
    """Whether the service runs on the day."""
    status, on_the_day = service["status"], day_in_words(day)
    verdict, reason = held_on(period_of_service(service), day)
    words = {
        PASS: f"It runs on {on_the_day}: it {reason}.",
        UNKNOWN: f"Whether it runs on {on_the_day} is not known: it {reason}.",
        FAIL: f"It does not run on {on_the_day}: it {reason}.",
    }
    if status in {"SUSPENDED", "CLOSED"} and verdict != FAIL:
        verdict, words[FAIL] = FAIL, f"On {on_the_day} it is {status.lower()}."
    # A day that has been planned for has not opened a service; a source has to say so. Only in
    # the month in which it opened may either be true.
    if status == "PLANNED" and (verdict == PASS or service["opened"] is None):
        verdict = FAIL
        words[FAIL] = "It is planned, and no source says that it has opened."
    sources = sources_for(service, "status", "opened", "closed")
    return criterion("ACTIVE", verdict, words[verdict], sources)


def period_of_service(service: Row) -> Period:
    """When the service runs, as far as its sources say."""
    return Period(
        start=service["opened"],
        start_precision=service["opened_precision"],
        end=service["closed"],
        vouched=days_vouched(service, "status", "opened"),
    )


def judge_need(candidate: Row) -> dict[str, Any]:
    """Whether the service meets the need: it, one that includes it, or only a part of it."""
    service, match = candidate["service"], candidate["match"]
    sources = sources_for(service, "needs")
    if match == "TYPE":
        return criterion(
            "NEED", PASS, f"It is of the type {service['type']['name']!r}.", sources
        )
    if match == "EMERGENCY":
        return criterion(
            "NEED", PASS, "It is for emergencies, and this may be one.", sources
        )
    if match == "FALLBACK":
        return criterion(
            "NEED",
            UNKNOWN,
            "Nothing in the directory fits this need here; this is always there.",
            sources,
        )
    met = ", ".join(sorted(candidate["met"]))
    if match == "EXACT":
        return criterion("NEED", PASS, f"It is for {met}.", sources)
    if match == "BROADER":
        return criterion(
            "NEED", PASS, f"It is for {met}, which includes what is needed.", sources
        )
    return criterion(
        "NEED",
        UNKNOWN,
        f"It is for {met} only, which is a part of what was asked for: "
        "whether that is the part this person needs is yours to judge.",
        sources,
    )


def judge_distance(candidate: Row, setting: Setting) -> dict[str, Any]:
    """Whether the service is near enough, in a straight line."""
    distance, service = candidate["distance_km"], candidate["service"]
    if distance is None:
        return criterion(
            "DISTANCE",
            PASS,
            "It comes to the person or is reached by telephone: distance does not count.",
            sources_for(service, "reach"),
        )
    sources = sources_for(service, "location", "point")
    where = f"{distance:.1f} km away in a straight line"
    if distance <= setting.within_km:
        return criterion("DISTANCE", PASS, f"It is {where}.", sources)
    return criterion(
        "DISTANCE",
        FAIL,
        f"It is {where}, beyond the {setting.within_km:g} km asked for.",
        sources,
    )


def judge_area(service: Row, setting: Setting) -> dict[str, Any]:
    """Whether the service takes people from this place (the DoS's limited and promoted)."""
    here = setting.here
    shares = here.shares
    found = {
        rule: [area for area in service["serves"] if area["rule"] == rule]
        for rule in ("OPEN", "LIMITED", "PROMOTED", "UNKNOWN")
    }
    inside = {
        rule: [area for area in areas if shares.get(area["code"], 0) > 0]
        for rule, areas in found.items()
    }
    share = share_within(inside["LIMITED"], setting)
    if inside["OPEN"]:
        return in_area(PASS, "It is open to anybody in {}.", service, inside["OPEN"])
    if share >= WHOLE:
        return in_area(
            PASS,
            f"It serves {{}}, and {here.name} is there.",
            service,
            inside["LIMITED"],
        )
    if share > 0:
        return in_area(
            UNKNOWN,
            f"It serves {{}} only, and {percent(share)} of the postcodes of {here.name} "
            "are there. Check whether the address is.",
            service,
            inside["LIMITED"],
        )
    if inside["PROMOTED"]:
        return in_area(PASS, "It is promoted in {}.", service, inside["PROMOTED"])
    if inside["UNKNOWN"]:
        return in_area(
            UNKNOWN,
            "The sources leave open whether it serves {}.",
            service,
            inside["UNKNOWN"],
        )
    if found["LIMITED"]:
        return in_area(
            FAIL,
            f"It serves {{}} only, and {here.name} is not there.",
            service,
            found["LIMITED"],
        )
    if found["PROMOTED"]:
        return in_area(
            PASS,
            "It is promoted in {}, and takes people from elsewhere too.",
            service,
            found["PROMOTED"],
        )
    return criterion(
        "AREA", UNKNOWN, f"No source says whether it takes people from {here.name}."
    )


def in_area(
    verdict: str, explanation: str, service: Row, areas: Sequence[Row]
) -> dict[str, Any]:
    """An area criterion that names the areas, with their sources or else the service's."""
    sources = [area["source"] for area in areas if area["source"]]
    return criterion(
        "AREA",
        verdict,
        explanation.format(names_of(areas)),
        unique(sources) or sources_for(service, "serves"),
    )


def names_of(areas: Sequence[Row], most: int = 4) -> str:
    """The areas' names in a sentence, the first few of many."""
    names = [
        area["name"].replace("United Kingdom", "the United Kingdom") for area in areas
    ]
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more areas"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def share_within(areas: Sequence[Row], setting: Setting) -> float:
    """Which part of the place lies in the areas together.

    Areas of one kind do not overlap, so their shares add up; areas of different kinds may.
    """
    by_kind: dict[str, float] = {}
    for area in areas:
        share = setting.here.shares.get(area["code"], 0)
        by_kind[area["kind"]] = by_kind.get(area["kind"], 0) + share
    return min(1.0, max(by_kind.values(), default=0))


def percent(share: float) -> str:
    """A share in whole per cent, but never 0 or 100 for what is neither."""
    return f"{min(99, max(1, round(share * 100)))} %"


def judge_age(service: Row, setting: Setting) -> dict[str, Any]:
    """Whether the service takes people of this age."""
    sources = sources_for(service, "ages", "min_age_days", "max_age_days")
    age = setting.person.age_days
    if service["ages"] == "ALL":
        return criterion("AGE", PASS, "It takes people of all ages.", sources)
    if service["ages"] is None:
        return criterion("AGE", UNKNOWN, "No source says for which ages it is.")
    limits = ages_in_words(service)
    if age is None:
        return criterion(
            "AGE", UNKNOWN, f"It takes people {limits}; the age was not given.", sources
        )
    low, high = service["min_age_days"], service["max_age_days"]
    fits = (low is None or low <= age) and (high is None or age <= high)
    return criterion(
        "AGE",
        PASS if fits else FAIL,
        f"It takes people {limits}; this person is {age_in_words(age)} old.",
        sources,
    )


def ages_in_words(service: Row) -> str:
    """The ages that a service takes: "from 18 years", "up to 16 years", …"""
    low, high = service["min_age_days"], service["max_age_days"]
    words = [
        f"from {age_in_words(low)}" if low else "",
        f"up to {age_in_words(high)}" if high is not None else "",
    ]
    return " ".join(filter(None, words)) or "of all ages"


SEXES = {"FEMALE": "women and girls", "MALE": "men and boys", "INDETERMINATE": "others"}


def judge_sex(service: Row, setting: Setting) -> dict[str, Any]:
    """Whether the service takes people of this sex."""
    sources = sources_for(service, "sexes")
    sexes, sex = service["sexes"], setting.person.sex
    if sexes is None:
        return criterion(
            "SEX", UNKNOWN, "No source says whether it is for one sex only."
        )
    if len(sexes) == len(SEXES):
        return criterion("SEX", PASS, "It takes people of any sex.", sources)
    takes = " and ".join(SEXES[each] for each in sexes)
    if sex is None:
        return criterion(
            "SEX", UNKNOWN, f"It is for {takes}; the sex was not given.", sources
        )
    return criterion(
        "SEX", PASS if sex in sexes else FAIL, f"It is for {takes}.", sources
    )


def judge_referrer(service: Row, setting: Setting, route: Route) -> dict[str, Any]:
    """Whether this referrer can get the person there, straight or by the services before it."""
    sources = sources_for(service, "accepts_from", "refers_on_to")
    if len(route.services) > 1:
        way = ", then ".join(step["name"] for step in route.services[:-1])
        words = f"Reached through {way}."
        if route.verdict == UNKNOWN:
            words = (
                f"Reached through {way}; whether all of the way is open is not known."
            )
        via = [
            source
            for step in route.services[:-1]
            for source in sources_for(step, "accepts_from", "refers_on_to")
        ]
        return criterion(
            "REFERRER", route.verdict, words, unique([*sources, *via])[:10]
        )
    return criterion("REFERRER", route.verdict, route.reason, sources)


def judge_gp_practice(service: Row, setting: Setting) -> dict[str, Any]:
    """Whether the service takes patients of this GP practice."""
    sources = sources_for(service, "gp_registration", "gp_practices")
    practice = setting.person.gp_practice
    if service["gp_registration"] == "ANY":
        return criterion(
            "GP_PRACTICE", PASS, "It takes patients of any GP practice.", sources
        )
    if service["gp_registration"] is None:
        return criterion(
            "GP_PRACTICE",
            UNKNOWN,
            "No source says whether it is for patients of certain GP practices only.",
        )
    if practice is None:
        return criterion(
            "GP_PRACTICE",
            UNKNOWN,
            "It is for patients of certain GP practices; the practice was not given.",
            sources,
        )
    listed = practice in service["gp_practices"]
    return criterion(
        "GP_PRACTICE",
        PASS if listed else FAIL,
        f"It is for patients of certain GP practices, and {practice} is "
        f"{'one' if listed else 'none'} of them.",
        sources,
    )


def judge_opening(service: Row, setting: Setting) -> dict[str, Any]:
    """Whether the service is open when the person needs it (the DoS's session window).

    Where no time was asked for, the present time of day on the directory's date is nobody's wish: then only
    what is open day and night passes, nothing fails, and the day's hours are told.
    """
    hours = hours_of_service(service)
    if not hours.rules:
        return criterion("OPENING", UNKNOWN, "No source says when it is open.")
    sources = sources_for(service, "opening")
    if setting.time_asked:
        verdict = open_within(hours, *session_window(setting.at, None))
        words = opening_in_words(hours, setting.at, verdict)
        return criterion("OPENING", verdict, words, sources)
    words = day_in_hours(hours, setting.as_of)
    if all(span.open for span in open_on(hours, setting.as_of)):
        return criterion("OPENING", PASS, words, sources)
    return criterion("OPENING", UNKNOWN, f"No time was asked for. {words}", sources)


def hours_of_service(service: Row) -> Hours:
    """The service's opening hours, as far as its sources vouch for them."""
    return hours_of(tuple(service["opening"]), tuple(days_vouched(service, "opening")))


def judge_contract(service: Row, day: date) -> tuple[dict[str, Any], Row | None]:
    """Whether the service is provided under a live contract, and under which."""
    contracts = service["contracts"]
    if not contracts:
        commissioners = service["commissioners"]
        names = " and ".join(each["organisation"]["name"] for each in commissioners)
        words = "No source says under which contract it is provided."
        return criterion(
            "CONTRACT",
            UNKNOWN,
            f"{words} {names} commissions it." if names else words,
            [each["source"] for each in commissioners if each["source"]],
        ), None
    verdicts = [(*contract_held_on(contract, day), contract) for contract in contracts]
    best = any_of(verdict for verdict, _, _ in verdicts)
    verdict, reason, contract = next(found for found in verdicts if found[0] == best)
    title = contract["title"]
    words = {
        PASS: f"It is provided under a live contract: {title}, which {reason}.",
        UNKNOWN: f"Whether its contract is live is not known: {title} {reason}.",
        FAIL: f"Its contract is not live: {title} {reason}.",
    }
    return (
        criterion("CONTRACT", verdict, words[verdict], contract["sources"]),
        contract if verdict != FAIL else None,
    )


def contract_held_on(contract: Row, day: date) -> tuple[str, str]:
    """The verdict whether a contract was live on a day, and why."""
    verdict, reason = held_on(
        Period(
            contract["start"],
            contract["start_precision"],
            contract["end"],
            contract["end_precision"],
            days_vouched(contract, "status", "start", "end"),
        ),
        day,
    )
    if contract["status"] == "ENDED":
        return FAIL, "has ended"
    # Inside the month in which it starts, "awarded" may have become "live" any day.
    if contract["status"] in NOT_LIVE and verdict != UNKNOWN:
        return FAIL, reason if verdict == FAIL else NOT_LIVE[contract["status"]]
    if contract["status"] in NOT_LIVE and contract["start"] is None:
        return FAIL, NOT_LIVE[contract["status"]]
    return verdict, reason


def sources_for(row: Row, *values: str) -> list[Row]:
    """The sources that state any of these values: those that name one, else those for the whole."""
    naming = [
        source
        for source in row["sources"]
        if source["fields"] and set(values) & set(source["fields"])
    ]
    return naming or [source for source in row["sources"] if not source["fields"]]


def days_vouched(row: Row, *values: str) -> list[date]:
    """The days on which a source states the row as a whole, or one of these values."""
    return [
        source["on"]
        for source in row["sources"]
        if source["on"]
        and (not source["fields"] or set(values) & set(source["fields"]))
    ]


def unique(sources: Sequence[Row]) -> list[Row]:
    """The sources without repetitions, in their order."""
    seen: set[tuple[Any, ...]] = set()
    kept = []
    for source in sources:
        key = (source["slug"], source["locator"], source["derived_from"])
        if key not in seen:
            seen.add(key)
            kept.append(source)
    return kept
