"""Pages of a list, as the profile has them, and the link to the next."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from api.open_referral.about import About, given
from api.open_referral.parameters import Asked, mark
from graph_model.search.search import Found


def page(
    asked: Asked, total: int | None, contents: Sequence[dict[str, Any]], about: About
) -> dict[str, Any]:
    """A page with its place among the others, and what a reader must know."""
    total = total or 0
    pages = -(-total // asked.per_page)
    return given(x_notice=about.notice) | {
        "total_items": total,
        "total_pages": pages,
        "page_number": asked.page,
        "size": len(contents),
        "first_page": asked.page == 1,
        "last_page": asked.page >= pages,
        "empty": not contents,
        "contents": list(contents),
    }


def next_link(asked: Asked, found: Found, address: str) -> str | None:
    """The address of the next page, which goes on after the last row of this one and so costs no more than its rows."""
    if not found.more or not found.rows:
        return None
    return link(asked, address, after=mark(found.rows[-1], found.total or 0))


def link(asked: Asked, address: str, **more: str) -> str:
    """The page after that which was asked for, as a header tells it."""
    told = [each for each in asked.told if each[0] not in ("page", "after")]
    told += [("page", str(asked.page + 1)), *more.items()]
    return f'<{address}?{urlencode(told)}>; rel="next"'
