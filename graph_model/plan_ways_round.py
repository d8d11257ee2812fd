"""What may be done about a step that nobody takes: wait, have somebody else refer, go farther, ask a neighbour."""

from typing import Any

from graph_model.answers import JudgedCase, miss_row, near_misses, open_row
from graph_model.matching.case import ROLES, Row
from graph_model.matching.opening_words import moment_in_words
from graph_model.matching.plan import kinds
from graph_model.plan_rows import WayRoundRow
from graph_model.rows import ResponsibilityRow


def ways_round(judged: JudgedCase, responsible: ResponsibilityRow) -> list[WayRoundRow]:
    """What may be done where nobody takes a step: of each kind of way the nearest, the nearest first."""
    found: dict[str, WayRoundRow] = {}
    for each in near_misses(judged.candidates):
        way = way_round(each, judged, responsible)
        if way is not None:
            found.setdefault(way["kind"], way)
    return list(found.values())


def way_round(
    candidate: Row, judged: JudgedCase, responsible: ResponsibilityRow
) -> WayRoundRow | None:
    """What may be done about the one criterion that a near miss fails; None: nothing."""
    [kind] = kinds(candidate)
    service, at = candidate["service"], judged.setting.at
    name, miss = service["name"], miss_row(candidate)
    way: WayRoundRow = {
        "kind": "",
        "explanation": "",
        "commissioner": None,
        "opens_at": None,
        "miss": miss,
    }
    if kind == "OPENING":
        opens = open_row(service, at)["opens_at"]
        when = f" It opens at {moment_in_words(opens)}." if opens else ""
        words = f"{name} is closed then.{when}"
        return {**way, "kind": "OPENS_LATER", "explanation": words, "opens_at": opens}
    if kind == "CAPACITY":
        words = (
            f"{name} has no room then. Ask when it has. {miss['failed']['explanation']}"
        )
        return {**way, "kind": "ROOM_LATER", "explanation": words}
    if kind == "REFERRER":
        roles = [ROLES[role] for role in service["accepts_from"]]
        words = f"{name} takes referrals from {', '.join(roles)}: ask one of them."
        return {**way, "kind": "ANOTHER_REFERRER", "explanation": words}
    if kind == "DISTANCE":
        words = f"{name} is farther away: {miss['failed']['explanation']}"
        return {**way, "kind": "FARTHER_AWAY", "explanation": words}
    if kind == "AREA":
        return neighbours(way, candidate, responsible)
    return None


def neighbours(
    way: WayRoundRow, candidate: Row, responsible: ResponsibilityRow
) -> WayRoundRow:
    """A service that is for people of elsewhere, and whose it is."""
    service, failed_area = candidate["service"], way["miss"]["failed"]
    own = responsible["organisation"]
    commissioners: list[Any] = [
        each["organisation"]
        for contract in service["contracts"]
        for each in contract["commissioners"]
    ] + [each["organisation"] for each in service["commissioners"]]
    other = next(
        (each for each in commissioners if not own or each["slug"] != own["slug"]), None
    )
    far = way["miss"]["distance_km"]
    where = "" if far is None else f", {far:.1f} km away"
    if other is None:
        words = (
            f"{service['name']}{where}, is for people of elsewhere: ask whether it takes this "
            f"person. {failed_area['explanation']}"
        )
        return {**way, "kind": "FOR_OTHERS", "explanation": words}
    words = (
        f"{service['name']}{where}, is a service of a neighbouring commissioner, "
        f"{other['name']}: ask whether it takes this person. {failed_area['explanation']}"
    )
    return {
        **way,
        "kind": "NEIGHBOURING_COMMISSIONER",
        "explanation": words,
        "commissioner": other,
    }
