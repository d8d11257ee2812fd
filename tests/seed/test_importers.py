"""Postcodes and their areas are imported from files as they are published, whole or not at all."""

import csv
import gzip
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from neo4j import AsyncDriver

import seed.importers.generations
import seed.importers.postcodes
from graph_model.cards import compose
from graph_model.database import read
from graph_model.errors import PlaceNotLocated
from graph_model.places import (
    FIND_PLACE,
    PlaceQuestion,
    find_place,
    shares_of,
    with_place,
)
from seed.faults import ImportRefused
from seed.importers.areas import import_areas
from seed.importers.boundaries import boundaries_of
from seed.importers.grid import degrees_of
from seed.importers.postcode_rows import Unit, postcode_file
from seed.importers.postcodes import import_postcodes

pytestmark = pytest.mark.anyio

DATA = Path(__file__).parents[3] / "shared/data"
needs_data = pytest.mark.skipif(
    not DATA.exists(), reason="the reference data stand beside the project, not in it"
)

# Two commissioners share the sector CV9 1; the places are made up, the codes are real ones.
AREAS = """
CREATE (:Directory {key: 'directory'}),
  (north:Area {code: 'E38000195', name: 'North', kind: 'CCG'}),
  (south:Area {code: 'E38000201', name: 'South', kind: 'CCG'}),
  (:Area {code: 'E07000218', name: 'North Warwickshire', kind: 'LOCAL_AUTHORITY'}),
  (sector:Area {code: 'CV9 1', name: 'CV9 1', kind: 'SECTOR',
    point: point({longitude: -1.55, latitude: 52.57})}),
  (sector)-[:WITHIN {share: 0.6}]->(north), (sector)-[:WITHIN {share: 0.4}]->(south),
  (:Organisation {slug: 'north', name: 'NHS North CCG', ods_code: '05H', kind: 'CCG'})
    -[:RESPONSIBLE_FOR]->(north),
  (:Organisation {slug: 'south', name: 'NHS South CCG', ods_code: '05P', kind: 'CCG'})
    -[:RESPONSIBLE_FOR]->(south)
"""

HEADERS = (
    "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\n"
    "Postcode,Positional_quality_indicator,Eastings,Northings,Country_code,"
    "NHS_regional_HA_code,NHS_HA_code,Admin_county_code,Admin_district_code,Admin_ward_code\n"
)
CODE_POINT = {
    "CV9 1AA": '"CV9 1AA",10,430900,298200,"E92000001","","","","E07000218",""',
    "CV9 1AB": '"CV9 1AB",10,431000,298300,"E92000001","","","","E07000218",""',
    "CV9 1AD": '"CV9 1AD",10,431100,298400,"E92000001","","","","E07000218",""',
    "CV9 1ZZ": '"CV9 1ZZ",90,0,0,"E92000001","","","","",""',
    "TR21 0AB": '"TR21 0AB",10,92685,11281,"E92000001","","","","E06000053",""',
}
ONSPD_HEADER = (
    "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,"
    "osgrdind,oshlthau,nhser,ctry,lsoa11,lat,long,ccg"
)


def silent(words: str, size: int) -> None:
    """Progress that nobody looks at."""


@pytest.fixture
async def areas(empty_graph: AsyncDriver) -> AsyncDriver:
    """A driver on a graph with a sector that two commissioners share."""
    await empty_graph.execute_query(AREAS)
    return empty_graph


@pytest.fixture
def code_point(tmp_path: Path) -> Callable[..., Path]:
    """Makes an archive in the layout of Code-Point Open, of the rows given."""

    def make(*rows: str, name: str = "codepo_gb.zip") -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("Doc/Code-Point_Open_Column_Headers.csv", HEADERS)
            for area in ("cv", "tr"):
                of_area = [row for row in rows if row.startswith(f'"{area.upper()}')]
                archive.writestr(
                    f"Data/CSV/{area}.csv", "".join(f"{row}\n" for row in of_area)
                )
        return path

    return make


def onspd(path: Path, *rows: dict[str, str], header: str = ONSPD_HEADER) -> Path:
    """Write a file in the layout of ONSPD, its other columns empty."""
    with path.open("w", newline="") as file:
        table = csv.DictWriter(file, header.split(","), restval="")
        table.writeheader()
        table.writerows(rows)
    return path


async def place(driver: AsyncDriver, postcode: str) -> Any:
    return await find_place(driver, PlaceQuestion(postcode=postcode), None)


async def generations(driver: AsyncDriver) -> list[list[Any]]:
    """The generations of postcodes, each with its state and the number of its postcodes."""
    rows = await read(
        driver,
        """MATCH (file:PostcodeFile)
RETURN [file.state, COUNT { MATCH (p:Postcode {generation: file.generation}) }] AS row
ORDER BY file.generation""",
    )
    total = await read(driver, "MATCH (p:Postcode) RETURN count(p) AS row")
    assert total == [sum(count for _, count in rows)]
    return rows


async def test_a_whole_postcode_has_its_own_point_and_its_sectors_areas(
    areas, code_point
):
    report = await import_postcodes(areas, code_point(*CODE_POINT.values()), silent)

    found = await place(areas, "cv9 1aa")
    assert (found["name"], found["resolved_by"]) == ("CV9 1AA", "POSTCODE")
    assert found["latitude"] == pytest.approx(52.5807, abs=0.0001)
    assert found["longitude"] == pytest.approx(-1.5454, abs=0.0001)
    assert found["commissioner"] is None
    assert "North CCG 60%, NHS South CCG 40%" in found["explanation"]
    assert report.written == 5


async def test_the_isles_of_scilly_are_found_though_no_sector_is_known(
    areas, code_point
):
    await import_postcodes(areas, code_point(*CODE_POINT.values()), silent)

    found = await place(areas, "tr2l oab")

    assert (found["name"], found["resolved_by"]) == ("TR21 0AB", "POSTCODE")
    assert found["longitude"] == pytest.approx(-6.2831, abs=0.0001)


async def test_a_postcode_without_coordinates_is_answered_by_its_sector_or_not_at_all(
    areas, code_point
):
    nowhere = '"TR21 9ZZ",90,0,0,"E92000001","","","","",""'
    report = await import_postcodes(
        areas, code_point(*CODE_POINT.values(), nowhere), silent
    )

    found = await place(areas, "CV9 1ZZ")
    assert found["resolved_by"] == "SECTOR"
    assert (
        "CV9 1ZZ has no point of its own, as it may be for post only"
        in found["explanation"]
    )
    with pytest.raises(
        PlaceNotLocated, match="TR21 9ZZ is a postcode that no file gives"
    ):
        await place(areas, "TR21 9ZZ")
    assert report.remarks == {"without coordinates: the sector stands for it": 2}


async def test_a_postcode_that_is_not_in_the_file_is_answered_by_its_sector_which_is_said(
    areas, code_point
):
    before = await place(areas, "CV9 1XX")
    await import_postcodes(areas, code_point(*CODE_POINT.values()), silent)

    after = await place(areas, "CV9 1XX")

    assert before["resolved_by"] == after["resolved_by"] == "SECTOR"
    assert "CV9 1XX" not in before["explanation"]
    assert (
        "CV9 1XX is not among the postcodes that the directory holds"
        in after["explanation"]
    )


async def test_what_is_skipped_is_reported_by_reason_with_the_first_lines(
    areas, code_point
):
    path = code_point(
        CODE_POINT["CV9 1AA"],
        '"CV99",10,430900,298200,"E92000001","","","","",""',
        CODE_POINT["CV9 1AA"],
        '"CV9 1AE",10,5430900,298200,"E92000001","","","","",""',
        '"CV9 1AF",10,430900',
    )

    report = await import_postcodes(areas, path, silent)

    assert report.written == 1
    assert dict(report.skipped) == {
        "not a postcode": 1,
        "the postcode stands further up in the file": 1,
        "a point outside the United Kingdom": 1,
        "not the 10 columns of Code-Point Open": 1,
    }
    assert report.examples["not a postcode"] == ["cv.csv line 2: CV99"]
    assert any("line 3: CV9 1AA" in line for line in report.lines())
    assert "© Crown copyright" in report.lines()[-1]


async def test_a_postcode_repeated_far_down_in_the_file_is_skipped(
    areas, code_point, monkeypatch
):
    monkeypatch.setattr(seed.importers.postcodes, "BATCH", 2)
    rows = [CODE_POINT[code] for code in ("CV9 1AA", "CV9 1AB", "CV9 1AD", "CV9 1AA")]

    report = await import_postcodes(areas, code_point(*rows), silent)

    assert report.written == 3
    assert report.examples["the postcode stands further up in the file"] == [
        "cv.csv line 4: CV9 1AA"
    ]
    assert await generations(areas) == [["CURRENT", 3]]


class Killed(Exception):
    """The process goes, as at Ctrl-C."""


def killed_after(batches: int) -> Callable[[str, int], None]:
    seen: list[str] = []

    def progress(words: str, size: int) -> None:
        seen.append(words)
        if len(seen) == batches:
            raise Killed

    return progress


async def test_an_import_that_is_broken_off_goes_on_where_it_stopped(
    areas, code_point, monkeypatch
):
    monkeypatch.setattr(seed.importers.postcodes, "BATCH", 2)
    path = code_point(*CODE_POINT.values())
    with pytest.raises(Killed):
        await import_postcodes(areas, path, killed_after(2))
    assert await generations(areas) == [["LOADING", 4]]
    assert (await place(areas, "CV9 1AA"))["resolved_by"] == "SECTOR"

    report = await import_postcodes(areas, path, silent)

    assert (report.written, report.resumed) == (5, 4)
    assert report.remarks == {"without coordinates: the sector stands for it": 1}
    assert await generations(areas) == [["CURRENT", 5]]


async def test_the_old_postcodes_answer_until_the_new_ones_are_whole_and_then_go(
    areas, code_point, monkeypatch
):
    monkeypatch.setattr(seed.importers.postcodes, "BATCH", 2)
    monkeypatch.setattr(seed.importers.generations, "GRACE_SECONDS", 0)
    old = await import_postcodes(areas, code_point(CODE_POINT["CV9 1AA"]), silent)
    moved = CODE_POINT["CV9 1AA"].replace("430900", "440900")
    rows = [moved, *list(CODE_POINT.values())[1:]]
    new = code_point(*rows, name="newer.zip")

    with pytest.raises(Killed):
        await import_postcodes(areas, new, killed_after(1))
    during = await place(areas, "CV9 1AA")
    not_yet = await place(areas, "CV9 1AB")
    await import_postcodes(areas, new, silent)
    after = await place(areas, "CV9 1AA")

    assert old.written == 1
    assert during["longitude"] == pytest.approx(-1.5454, abs=0.0001)
    assert not_yet["resolved_by"] == "SECTOR"
    assert after["longitude"] == pytest.approx(-1.3978, abs=0.0001)
    assert await generations(areas) == [["CURRENT", 5]]


async def test_another_file_begins_anew_and_clears_away_what_was_broken_off(
    areas, code_point, monkeypatch
):
    monkeypatch.setattr(seed.importers.postcodes, "BATCH", 2)
    with pytest.raises(Killed):
        await import_postcodes(areas, code_point(*CODE_POINT.values()), killed_after(1))

    report = await import_postcodes(
        areas, code_point(CODE_POINT["TR21 0AB"], name="another.zip"), silent
    )

    assert (report.written, report.resumed) == (1, 0)
    assert await generations(areas) == [["CURRENT", 1]]


async def test_two_imports_at_once_do_not_mix(areas, code_point, monkeypatch):
    monkeypatch.setattr(seed.importers.postcodes, "BATCH", 2)
    path = code_point(*CODE_POINT.values())
    with pytest.raises(Killed):
        await import_postcodes(areas, path, killed_after(1))

    asked = {
        "generation": 1,
        "batch": 0,
        "areas_from": None,
        "rows": [],
        "repeated": [],
    }
    with pytest.raises(ImportRefused, match="Another import"):
        await seed.importers.generations.write_batch(
            areas, seed.importers.postcodes.CREATE_POSTCODES, **asked
        )

    assert await generations(areas) == [["LOADING", 2]]


async def test_a_withdrawn_postcode_of_onspd_is_located_and_said_to_be_withdrawn(
    areas, tmp_path
):
    path = onspd(
        tmp_path / "ONSPD_FEB_2024_UK.csv",
        {
            "pcds": "CV9 1AA",
            "doterm": "201003",
            "osgrdind": "1",
            "lat": "52.581",
            "long": "-1.5452",
            "ccg": "E38000195",
        },
        {"pcds": "CV9 1AB", "osgrdind": "9", "lat": "99.999999", "long": "0.000000"},
        {"pcds": "JE2 3AB", "osgrdind": "9", "lat": "99.999999", "long": "0.000000"},
        {"pcds": "BT1 1AA", "osgrdind": "1", "lat": "54.6", "long": "-5.93"},
    )

    report = await import_postcodes(areas, path, silent)

    found = await place(areas, "CV9 1AA")
    assert found["resolved_by"] == "POSTCODE"
    assert found["commissioner"]["name"] == "NHS North CCG"
    assert (
        "CV9 1AA was withdrawn in March 2010; this is where it was."
        in found["explanation"]
    )
    assert (await place(areas, "BT1 1AA"))["latitude"] == 54.6
    assert report.title == "ONS Postcode Directory (ONSPD_FEB_2024_UK)"
    assert report.written == 3
    assert list(report.skipped) == [
        "of the Channel Islands or the Isle of Man, outside the United Kingdom"
    ]


@pytest.mark.parametrize(
    "header",
    [
        "pcd7,pcd8,pcds,doterm,lad25cd,usrtypind,east1m,north1m,gridind,sicbl24cd",
        "pcd,doterm,oslaua,oseast1m,osnrth1m,osgrdind,ccg",
    ],
)
async def test_the_names_that_the_columns_had_over_the_years_are_known(
    tmp_path, header
):
    names = header.split(",")
    east = "east1m" if "east1m" in names else "oseast1m"
    north = "north1m" if "north1m" in names else "osnrth1m"
    path = onspd(
        tmp_path / "onspd.csv",
        {
            "pcds" if "pcds" in names else "pcd": "CV9 1AA",
            east: "430900",
            north: "298200",
            names[-1]: "E38000195",
        },
        header=header,
    )

    (unit,) = postcode_file(path).rows()

    assert isinstance(unit, Unit)
    assert (unit.code, unit.easting, unit.northing) == ("CV9 1AA", 430900, 298200)
    assert unit.commissioning_area == "E38000195"


async def test_of_onspds_archive_the_one_file_with_all_rows_is_taken(tmp_path):
    whole = onspd(
        tmp_path / "whole.csv",
        {"pcds": "CV9 1AA", "lat": "52.5", "long": "-1.5"},
        {"pcds": "TR21 0AB", "lat": "49.9", "long": "-6.3"},
    ).read_text()
    path = tmp_path / "ONSPD_FEB_2024.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Data/ONSPD_FEB_2024_UK.csv", whole)
        archive.writestr("Data/multi_csv/ONSPD_FEB_2024_UK_CV.csv", whole[:-60])
        archive.writestr("Documents/LA names.csv", "code,name\n" + "x,y\n" * 500)

    file = postcode_file(path)

    codes = [row.code for row in file.rows() if isinstance(row, Unit)]
    assert codes == ["CV9 1AA", "TR21 0AB"]
    assert file.published == "2024-02"


async def test_a_file_without_points_is_refused_with_what_is_missing(areas, tmp_path):
    path = onspd(tmp_path / "list.csv", {"pcds": "CV9 1AA"}, header="pcds,ccg")

    with pytest.raises(ImportRefused, match="no column for the point") as refused:
        await import_postcodes(areas, path, silent)

    assert "It has pcds, ccg." in str(refused.value)


async def test_a_postcode_on_a_border_has_its_own_commissioner_by_a_lookup(
    areas, code_point, tmp_path
):
    await import_postcodes(areas, code_point(*CODE_POINT.values()), silent)
    lookup = tmp_path / "lookup.csv"
    lookup.write_text(
        "postcode,ccg16,lad\nCV9 1AA,05H,E07000218\nCV91AB,05P,\nCV9 1AD,99Z,\n"
    )

    report = await import_areas(areas, lookup, silent)

    north, south = await place(areas, "CV9 1AA"), await place(areas, "CV9 1AB")
    open_still = await place(areas, "CV9 1AD")
    assert north["commissioner"]["slug"] == "north"
    assert north["explanation"] == "CV9 1AA lies in the area of NHS North CCG."
    assert south["commissioner"]["slug"] == "south"
    assert open_still["commissioner"] is None
    assert report.examples["an area that the directory does not know"] == [
        "line 4: 99Z"
    ]
    assert await generations(areas) == [["CURRENT", 5]]


AROUND_A_PLACE = compose(
    with_place(
        "<as of>\n<found place>\nRETURN [area IN <around> | area.code] AS row",
        "postcode",
    )
)


async def test_a_postcode_lies_in_its_own_areas_and_in_those_of_its_sector_of_other_kinds(
    areas, code_point, tmp_path
):
    await areas.execute_query(
        """MATCH (sector:Area {code: 'CV9 1'}), (north:Area {code: 'E38000195'})
CREATE (england:Area {code: 'E92000001', name: 'England', kind: 'COUNTRY'}),
  (england)-[:WITHIN {share: 1.0}]->(:Area {code: 'K02000001', name: 'UK', kind: 'COUNTRY'}),
  (north)-[:WITHIN {share: 1.0}]->(england),
  (sector)-[:WITHIN {share: 0.9}]->(england),
  (sector)-[:WITHIN {share: 0.6}]->(:Area {code: 'E07000220', kind: 'LOCAL_AUTHORITY'}),
  (:Area {code: 'CV9', name: 'CV9', kind: 'DISTRICT'})"""
    )
    without_authority = CODE_POINT["CV9 1AA"].replace("E07000218", "")
    await import_postcodes(areas, code_point(without_authority), silent)
    lookup = tmp_path / "lookup.csv"
    lookup.write_text("pcds,ccg\nCV9 1AA,05H\n")
    await import_areas(areas, lookup, silent)

    question = PlaceQuestion(postcode="CV9 1AA")
    (places,) = await read(
        areas, FIND_PLACE["postcode"], as_of=None, **question.params()
    )
    (around,) = await read(areas, AROUND_A_PLACE, as_of=None, **question.params())

    assert shares_of(places[0]) == {
        "CV9 1AA": 1.0,
        "CV9 1": 1.0,
        "CV9": 1.0,
        "E38000195": 1.0,
        "E92000001": 1.0,
        "K02000001": 1.0,
        "E07000220": 0.6,
    }
    assert set(around) == set(shares_of(places[0]))


async def test_the_areas_stay_when_the_postcodes_are_imported_anew(
    areas, code_point, tmp_path
):
    await import_postcodes(areas, code_point(*CODE_POINT.values()), silent)
    lookup = tmp_path / "lookup.csv"
    lookup.write_text("pcds,ccg\nCV9 1AA,05H\n")
    await import_areas(areas, lookup, silent)

    rows = [row.replace("431000", "431050") for row in CODE_POINT.values()]
    await import_postcodes(areas, code_point(*rows, name="newer.zip"), silent)

    assert (await place(areas, "CV9 1AA"))["commissioner"]["slug"] == "north"


async def test_postcodes_and_their_areas_are_imported_together(
    areas, code_point, tmp_path
):
    lookup = tmp_path / "lookup.csv"
    lookup.write_text("postcode,ccg16\nCV9 1AA,05H\nCV91AB,05P\n")

    report = await import_postcodes(
        areas, code_point(*CODE_POINT.values()), silent, areas=lookup
    )

    north, south = await place(areas, "CV9 1AA"), await place(areas, "CV9 1AB")
    assert north["commissioner"]["slug"] == "north"
    assert south["commissioner"]["slug"] == "south"
    assert report.remarks["in none of the areas, so left as they were"] == 3
    assert await generations(areas) == [["CURRENT", 5]]


async def test_lsoas_tell_the_areas_of_postcodes_that_have_them(areas, tmp_path):
    path = onspd(
        tmp_path / "onspd.csv",
        {"pcds": "CV9 1AA", "lat": "52.5", "long": "-1.5", "lsoa11": "E01031001"},
        {"pcds": "CV9 1AB", "lat": "52.5", "long": "-1.5"},
    )
    await import_postcodes(areas, path, silent)
    lookup = tmp_path / "lookup.csv.gz"
    lookup.write_bytes(
        gzip.compress(
            b"LSOA11CD,LSOA11NM,CCG16CD,CCG16CDH,CCG16NM,LAD16CD\n"
            b"E01031001,Somewhere 1A,E38000201,05P,NHS South CCG,E07000218\n"
        )
    )

    report = await import_areas(areas, lookup, silent)

    assert (await place(areas, "CV9 1AA"))["commissioner"]["slug"] == "south"
    assert (await place(areas, "CV9 1AB"))["commissioner"] is None
    assert sum(report.remarks.values()) == 1


def square(west: float, code: str) -> dict[str, Any]:
    """A feature of GeoJSON half a degree wide, from a longitude on."""
    east, south, north = west + 0.5, 52.0, 53.0
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"FID": 1, "CCG16CD": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


async def test_boundaries_tell_the_area_of_a_postcode_unless_it_is_close_to_a_border(
    areas, tmp_path
):
    path = onspd(
        tmp_path / "onspd.csv",
        {"pcds": "CV9 1AA", "lat": "52.5", "long": "-1.7"},
        {"pcds": "CV9 1AB", "lat": "52.5", "long": "-1.3"},
        {"pcds": "CV9 1AD", "lat": "52.5", "long": "-1.5005"},
    )
    await import_postcodes(areas, path, silent)
    boundaries = tmp_path / "ccgs.geojson"
    features = [square(-2.0, "E38000195"), square(-1.5, "E38000201")]
    boundaries.write_text(
        json.dumps({"type": "FeatureCollection", "features": features})
    )

    report = await import_areas(areas, boundaries, silent)

    assert (await place(areas, "CV9 1AA"))["commissioner"]["slug"] == "north"
    assert (await place(areas, "CV9 1AB"))["commissioner"]["slug"] == "south"
    assert (await place(areas, "CV9 1AD"))["commissioner"] is None
    assert list(report.examples.values()) == [["CV9 1AD"]]


async def test_a_point_has_the_commissioner_on_whom_the_nearest_postcodes_agree(
    areas, code_point, tmp_path
):
    await import_postcodes(areas, code_point(*CODE_POINT.values()), silent)
    lookup = tmp_path / "lookup.csv"
    lookup.write_text("pcds,ccg\nCV9 1AA,05H\nCV9 1AB,05H\nCV9 1AD,05H\n")
    await import_areas(areas, lookup, silent)

    found = await find_place(
        areas, PlaceQuestion(latitude=52.5815, longitude=-1.5445), None
    )

    assert found is not None
    assert found["name"] == "52.5815, -1.5445 (near CV9 1AB)"
    assert found["commissioner"] is not None
    assert found["commissioner"]["slug"] == "north"


async def test_areas_without_postcodes_are_refused(areas, tmp_path):
    lookup = tmp_path / "lookup.csv"
    lookup.write_text("pcds,ccg\nCV9 1AA,05H\n")

    with pytest.raises(ImportRefused, match="Import them first"):
        await import_areas(areas, lookup, silent)


def test_the_grid_is_turned_into_degrees_within_five_metres():
    # Ordnance Survey's test point TP01 of OSTN15, on St Mary's, Isles of Scilly.
    longitudes, latitudes = degrees_of(np.array([91492.146]), np.array([11318.804]))

    assert latitudes[0] == pytest.approx(49.92226394, abs=5 / 111_000)
    assert longitudes[0] == pytest.approx(-6.29977752, abs=5 / 71_000)


@needs_data
def test_the_boundaries_of_the_ccgs_of_2015_are_read():
    found = boundaries_of(DATA / "boundaries/ccg_2015.topojson")

    assert len(found) == 209
    # Square kilometres: England has 130,279.
    assert sum(area.area for area in found.values()) / 1e6 == pytest.approx(
        130_500, rel=0.02
    )


@needs_data
async def test_the_real_lookups_have_columns_that_are_known(areas, code_point):
    await import_postcodes(areas, code_point(*CODE_POINT.values()), silent)

    report = await import_areas(
        areas, DATA / "postcodes/unit_postcodes_WM_EM_EKent_NW.csv.gz", silent
    )

    found = await place(areas, "CV9 1AA")
    assert re.fullmatch(r"NHS (North|South) CCG", found["commissioner"]["name"])
    assert report.written == 5
