"""How a pathway runs: who may come to a step, what is missing there, how long it may take (pure functions)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from graph_model.matching.case import Row
from graph_model.matching.entry import Entering, Entry, may_enter
from graph_model.matching.ranking import failed
from graph_model.matching.verdicts import FAIL, PASS, UNKNOWN

# The states of a step.
TAKEN, IN_DOUBT, GAP = "TAKEN", "IN_DOUBT", "GAP"
NOT_KNOWN, NOT_FOR_THIS_PERSON = "UNKNOWN", "NOT_FOR_THIS_PERSON"

# What somebody is who works in a service of this DoS type, to those to whom they refer a person on.
WHO_REFERS = {
    "7": "MENTAL_HEALTH_PROFESSIONAL",
    "8": "SOCIAL_WORKER",
    "24": "CARE_HOME",
    "25": "GP",
    "38": "COMMUNITY_NURSE",
    "41": "HOSPITAL",
    "100": "GP",
    "105": "HOSPITAL",
    "130": "NHS_111",
    "133": "CLINICAL_HUB",
    "138": "PARAMEDIC",
    "142": "MENTAL_HEALTH_PROFESSIONAL",
}

# Why a service that is for the people of here does not take this person now, what can be waited for or asked
# for first; and what the step lacks then.
REASONS = {
    "OPENING": "CLOSED_THEN",
    "CAPACITY": "NO_ROOM",
    "REFERRER": "NOT_FROM_THIS_REFERRER",
    "CONTRACT": "NO_LIVE_CONTRACT",
    "GP_PRACTICE": "NOT_FOR_THIS_PRACTICE",
    "SEX": "NOT_FOR_THIS_SEX",
    "AGE": "NOT_FOR_THIS_AGE",
}


class Way(NamedTuple):
    """A transition between two steps, by their slugs; `minutes` None: no interval is stated."""

    start: str
    end: str
    minutes: int | None


def referrers_of(step: Row, steps: Sequence[Row], referrer: str | None) -> list[Any]:
    """Who may refer somebody to a step: at the first whoever asks, at others those of the steps before it.

    None among them: who that is is not known.
    """
    before = [
        WHO_REFERS.get(each["service_type"]["code"])
        for each in steps
        if any(way["to"] == step["slug"] for way in each["next"])
    ]
    first = step["slug"] == steps[0]["slug"]
    asking = [referrer] if first or referrer is not None else []
    return list(dict.fromkeys([*asking, *before]))


def entry_of(step: Row, who: Entering, referrers: Sequence[str | None]) -> Entry:
    """Whether the person may enter a step, by whichever of these refers them to it."""
    entries = [
        may_enter(step, who._replace(person=replace(who.person, referrer=referrer)))
        for referrer in referrers
    ]
    for wanted in (PASS, UNKNOWN):
        for entry in entries:
            if entry.verdict == wanted:
                return entry
    return entries[0]


def come_to(steps: Sequence[Row], entries: Mapping[str, Entry]) -> list[str]:
    """The steps, by their slugs, that the person may come to: those that they may not enter lead nowhere."""
    onward = {step["slug"]: [way["to"] for way in step["next"]] for step in steps}
    reached: list[str] = []
    waiting = [steps[0]["slug"]] if steps else []
    while waiting:
        slug = waiting.pop(0)
        if slug not in reached and entries[slug].verdict != FAIL:
            reached.append(slug)
            waiting += onward[slug]
    return reached


def is_complete(
    steps: Sequence[Row],
    entries: Mapping[str, Entry],
    states: Mapping[str, str],
) -> bool | None:
    """Whether somebody takes every step that the person may come to; None: that is not known.

    False too where they cannot enter the pathway, or cannot go on from a step where it does not end.
    """
    reached = come_to(steps, entries)
    if not reached:
        return False
    by_slug = {step["slug"]: step for step in steps}
    for slug in reached:
        step = by_slug[slug]
        if not step["exit"] and not any(way["to"] in reached for way in step["next"]):
            return False
    found = {states[slug] for slug in reached}
    if GAP in found:
        return False
    return None if found & {IN_DOUBT, NOT_KNOWN} else True


def ways_between(steps: Sequence[Row], reached: Collection[str]) -> list[Way]:
    """The transitions between steps that the person may come to."""
    return [
        Way(step["slug"], way["to"], way["within_minutes"])
        for step in steps
        for way in step["next"]
        if step["slug"] in reached and way["to"] in reached
    ]


class Longest(NamedTuple):
    """How long a pathway may take from its first step to the beginning of its last, in minutes.

    `minutes` None: no bound is known. `stated` is the longest that one way's stated intervals add up to.
    """

    minutes: int | None
    stated: int
    explanation: str


def longest_time(
    steps: Sequence[Row], reached: Collection[str], names: Mapping[str, str]
) -> Longest:
    """The longest time that the stated intervals permit, by whatever way; each is run through once."""
    ways = ways_between(steps, reached)
    onward: dict[str, list[Way]] = {slug: [] for slug in reached}
    for way in ways:
        onward[way.start].append(way)
    stated, circle = longest_stated(onward)
    open_ends = dict.fromkeys(
        f"{names[way.start]} → {names[way.end]}" for way in ways if way.minutes is None
    )
    words: list[str] = []
    if circle:
        words.append("Some steps may be repeated, and nobody says how often.")
    if open_ends:
        listed = "; ".join(list(open_ends)[:3])
        more = len(open_ends) - 3
        also = f"; and {more} more" if more > 0 else ""
        words.append(f"No interval is stated for {listed}{also}.")
    if words:
        return Longest(None, stated, " ".join(words))
    if not ways:
        return Longest(0, 0, "There is only one step.")
    return Longest(stated, stated, "Every interval is stated.")


def longest_stated(onward: Mapping[str, Sequence[Way]]) -> tuple[int, bool]:
    """The longest sum of intervals along one way, and whether a way leads in a circle."""
    longest: dict[str, int] = {}
    walking: set[str] = set()
    circle = False

    def from_step(slug: str) -> int:
        nonlocal circle
        if slug in walking:
            circle = True
            return 0
        if slug not in longest:
            walking.add(slug)
            longest[slug] = max(
                ((way.minutes or 0) + from_step(way.end) for way in onward[slug]),
                default=0,
            )
            walking.discard(slug)
        return longest[slug]

    return max(map(from_step, onward), default=0), circle


class Lack(NamedTuple):
    """Why nobody takes a step: the state of the step, the reason, and the candidate that shows it."""

    state: str
    reason: str
    candidate: Row | None


def lack_of(candidates: Sequence[Row], declared_complete: bool) -> Lack:
    """Why none of the candidates that were judged, in their order, takes a step.

    A gap is a claim: that of a service which is known to be for people of here, and does not take this person
    then; or that of a source which declares the directory complete.
    """
    here = [
        each
        for each in candidates
        if kinds(each) <= set(REASONS)
        and verdict_on(each, "AREA") == PASS
        and verdict_on(each, "ACTIVE") == PASS
    ]
    if here:
        best = min(
            here,
            key=lambda each: (
                len(kinds(each)),
                list(REASONS).index(first_kind(each)),
                each["nearness_km"],
            ),
        )
        return Lack(GAP, REASONS[first_kind(best)], best)
    if declared_complete:
        return Lack(GAP, "NOBODY_COMMISSIONED", None)
    return Lack(NOT_KNOWN, "NOT_KNOWN", None)


def kinds(candidate: Row) -> set[str]:
    """The kinds of the criteria that a candidate fails."""
    return {each["kind"] for each in failed(candidate["criteria"])}


def first_kind(candidate: Row) -> str:
    """The first of these kinds, as they are weighed in REASONS."""
    return next(kind for kind in REASONS if kind in kinds(candidate))


def verdict_on(candidate: Row, kind: str) -> str:
    """The verdict on one criterion of a candidate."""
    return next(
        each["verdict"] for each in candidate["criteria"] if each["kind"] == kind
    )
