"""The main question in Cypher by hand, as a team would put it behind @neo4j/graphql's `@cypher`.

It is our finder's own search (graph_model/candidates.py), so that both gain whenever it does. What our finder judges in
Python of what it has read (whether a service runs, whether its contract is live, whether the hub lets people through)
is judged here in Cypher, in short: enough for the same options in the same order, with the same verdict of each criterion
and whether it is open now, without a word of why.
"""

from __future__ import annotations

from typing import LiteralString

from bench.peers.ready import PEERS
from graph_model.candidates import (
    AROUND,
    BEST,
    EXACT,
    OWN,
    REST,
    WIDE,
    looking,
)
from graph_model.referrals import MARGIN, SPARE, WANTED_BY

OPTIONS: LiteralString = """
MATCH (directory:Directory)
MATCH (place:Area {code: $asked.place})
MATCH (needed:Need {code: $asked.need})
WITH directory.as_of AS as_of, place.point AS here,
     COLLECT { MATCH (place)-[:WITHIN*0..4]->(area) RETURN DISTINCT area } AS around,
     <wanted> AS wanted, [] AS registered, null AS too_far
WITH *, COLLECT {
  UNWIND around AS area
  MATCH (area)<-[:RESPONSIBLE_FOR]-()-[:SUCCEEDED_BY*0..8]->()-[ranks:RANKS]->(type)
  RETURN [type.number, ranks.rank] AS ranked_type
} AS own_ranks
WITH *, own_ranks + COLLECT {
  MATCH (type:ServiceType)
  WHERE type.rank >= 1 AND none(each IN own_ranks WHERE each[0] = type.number)
  RETURN [type.number, type.rank] AS ranked_type
} AS ranked
<search>
UNWIND options AS candidate
WITH *, candidate.service AS service, candidate.key AS key,
  datetime({date: as_of, time: localtime.transaction('Europe/London'), timezone: 'Europe/London'})
    AS at
WITH *, service.facts AS facts, coalesce(service.serving, []) AS serving,
  COLLECT {
    MATCH (contract:Contract)-[:PROCURES]->(service)
    WHERE coalesce(as_of < contract.end, true)
    WITH contract, CASE
      WHEN NOT contract.status IN ['LIVE', 'VARIED'] OR as_of < contract.start THEN 2
      WHEN contract.start_precision = 'MONTH'
        AND as_of < contract.start + duration('P1M') - duration('P1D') THEN 1
      WHEN contract.end IS NULL AND NOT EXISTS {
        MATCH (contract)-[word:STATED_BY]->() WHERE word.on >= as_of - duration('P3Y')
      } THEN 1
      ELSE 0
    END AS doubt
    RETURN [doubt, contract] AS judged ORDER BY doubt, contract.start DESC, contract.slug
  } AS contracts,
  EXISTS {
    MATCH (service)-[word:STATED_BY]->() WHERE word.on >= as_of - duration('P3Y')
  } AS vouched_for,
  CASE
    WHEN service.capacity IS NULL OR at < service.capacity_updated_at THEN 'UNKNOWN'
    WHEN at < service.capacity_resets_at
      THEN CASE service.capacity WHEN 'RED' THEN 'FAIL' ELSE 'PASS' END
    WHEN date(coalesce(service.capacity_resets_at, service.capacity_updated_at)) = as_of
      THEN 'PASS'
    ELSE 'UNKNOWN'
  END AS capacity
WITH *,
  CASE
    WHEN service.status <> 'ACTIVE' THEN 'FAIL'
    WHEN service.closed IS NULL AND NOT vouched_for THEN 'UNKNOWN'
    ELSE 'PASS'
  END AS active,
  CASE
    WHEN any(each IN serving WHERE each IN limited_here + open_here) THEN 'PASS'
    WHEN any(each IN serving WHERE each IN unknown_here) THEN 'UNKNOWN'
    WHEN any(each IN serving WHERE each % 8 = 3) THEN 'PASS'
    ELSE 'UNKNOWN'
  END AS area,
  CASE
    WHEN service.accepts = 'ANYONE' OR facts[3] < 131070 AND facts[3] / $asked.role % 2 = 1
      THEN 'PASS'
    WHEN facts[4] = 1 AND EXISTS {
      MATCH (service)<-[:REFERS_ON_TO]-(hub)-[:SERVES]->(area) WHERE area IN around
    } THEN 'PASS'
    WHEN service.accepts IS NULL THEN 'UNKNOWN'
    ELSE 'FAIL'
  END AS referrer,
  CASE
    WHEN NOT EXISTS { (service)<-[:PROCURES]-() } THEN 'UNKNOWN'
    WHEN contracts = [] AND EXISTS { (service)<-[:COMMISSIONS]-() } THEN 'UNKNOWN'
    ELSE ['PASS', 'UNKNOWN', 'FAIL'][coalesce(contracts[0][0], 2)]
  END AS contracted
WHERE NOT 'FAIL' IN [active, referrer, contracted, capacity]
WITH *, contracts[0][1] AS contract, [
  key[0], key[1],
  key[2] + CASE WHEN referrer = 'UNKNOWN' AND facts[4] = 1 THEN 1 ELSE 0 END
    + CASE WHEN contracted = 'UNKNOWN' AND facts[6] > 0 THEN 1 ELSE 0 END,
  key[3], key[4], key[5], key[6], key[7],
  key[8] + CASE WHEN capacity = 'UNKNOWN' AND service.capacity IS NOT NULL THEN 1 ELSE 0 END,
  key[9]
] AS key
ORDER BY key, service.slug LIMIT toInteger($asked.first)
WITH *, <open now> AS open_now
RETURN {
  distance_km: CASE service.reach WHEN 'PLACE' THEN round(key[9] / 1000, 2) END,
  open: {open_now: open_now},
  criteria: [
    {kind: 'ACTIVE', verdict: active},
    {kind: 'NEED', verdict: CASE key[0] WHEN 1 THEN 'UNKNOWN' ELSE 'PASS' END},
    {kind: 'DISTANCE', verdict: 'PASS'},
    {kind: 'AREA', verdict: area},
    {kind: 'AGE', verdict: CASE facts[0] WHEN 131070 THEN 'UNKNOWN' ELSE 'PASS' END},
    {kind: 'SEX', verdict: CASE facts[2] WHEN 131070 THEN 'UNKNOWN' ELSE 'PASS' END},
    {kind: 'REFERRER', verdict: referrer},
    {kind: 'GP_PRACTICE', verdict: CASE facts[5] WHEN 0 THEN 'PASS' ELSE 'UNKNOWN' END},
    {kind: 'OPENING', verdict: CASE
      WHEN facts[7] % 3 = 2 AND vouched_for THEN 'PASS' ELSE 'UNKNOWN' END},
    {kind: 'CAPACITY', verdict: capacity},
    {kind: 'CONTRACT', verdict: contracted}
  ],
  service: service {
    .slug, .name, .status, .telephone,
    type: head([(service)-[:OF_TYPE]->(type) | type {.code, .name}]),
    provider: head([(provider)-[:PROVIDES]->(service) | provider {.slug, .name}]),
    location: head([(service)-[:DELIVERED_AT]->(location) | location {.name, .postcode}])
  },
  contract: contract {
    .slug, .title, .status, .start, .end,
    commissioners: COLLECT {
      MATCH (organisation)-[commissions:COMMISSIONS]->(contract)
      RETURN {
        organisation: organisation {.slug, name: coalesce(
          [(organisation)-[was:WAS]->(state)
            WHERE coalesce(was.from <= as_of, true) AND as_of < was.to | state.name][0],
          organisation.name)},
        lead: commissions.lead
      }
      ORDER BY commissions.lead DESC, organisation.slug
    }
  }
} AS option
"""

# Of an ordinary day: of the lines for a day that for its date counts, else that which began last. A session past midnight
# belongs to the day before.
OPEN_NOW: LiteralString = """CASE
  WHEN facts[7] % 3 = 0 OR NOT vouched_for THEN null
  WHEN facts[7] % 3 = 2 THEN true
  ELSE EXISTS {
    UNWIND [0, 1] AS ago
    WITH ago, as_of - duration({days: ago}) AS day, substring(toString(localtime(at)), 0, 5) AS now,
      {MONDAY: 1, TUESDAY: 2, WEDNESDAY: 3, THURSDAY: 4, FRIDAY: 5, SATURDAY: 6, SUNDAY: 7}
        AS week
    UNWIND service.opening AS line
    WITH ago, day, now, week, line, split(split(line, ' ')[0], '-') AS days,
      split(split(line, ' from ')[1], ' to ') AS period
    WHERE line STARTS WITH toString(day)
      OR week[days[0]] <= day.dayOfWeek <= week[days[-1]]
        AND coalesce(period[0] <= toString(day), true)
        AND coalesce(toString(day) < period[1], true)
    WITH ago, now, line
    ORDER BY line STARTS WITH toString(day) DESC, coalesce(period[0], '') DESC
    WITH ago, now, head(collect(line)) AS line
    WITH ago, now, split(split(line, ' from ')[0], ' to ')[0] AS told
    UNWIND split(substring(told, size(split(told, ' ')[0]) + 1), ', ') AS session
    WITH ago, now, split(session, '-') AS bounds
    WITH ago, now, bounds[0] AS opens, bounds[1] AS closes
    WHERE opens <> 'CLOSED' AND CASE ago
      WHEN 0 THEN opens <= now AND (now < closes OR closes <= opens)
      ELSE closes <= opens AND now < closes
    END
    RETURN opens
  }
END"""

TYPES = '''
type Option {
  distance_km: Float
  open: OptionOpenState!
  criteria: [OptionCriterion!]!
  service: OptionService!
  contract: OptionContract
}

type OptionOpenState {
  open_now: Boolean
}

type OptionCriterion {
  kind: String!
  verdict: String!
}

type OptionService {
  slug: String!
  name: String!
  status: String!
  telephone: String
  type: OptionType!
  provider: OptionOrganisation
  location: OptionLocation
}

type OptionType {
  code: String!
  name: String!
}

type OptionLocation {
  name: String
  postcode: String
}

type OptionOrganisation {
  slug: String!
  name: String!
}

type OptionContract {
  slug: String!
  title: String!
  status: String!
  start: Date
  end: Date
  commissioners: [OptionCommissioner!]!
}

type OptionCommissioner {
  organisation: OptionOrganisation!
  lead: Boolean!
}

type Query {
  referralOptions(
    place: String!, need: String!, age_days: Int!, sex: Int!, role: Int!
    within_m: Float!, first: Int!
  ): [Option!]! @cypher(statement: """<statement>""", columnName: "option")
}
'''

# What our finder gives as parameters, and the hand that writes Cypher as constants.
CONSTANTS = {
    "$asked.most": f"(toInteger($first) + {MARGIN})",
    "$asked.enough": f"(toInteger($first) + {SPARE})",
    "$asked.first": "$first",
    "$asked.sex": "toInteger($sex)",
    "$asked.role": "toInteger($role)",
    "$asked.time_asked": "false",
    "$asked.gp_practice": "null",
    "$asked.home_visit": "false",
    "$asked.": "$",
}


def schema() -> str:
    """The directory's labels, and the main question beside what the library makes of them."""
    statement: str = (
        OPTIONS.replace("<wanted>", WANTED_BY["need"])
        .replace("<open now>", OPEN_NOW)
        .replace(
            "<search>",
            looking(AROUND + EXACT + WIDE + REST + OWN + BEST).replace(
                "<meets>", "MEETS"
            ),
        )
    )
    for given, constant in CONSTANTS.items():
        statement = statement.replace(given, constant)
    labels = (PEERS / "schema.graphql").read_text(encoding="utf-8")
    return labels + TYPES.replace("<statement>", statement)
