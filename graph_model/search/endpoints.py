"""Endpoints, the technical addresses of services and organisations."""

from graph_model.search.noun import Include, Noun
from graph_model.search.parts import BY_ID, texts

ENDPOINT = Noun(
    name="endpoint",
    variables=("endpoint",),
    match="MATCH (endpoint:Endpoint) WHERE endpoint.slug > $asked.after",
    key="endpoint.slug",
    keyed="MATCH (endpoint:Endpoint {slug: key})",
    row="""endpoint {
      .slug, .name, .status, .connection, .address, .from, .to,
      payload_types: coalesce(endpoint.payload_types, []),
      payload_mime_types: coalesce(endpoint.payload_mime_types, []),
      id: <id of endpoint>, updated: <updated of endpoint>,
      organisation: head(COLLECT {
        MATCH (organisation:Organisation)-[:HAS_ENDPOINT]->(endpoint)
        RETURN {id: <id of organisation>, name: <organisation.name then>}
      })
    }""",
    entries={
        "id": """UNWIND <given> AS value
        MATCH (endpoint:Endpoint) WHERE endpoint.slug STARTS WITH value.head""",
        "organisation": """UNWIND <given> AS value
        MATCH (organisation:Organisation)-[:HAS_ENDPOINT]->(endpoint:Endpoint)
        WHERE organisation.slug STARTS WITH value.head
        WITH DISTINCT as_of, directory, endpoint""",
        "organisation_ods_code": """MATCH (organisation:Organisation)
        -[:HAS_ENDPOINT]->(endpoint:Endpoint) WHERE organisation.ods_code IN <given>
        WITH DISTINCT as_of, directory, endpoint""",
    },
    filters={
        "id": BY_ID.format("endpoint"),
        "updated": "<endpoint updated then>",
        "name": texts("[endpoint.name]"),
        "status": "endpoint.status IN <given>",
        "connection": "endpoint.connection IN <given>",
        "organisation": """EXISTS {
          MATCH (organisation:Organisation)-[:HAS_ENDPOINT]->(endpoint)
          WHERE any(value IN <given> WHERE <id of organisation> = value.id)
        }""",
        "organisation_ods_code": """EXISTS {
          MATCH (organisation:Organisation)-[:HAS_ENDPOINT]->(endpoint)
          WHERE organisation.ods_code IN <given>
        }""",
        "nothing": "false",
    },
    includes={
        "Endpoint:organization": Include(
            "organisation",
            "MATCH (organisation:Organisation)-[:HAS_ENDPOINT]->(endpoint)",
        ),
        "Organization:endpoint": Include(
            "organisation",
            "MATCH (organisation:Organisation)-[:HAS_ENDPOINT]->(endpoint)",
        ),
        "HealthcareService:endpoint": Include(
            "service", "MATCH (service:Service)-[:HAS_ENDPOINT]->(endpoint)"
        ),
    },
)
