"""$find-referral-options: the finder for FHIR clients, with its reasons."""

from datetime import date
from typing import Any

from neo4j import AsyncDriver

from api.fhir.bundles import entry, resource_of, told
from api.fhir.operation_input import INPUTS, case_of
from api.fhir.outcomes import issue
from api.fhir.resources import TYPE_OF
from api.fhir.terms import CRITERION, VERDICT, given
from graph_model.referrals import referral_answer
from graph_model.rows import CriterionRow, OptionRow
from graph_model.search import NOUNS
from graph_model.search.noun import Noun
from graph_model.search.showing import shown

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
    rows = await shown_services(driver, offered, answer["as_of"])
    services = rows[NOUNS["service"]]
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
        slug = option["service"]["slug"]
        if slug in seen or slug not in services:
            continue
        seen.add(slug)
        fallback = option not in options
        resource = resource_of(
            "HealthcareService", services[slug], answer["as_of"], answer["notice"]
        )
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
    entries += [
        entry(
            base,
            resource_of(TYPE_OF[noun.name], row, answer["as_of"], answer["notice"]),
            "include",
        )
        for noun in (NOUNS["organisation"], NOUNS["location"])
        for row in rows[noun].values()
    ]
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


async def shown_services(
    driver: AsyncDriver, options: list[OptionRow], day: date
) -> dict[Noun, dict[str, dict[str, Any]]]:
    """The services of the options as searches show them, with their places and providers."""
    services = [option["service"] for option in options]
    providers = [each.get("provider") for each in services]
    locations = [each.get("location") for each in services]
    keys = {
        NOUNS["service"]: {each["slug"] for each in services},
        NOUNS["organisation"]: {each["slug"] for each in providers if each},
        NOUNS["location"]: {each["slug"] for each in locations if each},
    }
    return await shown(driver, keys, day)


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
