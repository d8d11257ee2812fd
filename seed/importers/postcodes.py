"""Importing postcodes: OS Code-Point Open, the ONS Postcode Directory, the NSPL."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any, LiteralString

import numpy as np
from neo4j import AsyncDriver
from neo4j.exceptions import ConstraintError

from graph_model.database import read
from seed.faults import ImportRefused
from seed.importers.area_lookups import Known, Lookup, lookup_of
from seed.importers.areas import source_of_areas, vocabulary_of
from seed.importers.files import fingerprint_of
from seed.importers.generations import (
    MARK_BATCH,
    Generation,
    begun,
    cite_as_before,
    current,
    switch,
    write_batch,
)
from seed.importers.grid import degrees_of
from seed.importers.postcode_rows import PostcodeFile, Refused, Unit, postcode_file
from seed.importers.report import Report

BATCH = 10_000  # more gains nothing, and takes the server's memory

CREATE_POSTCODES: LiteralString = (
    """
UNWIND $asked.rows AS row
CREATE (:Postcode {
  generation: $asked.generation, code: row[0],
  point: point({longitude: row[1], latitude: row[2]}), terminated: row[3],
  commissioning_area: row[4], local_authority: row[5],
  lsoa11: row[6], lsoa21: row[7]
})
WITH count(*) AS written"""
    + MARK_BATCH
)

# Where areas were imported, a postcode keeps its own when the postcodes are imported anew. To look for the one
# before costs a third more, so it is another question.
CREATE_POSTCODES_IN_THE_AREAS_BEFORE: LiteralString = (
    """
UNWIND $asked.rows AS row
OPTIONAL MATCH (before:Postcode {generation: $asked.previous, code: row[0]})
CREATE (:Postcode {
  generation: $asked.generation, code: row[0],
  point: point({longitude: row[1], latitude: row[2]}), terminated: row[3],
  commissioning_area: coalesce(before.commissioning_area, row[4]),
  local_authority: coalesce(before.local_authority, row[5]),
  lsoa11: row[6], lsoa21: row[7]
})
WITH count(*) AS written"""
    + MARK_BATCH
)

THERE_ALREADY = """
UNWIND $asked.codes AS code
MATCH (postcode:Postcode {generation: $asked.generation, code: code})
RETURN postcode.code AS row
"""

REPEATED = "the postcode stands further up in the file"
NO_POINT = "without coordinates: the sector stands for it"
WITHDRAWN = "no longer in use: located where it was"
NOWHERE = "a point outside the United Kingdom"

Progress = Callable[[str, int], None]  # words, and bytes read since the last call


async def import_postcodes(
    driver: AsyncDriver, path: Path, progress: Progress, areas: Path | None = None
) -> Report:
    """Replace the directory's postcodes by those of a file, in the areas that another tells.

    Until all are written, the old ones answer. Raises ImportRefused for a file that holds none, and where another import
    runs.
    """
    began = perf_counter()
    file = postcode_file(path)
    report = Report(file.title, file.attribution)
    before = await current(driver)
    areas_by = before["areas_by"] if before else None
    sources, sha256, find = [source_of(file)], fingerprint_of(path), None
    if areas:
        find = lookup_of(areas, await vocabulary_of(driver), report)
        sources.append(source_of_areas(areas))
        sha256 += fingerprint_of(areas)
        areas_by = sources[1]["title"]
    generation = await begun(driver, "POSTCODES", sha256, sources, areas_by)
    cypher = CREATE_POSTCODES
    if areas_by and not areas:
        cypher = CREATE_POSTCODES_IN_THE_AREAS_BEFORE
        await cite_as_before(driver, generation, "areas-")
    report.written = report.resumed = generation.written
    position = 0

    for number, rows in enumerate(batches(file.rows())):
        units = located(rows, report)
        if find:
            units = in_areas(units, find, report)
        if number not in generation.batches:
            report.written += await write(driver, generation, cypher, number, units)
        rate = (report.written - report.resumed) / (perf_counter() - began)
        progress(
            f"{report.written:,} postcodes, {rate:,.0f} a second",
            file.position - position,
        )
        position = file.position
    if not report.written:
        raise ImportRefused(
            f"{path} holds no postcode of the United Kingdom "
            f"({', '.join(report.skipped) or 'no rows'}), so the directory keeps what it has. "
            "Give the file as it was published."
        )
    for where in generation.repeated:
        report.skip(REPEATED, where)
    progress("Switching to the new postcodes, and deleting the old", 0)
    await switch(driver, generation)
    report.seconds = perf_counter() - began
    return report


def in_areas(units: list[Unit], find: Lookup, report: Report) -> list[Unit]:
    """The postcodes in the areas found for them; where none was, in those that their file states."""
    known = [
        Known(unit.code, unit.longitude, unit.latitude, unit.lsoa11, unit.lsoa21)
        for unit in units
    ]
    found = find(known, report)
    return [
        unit._replace(
            commissioning_area=areas.get("CCG", unit.commissioning_area),
            local_authority=areas.get("LOCAL_AUTHORITY", unit.local_authority),
        )
        for unit, areas in zip(units, found, strict=True)
    ]


def source_of(file: PostcodeFile) -> dict[str, Any]:
    return {
        "slug": file.slug,
        "locator": "all rows",
        "title": file.title,
        "publisher": file.publisher,
        "published": file.published,
        "attribution": file.attribution,
        "licence": "Open Government Licence v3.0",
    }


def batches(rows: Iterator[Unit | Refused]) -> Iterator[list[Unit | Refused]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def located(rows: list[Unit | Refused], report: Report) -> list[Unit]:
    """The postcodes among the rows, with points in degrees; what is amiss goes into the report."""
    units: dict[str, Unit] = {}
    for row in with_degrees(rows):
        where = f"{Path(row.member).name} line {row.line}"
        if isinstance(row, Refused):
            report.skip(row.reason, f"{where}: {row.found or 'nothing'}")
        elif row.code in units:
            report.skip(REPEATED, f"{where}: {row.code}")
        elif not in_the_kingdom(row):
            report.skip(NOWHERE, f"{where}: {row.code}")
        else:
            units[row.code] = row
            if row.longitude is None:
                report.remark(NO_POINT, f"{where}: {row.code}")
            elif row.terminated:
                report.remark(WITHDRAWN, f"{where}: {row.code}, {row.terminated}")
    return list(units.values())


def with_degrees(rows: list[Unit | Refused]) -> list[Unit | Refused]:
    """The rows, the points of the grid turned into degrees all at once."""
    on_grid = [
        (position, row, row.easting, row.northing)
        for position, row in enumerate(rows)
        if isinstance(row, Unit) and row.easting is not None
    ]
    if not on_grid:
        return rows
    longitudes, latitudes = degrees_of(
        np.array([easting for _, _, easting, _ in on_grid], float),
        np.array([northing for _, _, _, northing in on_grid], float),
    )
    found = list(rows)
    # Six decimals are 10 cm.
    for (position, row, _, _), longitude, latitude in zip(
        on_grid, longitudes.round(6).tolist(), latitudes.round(6).tolist(), strict=True
    ):
        found[position] = row._replace(longitude=longitude, latitude=latitude)
    return found


def in_the_kingdom(unit: Unit) -> bool:
    """Whether its point, where it has one, lies in the United Kingdom."""
    if unit.longitude is None or unit.latitude is None:
        return True
    return -9 < unit.longitude < 2.5 and 49.7 < unit.latitude < 61


async def write(
    driver: AsyncDriver,
    generation: Generation,
    cypher: LiteralString,
    number: int,
    units: list[Unit],
) -> int:
    """Write a batch, and return of how many postcodes: those of an earlier batch are left out."""
    try:
        rows = [row_of(unit) for unit in units]
        await write_batch(driver, cypher, generation, number, rows, [])
        return len(units)
    except ConstraintError:
        there = set(
            await read(
                driver,
                THERE_ALREADY,
                generation=generation.generation,
                codes=[unit.code for unit in units],
            )
        )
    repeated = [
        f"{Path(unit.member).name} line {unit.line}: {unit.code}"
        for unit in units
        if unit.code in there
    ]
    rows = [row_of(unit) for unit in units if unit.code not in there]
    await write_batch(driver, cypher, generation, number, rows, repeated)
    generation.repeated += repeated
    return len(rows)


def row_of(unit: Unit) -> list[Any]:
    return [
        unit.code,
        unit.longitude,
        unit.latitude,
        unit.terminated,
        unit.commissioning_area,
        unit.local_authority,
        unit.lsoa11,
        unit.lsoa21,
    ]
