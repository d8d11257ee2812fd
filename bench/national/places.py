"""Where the sample's services stand: the sectors of England, each with its commissioner's area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, product
from typing import NamedTuple, TypeVar

from seed.read import Seed
from seed.records import ShareRow

ENGLAND = "E92000001"
CCG = "E38"  # how the codes of CCGs' areas begin

T = TypeVar("T")


class SectorOf(NamedTuple):
    """A sector of England: the middle of its postcodes, how many they are, who commissions there.

    `of_it` is the part of it in that commissioner's area.
    """

    code: str
    latitude: float
    longitude: float
    postcodes: int
    area: str
    of_it: float


@dataclass(frozen=True)
class Places:
    """The sectors, what is inferred of sectors and districts, and the commissioners' areas in groups.

    `groups` are neighbouring areas, four to seven together, as one NHS 111 service has them.
    """

    sectors: list[SectorOf]
    inferred_sectors: list[ShareRow]
    inferred_districts: list[ShareRow]
    groups: list[list[str]]

    @property
    def numbers(self) -> dict[str, int]:
        """The numbers by which the finder's index knows the areas that services serve (graph_model/reach.py)."""
        areas = [ENGLAND, *sorted(area for group in self.groups for area in group)]
        return {area: number for number, area in enumerate(areas, start=1)}


def places_of(seed: Seed) -> Places:
    """The places of the sample.

    The seed's tables give a commissioner to the sectors that its articles are about. Every other has that of the
    nearest town or village whose commissioner is known: an inference, and said to be one.
    """
    in_england = {
        row.part for row in seed.sector_areas if row.area == ENGLAND and row.share > 0.5
    }
    known = largest_areas(seed.sector_areas)
    towns = Nearest(
        (place.latitude, place.longitude, place.ccg)
        for place in seed.places
        if place.ccg is not None
    )
    sectors: list[SectorOf] = []
    inferred: list[ShareRow] = []
    for row in seed.sectors:
        if row.sector not in in_england:
            continue
        lies_in = known.get(row.sector)
        if lies_in is None:
            area = towns.to(row.latitude, row.longitude)
            lies_in = share(row.sector, area, 1.0, row.postcodes)
            inferred.append(lies_in)
        sectors.append(
            SectorOf(
                row.sector,
                row.latitude,
                row.longitude,
                row.postcodes,
                lies_in.area,
                lies_in.share,
            )
        )
    of_districts = set(largest_areas(seed.district_areas))
    districts = [
        row for row in shares_of_districts(sectors) if row.part not in of_districts
    ]
    return Places(sectors, inferred, districts, groups_of(middles(sectors)))


def largest_areas(shares: Iterable[ShareRow]) -> dict[str, ShareRow]:
    """The share of the commissioner's area that holds most of each sector or district."""
    best: dict[str, ShareRow] = {}
    for row in shares:
        if row.area.startswith(CCG) and (
            row.part not in best or row.share > best[row.part].share
        ):
            best[row.part] = row
    return best


def share(part: str, area: str, of_it: float, postcodes: int) -> ShareRow:
    """A share of ours: its codes are the seed's, and need no looking up."""
    return ShareRow.model_construct(
        part=part, area=area, share=of_it, postcodes=postcodes
    )


def shares_of_districts(sectors: Iterable[SectorOf]) -> list[ShareRow]:
    """Which part of each district's postcodes lies in which commissioner's area."""
    counted: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for sector in sectors:
        district = sector.code.partition(" ")[0]
        counted[district][sector.area] += sector.postcodes
    return [
        share(district, area, round(postcodes / sum(areas.values()), 4), postcodes)
        for district, areas in counted.items()
        for area, postcodes in areas.items()
        if postcodes
    ]


def middles(sectors: Iterable[SectorOf]) -> dict[str, tuple[float, float]]:
    """The middle of each commissioner's area: latitude and longitude."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for sector in sectors:
        weight = max(sector.postcodes, 1)
        of_area = sums[sector.area]
        of_area[0] += weight * sector.latitude
        of_area[1] += weight * sector.longitude
        of_area[2] += weight
    return {
        area: (lat / weight, lon / weight) for area, (lat, lon, weight) in sums.items()
    }


def groups_of(
    middles: Mapping[str, tuple[float, float]], most: int = 7
) -> list[list[str]]:
    """The areas in groups of neighbours: halved along the longer side until they are small."""
    if len(middles) <= most:
        return [sorted(middles)]
    latitudes, longitudes = zip(*middles.values(), strict=True)
    # A degree of longitude is 0.6 of one of latitude in England.
    is_tall = spread(latitudes) > 0.6 * spread(longitudes)
    side = 0 if is_tall else 1
    areas = sorted(middles, key=lambda area: (middles[area][side], area))
    half = len(areas) // 2
    return [
        group
        for part in (areas[:half], areas[half:])
        for group in groups_of({area: middles[area] for area in part}, most)
    ]


def spread(values: Sequence[float]) -> float:
    return max(values) - min(values)


class Nearest:
    """Points with a value each; finds the value of the nearest."""

    def __init__(self, points: Iterable[tuple[float, float, str]]) -> None:
        self.squares: dict[tuple[int, int], list[tuple[float, float, str]]] = (
            defaultdict(list)
        )
        for latitude, longitude, value in points:
            self.squares[square(latitude, longitude)].append(
                (latitude, longitude, value)
            )

    def to(self, latitude: float, longitude: float) -> str:
        """The value of the nearest point."""
        row, column = square(latitude, longitude)
        for reach in count(1):
            around = product(
                range(row - reach, row + reach + 1),
                range(column - reach, column + reach + 1),
            )
            found = [
                ((lat - latitude) ** 2 + (0.6 * (lon - longitude)) ** 2, value)
                for place in around
                for lat, lon, value in self.squares.get(place, [])
            ]
            if found:
                return min(found)[1]
        raise AssertionError("count never ends")


def square(latitude: float, longitude: float) -> tuple[int, int]:
    """The square of a tenth of a degree in which a point lies."""
    return int(latitude * 10), int(longitude * 10)
