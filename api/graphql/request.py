"""A question out of an HTTP request, which may hold anything."""

from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import Request

from api.graphql.errors import BAD_REQUEST, LIMIT

MOST_BYTES = 100_000


class BadRequest(Exception):
    """The request holds no question; says with which status to answer."""

    def __init__(
        self, message: str, status: int = 400, code: str = BAD_REQUEST
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


@dataclass(frozen=True)
class Question:
    """The parameters of a request, of the right types."""

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None


async def question_of(request: Request) -> Question:
    """The question that a GET or POST request asks. Raises BadRequest where it asks none."""
    parameters = (
        from_address(request)
        if request.method in ("GET", "HEAD")
        else await from_body(request)
    )
    query = of_type(str, parameters, "query", "a text")
    if not query:
        raise BadRequest(
            'There is no question. Send it as "query", such as '
            '{"query": "{ directory { asOf notice } }"}.'
        )
    of_type(dict, parameters, "extensions", "an object")
    return Question(
        query=query,
        variables=of_type(dict, parameters, "variables", "an object"),
        operation_name=of_type(str, parameters, "operationName", "a text"),
    )


def from_address(request: Request) -> dict[str, Any]:
    """The parameters in the address; variables and extensions are JSON there."""
    parameters: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if parameters.get(name):
            parameters[name] = read_json(
                parameters[name].encode(errors="replace"), name
            )
    return {name: value for name, value in parameters.items() if value != ""}


async def from_body(request: Request) -> dict[str, Any]:
    """The parameters in the body, which must be a JSON object of bounded size."""
    content_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if content_type != "application/json":
        raise BadRequest(
            f"The body has the type {content_type or 'unknown'!r}. Send JSON, "
            "with the header Content-Type: application/json.",
            status=415,
        )
    parameters = read_json(await bounded_body(request), "body")
    if isinstance(parameters, list):
        raise BadRequest("Several questions came in one request. Send one at a time.")
    if not isinstance(parameters, dict):
        raise BadRequest('The body is no JSON object. Send {"query": "…"}.')
    return parameters


async def bounded_body(request: Request) -> bytes:
    """The body, read no further than the limit, whatever its headers say of its length."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise BadRequest(
                f"The body is larger than {MOST_BYTES:,} bytes. Ask a smaller question.",
                status=413,
                code=LIMIT,
            )
    return bytes(body)


def read_json(text: bytes, what: str) -> Any:
    """The value of a JSON text. Raises BadRequest where it is none."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"The {what} is not JSON: {error}.") from error


def of_type(kind: type, parameters: dict[str, Any], name: str, wanted: str) -> Any:
    """A parameter that is of this type or absent."""
    value = parameters.get(name)
    if value is not None and not isinstance(value, kind):
        raise BadRequest(f'"{name}" must be {wanted}, or be left out.')
    return value
