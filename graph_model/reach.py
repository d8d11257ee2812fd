"""The finder's index: where each need, and each type of service, is met, and by whom for whom.

It is derived from facts of the graph, and set anew in the transaction that changes them:

- `Need.number` and `ServiceType.number` number them, each number once.
- `MEETS.cell` and `OF_TYPE.cell` of a service that stands somewhere is the point (longitude, latitude,
  number). One point index over it finds what is needed and near in one step. `based` is the same of what comes to people and has
  a place of its own, which only a search for places asks for.
- `(:Service)-[:MEETS_IN {number}]->(:Area)` says that the service meets the need of a number, or is of the type
  of that number, for people of an area; its number is 100,000 times that number and the area's. It is there for what comes to
  people, which has a `cell` here, at the point of the area; and for what is for people of a part of the country only.
  All else that stands somewhere is found by where it stands.
- `Area.number` numbers the areas that services serve. `Service.serving` holds a number for each area that it serves:
  eight times the area's, and one of RULES; nothing where none is stated. `Service.facts` are whole numbers, whose places
  `FACTS` names: what a search needs to know of a hundred services to pick ten. MEETS, OF_TYPE and MEETS_IN have
  both too, since a search comes by these; twelve numbers below 2^17 fit into the store's record of a relationship.
- `Service.point` is its location's.
- `placed` of a need and a type is how many services that stand somewhere meet it; `types` are the numbers of the
  types of all services that do.
- `Service.number` numbers the services from 1, each number once and for as long as the service is there: systems that know the
  DoS know a service by a number.
- `Organisation.renamed` is true for one with an earlier state.

In a cell the numbers lie far apart and the map is small (schema.cypher gives the index's extents), so that the
index's curve runs through the map of one number after the other (ADR 19).
"""

from collections.abc import Sequence
from typing import LiteralString

from neo4j import AsyncManagedTransaction

from graph_model.ledgers import refresh_ledgers
from graph_model.matching.case import ROLES
from graph_model.service_cards import refresh_cards

# The places of `Service.facts`.
FACTS = (
    "min_age_days",  # NOT_KNOWN where no source says for which ages it is
    "max_age_days",  # ANY where it takes all ages
    "sexes",  # one bit for each of SEXES; NOT_KNOWN where no source says
    "accepts",  # one bit for each of ROLES; ANY, NOT_KNOWN
    "referred_on_to",  # 1 where another service refers on to it
    "practices",  # 0 for patients of any GP practice, 1 of certain ones, 2 not known
    "contracts",  # 0 where none procures it, else the day on which the last has surely ended; ANY
    "opening",  # 0 where no source says when it is open, 2 where day and night, else 1; QUIET more
    "opened",  # days since 1900; 0 where not known
    "closed",  # days since 1900; where not known, 65,536 more than the last day it is vouched for
    "type",  # the number of its type
    "comes",  # 1 where it comes to people or is reached by telephone, 0 where it stands somewhere
)
ANY = 2**17 - 1
NOT_KNOWN = ANY - 1
NO_LIMIT = NOT_KNOWN - 1  # of ages that have a lower one
LAST_DAY = 2**16 - 1  # in 2079
QUIET = 3  # where nobody has ever said how busy it is
# How a service serves an area; LIMITED to a whole country is ALL.
RULES = {"LIMITED": 1, "OPEN": 2, "PROMOTED": 3, "UNKNOWN": 4, "ALL": 5}
SEXES = ("FEMALE", "MALE", "INDETERMINATE")


def bit_of(value: str | None, values: Sequence[str]) -> int | None:
    """The bit by which `Service.facts` knows one of several values."""
    return None if value is None else 2 ** values.index(value)


# Needs are numbered from 1, types from 1001: an area's key holds either.
NUMBER_NEEDS: LiteralString = """
MATCH (need:Need)
WITH coalesce(max(need.number), 0) AS last
CALL () {
  MATCH (new:Need) WHERE new.number IS NULL
  WITH new ORDER BY new.code
  RETURN collect(new) AS fresh
}
UNWIND range(0, size(fresh) - 1) AS position
WITH last + 1 + position AS number, fresh[position] AS need
SET need.number = number
"""

NUMBER_TYPES: LiteralString = """
MATCH (service_type:ServiceType)
WITH coalesce(max(service_type.number), 1000) AS last
CALL () {
  MATCH (new:ServiceType) WHERE new.number IS NULL
  WITH new ORDER BY new.code
  RETURN collect(new) AS fresh
}
UNWIND range(0, size(fresh) - 1) AS position
WITH last + 1 + position AS number, fresh[position] AS service_type
SET service_type.number = number
"""

NUMBER_AREAS: LiteralString = """
MATCH (area:Area)
WITH coalesce(max(area.number), 0) AS last
CALL () {
  MATCH (new:Area)<-[:SERVES]-() WHERE new.number IS NULL
  WITH DISTINCT new ORDER BY new.code
  RETURN collect(new) AS fresh
}
UNWIND range(0, size(fresh) - 1) AS position
WITH last + 1 + position AS number, fresh[position] AS area
SET area.number = number
"""

NUMBER_SERVICES: LiteralString = """
MATCH (service:Service)
WITH coalesce(max(service.number), 0) AS last
CALL () {
  MATCH (new:Service) WHERE new.number IS NULL
  WITH new ORDER BY new.slug
  RETURN collect(new) AS fresh
}
UNWIND range(0, size(fresh) - 1) AS position
WITH last + 1 + position AS number, fresh[position] AS service
SET service.number = number
"""

SET_CELLS: LiteralString = """
MATCH (service:Service)-[met:MEETS|OF_TYPE]->(what)
WITH met, what, service.reach = 'PLACE' AS stands, head(COLLECT {
  MATCH (service)-[:DELIVERED_AT]->(location:Location) RETURN location.point
}) AS there
WITH met, stands, CASE WHEN there IS NOT NULL
  THEN point({x: there.longitude, y: there.latitude, z: what.number})
END AS place
WITH met, CASE WHEN stands THEN place END AS cell, CASE WHEN NOT stands THEN place END AS based
WHERE coalesce(met.cell <> cell, met.cell IS NOT NULL OR cell IS NOT NULL)
  OR coalesce(met.based <> based, met.based IS NOT NULL OR based IS NOT NULL)
SET met.cell = cell, met.based = based
"""

# How many services that stand somewhere meet a need, and of which types all are that do.
SET_PLACED: LiteralString = """
MATCH (what:Need|ServiceType)
CALL (what) {
  OPTIONAL MATCH (what)<-[met:MEETS|OF_TYPE]-(service)
  OPTIONAL MATCH (service)-[:OF_TYPE]->(type)
  WITH type.number AS number, count(met.cell) AS placed ORDER BY number
  RETURN sum(placed) AS placed, collect(number) AS types
}
WITH what, placed, types
WHERE coalesce(what.placed <> placed, true) OR coalesce(what.types <> types, true)
SET what.placed = placed, what.types = types
"""

# What is no longer so goes first.
CLEAR_MEETS_IN: LiteralString = """
MATCH (service:Service)-[meets_in:MEETS_IN]->(area)
WHERE NOT EXISTS {
  MATCH (service)-[serves:SERVES]->(area)
  WHERE service.reach = 'AREA' OR serves.rule = 'LIMITED' AND area.kind <> 'COUNTRY'
  MATCH (service)-[:MEETS|OF_TYPE]->(what)
  WHERE meets_in.number = 100000 * what.number + area.number
}
DELETE meets_in
"""

SET_MEETS_IN: LiteralString = """
MATCH (service:Service)-[serves:SERVES]->(area:Area)
WHERE service.reach = 'AREA' OR serves.rule = 'LIMITED' AND area.kind <> 'COUNTRY'
MATCH (service)-[:MEETS|OF_TYPE]->(what)
WITH DISTINCT service, area, what
MERGE (service)-[meets_in:MEETS_IN {number: 100000 * what.number + area.number}]->(area)
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
WITH service, [
  CASE WHEN service.ages IS NULL THEN 131070 ELSE coalesce(service.min_age_days, 0) END,
  CASE WHEN service.ages = 'LIMITED' THEN coalesce(service.max_age_days, 131069)
    ELSE 131071 END,
  CASE WHEN service.sexes IS NULL THEN 131070 ELSE reduce(
    bits = 0, sex IN service.sexes | bits + CASE sex
      WHEN 'FEMALE' THEN 1 WHEN 'MALE' THEN 2 ELSE 4 END)
  END,
  CASE
    WHEN service.accepts = 'ANYONE' THEN 131071
    WHEN service.accepts IS NULL THEN 131070
    ELSE reduce(
      bits = 0,
      role IN COLLECT { MATCH (service)-[:ACCEPTS_FROM]->(role) RETURN role.code } |
      bits + reduce(bit = 0, place IN range(0, size($asked.roles) - 1) |
        bit + CASE $asked.roles[place] WHEN role THEN toInteger(2 ^ place) ELSE 0 END))
  END,
  CASE WHEN EXISTS { (service)<-[:REFERS_ON_TO]-() } THEN 1 ELSE 0 END,
  CASE service.gp_registration WHEN 'ANY' THEN 0 WHEN 'LISTED' THEN 1 ELSE 2 END,
  CASE
    WHEN NOT EXISTS { (service)<-[:PROCURES]-() } THEN 0
    WHEN EXISTS { (service)<-[:COMMISSIONS]-() } THEN 131071
    ELSE head(COLLECT {
      MATCH (service)<-[:PROCURES]-(contract)
      WITH duration.inDays(date('1900-01-01'), CASE contract.end_precision
        WHEN 'YEAR' THEN date({year: contract.end.year + 1})
        WHEN 'MONTH' THEN date.truncate('month', contract.end) + duration('P1M')
        ELSE contract.end
      END).days AS ended
      RETURN max(CASE WHEN ended < 65535 THEN ended ELSE 131071 END)
    })
  END,
  CASE
    WHEN size(coalesce(service.opening, [])) = 0 THEN 0
    WHEN service.opening = ['OPEN_ALL_HOURS'] THEN 2
    ELSE 1
  END + CASE WHEN service.capacity IS NULL THEN 3 ELSE 0 END,
  coalesce(duration.inDays(date('1900-01-01'), service.opened).days, 0),
  head(COLLECT {
    OPTIONAL MATCH (service)-[word:STATED_BY]->()
    WITH max(word.on) AS last
    WITH duration.inDays(
      date('1900-01-01'), coalesce(service.closed, last + duration('P3Y'))).days AS day
    RETURN CASE WHEN service.closed IS NULL THEN 65536 ELSE 0 END
      + CASE WHEN day < 65535 THEN day ELSE 65535 END
  }),
  coalesce(head([(service)-[:OF_TYPE]->(type) | type.number]), 0),
  CASE service.reach WHEN 'AREA' THEN 1 ELSE 0 END
] AS facts, COLLECT {
  MATCH (service)-[serves:SERVES]->(area)
  WITH area, CASE
    WHEN serves.rule = 'LIMITED' AND area.kind = 'COUNTRY' THEN 'ALL'
    ELSE serves.rule
  END AS rule
  RETURN 8 * area.number + $asked.rules[rule] AS number ORDER BY number
} AS areas, CASE service.reach WHEN 'PLACE' THEN head(COLLECT {
  MATCH (service)-[:DELIVERED_AT]->(location:Location) RETURN location.point
}) END AS point
WITH service, facts, point, CASE areas WHEN [] THEN null ELSE areas END AS serving
WHERE coalesce(service.facts <> facts, true)
  OR coalesce(service.serving <> serving, (service.serving IS NULL) <> (serving IS NULL))
  OR coalesce(service.point <> point, (service.point IS NULL) <> (point IS NULL))
SET service.point = point, service.serving = serving, service.facts = facts
"""

TELL_RELATIONSHIPS: LiteralString = """
MATCH (service:Service)-[met:MEETS|OF_TYPE|MEETS_IN]->()
WHERE coalesce(met.facts <> service.facts, true)
  OR coalesce(
    met.serving <> service.serving, (met.serving IS NULL) <> (service.serving IS NULL))
SET met.facts = service.facts, met.serving = service.serving
"""


async def refresh_reach(transaction: AsyncManagedTransaction) -> None:
    """Derive the index anew, the services' cards and the commissioners' ledgers, where the facts say something else than these do."""
    for change in (
        NUMBER_NEEDS,
        NUMBER_TYPES,
        NUMBER_AREAS,
        NUMBER_SERVICES,
        SET_CELLS,
        SET_PLACED,
        CLEAR_MEETS_IN,
        SET_MEETS_IN,
        SET_RENAMED,
    ):
        await (await transaction.run(change)).consume()
    asked = {"roles": list(ROLES), "rules": RULES}
    await (await transaction.run(SET_FACTS, asked=asked)).consume()
    await (await transaction.run(TELL_RELATIONSHIPS)).consume()
    await refresh_cards(transaction)
    await refresh_ledgers(transaction)
