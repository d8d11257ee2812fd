"""Which services a case is judged against: the ways to them, so that no farther one is missed.

The order of an answer (graph_model/matching/ranking.py) puts what is known to fit before what may fit, and the near before the
far. Four searches together find what can come first, best first:

- LOCAL: what is for people of a smaller area around the place, by the index of areas;
- OWN: what is for the patients of the person's own practice, by the index of practices;
- NEAR: what stands near, in growing rings: only what is of the best kind, for exactly the need, open to
  anybody here, and without doubt so far; where types have ranks, which come before distance, it looks for nothing;
- WIDE: only where NEAR finds too few of these, everything within the distance.

A fifth, MISSES, finds what may fail exactly one criterion, nearest first.

What can be judged from stored facts is judged here first, in `weight`: 100 for each criterion that surely fails, 1 for each that is surely
not known. The rest (opening hours, the way to refer, contracts) is judged in Python, and can only add to it. So
`key`, the part of the order that is known here, is never above a candidate's final place in the order, and
what was cut off at a limit cannot come before what was found below that limit (ADR 19).
"""

from itertools import pairwise
from typing import LiteralString, cast

# The rings in which NEAR looks, in kilometres; the last is the distance asked for.
RINGS_KM = (2.0, 6.0, 20.0)

# Half a box in degrees around a circle of $metres; a degree of Neo4j's sphere has 111.32 km.
BOX: LiteralString = """
WITH *, outer / 111000.0 AS north
WITH *, north / cos(radians(abs(here.latitude) + north)) AS east
"""
BETWEEN: LiteralString = """point.withinBBox(
  <cell>,
  point({x: here.longitude - east, y: here.latitude - north, z: need.number}),
  point({x: here.longitude + east, y: here.latitude + north, z: need.number})
)"""
METRES: LiteralString = (
    "point.distance(point({longitude: <cell>.x, latitude: <cell>.y}), here)"
)

WEIGH: LiteralString = """
WITH *, COLLECT {
  MATCH (service)-[serves:SERVES]->(area)
  RETURN CASE
    WHEN area IN registered AND serves.rule = 'LIMITED' THEN 'LIMITED HERE'
    WHEN NOT area IN around THEN serves.rule
    WHEN serves.rule = 'LIMITED' AND area.kind = 'COUNTRY' THEN 'ALL HERE'
    ELSE serves.rule + ' HERE'
  END
} AS rules
CALL (service, ranked) {
  WITH * WHERE size(ranked) > 0
  MATCH (service)-[:OF_TYPE]->(type)
  RETURN min(head([each IN ranked WHERE each[0] = type.code | each[1]])) AS rank
}
WITH *,
  CASE
    WHEN service.gp_registration = 'LISTED'
      AND $asked.gp_practice IN service.gp_practices THEN 0
    WHEN 'LIMITED HERE' IN rules THEN 1
    WHEN 'OPEN HERE' IN rules OR 'ALL HERE' IN rules OR 'PROMOTED HERE' IN rules THEN 2
    WHEN 'PROMOTED' IN rules THEN 4
    ELSE 3
  END AS rule,
  coalesce(rank, 11) AS rank,
  CASE
    WHEN service.reach = 'PLACE' AND ($asked.home_visit OR metres >= too_far) THEN 1
    ELSE 0
  END AS against,
  CASE WHEN service.capacity IS NULL THEN 1 ELSE 0 END
  + CASE
    WHEN service.gp_registration IS NULL
      OR service.gp_registration = 'LISTED' AND $asked.gp_practice IS NULL THEN 1
    ELSE 0
  END AS unsaid,
  CASE
    WHEN 'OPEN HERE' IN rules OR 'LIMITED HERE' IN rules OR 'ALL HERE' IN rules
      OR 'PROMOTED HERE' IN rules THEN 0
    WHEN 'UNKNOWN HERE' IN rules THEN 1
    WHEN 'LIMITED' IN rules THEN 100
    WHEN 'PROMOTED' IN rules THEN 0
    ELSE 1
  END
  + CASE
    WHEN service.ages = 'ALL' THEN 0
    WHEN service.ages IS NULL OR $asked.age_days IS NULL THEN 1
    WHEN $asked.age_days < service.min_age_days
      OR $asked.age_days > service.max_age_days THEN 100
    ELSE 0
  END
  + CASE
    WHEN size(service.sexes) = 3 THEN 0
    WHEN service.sexes IS NULL OR $asked.sex IS NULL THEN 1
    WHEN $asked.sex IN service.sexes THEN 0
    ELSE 100
  END
  + CASE
    WHEN service.accepts = 'ANYONE' THEN 0
    WHEN EXISTS {
      MATCH (service)-[:ACCEPTS_FROM]->(role) WHERE role.code = $asked.referrer
    } THEN 0
    WHEN EXISTS { (service)<-[:REFERS_ON_TO]-() } THEN 0
    WHEN service.accepts IS NULL OR $asked.referrer IS NULL THEN 1
    ELSE 100
  END
  + CASE
    WHEN service.gp_registration = 'LISTED'
      AND NOT $asked.gp_practice IN service.gp_practices THEN 100
    WHEN service.gp_registration = 'LISTED' AND $asked.gp_practice IS NULL THEN 1
    ELSE 0
  END
  + CASE WHEN EXISTS { (service)<-[:PROCURES]-() } THEN 0 ELSE 1 END
  + CASE WHEN match = 2 THEN 1 ELSE 0 END AS weight,
  CASE WHEN $asked.time_asked AND service.opening IS NULL THEN 1 ELSE 0 END AS closed
WHERE coalesce(service.opened <= as_of, true) AND coalesce(as_of < service.closed, true)
"""

# What the order is known by here, the most important first.
KEY: LiteralString = """[
  CASE WHEN match = 2 THEN 1 ELSE 0 END, against, weight % 100, match, closed, rank, rule,
  toInteger(metres / 1000), unsaid, metres
]"""
CANDIDATE: LiteralString = (
    "{service: service, match: match, metres: metres, weight: weight, key: <key>}"
)

# The areas' index gives what comes to people here, and what is for people of a part of the country.
LOCAL: LiteralString = """CALL (as_of, here, around, registered, ranked, too_far, wanted) {
  WITH *, COLLECT {
    UNWIND wanted AS need
    UNWIND around + registered AS area
    RETURN DISTINCT need.number + ' ' + area.code
  } AS keys
  MATCH (service:Service)-[meets_in:MEETS_IN]->()
  WHERE meets_in.key IN keys
  WITH as_of, here, around, registered, ranked, too_far, service, min(head([
    need IN wanted WHERE toString(need.number) = split(meets_in.key, ' ')[0] | need.match
  ])) AS match
  OPTIONAL MATCH (service)-[:DELIVERED_AT]->(location)
  WITH *, CASE service.reach
    WHEN 'AREA' THEN 0.0 ELSE point.distance(location.point, here)
  END AS metres
  WHERE metres <= $asked.within_m
  <weigh>
  WITH <candidate> AS candidate
  ORDER BY candidate.key, candidate.service.slug
  WITH collect(candidate) AS candidates
  WITH candidates, [each IN candidates WHERE each.weight < 100] AS fitting
  RETURN [each IN fitting WHERE each.service.reach = 'AREA']
    + [each IN fitting WHERE each.service.reach = 'PLACE'][..$asked.most] AS at_hand,
    [each IN candidates WHERE each.weight >= 100 AND each.weight < 200
      AND each.service.reach = 'AREA'][..$asked.most_misses] AS missed_at_hand
}
"""

# What is for the patients of the person's own practice stands before all else of its rank.
OWN: LiteralString = """CALL (as_of, here, around, registered, ranked, too_far, wanted) {
  WITH * WHERE $asked.gp_practice IS NOT NULL
  CALL db.index.fulltext.queryNodes('services_by_gp_practice', $asked.gp_practice)
  YIELD node AS service
  MATCH (service)-[:<meets>]->(need)
  WITH *, head([each IN wanted WHERE each.number = need.number | each.match]) AS level
  WHERE level IS NOT NULL
  WITH as_of, here, around, registered, ranked, too_far, service, min(level) AS match
  OPTIONAL MATCH (service)-[:DELIVERED_AT]->(location)
  WITH *, CASE service.reach
    WHEN 'AREA' THEN 0.0 ELSE point.distance(location.point, here)
  END AS metres
  WHERE metres <= $asked.within_m
  <weigh>
  AND weight < 100
  RETURN collect(<candidate>) AS own
}
"""

NEAR: LiteralString = """CALL (as_of, here, around, registered, ranked, too_far, wanted) {
  UNWIND CASE WHEN ranked = [] THEN $asked.rings ELSE [] END AS ring
  CALL (as_of, here, around, registered, ranked, too_far, wanted, ring) {
    WITH *, ring[0] AS inner, ring[1] AS outer, 0 AS match
    <box>
    UNWIND [each IN wanted WHERE each.match = 0] AS need
    MATCH (service:Service)-[met:<meets>]->()
    WHERE <between>
    WITH *, <metres> AS metres
    WHERE inner < metres <= outer
    <weigh>
    AND weight = 0 AND closed = 0 AND rule = 2 AND against = 0
    WITH DISTINCT service, metres, weight, closed, rank, rule, match, against, unsaid
    ORDER BY metres, service.slug LIMIT $asked.most
    RETURN <candidate> AS candidate
  }
  WITH candidate LIMIT $asked.most
  RETURN collect(candidate) AS near
}
"""

WIDE: LiteralString = """CALL (as_of, here, around, registered, ranked, too_far, wanted, near) {
  WITH * WHERE size(near) < $asked.most
  WITH *, $asked.within_m AS outer
  <box>
  UNWIND wanted AS need
  MATCH (service:Service)-[met:<meets>]->()
  WHERE <between>
  WITH as_of, around, registered, ranked, too_far, service, <metres> AS metres,
       min(need.match) AS match
  WHERE metres <= $asked.within_m
  <weigh>
  AND weight < 100
  WITH <candidate> AS candidate
  ORDER BY candidate.key, candidate.service.slug LIMIT $asked.most
  RETURN collect(candidate) AS wide
}
"""

# What stands elsewhere may still be for people of here, and what is for people of elsewhere, not: the reader
# is told why. Only what fails one thing, or may.
MISSES: LiteralString = """CALL (as_of, here, around, registered, ranked, too_far, wanted) {
  UNWIND $asked.rings_of_misses AS ring
  CALL (as_of, here, around, registered, ranked, too_far, wanted, ring) {
    WITH *, ring[0] AS inner, ring[1] AS outer
    <box>
    UNWIND wanted AS need
    CALL (need, here, north, east) {
      MATCH (service:Service)-[met:<meets>]->()
      WHERE <between>
      RETURN service, <metres> AS metres
    UNION
      MATCH (service:Service)-[met:MEETS_IN]->()
      WHERE <between>
      RETURN service, <metres> AS metres
    }
    WITH as_of, around, registered, ranked, too_far, inner, outer, service,
         min(metres) AS metres,
         min(need.match) AS match
    WHERE inner < metres <= outer
    <weigh>
    AND (service.reach = 'PLACE' OR none(each IN rules WHERE each ENDS WITH 'HERE'))
    WITH *, weight / 100
      + CASE WHEN service.reach = 'PLACE' AND metres > $asked.within_m THEN 1 ELSE 0 END
      AS fails
    WHERE fails = 1 OR fails = 0 AND (
      $asked.time_asked AND service.opening <> ['OPEN_ALL_HOURS']
      OR service.accepts = 'LISTED' AND $asked.referrer IS NOT NULL
      OR service.capacity IS NOT NULL
      OR EXISTS {
        MATCH (service)<-[:PROCURES]-(contract)
        WHERE NOT coalesce(contract.start <= as_of, false)
          OR as_of >= contract.end OR NOT contract.status IN ['LIVE', 'VARIED']
      })
    WITH service, metres, weight, closed, rank, rule, match, against, unsaid
    ORDER BY metres, service.slug LIMIT $asked.most_misses
    RETURN <candidate> AS candidate
  }
  WITH candidate LIMIT $asked.most_misses
  RETURN collect(candidate) AS misses
}
"""

# An index is asked for each number and ring; a need is met by MEETS, a type by OF_TYPE.
MEETS_BY: dict[str, LiteralString] = {"need": "MEETS", "type": "OF_TYPE"}


def candidates_by(kind: str) -> LiteralString:
    """The searches for a need, or for a type; each takes `as_of`, `here`, `around`, `registered`, `ranked`,
    `too_far` and `wanted`.

    `wanted` are maps of `number` and `match` (0 exact, 1 broader, 2 narrower). `registered` are the areas of
    the registration's commissioner, `ranked` pairs of a type's code and its lowest rank, `too_far` metres or null. Gives `at_hand`, `own`, `near`, `wide`,
    `missed_at_hand` and `misses`, lists of candidates, each in the order of its search.
    """
    searches: LiteralString = LOCAL + OWN + NEAR + WIDE + MISSES
    return looking(searches.replace("<meets>", MEETS_BY[kind]))


def looking(cypher: LiteralString) -> LiteralString:
    """A question with the parts that say how to look around a place."""
    text: str = cypher
    for token, part in {
        "<candidate>": CANDIDATE,
        "<key>": KEY,
        "<weigh>": WEIGH,
        "<box>": BOX,
        "<between>": BETWEEN,
        "<metres>": METRES,
        "<cell>": "met.cell",
    }.items():
        text = text.replace(token, part)
    return cast(LiteralString, text)  # constants of this module and of its callers


def rings(*bounds_m: float) -> list[list[float]]:
    """The rings around a place, each from above its inner to its outer bound in metres.

    They grow to the first of the bounds, and go on with the others. A place itself is 0 m away: the first
    ring begins below that.
    """
    within = [1000 * km for km in RINGS_KM if 1000 * km < bounds_m[0]]
    return [list(ring) for ring in pairwise([-1.0, *within, *bounds_m])]
