"""How resources are sent: as FHIR's JSON, with what caches need, and errors as outcomes."""

import re
from datetime import datetime
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api import doors
from api.doors import Handler, Refusal, kept
from api.fhir.outcomes import issue, outcome

FHIR_JSON = "application/fhir+json"
READABLE = (
    "application/fhir+json",
    "application/json",
    "application/*",
    "*/*",
    "text/*",
)
VERSION_ASKED = re.compile(r"fhirversion\s*=\s*\"?([\w.]+)", re.IGNORECASE)


def answering(handler: Handler) -> Handler:
    """The handler, its errors told as outcomes and its time bounded."""

    async def readable(request: Request) -> Response:
        refuse_other_formats(request)
        return await handler(request)

    return doors.answering(readable, error_response)


def refuse_other_formats(request: Request) -> None:
    """Raises Refusal where the caller can read none of what there is."""
    asked = request.headers.get("accept", "*/*")
    names = [part.partition(";")[0].strip().lower() for part in asked.split(",")]
    wanted = request.query_params.get("_format", "")
    if "xml" in wanted or "ttl" in wanted or "turtle" in wanted:
        raise not_acceptable(wanted)
    if wanted == "" and not any(name in READABLE or name == "" for name in names):
        raise not_acceptable(asked)
    versions = VERSION_ASKED.findall(asked)
    if versions and "4.0" not in versions:
        raise not_acceptable(asked)


def not_acceptable(asked: str) -> Refusal:
    return Refusal(
        406,
        "not-supported",
        f"{asked[:80]!r} was asked for. The directory answers in {FHIR_JSON} only, of FHIR 4.0.",
    )


def error_response(error: Refusal) -> Response:
    """An error as an OperationOutcome; nobody may keep it."""
    severity = "fatal" if error.status >= 500 else "error"
    words = str(error)[:2000]
    # Twice, because clients show one or the other: HAPI's in Java tells `diagnostics`, as NHS England's directory does.
    body = outcome(issue(severity, error.kind, words, diagnostics=words))
    headers = {"Cache-Control": "no-store", **error.headers}
    return Response(orjson.dumps(body), error.status, headers, FHIR_JSON)


def answer(
    request: Request,
    resource: dict[str, Any],
    *,
    etag: str | None = None,
    changed: datetime | None = None,
) -> Response:
    """A resource; 304 where the caller has it already."""
    pretty = request.query_params.get("_pretty") == "true"
    body = orjson.dumps(resource, option=orjson.OPT_INDENT_2 if pretty else None)
    return kept(
        request, body, FHIR_JSON, vary="Accept, Prefer", etag=etag, changed=changed
    )
