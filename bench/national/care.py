"""The sample's providers, and the contracts under which they work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bench.national.chance import Chance, Weighted
from bench.national.files import Files
from bench.national.places import Places
from bench.national.sample import AS_OF, SOURCE, Sample
from seed.graph import Node

STATED = Node("Source", SOURCE)

PROVIDER_KINDS = Weighted(
    [
        ("INDEPENDENT_PROVIDER", 30.0),
        ("NHS_TRUST", 25.0),
        ("VOLUNTARY_SECTOR", 15.0),
        ("GP_FEDERATION", 15.0),
        ("PARTNERSHIP", 10.0),
        ("LOCAL_AUTHORITY", 5.0),
    ]
)
LIFE = Weighted(
    [
        ("LIVE", 82.0),
        ("LIVE, END UNKNOWN", 5.0),
        ("VARIED", 4.0),
        ("ENDED", 4.0),
        ("AWARDED", 3.0),
        ("PLANNED", 2.0),
    ]
)
# What is in force on the sample's day ends some time after it.
SOON = AS_OF + timedelta(days=31)
# What an endpoint is reached by, and what it takes.
CONNECTIONS = Weighted(
    [
        (("hl7-fhir-rest", "https://{}.example/fhir", "application/fhir+json"), 60.0),
        (("secure-email", "mailto:referrals@{}.example", "application/pdf"), 40.0),
    ]
)
WITH_ENDPOINT, SWITCHED_OFF = 0.2, 0.1
CO_COMMISSIONED, OF_ALLIANCE, SECOND_HOLDER = 0.15, 0.05, 0.05


@dataclass
class Provider:
    """A provider, the commissioner's area where it works, and its contracts."""

    slug: str
    area: str
    contracts: list[str] = field(default_factory=list)
    endpoint: str | None = None


@dataclass
class Care:
    """Who provides in each area; for an area that has nobody, the providers of its group."""

    providers: list[Provider]
    near: dict[str, list[Provider]]


def care_of(sample: Sample, places: Places, sectors: Weighted[str]) -> Care:
    """The providers, each where people live, and how the contracts are shared out."""
    chance = sample.chance("providers")
    providers = [
        Provider(f"provider-{number}", sectors.pick(chance))
        for number in range(1, sample.providers + 1)
    ]
    for number in range(1, sample.contracts + 1):
        # First one for each, then by chance.
        given = (
            providers[number - 1]
            if number <= len(providers)
            else chance.pick(providers)
        )
        given.contracts.append(f"contract-{number}")
    return Care(providers, near_each_area(providers, places))


def near_each_area(
    providers: list[Provider], places: Places
) -> dict[str, list[Provider]]:
    in_area: dict[str, list[Provider]] = defaultdict(list)
    for provider in providers:
        in_area[provider.area].append(provider)
    near: dict[str, list[Provider]] = {}
    for group in places.groups:
        in_group = [provider for area in group for provider in in_area[area]]
        for area in group:
            near[area] = in_area[area] or in_group or providers
    return near


def write_providers(files: Files, sample: Sample, care: Care) -> None:
    chance = sample.chance("kinds of providers")
    for number, provider in enumerate(care.providers, start=1):
        node = Node("Organisation", provider.slug)
        values = {
            "slug": provider.slug,
            "name": f"Provider {number}",
            "kind": PROVIDER_KINDS.pick(chance),
        }
        files.node("Organisation", provider.slug, values)
        state(files, node, a_month(chance))


def write_endpoints(files: Files, sample: Sample, care: Care) -> None:
    """Where some of the providers take messages, at addresses that are kept for examples."""
    chance = sample.chance("endpoints")
    for provider in care.providers:
        if not chance.happens(WITH_ENDPOINT):
            continue
        provider.endpoint = f"{provider.slug}-referrals"
        connection, address, takes = CONNECTIONS.pick(chance)
        values = {
            "slug": provider.endpoint,
            "name": "Referrals",
            "status": "off" if chance.happens(SWITCHED_OFF) else "active",
            "connection": connection,
            "address": address.format(provider.slug),
            "payload_types": ["Referral request"],
            "payload_mime_types": [takes],
            "from": date(2015, 4, 1),
        }
        node = Node("Endpoint", provider.endpoint)
        files.node("Endpoint", provider.endpoint, values)
        state(files, node, a_month(chance))
        files.link(Node("Organisation", provider.slug), "HAS_ENDPOINT", node)


def state(files: Files, node: Node, on: date) -> None:
    """Say that the sample states this on a day."""
    files.link(node, "STATED_BY", STATED, {"certainty": "STATED", "on": on})


def a_month(chance: Chance) -> date:
    """The first day of a month; one in twenty is too long ago to count any more."""
    ago = 37 + chance.below(24) if chance.happens(0.05) else chance.below(30)
    month = AS_OF.year * 12 + AS_OF.month - 1 - ago
    return date(month // 12, month % 12 + 1, 1)


def write_contracts(
    files: Files,
    sample: Sample,
    places: Places,
    care: Care,
    by_area: Mapping[str, str],
    procured: set[str],
) -> dict[str, date]:
    """The contracts, and when each ends that does. One that procures nothing is out to tender."""
    chance = sample.chance("contracts")
    neighbours = {area: group for group in places.groups for area in group}
    alliances = [
        f"alliance-{number}" for number in range(1, sample.contracts // 100 + 1)
    ]
    members: dict[str, set[str]] = {slug: set() for slug in alliances}
    for number, slug in enumerate(alliances, start=1):
        files.node("Alliance", slug, {"slug": slug, "name": f"Alliance {number}"})
        state(files, Node("Alliance", slug), a_month(chance))
    ends: dict[str, date] = {}
    for provider in care.providers:
        for slug in provider.contracts:
            node = Node("Contract", slug)
            values = contract_values(slug, slug in procured, chance)
            if "end" in values:
                ends[slug] = values["end"]
            files.node("Contract", slug, values)
            state(files, node, a_month(chance))
            lead = by_area[provider.area]
            files.link(Node("Organisation", lead), "COMMISSIONS", node, {"lead": True})
            if chance.happens(CO_COMMISSIONED):
                other = by_area[chance.pick(neighbours[provider.area])]
                if other != lead:
                    files.link(
                        Node("Organisation", other),
                        "COMMISSIONS",
                        node,
                        {"lead": False},
                    )
            holders = {provider.slug}
            if chance.happens(SECOND_HOLDER):
                holders.add(chance.pick(care.near[provider.area]).slug)
            for holder in sorted(holders):
                files.link(Node("Organisation", holder), "HOLDS", node)
            if chance.happens(OF_ALLIANCE):
                alliance = chance.pick(alliances)
                files.link(node, "BOUND_BY", Node("Alliance", alliance))
                members[alliance] |= holders
    for alliance, of_it in members.items():
        for member in sorted(of_it):
            since = {"from": date(2013, 4, 1)}
            node = Node("Organisation", member)
            files.link(node, "MEMBER_OF", Node("Alliance", alliance), since)
    return ends


def contract_values(slug: str, procures: bool, chance: Chance) -> dict[str, Any]:
    """A contract's life, about the sample's day."""
    life = LIFE.pick(chance) if procures else "IN_PROCUREMENT"
    values: dict[str, Any] = {
        "slug": slug,
        "title": f"Contract {slug.removeprefix('contract-')}",
        "status": life.partition(",")[0],
    }
    years = timedelta(days=365 * (2 + chance.below(4)))
    if life in {"AWARDED", "PLANNED"}:
        start = chance.day(date(2017, 1, 1), date(2017, 6, 1))
    elif life == "ENDED":
        start = chance.day(date(2010, 1, 1), date(2014, 1, 1))
        years = timedelta(days=730)
    else:
        start = chance.day(date(2014, 4, 1), date(2016, 10, 1))
    if life == "IN_PROCUREMENT":
        return values
    if chance.happens(0.2):
        values |= {"start": start.replace(day=1), "start_precision": "MONTH"}
    else:
        values["start"] = start
    if life != "LIVE, END UNKNOWN":
        values["end"] = start + years if life == "ENDED" else max(start + years, SOON)
    if chance.happens(0.6):
        values["value_gbp"] = float(50_000 * (1 + chance.below(400)))
    return values
