"""Questions about needs: what a person may need, in the words of staff and patients."""

import re

from neo4j import AsyncDriver

from graph_model.cards import compose
from graph_model.database import read, read_in_order
from graph_model.paging import Page, page_of, page_question, read_page
from graph_model.rows import NeedRow

NEEDS_BY_CODES = compose("""
UNWIND range(0, size($asked.keys) - 1) AS position
MATCH (need:Need {code: $asked.keys[position]})
RETURN [position, <full need>] AS row
""")


async def needs_by_codes(driver: AsyncDriver, codes: list[str]) -> list[NeedRow | None]:
    """The needs with these codes, in the order asked, None for each that is not there."""
    return await read_in_order(driver, NEEDS_BY_CODES, codes)


NEEDS_PAGE = compose("""
WITH COLLECT { MATCH (need:Need) RETURN need ORDER BY need.code } AS needs
RETURN {
  total: size(needs),
  rows: COLLECT {
    UNWIND needs AS need
    WITH need WHERE $asked.after IS NULL OR need.code > $asked.after
    LIMIT $asked.first + 1
    RETURN <full need>
  }
} AS row
""")

NEEDS_MATCHING = compose("""
CALL db.index.fulltext.queryNodes('needs_by_words', $asked.words, {limit: 100})
YIELD node AS need, score
RETURN <full need> AS row ORDER BY score DESC, need.code
""")


async def needs_page(
    driver: AsyncDriver,
    *,
    matching: str | None = None,
    first: int | None = None,
    after: str | None = None,
) -> Page[NeedRow]:
    """Needs by code, or with `matching` those that fit the words, best first."""
    page = page_question("needs", [matching], first, after)
    if not (matching or "").strip():
        return await read_page(driver, NEEDS_PAGE, page, key="code")
    words = lucene_words(matching or "")
    needs = await read(driver, NEEDS_MATCHING, words=words) if words else []
    codes = [need["code"] for need in needs]
    start = codes.index(page.after) + 1 if page.after in codes else 0
    return page_of(page, {"rows": needs[start:], "total": len(needs)}, "code")


def lucene_words(text: str) -> str:
    """Free text as a full-text question: its letters and digits, none of Lucene's operators.

    Each word of five letters or more may also be off by one letter; a word as it was written counts more.
    """
    words = re.findall(r"[a-z0-9]+", re.sub(r"['\u2019]", "", text.lower()))
    return " ".join(f"{word}^2 {word}~1" if len(word) > 4 else word for word in words)
