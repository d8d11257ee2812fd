"""The directory as of a day: before, between and after what its sources tell."""

from datetime import date

import pytest
from neo4j import AsyncDriver

from graph_model.contracts import alliances_page, contracts_by_slugs, contracts_page
from graph_model.services import services_by_slugs, services_page

pytestmark = pytest.mark.anyio

RUGBY = "gp-out-of-hours-rugby"


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2013, 4, 1), "PLANNED"),
        (date(2016, 10, 1), "AWARDED"),
        (date(2016, 11, 30), "LIVE"),
        (date(2016, 12, 1), "LIVE"),
    ],
)
async def test_a_contract_is_live_only_while_a_source_says_so(
    directory: AsyncDriver, day, status
):
    [contract] = await contracts_by_slugs(directory, [f"{RUGBY}-contract"], day)

    assert contract is not None
    assert contract["status"] == status


async def test_inside_the_month_of_its_start_a_contract_is_not_yet_live(directory):
    [contract] = await contracts_by_slugs(
        directory, [f"{RUGBY}-contract"], date(2016, 11, 15)
    )

    assert contract is not None
    assert contract["status"] in {"AWARDED", "UNKNOWN"}


async def test_before_it_opens_a_service_is_planned_and_names_who_will_provide_it(
    directory,
):
    [service] = await services_by_slugs(directory, [RUGBY], date(2016, 10, 1))

    assert service is not None
    assert service["status"] == "PLANNED"
    provider = service.get("provider")
    assert provider is not None
    assert provider["name"] == "Vocare"


async def test_long_after_its_last_source_nobody_knows_whether_a_service_runs(
    directory,
):
    [service] = await services_by_slugs(directory, [RUGBY], date(2026, 11, 22))

    assert service is not None
    assert service["status"] == "UNKNOWN"


async def test_what_nobody_had_spoken_of_yet_is_not_listed(directory):
    day = date(2012, 6, 1)

    contracts = await contracts_page(directory, as_of=day, first=100)
    alliances = await alliances_page(directory, as_of=day)
    services = await services_page(directory, matching="rugby", as_of=day)

    assert f"{RUGBY}-contract" not in [row["slug"] for row in contracts.rows]
    assert alliances.total == 0
    assert RUGBY not in [row["slug"] for row in services.rows]
