"""What CheckCapacitySummary and ServiceDetailsById answer, in the names of the DoS's version 1.5."""

from collections.abc import Iterator
from datetime import time
from typing import Any

from api.dos.hours import DosHours, dos_hours, specified
from api.dos.search import Answer
from api.dos.services import (
    CATCH_ALL,
    HUMAN,
    endpoints_of,
    for_the_public,
    grid_of,
    miles,
    status_at,
)
from graph_model.dos import EndpointRow, ParticularsRow, dos_id_of
from graph_model.matching.case import DAYS_IN_A_YEAR, Row
from graph_model.matching.ranking import why_here
from graph_model.rows import ServiceRow

HOME = " (Home)"
OLDEST_DAYS = 129 * DAYS_IN_A_YEAR


def destinations(answer: Answer) -> list[dict[str, Any]]:
    """The services in their order; one that has no number cannot be told."""
    shown = [destination(each, answer) for each in answer.candidates]
    return [each for each in shown if each["id"] is not None]


def destination(candidate: Row, answer: Answer) -> dict[str, Any]:
    service: ServiceRow = candidate["service"]
    particulars = answer.particulars.get(candidate["slug"])
    location, type_ = service.get("location"), service.get("type")
    easting, northing = grid_of(service)
    hours = dos_hours(service, answer.day)
    return {
        "id": dos_id_of(service, particulars),
        # The DoS has no word for what nobody has said: `attributes` say that it is not known.
        "capacity": HUMAN[status_at(service, answer.at) or "GREEN"],
        "name": f"{service['name']}{label(service, answer)}",
        "contactDetails": service["telephone"],
        "address": ", ".join(location["address"]) if location else None,
        "postcode": location and location["postcode"],
        "northings": northing,
        "eastings": easting,
        "url": service["website"],
        "serviceType": {
            "id": type_["code"] if type_ else "0",
            "name": type_["name"] if type_ else "",
        },
        "odsCode": service["ods_code"],
        "publicFacingInformation": for_the_public(service, answer.notice),
        "distance": miles(candidate["distance_km"]),
        "openAllHours": hours.all_hours,
        "serviceEndpoints": endpoints(particulars),
        "rotaSessions": {"serviceCareItemRotaSession": list(rota(hours))},
        "openTimeSpecifiedSessions": {"openTimeSpecified": specified(hours.dates)},
        "attributes": {"attribute": attributes(candidate, answer)},
        "serviceAgeRange": {"ageRange": age_range(service)},
    }


def label(service: ServiceRow, answer: Answer) -> str:
    """What the DoS puts behind a name: that it is the person's practice, or the catch-all."""
    if answer.catch_all:
        return CATCH_ALL
    practice = answer.sought.practice
    return HOME if practice and service["ods_code"] == practice else ""


def rota(hours: DosHours) -> Iterator[dict[str, Any]]:
    for day, sessions in hours.sessions.items():
        for opens, closes in sessions:
            yield {
                "startDayOfWeek": day,
                "startTime": clock(opens),
                "endDayOfWeek": day,
                "endTime": clock(closes),
                "status": "Open",
            }


def clock(at: time) -> dict[str, int]:
    return {"hours": at.hour, "minutes": at.minute}


def age_range(service: ServiceRow) -> list[dict[str, float]]:
    """The ages in days; nothing where no source says for which it is."""
    if service["ages"] is None:
        return []
    high = service["max_age_days"]
    return [
        {
            "daysFrom": service["min_age_days"] or 0,
            "daysTo": OLDEST_DAYS if high is None else high,
        }
    ]


def attributes(candidate: Row, answer: Answer) -> list[dict[str, str]]:
    """Why a service stands where it stands, and what is not known of it for this person."""
    judged = answer.judged
    why = why_here(candidate, judged.first_types, judged.wishes)
    return [
        attribute("whyHere", why, candidate["match"]),
        *(
            attribute("notKnown", each["explanation"], each["kind"])
            for each in answer.not_known(candidate)
        ),
    ]


def attribute(name: str, description: str, value: str) -> dict[str, str]:
    return {
        "dataType": "string",
        "name": name,
        "description": description,
        "value": value,
    }


def endpoints(particulars: ParticularsRow | None) -> dict[str, Any]:
    listed = endpoints_of(particulars)
    return {"endpoint": [endpoint(place, each) for place, each in enumerate(listed, 1)]}


def endpoint(place: int, row: EndpointRow) -> dict[str, Any]:
    """A technical address; parts that the DoS demands and no source states are empty."""
    return {
        "endpointOrder": place,
        "transport": row["connection"] or "",
        "format": ", ".join(row["payload_mime_types"]),
        "interaction": ", ".join(row["payload_types"]),
        "businessScenario": "",
        "address": row["address"],
        "compression": "",
        "comment": row["name"] or "",
    }


def service_detail(
    service: ServiceRow, particulars: ParticularsRow | None
) -> dict[str, Any]:
    """A service's number, ODS code and technical addresses."""
    number = dos_id_of(service, particulars)
    return {
        "id": "" if number is None else number,
        "odsCode": service["ods_code"] or "",
        "serviceEndpoints": endpoints(particulars),
    }
