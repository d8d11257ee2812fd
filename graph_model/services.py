"""Questions about services and service types."""

from datetime import date

from neo4j import AsyncDriver

from graph_model.cards import compose
from graph_model.database import read_in_order
from graph_model.paging import Page, page_question, read_page, read_pages
from graph_model.rows import ServiceRow, ServiceTypeRow

SERVICES_BY_SLUGS = compose("""
<as of>
UNWIND range(0, size($asked.keys) - 1) AS position
MATCH (service:Service {slug: $asked.keys[position]})
RETURN [position, <full service>] AS row
""")


async def services_by_slugs(
    driver: AsyncDriver, slugs: list[str], as_of: date | None
) -> list[ServiceRow | None]:
    """The services with these slugs, in the order asked, None for each that is not there."""
    return await read_in_order(driver, SERVICES_BY_SLUGS, slugs, as_of=as_of)


# A service is listed from the month in which a source first speaks of it until it closes.
SERVICES_PAGE = compose("""
<as of>
CALL (as_of) {
  MATCH (service:Service)
  WHERE coalesce(as_of < service.closed, true) AND <service spoken of>
    AND ($asked.words IS NULL OR all(word IN $asked.words WHERE
      toLower(service.name) CONTAINS word OR service.slug CONTAINS word))
    AND ($asked.type IS NULL OR EXISTS { (service)-[:OF_TYPE]->(:ServiceType {code: $asked.type}) })
    AND ($asked.provider IS NULL OR EXISTS {
      MATCH (provider:Organisation)-[provides:PROVIDES]->(service)
      WHERE $asked.provider IN [provider.slug, provider.ods_code] AND <provides in force>
    })
    AND ($asked.commissioner IS NULL OR EXISTS {
      MATCH (commissioner:Organisation)-[:COMMISSIONS]->()-[:PROCURES*0..1]->(service)
      WHERE $asked.commissioner IN [commissioner.slug, commissioner.ods_code]
    })
    AND ($asked.need IS NULL OR EXISTS {
      (service)-[:MEETS]->(:Need)-[:NARROWER_THAN*0..6]->(:Need {code: $asked.need})
    })
  RETURN service
}
WITH as_of, service ORDER BY service.slug
WITH as_of, collect(service) AS services
RETURN <page of services> AS row
""")


async def services_page(
    driver: AsyncDriver,
    *,
    matching: str | None = None,
    type: str | None = None,
    provider: str | None = None,
    commissioner: str | None = None,
    need: str | None = None,
    as_of: date | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Page[ServiceRow]:
    """Services that are planned or running on the day, by slug.

    `matching` finds all its words in the name; `provider` and `commissioner` are slugs or ODS codes;
    `need` is a need's code and finds services for narrower needs too.
    """
    filters = [matching, type, provider, commissioner, need, as_of]
    page = page_question("services", filters, first, after)
    return await read_page(
        driver,
        SERVICES_PAGE,
        page,
        words=words_of(matching),
        type=type,
        provider=provider,
        commissioner=commissioner,
        need=need,
        as_of=as_of,
    )


def words_of(matching: str | None) -> list[str] | None:
    """The words of a filter, in lower case; None where there is nothing to filter by."""
    return (matching or "").lower().split() or None


SERVICES_OF_PROVIDERS = compose("""
<as of>
UNWIND range(0, size($asked.keys) - 1) AS position
OPTIONAL MATCH (asked:Organisation {slug: $asked.keys[position]})
WITH as_of, position, COLLECT {
  MATCH (asked)-[provides:PROVIDES]->(service:Service)
  WHERE <provides in force> AND coalesce(as_of < service.closed, true)
  RETURN service ORDER BY service.slug
} AS services
RETURN [position, <page of services>] AS row
""")


async def services_of_providers(
    driver: AsyncDriver,
    slugs: list[str],
    as_of: date | None,
    first: int | None,
    after: str | None,
) -> list[Page[ServiceRow]]:
    """A page of the services that each of these organisations provides, in the order asked."""
    page = page_question("organisation.services", [as_of], first, after)
    return await read_pages(driver, SERVICES_OF_PROVIDERS, slugs, page, as_of=as_of)


SERVICE_TYPES_BY_CODES = compose("""
UNWIND range(0, size($asked.keys) - 1) AS position
MATCH (service_type:ServiceType {code: $asked.keys[position]})
RETURN [position, <service_type>] AS row
""")


async def service_types_by_codes(
    driver: AsyncDriver, codes: list[str]
) -> list[ServiceTypeRow | None]:
    """The service types with these codes, in the order asked, None for each that is not there."""
    return await read_in_order(driver, SERVICE_TYPES_BY_CODES, codes)


# The DoS numbers its types: 7 comes before 130.
SERVICE_TYPES_PAGE = compose("""
WITH COLLECT {
  MATCH (service_type:ServiceType)
  RETURN service_type ORDER BY toInteger(service_type.code)
} AS service_types
RETURN {
  total: size(service_types),
  rows: COLLECT {
    UNWIND service_types AS service_type
    WITH service_type
    WHERE $asked.after IS NULL OR toInteger(service_type.code) > toInteger($asked.after)
    LIMIT $asked.first + 1
    RETURN <service_type>
  }
} AS row
""")


async def service_types_page(
    driver: AsyncDriver, *, first: int | None = 100, after: str | None = None
) -> Page[ServiceTypeRow]:
    """The service types of the NHS Directory of Services, by their number."""
    page = page_question("serviceTypes", [], 100 if first is None else first, after)
    return await read_page(driver, SERVICE_TYPES_PAGE, page, key="code")
