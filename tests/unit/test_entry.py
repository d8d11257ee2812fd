"""Who may enter a step of a pathway: judged by what is known, and UNKNOWN where it is not."""

from typing import Any

import pytest

from graph_model.matching.case import Here, Person
from graph_model.matching.entry import Entering, judge_entry, may_enter

RUGBY = Here("Rugby", {"E38000038": 1.0})
EDGE = Here("CV8", {"E38000038": 0.4, "E38000164": 0.6})
NOWHERE = Here("A field")


def criterion(text: str, **values: Any) -> dict[str, Any]:
    empty = {
        "min_age_days": None,
        "max_age_days": None,
        "sexes": [],
        "referrers": [],
        "needs": [],
        "areas": [],
        "registered_with": [],
    }
    return {**empty, "text": text, **values}


OLD = criterion("Over 65", min_age_days=23741)
WOMEN = criterion("Women", sexes=["FEMALE"])
BY_GP = criterion("By a GP", referrers=["GP"])
FALLS = criterion("A fall", needs=[{"code": "fall-at-home"}])
COVENTRY = criterion("In Coventry and Rugby", areas=[{"code": "E38000038"}])
LISTED = criterion(
    "On the list", registered_with=[{"slug": "nhs-rugby", "ods_code": "05A"}]
)

CASES = {
    "an age in range": (OLD, Person(age_days=30000), RUGBY, "PASS"),
    "an age below": (OLD, Person(age_days=10000), RUGBY, "FAIL"),
    "the day of the bound": (OLD, Person(age_days=23741), RUGBY, "PASS"),
    "no age": (OLD, Person(), RUGBY, "UNKNOWN"),
    "the sex": (WOMEN, Person(sex="FEMALE"), RUGBY, "PASS"),
    "another sex": (WOMEN, Person(sex="MALE"), RUGBY, "FAIL"),
    "no sex": (WOMEN, Person(), RUGBY, "UNKNOWN"),
    "the referrer": (BY_GP, Person(referrer="GP"), RUGBY, "PASS"),
    "another referrer": (BY_GP, Person(referrer="PATIENT"), RUGBY, "FAIL"),
    "no referrer": (BY_GP, Person(), RUGBY, "UNKNOWN"),
    "the area": (COVENTRY, Person(), RUGBY, "PASS"),
    "a part in the area": (COVENTRY, Person(), EDGE, "UNKNOWN"),
    "another area": (COVENTRY, Person(), Here("Bath", {"E38000009": 1.0}), "FAIL"),
    "no area known": (COVENTRY, Person(), NOWHERE, "UNKNOWN"),
    "words alone": (criterion("Frail"), Person(), RUGBY, "UNKNOWN"),
}


@pytest.mark.parametrize(
    ("what", "person", "here", "verdict"), CASES.values(), ids=CASES
)
def test_a_criterion_is_judged_by_its_values(what, person, here, verdict):
    entry = judge_entry(what, Entering(person, here))

    assert entry.verdict == verdict
    assert entry.explanation.startswith(what["text"] + ": ")


@pytest.mark.parametrize(
    ("needs", "verdict"),
    [
        ({"fall-at-home", "crisis-response"}, "PASS"),
        ({"crisis-response"}, "FAIL"),
        ((), "UNKNOWN"),
    ],
)
def test_a_need_fits_with_itself_or_a_narrower_one(needs, verdict):
    assert judge_entry(FALLS, Entering(Person(), RUGBY, needs)).verdict == verdict


@pytest.mark.parametrize(
    ("registered", "verdict"),
    [({"05A"}, "PASS"), ({"nhs-rugby"}, "PASS"), ({"05H"}, "FAIL"), ((), "UNKNOWN")],
)
def test_registration_fits_by_practice_or_commissioner(registered, verdict):
    who = Entering(Person(), RUGBY, (), registered)

    assert judge_entry(LISTED, who).verdict == verdict


def test_all_values_of_a_criterion_must_hold():
    both = {**OLD, "sexes": ["FEMALE"]}

    entry = judge_entry(both, Entering(Person(age_days=30000, sex="MALE"), RUGBY))

    assert entry == ("FAIL", "Over 65: the sex does not fit.")


def test_a_step_is_closed_by_one_criterion_that_fails():
    step = {"entry_criteria": [OLD, WOMEN, criterion("Frail")]}

    entry = may_enter(step, Entering(Person(age_days=30000, sex="MALE"), RUGBY))

    assert entry == ("FAIL", "Women: the sex does not fit.")


def test_a_step_that_a_person_has_to_judge_is_unknown_and_one_without_criteria_open():
    who = Entering(Person(age_days=30000), RUGBY)

    assert may_enter({"entry_criteria": [OLD, criterion("Frail")]}, who) == (
        "UNKNOWN",
        "Frail: this is for a person to judge.",
    )
    assert may_enter({"entry_criteria": []}, who).verdict == "PASS"
