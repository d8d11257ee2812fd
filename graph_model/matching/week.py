"""A service's ordinary week as it holds on a day, and the days that are not ordinary: what standards' clients are shown."""

from collections.abc import Iterator, Sequence
from datetime import date

from graph_model.matching.hours import (
    OPEN_ALL_HOURS,
    PUBLIC_HOLIDAY,
    SPECIFIED_DATE,
    Rule,
    Session,
)
from graph_model.matching.opening import Hours, vouched


def week(hours: Hours, day: date) -> Iterator[tuple[int, Session]]:
    """The sessions by day of the week, 1 for Monday; a day of which nothing is known has none."""
    for weekday in range(1, 8):
        rule = vouched(hours, weekday_rule(hours.rules, weekday, day), day)
        for session in rule.sessions if rule else ():
            yield weekday, session


def weekday_rule(rules: Sequence[Rule], weekday: int, day: date) -> Rule | None:
    """The line for this day of the week that holds on the day: of two, that which began later."""
    holding = [
        rule
        for rule in rules
        if (rule.kind == OPEN_ALL_HOURS or weekday in rule.weekdays)
        and holds(rule, day)
    ]
    return max(
        holding,
        key=lambda rule: (rule.valid_from or date.min, rule.kind == OPEN_ALL_HOURS),
        default=None,
    )


def holds(rule: Rule, day: date) -> bool:
    return (rule.valid_from is None or rule.valid_from <= day) and (
        rule.valid_to is None or day < rule.valid_to
    )


def exceptions(rules: Sequence[Rule], day: date) -> list[Rule]:
    """The lines for dates from the day on, and for public holidays as they hold on the day."""
    return [
        rule
        for rule in rules
        if (rule.kind == SPECIFIED_DATE and rule.day and rule.day >= day)
        or (rule.kind == PUBLIC_HOLIDAY and holds(rule, day))
    ]


def sessions_in_words(rule: Rule) -> str:
    """A line's sessions by the clock, or that it is closed."""
    return (
        ", ".join(
            f"{each.opens:%H:%M} to {each.closes:%H:%M}" for each in rule.sessions
        )
        or "closed"
    )
