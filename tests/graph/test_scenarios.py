"""The seed's scenario pack, and what a pack says where the directory answers otherwise."""

from datetime import date
from pathlib import Path

import pytest
from neo4j import AsyncDriver

from seed.scenario_checks import check_scenarios
from seed.scenario_files import ScenarioFault, read_scenarios

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

DAY_BEFORE = date(2016, 9, 15)
PACK = Path(__file__).parents[2] / "seed" / "scenarios" / "five-systems.yaml"

RUGBY = """\
name: A pack
cases:
  - name: A GP at night in Rugby
    place: {postcode: CV21}
    need: {code: gp-out-of-hours}
    at: 2016-12-03T22:00:00Z
    expect:
"""


def pack(folder: Path, expect: str) -> Path:
    """A pack of one case with these expectations."""
    path = folder / "pack.yaml"
    path.write_text(f"{RUGBY}      {expect}\n", encoding="utf-8")
    return path


async def test_the_seed_answers_each_of_its_cases_as_it_must(directory: AsyncDriver):
    outcomes = await check_scenarios(directory, PACK)

    assert len(outcomes) >= 50
    assert {each.name: each.differences for each in outcomes if each.differences} == {}


DIFFERENT = {
    "first: nhs-111-west-midlands": (
        "expected nhs-111-west-midlands as the first option; found gp-out-of-hours-rugby"
    ),
    "contain: [gp-out-of-hours-coventry]": (
        "expected gp-out-of-hours-coventry among the options; found"
    ),
    "exclude: [gp-out-of-hours-rugby]": (
        "expected no option gp-out-of-hours-rugby; found it as number 1"
    ),
    "no_options: true": "expected no option; found gp-out-of-hours-rugby",
    "providers: {gp-out-of-hours-rugby: care-uk}": (
        "expected care-uk as the provider of gp-out-of-hours-rugby; found vocare"
    ),
    "contracts: {gp-out-of-hours-rugby: another}": (
        "expected the contract another behind gp-out-of-hours-rugby; found "
        "gp-out-of-hours-rugby-contract"
    ),
    "routes: {gp-out-of-hours-rugby: [gp-out-of-hours-rugby]}": (
        "expected the way gp-out-of-hours-rugby; found nhs-111-west-midlands → "
        "clinical-hub-west-midlands → gp-out-of-hours-rugby"
    ),
    "verdicts: {gp-out-of-hours-rugby: {OPENING: FAIL}}": (
        "expected OPENING FAIL of gp-out-of-hours-rugby; found PASS: It is open at 22:00"
    ),
    "near_misses: {gp-out-of-hours-rugby: AGE}": (
        "expected the near miss gp-out-of-hours-rugby; found"
    ),
    "responsible: {organisation: 05R}": (
        "expected 05R as responsible; found nhs-coventry-and-rugby-ccg"
    ),
    "responsible: {by: UNKNOWN}": "expected None as responsible; found",
    "emergency: true": ("expected that it is an emergency; found that it is not"),
    "need: chest-pain": "expected the need chest-pain; found gp-out-of-hours",
    "error: PLACE_NOT_FOUND": "expected the error PLACE_NOT_FOUND; found an answer",
}


@pytest.mark.parametrize(("expect", "told"), DIFFERENT.items(), ids=DIFFERENT)
async def test_a_difference_is_told_as_expected_and_found(
    directory: AsyncDriver, tmp_path: Path, expect: str, told: str
):
    [outcome] = await check_scenarios(directory, pack(tmp_path, expect))

    assert outcome.line == 3
    assert outcome.differences[0].startswith(told)


PLANNED = """\
name: A pack
plans:
  - name: Urgent care in Rugby at noon on a Monday
    pathway: urgent-care-west-midlands
    place: {postcode: CV21}
    at: 2016-12-05T12:00:00Z
    expect:
"""


def pack_of_plans(folder: Path, expect: str) -> Path:
    """A pack of one plan with these expectations."""
    path = folder / "plans.yaml"
    path.write_text(f"{PLANNED}      {expect}\n", encoding="utf-8")
    return path


DIFFERENT_PLANS = {
    "taken: {gp-out-of-hours: gp-out-of-hours-rugby}": (
        "expected that gp-out-of-hours-rugby takes gp-out-of-hours; found the gap CLOSED_THEN: GP out of "
        "hours, Rugby is for people of here"
    ),
    "taken: {call-nhs-111: nhs-111}": (
        "expected that nhs-111 takes call-nhs-111; found that nhs-111-west-midlands does"
    ),
    "gaps: {call-nhs-111: CLOSED_THEN}": (
        "expected the gap CLOSED_THEN at call-nhs-111; found that nhs-111-west-midlands does"
    ),
    "gaps: {gp-out-of-hours: NO_ROOM}": (
        "expected the gap NO_ROOM at gp-out-of-hours; found the gap CLOSED_THEN:"
    ),
    "unknown: [gp-out-of-hours]": (
        "expected that nobody knows who takes gp-out-of-hours; found the gap CLOSED_THEN:"
    ),
    'alternatives: {call-nhs-111: ["999"]}': (
        "expected the alternative 999 at call-nhs-111; found nhs-111"
    ),
    "complete: true": "expected complete true; found false",
    "complete: unknown": "expected complete unknown; found false",
    "adopted: false": "expected adopted False; found True",
    "responsible: {organisation: 05R}": (
        "expected 05R as responsible; found nhs-coventry-and-rugby-ccg"
    ),
    "error: PATHWAY_NOT_FOUND": "expected the error PATHWAY_NOT_FOUND; found a plan",
}


@pytest.mark.parametrize(
    ("expect", "told"), DIFFERENT_PLANS.items(), ids=DIFFERENT_PLANS
)
async def test_a_difference_in_a_plan_is_told_as_expected_and_found(
    directory: AsyncDriver, tmp_path: Path, expect: str, told: str
):
    [outcome] = await check_scenarios(directory, pack_of_plans(tmp_path, expect))

    assert outcome.line == 3
    assert outcome.differences[0].startswith(told)


async def test_a_step_that_the_pathway_does_not_have_is_a_fault_of_the_pack(
    directory: AsyncDriver, tmp_path: Path
):
    path = pack_of_plans(tmp_path, "unknown: [gp-out-of-our]")

    with pytest.raises(ScenarioFault) as refused:
        await check_scenarios(directory, path)

    [fault] = refused.value.faults
    assert (fault.line, fault.found) == (
        3,
        "'gp-out-of-our' is no step of the pathway 'urgent-care-west-midlands'",
    )


async def test_another_day_shows_what_was_different_then(
    directory: AsyncDriver, tmp_path: Path
):
    path = pack(tmp_path, "first: gp-out-of-hours-rugby")

    [then] = await check_scenarios(directory, path, as_of=DAY_BEFORE)

    assert then.differences[0].startswith(
        "expected gp-out-of-hours-rugby as the first option; found"
    )


async def test_a_service_that_is_misspelt_does_not_pass_for_absent(
    directory: AsyncDriver, tmp_path: Path
):
    path = pack(tmp_path, "exclude: [gp-out-of-hours-rugbi]")

    with pytest.raises(ScenarioFault) as refused:
        await check_scenarios(directory, path)

    [fault] = refused.value.faults
    assert (fault.line, fault.found) == (
        3,
        "'gp-out-of-hours-rugbi' is not among the directory's services",
    )


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ("{}", "line 7: cases.expect: nothing is expected"),
        (
            "frist: a",
            "line 8: cases.expect.frist: is no field of this record; did you mean 'first'?",
        ),
        (
            "no_options: perhaps",
            "line 8: cases.expect.no_options: 'perhaps'; write true or false",
        ),
        (
            "{first: a, no_options: true}",
            "line 7: cases.expect: no_options with options",
        ),
    ],
)
def test_a_pack_with_a_fault_is_refused_with_its_line(
    tmp_path: Path, expect: str, told: str
):
    path = pack(tmp_path, expect)

    with pytest.raises(ScenarioFault) as refused:
        read_scenarios(path)

    assert str(refused.value.faults[0]).removeprefix(f"{path}, ").startswith(told)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            "2016-12-03T22:00:00Z",
            "2016-12-03T22:00:00",
            "is not a moment with an offset",
        ),
        ("{postcode: CV21}", "{postcode: CV21, name: Rugby}", "not exactly one place"),
        ("{code: gp-out-of-hours}", "{}", "not exactly one need"),
        ("    at:", "    age: old\n    at:", "'old' is not an age"),
    ],
)
def test_a_case_that_cannot_be_asked_is_refused(
    tmp_path: Path, before: str, after: str, told: str
):
    path = pack(tmp_path, "emergency: false")
    path.write_text(
        path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8"
    )

    with pytest.raises(ScenarioFault, match=told):
        read_scenarios(path)
