"""`pathwayPlan` as callers ask it."""

import pytest
from asking import Asker

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

PLAN = """query Plan($slug: String!, $place: PlaceInput!, $case: PlanCase, $asOf: Date, $at: DateTime) {
  pathwayPlan(slug: $slug, place: $place, case: $case, asOf: $asOf, at: $at) {
    asOf at notice complete notes adopted longestMinutes statedMinutes longestExplanation
    pathway { id slug version localisedFor { odsCode } indicators { name } sources { title } }
    place { name commissioner { odsCode } }
    responsible { organisation { odsCode } by }
    steps {
      step { id slug serviceType { code } next { to { slug } } }
      state entry entryExplanation referredBy gap reason explanation sources { title }
      option { rank service { slug needs { code } } criteria { kind verdict } route { name } whyHere }
      alternatives { rank service { slug } }
      waysRound { kind explanation opensAt commissioner { odsCode } nearMiss { service { slug } failed { kind } } }
    }
    handOvers { from { slug } to { slug } giver { slug } taker { slug } stated condition urgency withinMinutes }
    svg mermaid
  }
}"""


async def test_every_field_of_a_plan_has_an_answer(ask: Asker):
    answer = await ask(
        PLAN,
        slug="urgent-care-west-midlands",
        place={"postcode": "CV21"},
        case={"age": {"value": 40}, "sex": "FEMALE", "referrer": "PATIENT"},
        at="2016-12-05T12:00:00Z",
    )

    plan = answer["pathwayPlan"]
    assert plan["notice"].startswith("Historical directory")
    assert plan["asOf"] == "2016-12-05"
    assert plan["pathway"]["localisedFor"] == {"odsCode": "05A"}
    assert plan["responsible"] == {"organisation": {"odsCode": "05A"}, "by": "PLACE"}
    states = {each["step"]["slug"]: each["state"] for each in plan["steps"]}
    assert states["call-nhs-111"] == "TAKEN"
    assert states["gp-out-of-hours"] == "GAP"
    [closed] = [each for each in plan["steps"] if each["state"] == "GAP"]
    assert closed["reason"] == "CLOSED_THEN"
    assert closed["waysRound"][0]["nearMiss"] == {
        "service": {"slug": "gp-out-of-hours-rugby"},
        "failed": {"kind": "OPENING"},
    }
    assert plan["complete"] is False
    assert plan["svg"].startswith("<svg")
    assert "Gap: GP out of hours, Rugby" in plan["mermaid"]


async def test_a_plan_without_a_gap_takes_one_round_trip(ask: Asker):
    await ask(
        """{ pathwayPlan(
          slug: "urgent-care-west-midlands", place: { postcode: "CV21" }
          at: "2016-12-03T22:00:00Z"
        ) { complete pathway { indicators { name } } steps { option { service { name } } } } }"""
    )

    assert ask.round_trips == 1


@pytest.mark.parametrize(
    ("slug", "place", "code", "words"),
    [
        (
            "mental-helth",
            {"postcode": "CV21"},
            "PATHWAY_NOT_FOUND",
            "'mental-helth'; did you mean 'mental-health-crisis'?",
        ),
        (
            "common-mental-health-conditions",
            {"postcode": "ZZ99"},
            "PLACE_NOT_FOUND",
            "The directory knows no place",
        ),
    ],
)
async def test_what_cannot_be_planned_is_an_error_that_says_what_to_do(
    ask: Asker, slug: str, place: dict[str, str], code: str, words: str
):
    found, message = await ask.error(PLAN, slug=slug, place=place)

    assert found == code
    assert words in message


async def test_a_pathway_that_is_not_in_effect_yet_says_so(ask: Asker):
    code, message = await ask.error(
        PLAN, slug="mental-health-crisis", place={"postcode": "CV21"}, asOf="2013-01-01"
    )

    assert code == "PATHWAY_NOT_FOUND"
    assert (
        "No version of the pathway 'mental-health-crisis' is in effect on 1 January 2013"
        in message
    )


@pytest.mark.parametrize("code_given", ["nonsense", ""])
async def test_a_practice_that_cannot_be_one_is_refused(ask: Asker, code_given: str):
    code, message = await ask.error(
        PLAN,
        slug="mental-health-crisis",
        place={"postcode": "CV21"},
        case={"gpPractice": code_given},
    )

    assert code == "BAD_USER_INPUT"
    assert "is not a GP practice's ODS code" in message
