"""A text is read as it was meant: its words, its spelling, what it denies."""

import pytest

from graph_model.wording import SPELLINGS, mend, wording
from tools.write_spellings import words_of_needs


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Dad's chest pain", " chest pain "),
        ("D&V", " d and v "),
        ("#NOF", " fractured nof "),
        ("c/o CP/SOB", " cp or sob "),
        ("unconcious", " unconscious "),
        ("hayfever", " hay fever "),
    ],
)
def test_a_text_is_read_without_what_tells_nothing(text: str, said: str):
    assert said in wording(text).said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no chest pain, sore throat", " no chest pain | sore throat "),
        ("denies chest pain or SOB", " no chest pain no sob "),
        ("no signs of a stroke", " no stroke "),
        ("does not have chest pain", " does no chest pain "),
        ("no cough and chest pain", " no cough and chest pain "),
        ("not suicidal but sad", " no suicidal | sad "),
    ],
)
def test_what_a_text_denies_has_no_before_it(text: str, said: str):
    assert said in wording(text).said


@pytest.mark.parametrize(
    "text",
    ["not breathing", "no pulse", "hasnt got a pulse", "not waking up", "cant breathe"],
)
def test_what_is_wrong_because_it_is_missing_is_not_denied(text: str):
    assert f" {text} " in wording(text).said


def test_what_is_denied_counts_for_little_and_what_goes_with_many_needs_for_less():
    assert wording("no chest pain, sore throat").words == (
        "no^0.1 chest^0.1 pain^0.1 sore^0.4 throat"
    )


def test_what_is_denied_is_not_told():
    assert wording("my mum has a sore throat, no fever").told == [
        " my mum has a sore throat ",
        " sore throat ",
        " sore~ throat~ ",
    ]


@pytest.mark.parametrize("text", ["", "   ", "?!", "~ * ( ) AND"])
def test_nothing_of_the_index_s_own_language_gets_through(text: str):
    assert wording(text).words in {"", "and^0.1"}


@pytest.mark.parametrize(
    ("word", "mended"),
    [
        ("strugling", "struggling"),
        ("diarhea", "diarrhoea"),
        ("farmacy", "pharmacy"),
        ("pian", "pain"),
        ("menengitis", "meningitis"),
        ("catheter", "catheter"),
        ("scalp", "scalp"),
        ("zzzzzz", "zzzzzz"),
        ("k2", "k2"),
    ],
)
def test_a_misspelt_word_is_mended_and_a_well_spelt_one_left(word: str, mended: str):
    assert mend(word) == [mended]


def test_the_spellings_are_the_words_of_the_needs():
    spellings = SPELLINGS.read_text(encoding="utf-8").split()

    assert spellings == words_of_needs(), "Run `python tools/write_spellings.py`."
