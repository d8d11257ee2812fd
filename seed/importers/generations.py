"""Generations of postcodes: a new one is written beside the old, which answers until the new is whole.

An import that was interrupted goes on where it stopped, when it is begun again with the same file.
"""

import asyncio
from dataclasses import dataclass
from typing import Any, LiteralString

from neo4j import AsyncDriver, AsyncManagedTransaction

from graph_model.database import DATABASE, read
from seed.faults import ImportRefused

# A question that began with the old generation ends with it: none takes longer.
GRACE_SECONDS = 2.0

FILES = """
MATCH (file:PostcodeFile)
RETURN file {
  .generation, .state, .kind, .sha256, .previous, .after, .written, .repeated,
  .areas_by, batches: coalesce(file.batches, range(0, file.done - 1))
} AS row ORDER BY file.generation
"""

BEGIN = """
OPTIONAL MATCH (other:PostcodeFile)
WITH coalesce(max(other.generation), 0) + 1 AS generation
CREATE (file:PostcodeFile {
  generation: generation, state: 'LOADING', kind: $asked.kind, sha256: $asked.sha256,
  previous: $asked.previous, done: 0, batches: [], after: '', written: 0, repeated: [],
  areas_by: $asked.areas_by, began: datetime()
})
FOREACH (stated IN $asked.sources |
  MERGE (source:Source {slug: stated.slug})
  ON CREATE SET source.title = stated.title, source.publisher = stated.publisher,
    source.published = stated.published, source.attribution = stated.attribution,
    source.licence = stated.licence
  MERGE (file)-[:STATED_BY {certainty: 'STATED', locator: stated.locator}]->(source)
)
RETURN generation
"""

# The last lines of a batch of a file that has `written` so many. The file is locked first, and then looked at: another
# process may have swept it, or written this batch.
MARK_BATCH: LiteralString = """MATCH (file:PostcodeFile {generation: $asked.generation})
SET file.touched = $asked.batch
WITH file, written, coalesce(file.batches, range(0, file.done - 1)) AS batches
WHERE file.state = 'LOADING' AND NOT $asked.batch IN batches
SET file.batches = batches + $asked.batch, file.written = file.written + written,
  file.repeated = file.repeated + $asked.repeated
RETURN count(file) AS files"""

CITE_AS_BEFORE = """
MATCH (file:PostcodeFile {generation: $asked.generation})
MATCH (:PostcodeFile {generation: file.previous})-[cited:STATED_BY]->(source:Source)
WHERE source.slug STARTS WITH $asked.kind
MERGE (file)-[:STATED_BY {certainty: cited.certainty, locator: cited.locator}]->(source)
"""

# In one transaction: at every moment exactly one generation answers.
SWITCH = """
MATCH (new:PostcodeFile {generation: $asked.generation, state: 'LOADING'})
OPTIONAL MATCH (old:PostcodeFile {state: 'CURRENT'})
SET old.state = 'OLD', new.state = 'CURRENT', new.ended = datetime()
"""

# Whoever still writes it is refused from now on.
SWEEP_BEGINS = """
MATCH (file:PostcodeFile {generation: $asked.generation})
SET file.state = 'OLD'
"""

SWEEP_POSTCODES = """
MATCH (postcode:Postcode)
WHERE postcode.generation = $asked.generation AND postcode.code >= ''
CALL (postcode) { DELETE postcode } IN TRANSACTIONS OF 10000 ROWS
"""

SWEEP_FILE = """
MATCH (file:PostcodeFile {generation: $asked.generation})
OPTIONAL MATCH (file)-[:STATED_BY]->(source:Source)
DETACH DELETE file
WITH DISTINCT source
WHERE source.seeded IS NULL AND NOT EXISTS { (source)--() }
DELETE source
"""


@dataclass
class Generation:
    """A generation that is being written, and how far it is.

    `batches` are the numbers of the batches of the file that are written, `after` is the last postcode where they
    are written in its order, `written` the number of postcodes, `repeated` where the file repeats one (at most some).
    """

    generation: int
    previous: int | None
    batches: list[int]
    after: str
    written: int
    repeated: list[str]


async def current(driver: AsyncDriver) -> dict[str, Any] | None:
    """The generation that answers, or None where no postcodes were imported."""
    files = await read(driver, FILES)
    return next((file for file in files if file["state"] == "CURRENT"), None)


async def begun(
    driver: AsyncDriver,
    kind: str,
    sha256: str,
    sources: list[dict[str, Any]],
    areas_by: str | None,
) -> Generation:
    """The generation to go on with, or a new one; what is left of others goes.

    `kind` and the `sha256` of the file tell whether an interrupted import is this one.
    """
    files = await read(driver, FILES)
    previous = next(
        (each["generation"] for each in files if each["state"] == "CURRENT"), None
    )
    mine = {"kind": kind, "sha256": sha256, "previous": previous, "state": "LOADING"}
    resumed = None
    for file in files:
        if all(file[name] == wanted for name, wanted in mine.items()) and not resumed:
            resumed = file
        elif file["state"] != "CURRENT":
            await sweep(driver, file["generation"])
    if resumed:
        return Generation(
            resumed["generation"],
            previous,
            resumed["batches"],
            resumed["after"],
            resumed["written"],
            resumed["repeated"],
        )
    asked = {
        "kind": kind,
        "sha256": sha256,
        "previous": previous,
        "sources": sources,
        "areas_by": areas_by,
    }
    (record,), _, _ = await driver.execute_query(BEGIN, asked=asked, database_=DATABASE)
    return Generation(record["generation"], previous, [], "", 0, [])


async def cite_as_before(
    driver: AsyncDriver, generation: Generation, kind: str
) -> None:
    """Cite what the generation before cites, as far as its slug begins with `kind`."""
    asked = {"generation": generation.generation, "kind": kind}
    await driver.execute_query(CITE_AS_BEFORE, asked=asked, database_=DATABASE)


async def write_batch(driver: AsyncDriver, cypher: Any, **asked: Any) -> None:
    """Write one batch and how far the import is, in one transaction, which either is there or is not.

    Raises ImportRefused where another process writes the same generation.
    """

    async def work(transaction: AsyncManagedTransaction) -> None:
        record = await (await transaction.run(cypher, asked=asked)).single()
        if record is None or not record["files"]:
            raise ImportRefused(
                "Another import of postcodes or areas runs on this directory. Wait until it is "
                "done; to break it off, stop it and start this one again."
            )

    async with driver.session(database=DATABASE) as session:
        await session.execute_write(work)


async def switch(driver: AsyncDriver, generation: Generation) -> None:
    """Have the new generation answer, and delete the old one."""
    await driver.execute_query(
        SWITCH, asked={"generation": generation.generation}, database_=DATABASE
    )
    if generation.previous is not None:
        await asyncio.sleep(GRACE_SECONDS)
        await sweep(driver, generation.previous)


async def sweep(driver: AsyncDriver, generation: int) -> None:
    """Delete the postcodes of a generation, in many transactions, and then its file."""
    asked = {"generation": generation}
    async with driver.session(database=DATABASE) as session:
        await (await session.run(SWEEP_BEGINS, asked=asked)).consume()
        await (await session.run(SWEEP_POSTCODES, asked=asked)).consume()
        await (await session.run(SWEEP_FILE, asked=asked)).consume()
