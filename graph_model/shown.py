"""The services, contracts and pathways that an answer shows, once it is known which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

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


@dataclass(frozen=True)
class Shown:
    """Services and contracts by slug, pathways by slug and version."""

    services: dict[str, Any]
    contracts: dict[str, Any]
    pathways: dict[tuple[str, int], Any]


async def shown_on(
    driver: AsyncDriver,
    day: date,
    services: Sequence[str] = (),
    contracts: Sequence[str] = (),
    pathways: Sequence[tuple[str, int]] = (),
) -> Shown:
    """What these were on the day, in one round trip; in none where there is nothing to show."""
    if not services and not contracts and not pathways:
        return Shown({}, {}, {})
    (found,) = await read(
        driver,
        SHOWN,
        as_of=day,
        services=services,
        contracts=contracts,
        pathways=[list(version) for version in pathways],
    )
    return Shown(
        {row["slug"]: row for row in found["services"]},
        {row["slug"]: row for row in found["contracts"]},
        {(row["slug"], row["version"]): row for row in found["pathways"]},
    )
