"""Location: where services are delivered."""

from typing import Any

from api.fhir.terms import SERVICE_TYPE, UK_CORE, concept, given

PROFILE = f"{UK_CORE}Location"


def location(row: dict[str, Any]) -> dict[str, Any]:
    """A place as a resource; its types are those of the services that are delivered there."""
    return given(
        resourceType="Location",
        id=row["id"],
        status=row["status"],
        name=row["name"],
        mode="instance",
        type=[
            concept(SERVICE_TYPE, each["code"], each["name"]) for each in row["types"]
        ],
        address=given(line=row["address"], postalCode=row["postcode"]),
        position=position(row),
    )


def position(row: dict[str, Any]) -> dict[str, Any] | None:
    """Degrees of WGS84."""
    if row["latitude"] is None:
        return None
    return {"longitude": row["longitude"], "latitude": row["latitude"]}
