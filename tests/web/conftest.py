"""A browser, and what it sees of the pages that the API serves."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
import urllib.error
import urllib.request
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import Literal

import pytest
import uvicorn
from explorer_page import SECONDS, OpenExplorer, Visit, host_of
from playwright.async_api import Browser, ConsoleMessage, async_playwright, expect

from api.app import create_app
from graph_model.settings import Settings

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
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
    plan_the_examples(f"http://{host}:{port}/graphql")
    yield f"http://{host}:{port}"
    server.should_exit = True
    thread.join()


def plan_the_examples(address: str) -> None:
    """Ask each example until it is answered in time.

    Neo4j plans a question when it first meets it, and on a busy machine that takes
    longer than the API gives an answer.
    """
    for example in EXAMPLES.glob("*.graphql"):
        statuses = [status_of(address, example.read_text())]
        while statuses[-1] == 503 and len(statuses) < 10:
            statuses.append(status_of(address, example.read_text()))
        assert statuses[-1] == 200, f"{example.name} was answered with {statuses}"


def status_of(address: str, question: str) -> int:
    """Ask, and return the HTTP status of the answer."""
    body = json.dumps({"query": question}).encode()
    request = urllib.request.Request(
        address, body, {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


@pytest.fixture(scope="session")
async def browser() -> AsyncGenerator[Browser]:
    """Chromium without a window."""
    expect.set_options(timeout=30 * SECONDS)
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
    """Return the path of the browser: `CHROMIUM`, or the first on the PATH."""
    if path := os.environ.get("CHROMIUM"):
        return path
    for name in CHROMIUM:
        if path := shutil.which(name):
            return path
    raise FileNotFoundError(
        f"No browser: none of {', '.join(CHROMIUM)} is on the PATH. "
        "Install Debian's package `chromium`, or another Chromium, then run again."
    )
