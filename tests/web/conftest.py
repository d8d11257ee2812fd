"""A browser, and what it sees of the pages that the API serves."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import AsyncGenerator, Generator
from typing import Literal

import pytest
import uvicorn
from explorer_page import SECONDS, OpenExplorer, Visit, host_of
from playwright.async_api import Browser, ConsoleMessage, async_playwright

from api.app import create_app
from graph_model.settings import Settings

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox, because tests run as root in containers; the rest keeps the browser from
# asking its maker's hosts for updates, which a closed network refuses.
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def live_api(neo4j_server: Settings, directory: object) -> Generator[str]:
    """The address of the API as it is deployed: uvicorn on a free port, the seed in it."""
    config = uvicorn.Config(create_app(neo4j_server), port=0, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "The API did not start; its log tells why."
        time.sleep(0.05)
    host, port = server.servers[0].sockets[0].getsockname()
    yield f"http://{host}:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
async def browser() -> AsyncGenerator[Browser]:
    """Chromium without a window."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium(), args=SWITCHES
        )
        yield browser
        await browser.close()


@pytest.fixture
async def open_explorer(
    browser: Browser, live_api: str
) -> AsyncGenerator[OpenExplorer]:
    """Open the explorer; at the end of the test it must have nothing to complain of."""
    visits: list[Visit] = []

    async def open_at(
        fragment: str = "",
        width: int = 1680,
        height: int = 950,
        colours: Literal["light", "dark"] = "light",
    ) -> Visit:
        context = await browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=colours
        )
        visit = Visit(await context.new_page())
        visits.append(visit)
        context.on("request", lambda request: visit.hosts.add(host_of(request.url)))
        context.on("console", lambda message: complain(visit, message))
        context.on("weberror", lambda error: visit.complaints.append(str(error.error)))
        await visit.page.goto(f"{live_api}/graphql{fragment}")
        await (
            visit.page.get_by_role("status")
            .filter(has_text="Answered")
            .wait_for(timeout=30 * SECONDS)
        )
        return visit

    yield open_at
    for visit in visits:
        await visit.page.context.close()
        assert visit.complaints == []
        assert visit.hosts <= {host_of(live_api), ""}


def complain(visit: Visit, message: ConsoleMessage) -> None:
    """Keep errors and warnings: Chromium tells breaches of the policy as errors."""
    if visit.expected_complaint and visit.expected_complaint in message.text:
        return
    if message.type in ("error", "warning"):
        visit.complaints.append(f"{message.type}: {message.text}")


def chromium() -> str:
    for name in CHROMIUM:
        if path := shutil.which(name):
            return path
    raise FileNotFoundError(
        f"No browser: none of {', '.join(CHROMIUM)} is on the PATH. "
        "Install Debian's package `chromium`, or another Chromium, then run again."
    )
