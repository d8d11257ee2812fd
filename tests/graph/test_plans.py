"""Plans of the seed's pathways: each step's option is the one that the main question gives for it."""

from datetime import UTC, date, datetime
from typing import Any, cast

import pytest
from asking import Counted
from neo4j import AsyncDriver

from graph_model.cases import Case
from graph_model.errors import PathwayNotFound, PlaceNotFound
from graph_model.matching.verdicts import FAIL
from graph_model.needs import needs_by_codes
from graph_model.places import PlaceQuestion
from graph_model.plans import PlanQuestion, pathway_plan
from graph_model.referrals import referral_answer

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

SLUGS = [
    "urgent-care-west-midlands",
    "urgent-care-leicester-leicestershire-and-rutland",
    "mental-health-crisis",
    "frailty-and-falls-at-home",
    "end-of-life-at-home",
    "diabetes-and-heart-disease-out-of-hospital",
    "common-mental-health-conditions",
    "enhanced-health-in-care-homes",
    "multispecialty-community-provider",
    "discharge-from-hospital-to-home",
]
SATURDAY_NIGHT = datetime(2016, 12, 3, 22, tzinfo=UTC)
MONDAY_NOON = datetime(2016, 12, 5, 12, tzinfo=UTC)
YEAR = 365.25

RUGBY = PlaceQuestion(postcode="CV21")
CASES = {
    "Rugby, nobody said who": (RUGBY, {}, None),
    "Rugby, a woman of 82 on a Saturday night": (
        RUGBY,
        {"age_days": int(82 * YEAR), "sex": "FEMALE", "referrer": "PATIENT"},
        SATURDAY_NIGHT,
    ),
    "Leicester, a man of 40 sent by his GP": (
        PlaceQuestion(name="Leicester"),
        {"age_days": int(40 * YEAR), "sex": "MALE", "referrer": "GP"},
        MONDAY_NOON,
    ),
    "Coventry, a child of 3 in NHS 111's hands": (
        PlaceQuestion(postcode="CV1"),
        {"age_days": int(3 * YEAR), "sex": "MALE", "referrer": "NHS_111"},
        SATURDAY_NIGHT,
    ),
    "Loughborough, by a practice of Rugby": (
        PlaceQuestion(name="Loughborough"),
        {"age_days": int(70 * YEAR), "sex": "FEMALE", "gp_practice": "C82003"},
        None,
    ),
}


async def closure(driver: AsyncDriver, code: str) -> set[str]:
    """A need and all that include it."""
    found, waiting = set[str](), [code]
    while waiting:
        [row] = await needs_by_codes(driver, [waiting.pop()])
        assert row is not None
        found.add(row["code"])
        broader = row.get("broader")
        waiting += [broader["code"]] if broader else []
    return found


async def meeting(driver: AsyncDriver, options: list[Any], step: Any) -> list[str]:
    """The slugs of the options that are of the step's type, and meet all that it names, wholly."""
    from graph_model.services import services_by_slugs

    slugs = [each["service"]["slug"] for each in options]
    rows = await services_by_slugs(driver, slugs, None)
    wanted = [await closure(driver, need["code"]) for need in step["needs"]]
    kept: list[str] = []
    for row in rows:
        assert row is not None
        met = {need["code"] for need in row.get("needs", [])}
        of_type = row.get("type", {}).get("code") == step["service_type"]["code"]
        if of_type and all(codes & met for codes in wanted):
            kept.append(row["slug"])
    return kept


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("slug", SLUGS)
async def test_a_steps_option_is_the_one_that_the_main_question_gives_for_its_type(
    directory: AsyncDriver, slug: str, case: str
):
    place, person, at = CASES[case]

    plan = await pathway_plan(
        directory, PlanQuestion(slug, place, at=at, **person), None
    )

    compared = 0
    for planned in plan["steps"]:
        step = planned["step"]
        if planned["entry"] == FAIL:
            assert planned["option"] is None
            continue
        asked = Case(
            place,
            service_type=step["service_type"]["code"],
            at=plan["at"] if at else None,
            **person,
        )
        answer = await referral_answer(directory, asked, plan["as_of"], 50)
        whole = await meeting(directory, answer["options"], step)
        taking = [
            each for each in [planned["option"], *planned["alternatives"]] if each
        ]
        found = [each["service"]["slug"] for each in taking]
        if not whole:
            # By referral of a step before: of whom the finder says that only the referrer does not fit.
            missed = {
                each["service"]["slug"]: each["failed"]["kind"]
                for each in answer["near_misses"]
            }
            assert planned["referred_by"] is not None or not found
            assert {missed[each] for each in found} <= {"REFERRER"}
            continue
        compared += 1
        assert found[: len(whole)] == whole[:4], step["slug"]
        by_slug = {each["service"]["slug"]: each for each in answer["options"]}
        for option in taking:
            same = by_slug[option["service"]["slug"]]
            assert option["criteria"] == same["criteria"]
            assert option["how_to_refer"] == same["how_to_refer"]
            assert option["contract"] == same["contract"]
    assert compared or slug.startswith("urgent-care-leicester")


@pytest.mark.parametrize("slug", SLUGS)
async def test_a_plan_takes_two_round_trips_at_most(directory: AsyncDriver, slug: str):
    counted = Counted(directory)

    await pathway_plan(cast(AsyncDriver, counted), PlanQuestion(slug, RUGBY), None)

    assert counted.round_trips <= 2


async def test_rugbys_urgent_care_is_handed_from_111_to_the_hub_to_vocare(directory):
    asked = PlanQuestion(
        "urgent-care-west-midlands",
        RUGBY,
        age_days=int(40 * YEAR),
        sex="FEMALE",
        referrer="PATIENT",
        at=SATURDAY_NIGHT,
    )

    plan = await pathway_plan(directory, asked, None)

    taken = {
        each["step"]["slug"]: each["option"] and each["option"]["service"]["slug"]
        for each in plan["steps"]
    }
    assert taken == {
        "call-nhs-111": "nhs-111-west-midlands",
        "clinical-assessment": "clinical-hub-west-midlands",
        "gp-out-of-hours": "gp-out-of-hours-rugby",
        "ambulance": "999",
        "social-care": "adult-social-care-warwickshire",
    }
    assert plan["adopted"]
    adopter: Any = plan["pathway"].get("localised_for")
    assert adopter["ods_code"] == "05A"
    assert plan["complete"] is None
    stated = [
        (each["giver"]["slug"], each["taker"]["slug"])
        for each in plan["hand_overs"]
        if each["giver"] and each["taker"] and each["stated"]
    ]
    assert ("nhs-111-west-midlands", "clinical-hub-west-midlands") in stated
    assert ("clinical-hub-west-midlands", "gp-out-of-hours-rugby") in stated
    # 60 minutes until the clinical assessment, six hours until the GP sees the patient.
    assert (plan["longest_minutes"], plan["stated_minutes"]) == (None, 420)


async def test_before_the_new_service_began_the_step_is_not_its(directory):
    asked = PlanQuestion("urgent-care-west-midlands", RUGBY)

    plan = await pathway_plan(directory, asked, date(2016, 9, 15))

    taken = [
        each["option"] and each["option"]["service"]["slug"] for each in plan["steps"]
    ]
    assert "gp-out-of-hours-rugby" not in taken
    assert taken[0] == "nhs-111"


async def test_what_is_closed_then_leaves_a_gap_that_says_when_it_opens(directory):
    asked = PlanQuestion("urgent-care-west-midlands", RUGBY, at=MONDAY_NOON)

    plan = await pathway_plan(directory, asked, None)

    [step] = [
        each for each in plan["steps"] if each["step"]["slug"] == "gp-out-of-hours"
    ]
    assert (step["state"], step["reason"], step["option"]) == (
        "GAP",
        "CLOSED_THEN",
        None,
    )
    assert step["gap"]
    assert step["gap"].startswith("GP out of hours, Rugby is for people of here")
    [way] = [each for each in step["ways_round"] if each["kind"] == "OPENS_LATER"]
    assert way["opens_at"] == datetime(2016, 12, 5, 18, 30, tzinfo=UTC)
    assert plan["complete"] is False


async def test_a_step_that_is_not_for_this_age_says_so(directory):
    asked = PlanQuestion("frailty-and-falls-at-home", RUGBY, age_days=int(40 * YEAR))

    plan = await pathway_plan(directory, asked, None)

    first = plan["steps"][0]
    assert first["state"] == "NOT_FOR_THIS_PERSON"
    assert first["gap"] == (
        "This step is not for this person. People of 65 years and older who live at home or in "
        "a care home: this person is 40 years old."
    )
    assert plan["complete"] is False


async def test_who_is_not_known_to_take_a_step_is_no_gap(directory):
    plan = await pathway_plan(
        directory, PlanQuestion("frailty-and-falls-at-home", RUGBY), None
    )

    [step] = [
        each for each in plan["steps"] if each["step"]["slug"] == "crisis-response"
    ]
    assert (step["state"], step["gap"], step["reason"]) == (
        "UNKNOWN",
        None,
        "NOT_KNOWN",
    )
    [way] = step["ways_round"]
    assert way["miss"]["service"]["slug"] == "crisis-response-team-leicestershire"
    assert plan["complete"] is None


async def test_a_place_whose_commissioner_is_not_known_is_planned_and_says_so(
    directory,
):
    asked = PlanQuestion("urgent-care-west-midlands", RUGBY, gp_practice="Z99999")

    plan = await pathway_plan(directory, asked, None)

    assert plan["responsible"]["organisation"] is None
    assert plan["adopted"] is None
    assert plan["notes"][0].startswith("Who commissions for this person is not known.")
    assert plan["steps"][0]["option"] is not None


async def test_an_unknown_slug_suggests_the_nearest(directory):
    with pytest.raises(PathwayNotFound, match="did you mean 'mental-health-crisis'"):
        await pathway_plan(directory, PlanQuestion("mental-helth-crisis", RUGBY), None)


async def test_a_draft_says_that_it_is_one(directory):
    asked = PlanQuestion(
        "urgent-care-leicester-leicestershire-and-rutland",
        PlaceQuestion(name="Leicester"),
    )

    plan = await pathway_plan(directory, asked, None)

    assert plan["notes"][0] == "This version is a draft: it is not in use."


async def test_a_place_that_is_not_there_is_an_error(directory):
    with pytest.raises(PlaceNotFound):
        await pathway_plan(
            directory,
            PlanQuestion("mental-health-crisis", PlaceQuestion(name="Atlantis")),
            None,
        )
