"""A model of coverage that takes no ledger: Neo4j goes along every purchase on the day asked for.

It is how coverage was judged before there were ledgers, service by service, and slow.
"""

from datetime import date
from typing import Any, LiteralString

from neo4j import AsyncDriver

from graph_model.cards import compose
from graph_model.database import read
from graph_model.matching.cover import (
    Area,
    Group,
    People,
    Served,
    Takes,
    Wanted,
    cover_of,
)
from graph_model.provision import LIVE_CONTRACT

BOUGHT: LiteralString = compose(
    """
WITH $asked.as_of AS as_of
MATCH (buyer:Organisation {slug: $asked.commissioner})
MATCH way = (member:Organisation)-[:SUCCEEDED_BY*0..8]->(buyer)
WHERE <way led to the day>
WITH as_of, member, max(CASE WHEN <way is the only one> THEN 2 ELSE 1 END) AS passed
CALL (as_of, member) {
  MATCH (member)-[:COMMISSIONS]->(contract:Contract)
  WITH contract, <live contract> AS live
  WHERE live > 0
  MATCH (contract)-[:PROCURES]->(service:Service)
  RETURN service, contract.slug AS slug, live
UNION ALL
  MATCH (member)-[:COMMISSIONS]->(service:Service)
  RETURN service, null AS slug, 1 AS live
}
WITH as_of, service, slug, CASE WHEN passed < live THEN passed ELSE live END AS live
WITH as_of, service, max(live) AS live,
     max(CASE WHEN slug IN $asked.ending THEN 0 ELSE live END) AS left,
     max(CASE WHEN slug IS NOT NULL THEN [live, slug] END)[1] AS under
RETURN [
  service.slug, live, left, under,
  CASE <status of service from opened to closed as CLOSED>
    WHEN 'ACTIVE' THEN 2 WHEN 'UNKNOWN' THEN 1 ELSE 0 END,
  COLLECT {
    MATCH (service)-[serves:SERVES]->(area:Area)
    RETURN [area.code, serves.rule, area.kind] ORDER BY area.code
  },
  EXISTS { (service)-[:REFERS_ON_TO]->() }, EXISTS { (service)<-[:REFERS_ON_TO]-() },
  service.min_age_days, service.max_age_days, service.sexes,
  coalesce(head(COLLECT {
    MATCH (provider:Organisation)-[provides:PROVIDES]->(service)
    WHERE <provides in force>
    RETURN provider.slug ORDER BY provider.slug LIMIT 1
  }), head(COLLECT {
    MATCH (provider:Organisation)-[:HOLDS]->(:Contract {slug: under})
    RETURN provider.slug ORDER BY provider.slug LIMIT 1
  })),
  COLLECT { MATCH (service)-[:MEETS|OF_TYPE]->(what) RETURN what.code }
] AS row
""".replace("<live contract>", LIVE_CONTRACT)
)

# In the sample services are for commissioners' areas and countries, never for a part of an area.
PEOPLE: LiteralString = compose("""
WITH $asked.as_of AS as_of
MATCH (buyer:Organisation {slug: $asked.commissioner})
MATCH way = (member:Organisation)-[:SUCCEEDED_BY*0..8]->(buyer)
WHERE <way led to the day>
WITH as_of, buyer, member,
     max(CASE WHEN <way is the only one> THEN 2 ELSE 1 END) AS passed
MATCH (member)-[responsible:RESPONSIBLE_FOR]->(area:Area)
WHERE coalesce(responsible.from <= as_of, true)
  AND coalesce(CASE WHEN member = buyer THEN as_of < responsible.to
    ELSE responsible.to >= member.closed END, true)
WITH area, max(passed) AS passed ORDER BY area.code
RETURN [
  area.code, area.name, area.kind, passed,
  [area.code] + COLLECT { MATCH (area)-[:WITHIN*1..3]->(larger) RETURN larger.code },
  [[COLLECT {
    MATCH (area)<-[part:WITHIN]-(:Area {kind: 'SECTOR'}) RETURN sum(part.postcodes)
  }[0], 1.0, []]]
] AS row
""")

NEEDS: LiteralString = """
MATCH (need:Need)
RETURN [need.code,
  COLLECT { MATCH (need)-[:NARROWER_THAN*0..6]->(met:Need) RETURN DISTINCT met.code },
  COLLECT { MATCH (need)<-[:NARROWER_THAN*1..6]-(met:Need) RETURN DISTINCT met.code }
] AS row
"""


async def cells_of(
    driver: AsyncDriver, commissioner: str, day: date, ending: tuple[str, ...] = ()
) -> dict[str, tuple[str, str, float | None]]:
    """For each need its state, explanation and share; what ends is taken to have ended."""
    asked: Any = {"commissioner": commissioner, "as_of": day, "ending": list(ending)}
    rows = await read(driver, BOUGHT, **asked)
    people = People([Area(*row) for row in await read(driver, PEOPLE, **asked)])
    groups = [group for row in rows for group in groups_of(row)]
    cells: dict[str, tuple[str, str, float | None]] = {}
    for code, met_by, parts in await read(driver, NEEDS):
        wanted = Wanted(frozenset(met_by), frozenset(parts))
        cover = cover_of(wanted, groups, people, False)
        share = None if cover.share is None else round(cover.share, 4)
        cells[code] = (cover.state, cover.explanation, share)
    return cells


def groups_of(row: list[Any]) -> list[Group]:
    """A service as a group of its own, for each thing that it is for."""
    _, _, left, under, runs, serves, *takes, provider, whats = row
    verdict = min(left, runs)
    pair = (provider, under) if provider else None
    turned = (under, provider) if provider else None
    return [
        Group(what, verdict, Served(serves), Takes(*takes), pair, pair, turned, turned)
        for what in whats
    ]
