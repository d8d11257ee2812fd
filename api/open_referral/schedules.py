"""Opening hours as schedules: a week by its sessions, and the days that are not ordinary."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from api.open_referral.ids import part_id
from graph_model.matching.hours import PUBLIC_HOLIDAY, Rule, Session
from graph_model.matching.opening import hours_of
from graph_model.matching.week import exceptions, sessions_in_words, week

# iCalendar's names of days.
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
LAST_SECOND = "23:59:59"  # of a whole day: clocks show no 24:00


def schedules(
    service: str, lines: Sequence[str], vouching: Sequence[date], day: date
) -> list[dict[str, Any]]:
    """The schedules of a service (by its id) that hold on the day; a day of which nothing is known is in none."""
    known = hours_of(tuple(lines), tuple(vouching))
    days_of: dict[Session, list[int]] = {}
    for weekday, session in week(known, day):
        days_of.setdefault(session, []).append(weekday)
    found = [weekly(session, days) for session, days in days_of.items()]
    for rule in exceptions(known.rules, day):
        found += exceptional(rule)
    return [
        {"id": part_id(service, f"schedule {position}"), "service_id": service, **each}
        for position, each in enumerate(found)
    ]


def weekly(session: Session, days: Sequence[int]) -> dict[str, Any]:
    """One session on some days of every week."""
    byday = ",".join(DAYS[weekday - 1] for weekday in days)
    return {"freq": "WEEKLY", "interval": 1, "byday": byday, **clocks(session)}


def clocks(session: Session) -> dict[str, Any]:
    """From when to when by the clocks of England; in words where that is on the next day."""
    opens = session.opens.isoformat()
    if session.opens == session.closes == time(0):
        return {"opens_at": opens, "closes_at": LAST_SECOND, "description": "All day."}
    shown = {"opens_at": opens, "closes_at": session.closes.isoformat()}
    if session.past_midnight:
        shown["description"] = f"Closes at {session.closes:%H:%M} on the next day."
    return shown


def exceptional(rule: Rule) -> list[dict[str, Any]]:
    """A public holiday's hours in words, a date's by the clock."""
    if rule.kind == PUBLIC_HOLIDAY:
        return [{"description": f"Public holidays: {sessions_in_words(rule)}."}]
    on = rule.day.isoformat() if rule.day else ""
    dated = {"valid_from": on, "valid_to": on, "dtstart": on}
    if not rule.sessions:
        return [dated | {"description": f"Closed on {on}."}]
    return [dated | clocks(session) for session in rule.sessions]
