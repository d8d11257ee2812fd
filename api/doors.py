"""What the doors for standard clients share: refusals, bounded time, and answers that caches can keep.

A door tells its errors in its standard's own shape: it gives `answering` a function that does.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import format_datetime

from neo4j.exceptions import DriverError, TransientError
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response

from graph_model.errors import DirectoryError

SECONDS = 30.0

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


def kept(
    request: Request,
    body: bytes,
    media: str,
    *,
    vary: str | None = None,
    etag: str | None = None,
    changed: datetime | None = None,
) -> Response:
    """An answer that caches keep and ask about; 304 where the caller has it already. `vary`: headers that it goes by."""
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
