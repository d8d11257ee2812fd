"""A service as the REST search tells it, in the names of the DoS's REST API.

A telephone number for clinicians and how to refer are for nobody while callers have no roles.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from api.dos.grid import on_the_grid
from api.dos.hours import DosHours, dos_hours
from api.dos.search import KM_IN_A_MILE
from api.open_referral.about import given
from graph_model.dos import EndpointRow, ParticularsRow, dos_id_of
from graph_model.matching.capacity import capacity_at
from graph_model.matching.case import Row
from graph_model.rows import ServiceRow

CATCH_ALL = " (Catch-all)"
# What the DoS calls its colours, and the colours themselves.
HUMAN = {"GREEN": "High", "AMBER": "Low", "RED": "None"}
HEX = {"GREEN": "#00FF00", "AMBER": "#FFA500", "RED": "#FF0000"}


def service_told(
    service: ServiceRow,
    particulars: ParticularsRow | None,
    day: date,
    at: datetime,
    notice: str | None,
) -> dict[str, Any]:
    """What is known of a service; what is not is not there."""
    location = service.get("location")
    type_ = service.get("type")
    easting, northing = grid_of(service)
    hours = dos_hours(service, day)
    return given(
        id=dos_id_of(service, particulars),
        name=service["name"],
        type=type_ and {"id": int(type_["code"]), "name": type_["name"]},
        odsCode=service["ods_code"],
        address=location and location["address"],
        postcode=location and location["postcode"],
        easting=easting,
        northing=northing,
        phone=given(public=service["telephone"]),
        web=service["website"],
        openingTimes=opening_times(hours),
        referralInstructions=given(callHandler=for_the_public(service, notice)),
        capacity=capacity_told(service, at),
        endpoints=[
            endpoint_told(position, each)
            for position, each in enumerate(endpoints_of(particulars), start=1)
        ],
    )


def for_the_public(service: ServiceRow, notice: str | None) -> str | None:
    """What anybody may be told; first of all that the directory is historical."""
    return " ".join(filter(None, [notice, service["eligibility_notes"]])) or None


def grid_of(service: ServiceRow) -> tuple[int | None, int | None]:
    location = service.get("location")
    if location is None:
        return None, None
    return on_the_grid(location["latitude"], location["longitude"])


def miles(km: float | None) -> str | None:
    """A distance as the DoS has it."""
    return None if km is None else f"{km / KM_IN_A_MILE:.1f}"


def status_at(service: ServiceRow, at: datetime) -> str | None:
    """GREEN, AMBER or RED; None where nobody has said it for then."""
    said, since = service["capacity"], service["capacity_updated_at"]
    if said is None or since is None:
        return None
    return capacity_at(said, since, service["capacity_resets_at"], at)


def capacity_told(service: ServiceRow, at: datetime) -> dict[str, Any] | None:
    status = status_at(service, at)
    if status is None:
        return None
    return {"status": {"rag": status, "human": HUMAN[status], "hex": HEX[status]}}


def opening_times(hours: DosHours) -> dict[str, Any] | None:
    """The week, with a day for public holidays, and dates on which it is otherwise."""
    if not (hours.all_hours or hours.sessions or hours.dates):
        return None
    return given(
        allHours=hours.all_hours,
        days=[
            {"day": name, "sessions": [session(*bounds) for bounds in sessions]}
            for name, sessions in hours.sessions.items()
        ],
        specifiedDates=[
            {"date": day.isoformat(), "sessions": [session(*each) for each in sessions]}
            for day, sessions in hours.dates
        ],
    )


def session(opens: time, closes: time) -> dict[str, Any]:
    return {"start": clock(opens), "end": clock(closes)}


def clock(at: time) -> dict[str, int]:
    return {"hours": at.hour, "minutes": at.minute}


def endpoints_of(particulars: ParticularsRow | None) -> Sequence[EndpointRow]:
    return particulars["endpoints"] if particulars else []


def endpoint_told(position: int, row: EndpointRow) -> dict[str, Any]:
    """A technical address; what the DoS would know of it beyond this, no source says."""
    return given(
        endpointOrder=position,
        transport=row["connection"],
        format=", ".join(row["payload_mime_types"]),
        interaction=", ".join(row["payload_types"]),
        address=row["address"],
        comment=row["name"],
    )


def doubts(criteria: Sequence[Row]) -> list[dict[str, str]]:
    """What is not known of a service for this person, each with why."""
    return [
        {"criterion": each["kind"], "explanation": each["explanation"]}
        for each in criteria
    ]
