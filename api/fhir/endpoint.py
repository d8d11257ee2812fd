"""Endpoint: technical addresses at which services and organisations take messages."""

from typing import Any

from api.fhir.terms import given, period, reference

CONNECTION_TYPE = "http://terminology.hl7.org/CodeSystem/endpoint-connection-type"
PAYLOAD_TYPE = "http://terminology.hl7.org/CodeSystem/endpoint-payload-type"


def endpoint(row: dict[str, Any]) -> dict[str, Any]:
    """An address as a resource; what it takes is "any" where nobody has said."""
    payloads = [{"text": each} for each in row["payload_types"]]
    return given(
        resourceType="Endpoint",
        id=row["id"],
        status=row["status"],
        connectionType={"system": CONNECTION_TYPE, "code": row["connection"]},
        name=row["name"],
        managingOrganization=reference("Organization", row["organisation"]),
        period=period(row["from"], row["to"]) if row["from"] or row["to"] else None,
        payloadType=payloads or [{"coding": [{"system": PAYLOAD_TYPE, "code": "any"}]}],
        payloadMimeType=row["payload_mime_types"],
        address=row["address"],
    )
