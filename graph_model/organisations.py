"""Questions about organisations: commissioners, providers and their partners."""

from datetime import date

from neo4j import AsyncDriver

from graph_model.cards import compose
from graph_model.database import read, read_in_order
from graph_model.paging import Page, page_question, read_page
from graph_model.rows import OrganisationRow
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
