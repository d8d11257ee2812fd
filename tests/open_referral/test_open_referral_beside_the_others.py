"""GraphQL, FHIR, Open Referral and the DoS search say the same of every service of the seed."""

import asyncio
from typing import Any

import pytest
from asking import Asker
from open_referral_client import OpenReferral

from api.dos.endpoints import PATHS
from api.open_referral.ids import SERVICE, id_of
from graph_model.database import read
from graph_model.dos import OURS
from graph_model.search.parts import id_of_slug

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

BY_GRAPHQL = """
query Services($after: String) {
  services(first: 100, after: $after) {
    edges { node { slug name status telephone website } }
    pageInfo { hasNextPage endCursor }
  }
}
"""
STATUS = {"ACTIVE": "active", "PLANNED": "inactive"}
ACTIVE = {"active": True, "inactive": False}


async def test_four_doors_tell_the_same_of_each_service(
    ask: Asker, door: OpenReferral
) -> None:
    by_graphql = await services_by_graphql(ask)
    by_fhir = await services_by_fhir(door)
    by_open_referral = {
        each["id"]: each for each in await door.everything("services?full=true")
    }

    by_dos = await services_by_dos(ask, door)

    assert {id_of(SERVICE, slug) for slug in by_graphql} == set(by_open_referral)
    # Of the others nobody had spoken yet on the day: FHIR alone shows them, and does not say that they run.
    assert {id_ for id_, each in by_fhir.items() if "active" not in each} == (
        set(by_fhir) - {id_of_slug(slug) for slug in by_graphql}
    )
    for slug, service in by_graphql.items():
        told, fhir = by_open_referral[id_of(SERVICE, slug)], by_fhir[id_of_slug(slug)]
        assert told["status"] == STATUS[service["status"]], slug
        assert fhir["active"] == ACTIVE[told["status"]], slug
        telecom = {each["system"]: each["value"] for each in fhir.get("telecom", [])}
        numbers = [each["number"] for each in told.get("phones", [])]
        for said in (service["name"], fhir["name"]):
            assert told["name"] == said
        for said in (service["telephone"], telecom.get("phone")):
            assert (numbers or [None]) == [said]
        for said in (service["website"], telecom.get("url")):
            assert told.get("url") == said
        assert days_open(told) == days_of_fhir(fhir), slug
        # The DoS knows nothing of what is only planned.
        assert (slug in by_dos) == (service["status"] == "ACTIVE"), slug
        if slug in by_dos:
            dos = by_dos[slug]
            assert "x_not_known" not in dos
            assert dos["name"] == service["name"]
            assert dos.get("phone", {}).get("public") == service["telephone"]
            assert dos.get("web") == service["website"]
            assert days_of_dos(dos) == days_open(told), slug


async def services_by_graphql(ask: Asker) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    after = None
    while True:
        page = (await ask(BY_GRAPHQL, after=after))["services"]
        found |= {each["node"]["slug"]: each["node"] for each in page["edges"]}
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


async def services_by_fhir(door: OpenReferral) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    address = f"{door.root}/fhir/HealthcareService?_count=100"
    while address:
        bundle = (await door.client.get(address)).json()
        found |= {
            each["resource"]["id"]: each["resource"]
            for each in bundle["entry"]
            if each["search"]["mode"] == "match"
        }
        links = {each["relation"]: each["url"] for each in bundle["link"]}
        address = links.get("next")
    return found


SLUGS = """
MATCH (service:Service) RETURN [service.slug, service.number] AS row
"""


async def services_by_dos(ask: Asker, door: OpenReferral) -> dict[str, dict[str, Any]]:
    """What the REST search tells of each number, by the slug of its service."""
    numbers = {slug: number for slug, number in await read(ask.driver, SLUGS)}
    path = f"{door.root}/dos{PATHS['byServiceId']}"

    async def told(number: int) -> list[dict[str, Any]]:
        answer = await door.client.get(path.format(serviceId=OURS + number))
        return answer.json()["success"]["services"]

    found = await asyncio.gather(*map(told, numbers.values()))
    return {
        slug: service
        for slug, services in zip(numbers, found, strict=True)
        for service in services
        if "ACTIVE"
        not in [each["criterion"] for each in service.get("x_not_known", [])]
    }


def days_of_dos(service: dict[str, Any]) -> set[tuple[str, str]]:
    """The days on which it opens, each with when; what began on the evening before is left out."""
    times = service.get("openingTimes", {"allHours": False})
    if times["allHours"]:
        return {(day, "00:00:00") for day in ("MO", "TU", "WE", "TH", "FR", "SA", "SU")}
    sessions = [
        (each["day"][:3].lower(), session["start"], session["end"])
        for each in times.get("days", [])
        if each["day"] != "Bankholiday"
        for session in each["sessions"]
    ]
    last = {"hours": 23, "minutes": 59}
    late = {day for day, _, end in sessions if end == last}
    return {
        (day[:2].upper(), f"{start['hours']:02}:{start['minutes']:02}:00")
        for day, start, end in sessions
        if start != {"hours": 0, "minutes": 0} or before(day) not in late or end == last
    }


def days_open(service: dict[str, Any]) -> set[tuple[str, str]]:
    """The days on which it opens, each with when, as FHIR writes them."""
    return {
        (day, schedule["opens_at"])
        for schedule in service.get("schedules", [])
        for day in schedule.get("byday", "").split(",")
        if day
    }


def days_of_fhir(resource: dict[str, Any]) -> set[tuple[str, str]]:
    """The same of FHIR, which tells a session over midnight as two: the second is left out."""
    times = resource.get("availableTime", [])
    late = {
        day
        for each in times
        for day in each["daysOfWeek"]
        if each.get("availableEndTime") == "23:59:59"
    }
    return {
        (day[:2].upper(), each.get("availableStartTime", "00:00:00"))
        for each in times
        for day in each["daysOfWeek"]
        if not (
            each.get("availableStartTime") == "00:00:00"
            and before(day) in late
            and not each.get("allDay")
        )
    }


def before(day: str) -> str:
    days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    return days[days.index(day) - 1]
