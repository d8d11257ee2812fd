"""A load of the seed reads what is the seed's, however much else the directory holds."""

import pytest

from seed.write import KEYS, SEEDED_NODES

pytestmark = pytest.mark.anyio


async def test_postcodes_are_not_read_to_find_what_the_seed_wrote_earlier(empty_graph):
    await empty_graph.execute_query(
        "UNWIND range(1, 2000) AS n CREATE (:Postcode {generation: 1, code: toString(n)})"
    )
    await empty_graph.execute_query("CREATE (:Need {code: 'x', seeded: true})")

    records, summary, _ = await empty_graph.execute_query(
        f"PROFILE {SEEDED_NODES}", asked={"labels": list(KEYS)}
    )

    assert len(records[0]["ids"]) == 1
    assert summary.profile is not None
    assert hits_in(summary.profile) < 500


def hits_in(plan: dict) -> int:
    """The database hits of a plan."""
    return plan["dbHits"] + sum(hits_in(child) for child in plan.get("children", []))
