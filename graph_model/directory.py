"""Questions about the directory itself."""

from datetime import date

from neo4j import AsyncDriver

from graph_model.cards import compose
from graph_model.database import read
from graph_model.errors import DirectoryUnavailable
from graph_model.rows import DirectoryRow

DIRECTORY = compose("""
MATCH (directory:Directory)
WITH directory,
     coalesce(directory.as_of, date({timezone: 'Europe/London'})) AS as_of
RETURN directory {
  .as_of, historical: coalesce(directory.historical, false),
  services: COUNT {
    MATCH (service:Service)
    WHERE coalesce(as_of < service.closed, true) AND <service spoken of>
  },
  organisations: COUNT {
    MATCH (organisation:Organisation)
    WHERE coalesce(organisation.opened <= as_of, true)
      AND coalesce(as_of < organisation.closed, true)
  },
  contracts: COUNT { (:Contract) },
  pathways: COUNT { (:Pathway) }
} AS row
""")


async def directory(driver: AsyncDriver) -> DirectoryRow:
    """The directory's date and size. Raises DirectoryUnavailable where none is loaded yet."""
    rows: list[DirectoryRow] = await read(driver, DIRECTORY)
    if not rows:
        raise DirectoryUnavailable(
            "This Neo4j holds no directory yet. Load one with `signpost seed`."
        )
    return rows[0]


DIRECTORY_DAY = compose("""
<as of>
RETURN as_of AS row
""")


async def directory_day(driver: AsyncDriver) -> date:
    """The directory's own date, or today in England where it has none."""
    [day] = await read(driver, DIRECTORY_DAY, as_of=None)
    return day


def notice_of(directory: DirectoryRow) -> str | None:
    """What a reader must know before anything else; None for a live directory."""
    if not directory["historical"] or directory["as_of"] is None:
        return None
    day = directory["as_of"]
    return f"Historical directory, {day.day} {day:%B %Y}. Do not refer anyone from it."
