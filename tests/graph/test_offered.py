"""The finder's short rows say the same of a service as the question for that service does."""

from datetime import date
from typing import Any

import pytest
from neo4j import AsyncDriver

from graph_model.database import read
from graph_model.offered import OFFERED_SERVICES, offered_services
from graph_model.services import services_by_slugs

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

ALL_SERVICES = (
    "MATCH (service:Service) WITH collect(service) AS chosen "
    + OFFERED_SERVICES
    + " RETURN offered AS row"
)
# Before, between and after what the articles tell of, and inside a month that one begins in.
DAYS = [
    date(2012, 6, 1),
    date(2013, 4, 1),
    date(2016, 10, 15),
    date(2016, 11, 1),
    date(2016, 11, 30),
    date(2018, 12, 1),
    date(2019, 11, 30),
    date(2022, 7, 2),
    date(2026, 11, 25),
]
# Nobody who asks the finder is shown a clinician's number; contracts that have ended are judged and not shown, nor is what
# criteria keep.
NOT_READ = {"clinician_telephone", "ended_contracts", "kept"}


@pytest.mark.parametrize("day", DAYS, ids=str)
async def test_a_short_row_says_what_the_full_row_says(
    directory: AsyncDriver, day: date
) -> None:
    [found] = await read(directory, ALL_SERVICES)

    offered = offered_services(found, day)
    full = await services_by_slugs(directory, sorted(offered), day)

    assert len(offered) > 200
    for row in full:
        assert row is not None
        short: dict[str, Any] = {**offered[row["slug"]]}
        assert {key: row[key] for key in short if key not in NOT_READ} == {
            key: value for key, value in short.items() if key not in NOT_READ
        }
