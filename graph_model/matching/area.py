"""Whether a service takes people from a place, or of a commissioner (the DoS's limited and promoted).

In the DoS a limited service takes the patients of its commissioner, by GP registration. Sources rarely say whether they
mean those who live in an area or those who are registered there, so either will do here, and where the two
differ the explanation says so.
"""

from collections.abc import Sequence
from typing import Any

from graph_model.matching.case import Row, Setting
from graph_model.matching.citing import criterion, sources_for, unique
from graph_model.matching.verdicts import FAIL, PASS, UNKNOWN

# Shares are counted in postcodes; rounding to four decimals must not make a place uncertain.
WHOLE = 0.9995


def judge_area(service: Row, setting: Setting) -> dict[str, Any]:
    """Whether the service takes this person, by where they are or where they are registered."""
    here, serves = setting.here, service["serves"]
    inside = [area for area in serves if here.shares.get(area["code"], 0) > 0]
    if opened := by_rule(inside, "OPEN"):
        return in_area(PASS, "It is open to anybody in {}.", service, opened)
    limited_here = by_rule(inside, "LIMITED")
    share = share_within(limited_here, setting)
    registered = areas_of_registration(service, setting)
    if share >= WHOLE:
        words = f"It serves {{}}, and {here.name} is there.{elsewhere(limited_here, service, setting)}"
        return in_area(PASS, words, service, limited_here)
    if registered and setting.registration:
        words = (
            f"It serves {{}}. {here.name} is not {'all ' if share > 0 else ''}there, but the "
            f"GP practice is one of {setting.registration.commissioner}, and registration "
            "counts."
        )
        return in_area(PASS, words, service, registered)
    if share > 0:
        words = (
            f"It serves {{}} only, and {percent(share)} of the postcodes of {here.name} "
            "are there. Check whether the address is."
        )
        return in_area(UNKNOWN, words, service, limited_here)
    if promoted := by_rule(inside, "PROMOTED"):
        return in_area(PASS, "It is promoted in {}.", service, promoted)
    if unclear := by_rule(inside, "UNKNOWN"):
        words = "The sources leave open whether it serves {}."
        return in_area(UNKNOWN, words, service, unclear)
    if limited := by_rule(serves, "LIMITED"):
        nor = ", nor is the GP practice" if setting.registration else ""
        words = f"It serves {{}} only, and {here.name} is not there{nor}."
        return in_area(FAIL, words, service, limited)
    if promoted := by_rule(serves, "PROMOTED"):
        words = "It is promoted in {}, and takes people from elsewhere too."
        return in_area(PASS, words, service, promoted)
    return criterion(
        "AREA", UNKNOWN, f"No source says whether it takes people from {here.name}."
    )


def by_rule(areas: Sequence[Row], rule: str) -> list[Row]:
    """Those of the areas that the service serves by this rule."""
    return [area for area in areas if area["rule"] == rule]


def areas_of_registration(service: Row, setting: Setting) -> list[Row]:
    """Those areas to which a service is limited whose commissioner is the person's, by GP registration."""
    if setting.registration is None:
        return []
    return [
        area
        for area in service["serves"]
        if area["rule"] == "LIMITED" and area["code"] in setting.registration.areas
    ]


def elsewhere(limited_here: Sequence[Row], service: Row, setting: Setting) -> str:
    """A warning where a commissioner's service takes people of here, and they are registered elsewhere."""
    if setting.registration is None or areas_of_registration(service, setting):
        return ""
    if all(area["kind"] != "CCG" for area in limited_here):
        return ""
    return (
        f" The GP practice is one of {setting.registration.commissioner}: ask whether "
        "registration counts."
    )


def in_area(
    verdict: str, explanation: str, service: Row, areas: Sequence[Row]
) -> dict[str, Any]:
    """An area criterion that names the areas, with their sources or else the service's."""
    sources = [area["source"] for area in areas if area["source"]]
    return criterion(
        "AREA",
        verdict,
        explanation.replace("{}", names_of(areas), 1),
        unique(sources) or sources_for(service, "serves"),
    )


def names_of(areas: Sequence[Row], most: int = 4) -> str:
    """The areas' names in a sentence, the first few of many."""
    names = [
        area["name"].replace("United Kingdom", "the United Kingdom")
        for area in areas[:most]
    ]
    if len(areas) > most:
        return f"{', '.join(names)} and {len(areas) - most} more areas"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def share_within(areas: Sequence[Row], setting: Setting) -> float:
    """Which part of the place lies in the areas together.

    Areas of one kind do not overlap, so their shares add up; areas of different kinds may.
    """
    by_kind: dict[str, float] = {}
    for area in areas:
        share = setting.here.shares.get(area["code"], 0)
        by_kind[area["kind"]] = by_kind.get(area["kind"], 0) + share
    return min(1.0, max(by_kind.values(), default=0))


def percent(share: float) -> str:
    """A share in whole per cent, but never 0 or 100 for what is neither."""
    return f"{min(99, max(1, round(share * 100)))} %"
