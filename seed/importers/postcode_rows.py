"""The rows of files of postcodes, whichever of the published layouts they have.

Code-Point Open has no header; ONSPD and NSPL have one whose names changed over the years.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from graph_model.postcodes import unit_code
from seed.faults import ImportRefused
from seed.importers.files import Member, members, month_of


class Unit(NamedTuple):
    """A whole postcode as a file states it: its point in degrees (WGS84), in metres of the grid, or neither."""

    member: str
    line: int
    code: str
    longitude: float | None = None
    latitude: float | None = None
    easting: float | None = None
    northing: float | None = None
    terminated: str | None = None  # year and month: 2010-03
    commissioning_area: str | None = None  # these are GSS codes
    local_authority: str | None = None
    lsoa11: str | None = None
    lsoa21: str | None = None


class Refused(NamedTuple):
    """A row that is no postcode of the United Kingdom."""

    member: str
    line: int
    reason: str
    found: str


@dataclass(frozen=True)
class PostcodeFile:
    """A file of postcodes: what it is, and its rows, which can be read again from the start."""

    slug: str
    title: str
    publisher: str
    attribution: str
    published: str | None  # year and month
    members: list[Member]
    unit: Callable[[str, int, Sequence[str]], Unit | Refused]
    has_header: bool

    def rows(self) -> Iterator[Unit | Refused]:
        for member in self.members:
            for line, row in enumerate(member.rows(), start=1):
                if row and not (self.has_header and line == 1):
                    yield self.unit(member.name, line, row)

    @property
    def position(self) -> int:
        """How many bytes have been read."""
        return sum(member.position for member in self.members if member.stream)

    @property
    def size(self) -> int:
        return sum(member.size for member in self.members)


COPYRIGHT = (
    "Contains OS data © Crown copyright and database right {year}. Contains Royal Mail data "
    "© Royal Mail copyright and database right {year}. Contains National Statistics data "
    "© Crown copyright and database right {year}. Open Government Licence v3.0."
)


def postcode_file(path: Path) -> PostcodeFile:
    """What a file of postcodes is. Raises ImportRefused where it has none of the known layouts."""
    found = members(path)
    month = month_of(path) or month_in(path.name)
    attribution = COPYRIGHT.format(year=(month or "as published")[:4])
    tables = [
        each
        for each in found
        if not each.name.lower().startswith(("doc/", "documents/"))
    ]
    code_point = [each for each in tables if is_code_point(each.head())]
    if code_point:
        if not month:
            attribution = COPYRIGHT.format(year="of its edition")
        return PostcodeFile(
            slug=f"code-point-open-{month or 'undated'}",
            title=f"Code-Point Open{f' ({month})' if month else ''}",
            publisher="Ordnance Survey",
            attribution=attribution,
            published=month,
            members=code_point,
            unit=code_point_unit,
            has_header=False,
        )
    # ONSPD's archive holds all rows in one file, and again in a file for each postcode area.
    largest = max(tables or found, key=lambda each: each.size)
    columns = Columns.of(largest.head(), largest.name)
    name = Path(largest.name).name.split(".")[0]
    month = month_in(name) or month
    if not month:
        attribution = COPYRIGHT.format(year="of its edition")
    kind = (
        "National Statistics Postcode Lookup"
        if "NSPL" in name
        else "ONS Postcode Directory"
    )
    return PostcodeFile(
        slug=f"postcodes-{re.sub(r'[^a-z0-9]+', '-', name.lower())}",
        title=f"{kind} ({name})",
        publisher="Office for National Statistics",
        attribution=attribution,
        published=month,
        members=[largest],
        unit=columns.unit,
        has_header=True,
    )


MONTHS = [
    "JAN",
    "FEB",
    "MAR",
    "APR",
    "MAY",
    "JUN",
    "JUL",
    "AUG",
    "SEP",
    "OCT",
    "NOV",
    "DEC",
]


def month_in(name: str) -> str | None:
    """The month that the name of a file of ONS states: 2024-02 of ONSPD_FEB_2024_UK."""
    found = re.search(rf"({'|'.join(MONTHS)})[A-Z]*[_-](20\d\d)", name.upper())
    return f"{found[2]}-{MONTHS.index(found[1]) + 1:02}" if found else None


# Code-Point Open: Postcode, Positional_quality_indicator, Eastings, Northings, Country_code,
# NHS_regional_HA_code, NHS_HA_code, Admin_county_code, Admin_district_code, Admin_ward_code.
CODE_POINT_COLUMNS = 10
NO_COORDINATES = "90"  # positional quality


def is_code_point(row: Sequence[str]) -> bool:
    return len(row) == CODE_POINT_COLUMNS and unit_code(row[0]) is not None


def code_point_unit(member: str, line: int, row: Sequence[str]) -> Unit | Refused:
    """A row of Code-Point Open."""
    if len(row) != CODE_POINT_COLUMNS:
        reason = f"not the {CODE_POINT_COLUMNS} columns of Code-Point Open"
        return Refused(member, line, reason, ",".join(row)[:40])
    code = unit_code(row[0])
    if code is None:
        return Refused(member, line, NO_POSTCODE, row[0])
    authority = row[8] or None
    if row[1] == NO_COORDINATES:
        return Unit(member, line, code, local_authority=authority)
    east, north = number(row[2]), number(row[3])
    return Unit(member, line, code, None, None, east, north, None, None, authority)


NO_POSTCODE = "not a postcode"
OUTSIDE = "of the Channel Islands or the Isle of Man, outside the United Kingdom"

# The names that ONSPD and NSPL have had for a column, the best first.
NAMES = {
    "code": ("pcds", "pcd", "pcd7", "pcd8", "pcd2", "postcode"),
    "terminated": ("doterm",),
    "longitude": ("long", "longitude"),
    "latitude": ("lat", "latitude"),
    "easting": ("oseast1m", "east1m", "easting"),
    "northing": ("osnrth1m", "north1m", "northing"),
    "quality": ("osgrdind", "gridind"),
    "commissioning_area": (r"ccg", r"ccg\d\dcd", r"sicbl", r"sicbl\d\dcd"),
    "local_authority": (r"oslaua", r"laua", r"lad\d\dcd"),
    "lsoa11": ("lsoa11", "lsoa11cd"),
    "lsoa21": ("lsoa21", "lsoa21cd"),
}
NO_GRID_REFERENCE = "9"
GSS = re.compile(r"[ENSW](?!9{8})\d{8}")


@dataclass(frozen=True)
class Columns:
    """Where ONSPD's or NSPL's columns stand; None: the file has none such."""

    code: int
    terminated: int | None
    longitude: int | None
    latitude: int | None
    easting: int | None
    northing: int | None
    quality: int | None
    commissioning_area: int | None
    local_authority: int | None
    lsoa11: int | None
    lsoa21: int | None

    @classmethod
    def of(cls, header: Sequence[str], file: str) -> "Columns":
        """Find the columns by the names in a header. Raises ImportRefused where one is missing."""
        found = {field: column_of(header, names) for field, names in NAMES.items()}
        missing = ["postcode (pcds, pcd)"] if found["code"] is None else []
        if None in (found["longitude"], found["latitude"]) and None in (
            found["easting"],
            found["northing"],
        ):
            missing.append("point (lat and long, or oseast1m and osnrth1m)")
        if missing:
            raise ImportRefused(
                f"{file} has no column for the {' and the '.join(missing)}. It has "
                f"{', '.join(header[:60])[:300] or 'no header'}. Give OS Code-Point Open "
                "(codepo_gb.zip), or the ONS Postcode Directory or the NSPL, as published."
            )
        return cls(**found)  # pyright: ignore[reportArgumentType]

    def unit(self, member: str, line: int, row: Sequence[str]) -> Unit | Refused:
        """A row of ONSPD or NSPL."""
        written = value(row, self.code) or ""
        code = unit_code(written)
        if code is None:
            return Refused(member, line, NO_POSTCODE, written[:40])
        if code.startswith(("JE", "GY", "IM")):
            return Refused(member, line, OUTSIDE, code)
        terminated = value(row, self.terminated)
        known = Unit(
            member,
            line,
            code,
            terminated=f"{terminated[:4]}-{terminated[-2:]}"
            if terminated and re.fullmatch(r"\d{4}-?(0[1-9]|1[0-2])", terminated)
            else None,
            commissioning_area=gss(row, self.commissioning_area),
            local_authority=gss(row, self.local_authority),
            lsoa11=gss(row, self.lsoa11),
            lsoa21=gss(row, self.lsoa21),
        )
        if value(row, self.quality) == NO_GRID_REFERENCE:
            return known
        longitude = number(value(row, self.longitude))
        latitude = number(value(row, self.latitude))
        if longitude is not None and latitude is not None:
            return known._replace(longitude=longitude, latitude=latitude)
        if code.startswith("BT"):  # in the Irish grid
            return known
        return known._replace(
            easting=number(value(row, self.easting)),
            northing=number(value(row, self.northing)),
        )


def column_of(header: Sequence[str], names: Sequence[str]) -> int | None:
    """Where a column stands that has one of the names, the best first."""
    lower = [name.strip().lower() for name in header]
    for name in names:
        for position, each in enumerate(lower):
            if re.fullmatch(name, each):
                return position
    return None


def value(row: Sequence[str], column: int | None) -> str | None:
    if column is None or column >= len(row):
        return None
    return row[column].strip() or None


def number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def gss(row: Sequence[str], column: int | None) -> str | None:
    """A code of nine signs; E99999999 and the like stand for none."""
    code = value(row, column)
    return code if code and GSS.fullmatch(code) else None
