"""Pathways, each of their versions by itself."""

from graph_model.search.nouns import texts
from graph_model.search.search import Noun

PATHWAY = Noun(
    name="pathway",
    variables=("pathway",),
    match="""MATCH (pathway:Pathway)
        WHERE pathway.slug >= split($asked.after, ' ')[0]""",
    key="(pathway.slug + ' ' + right('00000' + toString(pathway.version), 6))",
    identity="<id of a version of pathway>",
    row="""{
      id: <id of a version of pathway>, updated: <updated of pathway>,
      pathway: <full pathway>
    }""",
    entries={
        "id": """UNWIND <given> AS value
        MATCH (pathway:Pathway) WHERE pathway.slug STARTS WITH value.head""",
    },
    filters={
        "id": "any(value IN <given> WHERE <id of a version of pathway> = value.id)",
        "updated": "<pathway updated then>",
        "name": texts("[pathway.name]"),
        "status": "pathway.status IN <given>",
        "version": "toString(pathway.version) IN <given>",
        "identifier": "pathway.slug IN <given>",
        "need": """EXISTS {
          MATCH (pathway)-[:FOR_NEED]->(need:Need) WHERE need.code IN <given>
        }""",
        "effective": """any(value IN <given> WHERE any(since IN [pathway.from]
          WHERE any(before IN [pathway.to] WHERE <period fits>)))""",
        "nothing": "false",
    },
    head=44,
)
