"""Capacity, ranks, registration and refusals, asked of a made-up town."""

from datetime import timedelta
from typing import Any

import pytest
from asking import Asker
from neo4j import AsyncDriver
from town import build_town

from graph_model.capacity import state_capacity
from graph_model.database import DATABASE
from graph_model.errors import BadUserInput, ServiceNotFound
from graph_model.matching.refusals import Refused
from graph_model.places import PlaceQuestion
from graph_model.reach import refresh_reach
from graph_model.referrals import Case, referral_answer

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

RANK_THE_CENTRE_FIRST = """
MATCH (ccg:Organisation {slug: 'nhs-here-ccg'}), (centre:ServiceType {code: '46'}),
  (clinic:ServiceType {code: '8'})
SET clinic.rank = 1, centre.rank = 9
CREATE (ccg)-[:RANKS {rank: 1}]->(centre), (ccg)-[:RANKS {rank: 2}]->(clinic)
"""
CAPACITY = """
{ service(slug: "near-clinic") { capacity { status updatedAt resetsAt } } }
"""


@pytest.fixture
async def town(empty_graph: AsyncDriver) -> AsyncDriver:
    """A driver on a graph that holds the town."""
    await build_town(empty_graph)
    return empty_graph


async def answer(driver: AsyncDriver, **case: Any) -> Any:
    asked = Case(PlaceQuestion(postcode="CV21"), need_code="sprain", **case)
    return await referral_answer(driver, asked, None)


def slugs(options: Any) -> list[str]:
    return [option["service"]["slug"] for option in options]


def of_kind(criteria: Any, kind: str) -> Any:
    [found] = [each for each in criteria if each["kind"] == kind]
    return found


async def test_what_is_for_people_of_the_area_comes_first_and_then_what_is_near(town):
    found = await answer(town)

    assert slugs(found["options"]) == ["visiting-nurses", "near-clinic", "far-centre"]
    assert slugs(found["near_misses"]) == ["there-only"]
    assert found["refused"] == []
    assert found["what_changed"] is None


async def test_a_red_service_is_a_near_miss_and_a_green_one_an_option(town):
    name, stated = await state_capacity(town, "near-clinic", "RED", timedelta(hours=4))

    red = await answer(town)
    await state_capacity(town, "near-clinic", "GREEN", None)
    green = await answer(town)

    assert name == "Near clinic"
    assert stated["resets_at"] == stated["updated_at"] + timedelta(hours=4)
    assert "near-clinic" not in slugs(red["options"])
    [miss] = [
        each for each in red["near_misses"] if each["service"]["slug"] == "near-clinic"
    ]
    assert miss["failed"]["kind"] == "CAPACITY"
    assert miss["failed"]["explanation"].endswith(": it takes nobody.")
    clinic = green["options"][slugs(green["options"]).index("near-clinic")]
    assert of_kind(clinic["criteria"], "CAPACITY")["verdict"] == "PASS"


async def test_the_api_shows_what_was_said_of_capacity_and_nothing_where_nobody_did(
    town,
):
    ask = Asker(town)
    unsaid = await ask(CAPACITY)
    _, stated = await state_capacity(town, "near-clinic", "AMBER", timedelta(hours=120))

    said = await ask(CAPACITY)

    assert unsaid == {"service": {"capacity": None}}
    assert said["service"]["capacity"]["status"] == "AMBER"
    assert said["service"]["capacity"]["resetsAt"].startswith("2016-12-05T")
    assert stated["updated_at"].date().isoformat() == "2016-11-30"


async def test_a_slug_that_is_misspelt_is_told_with_the_nearest(town):
    with pytest.raises(ServiceNotFound) as unknown:
        await state_capacity(town, "near-clinik", "GREEN", None)

    assert str(unknown.value) == (
        "The directory has no service with the slug 'near-clinik'. Did you mean "
        "'near-clinic'? services(matching: …) finds services by their names."
    )


async def test_the_commissioners_rank_comes_before_the_national_one_and_distance(town):
    async with town.session(database=DATABASE) as session:
        await (await session.run(RANK_THE_CENTRE_FIRST)).consume()
        await session.execute_write(refresh_reach)

    by_place = await answer(town)
    registered_elsewhere = await answer(town, gp_practice="M84001")

    assert slugs(by_place["options"]) == [
        "far-centre",
        "near-clinic",
        "visiting-nurses",
    ]
    assert "; ranked 1 by the commissioner; " in by_place["options"][0]["why_here"]
    assert slugs(registered_elsewhere["options"]) == [
        "there-only",
        "near-clinic",
        "far-centre",
        "visiting-nurses",
    ]
    assert "; ranked 1 nationally; " in registered_elsewhere["options"][0]["why_here"]


async def test_a_limited_service_takes_who_is_registered_with_its_commissioner(town):
    found = await answer(town, gp_practice="M84001")

    elsewhere = found["options"][slugs(found["options"]).index("there-only")]
    nurses = found["options"][slugs(found["options"]).index("visiting-nurses")]
    assert of_kind(elsewhere["criteria"], "AREA")["explanation"] == (
        "It serves NHS There CCG. CV21 is not there, but the GP practice is one of NHS There "
        "CCG, and registration counts."
    )
    assert of_kind(nurses["criteria"], "AREA")["explanation"] == (
        "It serves NHS Here CCG, and CV21 is there. The GP practice is one of NHS There CCG: "
        "ask whether registration counts."
    )


async def test_asking_again_with_a_refusal_gives_the_next_best_and_says_what_changed(
    town,
):
    found = await answer(town, refused=(Refused("visiting-nurses", "NO_APPOINTMENTS"),))

    assert slugs(found["options"]) == ["near-clinic", "far-centre"]
    assert found["what_changed"] == (
        "Left out, as refused: Visiting nurses. Near clinic comes first now, where Visiting "
        "nurses did."
    )
    [refusal] = found["refused"]
    assert refusal["service"]["slug"] == "visiting-nurses"
    assert refusal["reason"] == "NO_APPOINTMENTS"
    assert "(reason 31)" in refusal["explanation"]


async def test_where_all_is_refused_the_answer_is_the_fallback_and_says_so(town):
    everything = tuple(
        Refused(slug, "PATIENT_CHOICE")
        for slug in ("visiting-nurses", "near-clinic", "far-centre")
    )

    found = await answer(town, refused=everything)

    assert found["options"] == []
    assert found["what_changed"].endswith("No other option is left: see `fallback`.")


async def test_a_refused_slug_that_is_unknown_is_told_with_the_nearest(town):
    with pytest.raises(ServiceNotFound, match="Did you mean 'far-centre'"):
        await answer(town, refused=(Refused("far-center", "DISTANCE"),))


async def test_more_refusals_than_anybody_makes_are_refused_themselves(town):
    with pytest.raises(BadUserInput, match="refused names 21 services"):
        await answer(town, refused=(Refused("far-centre", "OTHER"),) * 21)


@pytest.mark.parametrize("minutes", [-1, 10081])
async def test_a_time_frame_beyond_a_week_is_refused(town, minutes):
    with pytest.raises(BadUserInput, match=f"withinMinutes is {minutes}. Give 0"):
        await answer(town, within_minutes=minutes)
