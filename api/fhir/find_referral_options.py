"""$find-referral-options: the finder for FHIR clients, with its reasons."""

from typing import Any

from neo4j import AsyncDriver

from api.fhir.bundles import entry, resource_of, told
from api.fhir.operation_input import INPUTS, case_of
from api.fhir.outcomes import issue
from api.fhir.resources import id_value
from api.fhir.terms import CRITERION, VERDICT, given
from graph_model.referrals import referral_answer
from graph_model.rows import CriterionRow, OptionRow
from graph_model.search import NOUNS
from graph_model.search.parts import id_of_slug
from graph_model.search.search import Condition, Found, search

DEFINITION = "HealthcareService-find-referral-options"


async def find_referral_options(
    driver: AsyncDriver, parameters: list[tuple[str, Any]], base: str, address: str
) -> dict[str, Any]:
    """A searchset of the options for a case, best first, and an outcome that says why.

    Raises BadParameter, and what `referral_answer` raises.
    """
    case, day, most = case_of(parameters)
    answer = await referral_answer(driver, case, day, most)
    options: list[OptionRow] = answer["options"]
    offered = [*options, *answer["fallback"]]
    found = await shown_services(driver, offered)
    services = {each["row"]["id"]: each["row"] for each in found.rows}
    entries: list[dict[str, Any]] = []
    issues = [
        issue(severity, "informational", words)
        for severity, words in (
            ("warning", answer["notice"]),
            ("warning", answer["emergency_advice"]),
            ("information", answer["responsible"]["explanation"]),
            ("information", answer["what_changed"]),
        )
        if words
    ]
    seen: set[str] = set()
    for option in offered:
        id_ = id_of_slug(option["service"]["slug"])
        if id_ in seen or id_ not in services:
            continue
        seen.add(id_)
        fallback = option not in options
        resource = resource_of("HealthcareService", services[id_], found.directory)
        km = option["distance_km"]
        one = entry(base, resource, "match", None if km is None else km * 1000)
        one["search"]["score"] = score(len(seen))
        path = f"Bundle.entry[{len(entries)}]"
        entries.append(one)
        issues += reasons(option, path, fallback=fallback)
    issues += [
        issue(
            "information",
            "informational",
            f"Not offered: {miss['service']['name']}. {miss['failed']['explanation']}",
            coding=coding(miss["failed"]),
        )
        for miss in answer["near_misses"]
    ]
    matches = len(entries)
    entries += neighbours(found, base)
    if issues:
        entries.append(told(issues))
    return given(
        resourceType="Bundle",
        type="searchset",
        total=matches,
        link=[{"relation": "self", "url": address}],
        entry=entries,
    )


def score(rank: int) -> float:
    """1 for the best option, and less for each after it: an order, no measure of how well one fits."""
    return round(1 / rank, 4)


def reasons(option: OptionRow, path: str, *, fallback: bool) -> list[dict[str, Any]]:
    """Why an option stands where it stands, and what each criterion says of it."""
    why = option["why_here"]
    if fallback:
        why = f"What is always there: {why}"
    route = [each["name"] for each in option["route"]]
    if len(route) > 1:
        why = f"{why} The way there: {', '.join(route)}."
    return [
        issue("information", "informational", why, expression=[path]),
        *[
            issue(
                "information",
                "informational",
                criterion["explanation"],
                coding=coding(criterion),
                expression=[path],
            )
            for criterion in option["criteria"]
        ],
    ]


def coding(criterion: CriterionRow) -> list[dict[str, str]]:
    """Which criterion it is, and its verdict: PASS, FAIL or UNKNOWN."""
    return [
        {"system": CRITERION, "code": criterion["kind"]},
        {"system": VERDICT, "code": criterion["verdict"]},
    ]


async def shown_services(driver: AsyncDriver, options: list[OptionRow]) -> Found:
    """The services of the options as searches show them, with their places and providers."""
    noun = NOUNS["service"]
    ids = {id_of_slug(option["service"]["slug"]) for option in options}
    return await search(
        driver,
        noun,
        NOUNS,
        [Condition("id", [id_value(each, noun.head) for each in sorted(ids)])],
        first=len(ids),
        includes={
            name: noun.includes[name]
            for name in ("HealthcareService:organization", "HealthcareService:location")
        },
    )


def neighbours(found: Found, base: str) -> list[dict[str, Any]]:
    """The places and providers of the options."""
    kinds = {
        "HealthcareService:organization": "Organization",
        "HealthcareService:location": "Location",
    }
    return [
        entry(base, resource_of(kind, row, found.directory), "include")
        for name, kind in kinds.items()
        for row in found.included[name]
    ]


def operation_definition(base: str) -> dict[str, Any]:
    """What the operation takes and gives."""
    inputs = [
        {
            "name": name,
            "use": "in",
            "min": 0,
            "max": "20" if name == "refused" else "1",
            "documentation": words,
            **input_type(type_),
        }
        for name, (type_, words) in INPUTS.items()
    ]
    return {
        "resourceType": "OperationDefinition",
        "id": DEFINITION,
        "url": f"{base}/OperationDefinition/{DEFINITION}",
        "name": "FindReferralOptions",
        "title": "Find referral options",
        "status": "active",
        "kind": "operation",
        "date": "2026-11-27",
        "description": "The services that somebody may be referred to, best first, with the "
        "reasons: one of postcode, place and near, and one of need, need-text and service-type, "
        "have to be given. Whatever else is left out is judged as UNKNOWN.",
        "affectsState": False,
        "code": "find-referral-options",
        "resource": ["HealthcareService"],
        "system": False,
        "type": True,
        "instance": False,
        "parameter": [
            *inputs,
            {
                "name": "return",
                "use": "out",
                "min": 1,
                "max": "1",
                "documentation": "A searchset: `search.score` is 1 for the best and less for each "
                "after it. The entry of mode outcome says why: its issues name the entry in "
                f"`expression`, the criterion ({CRITERION}) and the verdict ({VERDICT}).",
                "type": "Bundle",
            },
        ],
    }


def input_type(type_: str) -> dict[str, Any]:
    """The type of an input; one of parts has none."""
    if type_ != "Parameters":
        return {"type": type_}
    return {
        "part": [
            {
                "name": "service",
                "use": "in",
                "min": 1,
                "max": "1",
                "documentation": "The HealthcareService.",
                "type": "Reference",
            },
            {
                "name": "reason",
                "use": "in",
                "min": 1,
                "max": "1",
                "documentation": "The reason's name or its number in the DoS.",
                "type": "code",
            },
        ]
    }
