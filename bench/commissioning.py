"""Whole matrices and many contracts at once: against the time that a commissioner waits for."""

from __future__ import annotations

from typing import LiteralString

import httpx2

from bench.field import Field
from bench.over_http import ASK_WITHIN, answer, noise
from bench.questions import body
from bench.rounds import Competitor, WrongAnswers, median_p50, rounds
from bench.rows import Row
from graph_model.database import read

COMMISSIONERS, NEEDS, CONTRACTS = 200, 120, 100
FEW_COMMISSIONERS, FEW_NEEDS = 10, 10

BUYERS: LiteralString = """
MATCH (buyer:Organisation)
WHERE EXISTS { (buyer)-[:COMMISSIONS]->() }
RETURN buyer.slug AS row ORDER BY row
"""
ALL_NEEDS: LiteralString = "MATCH (need:Need) RETURN need.code AS row ORDER BY row"
LIVE: LiteralString = """
MATCH (contract:Contract {status: 'LIVE'})-[:PROCURES]->()
WITH DISTINCT contract.slug AS row ORDER BY row
RETURN row
"""

# The whole matrix by its states, and a corner of it with what is behind each cell.
MATRIX = """query Matrix(
  $commissioners: [String!], $needs: [String!]
  $fewCommissioners: [String!], $fewNeeds: [String!]
) {
  whole: coverage(commissioners: $commissioners, needs: $needs) {
    asOf
    needs { code name }
    rows { commissioner { slug name } postcodes states }
  }
  corner: coverage(commissioners: $fewCommissioners, needs: $fewNeeds) {
    rows { cells {
      state explanation share
      services { slug name }
      contracts { slug title }
    } }
  }
}"""

IMPACT = """query Impact($contracts: [String!]) {
  contractImpact(contracts: $contracts) {
    asOf postcodes
    contracts { slug title }
    contractsWithoutEffect { slug }
    services { slug name }
    servicesInDoubt { slug name }
    needsLeftUncovered {
      commissioner { slug name } need { code name } state explanation postcodesLeft
    }
    brokenSteps { commissioner { slug } pathway { slug } step { slug name } explanation }
  }
}"""


async def coverage_matrix(field: Field) -> list[Row]:
    """200 commissioners by 120 needs, and the services and contracts of a hundred cells."""
    commissioners = (await read(field.full.driver, BUYERS))[:COMMISSIONERS]
    needs = (await read(field.full.driver, ALL_NEEDS))[:NEEDS]
    asked = body(
        MATRIX,
        {
            "commissioners": commissioners,
            "needs": needs,
            "fewCommissioners": commissioners[:FEW_COMMISSIONERS],
            "fewNeeds": needs[:FEW_NEEDS],
        },
    )
    async with httpx2.AsyncClient(timeout=ASK_WITHIN) as client:
        answered = await answer(client, field.signpost, asked)
    states = [row["states"] for row in answered["data"]["whole"]["rows"]]
    if [len(each) for each in states] != [NEEDS] * COMMISSIONERS:
        raise WrongAnswers("The matrix is not of 200 commissioners and 120 needs.")
    return await within(
        field, "Coverage of 200 commissioners by 120 needs, 1 connection", asked, 2_000
    )


async def impact_of_a_hundred(field: Field) -> list[Row]:
    """What stops if a hundred contracts end, of as many commissioners as chance has it."""
    contracts = await read(field.full.driver, LIVE)
    asked = body(
        IMPACT, {"contracts": contracts[:: len(contracts) // CONTRACTS][:CONTRACTS]}
    )
    async with httpx2.AsyncClient(timeout=ASK_WITHIN) as client:
        answered = await answer(client, field.signpost, asked)
    impact = answered["data"]["contractImpact"]
    if len(impact["contracts"]) != CONTRACTS or not impact["services"]:
        raise WrongAnswers("The impact is not that of 100 contracts in force.")
    return await within(field, "Impact of 100 contracts, 1 connection", asked, 1_000)


async def within(field: Field, name: str, asked: str, most: float) -> list[Row]:
    """How long one question takes, against the milliseconds that it may."""
    scores = await rounds(
        [Competitor("ours", field.signpost, [asked])],
        field.full.process,
        connections=1,
        seconds=2 * field.effort.seconds,
        count=field.effort.rounds,
    )
    time = median_p50(scores["ours"])
    return [
        Row(
            name,
            f"{time:.0f} ms",
            f"{most:.0f} ms",
            time / most,
            most=1.0,
            note=noise(scores),
        )
    ]
