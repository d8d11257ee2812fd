"""Which services a case is judged against: the ways to them, so that no farther one is missed.

The order of an answer (graph_model/matching/ranking.py) puts what meets the whole need before what meets a part, what is known
to fit before what may fit, what is for exactly the need before the broader, and only then the near before the far.
The searches follow it:

- EXACT: what is for exactly the need: by the index of areas what comes to people here and what is only for people
  of here, or of the person's registration; and by the index of places what stands near;
- WIDE: the rest of the distance, unless EXACT found enough of the best kind (exactly the need, nothing in doubt, a type of
  the best rank), which nothing that stands farther away can come before;
- REST: what is for broader needs, and then for narrower ones, unless enough is known to fit that is for exactly the need;
- OWN: what is for the patients of the person's own practice, by the index of practices.

How near `near` is follows from how many services meet the need (`near_m`), so that EXACT looks at about as many of
them in a small directory as in a large one. A fifth search, MISSES, finds what may fail exactly one criterion, nearest first.

What can be judged from stored facts is judged here first, in `weight`: 100 for each criterion that surely fails, 1 for each that
is surely not known. The rest (opening hours, the way to refer, contracts) is judged in Python, and can only add to
it. So `key`, the part of the order that is known here, is never above a candidate's final place in the order, and what was cut
off at a limit, or not looked for (`unread`), cannot come before what was found below that limit (ADR 19).
"""

from itertools import pairwise
from typing import LiteralString, cast

# The rings in which to look for departments and near misses, in kilometres; the last is the distance asked for.
RINGS_KM = (2.0, 6.0, 20.0)

# What is told once of the day and the place: the rules by which a service may serve it
# (`Service.serving`), and of the need: how near EXACT looks, and the best rank of a type that meets it. Within `near_m`
# about 120 services with the need stand, where the land is three times as dense with them as England's
# 130,000 square kilometres are: people live in towns.
AROUND: LiteralString = """
WITH *, duration.inDays(date('1900-01-01'), as_of).days AS today,
     [area IN around WHERE area.number IS NOT NULL | area.number] AS areas,
     [need IN wanted WHERE need.match = 0] AS exact,
     $asked.age_days AS age, $asked.sex AS sex, $asked.role AS role
WITH *, [area IN areas + registered | 8 * area + 1] AS limited_here,
     [area IN areas | 8 * area + 2] + [area IN areas | 8 * area + 5]
       + [area IN areas | 8 * area + 3] AS open_here,
     [area IN areas | 8 * area + 4] AS unknown_here,
     reduce(placed = 1, need IN exact | placed + need.placed) AS placed,
     reduce(types = [], need IN exact | types + need.types) AS types
WITH *, CASE
    WHEN 1287000.0 < $asked.within_m * sqrt(placed) THEN 1287000.0 / sqrt(placed)
    ELSE $asked.within_m
  END AS near_m,
  CASE
    WHEN ranked = [] THEN 11
    ELSE reduce(best = 11, each IN ranked |
      CASE WHEN each[1] < best AND each[0] IN types THEN each[1] ELSE best END)
  END AS best_rank
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
BASED_BETWEEN: LiteralString = cast(
    LiteralString, BETWEEN.replace("met.cell", "met.based")
)
METRES: LiteralString = (
    "point.distance(point({longitude: met.cell.x, latitude: met.cell.y}), here)"
)
# What comes to people is at hand; what is only for people of here stands somewhere.
METRES_AT_HAND: LiteralString = """CASE met.facts[11]
  WHEN 1 THEN 0.0 ELSE point.distance(service.point, here) END"""

# Whether nothing that is cheap to judge fails: most services here need no more.
FITS: LiteralString = """<runs>
  AND (facts[6] = 0 OR today < facts[6])
  AND (facts[0] = 131070 OR age IS NULL OR facts[1] = 131071 OR facts[0] <= age <= facts[1])
  AND (facts[2] = 7 OR facts[2] = 131070 OR sex IS NULL OR facts[2] / sex % 2 = 1)
  AND (facts[3] >= 131070 OR facts[4] = 1 OR role IS NULL OR facts[3] / role % 2 = 1)"""

WEIGH: LiteralString = """
WITH *,
  CASE
    WHEN any(each IN serving WHERE each IN limited_here) THEN 1
    WHEN any(each IN serving WHERE each IN open_here) THEN 2
    WHEN any(each IN serving WHERE each % 8 = 3) THEN 4
    ELSE 3
  END AS area_rule
WITH *,
  CASE
    WHEN facts[5] = 1 AND $asked.gp_practice IN service.gp_practices THEN 0
    ELSE area_rule
  END AS rule,
  CASE
    WHEN facts[11] = 0 AND ($asked.home_visit OR metres >= too_far) THEN 1
    ELSE 0
  END AS against,
  CASE WHEN facts[5] = 2 OR facts[5] = 1 AND $asked.gp_practice IS NULL THEN 1 ELSE 0 END
    + facts[7] / 3 AS unsaid,
  CASE
    WHEN area_rule < 3 THEN 0
    WHEN any(each IN serving WHERE each IN unknown_here) THEN 1
    WHEN any(each IN serving WHERE each % 8 = 1 OR each % 8 = 5) THEN 100
    WHEN area_rule = 4 THEN 0
    ELSE 1
  END
  + CASE
    WHEN facts[1] = 131071 AND facts[0] <> 131070 THEN 0
    WHEN facts[0] = 131070 OR age IS NULL THEN 1
    WHEN facts[0] <= age <= facts[1] THEN 0
    ELSE 100
  END
  + CASE
    WHEN facts[2] = 7 THEN 0
    WHEN facts[2] = 131070 OR sex IS NULL THEN 1
    WHEN facts[2] / sex % 2 = 1 THEN 0
    ELSE 100
  END
  + CASE
    WHEN facts[3] = 131071 OR facts[4] = 1 THEN 0
    WHEN facts[3] = 131070 OR role IS NULL THEN 1
    WHEN facts[3] / role % 2 = 1 THEN 0
    ELSE 100
  END
  + CASE
    WHEN facts[5] = 1 AND NOT $asked.gp_practice IN service.gp_practices THEN 100
    WHEN facts[5] = 1 AND $asked.gp_practice IS NULL THEN 1
    ELSE 0
  END
  + CASE WHEN facts[6] = 0 THEN 1 WHEN facts[6] <= today THEN 100 ELSE 0 END
  + CASE WHEN 65536 <= facts[9] < 65536 + today THEN 1 ELSE 0 END
  + CASE match WHEN 2 THEN 1 ELSE 0 END AS weight,
  CASE WHEN $asked.time_asked AND facts[7] % 3 = 0 THEN 1 ELSE 0 END AS closed
WHERE true"""

# What the order is known by here, the most important first.
KEY: LiteralString = """[
  CASE match WHEN 2 THEN 1 ELSE 0 END, against, weight % 100, match, closed,
  CASE
    WHEN ranked = [] THEN 11
    ELSE coalesce(head([each IN ranked WHERE each[0] = facts[10] | each[1]]), 11)
  END,
  rule, toInteger(metres / 1000), unsaid, metres
]"""

# It runs on the day; and it is of the one type that a question may be limited to.
RUNS: LiteralString = "facts[8] <= today AND (today < facts[9] OR facts[9] > 65535)"
OF_ONE_TYPE: LiteralString = "facts[10] = only_type"

# What a search judges: a service `met` at some metres, by what its relationship says of it.
TOLD: LiteralString = "WITH *, met.facts AS facts, coalesce(met.serving, []) AS serving"

# The best of what was met, each service once, by its least key.
BEST_OF: LiteralString = """
    <weigh>
    AND weight < 100
    WITH service, min(<key>) AS key
    ORDER BY key, service.slug LIMIT toInteger($asked.most)"""

# What may fail a criterion that is judged in Python: then it may be a near miss.
MAY_FAIL: LiteralString = """(
  $asked.time_asked AND facts[7] % 3 = 1
  OR facts[4] = 1 AND role IS NOT NULL AND facts[3] < 131070
  OR facts[7] < 3
  OR EXISTS {
    MATCH (service)<-[:PROCURES]-(contract)
    WHERE NOT coalesce(contract.start <= as_of, false)
      OR as_of >= contract.end OR NOT contract.status IN ['LIVE', 'VARIED']
  }
)"""

# The areas' index, and what stands around within `outer` metres, for the needs in `sought`.
BY_AREA_AND_PLACE: LiteralString = """
    <box>
    CALL (*) {
      UNWIND sought AS need
      UNWIND areas + registered AS area
      MATCH (service)-[met:MEETS_IN]->()
      WHERE met.number = 100000 * need.number + area
      WITH *, <metres at hand> AS metres
      WHERE metres <= $asked.within_m
      RETURN service, met, metres, need.match AS match
    UNION ALL
      UNWIND sought AS need
      MATCH (service)-[met:<meets>]->()
      WHERE <between>
      WITH *, <metres> AS metres
      WHERE metres <= outer
      RETURN service, met, metres, need.match AS match
    }
    <told>
    WHERE <fits>
"""

EXACT: LiteralString = """CALL (*) {
  WITH *, near_m AS outer, exact AS sought
  <by area and place>
  <best of>
  RETURN collect({service: service, key: key}) AS nearest
}
WITH *, size([each IN nearest
  WHERE each.key[..6] = [0, 0, 0, 0, 0, best_rank] AND each.key[6] <= 2]) < $asked.enough
  AND near_m < $asked.within_m AS look_wide
"""

WIDE: LiteralString = """CALL (*) {
  WITH * WHERE look_wide
  WITH *, $asked.within_m AS outer
  <box>
  UNWIND exact AS need
  MATCH (service)-[met:<meets>]->()
  WHERE <between>
  WITH *, <metres> AS metres, 0 AS match
  <told>
  WHERE near_m < metres <= outer AND <fits>
  <best of>
  RETURN collect({service: service, key: key}) AS wide
}
WITH *, size([each IN nearest + wide WHERE each.key[..4] = [0, 0, 0, 0]]) < $asked.enough
  AND size(wanted) > size(exact) AS look_further
"""

REST: LiteralString = """CALL (*) {
  WITH * WHERE look_further
  UNWIND CASE WHEN size(nearest) + size(wide) < $asked.most THEN [1, 2] ELSE [1] END
    AS level
  CALL (*) {
    WITH *, $asked.within_m AS outer, [need IN wanted WHERE need.match = level] AS sought
    <by area and place>
    <best of>
    RETURN service, key
  }
  WITH service, key LIMIT toInteger($asked.most)
  RETURN collect({service: service, key: key}) AS rest
}
"""

# What is for the patients of the person's own practice stands before all else of its rank.
OWN: LiteralString = """CALL (*) {
  WITH * WHERE $asked.gp_practice IS NOT NULL
  CALL db.index.fulltext.queryNodes('services_by_gp_practice', $asked.gp_practice)
  YIELD node AS service
  MATCH (service)-[met:<meets>]->(need)
  WITH *, head([each IN wanted WHERE each.number = need.number | each.match]) AS match
  WHERE match IS NOT NULL
  WITH *, <metres at hand> AS metres
  <told>
  WHERE metres <= $asked.within_m AND <fits>
  <best of>
  RETURN collect({service: service, key: key}) AS own
}
"""

# What may fail one criterion, of what comes to people here.
MISSED_AT_HAND: LiteralString = """CALL (*) {
  WITH * WHERE $asked.most_misses > 0
  UNWIND wanted AS need
  UNWIND areas + registered AS area
  MATCH (service)-[met:MEETS_IN]->()
  WHERE met.number = 100000 * need.number + area
  WITH *, 0.0 AS metres, need.match AS match
  <told>
  WHERE facts[11] = 1 AND <runs>
  <weigh>
  AND (weight >= 100 AND weight < 200 OR weight < 100 AND <may fail>)
  WITH service, min(<key>) AS key
  ORDER BY key, service.slug LIMIT toInteger($asked.most_misses)
  RETURN collect({service: service, key: key}) AS missed_at_hand
}
"""

# What stands elsewhere may still be for people of here, and what is for people of elsewhere is not: the
# reader is told why.
MISSES: LiteralString = """CALL (*) {
  UNWIND CASE $asked.most_misses WHEN 0 THEN [] ELSE $asked.rings_of_misses END AS ring
  CALL (*) {
    WITH *, ring[0] AS inner, ring[1] AS outer
    <box>
    CALL (*) {
      UNWIND wanted AS need
      MATCH (service)-[met:<meets>]->()
      WHERE <between>
      RETURN service, met, <metres> AS metres, need.match AS match
    UNION ALL
      UNWIND wanted AS need
      MATCH (service)-[met:MEETS_IN]->()
      WHERE <between>
      RETURN service, met, <metres> AS metres, need.match AS match
    }
    <told>
    WHERE inner < metres <= outer AND <runs>
    <weigh>
    WITH *, weight / 100
      + CASE WHEN facts[11] = 0 AND metres > $asked.within_m THEN 1 ELSE 0 END AS fails
    WHERE (fails = 1 OR fails = 0 AND <may fail>)
      AND (facts[11] = 0 OR none(each IN serving
        WHERE each IN limited_here + open_here + unknown_here))
    WITH service, min(metres) AS metres, min(<key>) AS key
    ORDER BY metres, service.slug LIMIT toInteger($asked.most_misses)
    RETURN service, key
  }
  WITH service, key LIMIT toInteger($asked.most_misses)
  RETURN collect({service: service, key: key}) AS misses
}
"""

# The best of the searches, what more than one found once; and the least keys of what was not looked for.
BEST: LiteralString = """CALL (nearest, wide, rest, own) {
  UNWIND nearest + wide + rest + own AS found
  WITH found.service AS service, min(found.key) AS key
  ORDER BY key, service.slug LIMIT toInteger($asked.most)
  RETURN collect({service: service, key: key}) AS options
}
WITH *, CASE WHEN look_wide OR near_m >= $asked.within_m THEN [] ELSE [
    [0, 0, 0, 0, 0, best_rank, 2, toInteger(near_m / 1000), 0, near_m]
  ] END
  + CASE WHEN look_further OR size(wanted) = size(exact) THEN [] ELSE [
    [0, 0, 0, 1, 0, 0, 0, 0, 0, 0.0]
  ] END AS unread
"""

# A need is met by MEETS, a type by OF_TYPE.
MEETS_BY: dict[str, LiteralString] = {"need": "MEETS", "type": "OF_TYPE"}


def candidates_by(kind: str, *, of_one_type: bool = False) -> LiteralString:
    """The searches for a need, or for a type; they take `as_of`, `here`, `around`, `wanted`, `registered`, `ranked` and `too_far`.

    `wanted` are maps of `number`, `match` (0 exact, 1 broader, 2 narrower), `placed` and `types` (graph_model/reach.py),
    `registered` the numbers of the areas of the person's registration, `ranked` pairs of a type's number and its rank,
    `too_far` a distance in metres. Gives `options`, the best that may fit, `missed_at_hand` and `misses`, what may be a near
    miss, each in its order, and `unread`, the least keys of what was not looked for. With `of_one_type` they also take
    `only_type`, the number of the only type that counts.
    """
    searches: LiteralString = (
        AROUND + EXACT + WIDE + REST + OWN + BEST + MISSED_AT_HAND + MISSES
    )
    found = looking(searches).replace("<meets>", MEETS_BY[kind])
    if not of_one_type:
        return found
    return found.replace(RUNS, f"{RUNS} AND {OF_ONE_TYPE}")


def looking(cypher: LiteralString) -> LiteralString:
    """A question with the parts that say how to look around a place."""
    text: str = cypher
    for token, part in {
        "<by area and place>": BY_AREA_AND_PLACE,
        "<best of>": BEST_OF,
        "<weigh>": WEIGH,
        "<key>": KEY,
        "<may fail>": MAY_FAIL,
        "<told>": TOLD,
        "<fits>": FITS,
        "<runs>": RUNS,
        "<box>": BOX,
        "<between>": BETWEEN,
        "<based between>": BASED_BETWEEN,
        "<metres at hand>": METRES_AT_HAND,
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
