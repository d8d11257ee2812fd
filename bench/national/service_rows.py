"""A service of the sample as rows of the files, with the index that is derived from it (graph_model/reach.py)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from neo4j.spatial import Point

from bench.national.care import a_month, state
from bench.national.chance import Chance
from bench.national.derived import cell_at, is_whole_country
from bench.national.files import Files
from bench.national.services import Location, Service
from seed.graph import Node

# Royal Mail uses these letters in no inward code, so that no such postcode exists.
NEVER_IN_POSTCODES = "CIKMOV"
FORMERLY_PROVIDED = 0.03
HANDED_OVER = date(2015, 4, 1)


def write_location(files: Files, location: Location, chance: Chance) -> None:
    node = Node("Location", location.slug)
    unit = chance.pick(NEVER_IN_POSTCODES) + chance.pick(NEVER_IN_POSTCODES)
    values = {
        "slug": location.slug,
        "name": f"Location {location.slug.rpartition('-')[2]}, {location.sector}",
        "address": [f"{1 + chance.below(200)} Sample Street"],
        "postcode": location.sector + unit,
        "point": location.point,
    }
    files.node("Location", location.slug, values)
    state(files, node, a_month(chance))


def write_service(
    files: Files,
    service: Service,
    name_of_type: str,
    reach: Mapping[str, Any],
    on: date,
) -> Node:
    """The service as stated on a day, its provider and its contract; what it meets and where is `write_reach`'s."""
    node = Node("Service", service.slug)
    number = int(service.slug.removeprefix("service-"))
    files.node(
        "Service",
        service.slug,
        {
            "slug": service.slug,
            "name": f"Service {number}, {name_of_type}",
            "reach": "PLACE" if service.location else "AREA",
            # Ofcom keeps these numbers for drama: they ring nowhere.
            "telephone": f"01632 960{number % 1000:03}",
            "accepts": service.accepts,
            **service.values,
            **reach,
        },
    )
    state(files, node, on)
    since = service.values.get("opened") or date(2013, 4, 1)
    provider = Node("Organisation", service.provider.slug)
    files.link(provider, "PROVIDES", node, {"from": since})
    if service.contract:
        files.link(Node("Contract", service.contract), "PROCURES", node)
    if service.commissioned_by:
        commissioner = Node("Organisation", service.commissioned_by)
        files.link(commissioner, "COMMISSIONS", node, {"lead": True})
    for role in service.accepts_from:
        files.link(node, "ACCEPTS_FROM", Node("ReferrerRole", role))
    if service.provider.endpoint:
        endpoint = Node("Endpoint", service.provider.endpoint)
        files.link(node, "HAS_ENDPOINT", endpoint)
    for other in service.refers_on_to:
        files.link(node, "REFERS_ON_TO", Node("Service", other))
    return node


def write_reach(
    files: Files,
    service: Service,
    reach: Mapping[str, Any],
    numbers: Mapping[str, int],
    middles: Mapping[str, Point],
) -> None:
    """What the service meets, and where.

    `reach` is what is derived of the service, `numbers` are those of needs, types and areas, `middles` the points of areas.
    """
    node = Node("Service", service.slug)
    here = service.location.point if service.location else None
    told = {name: reach[name] for name in ("facts", "serving")}
    met = [("MEETS", Node("Need", need)) for need in service.needs]
    for type, what in [*met, ("OF_TYPE", Node("ServiceType", service.type))]:
        files.link(node, type, what, told | cell_at(here, numbers[what.key]))
    if service.location:
        files.link(node, "DELIVERED_AT", Node("Location", service.location.slug))
    for area, rule in service.serves:
        node_of_area = Node("Area", area)
        files.link(node, "SERVES", node_of_area, {"rule": rule})
        if here and (rule != "LIMITED" or is_whole_country(area, rule)):
            continue
        middle = None if here else middles.get(area)
        for what in [*service.needs, service.type]:
            number = numbers[what]
            key = {"number": 100_000 * number + numbers[area]}
            files.link(
                node, "MEETS_IN", node_of_area, told | key | cell_at(middle, number)
            )
