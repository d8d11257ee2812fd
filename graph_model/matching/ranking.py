"""The order of the options, written down once.

1. In an emergency 999 comes first, then emergency departments that are known to take people from
   here, then all others. Where the need is for an emergency department, these come first. In which words
   the need was met counts for nothing among them (2 and 5): in an emergency the nearest counts.
2. What meets the whole need comes before what is known to meet a part of it only.
3. Where a service was refused as too far, or for want of transport, what is nearer or comes to the person;
   where a visit at home was asked for, what comes to the person.
4. What is known to fit comes before what may fit: fewer UNKNOWN verdicts first, of the criteria in
   `DECIDING`, and of GP_PRACTICE where the service is known to be for certain practices only.
5. A service for exactly this need before one for a broader need.
6. Where a time was asked for, what is known to be open then before what may be. It stands below 4 and 5 because
   ringing up settles it: no caller is sent to a helpline for want of a clinic's hours. Where no
   time was asked for it counts for nothing, or else all that never closes would come first.
7. The rank of the service's type, 1 to 10: the commissioner's own, whoever is responsible for the person, else
   the national one. A type without a rank comes after all that have one, as in the DoS.
8. Within a rank: the services of the person's own GP practice, then those commissioned for people of this
   area only, then those open to others too, then the rest; last what is promoted elsewhere.
9. The nearer before the farther, in whole kilometres; what comes to the person counts as near. Within a
   kilometre what is known to have room, and to take any practice's patients, before what may: few
   sources say either, and nobody is sent farther because of a service that somebody spoke of.
10. The nearer before the farther, exactly.
11. The slug, so that equals keep their order.

1 to 5 depend neither on the time nor on how busy anybody is (`static_order`), 6 on opening hours, 7 and 8
on the place, the person's practice and their commissioner, 9 on the place and on capacity.
"""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from graph_model.matching.area import areas_of_registration
from graph_model.matching.case import Row, Setting
from graph_model.matching.refusals import NO_WISHES, Wishes, against_wishes
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
# Of a service that is known to be for certain practices, the practice decides too.
DECIDING_TOO = {*DECIDING, "GP_PRACTICE"}
# Neither room nor practice is stated of most services (9 above).
RARELY_STATED = ("CAPACITY", "GP_PRACTICE")

EMERGENCY_CALL = "138"  # DoS service type: Emergency National Response
EMERGENCY_DEPARTMENT = "105"
IN_AN_EMERGENCY = (EMERGENCY_CALL, EMERGENCY_DEPARTMENT)
FOR_A_DEPARTMENT = (EMERGENCY_DEPARTMENT,)
MATCHES = ["EXACT", "TYPE", "EMERGENCY", "BROADER", "NARROWER", "FALLBACK"]

UNRANKED = 11  # the DoS ranks from 1 to 10


class Group(IntEnum):
    """For whom a service is, seen from this person: the order within a rank."""

    OWN_PRACTICE = 0
    THIS_AREA_ONLY = 1
    THIS_AREA_TOO = 2
    NOT_SAID = 3
    ELSEWHERE = 4


def failed(criteria: Sequence[Row]) -> list[Row]:
    """The criteria that fail."""
    return [each for each in criteria if each["verdict"] == FAIL]


def not_known(candidate: Row) -> list[str]:
    """The kinds of the criteria that are not known."""
    return [
        each["kind"] for each in candidate["criteria"] if each["verdict"] == UNKNOWN
    ]


def doubts(candidate: Row) -> list[str]:
    """The kinds of the deciding criteria that are not known."""
    for_some = candidate["service"]["gp_registration"] == "LISTED"
    deciding = DECIDING_TOO if for_some else DECIDING
    return [kind for kind in not_known(candidate) if kind in deciding]


def order(
    candidate: Row, first: Sequence[str] = (), wishes: Wishes = NO_WISHES
) -> tuple[Any, ...]:
    """The key by which the options are sorted, smallest first.

    `first` are the DoS service types that come before all others: `IN_AN_EMERGENCY`, or
    `FOR_A_DEPARTMENT`.
    """
    unknown = not_known(candidate)
    nearness_km = candidate["nearness_km"]
    return (
        *static_order(candidate, first, wishes),
        candidate["time_asked"] and "OPENING" in unknown,
        candidate["type_rank"],
        group_in_order(candidate),
        int(nearness_km),
        sum(kind in unknown for kind in RARELY_STATED),
        nearness_km,
        candidate["service"]["slug"],
    )


def static_order(
    candidate: Row, first: Sequence[str] = (), wishes: Wishes = NO_WISHES
) -> tuple[int, bool, bool, int, int]:
    """The first parts of the key, 1 to 5: what no time and nobody's capacity changes."""
    leading, match = type_order(candidate, first), candidate["match"]
    unknown, against = doubts(candidate), against_wishes(candidate, wishes)
    if leading < len(first):
        return leading, False, against, len(unknown) - ("NEED" in unknown), 0
    return (
        leading,
        match == "NARROWER",
        against,
        len(unknown),
        MATCHES.index(match),
    )


def type_order(candidate: Row, first: Sequence[str]) -> int:
    """The nearest of the types that come first, in their order, then all others.

    What may not serve this place is one of the others.
    """
    code = candidate["service"]["type"]["code"]
    leads = candidate["leads"] and code in first and "AREA" not in not_known(candidate)
    return first.index(code) if leads else len(first)


def standing(service: Row, setting: Setting) -> dict[str, Any]:
    """What the order needs of a service besides its criteria: the rank of its type, whose it is, and its group."""
    own = setting.ranks.get(service["type"]["code"])
    rank = own or service["type"]["rank"]
    return {
        "type_rank": rank or UNRANKED,
        "ranked": "by the commissioner" if own else "nationally" if rank else None,
        "group": group_of(service, setting),
    }


def group_of(service: Row, setting: Setting) -> Group:
    """For whom the service is, seen from this person.

    What is limited to a whole country is open to anybody, as far as people of it are concerned.
    """
    person, shares = setting.person, setting.here.shares
    if (
        person.gp_practice is not None
        and service["gp_registration"] == "LISTED"
        and person.gp_practice in service["gp_practices"]
    ):
        return Group.OWN_PRACTICE
    serves = service["serves"]
    here = [area for area in serves if shares.get(area["code"], 0) > 0]
    rules = {area["rule"] for area in here}
    if areas_of_registration(service, setting) or any(
        area["rule"] == "LIMITED" and area["kind"] != "COUNTRY" for area in here
    ):
        return Group.THIS_AREA_ONLY
    if rules & {"OPEN", "PROMOTED", "LIMITED"}:
        return Group.THIS_AREA_TOO
    if any(area["rule"] == "PROMOTED" for area in serves):
        return Group.ELSEWHERE
    return Group.NOT_SAID


def opening_in_words(candidate: Row) -> str:
    """Whether it is open at the time that was asked for; empty where none was."""
    if not candidate["time_asked"]:
        return ""
    if "OPENING" in not_known(candidate):
        return "not known whether it is open then"
    return "open then"


def group_in_order(candidate: Row) -> Group:
    """The group, but for what may not serve this place: that no source says for whom it is."""
    group = candidate["group"]
    return max(group, Group.NOT_SAID) if "AREA" in not_known(candidate) else group


FOR_THE_NEED = {
    "EXACT": "for exactly this need",
    "TYPE": "of the type asked for",
    "EMERGENCY": "for emergencies",
    "BROADER": "for a broader need",
    "NARROWER": "for a part of the need",
}
FOR_WHOM = {
    Group.OWN_PRACTICE: "for patients of the person's own GP practice",
    Group.THIS_AREA_ONLY: "for people of this area",
    Group.THIS_AREA_TOO: "open to anybody",
    Group.NOT_SAID: "",
    Group.ELSEWHERE: "promoted elsewhere",
}


def rank_in_words(candidate: Row) -> str:
    """The rank of its type, and whose it is; empty where it has none."""
    ranked = candidate["ranked"]
    return f"ranked {candidate['type_rank']} {ranked}" if ranked else ""


def wishes_in_words(candidate: Row, wishes: Wishes) -> str:
    """Whether it is what the refusals ask for; empty where they ask for nothing."""
    if wishes == NO_WISHES:
        return ""
    if against_wishes(candidate, wishes):
        if wishes.home_visit:
            return "the person would have to go there"
        return "no nearer than what was refused"
    if candidate["distance_km"] is None:
        return "comes to the person or is reached by telephone"
    return "nearer than what was refused"


def why_here(
    candidate: Row, first: Sequence[str] = (), wishes: Wishes = NO_WISHES
) -> str:
    """Why an option stands where it stands, in a sentence: the parts of `order`."""
    if candidate["match"] == "FALLBACK":
        return "Always there, where nothing in the directory fits."
    comes_first = type_order(candidate, first) < len(first)
    code = candidate["service"]["type"]["code"]
    if comes_first and code == EMERGENCY_CALL:
        return "Before all others, because this may be an emergency."
    kinds = ", ".join(kind.lower().replace("_", " ") for kind in doubts(candidate))
    distance = candidate["distance_km"]
    reasons = [
        "an emergency department, for what may be an emergency" if comes_first else "",
        wishes_in_words(candidate, wishes),
        f"not known: {kinds}" if kinds else "everything that decides is known to fit",
        "" if comes_first else FOR_THE_NEED[candidate["match"]],
        opening_in_words(candidate),
        rank_in_words(candidate),
        FOR_WHOM[group_in_order(candidate)],
        "" if distance is None else f"{distance:.1f} km away",
    ]
    words = "; ".join(filter(None, reasons))
    return f"{words[0].upper()}{words[1:]}."
