"""The order of the options, written down once.

1. In an emergency 999 comes first, then emergency departments, then all others.
2. What meets the whole need comes before what is known to meet a part of it only.
3. What is known to fit comes before what may fit: fewer UNKNOWN verdicts first, of the criteria in
   `DECIDING`. (Capacity is not held yet: it is UNKNOWN for all alike.)
4. A service for exactly this need before one for a broader need.
5. Where a time was asked for, what is known to be open then before what may be. It stands below 3 and 4 because
   ringing up settles it: no caller is sent to a helpline for want of a clinic's hours. Where no
   time was asked for it counts for nothing, or else all that never closes would come first.
6. A service commissioned for this area only, before one open to anybody (the DoS's "commissioned and restricted"
   before "commissioned and unrestricted"), before the rest.
7. The nearer before the farther; what comes to the person counts as near.
8. The slug, so that equals keep their order.
"""

from collections.abc import Sequence
from typing import Any

from graph_model.matching.case import Row
from graph_model.matching.verdicts import FAIL, UNKNOWN

DECIDING = {
    "ACTIVE",
    "NEED",
    "DISTANCE",
    "AREA",
    "AGE",
    "SEX",
    "REFERRER",
    "CONTRACT",
}

EMERGENCY_CALL = "138"  # DoS service type: Emergency National Response
EMERGENCY_DEPARTMENT = "105"
MATCHES = ["EXACT", "TYPE", "BROADER", "NARROWER"]


def failed(criteria: Sequence[Row]) -> list[Row]:
    """The criteria that fail."""
    return [each for each in criteria if each["verdict"] == FAIL]


def doubts(criteria: Sequence[Row]) -> list[str]:
    """The kinds of the deciding criteria that are not known."""
    return [
        each["kind"]
        for each in criteria
        if each["verdict"] == UNKNOWN and each["kind"] in DECIDING
    ]


def order(candidate: Row, emergency: bool) -> tuple[Any, ...]:
    """The key by which the options are sorted, smallest first."""
    return (
        emergency_order(candidate) if emergency else 0,
        candidate["match"] == "NARROWER",
        len(doubts(candidate["criteria"])),
        MATCHES.index(candidate["match"]),
        may_be_closed(candidate),
        area_order(candidate),
        candidate.get("nearness_km", candidate["distance_km"] or 0.0),
        candidate["service"]["slug"],
    )


def may_be_closed(candidate: Row) -> bool:
    """Whether a time was asked for, and nobody knows whether the service is open then."""
    return candidate.get("time_asked", False) and any(
        each["kind"] == "OPENING" and each["verdict"] == UNKNOWN
        for each in candidate["criteria"]
    )


def emergency_order(candidate: Row) -> int:
    """999, then the emergency departments, then all others."""
    first = [EMERGENCY_CALL, EMERGENCY_DEPARTMENT]
    code = candidate["service"]["type"]["code"]
    return first.index(code) if code in first else len(first)


def area_order(candidate: Row) -> int:
    """Commissioned for this area only, then open to all, then the rest."""
    rules = {area["rule"] for area in candidate["service"]["serves"]}
    return 0 if "LIMITED" in rules else 1 if "OPEN" in rules else 2


def why_here(candidate: Row, emergency: bool) -> str:
    """Why an option stands where it stands, in a sentence."""
    reasons = []
    if emergency and emergency_order(candidate) == 0:
        return "Before all others, because this may be an emergency."
    if emergency and emergency_order(candidate) == 1:
        reasons.append("an emergency department, for what may be an emergency")
    unknown = doubts(candidate["criteria"])
    if unknown:
        kinds = ", ".join(kind.lower().replace("_", " ") for kind in unknown)
        reasons.append(f"not known: {kinds}")
    else:
        reasons.append("everything that decides is known to fit")
    reasons.append(
        {
            "EXACT": "for exactly this need",
            "TYPE": "of the type asked for",
            "BROADER": "for a broader need",
            "NARROWER": "for a part of the need",
        }[candidate["match"]]
    )
    if candidate.get("time_asked", False):
        reasons.append(
            "not known whether it is open then"
            if may_be_closed(candidate)
            else "open then"
        )
    reasons.append(
        ["commissioned for this area", "open to anybody", "no area is stated"][
            area_order(candidate)
        ]
    )
    distance = candidate["distance_km"]
    if distance is not None:
        reasons.append(f"{distance:.1f} km away")
    words = "; ".join(reasons)
    return f"{words[0].upper()}{words[1:]}."
