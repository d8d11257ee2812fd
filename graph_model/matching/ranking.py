"""The order of the options, written down once.

1. In an emergency 999 comes first, then emergency departments that are known to take people from
   here, then all others. Where the need is for an emergency department, these come first.
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

from collections.abc import Mapping, Sequence
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
IN_AN_EMERGENCY = (EMERGENCY_CALL, EMERGENCY_DEPARTMENT)
FOR_A_DEPARTMENT = (EMERGENCY_DEPARTMENT,)
MATCHES = ["EXACT", "TYPE", "EMERGENCY", "BROADER", "NARROWER", "FALLBACK"]


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


def order(candidate: Row, first: Sequence[str] = ()) -> tuple[Any, ...]:
    """The key by which the options are sorted, smallest first.

    `first` are the DoS service types that come before all others: `IN_AN_EMERGENCY`, or
    `FOR_A_DEPARTMENT`.
    """
    return (
        type_order(candidate, first),
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


def type_order(candidate: Row, first: Sequence[str]) -> int:
    """The nearest of the types that come first, in their order, then all others.

    What may not serve this place is one of the others.
    """
    code = candidate["service"]["type"]["code"]
    leads = candidate.get("leads", False) and "AREA" not in doubts(
        candidate["criteria"]
    )
    return first.index(code) if leads and code in first else len(first)


def area_order(candidate: Row) -> int:
    """Only for people of this area, then open to all, then the rest and the doubtful."""
    return 2 if "AREA" in doubts(candidate["criteria"]) else candidate["rule"]


def rule_here(service: Row, shares: Mapping[str, float]) -> int:
    """By which rule it serves a place: 0 for its area only, 1 open to a whole country or to anybody, 2 else.

    `shares` are those of the areas around the place (`Here.shares`).
    """
    here = [area for area in service["serves"] if shares.get(area["code"], 0) > 0]
    rules = {
        "OPEN"
        if area["kind"] == "COUNTRY" and area["rule"] == "LIMITED"
        else area["rule"]
        for area in here
    }
    return 0 if "LIMITED" in rules else 1 if "OPEN" in rules else 2


def opening_in_words(candidate: Row) -> str:
    """Whether it is open at the time that was asked for; empty where none was."""
    if not candidate.get("time_asked", False):
        return ""
    if may_be_closed(candidate):
        return "not known whether it is open then"
    return "open then"


FOR_THE_NEED = {
    "EXACT": "for exactly this need",
    "TYPE": "of the type asked for",
    "EMERGENCY": "for emergencies",
    "BROADER": "for a broader need",
    "NARROWER": "for a part of the need",
}
FOR_THE_AREA = ["for people of this area", "open to anybody", ""]


def why_here(candidate: Row, first: Sequence[str] = ()) -> str:
    """Why an option stands where it stands, in a sentence."""
    if candidate["match"] == "FALLBACK":
        return "Always there, where nothing in the directory fits."
    comes_first = type_order(candidate, first) < len(first)
    code = candidate["service"]["type"]["code"]
    if comes_first and code == EMERGENCY_CALL:
        return "Before all others, because this may be an emergency."
    unknown = doubts(candidate["criteria"])
    kinds = ", ".join(kind.lower().replace("_", " ") for kind in unknown)
    distance = candidate["distance_km"]
    reasons = [
        "an emergency department, for what may be an emergency" if comes_first else "",
        f"not known: {kinds}" if kinds else "everything that decides is known to fit",
        FOR_THE_NEED[candidate["match"]],
        opening_in_words(candidate),
        FOR_THE_AREA[area_order(candidate)],
        "" if distance is None else f"{distance:.1f} km away",
    ]
    words = "; ".join(filter(None, reasons))
    return f"{words[0].upper()}{words[1:]}."
