"""Constraints, indexes, and how an older graph becomes today's."""

from pathlib import Path
from typing import LiteralString, cast

from neo4j import AsyncDriver, AsyncManagedTransaction

from graph_model.database import DATABASE, read

SCHEMA = Path(__file__).with_name("schema.cypher")
MIGRATIONS = Path(__file__).with_name("migrations")

# The uniqueness constraint makes a second process wait here until the first commits,
# and then find the migration.
CLAIM_MIGRATION = """
MERGE (migration:Migration {name: $name})
ON CREATE SET migration.applied = datetime()
"""

AWAIT_INDEXES = """
CALL db.awaitIndexes(300)
"""

APPLIED_MIGRATIONS = """
MATCH (migration:Migration)
RETURN migration.name AS row
"""


async def apply_schema(driver: AsyncDriver, migrations: Path = MIGRATIONS) -> list[str]:
    """Apply constraints, indexes and the migrations that this graph has not had yet.

    `migrations` is a folder of `*.cypher` files, applied in the order of their names,
    each once and in one transaction of its own, which holds data only: what drops an
    index or a constraint belongs in schema.cypher, with IF EXISTS. Safe to call from
    several processes at once. Returns the names of the migrations that it applied.
    """
    for statement in statements(SCHEMA):
        await driver.execute_query(statement, database_=DATABASE)
    await driver.execute_query(AWAIT_INDEXES, database_=DATABASE)

    applied = set(await read(driver, APPLIED_MIGRATIONS))
    waiting = [
        path for path in sorted(migrations.glob("*.cypher")) if path.stem not in applied
    ]
    async with driver.session(database=DATABASE) as session:
        return [
            path.stem
            for path in waiting
            if await session.execute_write(migrate, path.stem, statements(path))
        ]


async def migrate(
    transaction: AsyncManagedTransaction, name: str, steps: list[LiteralString]
) -> bool:
    """Apply the steps unless another process has: whether this call applied them."""
    claim = await transaction.run(CLAIM_MIGRATION, name=name)
    if not (await claim.consume()).counters.nodes_created:
        return False
    for step in steps:
        await (await transaction.run(step)).consume()
    return True


def statements(path: Path) -> list[LiteralString]:
    """The statements of a file of ours, each ended by a semicolon at the end of a line.

    Lines that start with `//` are left out.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("//"))
    found = [statement.strip() for statement in f"{text}\n".split(";\n")]
    # The files are part of the program, as a constant in a module is.
    return [cast(LiteralString, statement) for statement in found if statement]
