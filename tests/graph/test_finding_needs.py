"""Free text finds the need: a set of phrases, its score, and what an answer shows of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from neo4j import AsyncDriver

from graph_model.cards import compose
from graph_model.database import read
from graph_model.emergencies import emergency_of
from graph_model.needs import NEEDS_MEANT, needs_by_codes, needs_page
from graph_model.places import PlaceQuestion
from graph_model.referrals import Case, referral_answer
from graph_model.wording import wording

pytestmark = pytest.mark.anyio

PHRASES = Path(__file__).with_name("phrases.yaml")
PAGE = Path(__file__).parents[2] / "docs" / "finding-needs.md"
RUGBY = PlaceQuestion(name="Rugby")

MEANT = compose(
    NEEDS_MEANT
    + """
RETURN [position IN range(0, size(needs) - 1) | {
  code: needs[position].code,
  emergency: coalesce(needs[position].emergency, false),
  score: scores[position]
}] AS row
"""
)


@dataclass(frozen=True)
class Understood:
    """A phrase of the set, and what was understood."""

    phrase: dict[str, Any]
    codes: list[str]  # best first
    emergency: bool

    @property
    def held_out(self) -> bool:
        return self.phrase.get("held_out", False)

    @property
    def is_emergency(self) -> bool:
        return self.phrase.get("emergency", False)

    @property
    def first_is_right(self) -> bool:
        return bool({*self.codes[:1]} & {*self.phrase["needs"]})

    @property
    def right_is_shown(self) -> bool:
        return bool({*self.codes} & {*self.phrase["needs"]})

    def __str__(self) -> str:
        faults = [
            "" if self.first_is_right else f"understood as {self.codes}",
            "EMERGENCY MISSED" if self.is_emergency and not self.emergency else "",
            "false alarm" if self.emergency and not self.is_emergency else "",
        ]
        return f"{self.phrase['phrase']!r}: {', '.join(filter(None, faults))}"


@pytest.fixture(scope="module")
async def understood(directory: AsyncDriver) -> list[Understood]:
    """Every phrase of the set, asked of the index as a referral question asks."""
    answers: list[Understood] = []
    for phrase in yaml.safe_load(PHRASES.read_text(encoding="utf-8")):
        text = phrase["phrase"]
        case = Case(place=RUGBY, need_text=text)
        [needs] = await read(directory, MEANT, **asdict(wording(text)), most_needs=5)
        emergency = emergency_of(case, {"needs": needs})
        codes = [need["code"] for need in needs]
        answers.append(Understood(phrase, codes, emergency))
    return answers


def table(understood: list[Understood]) -> str:
    """The scores as the documentation shows them."""
    lines = [
        "| phrases | number | need right | need shown | emergencies found | false alarms |",
        "|---|---|---|---|---|---|",
    ]
    for name, group in {
        "tuned on": [each for each in understood if not each.held_out],
        "held out": [each for each in understood if each.held_out],
    }.items():
        urgent = [each for each in group if each.is_emergency]
        others = [each for each in group if not each.is_emergency]
        cells = [
            name,
            str(len(group)),
            share([each.first_is_right for each in group]),
            share([each.right_is_shown for each in group]),
            share([each.emergency for each in urgent]),
            share([each.emergency for each in others]),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def share(hits: list[bool]) -> str:
    return f"{sum(hits)} of {len(hits)} ({100 * sum(hits) / len(hits):.0f} %)"


async def test_the_documentation_shows_the_score_of_the_phrases(
    understood: list[Understood],
):
    page = PAGE.read_text(encoding="utf-8")

    score = table(understood)

    failing = [
        str(each)
        for each in understood
        if not each.first_is_right or each.emergency != each.is_emergency
    ]
    assert score in page, "\n".join(
        [
            f"{PAGE.name} does not show this score. If it is better, write it there:",
            score,
            "What is not understood:",
            *failing,
        ]
    )


async def test_no_emergency_of_the_set_is_missed(understood: list[Understood]):
    missed = [
        str(each) for each in understood if each.is_emergency and not each.emergency
    ]

    assert missed == []


async def test_every_right_answer_of_the_set_is_a_need(directory: AsyncDriver):
    phrases = yaml.safe_load(PHRASES.read_text(encoding="utf-8"))
    codes = sorted({code for phrase in phrases for code in phrase["needs"]})

    needs = await needs_by_codes(directory, codes)

    assert [need["code"] if need else None for need in needs] == codes
    assert len({phrase["phrase"].lower() for phrase in phrases}) == len(phrases)


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("cant get out of bed fell over", "crisis-response"),
        ("mums insulin", "injections-at-home"),
        ("tooth ache", "toothache"),
        ("No chest pain, sore throat", "sore-throat"),
        ("she needs a fit note", "general-practice"),
    ],
)
async def test_plain_words_are_understood_without_an_alarm(
    directory: AsyncDriver, text: str, need: str
):
    found = await referral_answer(directory, Case(place=RUGBY, need_text=text), None)

    assert found["need"] is not None
    assert found["need"]["code"] == need
    assert found["emergency_advice"] is None


@pytest.mark.parametrize(
    "text",
    [
        "wants to kill himself",
        "no rash, chest pian",
        "He's not breathing!!",
        "no chest pain till noon, chest pain now",
    ],
)
async def test_words_of_danger_put_999_first(directory: AsyncDriver, text: str):
    found = await referral_answer(directory, Case(place=RUGBY, need_text=text), None)

    assert found["emergency_advice"] is not None
    assert found["emergency_advice"].startswith("If this may be an emergency, call 999")


async def test_the_runners_up_are_shown_best_first(directory: AsyncDriver):
    case = Case(place=RUGBY, need_text="earache and a sore throat")

    found = await referral_answer(directory, case, None)

    assert found["need"] is not None
    assert found["need"]["code"] == "sore-throat"
    assert found["other_needs"][0]["code"] == "earache"


async def test_needs_that_match_words_are_those_that_a_referral_would_be_for(
    directory: AsyncDriver,
):
    page = await needs_page(directory, matching="chest pian", first=3)

    assert page.rows[0]["code"] == "chest-pain"
