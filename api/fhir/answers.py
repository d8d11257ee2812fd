"""How resources are sent: as FHIR's JSON, with what caches need, and errors as outcomes."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import orjson
from neo4j.exceptions import DriverError, TransientError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.fhir.outcomes import FhirError, error_of, issue, outcome
from api.graphql.errors import internal_error
from graph_model.errors import DirectoryError

FHIR_JSON = "application/fhir+json"
READABLE = (
    "application/fhir+json",
    "application/json",
    "application/*",
    "*/*",
    "text/*",
)
SECONDS = 30.0

Handler = Callable[[Request], Awaitable[Response]]


def answering(handler: Handler) -> Handler:
    """The handler, its errors told as outcomes and its time bounded."""

    async def answer(request: Request) -> Response:
        try:
            refuse_other_formats(request)
            async with asyncio.timeout(SECONDS):
                return await handler(request)
        except FhirError as error:
            return error_response(error)
        except DirectoryError as error:
            return error_response(error_of(error))
        except TimeoutError:
            words = (
                f"The answer was not ready after {SECONDS:g} seconds. Ask for less at a time, "
                "or ask again in a moment."
            )
            return error_response(FhirError(503, "timeout", words))
        except (DriverError, TransientError):
            words = "The database does not answer. Ask again in a moment."
            return error_response(FhirError(503, "transient", words))

    return answer


async def fault_of_ours(request: Request, error: Exception) -> Response:
    """What nobody foresaw: logged under a reference, and hidden."""
    return error_response(FhirError(500, "exception", internal_error(error)))


def refuse_other_formats(request: Request) -> None:
    """Raises FhirError where the caller can read none of what there is."""
    asked = request.headers.get("accept", "*/*")
    names = [part.partition(";")[0].strip().lower() for part in asked.split(",")]
    wanted = request.query_params.get("_format", "")
    if "xml" in wanted or "ttl" in wanted or "turtle" in wanted:
        raise not_acceptable(wanted)
    if wanted == "" and not any(name in READABLE or name == "" for name in names):
        raise not_acceptable(asked)


def not_acceptable(asked: str) -> FhirError:
    return FhirError(
        406,
        "not-supported",
        f"{asked[:80]!r} was asked for. The directory answers in {FHIR_JSON} only.",
    )


def error_response(error: FhirError) -> Response:
    """An error as an OperationOutcome; nobody may keep it."""
    severity = "fatal" if error.status >= 500 else "error"
    body = outcome(issue(severity, error.kind, str(error)[:2000]))
    headers = {"Cache-Control": "no-store", **error.headers}
    return Response(orjson.dumps(body), error.status, headers, FHIR_JSON)


async def fault_of_the_request(request: Request, error: Exception) -> Response:
    """Addresses that are not there, and methods that they do not take."""
    assert isinstance(error, HTTPException)
    path, method = request.url.path[:200], request.method[:20]
    if error.status_code == 405:
        allowed = (error.headers or {}).get("Allow", "GET")
        words = (
            f"{path} does not take {method}. It takes {allowed}: nobody can write here."
        )
        fault = FhirError(405, "not-supported", words)
        fault.headers = dict(error.headers or {})
        return error_response(fault)
    words = (
        f"There is nothing at {path}. /fhir/metadata says which resources there are, and "
        "what each can be searched by."
    )
    return error_response(FhirError(error.status_code, "not-found", words))


def answer(
    request: Request,
    resource: dict[str, Any],
    *,
    etag: str | None = None,
    changed: datetime | None = None,
    status: int = 200,
) -> Response:
    """A resource; 304 where the caller has it already."""
    pretty = request.query_params.get("_pretty") == "true"
    body = orjson.dumps(resource, option=orjson.OPT_INDENT_2 if pretty else None)
    tag = f'W/"{etag or hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {
        "ETag": tag,
        # What holds depends on the day and on the next load: kept, but asked about each time.
        "Cache-Control": "no-cache",
        "Vary": "Accept, Prefer",
    }
    if changed is not None:
        headers["Last-Modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
    if request.method in ("GET", "HEAD") and tag_fits(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, status, headers, FHIR_JSON)


def tag_fits(request: Request, tag: str) -> bool:
    """Whether If-None-Match names this version; weakly, as the specification has it."""
    asked = request.headers.get("if-none-match", "")
    known = {each.strip().removeprefix("W/") for each in asked.split(",")}
    return tag.removeprefix("W/") in known or asked.strip() == "*"
