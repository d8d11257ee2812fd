"""Services, by what they are, who provides them and where."""

from graph_model.candidates import looking
from graph_model.search.fitting import FITTING
from graph_model.search.noun import Include, Noun
from graph_model.search.parts import BY_ID, texts
from graph_model.search.standing import service_on

PROVIDED_BY = """MATCH (asked)-[:PROVIDES]->(service:Service)
        WITH DISTINCT as_of, directory, service"""
PROVIDER_IS = """EXISTS {
          <provider of service>
          WITH organisation WHERE %s
          RETURN organisation
        }"""

# By the finder's index, in which a dozen services are looked at where a town has a thousand (graph_model/reach.py).
AROUND = looking("""WITH *, $asked.point AS here, ring[1] AS outer
  <box>
  MATCH (need:<label>) WHERE need.code IN <given>
  CALL (here, north, east, need) {
    MATCH (service:Service)-[met:<link>]->() WHERE <between>
    RETURN service
  UNION
    MATCH (service:Service)-[met:<link>]->() WHERE <based between>
    RETURN service
  }
  WITH DISTINCT as_of, directory, ring, service
  MATCH (service)-[:DELIVERED_AT]->(location:Location)""")


def around(label: str, link: str) -> str:
    return AROUND.replace("<label>", label).replace("<link>", link)


SERVICE = Noun(
    name="service",
    variables=("service",),
    match="MATCH (service:Service) WHERE service.slug > $asked.after",
    key="service.slug",
    keyed="MATCH (service:Service {slug: key})",
    row="""service {
      .slug, .ods_code, .website, .ages, .min_age_days, .max_age_days, .sexes,
      .eligibility_notes, .accepts, .reach, .last_verified, id: <id of service>,
      .capacity, .capacity_updated_at, .capacity_resets_at,
      <dated service>, .name, .telephone,
      updated: <updated of service>, opening: coalesce(service.opening, []),
      identifiers: [i IN range(0, size(coalesce(service.identifier_values, [])) - 1) | {
        system: service.identifier_systems[i], value: service.identifier_values[i]
      }],
      type: head(COLLECT {
        MATCH (service)-[:OF_TYPE]->(type:ServiceType) RETURN type {.code, .name}
      }),
      needs: <needs of service>,
      areas: COLLECT {
        MATCH (service)-[serves:SERVES]->(area:Area)
        RETURN area {.code, .name, .kind, rule: serves.rule}
        ORDER BY area.code LIMIT 250
      },
      location: head(COLLECT {
        MATCH (service)-[:DELIVERED_AT]->(location:Location)
        RETURN {id: <id of location>, name: location.name}
      }),
      provider: head(COLLECT {
        <provider of service>
        RETURN {id: <id of organisation>, name: <organisation.name then>}
      }),
      endpoints: COLLECT {
        MATCH (service)-[:HAS_ENDPOINT]->(endpoint:Endpoint)
        RETURN <id of endpoint> ORDER BY endpoint.slug LIMIT 100
      }
    }""",
    on_the_day=service_on,
    entries={
        "id": """UNWIND <given> AS value
        MATCH (service:Service) WHERE service.slug STARTS WITH value.head""",
        "identifier": """UNWIND <given> AS value
        CALL (value) {
          MATCH (service:Service {ods_code: value.code}) RETURN service
        UNION
          CALL db.index.fulltext.queryNodes('services_by_identifier', value.phrase)
          YIELD node AS service
          RETURN service
        }
        WITH DISTINCT as_of, directory, service""",
        "organisation": """UNWIND <given> AS value
        MATCH (asked:Organisation) WHERE asked.slug STARTS WITH value.head
        """
        + PROVIDED_BY,
        "organisation_ods_code": """MATCH (asked:Organisation)
        WHERE asked.ods_code IN <given>
        """
        + PROVIDED_BY,
        "location": """UNWIND <given> AS value
        MATCH (location:Location) WHERE location.slug STARTS WITH value.head
        MATCH (service:Service)-[:DELIVERED_AT]->(location)
        WITH DISTINCT as_of, directory, service""",
        "need": """MATCH (need:Need) WHERE need.code IN <given>
        MATCH (service:Service)-[:MEETS]->(need)
        WITH DISTINCT as_of, directory, service""",
        "type": """MATCH (type:ServiceType) WHERE type.code IN <given>
        MATCH (service:Service)-[:OF_TYPE]->(type)
        WITH DISTINCT as_of, directory, service""",
    },
    near_entries={
        "need": around("Need", "MEETS"),
        "type": around("ServiceType", "OF_TYPE"),
    },
    filters={
        **FITTING,
        "id": BY_ID.format("service"),
        "updated": "<service updated then>",
        "active": "<active service> IN <given>",
        "identifier": """any(value IN <given> WHERE
          (value.ods AND service.ods_code = value.code)
          OR any(i IN range(0, size(coalesce(service.identifier_values, [])) - 1) WHERE
            service.identifier_values[i] = value.code
            AND (value.system IS NULL OR service.identifier_systems[i] = value.system)))""",
        "name": texts("[<service.name then>]"),
        "type": """EXISTS {
          MATCH (service)-[:OF_TYPE]->(type:ServiceType) WHERE type.code IN <given>
        }""",
        "need": """EXISTS {
          MATCH (service)-[:MEETS]->(need:Need) WHERE need.code IN <given>
        }""",
        "location": """EXISTS {
          MATCH (service)-[:DELIVERED_AT]->(location:Location)
          WHERE any(value IN <given> WHERE <id of location> = value.id)
        }""",
        "organisation": PROVIDER_IS
        % "any(value IN <given> WHERE <id of organisation> = value.id)",
        "organisation_ods_code": PROVIDER_IS % "organisation.ods_code IN <given>",
        "organisation_name": """EXISTS {
          <provider of service>
          WITH as_of, organisation
          WITH [<organisation.name then>] + coalesce(organisation.aliases, []) AS names
          WHERE any(value IN <given> WHERE any(text IN names WHERE <text fits>))
          RETURN names
        }""",
        "endpoint": """EXISTS {
          MATCH (service)-[:HAS_ENDPOINT]->(endpoint:Endpoint)
          WHERE any(value IN <given> WHERE <id of endpoint> = value.id)
        }""",
        "nothing": "false",
    },
    includes={
        "HealthcareService:organization": Include(
            "organisation", "<provider of service>"
        ),
        "HealthcareService:location": Include(
            "location", "MATCH (service)-[:DELIVERED_AT]->(location:Location)"
        ),
        "HealthcareService:endpoint": Include(
            "endpoint", "MATCH (service)-[:HAS_ENDPOINT]->(endpoint:Endpoint)"
        ),
        "OrganizationAffiliation:service": Include(
            "affiliation",
            """CALL (service) {
        MATCH (subject:Contract)-[:PROCURES]->(service) RETURN subject
      UNION
        RETURN service AS subject
      }
      MATCH (commissioner:Organisation)-[commissions:COMMISSIONS]->(subject)
      <holders of subject>""",
        ),
    },
)
