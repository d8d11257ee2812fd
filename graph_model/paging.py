"""Pages of a list: bounded, in a stable order, continued by a cursor that only its own list takes."""

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, LiteralString, TypeVar

from neo4j import AsyncDriver

from graph_model.database import read, read_in_order
from graph_model.errors import BadCursor, BadUserInput

MOST = 100  # rows that one page may hold

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, each with the cursor that continues after it."""

    rows: list[Row]
    cursors: list[str]
    total: int
    has_next: bool
    has_previous: bool


@dataclass(frozen=True)
class PageQuestion:
    """Which page of which list: `first` rows after the key `after` (None: from the start)."""

    list_name: str
    first: int
    after: str | int | None


def page_of(page: PageQuestion, answer: dict[str, Any], key: str) -> Page[Any]:
    """The page of an answer `{rows, total}` that holds one row more if more follow."""
    rows = answer["rows"][: page.first]
    return Page(
        rows=rows,
        cursors=[cursor(page.list_name, row[key]) for row in rows],
        total=answer["total"],
        has_next=len(answer["rows"]) > page.first,
        has_previous=page.after is not None,
    )


async def read_page(
    driver: AsyncDriver,
    cypher: LiteralString,
    page: PageQuestion,
    key: str = "slug",
    **params: Any,
) -> Page[Any]:
    """Ask for one page of a list whose rows are in the order of `key`."""
    rows = await read(driver, cypher, first=page.first, after=page.after, **params)
    # Where the filters leave nothing, the question has no row to answer with.
    return page_of(page, rows[0] if rows else {"rows": [], "total": 0}, key)


async def read_pages(
    driver: AsyncDriver,
    cypher: LiteralString,
    keys: list[str],
    page: PageQuestion,
    **params: Any,
) -> list[Page[Any]]:
    """Ask for one page of the list of each key, in one round trip, in the order of the keys."""
    answers = await read_in_order(
        driver, cypher, keys, first=page.first, after=page.after, **params
    )
    return [page_of(page, answer, "slug") for answer in answers]


def page_question(
    name: str, filters: Sequence[Any], first: int | None, after: str | None
) -> PageQuestion:
    """Check the bounds of a page and read its cursor.

    Raises BadUserInput where `first` is not between 1 and 100, and BadCursor where `after` is no
    cursor of this list with these filters.
    """
    first = 20 if first is None else first
    if not 1 <= first <= MOST:
        raise BadUserInput(
            f"first is {first}. Ask for 1 to {MOST} at a time, and for the next ones "
            "with after: the endCursor of the page before."
        )
    # Two lists with other filters are two lists: a cursor of one means nothing in the other.
    mark = hashlib.sha256(repr(filters).encode()).hexdigest()[:8]
    list_name = f"{name}:{mark}"
    return PageQuestion(list_name, first, key_of(list_name, after))


def cursor(list_name: str, key: Any) -> str:
    """The opaque cursor after the row with this key."""
    return base64.urlsafe_b64encode(json.dumps([list_name, key]).encode()).decode()


def key_of(list_name: str, after: str | None) -> Any:
    """The key that a cursor holds. Raises BadCursor where it is not one of this list."""
    if after is None:
        return None
    name = list_name.split(":")[0]
    try:
        of_list, key = json.loads(
            base64.b64decode(after, altchars=b"-_", validate=True)
        )
    except (binascii.Error, ValueError, TypeError) as error:
        raise BadCursor(
            f"{after[:80]!r} is not a cursor. Use the endCursor of a page of {name}, "
            "or leave after out to start from the beginning."
        ) from error
    if of_list != list_name or not isinstance(key, str | int):
        raise BadCursor(
            f"The cursor {after[:80]!r} belongs to another list, or to {name} with other "
            "filters. Keep the filters as they were, or leave after out."
        )
    return key
