"""The tables of sectors, districts, areas and places say what is so on the ground."""

import csv
import re
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

import seed

REFERENCE = Path(seed.__file__).parent / "reference"
ENGLAND = "E92000001"
SHARES = ["sector_areas.csv", "district_areas.csv"]


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def areas() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows("areas.csv")}


def shares(name: str, part: str, kind: str) -> dict[str, float]:
    """The areas of a kind in which a sector or district lies, by ODS code or name."""
    return {
        area["ods_code"] or area["name"]: float(row["share"])
        for row in rows(name)
        if part in (row.get("sector"), row.get("district"))
        and (area := areas()[row["area"]])["kind"] == kind
    }


def places(name: str) -> dict[str, dict[str, str]]:
    """The places of a name or alias, by district."""
    return {
        row["district"]: row
        for row in rows("places.csv")
        if name in (row["name"], *row["aliases"].split(";"))
    }


def commissioner(place: dict[str, str]) -> str | None:
    return areas()[place["ccg"]]["ods_code"] if place["ccg"] else None


def test_cv21_2_lies_in_rugby_and_in_the_area_of_coventry_and_rugby_ccg():
    assert shares("sector_areas.csv", "CV21 2", "CCG") == {"05A": 1.0}
    assert shares("sector_areas.csv", "CV21 2", "LOCAL_AUTHORITY") == {"Rugby": 1.0}
    assert shares("sector_areas.csv", "CV21 2", "COUNTRY") == {"England": 1.0}


def test_the_whole_of_cv21_has_one_commissioner():
    assert shares("district_areas.csv", "CV21", "CCG") == {"05A": 1.0}


def test_a_sector_between_two_commissioners_is_certain_of_neither():
    split = shares("sector_areas.csv", "CV7 8", "CCG")

    assert split == {"05H": 0.7846, "05A": 0.2153}


def test_a_sector_across_the_border_of_wales_has_a_commissioner_for_a_part_only():
    assert shares("sector_areas.csv", "HR5 3", "CCG") == {"05F": 0.838}
    assert shares("sector_areas.csv", "HR5 3", "COUNTRY") == {
        "England": 0.838,
        "Wales": 0.1619,
    }


def test_edinburgh_is_in_scotland_and_has_no_ccg():
    assert shares("sector_areas.csv", "EH1 1", "COUNTRY") == {"Scotland": 1.0}
    assert shares("sector_areas.csv", "EH1 1", "CCG") == {}


@pytest.mark.parametrize("name", SHARES)
def test_every_share_is_a_part_of_the_whole(name: str):
    assert [row for row in rows(name) if not 0 < float(row["share"]) <= 1] == []


@pytest.mark.parametrize("name", SHARES)
def test_a_share_of_one_means_every_postcode(name: str):
    part = name.removesuffix("_areas.csv")
    whole = {row[part]: int(row["postcodes"]) for row in rows(f"{part}s.csv")}

    assert [
        row
        for row in rows(name)
        if (float(row["share"]) == 1) != (int(row["postcodes"]) == whole[row[part]])
    ] == []


@pytest.mark.parametrize("name", SHARES)
def test_the_shares_of_one_kind_are_no_more_than_the_whole(name: str):
    part = name.removesuffix("_areas.csv")
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows(name):
        sums[row[part], areas()[row["area"]]["kind"]] += float(row["share"])

    assert {key: total for key, total in sums.items() if total > 1.0001} == {}


@pytest.mark.parametrize("part", ["sector", "district"])
def test_every_sector_and_district_has_its_country(part: str):
    with_country = {
        row[part]
        for row in rows(f"{part}_areas.csv")
        if areas()[row["area"]]["kind"] == "COUNTRY"
    }

    assert {row[part] for row in rows(f"{part}s.csv")} == with_country


def test_a_sector_is_written_as_people_write_it():
    sectors = {row["sector"] for row in rows("sectors.csv")}

    assert {"CV21 2", "B30 3", "EC1A 1", "M1 1", "W1A 1"} <= sectors
    assert [s for s in sectors if not re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]? \d", s)] == []


def test_the_middle_of_the_sector_around_rugby_station_is_there():
    (sector,) = (row for row in rows("sectors.csv") if row["sector"] == "CV21 2")

    # The station is at 52.379, -1.250.
    assert float(sector["latitude"]) == pytest.approx(52.375, abs=0.01)
    assert float(sector["longitude"]) == pytest.approx(-1.262, abs=0.015)


@pytest.mark.parametrize("name", ["sectors.csv", "districts.csv", "places.csv"])
def test_every_point_is_in_the_united_kingdom(name: str):
    assert [
        row
        for row in rows(name)
        if not 49.8 < float(row["latitude"]) < 60.9
        or not -8.7 < float(row["longitude"]) < 1.8
    ] == []


def test_there_are_209_ccg_areas_and_each_has_an_ods_code_of_its_own():
    ccgs = [row for row in rows("areas.csv") if row["kind"] == "CCG"]

    assert len(ccgs) == 209
    assert len({row["ods_code"] for row in ccgs}) == 209
    assert areas()["E38000038"]["name"] == "Coventry and Rugby"
    assert areas()["E38000038"]["ods_code"] == "05A"


def test_leicestershire_has_seven_districts_without_leicester_and_rutland():
    districts = {
        row["name"] for row in rows("areas.csv") if row["within"] == "E10000018"
    }

    assert districts == {
        "Blaby",
        "Charnwood",
        "Harborough",
        "Hinckley and Bosworth",
        "Melton",
        "North West Leicestershire",
        "Oadby and Wigston",
    }


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("E06000016", "Leicester"),
        ("E06000017", "Rutland"),
        ("E06000019", "Herefordshire"),
        ("E06000051", "Shropshire"),
        ("E06000020", "Telford and Wrekin"),
        ("E08000026", "Coventry"),
    ],
)
def test_an_authority_without_a_county_lies_in_england(code: str, name: str):
    assert (areas()[code]["name"], areas()[code]["within"]) == (name, ENGLAND)


@pytest.mark.parametrize(
    ("county", "name", "district"),
    [
        ("E10000031", "Warwickshire", "E07000220"),  # Rugby
        ("E10000034", "Worcestershire", "E07000237"),  # Worcester
        ("E10000016", "Kent", "E07000106"),  # Canterbury
        ("E10000028", "Staffordshire", "E07000197"),  # Stafford
        ("E10000015", "Hertfordshire", "E07000240"),  # St Albans
        ("E10000002", "Buckinghamshire", "E07000004"),  # Aylesbury Vale
    ],
)
def test_a_district_lies_in_its_county(county: str, name: str, district: str):
    assert areas()[county]["name"] == name
    assert areas()[district]["within"] == county


def test_every_area_lies_within_one_that_is_there():
    homeless = {
        row["name"] for row in rows("areas.csv") if row["within"] not in areas()
    }

    assert homeless == {"United Kingdom"}


@pytest.mark.parametrize(
    ("name", "district", "ccg", "authority"),
    [
        ("Rugby", "Warwickshire", "05A", "E07000220"),
        ("Coventry", "Coventry", "05A", "E08000026"),
        ("Cotteridge", "Birmingham", "04X", "E08000025"),
        ("Edgbaston", "Birmingham", "13P", "E08000025"),
        ("Hereford", "Herefordshire", "05F", "E06000019"),
        ("Worcester", "Worcestershire", "05T", "E07000237"),
        ("West Bromwich", "Sandwell", "05L", "E08000028"),
        ("Leamington Spa", "Warwickshire", "05R", "E07000222"),
        ("Stratford-on-Avon", "Warwickshire", "05R", "E07000221"),
        ("Solihull", "Solihull", "05P", "E08000029"),
        ("Kidderminster", "Worcestershire", "06D", "E07000239"),
        ("Nuneaton", "Warwickshire", "05H", "E07000219"),
        ("Malvern", "Worcestershire", "05T", "E07000235"),
        ("Ross", "Herefordshire", "05F", "E06000019"),
        ("Leicester", "Leicester", "04C", "E06000016"),
        ("Wigston", "Leicestershire", "03W", "E07000135"),
        ("Loughborough", "Leicestershire", "04V", "E07000130"),
        ("Coalville", "Leicestershire", "04V", "E07000134"),
        ("Oakham", "Rutland", "03W", "E06000017"),
        ("Uppingham", "Rutland", "03W", "E06000017"),
        ("Whitstable", "Kent", "09E", "E07000106"),
        ("Ashford", "Kent", "09C", "E07000105"),
        ("Dover", "Kent", "10A", "E07000108"),
        ("Ramsgate", "Kent", "10E", "E07000114"),
    ],
)
def test_a_town_of_the_articles_lies_where_it_does(
    name: str, district: str, ccg: str, authority: str
):
    place = places(name)[district]

    assert commissioner(place) == ccg
    assert place["local_authority"] == authority
    assert place["country"] == ENGLAND


@pytest.mark.parametrize("name", ["Birmingham", "Manchester", "Leeds"])
def test_a_city_of_several_commissioners_has_none(name: str):
    assert commissioner(places(name)[name]) is None


def test_studley_is_there_twice():
    assert set(places("Studley")) == {"Warwickshire", "Wiltshire"}


def test_a_short_name_means_every_place_that_is_called_so():
    assert {"Newham", "Warwickshire"} == set(places("Stratford"))
    assert {"Staffordshire", "Newcastle upon Tyne"} < set(places("Newcastle"))


def test_a_namesake_outside_england_is_there():
    assert places("Newport")["Newport"]["country"] == "W92000004"
    assert places("Newport")["Telford and Wrekin"]["country"] == ENGLAND


@pytest.mark.parametrize(
    ("name", "district", "county"),
    [
        ("Coventry", "Coventry", "West Midlands"),
        ("Telford", "Telford and Wrekin", "Shropshire"),
        ("Stratford", "Newham", "Greater London"),
        ("Rugby", "Warwickshire", ""),  # its district is the county
    ],
)
def test_a_place_whose_district_is_no_county_has_the_county_that_people_write(
    name: str, district: str, county: str
):
    assert places(name)[district]["county"] == county


def test_a_district_of_inner_london_stands_without_its_letter_where_it_has_none_itself():
    sizes = {row["district"]: int(row["postcodes"]) for row in rows("districts.csv")}
    lettered = [size for code, size in sizes.items() if re.fullmatch("W1[A-Z]", code)]

    assert sizes["W1"] == sum(lettered)
    assert {"EC1", "EC2", "EC3", "EC4", "SW1", "W1", "WC1", "WC2"} <= set(sizes)


def test_the_isles_of_scilly_have_a_commissioner():
    assert shares("sector_areas.csv", "TR21 0", "CCG") == {"11N": 1.0}
    assert shares("district_areas.csv", "TR24", "LOCAL_AUTHORITY") == {
        "Isles of Scilly": 1.0
    }


def test_every_place_has_a_country_and_only_england_has_ccgs():
    countries = {code for code, row in areas().items() if row["kind"] == "COUNTRY"}

    for place in rows("places.csv"):
        assert place["country"] in countries
        assert place["country"] == ENGLAND or not place["ccg"], place["slug"]


def test_every_place_in_england_has_its_local_authority():
    without = [
        place["slug"]
        for place in rows("places.csv")
        if place["country"] == ENGLAND
        and areas()[place["local_authority"]]["kind"] != "LOCAL_AUTHORITY"
    ]

    assert without == []


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("sectors.csv", ["sector"]),
        ("districts.csv", ["district"]),
        ("sector_areas.csv", ["sector", "area"]),
        ("district_areas.csv", ["district", "area"]),
        ("places.csv", ["name", "district"]),
    ],
)
def test_a_table_is_sorted_and_says_nothing_twice(name: str, columns: list[str]):
    keys = [[row[column] for column in columns] for row in rows(name)]

    assert [keys[0], *(b for a, b in pairwise(keys) if a < b)] == keys
