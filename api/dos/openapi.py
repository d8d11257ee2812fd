"""The OpenAPI document of the REST search, written from the table that requests are read by."""

from importlib.metadata import version
from typing import Any

from api.dos.endpoints import ENDPOINTS, PATHS, Endpoint
from api.dos.services import HEX, HUMAN
from api.open_referral.openapi import TEXT, answer, refers, several, thing

NUMBER, YES_OR_NO = {"type": "integer"}, {"type": "boolean"}
CLOCK = thing(
    {
        "hours": {"type": "integer", "minimum": 0, "maximum": 23},
        "minutes": {"type": "integer", "minimum": 0, "maximum": 59},
    }
)

# Nothing is null: what no source states is not there. What begins with x_ the DoS does not have.
SCHEMAS: dict[str, Any] = {
    "Answer": thing({"success": refers("Success")}),
    "Success": thing(
        {
            "transactionId": {"type": "string", "format": "uuid"},
            "code": {"const": 200},
            "version": TEXT,
            "serviceCount": NUMBER,
            "catchAll": YES_OR_NO,
            "services": several("Service"),
        },
        x_notice=TEXT,
        x_emergency_advice=TEXT,
    ),
    "Service": thing(
        {"name": TEXT},
        id=NUMBER,
        type=thing({"id": NUMBER, "name": TEXT}),
        odsCode=TEXT,
        address={"type": "array", "items": TEXT},
        postcode=TEXT,
        easting=NUMBER,
        northing=NUMBER,
        phone=thing({"public": TEXT}),
        web=TEXT,
        openingTimes=refers("OpeningTimes"),
        referralInstructions=thing({"callHandler": TEXT}),
        capacity=thing(
            {
                "status": thing(
                    {
                        "rag": {"enum": list(HUMAN)},
                        "human": {"enum": list(HUMAN.values())},
                        "hex": {"enum": list(HEX.values())},
                    }
                )
            }
        ),
        endpoints=several("Endpoint"),
        patientDistance={"type": "string", "description": "Miles in a straight line."},
        genders={"type": "array", "items": {"enum": ["F", "M", "I"]}},
        serviceReferrals=thing(
            {"restricted": YES_OR_NO, "odsCodes": {"type": "array", "items": TEXT}}
        ),
        x_not_known=several("Criterion"),
        x_not_now=several("Criterion"),
    ),
    "OpeningTimes": thing(
        {"allHours": YES_OR_NO}, days=several("Day"), specifiedDates=several("Date")
    ),
    "Day": thing({"day": TEXT, "sessions": several("Session")}),
    "Date": thing(
        {"date": {"type": "string", "format": "date"}, "sessions": several("Session")}
    ),
    "Session": thing({"start": CLOCK, "end": CLOCK}),
    "Endpoint": thing(
        {"endpointOrder": NUMBER, "address": TEXT},
        transport=TEXT,
        format=TEXT,
        interaction=TEXT,
        comment=TEXT,
    ),
    "Criterion": thing({"criterion": TEXT, "explanation": TEXT}),
    "Problem": thing({"status": NUMBER, "title": TEXT, "detail": TEXT}),
}


def openapi_document(server: str) -> dict[str, Any]:
    """What the server at this address can be asked, by version 3.1 of OpenAPI."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Signpost as the DoS's REST search",
            "version": version("signpost"),
            "description": "The searches of the NHS Directory of Services' REST API 1.0. No "
            "account is needed. Its SOAP search is described by a WSDL.",
        },
        "servers": [{"url": server}],
        "paths": {
            PATHS[name]: {"get": operation(name, endpoint)}
            for name, endpoint in ENDPOINTS.items()
        },
        "components": {"schemas": SCHEMAS},
    }


def operation(name: str, endpoint: Endpoint) -> dict[str, Any]:
    """One address: what it takes and what it answers with."""
    refusals = {"400": "A parameter cannot be understood."}
    if endpoint.searches:
        refusals |= {
            "404": "There is no such postcode, need or type of service.",
            "422": "The postcode stands for no place in the United Kingdom.",
        }
    refusals["503"] = "The database does not answer. Ask again in a moment."
    found = answer("Services.", "application/json", refers("Answer"))
    if endpoint.searches:
        found["headers"] = {
            "Search-Distance": {
                "description": "The kilometres that were searched, and whose they are.",
                "schema": TEXT,
            }
        }
    return {
        "summary": endpoint.summary,
        "operationId": name,
        "parameters": [
            {
                "name": part,
                "in": "path",
                "required": True,
                "description": each.words,
                "schema": dict(each.schema),
            }
            for part, each in endpoint.parameters.items()
        ],
        "responses": {
            "200": found,
            "304": {"description": "What If-None-Match names holds still."},
            **{
                status: answer(words, "application/problem+json", refers("Problem"))
                for status, words in refusals.items()
            },
        },
    }
