"""What commissioners have bought, for whom, on a day: Cypher that coverage and impact share.

`<provision>` expects `as_of`, `buyers` (organisations), `related` (the needs and types of service that
count; null: all) and `ending` (contracts that are taken to end), and gives `members`, for each buyer it and the
organisations that were merged into it by the day, and `provision`, for each buyer:

- `groups`: its services by what they are for, whom they serve and how sure that is. A group is a list:
  code, is it a type of service, verdict, verdict without the contracts that end, areas served with their rules
  and kinds, whether it refers on to others and others to it, youngest age, oldest age, sexes, least and most `[provider, contract]`, least and most
  `[contract, provider]`, slugs of services, slugs of contracts. A verdict is 2 where a live contract is known and the
  service is known to run, 1 where either is unknown, 0 where there is none left.
- `areas`: the areas for whose people it commissions, with what they lie within and the sectors that they
  divide into, as far as services are for parts of it.
- `complete`: the needs for which a source states that the directory holds all that it commissions.

What was bought by organisations that were merged into a buyer by the day is the buyer's (ADR 17). Lists, not
maps: a matrix of 200 commissioners has 100,000 of them.
"""

from typing import LiteralString

# Services shown of one group; whoever wants all of them asks for the services of the commissioner.
MOST_SHOWN = 20

PROVISION: LiteralString = """
CALL (as_of, buyers, related, ending) {
  UNWIND range(0, size(buyers) - 1) AS position
  WITH as_of, related, ending, position, buyers[position] AS buyer
  CALL (as_of, buyer) {
    MATCH way = (member:Organisation)-[:SUCCEEDED_BY*0..8]->(buyer)
    WHERE <way led to the day>
    WITH member, max(CASE WHEN <way is the only one> THEN 2 ELSE 1 END) AS passed
    RETURN collect([member, passed]) AS members
  }
  CALL (as_of, related, ending, members) {
    CALL (as_of, related, ending, members) {
      UNWIND members AS each
      WITH as_of, related, ending, each[0] AS member, each[1] AS passed
      CALL (as_of, ending, member) {
        MATCH (member)-[:COMMISSIONS]->(contract:Contract)
        WITH as_of, ending, contract, <live contract> AS live
        WHERE live > 0
        MATCH (contract)-[:PROCURES]->(service:Service)
        RETURN service, contract, live, contract IN ending AS ends
      UNION ALL
        MATCH (member)-[:COMMISSIONS]->(service:Service)
        RETURN service, null AS contract, 1 AS live, false AS ends
      }
      WITH as_of, related, service, contract, ends,
           CASE WHEN passed < live THEN passed ELSE live END AS live
      // Where little is asked for, most services need no look at all.
      WHERE related IS NULL OR size(related) > 40
        OR EXISTS { (service)-[:<what it is for>]->(what) WHERE what IN related }
      // `related` is no part of what is grouped: it would be hashed for every service.
      RETURN service,
           max(live) AS live, max(CASE WHEN ends THEN 0 ELSE live END) AS left,
           max(CASE WHEN contract IS NOT NULL THEN [live, contract.slug] END)[1] AS under,
           collect(DISTINCT contract.slug) AS contracts
    }
    WITH as_of, related, service, live, left, under, contracts,
         CASE
           WHEN <service is plain> THEN <plain service runs>
           ELSE CASE <status of service from opened to closed as CLOSED>
             WHEN 'ACTIVE' THEN 2 WHEN 'UNKNOWN' THEN 1 ELSE 0 END
         END AS runs
    WHERE runs > 0
    WITH related, service, under, contracts,
         CASE WHEN runs < live THEN runs ELSE live END AS verdict,
         CASE WHEN runs < left THEN runs ELSE left END AS verdict_left,
         COLLECT {
           MATCH (service)-[serves:SERVES]->(area:Area)
           RETURN [area.code, serves.rule, area.kind] ORDER BY area.code
         } AS serves,
         EXISTS { (service)-[:REFERS_ON_TO]->() } AS passes_on,
         EXISTS { (service)<-[:REFERS_ON_TO]-() } AS passed_to,
         coalesce(head(COLLECT {
           MATCH (provider:Organisation)-[provides:PROVIDES]->(service)
           WHERE <provides in force>
           RETURN provider.slug ORDER BY provider.slug LIMIT 1
         }), head(COLLECT {
           MATCH (provider:Organisation)-[:HOLDS]->(:Contract {slug: under})
           RETURN provider.slug ORDER BY provider.slug LIMIT 1
         })) AS provider
    MATCH (service)-[:<what it is for>]->(what)
    WHERE related IS NULL OR what IN related
    WITH what, verdict, verdict_left, serves, passes_on, passed_to,
         service.min_age_days AS youngest, service.max_age_days AS oldest,
         service.sexes AS sexes,
         min(CASE WHEN provider IS NOT NULL THEN [provider, under] END) AS first_provider,
         max(CASE WHEN provider IS NOT NULL THEN [provider, under] END) AS last_provider,
         min(CASE WHEN provider IS NOT NULL THEN [under, provider] END) AS first_contract,
         max(CASE WHEN provider IS NOT NULL THEN [under, provider] END) AS last_contract,
         collect(CASE WHEN $asked.listed THEN service.slug END)[..$asked.most_shown]
           AS slugs,
         collect(CASE WHEN $asked.listed THEN contracts END)[..$asked.most_shown]
           AS contracts
    RETURN collect([
      what.code, what:ServiceType, verdict, verdict_left, serves, passes_on, passed_to,
      youngest, oldest, sexes, first_provider, last_provider, first_contract, last_contract,
      slugs, reduce(all = [], some IN contracts | all + some)
    ]) AS groups
  }
  WITH as_of, position, buyer, members, groups,
       reduce(codes = [], group IN groups | CASE
         WHEN group[4] = [] OR group[4] IN codes THEN codes ELSE codes + [group[4]]
       END) AS served
  CALL (as_of, buyer, members, served) {
    UNWIND members AS each
    WITH as_of, buyer, served, each[0] AS member, each[1] AS passed
    MATCH (member)-[responsible:RESPONSIBLE_FOR]->(area:Area)
    WHERE coalesce(responsible.from <= as_of, true)
      AND coalesce(CASE WHEN member = buyer THEN as_of < responsible.to
        ELSE responsible.to >= member.closed END, true)
    WITH area, max(passed) AS passed,
         reduce(all = [], some IN served | all + some) AS reached
    WITH area, passed, reached, [area.code] + COLLECT {
      MATCH (area)-[:WITHIN*1..3]->(larger:Area) RETURN DISTINCT larger.code
    } AS around
    WITH area, passed, around, [each IN reached
      WHERE NOT each[0] IN around AND each[2] <> area.kind | each[0]] AS parts
    ORDER BY area.code
    RETURN collect([
      area.code, area.name, area.kind, passed, around,
      CASE WHEN parts = []
        THEN [[COLLECT {
          MATCH (area)<-[part:WITHIN]-(:Area {kind: 'SECTOR'})
          RETURN sum(part.postcodes)
        }[0], 1.0, []]]
        ELSE COLLECT {
          MATCH (area)<-[part:WITHIN]-(sector:Area {kind: 'SECTOR'})
          WITH part, sector ORDER BY sector.code
          RETURN [part.postcodes, part.share, COLLECT {
            MATCH inside = (sector)-[:WITHIN*0..3]->(larger:Area)
            WHERE larger.code IN parts
            RETURN [larger.code, larger.kind,
              reduce(share = 1.0, step IN relationships(inside) |
                share * coalesce(step.share, 1.0))]
          } + [district IN parts WHERE district = split(sector.code, ' ')[0] |
            [district, 'DISTRICT', 1.0]]]
        }
      END
    ]) AS areas
  }
  WITH position, [each IN members | each[0]] AS members, {
    slug: buyer.slug, groups: groups, areas: areas,
    there: coalesce(buyer.opened <= as_of, true) AND NOT <buyer gone>,
    complete: COLLECT {
      MATCH (buyer)-[complete:COMPLETE_FOR]->(need:Need)
      WHERE complete.as_of <= as_of AND as_of <= complete.as_of + duration('P3Y')
        AND coalesce(as_of < complete.to, true)
        AND EXISTS { MATCH (source:Source) WHERE source.slug = complete.source }
      RETURN [need.code, complete.as_of, complete.source, complete.locator,
        complete.certainty, complete.derived_from]
      ORDER BY need.code
    }
  } AS row ORDER BY position
  RETURN collect(row) AS provision, collect(members) AS members
}"""

# 2: in force; 1: nobody can tell; 0: not in force. A contract that was awarded may have begun on any
# day of the month that is stated for its start.
LIVE_CONTRACT: LiteralString = """CASE <status of contract from start to end as ENDED>
        WHEN 'LIVE' THEN 2
        WHEN 'VARIED' THEN 2
        WHEN 'UNKNOWN' THEN 1
        WHEN 'AWARDED' THEN CASE WHEN as_of >= contract.start THEN 1 ELSE 0 END
        ELSE 0
      END"""


# Nearly all services have run as they do for as long as anybody has spoken of them. For these the
# question of graph_model/cards.py what they were on the day comes down to one look at their sources.
PLAIN: LiteralString = """service.status = 'ACTIVE' AND service.closed IS NULL
             AND NOT EXISTS { (service)-[:WAS]->() }
             AND coalesce(service.opened <= as_of, true)
             AND coalesce(service.opened_precision, 'DAY') = 'DAY'"""
PLAIN_RUNS: LiteralString = """head(COLLECT {
             MATCH (service)-[word:STATED_BY]->()
             WITH min(word.on) AS first, max(word.on) AS last
             RETURN CASE
               WHEN as_of > last + duration('P3Y') THEN 1
               WHEN service.opened IS NULL
                 AND first >= date.truncate('month', as_of) + duration('P1M') THEN 1
               ELSE 2
             END
           })"""


def with_provision(question: LiteralString, what_for: LiteralString) -> LiteralString:
    """The question with `<provision>` in it, by what services are for: MEETS, OF_TYPE or both."""
    return (
        question.replace("<provision>", PROVISION)
        .replace("<live contract>", LIVE_CONTRACT)
        .replace("<service is plain>", PLAIN)
        .replace("<plain service runs>", PLAIN_RUNS)
        .replace("<what it is for>", what_for)
    )
