"""What the finder's index derives from a service (graph_model/reach.py), so that the import can bring it along.

A test holds it against what the directory itself derives.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from neo4j.spatial import CartesianPoint, Point

from bench.national.services import Service
from graph_model.matching.case import ROLES
from graph_model.matching.periods import YEARS_VOUCHED, years_after
from graph_model.reach import (
    ANY,
    LAST_DAY,
    NO_LIMIT,
    NOT_KNOWN,
    QUIET,
    RULES,
    SEXES,
    bit_of,
)

EPOCH = date(1900, 1, 1)


def derived(
    service: Service, numbers: Mapping[str, int], ends: Mapping[str, date], on: date
) -> dict[str, Any]:
    """What a search needs to know of a service before it is read.

    `numbers` are those of types and areas, `ends` when each contract ends that does, `on` the day on which its source
    states the service.
    """
    return {
        "point": service.location.point if service.location else None,
        "serving": sorted(
            8 * numbers[area] + RULES["ALL" if is_whole_country(area, rule) else rule]
            for area, rule in service.serves
        )
        or None,
        "facts": facts(service, numbers[service.type], ends, on),
    }


def is_whole_country(area: str, rule: str) -> bool:
    return rule == "LIMITED" and area.startswith(("E92", "K02"))


def facts(
    service: Service, number_of_type: int, ends: Mapping[str, date], on: date
) -> list[int]:
    """The whole numbers whose places `FACTS` names."""
    values = service.values
    ages, opening = values.get("ages"), values.get("opening")
    return [
        NOT_KNOWN if ages is None else values.get("min_age_days", 0),
        values.get("max_age_days", NO_LIMIT) if ages == "LIMITED" else ANY,
        bits(values.get("sexes"), SEXES),
        ANY
        if service.accepts == "ANYONE"
        else bits(service.accepts and service.accepts_from, tuple(ROLES)),
        int(service.referred_on_to),
        {"ANY": 0, "LISTED": 1}.get(values.get("gp_registration") or "", 2),
        days(ends.get(service.contract), ANY) if service.contract else 0,
        (0 if not opening else 2 if opening == ["OPEN_ALL_HOURS"] else 1)
        + (0 if "capacity" in values else QUIET),
        days(values.get("opened"), 0),
        days(
            values.get("closed"), LAST_DAY + 1 + days(years_after(on, YEARS_VOUCHED), 0)
        ),
        number_of_type,
        int(service.location is None),
    ]


def bits(listed: Any, values: tuple[str, ...]) -> int:
    """One bit for each value that is listed."""
    if listed is None:
        return NOT_KNOWN
    return sum(bit_of(value, values) or 0 for value in listed)


def days(day: date | None, unknown: int) -> int:
    return unknown if day is None else (day - EPOCH).days


def cell_at(point: Point | None, number: int) -> dict[str, Point]:
    """The place in the index of a need or a type, by its number, at a point; none without one."""
    if point is None:
        return {}
    longitude, latitude = point
    return {"cell": CartesianPoint((longitude, latitude, number))}
