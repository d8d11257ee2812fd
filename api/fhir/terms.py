"""Identifier and code systems, and the small shapes that every resource is made of.

A published system is used where there is one; what the directory alone names has a system of its own.
"""

from datetime import date, datetime, timedelta
from typing import Any

from graph_model.rows import OPEN_END, OPEN_START

ODS_CODE = "https://fhir.nhs.uk/Id/ods-organization-code"
ODS_ROLE = (
    "https://directory.spineservices.nhs.uk/STU3/CodeSystem/ODSAPI-OrganizationRole-1"
)
# What NHS England's directory of services calls the first of these in its searches.
SYSTEM_NAMES = {"odsOrganisationCode": ODS_CODE}

ORGANISATION_KIND = "urn:signpost:organisation-kind"
SERVICE_TYPE = "urn:signpost:service-type"  # the DoS's numbers
NEED = "urn:signpost:need"
CONTRACT = "urn:signpost:contract"
PATHWAY = "urn:signpost:pathway"
STAGE = "urn:signpost:stage"
NOTICE = "urn:signpost:notice"
ROLE = "urn:signpost:affiliation-role"
CRITERION = "urn:signpost:criterion"
VERDICT = "urn:signpost:verdict"

UK_CORE = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


def concept(system: str, code: str, display: str | None = None) -> dict[str, Any]:
    """A CodeableConcept of one code."""
    coding = {"system": system, "code": code}
    return {"coding": [coding | ({"display": display} if display else {})]}


def reference(kind: str, to: dict[str, Any] | None) -> dict[str, Any] | None:
    """A reference to `{id, name}`, None where there is none."""
    if to is None:
        return None
    return given(reference=f"{kind}/{to['id']}", display=to.get("name"))


def given(**elements: Any) -> dict[str, Any]:
    """The elements that have a value: what is not known is left out."""
    return {
        name: value
        for name, value in elements.items()
        if value is not None and value not in ([], {}, "")
    }


def instant(moment: datetime | None) -> str | None:
    """A moment as FHIR writes it."""
    return None if moment is None else moment.isoformat(timespec="milliseconds")


def bound(day: date, precision: str | None) -> str:
    """A bound of a period, as precise as it is known."""
    text = day.isoformat()
    return {"YEAR": text[:4], "MONTH": text[:7]}.get(precision or "DAY", text)


def period(
    since: date | None,
    before: date | None,
    since_precision: str | None = None,
    before_precision: str | None = None,
) -> dict[str, Any]:
    """A Period. FHIR's end is the last day that is in it, ours the first that is not.

    No end means to FHIR that it goes on: one that no source states is told to be unknown.
    """
    found: dict[str, Any] = {}
    if since is not None and since != OPEN_START:
        found["start"] = bound(since, since_precision)
    if before is None:
        found["_end"] = {"extension": [{"url": ABSENT, "valueCode": "unknown"}]}
    elif before != OPEN_END:
        last = (
            before if before_precision in ("MONTH", "YEAR") else before - timedelta(1)
        )
        found["end"] = bound(last, before_precision)
    return found
