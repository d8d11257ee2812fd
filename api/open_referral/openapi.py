"""The OpenAPI document, written from the table that requests are read by."""

from importlib.metadata import version
from typing import Any

from api.open_referral.endpoints import ENDPOINTS, ID, Endpoint

TEXT, NUMBER, YES_OR_NO = {"type": "string"}, {"type": "number"}, {"type": "boolean"}
COUNT = {"type": "integer", "minimum": 0}
PAGE = {
    "total_items": COUNT,
    "total_pages": COUNT,
    "page_number": COUNT,
    "size": COUNT,
    "first_page": YES_OR_NO,
    "last_page": YES_OR_NO,
    "empty": YES_OR_NO,
}
STATUSES = ["active", "inactive", "defunct", "temporarily closed"]


def thing(required: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An object: what is always there, and what is there where it is known."""
    return {
        "type": "object",
        "required": list(required),
        "properties": required | more,
        "additionalProperties": False,
    }


def refers(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def several(name: str) -> dict[str, Any]:
    return {"type": "array", "items": refers(name)}


MOMENT = {"type": "string", "format": "date-time"}
CLOCK = {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]:[0-5][0-9]$"}
WEBSITE = {"type": "string", "format": "uri"}

# Nothing is null: what no source states is not there.
SCHEMAS: dict[str, Any] = {
    "Api": thing(
        {"version": TEXT, "profile": WEBSITE, "openapi_url": WEBSITE}, x_notice=TEXT
    ),
    "Service": thing(
        {"id": ID, "name": TEXT, "status": {"enum": STATUSES}},
        organization_id=ID,
        url=WEBSITE,
        minimum_age=NUMBER,
        maximum_age=NUMBER,
        eligibility_description=TEXT,
        assured_date={"type": "string", "format": "date"},
        alert=TEXT,
        last_modified=MOMENT,
        organization=refers("Organization"),
        schedules=several("Schedule"),
        service_areas=several("ServiceArea"),
        service_at_locations=several("ServiceAtLocation"),
        phones=several("Phone"),
        attributes=several("Attribute"),
        service_capacity=several("ServiceCapacity"),
    ),
    "Organization": thing(
        {"id": ID, "name": TEXT, "description": TEXT},
        organization_identifiers=several("OrganizationIdentifier"),
        services=several("Service"),
    ),
    "OrganizationIdentifier": thing(
        {"id": ID, "identifier_type": TEXT, "identifier": TEXT},
        organization_id=ID,
        identifier_scheme=TEXT,
    ),
    "ServiceAtLocation": thing(
        {"id": ID, "service_id": ID, "location_id": ID, "location": refers("Location")},
        service=refers("Service"),
        name=TEXT,
        status={"enum": STATUSES},
        x_distance_metres=NUMBER,
    ),
    "Location": thing(
        {"id": ID, "location_type": {"const": "physical"}},
        name=TEXT,
        latitude={"type": "number", "minimum": -90, "maximum": 90},
        longitude={"type": "number", "minimum": -180, "maximum": 180},
        addresses=several("Address"),
    ),
    "Address": thing(
        {
            "id": ID,
            "address_1": TEXT,
            "city": TEXT,
            "state_province": TEXT,
            "postal_code": TEXT,
            "country": {"const": "GB"},
            "address_type": {"const": "physical"},
        },
        location_id=ID,
    ),
    "Schedule": thing(
        {"id": ID, "service_id": ID},
        freq={"const": "WEEKLY"},
        interval={"const": 1},
        byday=TEXT,
        opens_at=CLOCK,
        closes_at=CLOCK,
        valid_from={"type": "string", "format": "date"},
        valid_to={"type": "string", "format": "date"},
        dtstart={"type": "string", "format": "date"},
        description=TEXT,
    ),
    "ServiceArea": thing({"id": ID, "service_id": ID, "name": TEXT}, uri=WEBSITE),
    "Phone": thing({"id": ID, "service_id": ID, "number": TEXT}),
    "Attribute": thing(
        {
            "id": ID,
            "link_id": ID,
            "link_type": TEXT,
            "taxonomy_term_id": ID,
            "taxonomy_term": refers("TaxonomyTerm"),
        }
    ),
    "ServiceCapacity": thing(
        {
            "id": ID,
            "service_id": ID,
            "unit": thing({"id": ID, "name": TEXT}),
            "available": NUMBER,
            "maximum": NUMBER,
            "description": TEXT,
            "updated": MOMENT,
        }
    ),
    "Taxonomy": thing(
        {"id": ID, "name": TEXT, "description": TEXT},
        taxonomy_terms=several("TaxonomyTerm"),
    ),
    "TaxonomyTerm": thing(
        {
            "id": ID,
            "name": TEXT,
            "description": TEXT,
            "taxonomy": TEXT,
            "taxonomy_id": ID,
            "term": TEXT,
        },
        parent_id=ID,
    ),
    "Problem": thing({"status": COUNT, "title": TEXT, "detail": TEXT}),
}


def openapi_document(server: str) -> dict[str, Any]:
    """What the server at this address can be asked, by version 3.1 of OpenAPI."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Signpost as Open Referral UK",
            "version": version("signpost"),
            "description": "A directory of health services to read, by the Open Referral UK "
            "profile of HSDS 3. No key is needed.",
        },
        "servers": [{"url": server}],
        "paths": {
            path: {"get": operation(path, endpoint)}
            for path, endpoint in ENDPOINTS.items()
        },
        "components": {"schemas": SCHEMAS},
    }


def operation(path: str, endpoint: Endpoint) -> dict[str, Any]:
    """One address: what it takes and what it answers with."""
    shown = refers(endpoint.answer)
    if endpoint.pages:
        shown = thing(PAGE | {"contents": several(endpoint.answer)}, x_notice=TEXT)
    return {
        "summary": endpoint.summary,
        "operationId": path.strip("/").replace("/{id}", "_by_id") or "api",
        "parameters": parameters(path, endpoint),
        "responses": {
            "200": answer("An answer.", "application/json", shown),
            "304": {"description": "What If-None-Match names holds still."},
            **{
                status: answer(words, "application/problem+json", refers("Problem"))
                for status, words in refusals(path, endpoint).items()
            },
        },
    }


def parameters(path: str, endpoint: Endpoint) -> list[dict[str, Any]]:
    in_path = [{"name": "id", "in": "path", "required": True, "schema": ID}]
    in_query = [
        {
            "name": name,
            "in": "query",
            "description": each.words,
            "schema": dict(each.schema),
        }
        for name, each in endpoint.parameters.items()
        if not each.hidden
    ]
    return (in_path if "{id}" in path else []) + in_query


def answer(words: str, media: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": words, "content": {media: {"schema": schema}}}


def refusals(path: str, endpoint: Endpoint) -> dict[str, str]:
    """Why it may not answer, by the status."""
    found = {"400": "A parameter is not known or cannot be understood."}
    if "{id}" in path or "postcode" in endpoint.parameters:
        found["404"] = "There is nothing with this id, or no such postcode."
    if "postcode" in endpoint.parameters:
        found["422"] = "The postcode stands for no place in the United Kingdom."
    return found | {"503": "The database does not answer. Ask again in a moment."}
