"""Which services a case is judged against: the ways to them, so that no farther one is missed.

The order of an answer (graph_model/matching/ranking.py) puts what is known to fit before what may fit, and the near before the
far. Four searches together find what can come first:

- LOCAL: what is for people of a part of the country around the place, or of the person's registration, by the
  index of areas;
- OWN: what is for the patients of the person's own practice, by the index of practices;
- NEAR: what stands near, in growing rings: only what is of the best kind, for exactly the need, open to
  anybody here, and without doubt so far; where types have ranks, which come before distance, nothing;
- WIDE: only where NEAR finds too few of these, everything within the distance.

A fifth, MISSES, finds what may fail exactly one criterion, nearest first.

What can be judged from stored facts is judged here first, in `weight`: 100 for each criterion that surely fails, 1 for each that
is surely not known. The rest (opening hours, the way to refer, contracts) is judged in Python, and can only add to
it. So `key`, the part of the order that is known here, is never above a candidate's final place in the order, and what was cut
off at a limit cannot come before what was found below that limit (ADR 19).
"""

from itertools import pairwise
from typing import LiteralString, cast

# The rings in which to look, in kilometres; the last is the distance asked for.
RINGS_KM = (2.0, 6.0, 20.0)

# What is told once of the day and the place: the rules by which a service may serve it
# (`Service.serving`).
AROUND: LiteralString = """
WITH *, duration.inDays(date('1970-01-01'), as_of).days AS today,
     [area IN around WHERE area.code IS NOT NULL | area.code] AS codes
WITH *, [code IN codes + registered | 'LIMITED ' + code] AS limited_here,
     [code IN codes | 'OPEN ' + code] + [code IN codes | 'ALL ' + code] AS open_here,
     [code IN codes | 'PROMOTED ' + code] AS promoted_here,
     [code IN codes | 'UNKNOWN ' + code] AS unknown_here
"""

# Half a box in degrees around a circle of `outer` metres; a degree of Neo4j's sphere has 111.32 km.
BOX: LiteralString = """
WITH *, outer / 111000.0 AS north
WITH *, north / cos(radians(abs(here.latitude) + north)) AS east
"""
BETWEEN: LiteralString = """point.withinBBox(
  met.cell,
  point({x: here.longitude - east, y: here.latitude - north, z: need.number}),
  point({x: here.longitude + east, y: here.latitude + north, z: need.number})
)"""
METRES: LiteralString = (
    "point.distance(point({longitude: met.cell.x, latitude: met.cell.y}), here)"
)

WEIGH: LiteralString = """
WITH *, service.facts AS facts, service.serving AS serving
WHERE <runs>
WITH *,
  CASE
    WHEN any(each IN serving WHERE each IN limited_here) THEN 1
    WHEN any(each IN serving WHERE each IN open_here + promoted_here) THEN 2
    WHEN any(each IN serving WHERE each STARTS WITH 'PROMOTED') THEN 4
    ELSE 3
  END AS area_rule
WITH *,
  CASE
    WHEN facts[5] = 1 AND $asked.gp_practice IN service.gp_practices THEN 0
    ELSE area_rule
  END AS rule,
  CASE
    WHEN size(ranked) = 0 THEN 11
    ELSE coalesce(head([each IN ranked WHERE each[0] = facts[10] | each[1]]), 11)
  END AS rank,
  CASE
    WHEN service.reach = 'PLACE' AND ($asked.home_visit OR metres >= too_far) THEN 1
    ELSE 0
  END AS against,
  CASE WHEN facts[5] = 2 OR facts[5] = 1 AND $asked.gp_practice IS NULL THEN 1 ELSE 0 END
    AS unsaid,
  CASE
    WHEN area_rule < 3 THEN 0
    WHEN any(each IN serving WHERE each IN unknown_here) THEN 1
    WHEN any(each IN serving WHERE each STARTS WITH 'LIMITED' OR each STARTS WITH 'ALL')
      THEN 100
    WHEN area_rule = 4 THEN 0
    ELSE 1
  END
  + CASE
    WHEN facts[1] = 1000000 AND facts[0] >= 0 THEN 0
    WHEN facts[0] < 0 OR $asked.age_days IS NULL THEN 1
    WHEN facts[0] <= $asked.age_days <= facts[1] THEN 0
    ELSE 100
  END
  + CASE
    WHEN facts[2] = 7 THEN 0
    WHEN facts[2] < 0 OR $asked.sex IS NULL THEN 1
    WHEN facts[2] / $asked.sex % 2 = 1 THEN 0
    ELSE 100
  END
  + CASE
    WHEN facts[3] = 1000000 OR facts[4] = 1 THEN 0
    WHEN facts[3] < 0 OR $asked.role IS NULL THEN 1
    WHEN facts[3] / $asked.role % 2 = 1 THEN 0
    ELSE 100
  END
  + CASE
    WHEN facts[5] = 1 AND NOT $asked.gp_practice IN service.gp_practices THEN 100
    WHEN facts[5] = 1 AND $asked.gp_practice IS NULL THEN 1
    ELSE 0
  END
  + CASE facts[6] WHEN 0 THEN 1 ELSE 0 END
  + CASE match WHEN 2 THEN 1 ELSE 0 END AS weight,
  CASE WHEN $asked.time_asked AND facts[7] = 0 THEN 1 ELSE 0 END AS closed
WHERE true"""

# What the order is known by here, the most important first.
KEY: LiteralString = """[
  CASE match WHEN 2 THEN 1 ELSE 0 END, against, weight % 100, match, closed, rank, rule,
  toInteger(metres / 1000), unsaid, metres
]"""
CANDIDATE: LiteralString = "{service: service, weight: weight, key: <key>}"

# It runs on the day; and it is of the one type that a question may be limited to.
RUNS: LiteralString = "facts[8] <= today < facts[9]"
OF_ONE_TYPE: LiteralString = "facts[10] = only_type"

# What weighing needs besides the service, its distance in metres, and its match.
CARRIED: LiteralString = "as_of, today, limited_here, open_here, promoted_here, unknown_here, ranked, too_far"

# What may fail a criterion that is judged in Python: then it may be a near miss.
MAY_FAIL: LiteralString = """(
  $asked.time_asked AND facts[7] = 1
  OR facts[4] = 1 AND $asked.role IS NOT NULL AND facts[3] < 1000000
  OR service.capacity IS NOT NULL
  OR EXISTS {
    MATCH (service)<-[:PROCURES]-(contract)
    WHERE NOT coalesce(contract.start <= as_of, false)
      OR as_of >= contract.end OR NOT contract.status IN ['LIVE', 'VARIED']
  }
)"""

# The areas' index gives what comes to people here, and what is for people of a part of the country.
LOCAL: LiteralString = """CALL (*) {
  WITH *, COLLECT {
    UNWIND wanted AS need
    UNWIND codes + registered AS code
    RETURN DISTINCT need.number + ' ' + code
  } AS keys
  MATCH (service)-[met:MEETS_IN]->()
  WHERE met.key IN keys
  WITH <carried>, here, service, min(head([
      need IN wanted WHERE met.key STARTS WITH need.number + ' ' | need.match
    ])) AS match
  WITH *, CASE service.reach
    WHEN 'AREA' THEN 0.0 ELSE point.distance(service.point, here)
  END AS metres
  WHERE metres <= $asked.within_m
  <weigh>
  WITH *, <candidate> AS candidate
  ORDER BY candidate.key, service.slug
  RETURN collect(CASE WHEN weight < 100 THEN candidate END)[..$asked.most] AS at_hand,
    collect(CASE
      WHEN metres = 0.0 AND (weight >= 100 AND weight < 200 OR weight < 100 AND <may_fail>)
      THEN candidate
    END)[..$asked.most_misses] AS missed_at_hand
}
"""

# What is for the patients of the person's own practice stands before all else of its rank.
OWN: LiteralString = """CALL (*) {
  WITH * WHERE $asked.gp_practice IS NOT NULL
  CALL db.index.fulltext.queryNodes('services_by_gp_practice', $asked.gp_practice)
  YIELD node AS service
  MATCH (service)-[:<meets>]->(need)
  WITH *, head([each IN wanted WHERE each.number = need.number | each.match]) AS level
  WHERE level IS NOT NULL
  WITH <carried>, here, service, min(level) AS match
  WITH *, CASE service.reach
    WHEN 'AREA' THEN 0.0 ELSE point.distance(service.point, here)
  END AS metres
  WHERE metres <= $asked.within_m
  <weigh>
  AND weight < 100
  RETURN collect(<candidate>) AS own
}
"""

NEAR: LiteralString = """CALL (*) {
  UNWIND CASE WHEN ranked = [] THEN $asked.rings ELSE [] END AS ring
  CALL (*) {
    WITH *, ring[0] AS inner, ring[1] AS outer, 0 AS match
    <box>
    UNWIND [each IN wanted WHERE each.match = 0] AS need
    MATCH (service)-[met:<meets>]->()
    WHERE <between>
    WITH *, <metres> AS metres
    WHERE inner < metres <= outer
    <weigh>
    AND weight = 0 AND closed = 0 AND rule = 2 AND against = 0
    WITH service, <candidate> AS candidate
    ORDER BY candidate.key, service.slug LIMIT $asked.most
    RETURN candidate
  }
  WITH candidate LIMIT $asked.most
  RETURN collect(candidate) AS near
}
"""

WIDE: LiteralString = """CALL (*) {
  WITH * WHERE size(near) < $asked.enough
  WITH *, $asked.within_m AS outer
  <box>
  UNWIND wanted AS need
  MATCH (service)-[met:<meets>]->()
  WHERE <between>
  WITH <carried>, service, <metres> AS metres, min(need.match) AS match
  WHERE metres <= $asked.within_m
  <weigh>
  AND weight < 100
  WITH *, <candidate> AS candidate
  ORDER BY candidate.key, service.slug LIMIT $asked.most
  RETURN collect(candidate) AS wide
}
"""

# What stands elsewhere may still be for people of here, and what is for people of elsewhere is not: the
# reader is told why.
MISSES: LiteralString = """CALL (*) {
  UNWIND CASE $asked.most_misses WHEN 0 THEN [] ELSE $asked.rings_of_misses END AS ring
  CALL (*) {
    WITH *, ring[0] AS inner, ring[1] AS outer
    <box>
    UNWIND wanted AS need
    CALL (need, here, north, east) {
      MATCH (service)-[met:<meets>]->()
      WHERE <between>
      RETURN service, <metres> AS metres
    UNION
      MATCH (service)-[met:MEETS_IN]->()
      WHERE <between>
      RETURN service, <metres> AS metres
    }
    WITH <carried>, inner, outer, service, min(metres) AS metres, min(need.match) AS match
    WHERE inner < metres <= outer
    <weigh>
    WITH *, weight / 100
      + CASE WHEN service.reach = 'PLACE' AND metres > $asked.within_m THEN 1 ELSE 0 END
      AS fails
    WHERE (fails = 1 OR fails = 0 AND <may_fail>)
      AND (service.reach = 'PLACE' OR none(each IN serving
        WHERE each IN limited_here + open_here + promoted_here + unknown_here))
    WITH service, metres, <candidate> AS candidate
    ORDER BY metres, service.slug LIMIT $asked.most_misses
    RETURN candidate
  }
  WITH candidate LIMIT $asked.most_misses
  RETURN collect(candidate) AS misses
}
"""

# The best of the searches; what more than one found is there once.
BEST: LiteralString = """CALL (at_hand, own, near, wide) {
  UNWIND at_hand + own + near + wide AS candidate
  WITH DISTINCT candidate.service AS service, candidate.key AS key
  ORDER BY key, service.slug LIMIT $asked.most
  RETURN collect({service: service, key: key}) AS options
}
"""

# A need is met by MEETS, a type by OF_TYPE.
MEETS_BY: dict[str, LiteralString] = {"need": "MEETS", "type": "OF_TYPE"}


def candidates_by(kind: str, *, of_one_type: bool = False) -> LiteralString:
    """The searches for a need, or for a type; they take `as_of`, `here`, `around`, `wanted`,
    `registered`, `ranked` and `too_far`.

    `wanted` are maps of `number` and `match` (0 exact, 1 broader, 2 narrower), `registered` the codes of the
    areas of the person's registration, `ranked` pairs of a type's number and its rank, `too_far` a distance in metres. Gives `options`, the best that
    may fit, and `missed_at_hand` and `misses`, what may be a near miss, each in its order. `near` and `wide`
    tell how far the search has gone. With `of_one_type` they also take `only_type`, the number of the only type that counts.
    """
    searches: LiteralString = AROUND + LOCAL + OWN + NEAR + WIDE + BEST + MISSES
    found = looking(searches.replace("<meets>", MEETS_BY[kind]))
    if not of_one_type:
        return found
    carried = found.replace(CARRIED, f"{CARRIED}, only_type")
    return carried.replace(RUNS, f"{RUNS} AND {OF_ONE_TYPE}")


def looking(cypher: LiteralString) -> LiteralString:
    """A question with the parts that say how to look around a place."""
    text: str = cypher
    for token, part in {
        "<candidate>": CANDIDATE,
        "<key>": KEY,
        "<weigh>": WEIGH,
        "<carried>": CARRIED,
        "<may_fail>": MAY_FAIL,
        "<runs>": RUNS,
        "<box>": BOX,
        "<between>": BETWEEN,
        "<metres>": METRES,
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
