"""The pages of the OpenAPI documents, in a real browser on a really running directory."""

from collections.abc import AsyncGenerator, Awaitable, Callable

import pytest
from conftest import complain
from explorer_page import SECONDS, Visit, findings_of_axe, host_of
from playwright.async_api import Browser, expect

from api.dos.endpoints import PATHS
from api.open_referral.endpoints import ENDPOINTS

pytestmark = [pytest.mark.anyio, pytest.mark.browser, pytest.mark.neo4j]

OPERATIONS = {"open-referral": list(ENDPOINTS), "dos": list(PATHS.values())}
OpenPage = Callable[[str], Awaitable[Visit]]


@pytest.fixture
async def open_page(browser: Browser, live_api: str) -> AsyncGenerator[OpenPage]:
    """Open a page below /openapi; at the end of the test it must have nothing to complain of, nor asked elsewhere."""
    visits: list[Visit] = []

    async def open_at(name: str) -> Visit:
        context = await browser.new_context(viewport={"width": 1280, "height": 950})
        visit = Visit(await context.new_page())
        visits.append(visit)
        context.on("request", lambda request: visit.hosts.add(host_of(request.url)))
        context.on("console", lambda message: complain(visit, message))
        context.on("weberror", lambda error: visit.complaints.append(str(error.error)))
        await visit.page.goto(f"{live_api}/openapi/{name}")
        return visit

    yield open_at
    for visit in visits:
        await visit.page.context.close()
        assert visit.complaints == []
        assert visit.hosts <= {host_of(live_api), ""}


@pytest.mark.parametrize("name", OPERATIONS)
async def test_a_document_is_shown_with_all_its_operations(
    open_page: OpenPage, name: str
) -> None:
    visit = await open_page(name)

    shown = visit.page.locator("[data-path]")
    await expect(shown).to_have_count(len(OPERATIONS[name]), timeout=60 * SECONDS)
    paths = [await each.get_attribute("data-path") for each in await shown.all()]

    assert paths == OPERATIONS[name]


@pytest.mark.parametrize("name", OPERATIONS)
async def test_axe_finds_nothing_serious_in_a_document(
    open_page: OpenPage, name: str
) -> None:
    visit = await open_page(name)

    operation = visit.page.locator(".opblock-summary-control").first
    await operation.click()
    await visit.page.get_by_text("Responses").first.wait_for(timeout=30 * SECONDS)

    assert await findings_of_axe(visit.page) == {}


async def test_the_ways_to_ask_lead_to_the_documents(open_page: OpenPage) -> None:
    visit = await open_page("")

    assert await findings_of_axe(visit.page) == {}
    await visit.page.get_by_role("link", name="Open Referral UK").click()

    await visit.page.get_by_text("/taxonomy_terms/").first.wait_for(
        timeout=60 * SECONDS
    )
    await visit.page.get_by_role("link", name="All ways to ask the directory").click()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text(
        "Ways to ask the directory"
    )
