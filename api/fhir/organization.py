"""Organization: commissioners, providers and their partners."""

from typing import Any

from api.fhir.terms import (
    ODS_CODE,
    ODS_ROLE,
    ORGANISATION_KIND,
    UK_CORE,
    concept,
    given,
)

PROFILE = f"{UK_CORE}Organization"
# The primary roles of ODS that follow from a kind.
ODS_ROLES = {
    "CCG": ("98", "CLINICAL COMMISSIONING GROUP"),
    "SUB_ICB_LOCATION": ("319", "SUB ICB LOCATION"),
    "ICB": ("318", "INTEGRATED CARE BOARD"),
    "NHS_TRUST": ("197", "NHS TRUST"),
    "GP_PRACTICE": ("76", "GP PRACTICE"),
}
KIND_OF_ROLE = {code: kind for kind, (code, _) in ODS_ROLES.items()}


def organization(row: dict[str, Any]) -> dict[str, Any]:
    """An organisation as a resource."""
    code = row["ods_code"]
    return given(
        resourceType="Organization",
        id=row["id"],
        identifier=[{"system": ODS_CODE, "value": code}] if code else None,
        active=row["active"],
        type=[type_of(row["kind"])],
        name=row["name"],
        alias=row["aliases"],
        endpoint=[{"reference": f"Endpoint/{each}"} for each in row["endpoints"]],
    )


def type_of(kind: str) -> dict[str, Any]:
    """What kind of organisation it is, in ODS's codes too where these follow."""
    found = concept(ORGANISATION_KIND, kind)
    if kind in ODS_ROLES:
        code, display = ODS_ROLES[kind]
        found["coding"].append({"system": ODS_ROLE, "code": code, "display": display})
    return found
