"""The seed's pathways: what they must hold of the articles and the guidance of the time."""

from datetime import date
from typing import Any

import pytest
from asking import Asker

from graph_model.pathway_shape import shape_faults
from graph_model.pathways import pathway_by_slug, pathways_page
from graph_model.places import PlaceQuestion

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

SLUGS = {
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
}


async def test_the_seed_has_a_pathway_for_each_kind_of_care(directory):
    page = await pathways_page(directory, first=50)

    assert {pathway["slug"] for pathway in page.rows} >= SLUGS


@pytest.mark.parametrize("slug", sorted(SLUGS))
async def test_each_pathway_of_the_seed_has_a_sound_shape_and_a_source(directory, slug):
    pathway: Any = await pathway_by_slug(directory, slug, None, None)

    assert shape_faults(pathway["steps"]) == []
    assert pathway["sources"]


def intervals(pathway: Any, start: str, end: str) -> list[int | None]:
    [step] = [each for each in pathway["steps"] if each["slug"] == start]
    return [way["within_minutes"] for way in step["next"] if way["to"] == end]


async def test_the_intervals_are_those_of_the_guidance(directory):
    urgent: Any = await pathway_by_slug(
        directory, "urgent-care-west-midlands", None, None
    )
    heart: Any = await pathway_by_slug(
        directory, "diabetes-and-heart-disease-out-of-hospital", None, None
    )
    crisis: Any = await pathway_by_slug(directory, "mental-health-crisis", None, None)
    home: Any = await pathway_by_slug(
        directory, "discharge-from-hospital-to-home", None, None
    )

    hours, weeks = 60, 7 * 24 * 60
    assert intervals(urgent, "clinical-assessment", "gp-out-of-hours") == [
        1 * hours,
        2 * hours,
        6 * hours,
    ]
    assert intervals(heart, "practice", "heart-specialist") == [2 * weeks, 6 * weeks]
    assert intervals(crisis, "ask-for-help", "crisis-assessment") == [4 * hours]
    assert intervals(home, "discharge-plan", "practice-informed") == [24 * hours]
    assert intervals(home, "practice-informed", "follow-up") == [72 * hours]


async def test_rugbys_pathway_is_the_one_that_its_commissioner_adopted(directory):
    page = await pathways_page(directory, place=PlaceQuestion(postcode="CV21"))

    assert [pathway["slug"] for pathway in page.rows] == ["urgent-care-west-midlands"]


async def test_no_guidance_is_known_before_it_is_published(directory):
    page = await pathways_page(directory, as_of=date(2010, 1, 1), first=50)

    assert page.rows == []


async def test_a_pathway_is_shown_as_a_commissioner_runs_it(ask: Asker):
    answer = await ask(
        """{
          adopted: pathway(slug: "urgent-care-west-midlands", commissioner: "05A") {
            id
            localisedFor { odsCode }
            owners { odsCode }
            steps { slug exit needs { code } sources { slug }
              next { to { slug } urgency withinMinutes source { slug } } }
          }
          standard: pathway(slug: "urgent-care-west-midlands") {
            id effectiveFrom localisedFor { odsCode }
          }
          stranger: pathway(slug: "urgent-care-west-midlands", commissioner: "08T") {
            id localisedFor { odsCode }
          }
        }"""
    )

    adopted, standard = answer["adopted"], answer["standard"]
    again = await ask(
        "query($id: ID!) { node(id: $id) { ... on Pathway { id localisedFor { odsCode } } } }",
        id=adopted["id"],
    )
    assert adopted["localisedFor"] == {"odsCode": "05A"}
    assert adopted["owners"] == [{"odsCode": "05L"}]
    assert adopted["steps"][0]["next"][1] == {
        "to": {"slug": "clinical-assessment"},
        "urgency": "URGENT",
        "withinMinutes": 20,
        "source": {"slug": "out-of-hours-quality-requirements-2006"},
    }
    assert adopted["id"] != standard["id"]
    assert standard["localisedFor"] is None
    assert answer["stranger"] == {"id": standard["id"], "localisedFor": None}
    assert again["node"] == {"id": adopted["id"], "localisedFor": {"odsCode": "05A"}}


async def test_a_pathway_is_a_picture_too(ask: Asker):
    answer = await ask('{ pathway(slug: "mental-health-crisis") { svg mermaid } }')

    picture = answer["pathway"]
    assert picture["svg"].startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert '<title id="title">Mental health crisis</title>' in picture["svg"]
    assert picture["mermaid"].startswith("flowchart TD")
