"""The API's process: its address, its server, its end."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
from collections.abc import AsyncGenerator, Generator

import uvicorn
from starlette.applications import Starlette

from graph_model.settings import Settings
from signpost.errors import PortTaken, WrongSetting

BACKLOG = 2048
STOPPED_WITHIN = 10  # seconds that open requests get to end


class Server(uvicorn.Server):
    """uvicorn, with the signals left to whoever runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


def listening_socket(settings: Settings) -> socket.socket:
    """Take the API's address at once, so that nobody else does while Neo4j starts.

    Raises PortTaken and WrongSetting.
    """
    host, port = settings.signpost_host, settings.signpost_port
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise WrongSetting(
            f"SIGNPOST_HOST is {host!r}, which is no address of this machine. "
            "Write 127.0.0.1, or 0.0.0.0 for every address that it has."
        ) from error
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(address)
    except OSError as error:
        taken.close()
        raise PortTaken(host, port) from error
    return taken


def address(settings: Settings) -> str:
    """Return where a browser on this machine finds the API."""
    host = settings.signpost_host
    reached = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    return f"http://{reached}:{settings.signpost_port}"


@contextlib.asynccontextmanager
async def serving(
    app: Starlette, listening: socket.socket
) -> AsyncGenerator[asyncio.Task[None]]:
    """Serve the application while the block runs; the task ends if it fails.

    Raises PortTaken where another program began to listen in the meantime.
    """
    host, port, *_ = listening.getsockname()
    try:
        listening.listen(BACKLOG)
    except OSError as error:
        raise PortTaken(host, port) from error
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,  # a question may say where a patient lives
        timeout_graceful_shutdown=STOPPED_WITHIN,
        lifespan="on",
        server_header=False,
    )
    server = Server(config)
    spare_the_collector()
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        while not server.started and not task.done():
            await asyncio.sleep(0.02)
        yield task
    finally:
        server.should_exit = True
        await task


def spare_the_collector() -> None:
    """Look for garbage in cycles less often, and never in what was there before the first question.

    An answer makes thousands of objects that go when it is sent: to look through all each few hundred took a fifth
    of the time of an answer.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
