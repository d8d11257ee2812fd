"""What callers see when Neo4j goes away while the API runs, and when it comes back."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

import pytest
from neo4j import AsyncDriver

from api.graphql.context import Context
from api.graphql.http import GRAPHQL, body_and_status, execute
from api.graphql.loaders import loaders
from api.graphql.request import Question
from graph_model.database import connect
from graph_model.settings import Settings

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]


class Wire:
    """A wire to the real Neo4j that can be cut and mended."""

    def __init__(self, uri: str) -> None:
        self.to = urlsplit(uri)
        self.port = 0
        self.server: asyncio.Server | None = None
        self.ends: list[asyncio.StreamWriter] = []

    async def mend(self) -> None:
        self.server = await asyncio.start_server(self.carry, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        assert self.server is not None
        self.server.close()
        for end in self.ends:
            end.close()
        self.ends.clear()
        await asyncio.sleep(0.1)

    async def carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        there, back = await asyncio.open_connection(self.to.hostname, self.to.port)
        self.ends += [writer, back]
        await asyncio.gather(copy(reader, back), copy(there, writer))


async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def wired(settings: Settings) -> AsyncGenerator[tuple[Wire, AsyncDriver]]:
    """A driver that reaches Neo4j by such a wire."""
    assert settings.neo4j_uri is not None
    wire = Wire(settings.neo4j_uri)
    await wire.mend()
    uri = f"bolt://127.0.0.1:{wire.port}"
    async with connect(settings.model_copy(update={"neo4j_uri": uri})) as driver:
        yield wire, driver
    await wire.cut()


async def test_an_outage_is_told_as_one_and_ends_when_neo4j_is_back(
    directory: AsyncDriver, neo4j_server: Settings
) -> None:
    async with wired(neo4j_server) as (wire, driver):
        context = Context(driver, neo4j_server, loaders(driver))
        question = Question("{ directory { asOf } }", None, None)

        async def body() -> dict[str, object]:
            return body_and_status(await execute(question, context), GRAPHQL)[0]

        before = await body()
        await wire.cut()
        during = await body()
        await wire.mend()
        after = await body()

    assert before == after == {"data": {"directory": {"asOf": "2016-11-30"}}}
    assert during == {
        "data": None,
        "errors": [
            {
                "message": "The directory does not answer at the moment. "
                "Ask again in a few seconds.",
                "locations": [{"line": 1, "column": 3}],
                "path": ["directory"],
                "extensions": {"code": "DIRECTORY_UNAVAILABLE"},
            }
        ],
    }
