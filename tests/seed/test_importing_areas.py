"""Postcodes are told the areas in which they lie, by lookups and by boundaries."""

import gzip
import json
import re
from typing import Any

import pytest
from small_files import (
    CODE_POINT,
    DATA,
    generations,
    needs_data,
    onspd,
    place,
    silent,
)

from graph_model.cards import compose
from graph_model.database import read
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
from seed.importers.postcodes import import_postcodes

pytestmark = pytest.mark.anyio


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
