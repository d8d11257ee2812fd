"""The codes by which the DoS says what is needed, as far as a customer has loaded theirs, and how far it searches from where.

NHS Pathways gives the codes under a licence of its own, so the directory comes with made-up ones only. A symptom group (SG) and
each of its discriminators (SD) means needs of the directory; a disposition (Dx) has a time frame and may call for types of
service.
"""

from collections.abc import Sequence
from typing import LiteralString, TypedDict

from neo4j import AsyncDriver

from graph_model.database import read


class DosCodeRow(TypedDict):
    """A code: what it means, and for a disposition how soon and by which types of service."""

    key: str
    name: str
    within_minutes: int | None
    types: list[str]
    needs: list["NeedMeantRow"]


class NeedMeantRow(TypedDict):
    """A need: the numbers of it and what includes it, and those of its parts (graph_model/reach.py)."""

    code: str
    whole: list[int]
    parts: list[int]


class DosCodesRow(TypedDict):
    """The codes that were asked for, whether any of each kind are loaded, and the distance for the postcode."""

    codes: list[DosCodeRow]
    kinds: list[str]
    distances: list["SearchDistanceRow"]


class SearchDistanceRow(TypedDict):
    """How far to search from a postcode, a sector or a district."""

    code: str
    km: int


DOS_CODES: LiteralString = """
RETURN {
  kinds: COLLECT { MATCH (code:DosCode) RETURN DISTINCT code.kind },
  codes: COLLECT {
    MATCH (code:DosCode) WHERE code.key IN $asked.keys
    RETURN code {
      .key, .name, .within_minutes,
      types: COLLECT {
        MATCH (code)-[:CALLS_FOR]->(type:ServiceType) RETURN type.code ORDER BY type.code
      },
      needs: COLLECT {
        MATCH (code)-[:MEANS]->(need:Need)
        RETURN need {
          .code,
          whole: COLLECT {
            MATCH (need)-[:NARROWER_THAN*0..6]->(broader:Need) RETURN DISTINCT broader.number
          },
          parts: COLLECT {
            MATCH (need)<-[:NARROWER_THAN*1..6]-(part:Need) RETURN DISTINCT part.number
          }
        } ORDER BY need.code
      }
    }
  },
  distances: COLLECT {
    MATCH (distance:SearchDistance) WHERE distance.code IN $asked.places
    RETURN distance {.code, .km}
  }
} AS row
"""


async def dos_codes(
    driver: AsyncDriver, keys: Sequence[str], places: Sequence[str] = ()
) -> DosCodesRow:
    """What these codes mean, and the distances that are stated for these postcodes, sectors and districts."""
    [row] = await read(driver, DOS_CODES, keys=list(keys), places=list(places))
    return row


def group_key(group: int) -> str:
    return f"SG {group}"


def discriminator_key(group: int, discriminator: int) -> str:
    return f"SD {group} {discriminator}"


def disposition_key(disposition: int) -> str:
    return f"DX {disposition}"


def met_by(need: NeedMeantRow, numbers: frozenset[int]) -> bool | None:
    """Whether a service that meets needs of these numbers meets one: wholly, not, or (None) in a part only."""
    if not numbers.isdisjoint(need["whole"]):
        return True
    return False if numbers.isdisjoint(need["parts"]) else None
