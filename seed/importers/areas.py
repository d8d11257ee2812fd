"""Importing the areas in which postcodes lie, so that each has its own commissioner."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any, LiteralString

from neo4j import AsyncDriver

from graph_model.database import read
from seed.faults import ImportRefused
from seed.importers.area_lookups import Known, Vocabulary, lookup_of
from seed.importers.files import fingerprint_of, members
from seed.importers.generations import (
    MARK_BATCH,
    begun,
    cite_as_before,
    current,
    switch,
    write_batch,
)
from seed.importers.report import Report

BATCH = 10_000

AREAS = """
MATCH (area:Area)
WHERE area.kind IN ['CCG', 'LOCAL_AUTHORITY']
OPTIONAL MATCH (area)<-[:RESPONSIBLE_FOR]-(organisation:Organisation)
WITH area, collect(organisation.ods_code) AS ods_codes
RETURN [area.code, area.kind, ods_codes] AS row
"""

# In the order of the index, which Neo4j then reads no further than is asked.
POSTCODES_AFTER = """
MATCH (postcode:Postcode)
WHERE postcode.generation = $asked.generation AND postcode.code > $asked.after
WITH postcode ORDER BY postcode.generation, postcode.code LIMIT $asked.most
RETURN [
  postcode.code, postcode.point.longitude, postcode.point.latitude,
  postcode.lsoa11, postcode.lsoa21
] AS row
"""

# What the file does not tell stays as it was.
COPY_POSTCODES: LiteralString = (
    """
UNWIND $asked.rows AS row
MATCH (before:Postcode {generation: $asked.previous, code: row[0]})
CREATE (:Postcode {
  generation: $asked.generation, code: row[0],
  point: before.point, terminated: before.terminated,
  commissioning_area: coalesce(row[1], before.commissioning_area),
  local_authority: coalesce(row[2], before.local_authority),
  lsoa11: before.lsoa11, lsoa21: before.lsoa21
})
WITH count(*) AS written"""
    + MARK_BATCH
)

ATTRIBUTION = (
    "Areas of the Office for National Statistics: contains National Statistics data © Crown "
    "copyright and database right. Contains OS data © Crown copyright and database right. "
    "Open Government Licence v3.0."
)

Progress = Callable[[str, int], None]  # words, and bytes read since the last call


async def import_areas(driver: AsyncDriver, path: Path, progress: Progress) -> Report:
    """Tell each postcode of the directory the areas that a file says it lies in.

    Until all are told, the directory answers as before. Raises ImportRefused for a file that tells none, where no
    postcodes were imported, and where another import runs.
    """
    began = perf_counter()
    before = await current(driver)
    if before is None:
        raise ImportRefused(
            "The directory holds no postcodes yet. Import them first: `signpost import "
            "postcodes codepo_gb.zip`."
        )
    report = Report(f"Areas of {path.name}", ATTRIBUTION)
    if not path.is_file():
        raise ImportRefused(f"There is no file {path}. Name one that is there.")
    progress(f"Reading {path.name}", 0)
    find = lookup_of(path, await vocabulary_of(driver), report)
    source = source_of_areas(path)
    generation = await begun(
        driver, "AREAS", fingerprint_of(path), [source], source["title"]
    )
    await cite_as_before(driver, generation, "")
    report.written = report.resumed = generation.written
    size = sum(member.size for member in members(path))
    # A batch is known by its last postcode.
    after, told = next(reversed(generation.batches), ""), 0
    while units := await postcodes_after(driver, before["generation"], after):
        rows = [
            [unit.code, found.get("CCG"), found.get("LOCAL_AUTHORITY")]
            for unit, found in zip(units, find(units, report), strict=True)
        ]
        after = units[-1].code
        await write_batch(driver, COPY_POSTCODES, generation, after, rows, [])
        report.written += len(rows)
        share = round(size * min(1.0, report.written / max(1, before["written"])))
        rate = (report.written - report.resumed) / (perf_counter() - began)
        progress(f"{report.written:,} postcodes, {rate:,.0f} a second", share - told)
        told = share
    progress("Switching to the new areas, and deleting the old", 0)
    await switch(driver, generation)
    report.seconds = perf_counter() - began
    return report


async def postcodes_after(
    driver: AsyncDriver, generation: int, after: str
) -> list[Known]:
    """The next postcodes in the order of their codes."""
    rows = await read(
        driver, POSTCODES_AFTER, generation=generation, after=after, most=BATCH
    )
    return [Known(*row) for row in rows]


async def vocabulary_of(driver: AsyncDriver) -> Vocabulary:
    """The areas that the directory knows."""
    rows = await read(driver, AREAS)
    return Vocabulary(
        kinds={code: kind for code, kind, _ in rows},
        of_ods_codes={
            ods_code: code for code, _, ods_codes in rows for ods_code in ods_codes
        },
    )


def source_of_areas(path: Path) -> dict[str, Any]:
    return {
        "slug": f"areas-{fingerprint_of(path)[:12]}",
        "locator": "all rows",
        "title": f"Areas of postcodes ({path.name})",
        "publisher": "as the file's own documentation says",
        "published": None,
        "attribution": ATTRIBUTION,
        "licence": "Open Government Licence v3.0",
    }
