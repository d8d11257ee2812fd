"""Whether the directory keeps the rules that Neo4j Community cannot enforce (ADR 7).

Inner patterns name no label at their far end: then Neo4j counts the relationships of one
node, and never sets out from the other end, where a country has ten thousand.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, LiteralString, NamedTuple

from neo4j import AsyncDriver

from graph_model.database import read
from graph_model.ledgers import commissioners_with_stale_ledgers
from graph_model.matching.hours import FORM, LINE
from graph_model.service_cards import services_with_stale_cards

MOST_NAMES = 5
DERIVE_ANEW = (
    "Derive it anew with `signpost seed`, or call `refresh_reach` after a change."
)


class Check(NamedTuple):
    """A rule: a question that gives the names of what breaks it, and what to say."""

    broken: LiteralString
    complaint: str
    remedy: str
    values: Mapping[str, Any] = MappingProxyType({})


async def verify(driver: AsyncDriver) -> list[str]:
    """Check every rule: a sentence for each that is broken, none for a sound directory."""
    complaints: list[str] = []
    for check in CHECKS:
        names: list[str] = await read(driver, check.broken, **check.values)
        if names:
            complaints.append(f"{check.complaint}: {listing(names)}. {check.remedy}")
    stale = await commissioners_with_stale_ledgers(driver)
    if stale:
        complaints.append(
            "Commissioners whose ledger does not show what they bought: "
            f"{listing(stale)}. {DERIVE_ANEW}"
        )
    stale = await services_with_stale_cards(driver)
    if stale:
        complaints.append(
            "Services whose card does not show what they are: "
            f"{listing(stale)}. {DERIVE_ANEW}"
        )
    return complaints


def listing(names: list[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - MOST_NAMES
    shown = ", ".join(names[:MOST_NAMES])
    return f"{shown} and {more} more" if more > 0 else shown


NO_DIRECTORY = """
OPTIONAL MATCH (directory:Directory {key: 'directory'})
WITH directory
WHERE directory IS NULL OR directory.historical AND directory.as_of IS NULL
RETURN 'Directory' AS row
"""

REQUIRED = {
    "Alliance": ["slug", "name"],
    "Area": ["code", "name", "kind"],
    "CareModel": ["slug", "name", "abbreviation", "aims"],
    "Contract": ["slug", "title", "status"],
    "EarlierState": ["key"],
    "EntryCriterion": ["key", "text"],
    "Indicator": ["key", "name", "measure"],
    "LocalStep": ["key", "replaces"],
    "Location": ["slug", "point"],
    "Milestone": ["slug", "name", "when"],
    "Need": ["code", "name", "synonyms", "emergency"],
    "Organisation": ["slug", "name", "kind"],
    "Pathway": ["slug", "name", "version", "status"],
    "Place": ["slug", "name", "name_keys", "point"],
    "Post": ["key", "title"],
    "Programme": ["slug", "name"],
    "ReferrerRole": ["code"],
    "Service": ["slug", "name", "status", "reach"],
    "ServiceType": ["code", "name"],
    "Site": ["slug", "name"],
    "Source": ["slug", "title", "publisher"],
    "Step": ["key", "slug", "name", "stage", "exit"],
    "Table": ["slug"],
}
MISSING_PROPERTIES = """
UNWIND keys($asked.required) AS label
MATCH (node:$(label))
UNWIND $asked.required[label] AS property
WITH label, node, property
WHERE node[property] IS NULL
RETURN label + ' ' + coalesce(node.key, node.slug, node.code, elementId(node))
  + ' (' + property + ')' AS row
ORDER BY row
"""

AREAS_WITHOUT_POINT = """
MATCH (area:Area)
WHERE area.kind IN ['SECTOR', 'DISTRICT'] AND area.point IS NULL
RETURN area.code AS row ORDER BY row
"""

NODES_OUT_OF_ORDER = """
MATCH (node:Organisation|Service|Contract|Programme|Pathway)
WHERE node.opened >= node.closed OR node.start >= node.end OR node.from >= node.to
RETURN labels(node)[0] + ' ' + node.slug AS row ORDER BY row
"""

RELATIONSHIPS_OUT_OF_ORDER = """
MATCH (start)-[period:RESPONSIBLE_FOR|PROVIDES|MEMBER_OF|ADOPTS|LOCALISES|WAS]->(end)
WHERE period.from >= period.to
RETURN start.slug + ' ' + type(period) + ' ' + coalesce(end.slug, end.code, end.key)
  AS row ORDER BY row
"""

ORPHANS = """
MATCH (node:Location|EarlierState|Step|LocalStep|EntryCriterion|Indicator|Milestone|Site|CareModel
  |Post)
WHERE NOT EXISTS {
  (node)<-[:DELIVERED_AT|WAS|HAS_STEP|LOCALISES|ENTERED_IF|MEASURED_BY|REACHED|HAS_SITE|HAS_MODEL
    |HAS_POST]-()
}
RETURN labels(node)[0] + ' ' + coalesce(node.key, node.slug) AS row ORDER BY row
"""

PLACES_NOWHERE = """
MATCH (place:Place)
WHERE NOT EXISTS { (place)-[:WITHIN]->() }
RETURN place.slug AS row ORDER BY row
"""

SERVICES_WITHOUT_TYPE = """
MATCH (service:Service)
WHERE COUNT { (service)-[:OF_TYPE]->() } <> 1
RETURN service.slug AS row ORDER BY row
"""

SERVICES_WITHOUT_NEED = """
MATCH (service:Service)
WHERE NOT EXISTS { (service)-[:MEETS]->() }
RETURN service.slug AS row ORDER BY row
"""

SERVICES_WITHOUT_LOCATION = """
MATCH (service:Service {reach: 'PLACE'})
WHERE NOT EXISTS { (service)-[:DELIVERED_AT]->() }
RETURN service.slug AS row ORDER BY row
"""

SERVICES_WITHOUT_AREA = """
MATCH (service:Service {reach: 'AREA'})
WHERE NOT EXISTS { (service)-[:SERVES]->() }
RETURN service.slug AS row ORDER BY row
"""

STRANGE_OPENING = """
MATCH (service:Service)
WHERE any(line IN service.opening WHERE NOT line =~ $asked.line)
RETURN service.slug AS row ORDER BY row
"""

STRANGE_CAPACITY = """
MATCH (service:Service)
WHERE service.capacity IS NOT NULL
  AND (NOT service.capacity IN ['GREEN', 'AMBER', 'RED']
    OR service.capacity_updated_at IS NULL
    OR service.capacity <> 'GREEN' AND service.capacity_resets_at IS NULL
    OR service.capacity_resets_at <= service.capacity_updated_at)
RETURN service.slug AS row ORDER BY row
"""

STRANGE_RANKS = """
MATCH (service_type:ServiceType)
WHERE NOT service_type.rank IN range(1, 10)
RETURN service_type.code AS row ORDER BY row
UNION
MATCH (organisation:Organisation)-[ranks:RANKS]->(service_type)
WHERE NOT coalesce(ranks.rank IN range(1, 10), false)
RETURN organisation.slug + ' ' + service_type.code AS row ORDER BY row
"""

CONTRACTS_WITHOUT_COMMISSIONER = """
MATCH (contract:Contract)
WHERE NOT EXISTS { ()-[:COMMISSIONS]->(contract) }
RETURN contract.slug AS row ORDER BY row
"""

LIVE_CONTRACTS_FOR_NOTHING = """
MATCH (contract:Contract)
WHERE contract.status IN ['LIVE', 'VARIED']
  AND NOT EXISTS { (contract)-[:PROCURES]->() }
RETURN contract.slug AS row ORDER BY row
"""

PATHWAYS_TO_NOWHERE = """
MATCH (pathway:Pathway)
WHERE NOT EXISTS { (pathway)-[:HAS_STEP]->() }
  OR NOT EXISTS { (pathway)-[:FOR_NEED]->() }
RETURN pathway.slug + ' version ' + pathway.version AS row ORDER BY row
"""

STEPS_WITHOUT_SERVICE_TYPE = """
MATCH (step:Step)
WHERE COUNT { (step)-[:CALLS_FOR]->() } <> 1
RETURN step.key AS row ORDER BY row
"""

# graph_model/pathway_shape.py holds the rest of a shape when a pathway is written.
DEAD_ENDS = """
MATCH (pathway:Pathway)-[:HAS_STEP]->(step)
WHERE pathway.status <> 'DRAFT' AND NOT step.exit AND NOT EXISTS { (step)-[:THEN]->() }
RETURN step.key AS row ORDER BY row
"""

# The finder looks here only (graph_model/reach.py).
INDEX_NOT_FRESH = """
MATCH (service:Service)
WHERE service.facts IS NULL
  OR (service.reach = 'PLACE') <> (service.point IS NOT NULL)
  OR service.reach = 'PLACE'
    AND EXISTS { MATCH (service)-[met:MEETS|OF_TYPE]->() WHERE met.cell IS NULL }
  OR COUNT { (service)-[:SERVES]->() } <> size(coalesce(service.serving, []))
  OR EXISTS { MATCH (service)-[met:MEETS|OF_TYPE|MEETS_IN]->() WHERE met.facts IS NULL }
RETURN service.slug AS row ORDER BY row
"""

NODES_WITHOUT_SOURCE = """
MATCH (node:Organisation|Area|Place|Location|Service|Contract|Alliance|Programme
  |CareModel|Site|Milestone|Pathway|Table)
WHERE node.table IS NULL AND NOT EXISTS { (node)-[:STATED_BY]->() }
RETURN labels(node)[0] + ' ' + coalesce(node.slug, node.code) AS row ORDER BY row
"""

TABLES_WITHOUT_SOURCE = """
MATCH (node:Area|Place)
WHERE node.table IS NOT NULL
WITH DISTINCT node.table AS table
WHERE NOT EXISTS { (:Table {slug: table}) }
RETURN table AS row ORDER BY row
"""

RELATIONSHIPS_WITHOUT_SOURCE = """
MATCH (start)-[fact:RESPONSIBLE_FOR|SUCCEEDED_BY|COMPLETE_FOR]->(end)
WHERE fact.source IS NULL
RETURN start.slug + ' ' + type(fact) + ' ' + coalesce(end.slug, end.code) AS row
ORDER BY row
"""

RELATIONSHIPS_WITH_A_STRANGE_SOURCE = """
MATCH ()-[fact]->()
WHERE fact.source IS NOT NULL
WITH DISTINCT fact.source AS source
WHERE NOT EXISTS { (:Source {slug: source}) }
RETURN source AS row ORDER BY row
"""

DERIVED_FROM_NOTHING = """
MATCH (start)-[fact]->(end)
WHERE fact.certainty IN ['DERIVED', 'INFERRED'] AND fact.derived_from IS NULL
RETURN coalesce(start.slug, start.code) + ' ' + type(fact) + ' '
  + coalesce(end.slug, end.code) AS row ORDER BY row
"""

COMPLETE_ON_NO_DAY = """
MATCH (organisation)-[complete:COMPLETE_FOR]->(need)
WHERE complete.as_of IS NULL OR complete.as_of >= complete.to
RETURN organisation.slug + ' COMPLETE_FOR ' + need.code AS row ORDER BY row
"""

SUCCESSION_CIRCLES = """
MATCH (organisation:Organisation)
WHERE EXISTS { (organisation)-[:SUCCEEDED_BY*1..20]->(organisation) }
RETURN organisation.slug AS row ORDER BY row
"""

NEED_CIRCLES = """
MATCH (need:Need)
WHERE EXISTS { (need)-[:NARROWER_THAN*1..20]->(need) }
RETURN need.code AS row ORDER BY row
"""

CCGS_WITHOUT_COMMISSIONER = """
MATCH (area:Area {kind: 'CCG'})
WHERE NOT EXISTS { ()-[:RESPONSIBLE_FOR]->(area) }
RETURN area.code AS row ORDER BY row
"""

# The tables give areas to the sectors that the articles are about; every sector of
# England that has a local authority has a commissioner too.
SECTORS_WITHOUT_CCG = """
MATCH (sector:Area {kind: 'SECTOR'})-[:WITHIN]->(area:Area)
WITH sector, collect(area.kind) AS kinds
WHERE 'LOCAL_AUTHORITY' IN kinds AND NOT 'CCG' IN kinds
RETURN sector.code AS row ORDER BY row
"""

SHARES_ABOVE_ONE = """
MATCH (part:Area)-[within:WITHIN]->(area:Area)
WITH part, area.kind AS kind, sum(within.share) AS share
WHERE kind IN ['CCG', 'LOCAL_AUTHORITY'] AND share > 1.001
RETURN part.code AS row ORDER BY row
"""

CHECKS = [
    Check(
        NO_DIRECTORY,
        "The directory has no node of its own, or is historical without a date",
        "Load the seed again with `signpost seed`.",
    ),
    Check(
        MISSING_PROPERTIES,
        "Nodes without a property that they must have",
        "Set the property named in brackets.",
        {"required": REQUIRED},
    ),
    Check(
        AREAS_WITHOUT_POINT,
        "Sectors or districts without a point",
        "Set `point` to the middle of their postcodes.",
    ),
    Check(
        NODES_OUT_OF_ORDER,
        "Nodes that end before they begin",
        "Put `opened` and `closed`, `start` and `end`, or `from` and `to` in order.",
    ),
    Check(
        RELATIONSHIPS_OUT_OF_ORDER,
        "Relationships that end before they begin",
        "Put `from` and `to` in order.",
    ),
    Check(
        ORPHANS,
        "Nodes that hang from nothing",
        "Link each to what it belongs to, or delete it.",
    ),
    Check(
        PLACES_NOWHERE,
        "Places within no area",
        "Link each WITHIN its country at least.",
    ),
    Check(
        SERVICES_WITHOUT_TYPE,
        "Services without a type, or with several",
        "Link each to one ServiceType with OF_TYPE.",
    ),
    Check(
        SERVICES_WITHOUT_NEED,
        "Services that meet no need",
        "Link each to the needs that it MEETS.",
    ),
    Check(
        SERVICES_WITHOUT_LOCATION,
        "Services reached by place that stand nowhere",
        "Link each to its Location with DELIVERED_AT, or set `reach` to AREA.",
    ),
    Check(
        SERVICES_WITHOUT_AREA,
        "Services reached by area that serve none",
        "Link each to the areas that it SERVES, or set `reach` to PLACE.",
    ),
    Check(
        INDEX_NOT_FRESH,
        "Services that the finder's index does not show as they are",
        DERIVE_ANEW,
    ),
    Check(
        STRANGE_OPENING,
        "Opening hours that nobody can read",
        f"Write each line of `opening` as {FORM}.",
        {"line": LINE},
    ),
    Check(
        STRANGE_CAPACITY,
        "Capacity that nobody can have said",
        "Say it with `signpost capacity`, which writes when it was said and until when.",
    ),
    Check(
        STRANGE_RANKS,
        "Types of service whose rank is not 1 to 10",
        "Set each `rank`, the type's own or that of RANKS, to 1 to 10, 1 first.",
    ),
    Check(
        CONTRACTS_WITHOUT_COMMISSIONER,
        "Contracts without a commissioner",
        "Link the organisation that COMMISSIONS each.",
    ),
    Check(
        LIVE_CONTRACTS_FOR_NOTHING,
        "Contracts in force that procure nothing",
        "Link each to the services that it PROCURES, or change its status.",
    ),
    Check(
        PATHWAYS_TO_NOWHERE,
        "Pathways without a step or a need",
        "Link each to its steps with HAS_STEP and to its needs with FOR_NEED.",
    ),
    Check(
        STEPS_WITHOUT_SERVICE_TYPE,
        "Steps that call for no type of service, or for several",
        "Link each to one ServiceType with CALLS_FOR.",
    ),
    Check(
        DEAD_ENDS,
        "Steps that nothing follows, and that are no exit",
        "Link each THEN to a step, or set `exit` to true.",
    ),
    Check(
        NODES_WITHOUT_SOURCE,
        "Facts without a source",
        "Link each to the Source that states it with STATED_BY.",
    ),
    Check(
        TABLES_WITHOUT_SOURCE,
        "Tables that are named by their rows and are not there",
        "Create the Table and link it to the Source that states it with STATED_BY.",
    ),
    Check(
        RELATIONSHIPS_WITHOUT_SOURCE,
        "Responsibilities, successions or completeness without a source",
        "Set `source` to the slug of the Source that states each.",
    ),
    Check(
        RELATIONSHIPS_WITH_A_STRANGE_SOURCE,
        "Sources that relationships name and that are not there",
        "Create the Source, or correct the slug in `source`.",
    ),
    Check(
        DERIVED_FROM_NOTHING,
        "Derived facts that do not say from what",
        "Say in `derived_from`, in a sentence, why each follows.",
    ),
    Check(
        COMPLETE_ON_NO_DAY,
        "Completeness without a day, or that ends before it",
        "Set `as_of` to the day for which a source states it, and `to` to a later one.",
    ),
    Check(
        SUCCESSION_CIRCLES,
        "Organisations that succeed themselves",
        "Delete the SUCCEEDED_BY that closes the circle.",
    ),
    Check(
        NEED_CIRCLES,
        "Needs that are narrower than themselves",
        "Delete the NARROWER_THAN that closes the circle.",
    ),
    Check(
        CCGS_WITHOUT_COMMISSIONER,
        "Commissioners' areas for which no organisation is responsible",
        "Link the organisation that is or was RESPONSIBLE_FOR each.",
    ),
    Check(
        SECTORS_WITHOUT_CCG,
        "Sectors in a local authority and in no commissioner's area",
        "Link each WITHIN its CCG, with its share.",
    ),
    Check(
        SHARES_ABOVE_ONE,
        "Sectors, districts or areas of which more than all lies within others",
        "Correct the `share` of each WITHIN.",
    ),
]
