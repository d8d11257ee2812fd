"""The one door to Neo4j: read routing, database name and transactions are said here once."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any, LiteralString

from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase, AsyncManagedTransaction
from neo4j.exceptions import AuthError, DriverError, ServiceUnavailable
from neo4j.time import Date, DateTime

from graph_model.errors import DirectoryUnavailable
from graph_model.settings import Settings

DATABASE = "neo4j"
# What comes from Neo4j as Python has it: nearly everything, so that it is told apart first.
PLAIN = {str, int, float, bool, bytes, type(None)}


@asynccontextmanager
async def connect(settings: Settings) -> AsyncGenerator[AsyncDriver]:
    """Open the driver, and fail here rather than at the first question.

    Raises DirectoryUnavailable where no server answers or it refuses the password.
    """
    uri, user = settings.neo4j_uri, settings.neo4j_user
    if uri is None or settings.neo4j_password is None:
        raise DirectoryUnavailable(
            "No Neo4j is named. Set NEO4J_URI and NEO4J_PASSWORD, or start Signpost "
            "with `signpost up`, which runs a Neo4j of its own."
        )
    async with AsyncGraphDatabase.driver(
        uri,
        auth=(user, settings.neo4j_password.get_secret_value()),
        max_connection_pool_size=settings.neo4j_pool,
        # A label or property that no node has yet is nothing to warn of.
        notifications_disabled_classifications=["UNRECOGNIZED"],
    ) as driver:
        try:
            await driver.verify_connectivity()
        except AuthError as error:
            raise DirectoryUnavailable(
                f"Neo4j at {uri} refuses the user {user!r}. "
                "Set NEO4J_USER and NEO4J_PASSWORD to an account that it knows."
            ) from error
        except (ServiceUnavailable, DriverError, OSError) as error:
            raise DirectoryUnavailable(
                f"No Neo4j answers at {uri}. Start it, or set NEO4J_URI to where it is."
            ) from error
        yield driver


async def read(driver: AsyncDriver, cypher: LiteralString, **params: Any) -> list[Any]:
    """Run a question in one round trip and return the `row` column of each record.

    What is asked travels as one map, `$asked`. Neo4j plans a question anew for each combination of its parameters'
    types and sizes (a null, a date; one code, three codes), which takes a second for the largest; a map
    is one type, whatever is in it. Dates come back as `datetime.date`, moments as `datetime.datetime`.
    """
    async with driver.session(
        database=DATABASE, default_access_mode=READ_ACCESS
    ) as session:
        result = await session.run(cypher, {"asked": params})
        return [native(record["row"]) async for record in result]


async def read_in_order(
    driver: AsyncDriver, cypher: LiteralString, keys: Sequence[Any], **params: Any
) -> list[Any]:
    """Answer a batch question: for each key its row, None where there is none.

    The question takes `$asked.keys` and gives `[position of the key, row]`.
    """
    found = dict(await read(driver, cypher, keys=keys, **params))
    return [found.get(position) for position in range(len(keys))]


async def write(driver: AsyncDriver, cypher: LiteralString, **params: Any) -> None:
    """Run one change in a transaction that is retried when the server asks for it."""

    async def work(transaction: AsyncManagedTransaction) -> None:
        await (await transaction.run(cypher, params)).consume()

    async with driver.session(database=DATABASE) as session:
        await session.execute_write(work)


def native(value: Any) -> Any:
    """The value with Neo4j's dates and moments, however deep, as Python's."""
    if isinstance(value, dict):
        return {
            key: item if type(item) in PLAIN else native(item)
            for key, item in value.items()
        }
    if isinstance(value, list):
        if PLAIN.issuperset(map(type, value)):
            return value
        return [item if type(item) in PLAIN else native(item) for item in value]
    if isinstance(value, Date | DateTime):
        return value.to_native()
    return value
