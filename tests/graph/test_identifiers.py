"""A service by the identifier that another system gave it: by an index, whatever the identifier's letters."""

from __future__ import annotations

from typing import Any

import pytest
from neo4j import AsyncDriver
from town import build_town

from graph_model.dos import DOS_SERVICE_ID, services_of_dos_id, services_of_ods_code
from graph_model.names import as_phrase
from graph_model.search import NOUNS
from graph_model.search.search import Condition, question, search

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

ELSEWHERE = "https://elsewhere.example/id"
AWKWARD = 'a "quoted" \\ OR b*'
IDENTIFIERS = """
UNWIND $rows AS row
MATCH (service:Service {slug: row.slug})
SET service.identifier_systems = row.systems, service.identifier_values = row.values,
    service.ods_code = row.ods_code
"""


@pytest.fixture
async def town(empty_graph: AsyncDriver) -> AsyncDriver:
    """A town of which three services have identifiers: a system's and a number twice, an awkward one once."""
    await build_town(empty_graph)
    rows = [
        {
            "slug": "near-clinic",
            "systems": [ELSEWHERE, DOS_SERVICE_ID],
            "values": ["one", "1234"],
            "ods_code": "X1",
        },
        {
            "slug": "far-centre",
            "systems": [ELSEWHERE],
            "values": ["1234"],
            "ods_code": "1234",
        },
        {
            "slug": "there-only",
            "systems": [ELSEWHERE],
            "values": [AWKWARD],
            "ods_code": None,
        },
    ]
    await empty_graph.execute_query(IDENTIFIERS, parameters_={"rows": rows})
    return empty_graph


def asked(code: str, system: str | None = None) -> dict[str, Any]:
    ods = system is None
    return {"code": code, "phrase": as_phrase(code), "system": system, "ods": ods}


@pytest.mark.parametrize(
    ("identifier", "slugs"),
    [
        (asked("1234", DOS_SERVICE_ID), ["near-clinic"]),
        (asked("1234", ELSEWHERE), ["far-centre"]),
        (asked("1234"), ["far-centre", "near-clinic"]),
        (asked("X1"), ["near-clinic"]),
        (asked("x1"), []),
        (asked("ONE"), []),
        (asked("on*"), []),
        (asked(AWKWARD), ["there-only"]),
        (asked("X1", ELSEWHERE), []),
    ],
)
async def test_a_service_is_found_by_its_identifier_as_it_stands(
    town: AsyncDriver, identifier: dict[str, Any], slugs: list[str]
) -> None:
    found = await search(
        town,
        NOUNS["service"],
        NOUNS,
        [Condition("identifier", [identifier])],
        first=9,
        total=True,
    )

    assert [each["key"] for each in found.rows] == slugs
    assert found.total == len(slugs)


async def test_a_service_is_found_by_its_number_of_the_dos_alone(
    town: AsyncDriver,
) -> None:
    by_number = await services_of_dos_id(town, 1234)
    by_code = await services_of_ods_code(town, "1234")

    assert [each["slug"] for each in by_number] == ["near-clinic"]
    assert [each["slug"] for each in by_code] == ["far-centre"]
    assert await services_of_dos_id(town, 4321) == []


async def test_no_service_is_looked_at_that_has_another_identifier(
    town: AsyncDriver,
) -> None:
    service = NOUNS["service"]
    cypher = question(service, ("identifier",), False, "", (), True)

    _, summary, _ = await town.execute_query(
        "EXPLAIN " + cypher, parameters_={"asked": {}}
    )

    steps = steps_of(summary.plan)
    assert not [step for step in steps if "Scan" in step and "Service" in step]
    assert [step for step in steps if step.startswith("ProcedureCall")]


def steps_of(plan: dict[str, Any] | None) -> list[str]:
    """What a plan does, by Neo4j's names of it, and to what."""
    assert plan is not None
    step = f"{plan['operatorType']}: {plan['args'].get('Details')}"
    return [
        step,
        *(each for child in plan.get("children", []) for each in steps_of(child)),
    ]
