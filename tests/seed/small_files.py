"""Small files of postcodes in the published layouts, and what became of them in the directory."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncDriver

from graph_model.database import read
from graph_model.places import PlaceQuestion, find_place

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


class Killed(Exception):
    """The process goes, as at Ctrl-C."""


def killed_after(batches: int) -> Callable[[str, int], None]:
    seen: list[str] = []

    def progress(words: str, size: int) -> None:
        seen.append(words)
        if len(seen) == batches:
            raise Killed

    return progress
