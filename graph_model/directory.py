"""Questions about the directory itself."""

from neo4j import AsyncDriver

from graph_model.database import read
from graph_model.errors import DirectoryUnavailable
from graph_model.rows import DirectoryRow

DIRECTORY = """
MATCH (directory:Directory)
RETURN directory {
  .as_of, historical: coalesce(directory.historical, false),
  services: COUNT { (:Service) },
  organisations: COUNT { (:Organisation) },
  contracts: COUNT { (:Contract) },
  pathways: COUNT { (:Pathway) }
} AS row
"""


async def directory(driver: AsyncDriver) -> DirectoryRow:
    """The directory's date and size. Raises DirectoryUnavailable where none is loaded yet."""
    rows: list[DirectoryRow] = await read(driver, DIRECTORY)
    if not rows:
        raise DirectoryUnavailable(
            "This Neo4j holds no directory yet. Load one with `signpost seed`."
        )
    return rows[0]


def notice_of(directory: DirectoryRow) -> str | None:
    """What a reader must know before anything else; None for a live directory."""
    if not directory["historical"] or directory["as_of"] is None:
        return None
    day = directory["as_of"]
    return f"Historical directory, {day.day} {day:%B %Y}. Do not refer anyone from it."
