"""The question behind a plan: a pathway, a place, and what may take each step, in one round trip.

A step calls for a type of service and may name needs that the service must meet. Both make its *target*; steps with one
target share its search. The searches are those of the main question (graph_model/candidates.py), run for each target: by
the type where no need is named, else by the needs, among services of the type.
"""

from typing import Any, LiteralString, cast

from graph_model.candidates import candidates_by, looking
from graph_model.cards import compose
from graph_model.offered import OFFERED_SERVICES
from graph_model.places import PLACES_BY, with_place
from graph_model.referrals import DEPARTMENTS
from graph_model.responsibility import with_registration

# Of a step's targets, the one that counts is chosen in Python, where it is known whose the place is: here they are
# those of the pathway as published, and of whoever may be responsible.
PLAN: LiteralString = """
<as of>
<found place>
WITH directory, as_of, found, <here> AS here, <around> AS around, head(COLLECT {
  MATCH (pathway:Pathway {slug: $asked.slug})
  WHERE <pathway in force>
  RETURN pathway
  ORDER BY CASE pathway.status WHEN 'PUBLISHED' THEN 0 WHEN 'DRAFT' THEN 1 ELSE 2 END,
    pathway.version DESC LIMIT 1
}) AS pathway
WITH *, <commissioners> AS commissioners
WITH *, <registered> AS registered, <any ranks> AS any_ranks, COLLECT {
  UNWIND commissioners AS first
  MATCH (first)-[:SUCCEEDED_BY*0..8]->(own:Organisation)
  RETURN DISTINCT own
} AS buyers
WITH *, <ranked> AS ranked, null AS too_far, COLLECT {
  MATCH (pathway)-[:HAS_STEP]->(form:Step)
  RETURN form
UNION
  MATCH (pathway)-[:HAS_STEP]->()<-[:INSTEAD_OF]-(form:LocalStep)<-[:LOCALISES]-(own)
  WHERE own IN buyers
  RETURN form
} AS forms
WITH *, COLLECT {
  UNWIND forms AS form
  OPTIONAL MATCH (form)-[:INSTEAD_OF]->(base:Step)
  WITH CASE WHEN base IS NULL OR 'service_type' IN form.replaces THEN form ELSE base END
      AS by_type,
    CASE WHEN base IS NULL OR 'needs' IN form.replaces THEN form ELSE base END AS by_need
  MATCH (by_type)-[:CALLS_FOR]->(type:ServiceType)
  WITH type, COLLECT {
    MATCH (by_need)-[:FOR_NEED]->(need:Need) RETURN need ORDER BY need.code
  } AS needs
  WITH DISTINCT type, needs, reduce(key = type.code, need IN needs | key + ' ' + need.code)
    AS key
  WHERE $asked.only IS NULL OR key IN $asked.only
  RETURN {key: key, type: type, needs: needs}
} AS targets
CALL (*) {
  UNWIND targets AS target
  WITH * WHERE target.needs <> []
  WITH *, COLLECT {
    UNWIND target.needs AS needed
    MATCH (needed)-[:NARROWER_THAN*0..6]->(need:Need)
    RETURN {
      number: need.number, match: 0, name: need.name, code: need.code, needed: needed.code,
      placed: need.placed, types: [target.type.number]
    } AS wanted
  UNION
    UNWIND target.needs AS needed
    MATCH (needed)<-[:NARROWER_THAN*1..6]-(need:Need)
    RETURN {
      number: need.number, match: 2, name: need.name, code: need.code, needed: needed.code,
      placed: 0, types: []
    } AS wanted
  } AS wanted, target.type.number AS only_type
  <candidates by need>
  RETURN collect(<search>) AS by_need
}
CALL (*) {
  UNWIND targets AS target
  WITH * WHERE target.needs = []
  WITH *, [{
    number: target.type.number, match: 0,
    placed: target.type.placed, types: target.type.types
  }] AS wanted
  <candidates by type>
  RETURN collect(<search>) AS by_type
}
WITH *, by_need + by_type AS searches
WITH *, COLLECT {
  UNWIND searches AS search
  UNWIND search.options + search.missed_at_hand + search.misses AS each
  RETURN DISTINCT each.service
} AS candidates,
  null AS needed, any(target IN targets WHERE target.type.code = '105') AS always
<departments>
CALL (candidates) {
  UNWIND candidates AS service
  WITH service
  WHERE service.facts[4] = 1 AND coalesce(service.accepts <> 'ANYONE', true)
  MATCH way = (first:Service)-[:REFERS_ON_TO*1..4]->(service)
  WITH service, way ORDER BY length(way), first.slug
  WITH service, collect(nodes(way))[..20] AS ways
  RETURN collect(ways) AS ways
}
WITH *, candidates + [each IN departments | each.service]
  + reduce(all = [], of_one IN ways | all + reduce(some = [], way IN of_one | some + way))
  AS chosen
<services>
RETURN {
  directory: directory {.as_of, .historical},
  as_of: as_of,
  places: <places>,
  pathway: <full pathway>,
  adopters: COLLECT {
    MATCH (own:Organisation)-[adopts:ADOPTS]->(pathway)
    WHERE <adopts in force>
    MATCH (own)-[:SUCCEEDED_BY*0..8]->(heir)
    WHERE heir IN buyers
    RETURN [own.slug, heir.slug]
  },
  local_steps: COLLECT {
    MATCH (pathway)-[:HAS_STEP]->(instead:Step)<-[:INSTEAD_OF]-(step:LocalStep)
      <-[localises:LOCALISES]-(own:Organisation)
    WHERE own IN buyers AND <localises in force>
    RETURN step {
      .name, .exit, .replaces, slug: instead.slug, own: own.slug, <parts of a step>
    } ORDER BY step.key
  },
  complete: COLLECT {
    UNWIND buyers AS buyer
    MATCH (buyer)-[complete:COMPLETE_FOR]->(need:Need)
    WHERE complete.as_of <= as_of AND as_of <= complete.as_of + duration('P3Y')
      AND coalesce(as_of < complete.to, true)
    RETURN {
      buyer: buyer.slug, need: need.code, name: need.name, on: complete.as_of,
      source: <citation of complete>
    }
  },
  searches: [search IN searches | {
    key: search.key, wanted: search.wanted, unread: search.unread,
    options: [each IN search.options | [each.service.slug, each.key]],
    missed_at_hand: [each IN search.missed_at_hand | [each.service.slug, each.key]],
    misses: [each IN search.misses | [each.service.slug, each.key]]
  }],
  offered: offered,
  departments: [each IN departments | [each.service.slug, each.metres]],
  ways: [of_one IN ways | [way IN of_one | [service IN way | service.slug]]],
  refers: COLLECT {
    UNWIND candidates AS service
    MATCH (service)-[:REFERS_ON_TO]->(other)
    WHERE other IN candidates
    RETURN [service.slug, other.slug]
  },
  practice: <practice>
} AS row
"""

# What a search gave.
SEARCH: LiteralString = """{
    key: target.key, wanted: wanted, unread: unread,
    options: options, missed_at_hand: missed_at_hand, misses: misses
  }"""


def plan_by(place: str) -> LiteralString:
    """The question for one way of naming the place."""
    text: Any = with_registration(with_place(PLAN, place))
    for token, part in {
        "<candidates by need>": candidates_by("need", of_one_type=True),
        "<candidates by type>": candidates_by("type"),
        "<search>": SEARCH,
        "<departments>": looking(DEPARTMENTS),
        "<services>": OFFERED_SERVICES,
    }.items():
        text = text.replace(token, part)
    return compose(cast(LiteralString, text))


PLAN_BY: dict[str, LiteralString] = {place: plan_by(place) for place in PLACES_BY}

# The slugs that there are, and when the one that was asked for is in effect.
PATHWAYS_THERE: LiteralString = """
MATCH (pathway:Pathway)
RETURN [pathway.slug, pathway.version, pathway.from, pathway.to] AS row
ORDER BY pathway.slug, pathway.version
"""
