"""Showing what a search found, by its keys: a question for each noun, whatever was searched by."""

import asyncio
from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, LiteralString

from neo4j import AsyncDriver

from graph_model.database import read
from graph_model.search.noun import Noun
from graph_model.search.parts import with_parts

SHOWN = """
<as of>
RETURN COLLECT {
  UNWIND $asked.keys AS key
  <keyed>
  RETURN {key: key, row: <row>}
} AS row
"""


@lru_cache(maxsize=64)
def showing(noun: Noun) -> LiteralString:
    """The question that shows nodes of this noun."""
    return with_parts(SHOWN.replace("<keyed>", noun.keyed).replace("<row>", noun.row))


async def shown(
    driver: AsyncDriver, keys: Mapping[Noun, Collection[str]], day: date
) -> dict[Noun, dict[str, dict[str, Any]]]:
    """The rows of all these nodes by noun and key, all nouns asked for at once; what is gone is left out."""
    found = await asyncio.gather(
        *(rows_of(driver, noun, some, day) for noun, some in keys.items())
    )
    return dict(zip(keys, found, strict=True))


async def rows_of(
    driver: AsyncDriver, noun: Noun, keys: Collection[str], day: date
) -> dict[str, dict[str, Any]]:
    """The rows of one noun by key."""
    if not keys:
        return {}
    [rows] = await read(driver, showing(noun), keys=sorted(keys), as_of=day)
    return {each["key"]: noun.on_the_day(each["row"], day) for each in rows}


async def plan_ahead(driver: AsyncDriver, nouns: Collection[Noun]) -> None:
    """Have Neo4j plan what shows each noun, which takes it a second for each; asked for nothing."""
    for noun in nouns:
        await read(driver, showing(noun), keys=[], as_of=None)
