"""A place that the directory does not know, told with the names that are nearest to what was written."""

from typing import LiteralString

from neo4j import AsyncDriver
from rapidfuzz import fuzz

from graph_model.database import read
from graph_model.errors import DirectoryError, PlaceNotFound
from graph_model.matching.case import Row
from graph_model.names import name_key
from graph_model.place_names import namings
from graph_model.places import PlaceQuestion, title_of
from graph_model.postcodes import postcode_codes

NEAR_ENOUGH = 75  # of 100 by rapidfuzz's ratio
AS_NEAR = 12  # no farther than this behind the nearest
BEGUN = 85  # what stands for how near the beginning of a name is
MOST_HINTS = 3

NAMES_LIKE: LiteralString = """
CALL db.index.fulltext.queryNodes('places_by_name_key', $asked.like, {limit: 50})
YIELD node AS place
RETURN place {
  .name, .district, .name_keys, kind: null, population: coalesce(place.population, 0)
} AS row
"""


WIDE_AREAS: LiteralString = """
MATCH (area:Area)
WHERE area.kind IN ['COUNTRY', 'COUNTY', 'LOCAL_AUTHORITY']
RETURN area.name AS row
"""


async def place_not_found(
    driver: AsyncDriver, question: PlaceQuestion
) -> PlaceNotFound:
    """The error for a place that is not there, with what may have been meant."""
    hint = await hint_for(driver, question.name) if question.name else ""
    return PlaceNotFound(
        f"The directory knows no place {question.in_words()}.{hint} Give a postcode, a sector, a "
        "district or a town of England, or a point near one. Where a life may be at risk, "
        "call 999."
    )


async def hint_for(driver: AsyncDriver, written: str) -> str:
    """What may have been meant by a name that no place has, as a sentence; empty where that is not known."""
    if is_a_postcode(written):
        return " It is a postcode: give it as `postcode`, not as `name`."
    wide = {name_key(name) for name in await read(driver, WIDE_AREAS)}
    if name_key(written) in wide:
        return " A whole county, district or country is too wide to say what is near."
    names = await names_like(driver, written)
    return f" Did you mean {' or '.join(map(repr, names))}?" if names else ""


def is_a_postcode(written: str) -> bool:
    """Whether somebody gave a postcode, a sector or a district as a name."""
    if not any(sign.isdigit() for sign in written):
        return False
    try:
        return bool(postcode_codes(written))
    except DirectoryError:
        return False


async def names_like(driver: AsyncDriver, written: str) -> list[str]:
    """The names of places that are nearest to what was written, the nearest first, with their counties."""
    keys = [naming["key"] for naming in namings(written)]
    like = " OR ".join(terms for key in keys if (terms := terms_like(key)))
    if not like:
        return []
    rows = await read(driver, NAMES_LIKE, like=like)
    nearness = [(max(nearness_of(row, key) for key in keys), row) for row in rows]
    best = max((near for near, _ in nearness), default=0)
    close = [
        (near, row)
        for near, row in nearness
        if near >= max(NEAR_ENOUGH, best - AS_NEAR)
    ]
    close.sort(key=lambda each: (-each[0], -each[1]["population"], title_of(each[1])))
    return [title_of(row) for _, row in close][:MOST_HINTS]


def terms_like(key: str) -> str:
    """The names within two signs of a key, or one of a short one, and those that begin with it; of three letters none."""
    if len(key) < 4:
        return ""
    signs = 2 if len(key) > 4 else 1
    return f"{key}~{signs} OR {key}*"


def nearness_of(place: Row, key: str) -> float:
    """How near one of a place's names is to a key, of 100."""
    return max(
        max(
            fuzz.ratio(key, name), BEGUN if len(key) > 3 and name.startswith(key) else 0
        )
        for name in place["name_keys"]
    )
