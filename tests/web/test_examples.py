"""The example questions have what the explorer shows of them."""

import re
from pathlib import Path

import pytest

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.graphql"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.stem)
def test_an_example_opens_with_its_subject_and_a_question(example: Path) -> None:
    subject, empty, question, *_ = example.read_text().splitlines()

    assert re.fullmatch(r"# \w.{5,60}", subject)
    assert empty == "#"
    assert re.fullmatch(r"# \w[^?]{10,70}\?", question)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.stem)
def test_an_example_is_one_named_question_that_needs_no_variables(
    example: Path,
) -> None:
    text = example.read_text()

    assert len(re.findall(r"^query [A-Z]\w+ \{$", text, re.MULTILINE)) == 1
    assert "$" not in text


def test_the_explorer_opens_on_the_first_question() -> None:
    assert "first-question" in [example.stem for example in EXAMPLES]
