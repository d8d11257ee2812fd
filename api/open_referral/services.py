"""Services, as lists tell them and in full, and services at locations.

A telephone number for clinicians and how to refer are for nobody while callers have no roles.
"""

from collections.abc import Mapping
from typing import Any

from api.fhir.healthcare_service import eligibility
from api.open_referral.about import About, given
from api.open_referral.ids import (
    AT_LOCATION,
    LOCATION,
    ORGANISATION,
    SERVICE,
    id_of,
    part_id,
)
from api.open_referral.organizations import organization
from api.open_referral.schedules import schedules
from api.open_referral.taxonomies import NEEDS, TYPES, attribute
from graph_model.capacity import capacity_of

# What is not known has no word in the profile: such a service is in no answer.
STATUS = {
    "ACTIVE": "active",
    "PLANNED": "inactive",
    "SUSPENDED": "temporarily closed",
    "CLOSED": "defunct",
}
DAYS_IN_A_YEAR = 365.25
GSS = "http://statistics.data.gov.uk/id/statistical-geography/"
LEVELS = {"RED": 0, "AMBER": 1, "GREEN": 2}
TAKES = {
    "RED": "takes nobody",
    "AMBER": "takes people, with delay",
    "GREEN": "takes people",
}

Rows = Mapping[str, dict[str, Any]]  # by the id that the search gives


def in_brief(row: dict[str, Any], organisations: Rows, about: About) -> dict[str, Any]:
    """A service with what it has one of."""
    provider = organisations.get(row["provider"]["id"]) if row["provider"] else None
    moment = row["updated"]
    return given(
        id=id_of(SERVICE, row["slug"]),
        organization_id=provider and id_of(ORGANISATION, provider["slug"]),
        name=row["name"],
        url=row["website"],
        status=STATUS[row["status"]],
        minimum_age=least_age(row),
        maximum_age=most_age(row),
        eligibility_description=" ".join(each["comment"] for each in eligibility(row)),
        assured_date=row["last_verified"] and row["last_verified"].isoformat(),
        alert=about.notice,
        last_modified=moment and moment.isoformat(timespec="milliseconds"),
        organization=provider and organization(provider, about),
    )


def in_full(
    row: dict[str, Any], organisations: Rows, locations: Rows, about: About
) -> dict[str, Any]:
    """A service with all that hangs from it."""
    shown = in_brief(row, organisations, about)
    id_ = shown["id"]
    location = located(row, locations)
    return shown | given(
        schedules=schedules(id_, row["opening"], row["vouched"], about.day),
        service_areas=areas(id_, row["areas"]),
        service_at_locations=[at_location(row, None, locations, None)]
        if location
        else None,
        phones=phones(id_, row["telephone"]),
        attributes=[
            *(attribute(id_, "service", NEEDS, need) for need in row["needs"]),
            *(attribute(id_, "service", TYPES, each) for each in types(row)),
        ],
        service_capacity=capacities(id_, row, about) if about.capacity else None,
    )


def at_location(
    row: dict[str, Any],
    service: dict[str, Any] | None,
    locations: Rows,
    metres: float | None,
) -> dict[str, Any]:
    """A service where it is delivered; how far that is where it was asked, by a name of our own."""
    location = located(row, locations)
    shown: dict[str, Any] = {
        "id": id_of(AT_LOCATION, row["slug"]),
        "service_id": id_of(SERVICE, row["slug"]),
    }
    if service:
        shown["service"] = service
    if location:
        shown["location"] = place(location)
        shown["location_id"] = shown["location"]["id"]
    if metres is not None:
        shown["x_distance_metres"] = round(metres)
    return shown


def located(row: dict[str, Any], locations: Rows) -> dict[str, Any] | None:
    return locations.get(row["location"]["id"]) if row["location"] else None


def types(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [row["type"]] if row["type"] else []


def place(row: dict[str, Any]) -> dict[str, Any]:
    """Where a service is delivered, in degrees of WGS84."""
    id_ = id_of(LOCATION, row["slug"])
    return given(
        id=id_,
        location_type="physical",
        name=row["name"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        addresses=[address(id_, row)] if row["postcode"] else None,
    )


def address(location: str, row: dict[str, Any]) -> dict[str, Any]:
    """An address by its lines. Sources do not say which of them is the town or the county: these are empty."""
    return {
        "id": part_id(location, "address"),
        "location_id": location,
        "address_1": ", ".join(row["address"]),
        "city": "",
        "state_province": "",
        "postal_code": row["postcode"],
        "country": "GB",
        "address_type": "physical",
    }


def areas(service: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where the people live whom it serves; an area of which no source says whether it does is left out."""
    return [
        given(
            id=part_id(service, f"area {row['code']}"),
            service_id=service,
            name=row["name"],
            uri=f"{GSS}{row['code']}" if is_gss(row["code"]) else None,
        )
        for row in rows
        if row["rule"] != "UNKNOWN"
    ]


def is_gss(code: str) -> bool:
    """Whether an area has a code of the Office for National Statistics, such as E38000164."""
    return len(code) == 9 and code[0] in "EWSNK" and code[1:].isdigit()


def phones(service: str, number: str | None) -> list[dict[str, Any]]:
    """The number that is for everybody."""
    if not number:
        return []
    return [{"id": part_id(service, "phone"), "service_id": service, "number": number}]


def capacities(service: str, row: dict[str, Any], about: About) -> list[dict[str, Any]]:
    """How busy it is, where somebody said so for now: HSDS counts units, so these are the levels of the DoS."""
    said = capacity_of(row, about.day)
    if said is None:
        return []
    status = said["status"]
    return [
        {
            "id": part_id(service, "capacity"),
            "service_id": service,
            "unit": {
                "id": part_id("unit", "capacity level"),
                "name": "Capacity level: 2 green, 1 amber, 0 red",
            },
            "available": LEVELS[status],
            "maximum": LEVELS["GREEN"],
            "description": f"{status}: it {TAKES[status]}.",
            "updated": said["updated_at"].isoformat(timespec="milliseconds"),
        }
    ]


def least_age(row: dict[str, Any]) -> float | None:
    """The youngest that it takes, in years."""
    if row["min_age_days"] is None:
        return 0 if row["ages"] == "ALL" else None
    return years(row["min_age_days"])


def most_age(row: dict[str, Any]) -> float | None:
    """The oldest that it takes, in years: until the day before the 16th birthday people are 15."""
    days = row["max_age_days"]
    if days is None:
        return None
    birthday = whole_years(days + 1)
    return years(days) if birthday is None else birthday - 1


def years(days: int) -> float:
    whole = whole_years(days)
    return round(days / DAYS_IN_A_YEAR, 2) if whole is None else whole


def whole_years(days: int) -> int | None:
    """16 years are 5844 days, 18 are 6574.5 and so 6574: the bound of a year is within a day of it."""
    whole = round(days / DAYS_IN_A_YEAR)
    return whole if abs(days - whole * DAYS_IN_A_YEAR) < 1 else None
