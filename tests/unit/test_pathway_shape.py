"""Whether a pathway may be published: everybody who enters it gets through it and out again."""

from typing import Any

import pytest

from graph_model.pathway_shape import criterion_fault, kind_of, shape_faults


def step(slug: str, *following: str, exit: bool = False, **more: Any) -> dict[str, Any]:
    next = [{"to": to, "condition": f"when {to}"} for to in following]
    return {"slug": slug, "stage": "One", "next": next, "exit": exit, **more}


SOUND = [
    step("call", "assess"),
    step("assess", "visit", "call", exit=True),
    step("visit", exit=True),
]


def test_a_sound_pathway_with_a_way_back_has_no_fault():
    assert shape_faults(SOUND) == []


def test_a_pathway_of_one_step_that_is_its_exit_has_no_fault():
    assert shape_faults([step("call", exit=True)]) == []


FAULTY = {
    "a step is reached from nowhere": (
        [step("call", exit=True), step("visit", exit=True)],
        [(("steps", 1, "slug"), "nobody reaches 'visit'")],
    ),
    "a step that only reaches itself through others is reached from nowhere": (
        [step("call", exit=True), step("a", "b"), step("b", "a", exit=True)],
        [
            (("steps", 1, "slug"), "nobody reaches 'a'"),
            (("steps", 2, "slug"), "nobody reaches 'b'"),
        ],
    ),
    "a dead end is no exit": (
        [step("call", "visit"), step("visit")],
        [(("steps", 1, "slug"), "nothing follows 'visit'")],
    ),
    "two steps lead only to each other": (
        [step("call", "a", exit=True), step("a", "b"), step("b", "a")],
        [(("steps", 1, "slug"), "there is no way out of a → b → a")],
    ),
    "a circle that begins the pathway has no way out": (
        [step("a", "b"), step("b", "a")],
        [(("steps", 0, "slug"), "there is no way out of a → b → a")],
    ),
    "a way leads to no step": (
        [step("call", "vist", exit=True)],
        [(("steps", 0, "next", 0, "to"), "'call' leads to 'vist'")],
    ),
    "a step leads to itself": (
        [step("call", "call", exit=True)],
        [(("steps", 0, "next", 0, "to"), "'call' leads to itself")],
    ),
    "a way stands twice": (
        [step("call", "visit", "visit"), step("visit", exit=True)],
        [
            (
                ("steps", 0, "next", 1),
                "'call' leads to 'visit' twice on the same condition",
            )
        ],
    ),
    "two steps have one slug": (
        [step("call", exit=True), step("call", exit=True)],
        [(("steps", 1, "slug"), "two steps have the slug 'call'")],
    ),
    "a stage is torn apart": (
        [
            step("call", "visit"),
            step("visit", "again", stage="Two"),
            step("again", exit=True),
        ],
        [
            (
                ("steps", 2, "stage"),
                "'again' stands apart from the other steps of the stage 'One'",
            )
        ],
    ),
    "nobody has the age": (
        [
            step(
                "call",
                exit=True,
                entry_criteria=[{"min_age_days": 6574}, {"max_age_days": 365}],
            )
        ],
        [
            (
                ("steps", 0, "entry_criteria"),
                "nobody is at least 6574 days old and at most 365",
            )
        ],
    ),
}


@pytest.mark.parametrize(("steps", "found"), FAULTY.values(), ids=FAULTY)
def test_each_fault_of_shape_is_named_where_it_stands(steps, found):
    faults = shape_faults(steps)

    assert [(fault.loc, fault.found) for fault in faults] == found
    assert all(fault.allowed for fault in faults)


def test_all_faults_are_told_at_once():
    steps = [step("call", "a", "nowhere"), step("a", "b"), step("b", "a"), step("c")]

    found = [fault.found for fault in shape_faults(steps)]

    assert found == [
        "'call' leads to 'nowhere'",
        "nobody reaches 'c'",
        "nothing follows 'c'",
        "there is no way out of a → b → a",
    ]


@pytest.mark.parametrize(
    ("criterion", "found"),
    [
        ({"kind": "AGE"}, "kind AGE without min_age_days or max_age_days"),
        ({"kind": "AREA", "areas": []}, "kind AREA without areas"),
        ({"kind": "CAPACITY"}, "kind CAPACITY"),
        (
            {"min_age_days": 2, "max_age_days": 1},
            "max_age_days 1 is below min_age_days 2",
        ),
    ],
)
def test_a_criterion_that_no_program_could_judge_is_a_fault(criterion, found):
    fault = criterion_fault(criterion)

    assert fault is not None
    assert fault[0] == found


def test_a_criterion_in_words_alone_is_for_people_to_judge():
    assert criterion_fault({"text": "Frail"}) is None
    assert kind_of({"text": "Frail", "sexes": []}) is None


def test_what_a_criterion_judges_is_plain_from_its_values():
    assert kind_of({"min_age_days": 0}) == "AGE"
    assert kind_of({"registered_with": ["a-practice"]}) == "GP_PRACTICE"
