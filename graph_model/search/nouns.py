"""What can be searched: how each noun is reached, filtered and shown."""

from graph_model.search.search import Include, Noun

BY_ID = "any(value IN <given> WHERE <id of {0}> = value.id)"


def texts(*names: str) -> str:
    """A filter of texts, any of which may fit."""
    listed = " + ".join(names)
    return (
        f"any(value IN <given> WHERE any(text IN {listed} WHERE text IS NOT NULL "
        "AND <text fits>))"
    )


ORGANISATION = Noun(
    name="organisation",
    variables=("organisation",),
    match="MATCH (organisation:Organisation) WHERE organisation.slug > $asked.after",
    key="organisation.slug",
    identity="<id of organisation>",
    row="""organisation {
      .slug, .ods_code, .opened, .closed, id: <id of organisation>,
      name: <organisation.name then>, kind: <organisation.kind then>,
      aliases: coalesce(organisation.aliases, []),
      active: <active organisation>, updated: <updated of organisation>,
      endpoints: COLLECT {
        MATCH (organisation)-[:HAS_ENDPOINT]->(endpoint:Endpoint)
        RETURN <id of endpoint> ORDER BY endpoint.slug LIMIT 100
      }
    }""",
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

PROVIDED_BY = """MATCH (asked)-[:PROVIDES]->(service:Service)
        WITH DISTINCT as_of, directory, service"""
PROVIDER_IS = """EXISTS {
          <provider of service>
          WITH organisation WHERE %s
          RETURN organisation
        }"""

SERVICE = Noun(
    name="service",
    variables=("service",),
    match="MATCH (service:Service) WHERE service.slug > $asked.after",
    key="service.slug",
    identity="<id of service>",
    row="""service {
      .slug, .ods_code, .website, .ages, .min_age_days, .max_age_days, .sexes,
      .eligibility_notes, .accepts, .reach, id: <id of service>,
      name: <service.name then>, telephone: <service.telephone then>,
      status: <status of service then>, active: <active service>,
      updated: <updated of service>, opening: coalesce(service.opening, []),
      identifiers: [i IN range(0, size(coalesce(service.identifier_values, [])) - 1) | {
        system: service.identifier_systems[i], value: service.identifier_values[i]
      }],
      type: head(COLLECT {
        MATCH (service)-[:OF_TYPE]->(type:ServiceType) RETURN type {.code, .name}
      }),
      needs: COLLECT {
        MATCH (service)-[:MEETS]->(need:Need)
        RETURN need {.code, .name} ORDER BY need.code LIMIT 250
      },
      location: head(COLLECT {
        MATCH (service)-[:DELIVERED_AT]->(location:Location)
        RETURN {id: <id of location>, name: location.name}
      }),
      provider: head(COLLECT {
        <provider of service>
        RETURN {id: <id of organisation>, name: <organisation.name then>}
      }),
      vouched: COLLECT {
        MATCH (service)-[word:STATED_BY]->()
        WHERE word.on IS NOT NULL AND (word.fields IS NULL OR 'opening' IN word.fields)
        RETURN DISTINCT word.on ORDER BY word.on
      },
      endpoints: COLLECT {
        MATCH (service)-[:HAS_ENDPOINT]->(endpoint:Endpoint)
        RETURN <id of endpoint> ORDER BY endpoint.slug LIMIT 100
      }
    }""",
    entries={
        "id": """UNWIND <given> AS value
        MATCH (service:Service) WHERE service.slug STARTS WITH value.head""",
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
    filters={
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

LOCATION = Noun(
    name="location",
    variables=("location",),
    match="MATCH (location:Location) WHERE location.slug > $asked.after",
    key="location.slug",
    identity="<id of location>",
    row="""location {
      .slug, .name, .postcode, address: coalesce(location.address, []),
      id: <id of location>, updated: <updated of location>,
      latitude: location.point.latitude, longitude: location.point.longitude,
      status: <status of location>,
      types: COLLECT {
        MATCH (location)<-[:DELIVERED_AT]-(:Service)-[:OF_TYPE]->(type:ServiceType)
        WITH DISTINCT type
        RETURN type {.code, .name} ORDER BY type.code LIMIT 100
      }
    }""",
    entries={
        "id": """UNWIND <given> AS value
        MATCH (location:Location) WHERE location.slug STARTS WITH value.head""",
        "type": """MATCH (type:ServiceType) WHERE type.code IN <given>
        MATCH (location:Location)<-[:DELIVERED_AT]-(:Service)-[:OF_TYPE]->(type)
        WITH DISTINCT as_of, directory, location""",
    },
    filters={
        "id": BY_ID.format("location"),
        "updated": "<location updated then>",
        "name": texts("[location.name]"),
        "postcode": texts("[location.postcode]"),
        "status": "<status of location> IN <given>",
        "type": """EXISTS {
          MATCH (location)<-[:DELIVERED_AT]-(:Service)-[:OF_TYPE]->(type:ServiceType)
          WHERE type.code IN <given>
        }""",
        "nothing": "false",
    },
    includes={
        "HealthcareService:location": Include(
            "service", "MATCH (service:Service)-[:DELIVERED_AT]->(location)"
        ),
    },
)

ENDPOINT = Noun(
    name="endpoint",
    variables=("endpoint",),
    match="MATCH (endpoint:Endpoint) WHERE endpoint.slug > $asked.after",
    key="endpoint.slug",
    identity="<id of endpoint>",
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
