"""Importing the codes by which a customer's DoS says what is needed, and how far it searches from where.

A CSV file with a row for each code: `kind` is SG (symptom group), SD (symptom discriminator of a `group`), DX (disposition) or
DISTANCE (a postcode, sector or district, with `km`). A group or discriminator has the `need` that it means; a disposition
has `within_minutes` and, where it is for some types of service only, `types`, with semicolons.
"""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any, LiteralString

from neo4j import AsyncDriver, AsyncManagedTransaction

from graph_model.database import DATABASE
from graph_model.dos_codes import discriminator_key, disposition_key, group_key
from graph_model.errors import DirectoryError
from graph_model.postcodes import postcode_codes
from seed.faults import ImportRefused
from seed.importers.files import members
from seed.importers.report import Report

COLUMNS = ("kind", "group", "code", "name", "need", "within_minutes", "types", "km")
LARGEST = 2**31 - 1
LONGEST_TIME = 7 * 24 * 60  # minutes
MOST_KM = 99
MOST_FAULTS = 20

VOCABULARY: LiteralString = """
RETURN {
  needs: COLLECT { MATCH (need:Need) RETURN need.code },
  types: COLLECT { MATCH (type:ServiceType) RETURN type.code }
} AS row
"""

CLEAR: LiteralString = """
MATCH (node:DosCode|SearchDistance)
DETACH DELETE node
"""

WRITE_CODES: LiteralString = """
UNWIND $rows AS row
CREATE (code:DosCode {
  key: row.key, kind: row.kind, name: row.name, within_minutes: row.within_minutes,
  made_up: $made_up
})
WITH code, row
CALL (code, row) {
  MATCH (need:Need {code: row.need})
  CREATE (code)-[:MEANS]->(need)
}
CALL (code, row) {
  UNWIND row.types AS type_code
  MATCH (type:ServiceType {code: type_code})
  CREATE (code)-[:CALLS_FOR]->(type)
}
"""

WRITE_DISTANCES: LiteralString = """
UNWIND $rows AS row
CREATE (:SearchDistance {code: row.code, km: row.km, made_up: $made_up})
"""

SOMEBODYS_CODES: LiteralString = """
RETURN EXISTS { MATCH (node:DosCode|SearchDistance) WHERE NOT node.made_up } AS there
"""

Rows = list[dict[str, Any]]


async def import_dos_codes(
    driver: AsyncDriver, path: Path, progress: Callable[[str, int], None]
) -> Report:
    """Replace the codes and distances by those of a file: all of it, or nothing. Raises ImportRefused."""
    begun = perf_counter()
    codes, distances = rows_of(path)
    async with driver.session(database=DATABASE) as session:
        await session.execute_write(replace, codes, distances, made_up=False)
    progress("Written", path.stat().st_size)
    return Report(
        title="The DoS's codes",
        noun="codes and distances",
        written=len(codes) + len(distances),
        seconds=perf_counter() - begun,
    )


async def write_made_up(transaction: AsyncManagedTransaction, path: Path) -> None:
    """Write the made-up codes of the seed, unless somebody has loaded their own."""
    found = await (await transaction.run(SOMEBODYS_CODES)).single(strict=True)
    if not found["there"]:
        await replace(transaction, *rows_of(path), made_up=True)


async def replace(
    transaction: AsyncManagedTransaction, codes: Rows, distances: Rows, *, made_up: bool
) -> None:
    """Write these instead of what is there. Raises ImportRefused where they name what the directory does not have."""
    held = (await (await transaction.run(VOCABULARY)).single(strict=True))["row"]
    needs, types = set(held["needs"]), set(held["types"])
    faults = [
        f"line {row['line']}: {what} {each!r} is not in the directory"
        for row in codes
        for what, each, known in (
            *(("the need", need, needs) for need in [row["need"]] if need),
            *(("the type", type_, types) for type_ in row["types"]),
        )
        if each not in known
    ]
    refuse(faults)
    await (await transaction.run(CLEAR)).consume()
    await (await transaction.run(WRITE_CODES, rows=codes, made_up=made_up)).consume()
    await (
        await transaction.run(WRITE_DISTANCES, rows=distances, made_up=made_up)
    ).consume()


def rows_of(path: Path) -> tuple[Rows, Rows]:
    """The codes and the distances of a file. Raises ImportRefused with all faults."""
    [member, *_] = members(path)
    header, *lines = list(member.rows()) or [[]]
    if tuple(header) != COLUMNS:
        raise ImportRefused(
            f"{path.name} has the columns {', '.join(header)[:200]}. Write {', '.join(COLUMNS)}."
        )
    codes: Rows = []
    distances: Rows = []
    faults: list[str] = []
    for number, line in enumerate(lines, start=2):
        stripped = [each.strip() for each in line]
        values: dict[str, str] = dict(zip(COLUMNS, stripped, strict=False))
        try:
            if len(line) != len(COLUMNS):
                raise ValueError(f"it has {len(line)} values, not {len(COLUMNS)}")
            if values["kind"] == "DISTANCE":
                distances.append({"line": number, **distance(values)})
            else:
                codes.append({"line": number, **code(values)})
        except ValueError as error:
            faults.append(f"line {number}: {error}")
    keys = [row["key"] for row in codes] + [row["code"] for row in distances]
    faults += [
        f"{key} is there twice" for key in sorted({*keys}) if keys.count(key) > 1
    ]
    groups = {row["key"] for row in codes if row["kind"] == "SG"}
    faults += [
        f"line {row['line']}: its group has no row of the kind SG"
        for row in codes
        if row["kind"] == "SD" and row["group"] not in groups
    ]
    refuse(faults)
    return codes, distances


def refuse(faults: list[str]) -> None:
    if faults:
        more = f" and {len(faults) - MOST_FAULTS} more" if faults[MOST_FAULTS:] else ""
        raise ImportRefused(
            f"Nothing was imported: {'; '.join(faults[:MOST_FAULTS])}{more}."
        )


def code(values: dict[str, str]) -> dict[str, Any]:
    """A symptom group, a discriminator or a disposition. Raises ValueError."""
    number = whole(values, "code", 1, LARGEST)
    shown: dict[str, Any] = {
        "kind": values["kind"],
        "name": values["name"],
        "need": values["need"] or None,
        "within_minutes": None,
        "types": [],
        "group": None,
    }
    if not values["name"]:
        raise ValueError("it has no name")
    if values["kind"] == "SG":
        return shown | {"key": group_key(number)}
    if values["kind"] == "SD":
        group = whole(values, "group", 1, LARGEST)
        key = discriminator_key(group, number)
        return shown | {"key": key, "group": group_key(group)}
    if values["kind"] == "DX":
        types = [each.strip() for each in values["types"].split(";") if each.strip()]
        minutes = whole(values, "within_minutes", 0, LONGEST_TIME)
        key = disposition_key(number)
        return shown | {
            "key": key,
            "within_minutes": minutes,
            "types": types,
            "need": None,
        }
    raise ValueError(
        f"its kind is {values['kind'][:20]!r}; write SG, SD, DX or DISTANCE"
    )


def distance(values: dict[str, str]) -> dict[str, Any]:
    """How far is searched from a place. Raises ValueError."""
    try:
        place = postcode_codes(values["code"])[0]
    except DirectoryError as error:
        raise ValueError(str(error).rstrip(".")) from None
    return {"code": place, "km": whole(values, "km", 1, MOST_KM)}


def whole(values: dict[str, str], name: str, low: int, high: int) -> int:
    value = values[name]
    if not (value.isascii() and value.isdigit() and low <= int(value[:12]) <= high):
        raise ValueError(
            f"{name} is {value[:20]!r}; write a whole number from {low} to {high}"
        )
    return int(value)
