"""What systems that know the DoS ask of services: their numbers, their technical addresses, and who has an ODS code."""

from datetime import date
from typing import Any, TypedDict

from neo4j import AsyncDriver

from graph_model.database import read
from graph_model.errors import DirectoryUnavailable
from graph_model.offered import OFFERED_SERVICES, offered_services
from graph_model.rows import ServiceRow
from graph_model.search.parts import with_parts

DOS_SERVICE_ID = "https://fhir.nhs.uk/Id/dos-service-id"
# A service that came without a number of the DoS has one of ours: the DoS's own begin at 1 and at 2,000,000,000, and
# a number is at most 2,147,483,647 there.
OURS = 2_100_000_000
LARGEST = 2_147_483_647
MOST_NAMED = 100

SERVICES_NAMED = with_parts(
    """
<as of>
CALL () {
  MATCH (service:Service {ods_code: $asked.ods_code}) RETURN service
UNION
  MATCH (service:Service {number: $asked.number}) RETURN service
UNION
  UNWIND CASE WHEN $asked.dos_id IS NULL THEN [] ELSE [$asked.dos_id] END AS dos_id
  CALL db.index.fulltext.queryNodes('services_by_identifier', dos_id)
  YIELD node AS service
  WITH service WHERE any(i IN range(0, size(service.identifier_values) - 1) WHERE
    service.identifier_values[i] = $asked.dos_id
    AND service.identifier_systems[i] = $asked.system)
  RETURN service
}
WITH as_of, service ORDER BY service.slug LIMIT $asked.most
WITH as_of, collect(service) AS chosen
<services>
RETURN {as_of: as_of, offered: offered} AS row
""".replace("<services>", OFFERED_SERVICES)
)


async def services_of_ods_code(driver: AsyncDriver, ods_code: str) -> list[ServiceRow]:
    """The services with an ODS code, by slug."""
    return await named(driver, ods_code=ods_code)


async def services_of_dos_id(driver: AsyncDriver, dos_id: int) -> list[ServiceRow]:
    """The services that a number stands for: ours, or the DoS's."""
    if dos_id > OURS:
        return await named(driver, number=dos_id - OURS)
    return await named(driver, dos_id=str(dos_id))


async def named(
    driver: AsyncDriver,
    *,
    ods_code: str | None = None,
    number: int | None = None,
    dos_id: str | None = None,
) -> list[ServiceRow]:
    rows = await read(
        driver,
        SERVICES_NAMED,
        as_of=None,
        ods_code=ods_code,
        number=number,
        dos_id=dos_id,
        system=DOS_SERVICE_ID,
        most=MOST_NAMED,
    )
    return [
        service
        for row in rows
        for service in offered_services(row["offered"], row["as_of"]).values()
    ]


class EndpointRow(TypedDict):
    """A technical address of a service."""

    name: str | None
    connection: str | None
    address: str
    payload_types: list[str]
    payload_mime_types: list[str]


class ParticularsRow(TypedDict):
    """What the DoS tells of a service beyond what the finder reads of it."""

    slug: str
    number: int | None
    ods_code: str | None
    endpoints: list[EndpointRow]


PARTICULARS = with_parts("""
<as of>
RETURN {
  directory: directory {
    day: as_of, .as_of, .updated,
    historical: coalesce(directory.historical, false)
  },
  services: COLLECT {
    UNWIND $asked.slugs AS slug
    MATCH (service:Service {slug: slug})
    RETURN service {
      .slug, .number, .ods_code,
      endpoints: COLLECT {
        MATCH (service)-[:HAS_ENDPOINT]->(endpoint:Endpoint)
        WHERE endpoint.status = 'active' AND coalesce(endpoint.from <= as_of, true)
          AND coalesce(as_of < endpoint.to, true)
        RETURN endpoint {
          .name, .connection, .address,
          payload_types: coalesce(endpoint.payload_types, []),
          payload_mime_types: coalesce(endpoint.payload_mime_types, [])
        } ORDER BY endpoint.slug LIMIT 100
      }
    }
  }
} AS row
""")


async def particulars_of(
    driver: AsyncDriver, slugs: list[str], as_of: date | None
) -> tuple[dict[str, ParticularsRow], dict[str, Any]]:
    """By slug, and the directory: its day, whether it is historical, and when it last changed."""
    rows = await read(driver, PARTICULARS, slugs=slugs, as_of=as_of)
    if not rows or rows[0]["directory"] is None:
        raise DirectoryUnavailable(
            "This Neo4j holds no directory yet. Load one with `signpost seed`."
        )
    [row] = rows
    return {each["slug"]: each for each in row["services"]}, row["directory"]


def dos_id_of(service: ServiceRow, particulars: ParticularsRow | None) -> int | None:
    """The number by which the DoS knows a service, or else ours; None where it has neither."""
    for each in service["identifiers"]:
        if each["system"] == DOS_SERVICE_ID and each["value"].isdecimal():
            return int(each["value"])
    number = particulars["number"] if particulars else None
    return None if number is None else OURS + number
