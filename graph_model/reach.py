"""The finder's index: where each need, and each type of service, is met.

It is derived from facts of the graph, and set anew in the transaction that changes them:

- `Need.number` and `ServiceType.number` number them, each number once.
- `MEETS.cell` and `OF_TYPE.cell` of a service that stands somewhere is the point (longitude, latitude,
  number). One point index over it finds what is needed and near in one step.
- `(:Service)-[:MEETS_IN {key}]->(:Area)` says that the service meets the need of a number, or is of the type
  of that number, for people of an area; the key is `"number area-code"`. Whole countries are left out, but for
  what comes to people: a service that stands somewhere is found by where it stands. What comes to people has a
  `cell` here, at the point of the area.

In a cell the numbers lie far apart and the map is small (schema.cypher gives the index's extents), so that the
index's curve runs through the map of one number after the other (ADR 19).
"""

from typing import LiteralString

from neo4j import AsyncManagedTransaction

# Needs are numbered from 1, types from 1001: an area's key holds either.
NUMBER_NEEDS: LiteralString = """
MATCH (need:Need)
WITH coalesce(max(need.number), 0) AS last,
     COLLECT { MATCH (new:Need) WHERE new.number IS NULL RETURN new ORDER BY new.code }
       AS fresh
UNWIND range(0, size(fresh) - 1) AS position
WITH last + 1 + position AS number, fresh[position] AS need
SET need.number = number
"""

NUMBER_TYPES: LiteralString = """
MATCH (service_type:ServiceType)
WITH coalesce(max(service_type.number), 1000) AS last,
     COLLECT {
       MATCH (new:ServiceType) WHERE new.number IS NULL RETURN new ORDER BY new.code
     } AS fresh
UNWIND range(0, size(fresh) - 1) AS position
WITH last + 1 + position AS number, fresh[position] AS service_type
SET service_type.number = number
"""

SET_CELLS: LiteralString = """
MATCH (service:Service)-[met:MEETS|OF_TYPE]->(what)
WITH met, what, CASE service.reach WHEN 'PLACE' THEN head(COLLECT {
  MATCH (service)-[:DELIVERED_AT]->(location:Location) RETURN location.point
}) END AS here
WITH met, CASE WHEN here IS NOT NULL
  THEN point({x: here.longitude, y: here.latitude, z: what.number})
END AS cell
WHERE coalesce(met.cell <> cell, met.cell IS NOT NULL OR cell IS NOT NULL)
SET met.cell = cell
"""

# What is no longer so goes first.
CLEAR_MEETS_IN: LiteralString = """
MATCH (service:Service)-[meets_in:MEETS_IN]->(area)
WHERE NOT EXISTS {
  MATCH (service)-[:SERVES]->(area)
  WHERE area.kind <> 'COUNTRY' OR service.reach = 'AREA'
  MATCH (service)-[:MEETS|OF_TYPE]->(what)
  WHERE meets_in.key = what.number + ' ' + area.code
}
DELETE meets_in
"""

SET_MEETS_IN: LiteralString = """
MATCH (service:Service)-[:SERVES]->(area:Area)
WHERE area.kind <> 'COUNTRY' OR service.reach = 'AREA'
MATCH (service)-[:MEETS|OF_TYPE]->(what)
WITH DISTINCT service, area, what
MERGE (service)-[meets_in:MEETS_IN {key: what.number + ' ' + area.code}]->(area)
WITH meets_in, CASE WHEN service.reach = 'AREA' AND area.point IS NOT NULL
  THEN point({x: area.point.longitude, y: area.point.latitude, z: what.number})
END AS cell
WHERE coalesce(meets_in.cell <> cell, meets_in.cell IS NOT NULL OR cell IS NOT NULL)
SET meets_in.cell = cell
"""


async def refresh_reach(transaction: AsyncManagedTransaction) -> None:
    """Derive the index anew, where the facts say something else than it does."""
    for change in (
        NUMBER_NEEDS,
        NUMBER_TYPES,
        SET_CELLS,
        CLEAR_MEETS_IN,
        SET_MEETS_IN,
    ):
        await (await transaction.run(change)).consume()
