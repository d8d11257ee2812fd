"""Coverage and impact from ledgers are what Neo4j finds along every purchase (ADR 21)."""

from datetime import date
from random import Random

import pytest
from by_the_graph import cells_of
from neo4j import AsyncDriver

from graph_model.coverage import CoverageQuestion, coverage
from graph_model.database import read
from graph_model.impact import contract_impact
from graph_model.ledgers import commissioners_with_stale_ledgers

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

COMMISSIONERS = """
MATCH (buyer:Organisation)
WHERE EXISTS { (buyer)-[:COMMISSIONS]->() }
RETURN DISTINCT buyer.slug AS row ORDER BY row
"""
HEIRS = """
MATCH (heir:Organisation)<-[:SUCCEEDED_BY]-(former)
WHERE EXISTS { (former)-[:COMMISSIONS]->() }
RETURN DISTINCT heir.slug AS row ORDER BY row
"""
CONTRACTS = """
MATCH (contract:Contract)-[:PROCURES]->()
RETURN DISTINCT contract.slug AS row ORDER BY row
"""

# The sample's own day, some months before, some later, and after most mergers of commissioners.
DAYS = [date(2016, 11, 30), date(2015, 3, 31), date(2017, 9, 1), date(2020, 6, 1)]


@pytest.mark.parametrize("day", DAYS)
async def test_every_cell_is_what_going_along_every_purchase_finds(
    sample_driver: AsyncDriver, day: date
) -> None:
    slugs = await read(sample_driver, COMMISSIONERS) + await read(sample_driver, HEIRS)
    chosen = sorted(Random(day.toordinal()).sample(sorted(set(slugs)), 25))

    in_words = await coverage(sample_driver, CoverageQuestion(chosen), day)
    states = await coverage(sample_driver, CoverageQuestion(chosen, words=False), day)

    assert in_words["rows"]
    for row, plain in zip(in_words["rows"], states["rows"], strict=True):
        slug = row["commissioner"]["slug"]
        expected = await cells_of(sample_driver, slug, day)
        told = {
            cell["need"]["code"]: (cell["state"], cell["explanation"], cell["share"])
            for cell in row["cells"]
        }
        assert told == {code: expected[code] for code in told}
        assert plain["states"] == row["states"]


async def test_what_is_left_is_what_going_along_every_purchase_finds(
    sample_driver: AsyncDriver,
) -> None:
    contracts = await read(sample_driver, CONTRACTS)
    day = DAYS[0]
    ending = tuple(Random(21).sample(contracts, 60))

    impact = await contract_impact(sample_driver, ending, None, day)

    lost = {
        (cell["commissioner"]["slug"], cell["need"]["code"]): cell["state"]
        for cell in impact["needs_left_uncovered"]
    }
    assert lost
    covered = {"COVERED", "OVERLAP"}
    for row in impact["commissioners"]:
        slug = row["slug"]
        before = await cells_of(sample_driver, slug, day)
        after = await cells_of(sample_driver, slug, day, ending)
        for code in before:
            if before[code][0] in covered and after[code][0] not in covered:
                assert lost.pop((slug, code)) == after[code][0]
    # What is left was covered for some of the people only.
    assert all(state == "UNKNOWN" for state in lost.values())


async def test_the_samples_ledgers_are_fresh(sample_driver: AsyncDriver) -> None:
    assert await commissioners_with_stale_ledgers(sample_driver) == []
