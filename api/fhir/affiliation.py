"""OrganizationAffiliation: who commissions which services from whom, and for how long."""

from typing import Any

from api.fhir.terms import (
    CONTRACT,
    ROLE,
    UK_CORE,
    concept,
    given,
    period,
    reference,
)

PROFILE = f"{UK_CORE}OrganizationAffiliation"


def affiliation(row: dict[str, Any]) -> dict[str, Any]:
    """A commissioner's part in a contract, towards one who holds it."""
    contract, dates = row["contract"], row["period"]
    code, words = ("lead-commissioner", "Lead commissioner")
    if not row["lead"]:
        code, words = ("commissioner", "Commissioner")
    return given(
        resourceType="OrganizationAffiliation",
        id=row["id"],
        identifier=[{"system": CONTRACT, "value": contract["slug"]}]
        if contract
        else None,
        active=row["active"],
        period=period(
            dates["since"],
            dates["before"],
            dates.get("since_precision"),
            dates.get("before_precision"),
        ),
        organization=reference("Organization", row["commissioner"]),
        participatingOrganization=reference("Organization", row["holder"]),
        code=[concept(ROLE, code, words)],
        healthcareService=[
            reference("HealthcareService", each) for each in row["services"]
        ],
    )
