"""Loading the seed: read and check all of it, then write all of it or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from neo4j import AsyncDriver, AsyncManagedTransaction
from neo4j.exceptions import ConstraintError

import graph_model.names
import graph_model.reach
from graph_model.database import DATABASE, read
from graph_model.reach import refresh_reach
from seed.facts import graph_of_seed
from seed.faults import SeedConflict
from seed.files import fingerprint
from seed.graph import Graph
from seed.importers.dos_codes import write_made_up
from seed.read import read_seed
from seed.verify import verify
from seed.write import Written, write_graph

SEED = Path(__file__).parent
# They decide what becomes of the files, so that a change in them is a change of the seed.
PROGRAMS = (
    *SEED.glob("*.py"),
    SEED / "dos-codes.csv",
    SEED / "importers" / "dos_codes.py",
    Path(graph_model.names.__file__),
    Path(graph_model.reach.__file__),
)

# The last day of the month in which the newest article's contracts start: on whatever day
# of it they did, that is past by then.
AS_OF = date(2016, 11, 30)

LOADED_SEED = """
MATCH (directory:Directory)
RETURN directory.seed AS row
"""

# Writing to the node first makes a second load wait until this one is committed.
LOCK_DIRECTORY = """
MERGE (directory:Directory {key: 'directory'})
SET directory.loading = true
RETURN directory.seed AS seed
"""

# A live directory keeps its own date, which is today.
MARK_DIRECTORY = """
MATCH (directory:Directory)
SET directory.seed = $seed,
  directory.historical = coalesce(directory.historical, true),
  directory.updated = CASE directory.content
    WHEN $content THEN directory.updated ELSE datetime()
  END,
  directory.content = $content,
  directory.as_of = CASE WHEN coalesce(directory.historical, true) THEN $as_of END
REMOVE directory.loading
"""


@dataclass(frozen=True)
class LoadReport:
    """What a load did. `written` is None where the directory held this seed already.

    `complaints` are those of seed/verify.py, one sentence each; none where nothing was
    written. `seed` is the SHA-256 of the seed, `seconds` the time that the load took.
    """

    seed: str
    written: Written | None
    complaints: list[str]
    seconds: float

    @property
    def unchanged(self) -> bool:
        return self.written is None


async def load_seed(
    driver: AsyncDriver,
    progress: Callable[[str], None] | None = None,
    *,
    folder: Path = SEED,
) -> LoadReport:
    """Bring the directory to the state of the seed's files, and verify it.

    Needs the schema (`graph_model.schema.apply_schema`). Everything is written in one
    transaction. Where the directory holds this very seed, nothing happens. `progress`
    is told of each stage as it begins.

    Raises SeedFault, with all faults of all files, before anything is written, and
    SeedConflict where the directory holds what the seed cannot stand beside.
    """
    begun = perf_counter()
    tell = progress or (lambda stage: None)
    seed = fingerprint(folder, *PROGRAMS)
    if await read(driver, LOADED_SEED) == [seed]:
        return LoadReport(seed, None, [], perf_counter() - begun)

    tell("Reading and checking the seed")
    graph = graph_of_seed(read_seed(folder))
    tell(f"Writing {len(graph.nodes):,} nodes and {len(graph.links):,} relationships")
    try:
        async with driver.session(database=DATABASE) as session:
            written = await session.execute_write(write_once, graph, seed, folder)
    except ConstraintError as error:
        raise SeedConflict(error.message or "a key is taken") from error
    if written is None:
        return LoadReport(seed, None, [], perf_counter() - begun)

    tell("Verifying the directory")
    complaints = await verify(driver)
    return LoadReport(seed, written, complaints, perf_counter() - begun)


async def write_once(
    transaction: AsyncManagedTransaction, graph: Graph, seed: str, folder: Path
) -> Written | None:
    """Write the graph, unless another process has just done so."""
    lock = await (await transaction.run(LOCK_DIRECTORY)).single(strict=True)
    written = None
    if lock["seed"] != seed:
        written = await write_graph(transaction, graph)
        if (folder / "dos-codes.csv").is_file():
            await write_made_up(transaction, folder / "dos-codes.csv")
        await refresh_reach(transaction)
    asked = {"seed": seed, "as_of": AS_OF, "content": content_of(graph)}
    await (await transaction.run(MARK_DIRECTORY, asked)).consume()
    return written


def content_of(graph: Graph) -> str:
    """What is in the graph, as a SHA-256: another seed may hold the same.

    Readers who ask for what changed since a moment are told by the directory's `updated`, which moves with it.
    """
    content = repr((list(graph.nodes.items()), graph.links))
    return sha256(content.encode()).hexdigest()
