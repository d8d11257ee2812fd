"""Where pages ended and how many items a list has, for callers who ask for one page after the other by its number.

A total looks at everything, and so does a page far down by its number. A caller who follows links carries both; for the others
they are remembered for a while, for as long as the directory is what it was.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

MOST_LISTS, MOST_ENDS = 256, 20
SECONDS = 600.0  # what is written past us moves nothing that would tell


@dataclass
class Bookmark:
    """Of one list: the state of the directory, the total, and the `[metres, key]` at which pages ended, by number."""

    state: Hashable
    total: int
    since: float = field(default_factory=monotonic)
    ends: OrderedDict[int, list[Any]] = field(default_factory=OrderedDict)

    def ended(self, page: int, at: list[Any]) -> None:
        self.ends[page] = at
        while len(self.ends) > MOST_ENDS:
            self.ends.popitem(last=False)


class Bookmarks:
    """The bookmarks of the lists that were asked for last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Bookmark] = OrderedDict()

    def of(self, question: Hashable) -> Bookmark | None:
        """The bookmark of a list, None where there is none or it is old."""
        found = self._kept.get(question)
        if found is None or monotonic() - found.since > SECONDS:
            return None
        self._kept.move_to_end(question)
        return found

    def keep(self, question: Hashable, state: Hashable, total: int) -> Bookmark:
        """A new bookmark for a list, in place of what there was."""
        self._kept[question] = Bookmark(state, total)
        self._kept.move_to_end(question)
        while len(self._kept) > MOST_LISTS:
            self._kept.popitem(last=False)
        return self._kept[question]
