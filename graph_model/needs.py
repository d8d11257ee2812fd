"""Questions about needs: what a person may need, in the words of staff and patients."""

from dataclasses import asdict
from typing import LiteralString

from neo4j import AsyncDriver

from graph_model.cards import compose
from graph_model.database import read, read_in_order
from graph_model.paging import Page, page_of, page_question, read_page
from graph_model.rows import NeedRow
from graph_model.wording import wording

MOST_MATCHING = 100

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

# Needs that fit a text, best first, and for each a score: 1 for what the text says in so many
# words, less for what it may mean (docs/finding-needs.md). A phrase inside a longer one that
# the text says is not meant: a "fit note" is no fit. Where a phrase is all that the text tells,
# that alone is meant; where it says a phrase among other words, what only comes near counts
# less. An emergency that is said in a long text is never cut off.
NEEDS_MEANT: LiteralString = """CALL () {
  WITH reduce(ways = '', way IN $asked.said | ways + '|' + way) AS text
  CALL db.index.fulltext.queryNodes(
    'needs_by_words', $asked.words, {limit: 20 + $asked.most_needs}
  ) YIELD node AS need, score
  WITH text, need, score, [
    phrase IN coalesce(need.phrases, [
      name IN need.synonyms + need.name | ' ' + replace(toLower(name), '-', ' ') + ' '
    ])
    WHERE text CONTAINS phrase AND replace(text, ' no' + phrase, ' ') CONTAINS phrase
  ] AS phrases
  WITH collect({need: need, score: score, phrases: phrases}) AS found, max(score) AS best
  WITH found, best, reduce(all = [], each IN found | all + each.phrases) AS said
  UNWIND found AS each
  WITH each.need AS need, each.score / best AS nearness,
       any(phrase IN each.phrases WHERE phrase IN $asked.told) AS exact,
       reduce(most = 0, phrase IN each.phrases | CASE
         WHEN size(split(phrase, ' ')) - 2 > most AND none(
           longer IN said WHERE longer CONTAINS phrase AND longer <> phrase)
         THEN size(split(phrase, ' ')) - 2 ELSE most
       END) AS words_said
  ORDER BY exact DESC, nearness + words_said
    + CASE WHEN need.emergency AND words_said > 0 THEN 0.75 ELSE 0 END DESC, need.code
  WITH collect({
    need: need, exact: exact, words_said: words_said, nearness: nearness
  }) AS found
  WITH found[..$asked.most_needs] + [
    each IN found[$asked.most_needs..] WHERE each.need.emergency AND each.words_said > 0
  ] AS found
  RETURN [each IN found | each.need] AS needs, [each IN found | CASE
    WHEN each.exact OR each.words_said > 0 AND NOT found[0].exact THEN 1.0
    WHEN found[0].exact THEN 0.0
    WHEN found[0].words_said > 0 THEN 0.64 * each.nearness
    ELSE 0.9 * each.nearness
  END] AS scores
}"""

NEEDS_MATCHING = compose(
    NEEDS_MEANT
    + """
UNWIND needs AS need
RETURN <full need> AS row
"""
)


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
    needs = await needs_matching(driver, matching or "")
    codes = [need["code"] for need in needs]
    start = codes.index(page.after) + 1 if page.after in codes else 0
    return page_of(page, {"rows": needs[start:], "total": len(needs)}, "code")


async def needs_matching(driver: AsyncDriver, text: str) -> list[NeedRow]:
    """The needs that fit the text, best first; none where it has no word."""
    asked = wording(text)
    if not asked.words:
        return []
    return await read(
        driver,
        NEEDS_MATCHING,
        **asdict(asked),
        most_needs=MOST_MATCHING,
    )
