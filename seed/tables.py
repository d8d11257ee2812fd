"""The tables of `reference/`: their columns, and the records that a row stands for."""

from collections.abc import Callable
from typing import Any, NamedTuple

from seed.fields import UNITED_KINGDOM

Row = dict[str, str]
Raw = dict[str, Any]
# The records of one row: each with its section
Records = list[tuple[str, Raw]]

CITATION = ("source", "locator", "certainty", "derived_from")
# When the source vouches for it. In successions.csv, `on` is the day of the succession.
ON = "on"
# Who states the opening hours of a row, where its own source does not.
OPENING = ("opening_source", "opening_locator", "opening_derived_from")


class Table(NamedTuple):
    """The columns that a table must have, those that it may have, and its records."""

    columns: tuple[str, ...]
    optional: tuple[str, ...]
    records: Callable[[Row], Records]


# A field that has another name in the table.
COLUMN_OF_FIELD = {
    "stated_by": "source",
    "min_days": "ages",
    "max_days": "ages",
}


def sector(row: Row) -> Records:
    return [("sectors", filled(row))]


def district(row: Row) -> Records:
    return [("districts", filled(row))]


def share_of_sector(row: Row) -> Records:
    return [("sector_areas", filled(row))]


def share_of_district(row: Row) -> Records:
    return [("district_areas", filled(row))]


def area(row: Row) -> Records:
    return [("area_rows", with_lists(filled(row), "within"))]


def place(row: Row) -> Records:
    return [("places", with_lists(filled(row), "aliases"))]


def organisation(row: Row) -> Records:
    raw = with_citation(with_lists(filled(row), "aliases"), *CITATION, ON)
    earlier = {
        "from": raw.get("opened"),
        "to": raw.pop("earlier_until", None),
        "name": raw.pop("earlier_name", None),
        "kind": raw.pop("earlier_kind", None),
    }
    if earlier["to"] or earlier["name"] or earlier["kind"]:
        raw["earlier"] = [filled(earlier)]
    return [("organisations", raw)]


def practice(row: Row) -> Records:
    """A GP practice: an organisation whose patients this commissioner answers for."""
    raw = with_citation(filled(row), *CITATION)
    named = {"slug": f"gp-practice-{row['ods_code'].lower()}", "kind": "GP_PRACTICE"}
    return [("organisations", {**raw, **named})]


def succession(row: Row) -> Records:
    return [("successions", with_citation(filled(row), *CITATION))]


def responsibility(row: Row) -> Records:
    return [("responsibilities", with_citation(filled(row), *CITATION, ON))]


def service(row: Row) -> Records:
    """A service at one place, and its location, which has the service's slug."""
    raw = with_citation(
        with_lists(filled(row), "address", "needs", "sexes", "accepts_from", "opening"),
        *CITATION,
        ON,
    )
    location = {
        "slug": raw.get("slug"),
        "name": raw.pop("location_name", None),
        "postcode": raw.pop("postcode", None),
        "address": raw.pop("address", []),
        "latitude": raw.pop("latitude", None),
        "longitude": raw.pop("longitude", None),
        "stated_by": raw.get("stated_by"),
    }
    hours = {column: raw.pop(column, None) for column in OPENING}
    if any(hours.values()):
        raw["stated_by"] = [*raw.get("stated_by", []), derived_hours(*hours.values())]
    rule = raw.pop("rule", None)
    if rule:
        raw["serves"] = [{"area": UNITED_KINGDOM, "rule": rule}]
    if raw.get("ages", "ALL") != "ALL":
        raw["ages"] = limits(raw["ages"])
    fixed = {"status": "ACTIVE", "reach": "PLACE", "location": raw.get("slug")}
    return [("locations", filled(location)), ("services", {**raw, **fixed})]


def derived_hours(
    source: str | None, locator: str | None, derived_from: str | None
) -> Raw:
    """The citation of opening hours that follow from another source than the row's."""
    citation = {"source": source, "locator": locator, "derived_from": derived_from}
    return {**filled(citation), "certainty": "DERIVED", "fields": ["opening"]}


def filled(row: dict[str, Any]) -> Raw:
    """The row without its empty cells."""
    return {column: cell for column, cell in row.items() if cell}


def with_lists(raw: Raw, *columns: str) -> Raw:
    """The record with lists for the cells that separate their parts by `;`."""
    return {
        column: [part.strip() for part in cell.split(";") if part.strip()]
        if column in columns
        else cell
        for column, cell in raw.items()
    }


def with_citation(raw: Raw, *columns: str) -> Raw:
    """The record with these columns of source as the citation that they are."""
    citation = {column: cell for column, cell in raw.items() if column in columns}
    others = {column: cell for column, cell in raw.items() if column not in columns}
    return {**others, "stated_by": [citation]} if citation else others


def limits(cell: str) -> dict[str, str] | str:
    """The ages of `0-5843` in days, either side may be empty; else the cell itself."""
    low, dash, high = cell.partition("-")
    if not dash:
        return cell
    return filled({"min_days": low.strip(), "max_days": high.strip()})


TABLES = {
    "sectors.csv": Table(("sector", "latitude", "longitude", "postcodes"), (), sector),
    "districts.csv": Table(
        ("district", "latitude", "longitude", "postcodes"), (), district
    ),
    "areas.csv": Table(("code", "name", "kind", "ods_code", "within"), (), area),
    "sector_areas.csv": Table(
        ("sector", "area", "share", "postcodes"), (), share_of_sector
    ),
    "district_areas.csv": Table(
        ("district", "area", "share", "postcodes"), (), share_of_district
    ),
    "places.csv": Table(
        (
            "slug",
            "name",
            "aliases",
            "district",
            "latitude",
            "longitude",
            "population",
            "ccg",
            "local_authority",
            "country",
        ),
        ("county",),
        place,
    ),
    "services.csv": Table(
        (
            "slug",
            "name",
            "ods_code",
            "type",
            "needs",
            "provider",
            "location_name",
            "address",
            "postcode",
            "latitude",
            "longitude",
            "telephone",
            "website",
            "rule",
            "ages",
            "sexes",
            "accepts_from",
            *CITATION,
        ),
        (ON, "opening", *OPENING),
        service,
    ),
    "organisations.csv": Table(
        (
            "slug",
            "ods_code",
            "name",
            "kind",
            "opened",
            "closed",
            "aliases",
            *CITATION,
        ),
        ("earlier_name", "earlier_kind", "earlier_until", ON),
        organisation,
    ),
    "practices.csv": Table(
        ("ods_code", "name", "commissioned_by", *CITATION), (), practice
    ),
    "successions.csv": Table(("from", "to", "on", "kind", *CITATION), (), succession),
    "responsibilities.csv": Table(
        ("organisation", "area", "from", "to", *CITATION), (ON,), responsibility
    ),
}

# Tables whose rows do not say who states them: a record of `tables` does.
UNSOURCED_TABLES = (
    "sectors.csv",
    "districts.csv",
    "areas.csv",
    "sector_areas.csv",
    "district_areas.csv",
    "places.csv",
)
