"""How a pathway runs: who comes to a step, whether a plan is complete, how long it may take, what is a gap."""

from typing import Any

import pytest

from graph_model.matching.case import Here, Person
from graph_model.matching.entry import Entering, Entry
from graph_model.matching.plan import (
    entry_of,
    is_complete,
    lack_of,
    longest_time,
    referrers_of,
)
from graph_model.plan_question import PLAN_BY


def step(
    slug: str, *ways: tuple[str, int | None], type_code: str = "100", **more: Any
) -> Any:
    """A step; each way is the step that follows and the minutes within which."""
    return {
        "slug": slug,
        "name": slug,
        "exit": not ways,
        "service_type": {"code": type_code},
        "entry_criteria": [],
        "next": [{"to": to, "within_minutes": minutes} for to, minutes in ways],
        **more,
    }


CALL = step("call", ("hub", 20), ("ambulance", 3), type_code="130")
HUB = step("hub", ("doctor", 360), ("doctor", 60), type_code="133")
STEPS = [CALL, HUB, step("doctor"), step("ambulance")]
NAMES = {each["slug"]: each["slug"] for each in STEPS}
ALL = list(NAMES)
FREE = dict.fromkeys(ALL, Entry("PASS", ""))
TAKEN = dict.fromkeys(ALL, "TAKEN")


def test_the_longest_time_is_that_of_the_slowest_permitted_way():
    assert longest_time(STEPS, ALL, NAMES)[:2] == (380, 380)


def test_a_way_to_a_step_that_the_person_may_not_enter_takes_no_time():
    assert longest_time(STEPS, ["call", "ambulance"], NAMES)[:2] == (3, 3)


def test_without_an_interval_there_is_no_bound_but_what_is_stated_is_told():
    steps = [step("call", ("hub", 20)), step("hub", ("doctor", None)), step("doctor")]
    names = {each["slug"]: each["slug"] for each in steps}

    longest = longest_time(steps, list(names), names)

    assert longest[:2] == (None, 20)
    assert longest.explanation == "No interval is stated for hub → doctor."


def test_what_may_be_repeated_has_no_bound():
    steps = [step("see", ("treat", 60)), step("treat", ("see", 30), exit=True)]
    names = {each["slug"]: each["slug"] for each in steps}

    longest = longest_time(steps, list(names), names)

    assert longest.minutes is None
    assert (
        longest.explanation == "Some steps may be repeated, and nobody says how often."
    )


@pytest.mark.parametrize(
    ("state", "complete"),
    [("TAKEN", True), ("IN_DOUBT", None), ("UNKNOWN", None), ("GAP", False)],
)
def test_a_plan_is_as_complete_as_its_worst_step(state: str, complete: bool | None):
    assert is_complete(STEPS, FREE, {**TAKEN, "doctor": state}) is complete


def test_a_known_gap_outweighs_what_is_not_known():
    states = {**TAKEN, "hub": "UNKNOWN", "doctor": "GAP"}

    assert is_complete(STEPS, FREE, states) is False


def test_a_step_to_which_the_person_does_not_come_does_not_count():
    entries = {**FREE, "ambulance": Entry("FAIL", "")}

    assert is_complete(STEPS, entries, {**TAKEN, "ambulance": "GAP"}) is True


def test_who_may_not_enter_the_pathway_has_no_complete_plan():
    assert is_complete(STEPS, {**FREE, "call": Entry("FAIL", "")}, TAKEN) is False


def test_who_cannot_go_on_where_the_pathway_does_not_end_has_no_complete_plan():
    assert is_complete(STEPS, {**FREE, "doctor": Entry("FAIL", "")}, TAKEN) is False


def test_whoever_asks_refers_to_the_first_step_and_the_step_before_to_the_next():
    assert referrers_of(CALL, STEPS, "PATIENT") == ["PATIENT"]
    assert referrers_of(HUB, STEPS, "PATIENT") == ["PATIENT", "NHS_111"]
    assert referrers_of(HUB, STEPS, None) == ["NHS_111"]


def test_a_step_for_those_whom_nhs_111_refers_takes_a_patient_who_rang_it():
    criterion = {
        "text": "Passed on by NHS 111", "kind": "REFERRER", "referrers": ["NHS_111"],
        "min_age_days": None, "max_age_days": None, "sexes": [], "needs": [],
        "areas": [], "registered_with": [],
    }  # fmt: skip
    who = Entering(Person(referrer="PATIENT"), Here("CV21"))
    hub = {**HUB, "entry_criteria": [criterion]}

    assert entry_of(hub, who, ["PATIENT", "NHS_111"]).verdict == "PASS"
    assert entry_of(hub, who, ["PATIENT"]).verdict == "FAIL"


def candidate(slug: str, km: float = 1.0, **verdicts: str) -> Any:
    """A judged candidate: everything passes but what is said."""
    judged = {"ACTIVE": "PASS", "AREA": "PASS", **verdicts}
    return {
        "slug": slug,
        "nearness_km": km,
        "criteria": [{"kind": kind, "verdict": each} for kind, each in judged.items()],
    }


def test_a_closed_service_for_people_of_here_is_a_gap():
    lack = lack_of([candidate("a", OPENING="FAIL"), candidate("b", AGE="FAIL")], False)

    assert (lack.state, lack.reason) == ("GAP", "CLOSED_THEN")
    assert lack.candidate
    assert lack.candidate["slug"] == "a"


def test_what_fails_least_tells_the_reason():
    both = candidate("a", OPENING="FAIL", AGE="FAIL")

    assert (
        lack_of([both, candidate("b", AGE="FAIL")], False).reason == "NOT_FOR_THIS_AGE"
    )
    assert lack_of([both], False).reason == "CLOSED_THEN"


@pytest.mark.parametrize("area", ["FAIL", "UNKNOWN"])
def test_a_closed_service_that_may_not_be_for_people_of_here_is_no_gap(area: str):
    lack = lack_of([candidate("a", OPENING="FAIL", AREA=area)], False)

    assert (lack.state, lack.reason) == ("UNKNOWN", "NOT_KNOWN")


def test_that_nobody_is_commissioned_takes_a_source():
    assert lack_of([], False)[:2] == ("UNKNOWN", "NOT_KNOWN")
    assert lack_of([], True)[:2] == ("GAP", "NOBODY_COMMISSIONED")


def test_neo4j_keeps_the_plan_of_the_question_for_a_pathway():
    """It keeps none of a longer text, and takes ten seconds for a new one."""
    assert max(len(cypher) for cypher in PLAN_BY.values()) < 65_536
