"""Questions about programmes: what commissioners and providers set out to do together."""

from datetime import date

from neo4j import AsyncDriver

from graph_model.cards import compose
from graph_model.database import read_in_order
from graph_model.paging import Page, page_question, read_page
from graph_model.rows import ProgrammeRow

PROGRAMMES_BY_SLUGS = compose("""
<as of>
UNWIND range(0, size($asked.keys) - 1) AS position
MATCH (programme:Programme {slug: $asked.keys[position]})
RETURN [position, <full programme>] AS row
""")


async def programmes_by_slugs(
    driver: AsyncDriver, slugs: list[str], as_of: date | None
) -> list[ProgrammeRow | None]:
    """The programmes with these slugs, in the order asked, None for each that is not there."""
    return await read_in_order(driver, PROGRAMMES_BY_SLUGS, slugs, as_of=as_of)


PROGRAMMES_PAGE = compose("""
<as of>
WITH as_of, COLLECT {
  MATCH (programme:Programme) RETURN programme ORDER BY programme.slug
} AS programmes
RETURN <page of programmes> AS row
""")


async def programmes_page(
    driver: AsyncDriver,
    *,
    as_of: date | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Page[ProgrammeRow]:
    """Programmes by slug; `as_of` is for the names of the organisations in them."""
    page = page_question("programmes", [as_of], first, after)
    return await read_page(driver, PROGRAMMES_PAGE, page, as_of=as_of)
