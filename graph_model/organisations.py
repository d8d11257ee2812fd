"""Questions about organisations: commissioners, providers and their partners."""

from datetime import date

from neo4j import AsyncDriver

from graph_model.cards import compose
from graph_model.database import read, read_in_order
from graph_model.paging import Page, page_question, read_page
from graph_model.rows import LineageRow, OrganisationRow
from graph_model.services import words_of

ORGANISATIONS_BY_SLUGS = compose("""
<as of>
UNWIND range(0, size($asked.keys) - 1) AS position
MATCH (organisation:Organisation {slug: $asked.keys[position]})
RETURN [position, <full organisation>] AS row
""")


async def organisations_by_slugs(
    driver: AsyncDriver, slugs: list[str], as_of: date | None
) -> list[OrganisationRow | None]:
    """The organisations with these slugs, in the order asked, None for each that is not there."""
    return await read_in_order(driver, ORGANISATIONS_BY_SLUGS, slugs, as_of=as_of)


ORGANISATION_BY_ODS_CODE = compose("""
<as of>
MATCH (organisation:Organisation {ods_code: $asked.ods_code})
RETURN <full organisation> AS row
""")


async def organisation_by_ods_code(
    driver: AsyncDriver, ods_code: str, as_of: date | None
) -> OrganisationRow | None:
    """The organisation with this ODS code, by its name and kind on the day."""
    rows: list[OrganisationRow] = await read(
        driver, ORGANISATION_BY_ODS_CODE, ods_code=ods_code, as_of=as_of
    )
    return rows[0] if rows else None


# From an organisation through every merger, renaming and split to those that are there on the day.
HEIRS_OF_ORGANISATIONS = compose("""
<as of>
UNWIND range(0, size($asked.keys) - 1) AS position
OPTIONAL MATCH (asked:Organisation {slug: $asked.keys[position]})
WITH as_of, position, COLLECT {
  MATCH way = (asked)-[:SUCCEEDED_BY*0..8]->(organisation:Organisation)
  WHERE <way led to the day>
  WITH as_of, way, asked AS first, organisation ORDER BY organisation.slug, length(way)
  RETURN <lineage of way>
} AS row
RETURN [position, row] AS row
""")


async def heirs_of_organisations(
    driver: AsyncDriver, slugs: list[str], as_of: date | None
) -> list[list[LineageRow]]:
    """Who has taken over from each of these organisations by the day, and by which steps.

    An organisation that is there on the day is its own only heir, without a step.
    """
    return await read_in_order(driver, HEIRS_OF_ORGANISATIONS, slugs, as_of=as_of)


# All that came before, from the first: a step for each succession by the day.
ANCESTORS_OF_ORGANISATIONS = compose("""
<as of>
UNWIND range(0, size($asked.keys) - 1) AS position
OPTIONAL MATCH (asked:Organisation {slug: $asked.keys[position]})
WITH as_of, position, COLLECT {
  MATCH way = (first:Organisation)-[:SUCCEEDED_BY*1..8]->(asked)
  WHERE all(step IN relationships(way) WHERE step.on <= as_of)
    AND NOT EXISTS {
      MATCH (before:Organisation)-[earlier:SUCCEEDED_BY]->(first)
      WHERE earlier.on <= as_of
    }
  WITH as_of, way, first, asked AS organisation ORDER BY first.slug, length(way)
  RETURN <lineage of way>
} AS row
RETURN [position, row] AS row
""")


async def ancestors_of_organisations(
    driver: AsyncDriver, slugs: list[str], as_of: date | None
) -> list[list[LineageRow]]:
    """From whom each of these organisations took over by the day, each way from its first one."""
    return await read_in_order(driver, ANCESTORS_OF_ORGANISATIONS, slugs, as_of=as_of)


ORGANISATIONS_PAGE = compose("""
<as of>
CALL (as_of) {
  MATCH (organisation:Organisation)
  WHERE coalesce(organisation.opened <= as_of, true)
    AND coalesce(as_of < organisation.closed, true)
    AND ($asked.kind IS NULL OR <organisation.kind then> = $asked.kind)
    AND ($asked.words IS NULL OR all(word IN $asked.words WHERE
      toLower(<organisation.name then>) CONTAINS word
      OR toLower(organisation.ods_code) = word
      OR any(alias IN coalesce(organisation.aliases, [])
        WHERE toLower(alias) CONTAINS word)))
  RETURN organisation
}
WITH as_of, organisation ORDER BY organisation.slug
WITH as_of, collect(organisation) AS organisations
RETURN <page of organisations> AS row
""")


async def organisations_page(
    driver: AsyncDriver,
    *,
    matching: str | None = None,
    kind: str | None = None,
    as_of: date | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Page[OrganisationRow]:
    """Organisations that exist on the day, by slug.

    `matching` finds all its words in the name or an alias, or the ODS code.
    """
    page = page_question("organisations", [matching, kind, as_of], first, after)
    return await read_page(
        driver,
        ORGANISATIONS_PAGE,
        page,
        words=words_of(matching),
        kind=kind,
        as_of=as_of,
    )
