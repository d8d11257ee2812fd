"""Postcodes are imported from files as they are published."""

import zipfile

import numpy as np
import pytest
from small_files import CODE_POINT, generations, onspd, place, silent

import seed.importers.postcodes
from graph_model.errors import PlaceNotLocated
from seed.faults import ImportRefused
from seed.importers.grid import degrees_of
from seed.importers.postcode_rows import Unit, postcode_file
from seed.importers.postcodes import import_postcodes

pytestmark = pytest.mark.anyio


async def test_a_whole_postcode_has_its_own_point_and_its_sectors_areas(
    areas, code_point
):
    report = await import_postcodes(areas, code_point(*CODE_POINT.values()), silent)

    found = await place(areas, "cv9 1aa")
    assert (found["name"], found["resolved_by"]) == ("CV9 1AA", "POSTCODE")
    assert found["latitude"] == pytest.approx(52.5807, abs=0.0001)
    assert found["longitude"] == pytest.approx(-1.5454, abs=0.0001)
    assert found["commissioner"] is None
    assert (
        "The sector of CV9 1AA is split: NHS North CCG 60%, NHS South CCG 40%"
        in (found["explanation"])
    )
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


async def test_a_file_of_nothing_but_faults_is_refused_and_the_old_postcodes_stay(
    areas, code_point
):
    await import_postcodes(areas, code_point(CODE_POINT["CV9 1AA"]), silent)
    nowhere = code_point(CODE_POINT["CV9 1AB"].replace("431000", "5431000"))

    with pytest.raises(ImportRefused, match="a point outside the United Kingdom"):
        await import_postcodes(areas, nowhere, silent)

    assert await generations(areas) == [["CURRENT", 1], ["LOADING", 0]]


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


def test_the_grid_is_turned_into_degrees_within_five_metres():
    # Ordnance Survey's test point TP01 of OSTN15, on St Mary's, Isles of Scilly.
    longitudes, latitudes = degrees_of(np.array([91492.146]), np.array([11318.804]))

    assert latitudes[0] == pytest.approx(49.92226394, abs=5 / 111_000)
    assert longitudes[0] == pytest.approx(-6.29977752, abs=5 / 71_000)
