"""The main question in Cypher by hand, as a team would put it behind @neo4j/graphql's `@cypher`.

It is our finder's own search (graph_model/candidates.py), so that both gain whenever it does. What our finder judges in
Python of what it has read (whether a service runs, whether its contract is live, whether the hub lets people through)
is judged here in Cypher, in short: enough for the same options in the same order, without a word of why.
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
WITH as_of, around, candidate.service AS service, candidate.key AS key
WITH as_of, service, key, COLLECT {
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
  CASE
    WHEN service.status <> 'ACTIVE' THEN 100
    WHEN service.closed IS NULL AND NOT EXISTS {
      MATCH (service)-[word:STATED_BY]->() WHERE word.on >= as_of - duration('P3Y')
    } THEN 1
    ELSE 0
  END
  + CASE
    WHEN service.accepts = 'ANYONE' OR NOT EXISTS { (service)<-[:REFERS_ON_TO]-() }
      OR service.facts[3] / $asked.role % 2 = 1 OR EXISTS {
        MATCH (service)<-[:REFERS_ON_TO]-(hub)-[:SERVES]->(area) WHERE area IN around
      } THEN 0
    WHEN service.accepts IS NULL THEN 1
    ELSE 100
  END AS more, datetime({date: as_of, time: time()}) AS at
WITH as_of, service, contracts[0] AS contract, at, [
  key[0], key[1],
  key[2] + more + CASE
    WHEN NOT EXISTS { (service)<-[:PROCURES]-() } THEN 0
    WHEN contracts = [] AND NOT EXISTS { (service)<-[:COMMISSIONS]-() } THEN 100
    ELSE coalesce(contracts[0][0], 1)
  END,
  key[3], key[4], key[5], key[6], key[7],
  key[8] + CASE
    WHEN service.capacity IS NULL OR at < service.capacity_updated_at THEN 1
    WHEN at < service.capacity_resets_at THEN 0
    WHEN date(coalesce(service.capacity_resets_at, service.capacity_updated_at)) = as_of
      THEN 0
    ELSE 1
  END,
  key[9]
] AS key
WHERE key[2] < 100 AND coalesce(contract[0] < 2, true)
  AND NOT coalesce(service.capacity = 'RED'
    AND service.capacity_updated_at <= at < service.capacity_resets_at, false)
WITH as_of, service, contract[1] AS contract, key
ORDER BY key, service.slug LIMIT toInteger($asked.first)
RETURN {
  distance_km: CASE service.reach WHEN 'PLACE' THEN round(key[9] / 1000, 2) END,
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

TYPES = '''
type Option {
  distance_km: Float
  service: OptionService!
  contract: OptionContract
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
    statement: str = OPTIONS.replace("<wanted>", WANTED_BY["need"]).replace(
        "<search>",
        looking(AROUND + EXACT + WIDE + REST + OWN + BEST).replace("<meets>", "MEETS"),
    )
    for given, constant in CONSTANTS.items():
        statement = statement.replace(given, constant)
    labels = (PEERS / "schema.graphql").read_text(encoding="utf-8")
    return labels + TYPES.replace("<statement>", statement)
