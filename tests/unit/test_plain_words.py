"""What people say in many ways is read in one."""

import pytest

from graph_model.plain_words import plain_words
from graph_model.wording import phrases_of, wording


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("puking", "throwing up"),
        ("unable to breathe", "can't breathe"),
        ("SOB", "short of breath"),
        ("tummy hurts", "abdominal pain"),
        ("passed out", "blacking out"),
    ],
)
def test_two_ways_to_say_a_thing_are_one(text: str, other: str):
    assert words_of(text) == words_of(other)


def words_of(text: str) -> set[str]:
    return {*plain_words(text.lower().replace("'", "").split())}


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("hot swollen calf", "her calf is hot and very swollen"),
        ("leg ulcer dressings", "new dressing for an ulcer on the leg"),
        ("vomiting all night", "been puking all night"),
        ("cant stop bleeding", "we can not stop the bleeding"),
    ],
)
def test_a_phrase_is_said_in_another_form_or_order(phrase: str, text: str):
    assert is_said(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("cant see", "cant get an appointment to see anyone"),
        ("care home", "needs care at home"),
        ("cutting", "small cut on the hand"),
        ("chest pain", "no chest pain, sore throat"),
        ("hot swollen calf", "hot tea, bread and some ham, a swollen hand, one calf"),
    ],
)
def test_a_phrase_is_not_said_by_other_words_like_it(phrase: str, text: str):
    assert not is_said(phrase, text)


def is_said(phrase: str, text: str) -> bool:
    said = wording(text).said
    return any(
        each in way.replace(f" no{each}", " ")
        for each in phrases_of([phrase])
        for way in said
    )


def test_a_phrase_of_one_word_stays_as_it_is_written():
    assert phrases_of(["Fitting"]) == [" fitting "]


def test_a_long_text_is_read_in_any_order_only_at_its_beginning():
    [longest] = sorted(wording("one two three four five six " * 50).said, key=len)[-1:]

    assert len(longest) < 10_000
