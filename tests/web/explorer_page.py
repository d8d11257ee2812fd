"""The explorer as somebody in front of a browser sees it, for its tests to ask."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Page

WEB = Path(__file__).parents[2] / "web"
AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
SECONDS = 1000  # Playwright counts milliseconds


@dataclass
class Visit:
    """The explorer in a browser, with all that it asked for and complained of."""

    page: Page
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    expected_complaint: str | None = None


OpenExplorer = Callable[..., Awaitable[Visit]]


def host_of(url: str) -> str:
    """Return the host and port of an address, "" where it is inside the page."""
    return urlsplit(url).netloc


async def choose(page: Page, subject: str) -> None:
    """Choose an example question by what it is about."""
    await page.get_by_role("navigation").get_by_role("link", name=subject).click()


async def write(page: Page, text: str) -> None:
    """Write at the beginning of the question, at once: the editor closes braces that are typed, once it knows its grammar."""
    await page.locator(".graphiql-query-editor .view-line").first.click()
    await page.keyboard.press("Control+Home")
    await page.keyboard.insert_text(text)


async def press(page: Page, *keys: str) -> None:
    for key in keys:
        await page.keyboard.press(key)


async def answer_on(page: Page, name: str) -> dict[str, Any]:
    """Return the data of the answer on the page, once a field of this name is in view.

    An editor holds only the lines in view, so the answer is read as it is printed.
    """
    line = page.locator(".result-window .view-line", has_text=f'"{name}"')
    await line.first.wait_for(timeout=30 * SECONDS)
    printed = await printed_on(page)
    return json.loads(printed[1])["data"]


async def question_on(page: Page, subject: str) -> None:
    """Wait until the question of this subject is in the editor, and asked."""
    await page.wait_for_function(
        """start => {
            dispatchEvent(new Event("beforeprint"));
            return document.querySelector(".printout pre").textContent.startsWith(start);
        }""",
        arg=f"# {subject}\n",
    )


async def printed_on(page: Page) -> list[str]:
    """Return what the page would print: the question and the answer."""
    await page.evaluate("dispatchEvent(new Event('beforeprint'))")
    return await page.locator(".printout pre").all_text_contents()


async def findings_of_axe(page: Page) -> dict[str, list[str]]:
    """Return what axe finds serious or critical: the places of each rule."""
    if not AXE.exists():
        raise FileNotFoundError(f"{AXE} is missing. Run `npm ci` in {WEB}.")
    await page.wait_for_timeout(1000)  # until colours have faded in
    await page.evaluate(AXE.read_text())
    results = await page.evaluate("axe.run({resultTypes: ['violations']})")
    return {
        violation["id"]: [node["html"] for node in violation["nodes"]]
        for violation in results["violations"]
        if violation["impact"] in ("serious", "critical")
    }
