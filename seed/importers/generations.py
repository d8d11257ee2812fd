"""Generations of postcodes: a new one is written beside the old, which answers until the new is whole.

An import that was interrupted goes on where it stopped, when it is begun again with the same file. Of two imports at
once the later goes on, and the earlier is refused its next change.
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
  .generation, .state, .kind, .sha256, .previous, .written, .areas_by, .run
} AS row ORDER BY file.generation
"""

BEGIN = """
OPTIONAL MATCH (other:PostcodeFile)
WITH coalesce(max(other.generation), 0) + 1 AS generation
CREATE (file:PostcodeFile {
  generation: generation, state: 'LOADING', kind: $asked.kind, sha256: $asked.sha256,
  previous: $asked.previous, run: 1, batches: [], written: 0, repeated: [],
  areas_by: $asked.areas_by, began: datetime()
})
FOREACH (stated IN $asked.sources |
  MERGE (source:Source {slug: stated.slug})
  ON CREATE SET source.title = stated.title, source.publisher = stated.publisher,
    source.published = stated.published, source.attribution = stated.attribution,
    source.licence = stated.licence
  MERGE (file)-[:STATED_BY {certainty: 'STATED', locator: stated.locator}]->(source)
)
RETURN file { .generation, .previous, .run, .batches, .written, .repeated } AS file
"""

# The run before, should it be going on still, is refused from here on: what is read here stays as it is.
GO_ON = """
MATCH (file:PostcodeFile {generation: $asked.generation})
SET file.run = file.run + 1
RETURN file { .generation, .previous, .run, .batches, .written, .repeated } AS file
"""

# The last lines of a batch of so many `written`. The file is locked first and then looked at, as another import may
# have begun meanwhile.
MARK_BATCH: LiteralString = """
MATCH (file:PostcodeFile {generation: $asked.generation})
SET file.touched = datetime()
WITH file, written
WHERE file.state = 'LOADING' AND file.run = $asked.run
SET file.batches = file.batches + $asked.batch, file.written = file.written + written,
  file.repeated = file.repeated + $asked.repeated
RETURN file { .generation } AS file
"""

CITE_AS_BEFORE = """
MATCH (file:PostcodeFile {generation: $asked.generation})
MATCH (:PostcodeFile {generation: file.previous})-[cited:STATED_BY]->(source:Source)
WHERE source.slug STARTS WITH $asked.kind
MERGE (file)-[:STATED_BY {certainty: cited.certainty, locator: cited.locator}]->(source)
"""

# In one transaction: at every moment exactly one generation answers. The old one must be that from which the new
# took what its file does not tell.
SWITCH = """
MATCH (new:PostcodeFile {generation: $asked.generation})
SET new.touched = datetime()
WITH new
WHERE new.state = 'LOADING' AND new.run = $asked.run
OPTIONAL MATCH (old:PostcodeFile {state: 'CURRENT'})
WITH new, old
WHERE coalesce(old.generation, 0) = coalesce(new.previous, 0)
SET old.state = 'OLD', new.state = 'CURRENT', new.ended = datetime()
RETURN new { .generation } AS file
"""

# Whoever writes it still is refused from here on.
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
    """A generation that is being written, and how far it was when this run began.

    `batches` are those that are written, each by what its importer knows it by; `written` is the number of their
    postcodes, `repeated` where the file repeats one.
    """

    generation: int
    previous: int | None
    run: int
    batches: list[Any]
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
    resumed: int | None = None
    for file in files:
        # What an earlier release left unfinished names no run: it is written anew.
        if (
            resumed is None
            and file["run"]
            and all(file[name] == wanted for name, wanted in mine.items())
        ):
            resumed = file["generation"]
        elif file["state"] != "CURRENT":
            await sweep(driver, file["generation"])
    if resumed is not None:
        return Generation(**(await change(driver, GO_ON, generation=resumed)))
    return Generation(
        **(await change(driver, BEGIN, **mine, sources=sources, areas_by=areas_by))
    )


async def cite_as_before(
    driver: AsyncDriver, generation: Generation, kind: str
) -> None:
    """Cite what the generation before cites, as far as its slug begins with `kind`."""
    asked = {"generation": generation.generation, "kind": kind}
    await driver.execute_query(CITE_AS_BEFORE, asked=asked, database_=DATABASE)


async def write_batch(
    driver: AsyncDriver,
    cypher: Any,
    generation: Generation,
    batch: int | str,
    rows: list[Any],
    repeated: list[str],
) -> None:
    """Write one batch and that it is written, in one transaction, which either is there or is not."""
    await change(
        driver,
        cypher,
        generation=generation.generation,
        previous=generation.previous,
        run=generation.run,
        batch=batch,
        rows=rows,
        repeated=repeated,
    )


async def switch(driver: AsyncDriver, generation: Generation) -> None:
    """Have the new generation answer, and delete the old one."""
    await change(driver, SWITCH, generation=generation.generation, run=generation.run)
    if generation.previous is not None:
        await asyncio.sleep(GRACE_SECONDS)
        await sweep(driver, generation.previous)


async def change(driver: AsyncDriver, cypher: Any, **asked: Any) -> dict[str, Any]:
    """Change a generation in one transaction, and return what its `file` then is.

    Raises ImportRefused where another import has begun meanwhile.
    """

    async def work(transaction: AsyncManagedTransaction) -> dict[str, Any]:
        record = await (await transaction.run(cypher, asked=asked)).single()
        if record is None:
            # Raised here, so that nothing of it stays.
            raise ImportRefused(
                "Another import of postcodes or areas has begun on this directory, so this one "
                "stopped. Wait until that is done; to break it off, stop it and start this one "
                "again."
            )
        return record["file"]

    async with driver.session(database=DATABASE) as session:
        return await session.execute_write(work)


async def sweep(driver: AsyncDriver, generation: int) -> None:
    """Delete the postcodes of a generation, in many transactions, and then its file."""
    asked = {"generation": generation}
    async with driver.session(database=DATABASE) as session:
        await (await session.run(SWEEP_BEGINS, asked=asked)).consume()
        await (await session.run(SWEEP_POSTCODES, asked=asked)).consume()
        await (await session.run(SWEEP_FILE, asked=asked)).consume()
