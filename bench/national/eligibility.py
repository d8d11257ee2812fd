"""Whom the sample's services take, when they run, and how much room they have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

from bench.national.chance import Chance, Weighted
from bench.national.hours import HOURS
from bench.national.sample import AS_OF
from seed.fields import Referrer, Sex

ADULT, CHILD, OLD = 6574, 6573, 23741  # days: from 18 years, below 18, from 65
ONLY_BY_HUB = 0.12
WITH_CAPACITY = 0.2

REFERRERS = list(get_args(Referrer))
SEXES = list(get_args(Sex))

Values = dict[str, Any]

STATUS = Weighted(
    [("ACTIVE", 96.0), ("SUSPENDED", 1.0), ("CLOSED", 1.0), ("PLANNED", 2.0)]
)
AGES: Weighted[Values] = Weighted(
    [
        ({"ages": "ALL"}, 45.0),
        ({"ages": "LIMITED", "min_age_days": ADULT}, 25.0),
        ({"ages": "LIMITED", "max_age_days": CHILD}, 12.0),
        ({"ages": "LIMITED", "min_age_days": OLD}, 5.0),
        ({"ages": "LIMITED", "min_age_days": 730, "max_age_days": CHILD}, 3.0),
        ({}, 10.0),
    ]
)
WHICH_SEXES: Weighted[list[str] | None] = Weighted(
    [(SEXES, 80.0), (["FEMALE"], 6.0), (["MALE"], 2.0), (None, 12.0)]
)
ACCEPTS: Weighted[str | None] = Weighted(
    [("ANYONE", 50.0), ("LISTED", 35.0), (None, 15.0)]
)
REGISTRATION: Weighted[str | None] = Weighted(
    [("ANY", 70.0), ("LISTED", 5.0), (None, 25.0)]
)
CAPACITY = Weighted([("GREEN", 70.0), ("AMBER", 20.0), ("RED", 10.0)])


def who_may_come(chance: Chance, practices: Sequence[str]) -> Values:
    """Ages, sexes and GP practices, of which `practices` are those nearby."""
    values = {**AGES.pick(chance), "sexes": WHICH_SEXES.pick(chance)}
    registration = REGISTRATION.pick(chance)
    if registration == "LISTED" and practices:
        values["gp_practices"] = sorted(chance.several(practices, 5))
    elif registration == "LISTED":
        registration = None
    values["gp_registration"] = registration
    return values


def referrers(chance: Chance) -> tuple[str | None, list[str]]:
    """Who may refer: anyone, those listed, or not stated. Some take people from the hub alone."""
    if chance.happens(ONLY_BY_HUB):
        return "LISTED", ["CLINICAL_HUB"]
    accepts = ACCEPTS.pick(chance)
    if accepts != "LISTED":
        return accepts, []
    return accepts, sorted(chance.several(REFERRERS, 2 + chance.below(4)))


def life(chance: Chance) -> Values:
    """When the service runs, its hours, and when somebody last looked."""
    status = STATUS.pick(chance)
    values: Values = {"status": status, "opening": HOURS.pick(chance)}
    if status == "PLANNED":
        values["opened"] = chance.day(date(2017, 1, 1), date(2017, 12, 1))
    elif chance.happens(0.7):
        values["opened"] = chance.day(date(2005, 1, 1), date(2016, 10, 1))
    if status == "CLOSED":
        values["closed"] = chance.day(date(2016, 10, 2), AS_OF)
    elif status == "ACTIVE" and chance.happens(0.02):
        values["closed"] = chance.day(date(2017, 1, 1), date(2018, 1, 1))
    if chance.happens(0.6):
        values["last_verified"] = chance.day(date(2014, 1, 1), AS_OF)
    return values


def capacity(chance: Chance) -> Values:
    """How much room there is, for some; amber and red end by themselves (the DoS's 15 minutes to 120 hours)."""
    if not chance.happens(WITH_CAPACITY):
        return {}
    room = CAPACITY.pick(chance)
    said = datetime.combine(AS_OF, datetime.min.time(), UTC) + timedelta(
        minutes=15 * (chance.below(192) - 96)
    )
    values: Values = {"capacity": room, "capacity_updated_at": said}
    if room != "GREEN":
        values["capacity_resets_at"] = said + timedelta(
            minutes=15 * (1 + chance.below(480))
        )
    return values
