"""The sample's services: of which type, for which needs, where, for which areas, by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from neo4j.spatial import Point, WGS84Point

from bench.national.care import Care, Provider
from bench.national.chance import Chance, Weighted
from bench.national.eligibility import (
    Values,
    capacity,
    life,
    referrers,
    who_may_come,
)
from bench.national.places import ENGLAND, Places, SectorOf
from bench.national.words import AMBULANCE, HUB, NHS_111, Words

COMES_TO_PEOPLE = 0.15  # of the services
SHARES_A_LOCATION = 0.4  # of those that stand somewhere
WITHOUT_CONTRACT, COMMISSIONED_WITHOUT_CONTRACT = 0.08, 0.5
GROUPS_OF_AN_AMBULANCE_SERVICE = 4

# Which areas a service that stands somewhere is for, and one that comes to people.
STANDS_FOR = Weighted(
    [
        ("LIMITED", 40.0),
        ("LIMITED, AND NEIGHBOURS", 8.0),
        ("PROMOTED", 15.0),
        ("OPEN", 20.0),
        ("UNKNOWN", 3.0),
        ("NOT STATED", 14.0),
    ]
)
COMES_TO = Weighted(
    [("LIMITED", 75.0), ("LIMITED, AND NEIGHBOURS", 24.0), ("OPEN", 1.0)]
)


class Served(NamedTuple):
    """An area that a service serves, and by which rule."""

    area: str
    rule: str


class Location(NamedTuple):
    """A place where services stand."""

    slug: str
    sector: str
    point: Point


@dataclass
class Service:
    """A service as it was drawn; `location` is None for one that comes to people."""

    slug: str
    type: str
    needs: list[str]
    location: Location | None
    serves: list[Served]
    provider: Provider
    values: Values
    accepts: str | None
    accepts_from: list[str]
    contract: str | None = None
    commissioned_by: str | None = None  # where no contract is known
    refers_on_to: list[str] = field(default_factory=list)
    referred_on_to: bool = False  # whether another refers on to it


@dataclass(frozen=True)
class Ground:
    """What services are drawn from. `practices` are the GP practices of a commissioner, by its area."""

    places: Places
    sectors: Weighted[SectorOf]
    words: Words
    care: Care
    commissioners: Mapping[str, str]
    practices: Mapping[str, Sequence[str]]


def services(ground: Ground, count: int, chance: Chance) -> Iterator[Service]:
    """Every service, one after the other: the ordinary ones, then those that the hubs pass people on to them by."""
    groups = ground.places.groups
    group_of = {area: number for number, areas in enumerate(groups) for area in areas}
    only_by_hub: dict[int, list[str]] = defaultdict(list)
    locations: dict[str, list[Location]] = defaultdict(list)
    ordinary = count - count_of_group_services(groups)
    for number in range(1, ordinary + 1):
        service, area = ordinary_service(ground, number, chance, group_of, locations)
        if service.accepts_from == ["CLINICAL_HUB"]:
            service.referred_on_to = True
            only_by_hub[group_of[area]].append(service.slug)
        yield service
    yield from group_services(ground, ordinary + 1, chance, only_by_hub)


def count_of_group_services(groups: Sequence[object]) -> int:
    ambulances = -(-len(groups) // GROUPS_OF_AN_AMBULANCE_SERVICE)
    return 2 * len(groups) + ambulances


def ordinary_service(
    ground: Ground,
    number: int,
    chance: Chance,
    group_of: Mapping[str, int],
    locations: dict[str, list[Location]],
) -> tuple[Service, str]:
    """A service that somebody founded somewhere, and the commissioner's area that it is in."""
    sector = ground.sectors.pick(chance)
    type = ground.words.ordinary_types.pick(chance)
    needs = chance.several(ground.words.met_by[type], 2 + chance.below(4))
    comes_to_people = chance.happens(COMES_TO_PEOPLE)
    accepts, accepts_from = referrers(chance)
    service = Service(
        slug=f"service-{number}",
        type=type,
        needs=needs,
        location=None if comes_to_people else location(sector, locations, chance),
        serves=serves(
            (COMES_TO if comes_to_people else STANDS_FOR).pick(chance),
            sector.area,
            ground.places.groups[group_of[sector.area]],
            chance,
        ),
        provider=chance.pick(ground.care.near[sector.area]),
        values={
            **life(chance),
            **who_may_come(chance, ground.practices.get(sector.area, [])),
            **capacity(chance),
        },
        accepts=accepts,
        accepts_from=accepts_from,
    )
    if not chance.happens(WITHOUT_CONTRACT):
        service.contract = chance.pick(service.provider.contracts)
    elif chance.happens(COMMISSIONED_WITHOUT_CONTRACT):
        service.commissioned_by = ground.commissioners[sector.area]
    return service, sector.area


def location(
    sector: SectorOf, locations: dict[str, list[Location]], chance: Chance
) -> Location:
    """Where a service of this sector stands: with others, or at an address of its own."""
    here = locations[sector.code]
    if here and chance.happens(SHARES_A_LOCATION):
        return chance.pick(here)
    latitude = round(sector.latitude + chance.around(0.009), 5)
    longitude = round(sector.longitude + chance.around(0.015), 5)
    slug = f"location-{sector.code.lower().replace(' ', '-')}-{len(here) + 1}"
    new = Location(slug, sector.code, WGS84Point((longitude, latitude)))
    here.append(new)
    return new


def serves(kind: str, area: str, group: Sequence[str], chance: Chance) -> list[Served]:
    """The areas that a service in an area serves."""
    rule, _, more = kind.partition(", ")
    if rule == "NOT STATED":
        return []
    if rule == "OPEN":
        return [Served(ENGLAND, "OPEN")]
    areas = {area}
    if more:
        areas.update(chance.several(group, 1 + chance.below(2)))
    return [Served(each, rule) for each in sorted(areas)]


def group_services(
    ground: Ground,
    number: int,
    chance: Chance,
    only_by_hub: Mapping[int, Sequence[str]],
) -> Iterator[Service]:
    """NHS 111 and a clinical hub for each group of areas, and an ambulance service for every few."""
    groups = ground.places.groups
    for position, areas in enumerate(groups):
        hub = group_service(ground, number, HUB, areas, chance)
        hub.accepts, hub.accepts_from = "LISTED", ["GP", "NHS_111", "PARAMEDIC"]
        hub.referred_on_to = True
        hub.refers_on_to = list(only_by_hub.get(position, []))
        yield hub
        line = group_service(ground, number + 1, NHS_111, areas, chance)
        line.refers_on_to = [hub.slug]
        yield line
        number += 2
    for first in range(0, len(groups), GROUPS_OF_AN_AMBULANCE_SERVICE):
        several = groups[first : first + GROUPS_OF_AN_AMBULANCE_SERVICE]
        areas = [area for group in several for area in group]
        yield group_service(ground, number, AMBULANCE, areas, chance)
        number += 1


def group_service(
    ground: Ground, number: int, type: str, areas: Sequence[str], chance: Chance
) -> Service:
    """A service by telephone or on wheels, day and night, for all people of some areas."""
    provider = chance.pick(ground.care.near[areas[0]])
    return Service(
        slug=f"service-{number}",
        type=type,
        needs=list(ground.words.met_by[type]),
        location=None,
        serves=[Served(area, "LIMITED") for area in sorted(areas)],
        provider=provider,
        values={
            "status": "ACTIVE",
            "ages": "ALL",
            "gp_registration": "ANY",
            "opening": ["OPEN_ALL_HOURS"],
        },
        accepts="ANYONE",
        accepts_from=[],
        contract=chance.pick(provider.contracts),
    )
