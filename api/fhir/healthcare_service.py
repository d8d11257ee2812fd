"""HealthcareService: what is offered, by whom, where and when.

A telephone number for clinicians and how to refer are for nobody while callers have no roles.
"""

from datetime import date
from typing import Any

from api.fhir.hours import hours
from api.fhir.terms import (
    NEED,
    ODS_CODE,
    SERVICE_TYPE,
    UK_CORE,
    concept,
    given,
    reference,
)

PROFILE = f"{UK_CORE}HealthcareService"
DAYS_IN_A_YEAR = 365.25


def healthcare_service(row: dict[str, Any], day: date) -> dict[str, Any]:
    """A service as a resource, with the hours that hold on the day."""
    location = reference("Location", row["location"])
    service_type = row["type"]
    return given(
        resourceType="HealthcareService",
        id=row["id"],
        identifier=identifiers(row),
        active=row["active"],
        providedBy=reference("Organization", row["provider"]),
        type=service_type
        and [concept(SERVICE_TYPE, service_type["code"], service_type["name"])],
        location=location and [location],
        name=row["name"],
        telecom=telecom(row),
        eligibility=eligibility(row),
        characteristic=[
            concept(NEED, need["code"], need["name"]) for need in row["needs"]
        ],
        **hours(row["opening"], row["vouched"], day),
        endpoint=[{"reference": f"Endpoint/{each}"} for each in row["endpoints"]],
    )


def identifiers(row: dict[str, Any]) -> list[dict[str, str]]:
    """Its ODS code, and those that other systems know it by."""
    ods = [{"system": ODS_CODE, "value": row["ods_code"]}] if row["ods_code"] else []
    others = [
        {"system": each["system"], "value": each["value"]}
        for each in row["identifiers"]
    ]
    return ods + others


def telecom(row: dict[str, Any]) -> list[dict[str, str]]:
    """The number and the address that are for everybody."""
    found = []
    if row["telephone"]:
        found.append({"system": "phone", "value": row["telephone"]})
    if row["website"]:
        found.append({"system": "url", "value": row["website"]})
    return found


def eligibility(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Whom it is for, in words, as far as a source says."""
    words = [ages(row), sexes(row), row["eligibility_notes"]]
    return [{"comment": each} for each in words if each]


def ages(row: dict[str, Any]) -> str | None:
    """The ages that it takes, whole years where they are such."""
    if row["ages"] == "ALL":
        return "For all ages."
    least, most = row["min_age_days"], row["max_age_days"]
    if least and most:
        return f"For ages from {age(least)} to {age(most)}."
    if least:
        return f"For ages from {age(least)}."
    return f"For ages up to {age(most)}." if most else None


def age(days: int) -> str:
    years = days / DAYS_IN_A_YEAR
    # 16 years are 5844 days, 18 are 6574.5 and so 6574: the bound of a year is within a day of it.
    whole = round(years)
    if whole and abs(days - whole * DAYS_IN_A_YEAR) < 1:
        return f"{whole} years"
    return f"{days} days"


def sexes(row: dict[str, Any]) -> str | None:
    """The sexes that it takes, where not all."""
    named = row["sexes"] or []
    if not named or len(named) == 3:
        return None
    return f"For the sexes: {', '.join(each.lower() for each in named)}."
