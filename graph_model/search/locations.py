"""Locations, where services are delivered."""

from graph_model.search.noun import Include, Noun
from graph_model.search.parts import BY_ID, texts
from graph_model.search.standing import location_on

LOCATION = Noun(
    name="location",
    variables=("location",),
    match="MATCH (location:Location) WHERE location.slug > $asked.after",
    key="location.slug",
    keyed="MATCH (location:Location {slug: key})",
    row="""location {
      .slug, .name, .postcode, address: coalesce(location.address, []),
      id: <id of location>, updated: <updated of location>,
      latitude: location.point.latitude, longitude: location.point.longitude,
      services: COLLECT {
        MATCH (service:Service)-[:DELIVERED_AT]->(location)
        RETURN service {<dated service>} LIMIT 250
      },
      types: COLLECT {
        MATCH (location)<-[:DELIVERED_AT]-(:Service)-[:OF_TYPE]->(type:ServiceType)
        WITH DISTINCT type
        RETURN type {.code, .name} ORDER BY type.code LIMIT 100
      }
    }""",
    on_the_day=location_on,
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
        "status": "'active' IN <given> AND <location is active>",
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
        # Nobody is known to manage a place: mCSD's clients ask for it all the same.
        "Location:organization": Include(
            "organisation", "MATCH (organisation:Organisation) WHERE false"
        ),
    },
)
