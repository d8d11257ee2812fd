"""Chance that is the same everywhere."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


class Chance:
    """Draws that a seed decides.

    Of Python's generator only `random()` is promised to be the same in every version; so nothing else of it is used.
    """

    def __init__(self, seed: str) -> None:
        self.draw = random.Random(seed).random  # 0 to below 1

    def below(self, bound: int) -> int:
        """A whole number from 0 to below the bound."""
        return int(self.draw() * bound)

    def happens(self, share: float) -> bool:
        return self.draw() < share

    def pick(self, items: Sequence[T]) -> T:
        return items[int(self.draw() * len(items))]

    def several(self, items: Sequence[T], count: int) -> list[T]:
        """So many different items, in the order of the draw; all of them if there are fewer."""
        left = list(items)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]

    def day(self, first: date, last: date) -> date:
        """A day from the first to the last."""
        return first + timedelta(days=self.below((last - first).days + 1))

    def around(self, spread: float) -> float:
        """A number around 0: near a bell, and never more than twice the spread away."""
        return (self.draw() + self.draw() + self.draw() + self.draw() - 2) * spread


class Weighted(Generic[T]):
    """Items of which some come up more often."""

    def __init__(self, weights: Sequence[tuple[T, float]]) -> None:
        self.items = [item for item, _ in weights]
        self.sums = list(accumulate(weight for _, weight in weights))

    def pick(self, chance: Chance) -> T:
        return self.items[bisect_right(self.sums, chance.draw() * self.sums[-1])]
