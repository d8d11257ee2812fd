"""What the doors for standard clients share: refusals, bounded time, and answers that caches can keep.

A door tells its errors in its standard's own shape: it gives `answering` a function that does.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime

import orjson
from neo4j.exceptions import DriverError, TransientError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.graphql.errors import internal_error
from graph_model.errors import DirectoryError

SECONDS = 30.0
JSON = "application/json"
PROBLEM = "application/problem+json"  # RFC 9457

# A page of 100 resources is a tenth of its size then.
COMPRESSION = Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)

Handler = Callable[[Request], Awaitable[Response]]

# By the code of an error (docs/errors.md): the status of HTTP and FHIR's kind of issue.
STATUS_OF = {
    "PLACE_NOT_FOUND": (404, "not-found"),
    "PLACE_NOT_LOCATED": (422, "not-found"),
    "PLACE_NOT_COVERED": (422, "not-supported"),
    "NEED_NOT_FOUND": (404, "not-found"),
    "SERVICE_NOT_FOUND": (404, "not-found"),
    "DIRECTORY_UNAVAILABLE": (503, "transient"),
}


class Refusal(Exception):
    """A request that cannot be answered: the status, the kind of fault in FHIR's words, and words for the caller."""

    def __init__(self, status: int, kind: str, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.kind = kind
        self.headers: dict[str, str] = {}


class BadParameter(Refusal):
    """A parameter that cannot be understood or is not known."""

    def __init__(self, words: str, kind: str = "invalid") -> None:
        super().__init__(400, kind, words)


def answering(handler: Handler, refused: Callable[[Refusal], Response]) -> Handler:
    """The handler, its errors told by `refused` and its time bounded."""

    async def answer(request: Request) -> Response:
        try:
            async with asyncio.timeout(SECONDS):
                return await handler(request)
        except Refusal as error:
            return refused(error)
        except DirectoryError as error:
            return refused(refusal_of(error))
        except TimeoutError:
            words = (
                f"The answer was not ready after {SECONDS:g} seconds. Ask for less at a time, "
                "or ask again in a moment."
            )
            return refused(Refusal(503, "timeout", words))
        except (DriverError, TransientError):
            words = "The database does not answer. Ask again in a moment."
            return refused(Refusal(503, "transient", words))

    return answer


def refusal_of(error: DirectoryError) -> Refusal:
    """The directory's error as a door tells it."""
    status, kind = STATUS_OF.get(error.code, (400, "invalid"))
    return Refusal(status, kind, str(error))


def problem(error: Refusal, headers: Mapping[str, str] | None = None) -> Response:
    """An error in words, by RFC 9457; nobody may keep it."""
    body = {"status": error.status, "title": error.kind, "detail": str(error)[:2000]}
    told = {"Cache-Control": "no-store", **(headers or {}), **error.headers}
    return Response(orjson.dumps(body), error.status, told, PROBLEM)


def door(
    routes: Sequence[BaseRoute],
    known: str,
    refused: Callable[[Refusal], Response] = problem,
    middleware: Sequence[Middleware] = (),
    unforeseen: Callable[[Request, Refusal], Response] | None = None,
) -> Starlette:
    """The application of a door, which tells all its errors by `refused`. `known` says what there is.

    `unforeseen` tells what nobody foresaw where `refused` cannot.
    """

    async def fault_of_the_request(request: Request, error: Exception) -> Response:
        """Addresses that are not there, and methods that they do not take."""
        assert isinstance(error, HTTPException)
        path, method = request.url.path[:200], request.method[:20]
        kind, words = "not-found", f"There is nothing at {path}. {known}"
        if error.status_code == 405:
            allowed = (error.headers or {}).get("Allow", "GET")
            kind = "not-supported"
            words = f"{path} does not take {method}. It takes {allowed}: nobody can write here."
        fault = Refusal(error.status_code, kind, words)
        fault.headers = dict(error.headers or {})
        return refused(fault)

    async def fault_of_ours(request: Request, error: Exception) -> Response:
        """What nobody foresaw: logged under a reference, and hidden."""
        fault = Refusal(500, "exception", internal_error(error))
        return unforeseen(request, fault) if unforeseen else refused(fault)

    return Starlette(
        routes=list(routes),
        middleware=[*middleware, COMPRESSION],
        exception_handlers={
            HTTPException: fault_of_the_request,
            Exception: fault_of_ours,
        },
    )


def kept(
    request: Request,
    body: bytes,
    media: str,
    *,
    vary: str | None = None,
    etag: str | None = None,
    changed: datetime | None = None,
) -> Response:
    """An answer that caches keep and ask about; 304 where the caller has it already. `vary`: headers that it goes by.

    `changed` only tells: what was written by other means than ours moves no moment, so that the tag alone decides.
    """
    tag = f'W/"{etag or hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {
        "ETag": tag,
        # What holds depends on the day and on the next load: kept, but asked about each time.
        "Cache-Control": "no-cache",
    }
    if vary is not None:
        headers["Vary"] = vary
    if changed is not None:
        headers["Last-Modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
    if request.method in ("GET", "HEAD") and tag_fits(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, media)


def tag_fits(request: Request, tag: str) -> bool:
    """Whether If-None-Match names this version; weakly, as the specification has it."""
    asked = request.headers.get("if-none-match", "")
    known = {each.strip().removeprefix("W/") for each in asked.split(",")}
    return tag.removeprefix("W/") in known or asked.strip() == "*"
