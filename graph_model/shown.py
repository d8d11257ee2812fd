"""The services, contracts and pathways that an answer shows, once it is known which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, LiteralString

from neo4j import AsyncDriver

from graph_model.cards import compose
from graph_model.database import read

SHOWN = compose("""
WITH $asked.as_of AS as_of
RETURN {
  services: COLLECT {
    UNWIND $asked.services AS slug
    MATCH (service:Service {slug: slug})
    RETURN service {<service values>, <service place and provider>}
  },
  contracts: COLLECT {
    UNWIND $asked.contracts AS slug
    MATCH (contract:Contract {slug: slug})
    RETURN <contract with parties>
  },
  pathways: COLLECT {
    UNWIND $asked.pathways AS version
    MATCH (pathway:Pathway {slug: version[0], version: version[1]})
    RETURN <full pathway>
  }
} AS row
""")


# Services of which so many are read with the question itself, shown or not: that saves a round trip.
MOST_AT_HAND = 60

# The same of the services `at_hand` and their contracts, within a question that has `as_of`.
AT_HAND: LiteralString = """{
    services: COLLECT {
      UNWIND at_hand AS service
      RETURN service {<service values>, <service place and provider>}
    },
    contracts: COLLECT {
      UNWIND at_hand AS service
      MATCH (service)<-[:PROCURES]-(contract:Contract)
      WITH DISTINCT contract
      RETURN <contract with parties>
    }
  }"""

# The services of all ledgers of a `provision` that lists them, where these are few; else none.
LISTED: LiteralString = """CASE
  WHEN $asked.listed AND reduce(
    count = 0, each IN provision | count + reduce(
      own = 0, ledger IN each.ledgers | own + size(ledger.services))
  ) <= $asked.most_at_hand THEN COLLECT {
    UNWIND provision AS each
    UNWIND each.ledgers AS ledger
    UNWIND ledger.services AS slug
    MATCH (service:Service {slug: slug})
    RETURN DISTINCT service
  }
  ELSE []
END"""


@dataclass(frozen=True)
class Shown:
    """Services and contracts by slug, pathways by slug and version."""

    services: dict[str, Any]
    contracts: dict[str, Any]
    pathways: dict[tuple[str, int], Any]


async def shown_on(
    driver: AsyncDriver,
    day: date,
    at_hand: Any,
    services: Sequence[str] = (),
    contracts: Sequence[str] = (),
    pathways: Sequence[tuple[str, int]] = (),
) -> Shown:
    """What these were on the day: in one round trip for what is not `at_hand` (AT_HAND), in none where all is."""
    shown = shown_of(at_hand)
    lacking = {
        "services": [slug for slug in services if slug not in shown.services],
        "contracts": [slug for slug in contracts if slug not in shown.contracts],
        "pathways": [list(key) for key in pathways if key not in shown.pathways],
    }
    if not any(lacking.values()):
        return shown
    (found,) = await read(driver, SHOWN, as_of=day, **lacking)
    more = shown_of(found)
    return Shown(
        shown.services | more.services,
        shown.contracts | more.contracts,
        shown.pathways | more.pathways,
    )


def shown_of(found: Any) -> Shown:
    """What was read, by its names."""
    return Shown(
        {row["slug"]: row for row in found["services"]},
        {row["slug"]: row for row in found["contracts"]},
        {(row["slug"], row["version"]): row for row in found.get("pathways", ())},
    )
