"""One finder behind all doors: the same two hundred cases, asked by each in its own words, have one answer.

What a door cannot say, or says by a rule of its own, is a function here with the rule as its docstring.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from asking import Asker
from asking_all import Doors, Refused, differences, first_difference
from dos_client import Dos, destinations, envelope, post, told_fault
from drawn_cases import HOW_MANY, DrawnCase
from fhir_client import outcome_of

from api.doors import STATUS_OF
from api.dos.faults import NOTHING_FOUND
from api.dos.parameters import AGE_GROUPS, USUAL_EACH, USUAL_MILES, age_group
from api.dos.schema import NAMESPACE
from api.dos.search import KM_IN_A_MILE
from api.dos.soap import SINGLE
from api.open_referral.ids import AT_LOCATION, id_of
from api.open_referral.taxonomies import NEEDS, term_id
from graph_model.database import read
from graph_model.dos import OURS
from graph_model.search.parts import id_of_slug

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

Doubts = list[tuple[str, str]]  # criteria, each with why it is not known

MOST = 50  # options in an answer
GENDERS = {"FEMALE": "female", "MALE": "male", "INDETERMINATE": "other"}
UNITS = {"DAYS": "d", "MONTHS": "mo", "YEARS": "a"}
PARTS_OF_A_YEAR = {"DAYS": 365.25, "MONTHS": 12, "YEARS": 1}
LETTERS = {"FEMALE": "F", "MALE": "M", "INDETERMINATE": "I"}
# The seed's own codes, which mean these needs.
CODES = {
    "minor-injury": ("9001", "7001"),
    "walk-in-care": ("9001", "7002"),
    "emergency-care": ("9002", "7001"),
}


async def test_the_cases_are_two_hundred_and_half_have_options(
    doors: Doors, cases: list[DrawnCase]
) -> None:
    answers = [await doors.options(case, 1) for case in cases]

    assert len(cases) == len({repr(case) for case in cases}) == HOW_MANY
    found = [each for each in answers if not isinstance(each, Refused)]
    assert len(found) > 150
    assert sum(bool(each["options"]) for each in found) >= HOW_MANY / 2
    assert {each.code for each in answers if isinstance(each, Refused)} == {
        "BAD_USER_INPUT",
        "NEED_NOT_FOUND",
        "PLACE_NOT_COVERED",
        "PLACE_NOT_FOUND",
        "PLACE_NOT_LOCATED",
    }


# --- FHIR ------------------------------------------------------------------------------


async def test_fhir_answers_each_case_as_graphql_does(
    doors: Doors, cases: list[DrawnCase]
) -> None:
    async def differs(case: DrawnCase) -> str | None:
        ours = await doors.options(case, 20)
        answer = await doors.client.post(
            f"{doors.root}/fhir/HealthcareService/$find-referral-options",
            json=in_fhir(case, 20),
            headers={"Content-Type": "application/fhir+json"},
        )
        body = answer.json()
        if isinstance(ours, Refused):
            return refused_otherwise(
                ours, answer.status_code, body["issue"][0]["details"]["text"]
            )
        return first_difference(told_by_graphql(ours), told_by_fhir(body))

    assert await differences(cases, differs) == []


def in_fhir(case: DrawnCase, count: int) -> dict[str, Any]:
    """The case as a Parameters resource."""
    inputs: list[tuple[str, str, Any]] = [
        ("postcode", "valueString", case.place.get("postcode")),
        ("place", "valueString", case.place.get("name")),
        ("need", "valueCoding", coded(case.need.get("code"))),
        ("need-text", "valueString", case.need.get("text")),
        ("service-type", "valueCoding", coded(case.need.get("serviceType"))),
        ("gender", "valueCode", case.sex and GENDERS[case.sex]),
        ("gp-practice", "valueString", case.practice),
        ("referrer", "valueCode", case.referrer),
        ("at", "valueDateTime", case.at),
        ("within-km", "valueDecimal", case.km),
        ("within-minutes", "valueInteger", case.minutes),
        ("count", "valueInteger", count),
    ]
    if point := case.place.get("point"):
        near = f"{point['latitude']}|{point['longitude']}"
        inputs.append(("near", "valueString", near))
    if case.age:
        quantity = {"value": case.age[0], "code": UNITS[case.age[1]]}
        inputs.append(("age", "valueQuantity", quantity))
    return {
        "resourceType": "Parameters",
        "parameter": [
            {"name": name, kind: value}
            for name, kind, value in inputs
            if value is not None
        ],
    }


def coded(code: str | None) -> dict[str, str] | None:
    return None if code is None else {"code": code}


def told_by_graphql(answer: dict[str, Any]) -> list[Any]:
    """All that an answer says, in one list: services in their order, each with why and every verdict."""
    told: list[Any] = [
        words
        for words in (
            answer["notice"],
            answer["emergencyAdvice"],
            answer["responsible"]["explanation"],
            answer["whatChanged"],
        )
        if words
    ]
    for name in ("options", "fallback"):
        for option in answer[name]:
            told.append((id_of_slug(option["service"]["slug"]), option["distanceKm"]))
            told.append(why_by_fhir(option, fallback=name == "fallback"))
            told += criteria_of(option["criteria"])
    for miss in answer["nearMisses"]:
        failed = miss["failed"]
        words = f"Not offered: {miss['service']['name']}. {failed['explanation']}"
        told.append((failed["kind"], failed["verdict"], words))
    return told


def why_by_fhir(option: dict[str, Any], *, fallback: bool) -> str:
    """FHIR has no place for a route, nor for what is always there: it says so in words."""
    why = (
        f"What is always there: {option['whyHere']}" if fallback else option["whyHere"]
    )
    names = [each["name"] for each in option["route"]]
    return f"{why} The way there: {', '.join(names)}." if len(names) > 1 else why


def criteria_of(criteria: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(each["kind"], each["verdict"], each["explanation"]) for each in criteria]


def told_by_fhir(bundle: dict[str, Any]) -> list[Any]:
    """The same of a searchset, whose outcome names the entry that an issue is about."""
    entries = [each for each in bundle["entry"] if each["search"]["mode"] == "match"]
    assert [each["search"]["score"] for each in entries] == [
        round(1 / rank, 4) for rank in range(1, len(entries) + 1)
    ]
    about: dict[str, list[Any]] = {"": []}
    behind: list[Any] = []
    for issue in outcome_of(bundle):
        words = issue["details"]["text"]
        [path] = issue.get("expression", [""])
        coding = [each["code"] for each in issue.get("details", {}).get("coding", [])]
        told = (*coding, words) if coding else words
        (behind if coding and not path else about.setdefault(path, [])).append(told)
    told_all = about[""]
    for position, entry in enumerate(entries):
        km = [
            round(each["valueDistance"]["value"], 2)
            for each in entry["search"].get("extension", [])
        ]
        told_all.append((entry["resource"]["id"], km[0] if km else None))
        told_all += about[f"Bundle.entry[{position}]"]
    return told_all + behind


def refused_otherwise(ours: Refused, status: int, words: str) -> str | None:
    """What is not there is refused in the same words; what cannot be read, in those of the door's own inputs."""
    expected = STATUS_OF.get(ours.code, (400, ""))[0]
    if status != expected:
        return f"{ours} / {status} {words}"
    same = ours.code == "BAD_USER_INPUT" or ours.words == words
    return None if same else f"{ours} / {words}"


# --- The DoS ---------------------------------------------------------------------------

NUMBERS = """
MATCH (service:Service) RETURN [service.slug, service.number] AS row
"""


@pytest.fixture
async def numbers(ask: Asker) -> dict[str, int]:
    """By slug the number that the DoS search tells a service by."""
    return {slug: OURS + number for slug, number in await read(ask.driver, NUMBERS)}


async def test_the_doss_rest_search_answers_each_case_as_graphql_does(
    doors: Doors, cases: list[DrawnCase], numbers: dict[str, int]
) -> None:
    dos = Dos(doors.root, doors.client)
    slugs = {number: slug for slug, number in numbers.items()}
    compared: list[int] = []

    async def differs(case: DrawnCase) -> str | None:
        name, parts, group = in_rest(case)
        answer = await dos.get(name, **parts)
        ours = await doors.options(as_rest_means(case))
        if isinstance(ours, Refused):
            words = answer.json().get("detail", "")
            return refused_otherwise(ours, answer.status_code, words)
        fitting = [
            each for each in ours["options"] if is_reached(each) and suits(each, group)
        ]
        if name == "byServiceType":
            code = parts["serviceTypeIds"]
            fitting = [each for each in fitting if type_of(each) == code]
        expected = best_of_each_type(fitting, lambda code: USUAL_EACH)
        compared.append(len(expected))
        told = services_in(answer)
        return differs_by_dos(
            [(each, doubts_of(each, group)) for each in expected],
            [
                (slugs[each["id"]], each.get("patientDistance"), doubts_in(each))
                for each in told
            ],
            whole=len(ours["options"]) < MOST,
        )

    said = [case for case in cases if rest_can_say(case)]
    assert await differences(said, differs) == []
    assert len(said) > 80
    assert sum(compared) > 200


def rest_can_say(case: DrawnCase) -> bool:
    """A postcode, and a need by its code or a type; no words."""
    return (
        case.postcode is not None
        and "text" not in case.need
        and case.km != 0  # which the DoS reads as: not given
        and (case.km or 0) <= 100 * KM_IN_A_MILE
    )


def in_rest(case: DrawnCase) -> tuple[str, dict[str, str], tuple[int, int] | None]:
    """The address and its parts, and the age group in days. An age is given by its group, when is not."""
    by_type = "serviceType" in case.need
    parts = {"postcode": case.postcode or ""}
    parts |= (
        {"serviceTypeIds": case.need["serviceType"]}
        if by_type
        else {"symptomGroupDiscriminatorCombos": case.need["code"]}
    )
    if case.km is not None:
        parts["searchDistance"] = repr(case.km / KM_IN_A_MILE)
    if case.sex:
        parts["gender"] = LETTERS[case.sex]
    if case.practice:
        parts["gpPracticeId"] = case.practice
    years = None if case.age is None else case.age[0] / PARTS_OF_A_YEAR[case.age[1]]
    groups = [
        number
        for number, (low, high) in AGE_GROUPS.items()
        if years is not None and low <= years < high
    ]
    if groups:
        parts["age"] = str(groups[-1])
    name = "byServiceType" if by_type else "byClinicalTerm"
    return name, parts, age_group(groups[-1]) if groups else None


def as_rest_means(case: DrawnCase) -> DrawnCase:
    """What REST asks: for NHS 111, no age but a group, at no time, within its miles."""
    km = USUAL_MILES * KM_IN_A_MILE if case.km is None else case.km
    return DrawnCase(
        case.place,
        case.need,
        sex=case.sex,
        practice=case.practice,
        referrer="NHS_111",
        km=km,
    )


def is_reached(option: dict[str, Any]) -> bool:
    """What is reached through others only, the DoS does not tell."""
    return len(option["route"]) < 2


def type_of(option: dict[str, Any]) -> str:
    return option["service"]["type"]["code"]


def best_of_each_type(options: list[Any], most: Any) -> list[Any]:
    """The DoS tells so many of each type."""
    kept: list[Any] = []
    for option in options:
        of_type = [each for each in kept if type_of(each) == type_of(option)]
        if len(of_type) < most(type_of(option)):
            kept.append(option)
    return kept


def takes(option: dict[str, Any], group: tuple[int, int]) -> set[bool]:
    """Whether it takes people of an age group: both, where it takes some; nothing, where no source says."""
    eligibility = option["service"]["eligibility"]
    if eligibility["byAge"] == "UNKNOWN":
        return set()
    low = eligibility["minAgeDays"] or 0
    high = eligibility["maxAgeDays"]
    high = 50_000 if high is None else high
    return {low <= days <= high for days in range(group[0], group[1] + 1, 7)} | {
        low <= group[1] <= high
    }


def suits(option: dict[str, Any], group: tuple[int, int] | None) -> bool:
    """What takes nobody of the age group is left out."""
    return group is None or takes(option, group) != {False}


def doubts_of(option: dict[str, Any], group: tuple[int, int] | None) -> Doubts:
    """What is not known: not its ages, where it takes all of the age group."""
    return [
        (kind, words)
        for kind, verdict, words in criteria_of(option["criteria"])
        if verdict == "UNKNOWN"
        and not (kind == "AGE" and group and takes(option, group) == {True})
    ]


def doubts_in(service: dict[str, Any]) -> Doubts:
    return [
        (each["criterion"], each["explanation"])
        for each in service.get("x_not_known", [])
    ]


def differs_by_dos(
    ours: list[tuple[dict[str, Any], Doubts]],
    theirs: list[tuple[str, str | None, Doubts]],
    *,
    whole: bool,
) -> str | None:
    """GraphQL's options beside the DoS's services, which may go on where GraphQL has given all that it gives."""
    if not whole:
        known = {each["service"]["slug"] for each, _ in ours}
        theirs = [each for each in theirs if each[0] in known]
    for (option, _), (_, distance, _) in zip(ours, theirs, strict=False):
        km, told = option["distanceKm"], distance and float(distance)
        if (km is None) != (told is None) or abs(
            (km or 0) - (told or 0) * KM_IN_A_MILE
        ) > KM_IN_A_MILE / 20 + 0.005:
            return f"{option['service']['slug']} is {km} km away / {told} miles"
    return first_difference(
        [(each["service"]["slug"], doubts) for each, doubts in ours],
        [(slug, doubts) for slug, _, doubts in theirs],
    )


def services_in(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    return answer.json()["success"]["services"]


async def test_check_capacity_summary_answers_each_case_as_graphql_does(
    doors: Doors, cases: list[DrawnCase], numbers: dict[str, int]
) -> None:
    dos = Dos(doors.root, doors.client)
    slugs = {number: slug for slug, number in numbers.items()}
    compared: list[int] = []

    async def differs(case: DrawnCase) -> str | None:
        disposition, minutes = disposition_of(case)
        asked = in_soap(case, disposition)
        answer = await post(dos, envelope("CheckCapacitySummary", {"c": asked}))
        ours = await doors.options(as_soap_means(case, minutes))
        if isinstance(ours, Refused):
            return None if told_fault(answer)[1] == ours.words else f"{ours}"
        told = [
            told_by_soap(each, slugs)
            for each in destinations(fromstring(answer.content))
        ]
        expected = best_of_each_type(
            [each for each in ours["options"] if is_reached(each)],
            lambda code: 1 if code in SINGLE else 2,
        )
        compared.append(len(expected))
        if not expected:
            return other_than_the_catch_all(answer, [name for _, name, _, _ in told])
        return differs_by_dos(
            [(each, doubts_of(each, None)) for each in expected],
            [(slug, distance, doubts) for slug, _, distance, doubts in told],
            whole=len(ours["options"]) < MOST,
        )

    said = [case for case in cases if soap_can_say(case)]
    assert await differences(said, differs) == []
    assert len(said) > 20
    assert sum(compared) > 40


def other_than_the_catch_all(answer: Any, names: list[str]) -> str | None:
    """Where nothing fits the DoS tells emergency departments, and where there is none near, that it found nothing."""
    if not names:
        number, words = told_fault(answer)
        return None if number == str(NOTHING_FOUND) else words
    told = [name for name in names if not name.endswith("(Catch-all)")]
    return f"nothing / {told}" if told else None


def soap_can_say(case: DrawnCase) -> bool:
    """A postcode, an age, a coded need, whole kilometres up to 99."""
    return (
        case.postcode is not None
        and case.need.get("code") in CODES
        and case.age is not None
        and case.age[0] <= 129
        and (case.km is None or (case.km == round(case.km) and 1 <= case.km <= 99))
        and (case.practice is None or case.practice[-1].isdigit())
    )


def disposition_of(case: DrawnCase) -> tuple[str, int]:
    """One of the seed's own where the case has a time frame; without one the DoS seeks what is open at once."""
    return ("0", 0) if case.minutes is None else ("5001", 120)


def in_soap(case: DrawnCase, disposition: str) -> dict[str, Any]:
    """The case by the parts of version 1.5, its distance forced."""
    assert case.age
    group, discriminator = CODES[case.need["code"]]
    parts = {
        "caseRef": "a case",
        "postcode": case.postcode,
        "surgery": case.practice or "UNK",
        "age": str(case.age[0]),
        "ageFormat": case.age[1].title(),
        "disposition": disposition,
        "symptomGroup": group,
        "symptomDiscriminatorList": [discriminator],
        "searchDistance": str(round(case.km or 60)),
        "forceSearchDistance": "true",
        "searchDateTime": case.at,
        "gender": case.sex and LETTERS[case.sex],
    }
    return {name: value for name, value in parts.items() if value is not None}


def as_soap_means(case: DrawnCase, minutes: int) -> DrawnCase:
    """What SOAP asks: for NHS 111, and always for a moment."""
    return replace(case, referrer="NHS_111", km=case.km or 60, minutes=minutes)


def told_by_soap(
    each: Element, slugs: dict[int, str]
) -> tuple[str, str, str | None, Doubts]:
    """The service, its name, how far it is, and what is not known of it."""
    attributes = [
        {part.tag.removeprefix(f"{{{NAMESPACE}}}"): part.text or "" for part in one}
        for one in each.iter(f"{{{NAMESPACE}}}attribute")
    ]
    return (
        slugs[int(each.findtext(f"{{{NAMESPACE}}}id") or 0)],
        each.findtext(f"{{{NAMESPACE}}}name") or "",
        each.findtext(f"{{{NAMESPACE}}}distance") or None,
        [
            (one["value"], one["description"])
            for one in attributes
            if one["name"] == "notKnown"
        ],
    )


# --- Open Referral and the searches of FHIR --------------------------------------------


@pytest.fixture
async def to_go_to(ask: Asker) -> set[str]:
    """The services that people go to: of what comes to people, only the finder tells how near it is enough."""
    rows = await read(
        ask.driver, "MATCH (s:Service {reach: 'PLACE'}) RETURN s.slug AS row"
    )
    return set(rows)


async def test_open_referral_and_fhir_find_around_a_postcode_what_the_finder_finds(
    doors: Doors, cases: list[DrawnCase], to_go_to: set[str]
) -> None:
    compared: list[int] = []

    async def differs(case: DrawnCase) -> str | None:
        km, code = case.km or 60.0, case.need["code"]
        ours = await doors.options(case.without_person())
        answer = await doors.get(
            "open-referral/service_at_locations",
            postcode=case.postcode,
            proximity=1000 * km,
            taxonomy_term_id=term_id(NEEDS, code),
            per_page=100,
        )
        if isinstance(ours, Refused):
            detail = answer.json().get("detail", "")
            return refused_otherwise_around(ours, answer.status_code, detail)
        near = f"{ours['place']['latitude']}|{ours['place']['longitude']}|{km}|km"
        bundle = await doors.get(
            "fhir/HealthcareService",
            **{"location.near": near, "characteristic": code},
            active="true",
            _count=100,
        )
        assert len(ours["options"]) < MOST, "Ask for less around this place."
        exact = [each for each in ours["options"] if meets(each, code)]
        compared.append(len(exact))
        missed = {
            id_of_slug(each["service"]["slug"]): each["failed"]["kind"]
            for each in ours["nearMisses"]
        }
        by_fhir = {
            entry["resource"]["id"]: round(
                entry["search"]["extension"][0]["valueDistance"]["value"], 2
            )
            for entry in bundle.json()["entry"]
            if entry["search"]["mode"] == "match"
        }
        by_open_referral = {
            each["id"]: round(each["x_distance_metres"] / 1000, 2)
            for each in answer.json()["contents"]
            if each["service"]["status"] == "active"
        }
        for found in (by_fhir, by_open_referral):
            if sorted(found.values()) != list(found.values()):
                return f"not nearest first: {found}"
        there = {id_of_slug(slug) for slug in to_go_to}
        surely = places_in(each for each in exact if is_surely_for_here(each))
        at_locations = {id_of(AT_LOCATION, slug) for slug in to_go_to}
        return other_places(
            {id_of_slug(slug): km for slug, km in places_in(exact).items()},
            {
                id_: km
                for id_, km in by_fhir.items()
                if id_ in there and missed.get(id_) != "AREA"
            },
        ) or other_places(
            {id_of(AT_LOCATION, slug): km for slug, km in surely.items()},
            {id_: km for id_, km in by_open_referral.items() if id_ in at_locations},
        )

    said = [
        case
        for case in cases
        # Of a distance out of bounds, each refuses its own unit in its own words.
        if case.postcode and "code" in case.need and case.km not in (0, 201)
    ]
    assert await differences(said, differs) == []
    assert len(said) > 80
    assert sum(compared) > 200


def refused_otherwise_around(ours: Refused, status: int, words: str) -> str | None:
    """Of an unknown term Open Referral has nothing, which is no error; what is no postcode is not there."""
    if ours.code == "NEED_NOT_FOUND":
        return None if status == 200 else words
    if ours.code == "BAD_USER_INPUT":
        return None if (status, words) == (404, ours.words) else f"{ours} / {words}"
    return refused_otherwise(ours, status, words)


def meets(option: dict[str, Any], code: str) -> bool:
    """Whether it meets the need itself: a term is no broader or narrower one."""
    return code in [need["code"] for need in option["service"]["needs"]]


def places_in(options: Iterable[dict[str, Any]]) -> dict[str, float]:
    """Those that stand somewhere, by slug, with how far they are."""
    return {
        each["service"]["slug"]: each["distanceKm"]
        for each in options
        if each["distanceKm"] is not None
    }


def other_places(ours: dict[str, float], theirs: dict[str, float]) -> str | None:
    """What differs: the services, or how far one is, but for the rounding of ten metres."""
    if missing := ours.keys() ^ theirs.keys():
        return f"only one door has {sorted(missing)}"
    far = {id_ for id_, km in ours.items() if abs(km - theirs[id_]) > 0.011}
    return f"elsewhere: {sorted(far)}" if far else None


def is_surely_for_here(option: dict[str, Any]) -> bool:
    """Open Referral leaves out what has areas of which none surely holds the place: it cannot say that it is not known."""
    verdict = next(
        each["verdict"] for each in option["criteria"] if each["kind"] == "AREA"
    )
    return verdict == "PASS" or not option["service"]["serves"]
