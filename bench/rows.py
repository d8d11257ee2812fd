"""A row of the table: what was measured, against what, and whether it is as we want it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One comparison. `most` and `least` bound the ratio; a row with neither only tells."""

    name: str
    ours: str
    theirs: str
    ratio: float | None = None
    most: float | None = None
    least: float | None = None
    note: str = ""

    @property
    def wanted(self) -> str:
        """The bound in words."""
        if self.most is not None:
            return f"at most {self.most:g}"
        return "" if self.least is None else f"at least {self.least:g}"

    @property
    def holds(self) -> bool | None:
        """Whether the ratio is within its bound; None where there is none to hold."""
        if self.ratio is None or (self.most is None and self.least is None):
            return None
        return (self.most is None or self.ratio <= self.most) and (
            self.least is None or self.ratio >= self.least
        )
