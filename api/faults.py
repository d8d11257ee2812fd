"""How faults outside GraphQL are answered: in JSON, in words, without a word of our insides."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from api.graphql.errors import BAD_REQUEST, INTERNAL, internal_error, request_error

WORDS = {
    404: "There is nothing at {path}. Questions are asked at /graphql; "
    "/health/ready says whether they can be.",
    405: "{path} does not take {method}. It takes {allowed}.",
}


async def fault_of_the_request(request: Request, error: Exception) -> JSONResponse:
    """The answer to a request for something that is not there."""
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    words = WORDS.get(error.status_code, error.detail).format(
        path=request.url.path[:200],
        method=request.method[:20],
        allowed=headers.get("Allow", "something else"),
    )
    return JSONResponse(request_error(BAD_REQUEST, words), error.status_code, headers)


async def fault_of_ours(request: Request, error: Exception) -> JSONResponse:
    """The answer to a request that met a fault of ours."""
    return JSONResponse(request_error(INTERNAL, internal_error(error)), 500)
