"""Searchsets, and what every resource carries in its `meta`."""

import hashlib
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import NAMESPACE_OID, uuid5

import orjson

from api.fhir.outcomes import issue, outcome
from api.fhir.parameters import Search, mark
from api.fhir.resources import RESOURCES, TYPE_OF
from api.fhir.terms import NOTICE, given, instant
from graph_model.directory import notice_of
from graph_model.search.search import MOST_INCLUDED, Found

DISTANCE = "http://hl7.org/fhir/StructureDefinition/location-distance"
SUBSETTED = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
    "code": "SUBSETTED",
}
ALWAYS = ("resourceType", "id", "meta")
# What FHIR demands of a resource is there whatever elements are asked for.
MANDATORY = {
    "Endpoint": ("status", "connectionType", "payloadType", "address"),
    "PlanDefinition": ("status",),
}


def resource_of(
    kind: str,
    row: dict[str, Any],
    day: date,
    notice: str | None,
    elements: list[str] | None = None,
) -> dict[str, Any]:
    """A row as a resource on a day with its `meta`: version, moment of change, notice."""
    shown = RESOURCES[kind].show(row, day)
    version = hashlib.sha256(orjson.dumps(shown)).hexdigest()[:16]
    tags = []
    if notice:
        tags.append({"system": NOTICE, "code": "historical", "display": notice})
    if elements is not None:
        kept = {*elements, *ALWAYS, *MANDATORY.get(kind, ())}
        shown = {name: value for name, value in shown.items() if name in kept}
        tags.append(SUBSETTED)
    meta = given(
        versionId=version,
        lastUpdated=instant(row["updated"]),
        tag=tags,
    )
    head = {name: shown.pop(name) for name in ("resourceType", "id")}
    return {**head, "meta": meta, **shown}


def notice_in(directory: dict[str, Any]) -> str | None:
    """What a reader must know before anything else."""
    return notice_of(
        {"as_of": directory["as_of"], "historical": directory["historical"]}
    )


def entry(
    base: str, resource: dict[str, Any], mode: str, metres: float | None = None
) -> dict[str, Any]:
    """A resource in a searchset, with how far it is where that was asked."""
    search: dict[str, Any] = {"mode": mode}
    if metres is not None:
        distance = {
            "value": round(metres / 1000, 3),
            "unit": "km",
            "system": "http://unitsofmeasure.org",
            "code": "km",
        }
        search = {"extension": [{"url": DISTANCE, "valueDistance": distance}], **search}
    address = f"{base}/{resource['resourceType']}/{resource['id']}"
    return {"fullUrl": address, "resource": resource, "search": search}


def searchset(search: Search, found: Found, base: str) -> dict[str, Any]:
    """The page of a search: what matched, what was included, and what a reader must know."""
    rows = [] if search.only_count else found.rows
    day, notice = found.directory["day"], notice_in(found.directory)
    entries = [
        entry(
            base,
            resource_of(search.kind, each["row"], day, notice, search.elements),
            "match",
            each["metres"] if search.near else None,
        )
        for each in rows
    ]
    seen = {each["fullUrl"] for each in entries}
    words = notices(search, found)
    for name, neighbours in {} if search.only_count else found.included.items():
        kind = TYPE_OF[search.includes[name].noun]
        if len(neighbours) > MOST_INCLUDED:
            neighbours = neighbours[:MOST_INCLUDED]
            words.append(
                issue(
                    "warning",
                    "incomplete",
                    f"{name} gave more than {MOST_INCLUDED} resources; the others are left "
                    "out. Ask for fewer at a time with _count.",
                )
            )
        for row in neighbours:
            each = entry(base, resource_of(kind, row, day, notice), "include")
            if each["fullUrl"] not in seen:
                seen.add(each["fullUrl"])
                entries.append(each)
    if words:
        entries.append(told(words))
    whole = search.after is None and not found.more and not search.only_count
    total = len(rows) if whole else found.total
    return given(
        resourceType="Bundle",
        type="searchset",
        total=total,
        link=links(search, found, base),
        entry=entries,
    )


def told(issues: list[dict[str, Any]]) -> dict[str, Any]:
    """An outcome as an entry of a searchset."""
    resource = outcome(*issues)
    # An outcome is at no address; the same one keeps its name, so that the page keeps its version.
    name = uuid5(NAMESPACE_OID, orjson.dumps(resource).decode())
    return {
        "fullUrl": f"urn:uuid:{name}",
        "resource": resource,
        "search": {"mode": "outcome"},
    }


def notices(search: Search, found: Found) -> list[dict[str, Any]]:
    """That the directory is historical, and which parameters were left out."""
    notice = notice_in(found.directory)
    words = [issue("warning", "informational", notice)] if notice else []
    words += [
        issue("warning", "not-supported", f"The parameter {name[:80]!r} was left out.")
        for name in search.left_out
    ]
    if not found.rows and search.after is None and not search.only_count:
        words += [
            issue(
                "information",
                "informational",
                f"Nothing was found. {name} finds what begins with the value; {name}:contains "
                "looks anywhere in it.",
            )
            for name, _ in search.told
            if name in search.resource.parameters
            and search.resource.parameters[name].type == "string"
        ]
    return words


def links(search: Search, found: Found, base: str) -> list[dict[str, str]]:
    """This page, the first one and the next, by addresses that say all that was asked."""
    own = [each for each in search.told if each[0] not in ("_count", "_after")]
    own.append(("_count", str(search.count)))
    here = [*own, *[each for each in search.told if each[0] == "_after"]]
    found_links = [link("self", base, search.kind, here)]
    found_links.append(link("first", base, search.kind, own))
    if found.more and found.rows and not search.only_count:
        onwards = [*own, ("_after", mark(search, found.rows[-1]))]
        found_links.append(link("next", base, search.kind, onwards))
    return found_links


def link(
    relation: str, base: str, kind: str, told_parameters: list[tuple[str, str]]
) -> dict[str, str]:
    query = urlencode(told_parameters)
    return {"relation": relation, "url": f"{base}/{kind}" + (query and f"?{query}")}
