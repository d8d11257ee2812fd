"""The finder's index: where each need, and each type of service, is met, and by whom for whom.

It is derived from facts of the graph, and set anew in the transaction that changes them:

- `Need.number` and `ServiceType.number` number them, each number once.
- `MEETS.cell` and `OF_TYPE.cell` of a service that stands somewhere is the point (longitude, latitude,
  number). One point index over it finds what is needed and near in one step.
- `(:Service)-[:MEETS_IN {key}]->(:Area)` says that the service meets the need of a number, or is of the type
  of that number, for people of an area; the key is `"number area-code"`. Whole countries are left out, but for
  what comes to people: a service that stands somewhere is found by where it stands. What comes to people has a
  `cell` here, at the point of the area.
- `Service.point` is its location's. `Service.serving` holds a text for each area that it serves, `"LIMITED
  E38000038"`; a service for all of a country has `"ALL E92000001"` there. `Service.facts` are whole numbers, whose
  places `FACTS` names: what a search needs to know of a hundred services to pick ten.
- `Organisation.renamed` is true for one with an earlier state.

In a cell the numbers lie far apart and the map is small (schema.cypher gives the index's extents), so that the
index's curve runs through the map of one number after the other (ADR 19).
"""

from collections.abc import Sequence
from typing import LiteralString

from neo4j import AsyncManagedTransaction

from graph_model.ledgers import refresh_ledgers
from graph_model.matching.case import ROLES

# The places of `Service.facts`.
FACTS = (
    "min_age_days",  # NOT_KNOWN where no source says for which ages it is
    "max_age_days",  # EVERYBODY where it takes all ages
    "sexes",  # one bit for each of SEXES; NOT_KNOWN where no source says
    "accepts",  # one bit for each of ROLES; EVERYBODY, NOT_KNOWN
    "referred_on_to",  # 1 where another service refers on to it
    "practices",  # 0 for patients of any GP practice, 1 of certain ones, 2 not known
    "contracts",  # how many procure it
    "opening",  # 0 where no source says when it is open, 2 where day and night, else 1
    "opened",  # days since 1970; -EVERYBODY where not known
    "closed",  # days since 1970; EVERYBODY where not known
    "type",  # the number of its type
)
NOT_KNOWN = -1
EVERYBODY = 1_000_000
SEXES = ("FEMALE", "MALE", "INDETERMINATE")


def bit_of(value: str | None, values: Sequence[str]) -> int | None:
    """The bit by which `Service.facts` knows one of several values."""
    return None if value is None else 2 ** values.index(value)


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


# Hardly any organisation has: whoever reads a hundred need not look along all that they provide.
SET_RENAMED: LiteralString = """
MATCH (organisation:Organisation)
WITH organisation, EXISTS { (organisation)-[:WAS]->() } AS renamed
WHERE coalesce(organisation.renamed, false) <> renamed
SET organisation.renamed = CASE WHEN renamed THEN true END
"""

SET_FACTS: LiteralString = """
MATCH (service:Service)
WHERE $asked.all OR service.facts IS NULL
WITH service LIMIT $asked.most
WITH service, [
  CASE WHEN service.ages IS NULL THEN -1 ELSE coalesce(service.min_age_days, 0) END,
  CASE WHEN service.ages = 'LIMITED' THEN coalesce(service.max_age_days, 999999)
    ELSE 1000000 END,
  CASE WHEN service.sexes IS NULL THEN -1 ELSE reduce(
    bits = 0, sex IN service.sexes | bits + CASE sex
      WHEN 'FEMALE' THEN 1 WHEN 'MALE' THEN 2 ELSE 4 END)
  END,
  CASE
    WHEN service.accepts = 'ANYONE' THEN 1000000
    WHEN service.accepts IS NULL THEN -1
    ELSE reduce(
      bits = 0,
      role IN COLLECT { MATCH (service)-[:ACCEPTS_FROM]->(role) RETURN role.code } |
      bits + reduce(bit = 0, place IN range(0, size($asked.roles) - 1) |
        bit + CASE $asked.roles[place] WHEN role THEN toInteger(2 ^ place) ELSE 0 END))
  END,
  CASE WHEN EXISTS { (service)<-[:REFERS_ON_TO]-() } THEN 1 ELSE 0 END,
  CASE service.gp_registration WHEN 'ANY' THEN 0 WHEN 'LISTED' THEN 1 ELSE 2 END,
  COUNT { (service)<-[:PROCURES]-() },
  CASE
    WHEN size(coalesce(service.opening, [])) = 0 THEN 0
    WHEN service.opening = ['OPEN_ALL_HOURS'] THEN 2
    ELSE 1
  END,
  coalesce(duration.inDays(date('1970-01-01'), service.opened).days, -1000000),
  coalesce(duration.inDays(date('1970-01-01'), service.closed).days, 1000000),
  coalesce(head([(service)-[:OF_TYPE]->(type) | type.number]), 0)
] AS facts, COLLECT {
  MATCH (service)-[serves:SERVES]->(area)
  WITH area, CASE
    WHEN serves.rule = 'LIMITED' AND area.kind = 'COUNTRY' THEN 'ALL'
    ELSE serves.rule
  END AS rule
  RETURN rule + ' ' + area.code AS text ORDER BY text
} AS serving, CASE service.reach WHEN 'PLACE' THEN head(COLLECT {
  MATCH (service)-[:DELIVERED_AT]->(location:Location) RETURN location.point
}) END AS point
WHERE coalesce(service.facts <> facts, true) OR coalesce(service.serving <> serving, true)
  OR coalesce(service.point <> point, (service.point IS NULL) <> (point IS NULL))
SET service.point = point, service.serving = serving, service.facts = facts
RETURN count(*) AS row
"""


async def refresh_reach(transaction: AsyncManagedTransaction) -> None:
    """Derive the index anew, and the commissioners' ledgers, where the facts say something else than these do."""
    for change in (
        NUMBER_NEEDS,
        NUMBER_TYPES,
        SET_CELLS,
        CLEAR_MEETS_IN,
        SET_MEETS_IN,
        SET_RENAMED,
    ):
        await (await transaction.run(change)).consume()
    await set_facts(transaction, all_of_them=True, most=EVERYTHING)
    await refresh_ledgers(transaction)


# More services than a directory has.
EVERYTHING = 2**31


async def set_facts(
    transaction: AsyncManagedTransaction, *, all_of_them: bool, most: int
) -> int:
    """Derive what a search needs to know of each service; returns how many had changed.

    Of a service without any yet only, unless it is `all_of_them`, and of `most` at once.
    """
    asked = {"all": all_of_them, "most": most, "roles": list(ROLES)}
    result = await transaction.run(SET_FACTS, asked=asked)
    return (await result.single(strict=True))["row"]
