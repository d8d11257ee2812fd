"""Pathways, each of their versions by itself."""

from graph_model.search.noun import Noun
from graph_model.search.parts import texts

PATHWAY = Noun(
    name="pathway",
    variables=("pathway",),
    match="""MATCH (pathway:Pathway)
        WHERE pathway.slug >= split($asked.after, ' ')[0]""",
    key="(pathway.slug + ' ' + right('00000' + toString(pathway.version), 6))",
    keyed="""WITH as_of, directory, key, split(key, ' ') AS parts
        MATCH (pathway:Pathway {slug: parts[0], version: toInteger(parts[1])})""",
    row="""{
      id: <id of a version of pathway>, updated: <updated of pathway>,
      pathway: pathway {
        .slug, .name, .version, .status,
        effective_from: pathway.from, effective_to: pathway.to,
        needs: <needs of pathway>, sources: <citations of pathway>,
        commissioners: COLLECT {
          MATCH (organisation:Organisation)-[adopts:ADOPTS]->(pathway)
          WHERE <adopts in force>
          RETURN organisation {.slug, name: <organisation.name then>}
          ORDER BY organisation.slug LIMIT 250
        },
        owners: COLLECT {
          MATCH (organisation:Organisation)-[:OWNS]->(pathway)
          RETURN organisation {.slug, name: <organisation.name then>}
          ORDER BY organisation.slug LIMIT 50
        },
        steps: COLLECT {
          MATCH (pathway)-[has_step:HAS_STEP]->(step:Step)
          RETURN step {
            .slug, .name, .stage, .exit,
            service_type: head(COLLECT {
              MATCH (step)-[:CALLS_FOR]->(type:ServiceType) RETURN type {.code, .name}
            }),
            needs: <needs of step>, sources: <citations of step>,
            entry_criteria: COLLECT {
              MATCH (step)-[entered:ENTERED_IF]->(criterion:EntryCriterion)
              RETURN criterion {.text} ORDER BY entered.position
            },
            next: COLLECT {
              MATCH (step)-[then:THEN]->(following:Step)
              RETURN then {.condition, .urgency, .within_minutes, to: following.slug}
              ORDER BY then.position, following.slug
            }
          } ORDER BY has_step.position
        },
        indicators: COLLECT {
          MATCH (pathway)-[:MEASURED_BY]->(indicator:Indicator)
          RETURN indicator {.name, .measure, .target} ORDER BY indicator.name
        }
      }
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
