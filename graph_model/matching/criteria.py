"""The criteria: for each a verdict, why, and who says so.

A criterion judges one thing of one candidate. UNKNOWN is what it says when the sources do not: it never
counts as PASS, and it never takes an option away.
"""

from datetime import date
from functools import lru_cache
from typing import Any

from graph_model.matching.area import judge_area
from graph_model.matching.capacity import judge_capacity
from graph_model.matching.case import Row, Setting, day_in_words
from graph_model.matching.citing import (
    criterion,
    days_vouched,
    kept_on_the_row,
    sources_for,
)
from graph_model.matching.contract import judge_contract
from graph_model.matching.opening import (
    Hours,
    hours_of,
    open_on,
    opening_within,
    session_window,
)
from graph_model.matching.opening_words import (
    day_in_hours,
    opening_in_words,
    window_in_words,
)
from graph_model.matching.periods import Period, held_on
from graph_model.matching.person import (
    judge_age,
    judge_gp_practice,
    judge_referrer,
    judge_sex,
)
from graph_model.matching.routes import Route
from graph_model.matching.verdicts import FAIL, PASS, UNKNOWN

NO_HOURS = "No source says when it is open."


def judged(candidate: Row, setting: Setting, route: Route) -> list[dict[str, Any]]:
    """Every criterion of a candidate, in the order in which they are shown."""
    service = candidate["service"]
    return [
        judge_active(service, setting.as_of),
        judge_need(candidate),
        judge_distance(candidate, setting),
        judge_area(service, setting),
        judge_age(service, setting),
        judge_sex(service, setting),
        judge_referrer(service, setting, route),
        judge_gp_practice(service, setting),
        judge_opening(service, setting),
        judge_capacity(service, setting),
        judge_contract(service, setting.as_of)[0],
    ]


@kept_on_the_row
def judge_active(service: Row, day: date) -> dict[str, Any]:
    """Whether the service runs on the day."""
    verdict, words = runs_on(
        service["status"],
        service["opened"],
        service["opened_precision"],
        service["closed"],
        days_vouched(service, "status", "opened"),
        day,
    )
    sources = sources_for(service, "status", "opened", "closed")
    return criterion("ACTIVE", verdict, words, sources)


@lru_cache(maxsize=4096)
def runs_on(
    status: str,
    opened: date | None,
    opened_precision: str | None,
    closed: date | None,
    vouched: tuple[date, ...],
    day: date,
) -> tuple[str, str]:
    """The verdict whether a service of this status and period runs on a day, and why."""
    on_the_day = day_in_words(day)
    period = Period(opened, opened_precision, end=closed, vouched=vouched)
    verdict, reason = held_on(period, day)
    if status in {"SUSPENDED", "CLOSED"} and verdict != FAIL:
        return FAIL, f"On {on_the_day} it is {status.lower()}."
    # A day that has been planned for has not opened a service; a source has to say so. Only in
    # the month in which it opened may either be true.
    if status == "PLANNED" and (verdict == PASS or opened is None):
        return FAIL, "It is planned, and no source says that it has opened."
    words = {
        PASS: f"It runs on {on_the_day}: it {reason}.",
        UNKNOWN: f"Whether it runs on {on_the_day} is not known: it {reason}.",
        FAIL: f"It does not run on {on_the_day}: it {reason}.",
    }
    return verdict, words[verdict]


def judge_need(candidate: Row) -> dict[str, Any]:
    """Whether the service meets the need: it, one that includes it, or only a part of it."""
    service, match = candidate["service"], candidate["match"]
    sources = sources_for(service, "needs")
    if match == "TYPE":
        return criterion(
            "NEED", PASS, f"It is of the type {service['type']['name']!r}.", sources
        )
    if match == "EMERGENCY":
        return criterion(
            "NEED", PASS, "It is for emergencies, and this may be one.", sources
        )
    if match == "FALLBACK":
        return criterion(
            "NEED",
            UNKNOWN,
            "Nothing in the directory fits this need here; this is always there.",
            sources,
        )
    met = ", ".join(sorted(candidate["met"]))
    if match == "EXACT":
        return criterion("NEED", PASS, f"It is for {met}.", sources)
    if match == "BROADER":
        return criterion(
            "NEED", PASS, f"It is for {met}, which includes what is needed.", sources
        )
    return criterion(
        "NEED",
        UNKNOWN,
        f"It is for {met} only, which is a part of what was asked for: "
        "whether that is the part this person needs is yours to judge.",
        sources,
    )


def judge_distance(candidate: Row, setting: Setting) -> dict[str, Any]:
    """Whether the service is near enough, in a straight line."""
    distance, service = candidate["distance_km"], candidate["service"]
    if distance is None:
        return criterion(
            "DISTANCE",
            PASS,
            "It comes to the person or is reached by telephone: distance does not count.",
            sources_for(service, "reach"),
        )
    sources = sources_for(service, "location", "point")
    where = f"{distance:.1f} km away in a straight line"
    if distance <= setting.within_km:
        return criterion("DISTANCE", PASS, f"It is {where}.", sources)
    return criterion(
        "DISTANCE",
        FAIL,
        f"It is {where}, beyond the {setting.within_km:g} km asked for.",
        sources,
    )


def judge_opening(service: Row, setting: Setting) -> dict[str, Any]:
    """Whether the service is open when the person needs it (the DoS's session window).

    Where no time was asked for, the present time of day on the directory's date is nobody's wish: then only
    what is open day and night passes, nothing fails, and the day's hours are told.
    """
    if not setting.time_asked:
        return judge_hours(service, setting.as_of)
    hours = hours_of_service(service)
    if not hours.rules:
        return criterion("OPENING", UNKNOWN, NO_HOURS)
    minutes = setting.within_minutes
    start, end = session_window(setting.at, minutes)
    verdict, opens = opening_within(hours, start, end)
    words = opening_in_words(hours, start, verdict, opens)
    if minutes is not None:
        words = f"{words} {window_in_words(start, minutes)}"
    return criterion("OPENING", verdict, words, sources_for(service, "opening"))


@kept_on_the_row
def judge_hours(service: Row, day: date) -> dict[str, Any]:
    """Whether the service is open day and night, for somebody who did not say when."""
    hours = hours_of_service(service)
    if not hours.rules:
        return criterion("OPENING", UNKNOWN, NO_HOURS)
    sources = sources_for(service, "opening")
    words = day_in_hours(hours, day)
    if all(span.open for span in open_on(hours, day)):
        return criterion("OPENING", PASS, words, sources)
    return criterion("OPENING", UNKNOWN, f"No time was asked for. {words}", sources)


@kept_on_the_row
def hours_of_service(service: Row) -> Hours:
    """The service's opening hours, as far as its sources vouch for them."""
    return hours_of(tuple(service["opening"]), days_vouched(service, "opening"))
