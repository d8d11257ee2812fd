"""Whether a service is provided under a live contract."""

from datetime import date
from functools import lru_cache
from typing import Any

from graph_model.matching.case import Row
from graph_model.matching.citing import criterion, days_vouched, kept_on_the_row
from graph_model.matching.periods import Period, held_on
from graph_model.matching.verdicts import FAIL, PASS, UNKNOWN, any_of

# In these states a contract is a plan, and nobody is served under it.
NOT_LIVE = {
    "PLANNED": "is planned",
    "IN_PROCUREMENT": "is out to tender",
    "PROCUREMENT_STOPPED": "was never let: its procurement was stopped",
    "AWARDED": "is awarded but has not started",
}

WORDS = {
    PASS: "It is provided under a live contract: {title}, which {reason}.",
    UNKNOWN: "Whether its contract is live is not known: {title} {reason}.",
    FAIL: "Its contract is not live: {title} {reason}.",
}


@kept_on_the_row
def judge_contract(service: Row, day: date) -> tuple[dict[str, Any], Row | None]:
    """Whether the service is provided under a live contract, and under which.

    Where all that sources name have ended it is not, unless somebody is said to commission it without one.
    """
    commissioners = service["commissioners"]
    contracts = service["contracts"]
    if not contracts and not commissioners:
        contracts = service["ended_contracts"]
    if not contracts:
        names = " and ".join(each["organisation"]["name"] for each in commissioners)
        words = "No source says under which contract it is provided."
        return criterion(
            "CONTRACT",
            UNKNOWN,
            f"{words} {names} commissions it." if names else words,
            [each["source"] for each in commissioners if each["source"]],
        ), None
    verdicts = [(*contract_held_on(contract, day), contract) for contract in contracts]
    best = any_of(verdict for verdict, _, _ in verdicts)
    verdict, reason, contract = next(found for found in verdicts if found[0] == best)
    title = contract["title"]
    words = WORDS[verdict].format(title=title, reason=reason)
    found = criterion("CONTRACT", verdict, words, contract["sources"])
    return found, contract if verdict != FAIL else None


def contract_held_on(contract: Row, day: date) -> tuple[str, str]:
    """The verdict whether a contract was live on a day, and why."""
    return live_on(
        contract["status"],
        contract["start"],
        contract["start_precision"],
        contract["end"],
        contract["end_precision"],
        days_vouched(contract, "status", "start", "end"),
        day,
    )


@lru_cache(maxsize=4096)
def live_on(
    status: str,
    start: date | None,
    start_precision: str | None,
    end: date | None,
    end_precision: str | None,
    vouched: tuple[date, ...],
    day: date,
) -> tuple[str, str]:
    """The same from a contract's values: many contracts have the same, and a day has many questions."""
    period = Period(start, start_precision, end, end_precision, vouched)
    verdict, reason = held_on(period, day)
    if status == "ENDED":
        return FAIL, reason if verdict == FAIL else "has ended"
    # Inside the month in which it starts, "awarded" may have become "live" any day.
    if status in NOT_LIVE and verdict != UNKNOWN:
        return FAIL, reason if verdict == FAIL else NOT_LIVE[status]
    if status in NOT_LIVE and start is None:
        return FAIL, NOT_LIVE[status]
    return verdict, reason
