"""Which sample: how large, and by which seed of chance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bench.national.chance import Chance

LEAST_SERVICES, MOST_SERVICES = 1_000, 1_000_000
NEEDS, TYPES, PATHWAYS = 120, 60, 300

# The day of the seed, for which its areas and commissioners hold.
AS_OF = date(2016, 11, 30)
SOURCE = "generated-sample"


@dataclass(frozen=True)
class Sample:
    """So many services, drawn by a seed of chance."""

    services: int = 200_000
    seed: int = 1

    def __post_init__(self) -> None:
        if not LEAST_SERVICES <= self.services <= MOST_SERVICES:
            raise ValueError(
                f"A sample of {self.services} services cannot be made. Ask for "
                f"{LEAST_SERVICES:,} to {MOST_SERVICES:,}."
            )

    @property
    def name(self) -> str:
        return f"{self.services}-services-seed-{self.seed}"

    @property
    def providers(self) -> int:
        return self.services // 25

    @property
    def contracts(self) -> int:
        return self.services // 10

    def chance(self, subject: str) -> Chance:
        """Chance for one subject, so that a change to another does not touch it."""
        return Chance(f"{self.seed} {subject}")
