"""The order of the options, written down once.

1. In an emergency 999 comes first, then emergency departments that are known to take people from
   here, then all others. Where the need is for an emergency department, these come first.
2. What meets the whole need comes before what is known to meet a part of it only.
3. What is known to fit comes before what may fit: fewer UNKNOWN verdicts first, of the criteria in
   `DECIDING`. (Opening times and capacity are not held yet: they are UNKNOWN for all alike.)
4. A service for exactly this need before one for a broader need.
5. A service commissioned for this area only, before one open to anybody (the DoS's "commissioned and restricted"
   before "commissioned and unrestricted"), before the rest.
6. The nearer before the farther; what comes to the person counts as near.
7. The slug, so that equals keep their order.
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
        area_order(candidate),
        candidate.get("nearness_km", candidate["distance_km"] or 0.0),
        candidate["service"]["slug"],
    )


def type_order(candidate: Row, first: Sequence[str]) -> int:
    """The types that come first, in their order, then all others and what may not serve this place."""
    code = candidate["service"]["type"]["code"]
    if code not in first or "AREA" in doubts(candidate["criteria"]):
        return len(first)
    return first.index(code)


def area_order(candidate: Row) -> int:
    """Only for people of this area, then open to all, then the rest and the doubtful."""
    if "AREA" in doubts(candidate["criteria"]):
        return 2
    rules = {area["rule"] for area in candidate["service"]["serves"]}
    return 0 if "LIMITED" in rules else 1 if "OPEN" in rules else 2


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
        FOR_THE_AREA[area_order(candidate)],
        "" if distance is None else f"{distance:.1f} km away",
    ]
    words = "; ".join(filter(None, reasons))
    return f"{words[0].upper()}{words[1:]}."
