"""What was read of a node as it was on a day: its name, its status, whether it is active.

True, false, or None where no source says. The filters in graph_model/search/parts.py decide alike.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from graph_model.matching.periods import YEARS_VOUCHED, years_after
from graph_model.offered import status_on

RUNNING = {"ACTIVE", "LIVE", "VARIED"}


def service_on(row: dict[str, Any], day: date) -> dict[str, Any]:
    """A service with the name, the number and the status of the day."""
    state = state_on(row["earlier"], day)
    status = status_of_service(row, day)
    return row | {
        "name": state.get("name") or row["name"],
        "status": status,
        "telephone": state.get("telephone") or row["telephone"],
        "active": runs(status),
        "vouched": sorted(
            {
                word["on"]
                for word in row["words"]
                if word["on"] and "opening" in (word["fields"] or ["opening"])
            }
        ),
    }


def location_on(row: dict[str, Any], day: date) -> dict[str, Any]:
    """A place with the status of the day: active where a service surely runs there, else not known."""
    stands = any(runs(status_of_service(each, day)) for each in row["services"])
    return row | {"status": "active" if stands else None}


def organisation_on(row: dict[str, Any], day: date) -> dict[str, Any]:
    """An organisation with the name and the kind of the day."""
    state = state_on(row["earlier"], day)
    return row | {
        "name": state.get("name") or row["name"],
        "kind": state.get("kind") or row["kind"],
        "active": organisation_is_there(row, day),
    }


def affiliation_on(row: dict[str, Any], day: date) -> dict[str, Any]:
    """An affiliation with its period, which is the contract's where there is one."""
    contract, commissioned = row["contract"], row["commissioned"]
    if contract is None:
        period = {"since": commissioned["from"], "before": commissioned["to"]}
        return row | {"period": period, "active": commissioned_on(commissioned, day)}
    period = {
        "since": contract["start"],
        "since_precision": contract["start_precision"],
        "before": contract["end"],
        "before_precision": contract["end_precision"],
    }
    bounds = (
        contract["start"],
        contract["start_precision"],
        contract["end"],
        contract["end_precision"],
    )
    return row | {"period": period, "active": runs(status(contract, bounds, day))}


def commissioned_on(commissioned: dict[str, Any], day: date) -> bool | None:
    """Whether a service was commissioned on the day, as whoever says so dates it."""
    since, before, on = (commissioned[each] for each in ("from", "to", "on"))
    if (before and before <= day) or (since and day < since):
        return False
    return True if on and on <= day <= years_after(on, YEARS_VOUCHED) else None


def organisation_is_there(row: dict[str, Any], day: date) -> bool | None:
    """Whether an organisation was there on the day."""
    opened, closed = row["opened"], row["closed"]
    if (closed and closed <= day) or (opened and day < opened):
        return False
    if closed is None and any(on and on <= day for on in row["succeeded"]):
        return False
    if opened and closed:
        return True
    words = [word["on"] for word in row["words"] if word["on"]]
    vouched = any(
        day <= years_after(on, YEARS_VOUCHED) and (on <= day or opened) for on in words
    )
    return True if vouched else None


def status_of_service(row: dict[str, Any], day: date) -> str:
    bounds = (
        row["opened"],
        row["opened_precision"],
        row["closed"],
        row["closed_precision"],
    )
    return status(row, bounds, day)


def status(row: dict[str, Any], bounds: Any, day: date) -> str:
    earlier = state_on(row["earlier"], day).get("status")
    return status_on(row["status"], earlier, bounds, row["words"], day, "CLOSED")


def state_on(earlier: Sequence[dict[str, Any]], day: date) -> dict[str, Any]:
    """The earlier state that held on the day; nothing where none did."""
    for state in earlier:
        begins = state["from"] or date.min
        if state["to"] and begins <= day < state["to"]:
            return state
    return {}


def runs(status: str) -> bool | None:
    """Whether a status is that of what runs; None: not known."""
    return None if status == "UNKNOWN" else status in RUNNING
