"""The explorer, in a real browser on a really running directory."""

import re

import pytest
from explorer_page import (
    OpenExplorer,
    answer_on,
    choose,
    findings_of_axe,
    host_of,
    press,
    printed_on,
    question_on,
    write,
)
from playwright.async_api import expect

pytestmark = [pytest.mark.anyio, pytest.mark.browser, pytest.mark.neo4j]

NOTICE = "Historical directory, 30 November 2016. Do not refer anyone from it."
SUBJECTS = [
    "Start here",
    "Coventry and Warwickshire out-of-hospital service",
    "Coverage and contracts in the West Midlands",
    "Leicester, Leicestershire and Rutland vanguard",
    "New Care Models programme",
    "NHS 111 roll-out with NHS Alliance",
    "Pathway of urgent care, planned for a person",
    "West Midlands integrated urgent care",
]
# What axe finds in Monaco's own lists, which are drawn while somebody types and cannot
# be changed from outside. They are read out all the same: each entry has its label.
OF_MONACO = {
    "aria-allowed-attr",  # entries of the list of commands have a level
    "aria-progressbar-name",  # a bar above that list, which never shows
    "aria-valid-attr-value",  # the list names its active entry by another id
    "label-content-name-mismatch",  # labels leave the shortcuts out
}


async def test_the_explorer_opens_on_a_question_with_its_answer(
    open_explorer: OpenExplorer,
) -> None:
    visit = await open_explorer()

    answer = await answer_on(visit.page, "referralOptions")

    first = answer["referralOptions"]["options"][0]
    assert answer["referralOptions"]["asOf"] == "2016-12-03"
    assert first["service"]["provider"]["name"] == "Vocare"


async def test_each_system_has_a_question_in_the_list(
    open_explorer: OpenExplorer,
) -> None:
    visit = await open_explorer()

    subjects = visit.page.get_by_role("navigation").locator("li small")

    assert await subjects.all_text_contents() == SUBJECTS


async def test_a_question_that_is_chosen_is_asked_and_answered(
    open_explorer: OpenExplorer,
) -> None:
    visit = await open_explorer()

    await choose(visit.page, "NHS 111 roll-out")
    answer = await answer_on(visit.page, "milestones")

    milestones = answer["programme"]["milestones"]
    assert "2013-04" in [milestone["when"] for milestone in milestones]
    assert visit.page.url.endswith("/graphql#nhs-111-roll-out")


async def test_no_question_of_the_list_is_answered_with_an_error(
    open_explorer: OpenExplorer,
) -> None:
    visit = await open_explorer()
    status = visit.page.get_by_role("status")

    for subject in SUBJECTS:
        await choose(visit.page, subject)
        await question_on(visit.page, subject)

        await expect(status).to_have_text(re.compile(r"^Answered in \d+ ms\.$"))


async def test_a_question_can_be_kept_as_a_link(open_explorer: OpenExplorer) -> None:
    visit = await open_explorer("#new-care-models-programme")

    answer = await answer_on(visit.page, "organisations")

    assert answer["organisations"]["edges"][0]["node"]["programmes"][0]["number"] == 17


async def test_what_somebody_wrote_keeps_its_tab_when_a_question_is_chosen(
    open_explorer: OpenExplorer,
) -> None:
    visit = await open_explorer()
    await write(visit.page, "# mine\n")

    await choose(visit.page, "New Care Models")
    await answer_on(visit.page, "organisations")
    await visit.page.get_by_role("button", name="FirstQuestion").click()

    question, _ = await printed_on(visit.page)
    assert question.startswith("# mine\n# Start here\n")


async def test_a_question_of_ones_own_is_asked_from_the_keyboard(
    open_explorer: OpenExplorer,
) -> None:
    visit = await open_explorer()

    await visit.page.get_by_role("button", name="New tab").click()
    # The editor shows the new tab a moment later.
    await expect(visit.page.locator(".graphiql-query-editor")).not_to_contain_text(
        "Start here"
    )
    await write(visit.page, "{ directory { asOf } }")
    await visit.page.keyboard.press("Control+Enter")

    answer = await answer_on(visit.page, "directory")
    assert answer == {"directory": {"asOf": "2016-11-30"}}


async def test_a_mistake_is_answered_with_words_and_the_status_says_so(
    open_explorer: OpenExplorer,
) -> None:
    visit = await open_explorer()
    visit.expected_complaint = "400 (Bad Request)"

    await write(visit.page, "{ bogus } ")
    await visit.page.keyboard.press("Control+Enter")

    status = visit.page.get_by_role("status")
    await expect(status).to_contain_text('see "errors" in the answer')


async def test_a_directory_that_cannot_be_reached_is_told_in_words(
    open_explorer: OpenExplorer,
) -> None:
    visit = await open_explorer()
    await visit.page.context.set_offline(True)

    await write(visit.page, "")
    await visit.page.keyboard.press("Control+Enter")

    status = visit.page.get_by_role("status")
    await expect(status).to_contain_text("The directory cannot be reached.")
    # Without a network a worker that loads late complains of it too, each in words of its own.
    visit.complaints.clear()


async def test_the_notice_of_the_directory_stands_above_everything(
    open_explorer: OpenExplorer,
) -> None:
    visit = await open_explorer()

    await expect(visit.page.get_by_role("note")).to_have_text(NOTICE)


async def test_a_field_is_described_beside_the_editor(
    open_explorer: OpenExplorer,
) -> None:
    visit = await open_explorer()
    documentation = visit.page.locator(".graphiql-plugin")

    await documentation.get_by_role("link", name="Query", exact=True).click()
    await documentation.get_by_role("link", name="referralOptions").click()

    description = documentation.locator(".graphiql-markdown-description").first
    await expect(description).to_contain_text(re.compile(r"\w+ \w+ \w+"))


async def test_nothing_is_asked_of_another_host_and_nothing_breaks_the_policy(
    open_explorer: OpenExplorer, live_api: str
) -> None:
    visit = await open_explorer()
    page = visit.page

    await write(page, "{ bogus } { serv")
    await page.locator(".squiggly-error").first.wait_for()  # a worker has judged it
    await page.keyboard.press("Control+Space")
    await page.locator(".suggest-widget.visible").wait_for()
    await page.keyboard.press("Escape")
    await page.keyboard.press("Control+Shift+P")  # the formatter
    await page.get_by_role("button", name="Variables").click()
    await page.get_by_role("button", name="Open settings dialog").click()
    assert len(page.workers) > 0
    assert visit.hosts - {""} == {host_of(live_api)}
    assert visit.complaints == []


async def test_the_policy_of_the_page_names_no_other_host_and_allows_no_eval(
    open_explorer: OpenExplorer, live_api: str
) -> None:
    visit = await open_explorer()

    response = await visit.page.goto(f"{live_api}/graphql")

    assert response is not None
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert not re.search(r"https?:|wss?:|\*", policy)


async def test_nothing_outlives_the_tab_of_the_browser(
    open_explorer: OpenExplorer,
) -> None:
    visit = await open_explorer()

    await write(visit.page, "# somebody in Rugby\n")
    await visit.page.wait_for_timeout(1000)  # it is written half a second later

    assert await visit.page.evaluate("localStorage.length + document.cookie") == "0"


async def test_the_skip_link_leads_to_the_editor_and_tab_leads_out_of_it(
    open_explorer: OpenExplorer,
) -> None:
    visit = await open_explorer()
    focused = visit.page.locator(":focus")

    await press(visit.page, "Tab", "Enter", "Tab", "Tab", "Tab")
    await expect(focused).to_have_attribute(
        "aria-label", "Operation Editor: press Enter to write in it"
    )
    await press(visit.page, "Enter", "Tab")

    await expect(focused).to_have_attribute("aria-label", "Execute query (Ctrl-Enter)")


async def test_a_print_has_the_notice_the_whole_question_and_the_whole_answer(
    open_explorer: OpenExplorer,
) -> None:
    visit = await open_explorer()
    await answer_on(visit.page, "referralOptions")

    await visit.page.emulate_media(media="print")
    question, answer = await printed_on(visit.page)

    assert await visit.page.get_by_role("note").is_visible()
    assert not await visit.page.locator(".graphiql-container").is_visible()
    assert question.startswith("# Start here\n")
    assert question.endswith("}\n")
    assert answer.endswith("}")


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [1680, 390])
async def test_axe_finds_nothing_serious_when_the_explorer_opens(
    open_explorer: OpenExplorer, width: int, colours: str
) -> None:
    visit = await open_explorer(width=width, colours=colours)

    assert await findings_of_axe(visit.page) == {}


@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_axe_finds_nothing_serious_while_somebody_works(
    open_explorer: OpenExplorer, colours: str
) -> None:
    visit = await open_explorer(colours=colours)
    page = visit.page

    await write(page, "{ bogus }\n")
    await choose(page, "New Care Models")
    await answer_on(page, "organisations")
    two_tabs = await findings_of_axe(page)
    await page.get_by_role("link", name="Query", exact=True).click()
    documentation = await findings_of_axe(page)
    await page.get_by_role("button", name="Variables").click()
    variables = await findings_of_axe(page)
    await page.get_by_role("button", name="Open settings dialog").click()
    settings = await findings_of_axe(page)
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Open short keys dialog").click()
    keys = await findings_of_axe(page)

    assert [two_tabs, documentation, variables, settings, keys] == [{}, {}, {}, {}, {}]


async def test_axe_finds_only_what_is_known_of_monaco_in_its_own_lists(
    open_explorer: OpenExplorer,
) -> None:
    visit = await open_explorer()

    await write(visit.page, "{ ")
    await visit.page.keyboard.press("Control+Space")
    await visit.page.locator(".suggest-widget.visible").wait_for()
    completion = await findings_of_axe(visit.page)
    await press(visit.page, "Escape", "F1")
    await visit.page.locator(".quick-input-widget").wait_for()
    commands = await findings_of_axe(visit.page)

    assert (completion.keys() | commands.keys()) - OF_MONACO == set()
