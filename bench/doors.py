"""The other doors: twenty services near with a need, by FHIR and by Open Referral, against our own GraphQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx2

from api.open_referral.ids import SERVICE, id_of
from api.open_referral.taxonomies import NEEDS, term_id
from bench.field import Field
from bench.over_http import ASK_WITHIN, noise, valid_for
from bench.questions import FIRST, OURS, Asked, body
from bench.rounds import Competitor, WrongAnswers, median_p50, rounds
from bench.rows import Row
from signpost.local_neo4j.home import LOOPBACK


@dataclass(frozen=True)
class Door:
    """How a case is asked there, by an address, and which ids the services in the answer have."""

    what: str
    address: Callable[[Asked], str]
    ids: Callable[[dict[str, Any]], list[str]]
    id_of_slug: Callable[[str], str]


def in_fhir(case: Asked) -> str:
    """The nearest services with the need."""
    asked = {
        "location.near": f"{case.latitude}|{case.longitude}|{case.within_km}|km",
        "characteristic": case.need,
        "active": "true",
        "_count": FIRST,
    }
    return f"/fhir/HealthcareService?{urlencode(asked)}"


def ids_in_fhir(answered: dict[str, Any]) -> list[str]:
    return [
        each["resource"]["id"]
        for each in answered["entry"]
        if each["search"]["mode"] == "match"
    ]


def in_open_referral(case: Asked) -> str:
    """A page of them for people who live there."""
    asked = {
        "postcode": case.sector,
        "proximity": 1000 * case.within_km,
        "taxonomy_term_id": term_id(NEEDS, case.need),
        "per_page": FIRST,
    }
    return f"/open-referral/services?{urlencode(asked)}"


def ids_in_open_referral(answered: dict[str, Any]) -> list[str]:
    return [each["id"] for each in answered["contents"]]


DOORS = (
    Door("The nearest 20 services with the need by FHIR", in_fhir, ids_in_fhir, str),
    Door(
        "A page of 20 services with the need by Open Referral",
        in_open_referral,
        ids_in_open_referral,
        lambda slug: id_of(SERVICE, slug),
    ),
)


async def doors(field: Field) -> list[Row]:
    """A request each at one connection; every service that comes meets the need there."""
    for door in DOORS:
        await refuse_what_is_wrong(field, door)
    graphql = [body(OURS, case.in_graphql()) for case in field.cases]
    scores = await rounds(
        [
            Competitor("GraphQL", field.signpost, graphql),
            *(
                Competitor(
                    door.what,
                    field.signpost,
                    [door.address(case) for case in field.cases],
                    gets=True,
                )
                for door in DOORS
            ),
        ],
        field.full.process,
        connections=1,
        seconds=field.effort.seconds,
        count=field.effort.rounds,
    )
    times = {name: median_p50(each) for name, each in scores.items()}
    return [
        Row(
            f"{door.what}, 1 connection, against 20 options by our GraphQL",
            f"{times[door.what]:.1f} ms",
            f"{times['GraphQL']:.1f} ms",
            times[door.what] / times["GraphQL"],
            most=2.0,
            note=noise(scores),
        )
        for door in DOORS
    ]


async def refuse_what_is_wrong(field: Field, door: Door) -> None:
    """Raises WrongAnswers where an answer has what does not meet the need there, or where none has anything."""
    count = 0
    async with httpx2.AsyncClient(timeout=ASK_WITHIN) as client:
        for case in field.cases:
            address = door.address(case)
            response = await client.get(
                f"http://{LOOPBACK}:{field.signpost.port}{address}",
                headers={"Accept": "application/json"},
            )
            if response.status_code != 200:
                raise WrongAnswers(f"{address} answered: {response.text[:500]}")
            found = door.ids(response.json())
            valid = {door.id_of_slug(slug) for slug in await valid_for(field, case)}
            count += len(found)
            if not valid.issuperset(found):
                raise WrongAnswers(f"{address} gives what does not meet the need.")
    if count < len(field.cases):
        raise WrongAnswers(f"{door.what}: {count} for {len(field.cases)} cases.")
