"""The documentation is true: its examples answer as they say, and its links lead somewhere."""

import json
import re
from pathlib import Path

import pytest
from asking import Asker

pytestmark = pytest.mark.anyio

PROJECT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = sorted((PROJECT / "docs" / "examples").glob("*.graphql"))
PAGES = sorted(
    page
    for pattern in ("*.md", "docs/**/*.md", "*/README.md", "seed/*/README.md")
    for page in PROJECT.glob(pattern)
    if not {".venv", "node_modules"} & set(page.parts)
)
WRITE_ANEW = (
    "If the new answer is right, run `make up` and, beside it, "
    "`.venv/bin/python tools/write_examples.py`."
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
async def test_each_example_has_the_answer_that_the_documentation_gives(
    ask: Asker, example: Path
):
    answer = await ask(example.read_text(encoding="utf-8"))

    written = json.loads(example.with_suffix(".json").read_text(encoding="utf-8"))
    assert {"data": answer} == written, WRITE_ANEW


def test_the_readme_shows_the_first_question_and_its_answer():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    first = PROJECT / "docs" / "examples" / "first-question"
    question = first.with_suffix(".graphql").read_text(encoding="utf-8")
    operation = question[question.index("query ") :].strip()

    assert f"```graphql\n{operation}\n```" in readme, WRITE_ANEW
    answer = first.with_suffix(".json").read_text(encoding="utf-8").strip()
    assert f"```json\n{answer}\n```" in readme, WRITE_ANEW


def links() -> list[tuple[str, str]]:
    """Every link from a page to a file of the project."""
    return [
        (str(page.relative_to(PROJECT)), target)
        for page in PAGES
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if not target.startswith(("http:", "https:", "mailto:"))
    ]


@pytest.mark.parametrize(("page", "target"), links())
def test_each_link_leads_to_a_file_of_the_project(page: str, target: str):
    assert (PROJECT / page).parent.joinpath(target).exists()


def test_decisions_are_numbered_without_a_gap_and_say_their_status():
    records = sorted((PROJECT / "docs" / "adr").glob("*.md"))

    numbers = [int(record.name[:4]) for record in records]
    assert numbers == list(range(len(records)))
    for record in records:
        text = record.read_text(encoding="utf-8")
        assert re.match(rf"# {int(record.name[:4])}\. ", text), record.name
        assert "**Status:**" in text, record.name
