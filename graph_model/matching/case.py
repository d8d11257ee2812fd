"""The case: what is known of the person, and when and where they need help."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

# A row that a question gave; its shape is in graph_model/rows.py, which knows the graph: nothing here
# does.
Row = Any

DAYS_IN_A_MONTH = 30.4375  # the DoS's own conversion (CheckCapacitySummary v1.5)
DAYS_IN_A_YEAR = 365.25


ROLES = {
    "PATIENT": "patients themselves",
    "GP": "GPs",
    "PARAMEDIC": "paramedics",
    "NHS_111": "NHS 111",
    "CLINICAL_HUB": "the clinical hub",
    "COMMUNITY_NURSE": "community nurses",
    "SOCIAL_WORKER": "social workers",
    "MENTAL_HEALTH_PROFESSIONAL": "mental health professionals",
    "HOSPITAL": "hospitals",
    "CARE_HOME": "care homes",
}


@dataclass(frozen=True)
class Person:
    """Who needs help, and who asks for them; None: not given."""

    age_days: int | None = None
    sex: str | None = None
    gp_practice: str | None = None  # ODS code
    referrer: str | None = None


@dataclass(frozen=True)
class Here:
    """Where the person is: the name that was asked for, and the areas that it lies in.

    `shares` tells for each area's code which part of the place lies in it, above 0 to 1; of an area that is not
    among them, none does.
    """

    name: str
    shares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Registration:
    """Who commissions for the patients of the person's GP practice, and the codes of its areas."""

    commissioner: str
    areas: frozenset[str]


@dataclass(frozen=True)
class Setting:
    """The case as the criteria see it.

    `time_asked` is False where nobody said when, and `at` is the present time of day on that date. `within_minutes`
    is how soon after `at` the person is to be seen (the DoS's disposition). `registration` is None where the
    practice is not given, or whose it is is not known. `ranks` are those that whoever is responsible gives to types
    of service, by the types' codes: 1 first.
    """

    person: Person
    here: Here
    as_of: date
    at: datetime
    within_km: float
    time_asked: bool = True
    within_minutes: int | None = None
    registration: Registration | None = None
    ranks: Mapping[str, int] = field(default_factory=dict)


@lru_cache(maxsize=4096)
def age_in_words(days: int) -> str:
    """An age as people say it: years from two on, months below, days in the first month.

    An age in years was cut down to whole days on its way here: a day more finds the years again.
    """
    if days + 1 < DAYS_IN_A_MONTH:
        return counted(days, "day")
    if days + 1 < 2 * DAYS_IN_A_YEAR:
        return counted(int((days + 1) / DAYS_IN_A_MONTH), "month")
    return counted(int((days + 1) / DAYS_IN_A_YEAR), "year")


def counted(number: int, noun: str) -> str:
    """A number of things: 1 day, 2 days."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@lru_cache(maxsize=4096)
def day_in_words(day: date) -> str:
    """A date as people write it: 30 November 2016."""
    return f"{day.day} {day:%B %Y}"
