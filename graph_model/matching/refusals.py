"""Options that were refused, and what the reason says of the others (the DoS's twelve).

A refused service is left out. Most reasons are about that service alone; three are about the person, and tell
which of the others are worth trying first:

- TRANSPORT and DISTANCE: what is nearer than the refused one, or comes to the person, before what is as far;
- HOME_VISIT_REQUESTED: what comes to the person, before what they would have to go to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph_model.matching.case import Row

# The DoS's codes, and what each means in words that follow "because".
REASONS = {
    "TRANSPORT": (21, "the person has no way to get there"),
    "NO_CAPACITY": (22, "it has no room"),
    "NOT_CLINICALLY_APPROPRIATE": (23, "it is not clinically appropriate"),
    "REFERRAL_REJECTED": (24, "it rejected the referral"),
    "PATIENT_CHOICE": (26, "the person does not want it"),
    "COULD_NOT_CONTACT": (27, "nobody could be reached there"),
    "NO_APPOINTMENTS": (31, "it has no appointments"),
    "APPOINTMENTS_UNSUITABLE": (32, "its appointments do not suit the person"),
    "NOT_ELIGIBLE": (40, "it does not take this person"),
    "HOME_VISIT_REQUESTED": (41, "the person asks for a visit at home"),
    "DISTANCE": (42, "it is too far away"),
    "OTHER": (99, "of something else"),
}

# Those that say something of other services.
TOO_FAR = {"TRANSPORT", "DISTANCE"}
HOME_VISIT = "HOME_VISIT_REQUESTED"

THIS_ONE_ONLY = "That says nothing of other services."
# What the directory does with a reason, beyond leaving the service out.
DONE_WITH = {
    "TRANSPORT": "What is nearer, or comes to the person, stands before what is as far.",
    "NO_CAPACITY": f"{THIS_ONE_ONLY} Its own capacity status is left as it is.",
    "NOT_CLINICALLY_APPROPRIATE": (
        "Services of its type by other providers stay: whether they are appropriate is "
        "yours to judge."
    ),
    "REFERRAL_REJECTED": THIS_ONE_ONLY,
    "PATIENT_CHOICE": THIS_ONE_ONLY,
    "COULD_NOT_CONTACT": THIS_ONE_ONLY,
    "NO_APPOINTMENTS": THIS_ONE_ONLY,
    "APPOINTMENTS_UNSUITABLE": THIS_ONE_ONLY,
    "NOT_ELIGIBLE": (
        "Services of its type by other providers stay: each has rules of its own."
    ),
    "HOME_VISIT_REQUESTED": (
        "What comes to the person or is reached by telephone stands before what they "
        "would have to go to."
    ),
    "DISTANCE": "What is nearer, or comes to the person, stands before what is as far.",
    "OTHER": THIS_ONE_ONLY,
}


@dataclass(frozen=True)
class Refused:
    """A service that was refused, by its slug, and why."""

    service: str
    reason: str


@dataclass(frozen=True)
class Wishes:
    """What the reasons for refusing say of the others.

    `nearer_than_km` is the distance of the nearest service that was too far; None: no service was.
    """

    home_visit: bool = False
    nearer_than_km: float | None = None


NO_WISHES = Wishes()


def wishes_of(
    refused: Sequence[Refused], distances_km: Mapping[str, float | None]
) -> Wishes:
    """What the refusals say of the others. `distances_km` are those of the refused, None for what comes to people."""
    too_far = [
        distance
        for each in refused
        if each.reason in TOO_FAR
        and (distance := distances_km.get(each.service)) is not None
    ]
    return Wishes(
        any(each.reason == HOME_VISIT for each in refused),
        min(too_far, default=None),
    )


def against_wishes(candidate: Row, wishes: Wishes) -> bool:
    """Whether the person would have to go to it, and cannot, or not so far."""
    distance = candidate["distance_km"]
    if distance is None:
        return False
    too_far = wishes.nearer_than_km is not None and distance >= wishes.nearer_than_km
    return wishes.home_visit or too_far


def refusal_in_words(refused: Refused, name: str) -> str:
    """Why a service was left out, and what else the directory did with the reason."""
    code, because = REASONS[refused.reason]
    return (
        f"{name} is left out, because {because} (reason {code}). "
        f"{DONE_WITH[refused.reason]}"
    )


def change_in_words(
    refused: Sequence[str], before: Sequence[str], now: Sequence[str]
) -> str:
    """What refusing changed, by the names of services: the refused, and the options before and now."""
    words = f"Left out, as refused: {listed(refused)}."
    if not now:
        return f"{words} No other option is left: see `fallback`."
    if before[:1] == now[:1]:
        return f"{words} {now[0]} comes first, as before."
    if before:
        return f"{words} {now[0]} comes first now, where {before[0]} did."
    return f"{words} {now[0]} comes first now."


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: A, B and C."""
    once = list(dict.fromkeys(names))
    return " and ".join(filter(None, [", ".join(once[:-1]), once[-1]]))
