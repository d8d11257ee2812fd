"""Organisations: commissioners, providers and their partners."""

from graph_model.search.noun import Include, Noun
from graph_model.search.parts import BY_ID, texts
from graph_model.search.standing import organisation_on

ORGANISATION = Noun(
    name="organisation",
    variables=("organisation",),
    match="MATCH (organisation:Organisation) WHERE organisation.slug > $asked.after",
    key="organisation.slug",
    keyed="MATCH (organisation:Organisation {slug: key})",
    row="""organisation {
      .slug, .ods_code, .opened, .closed, id: <id of organisation>,
      .name, .kind, earlier: <earlier states of organisation>, words: <words of organisation>,
      aliases: coalesce(organisation.aliases, []), updated: <updated of organisation>,
      succeeded: COLLECT { MATCH (organisation)-[left:SUCCEEDED_BY]->() RETURN left.on },
      endpoints: COLLECT {
        MATCH (organisation)-[:HAS_ENDPOINT]->(endpoint:Endpoint)
        RETURN <id of endpoint> ORDER BY endpoint.slug LIMIT 100
      }
    }""",
    on_the_day=organisation_on,
    entries={
        "id": """UNWIND <given> AS value
        MATCH (organisation:Organisation) WHERE organisation.slug STARTS WITH value.head""",
        "ods_code": """MATCH (organisation:Organisation)
        WHERE organisation.ods_code IN <given>""",
        "kind": "MATCH (organisation:Organisation) WHERE organisation.slug > $asked.after",
    },
    filters={
        "id": BY_ID.format("organisation"),
        "updated": "<organisation updated then>",
        "ods_code": "organisation.ods_code IN <given>",
        "active": "<active organisation> IN <given>",
        "not_known_gone": "coalesce(<active organisation>, true) IN <given>",
        "name": texts(
            "[<organisation.name then>]", "coalesce(organisation.aliases, [])"
        ),
        "kind": "<organisation.kind then> IN <given>",
        "endpoint": """EXISTS {
          MATCH (organisation)-[:HAS_ENDPOINT]->(endpoint:Endpoint)
          WHERE any(value IN <given> WHERE <id of endpoint> = value.id)
        }""",
        "nothing": "false",
    },
    includes={
        "Organization:endpoint": Include(
            "endpoint", "MATCH (organisation)-[:HAS_ENDPOINT]->(endpoint:Endpoint)"
        ),
        "HealthcareService:organization": Include(
            "service",
            """MATCH (organisation)-[:PROVIDES]->(service:Service)
      WITH *, organisation AS asked
      CALL (as_of, service) {
        MATCH (provider:Organisation)-[provides:PROVIDES]->(service)
        WHERE coalesce(as_of < provides.to, true)
        RETURN provider
        ORDER BY coalesce(provides.from <= as_of, true) DESC, provides.from,
          provider.slug LIMIT 1
      }
      WITH * WHERE provider = asked""",
        ),
        "Endpoint:organization": Include(
            "endpoint", "MATCH (organisation)-[:HAS_ENDPOINT]->(endpoint:Endpoint)"
        ),
        "Location:organization": Include(
            "location", "MATCH (location:Location) WHERE false"
        ),
        "OrganizationAffiliation:primary-organization": Include(
            "affiliation",
            """MATCH (organisation)-[commissions:COMMISSIONS]->(subject:Contract|Service)
      WITH *, organisation AS commissioner
      <holders of subject>""",
        ),
        "OrganizationAffiliation:participating-organization": Include(
            "affiliation",
            """WITH *, organisation AS asked
      CALL (asked) {
        MATCH (asked)-[:HOLDS]->(subject:Contract) RETURN subject
      UNION
        MATCH (asked)-[:PROVIDES]->(subject:Service)<-[:COMMISSIONS]-() RETURN subject
      }
      MATCH (commissioner:Organisation)-[commissions:COMMISSIONS]->(subject)
      <holders of subject>
      WITH * WHERE holder = asked""",
        ),
    },
)
