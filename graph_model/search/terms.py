"""The words that services are sorted by: needs, and types of service. There are some hundred of each at most."""

from typing import Any

from neo4j import AsyncDriver

from graph_model.database import read
from graph_model.errors import DirectoryUnavailable
from graph_model.search.parts import with_parts

TERMS = with_parts("""
<as of>
RETURN {
  directory: directory {
    day: as_of, .as_of, .updated,
    historical: coalesce(directory.historical, false)
  },
  needs: COLLECT {
    MATCH (need:Need)
    RETURN need {
      .code, .name, synonyms: coalesce(need.synonyms, [])[..12],
      broader: head(COLLECT {
        MATCH (need)-[:NARROWER_THAN]->(broader:Need) RETURN broader.code
      })
    } ORDER BY need.code
  },
  types: COLLECT {
    MATCH (type:ServiceType) RETURN type {.code, .name, .rank} ORDER BY type.code
  }
} AS row
""")


async def all_terms(driver: AsyncDriver) -> dict[str, Any]:
    """`needs`, `types` and the `directory`. Raises DirectoryUnavailable where none is loaded."""
    [row] = await read(driver, TERMS, as_of=None)
    if row["directory"] is None:
        raise DirectoryUnavailable(
            "This Neo4j holds no directory yet. Load one with `signpost seed`."
        )
    return row


CODES = """
RETURN {
  needs: COLLECT { MATCH (need:Need) RETURN need.code },
  types: COLLECT { MATCH (type:ServiceType) RETURN type.code }
} AS row
"""


async def codes_of_terms(driver: AsyncDriver) -> dict[str, list[str]]:
    """The codes of all `needs` and `types`."""
    [row] = await read(driver, CODES)
    return row
