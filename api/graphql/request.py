"""A question out of an HTTP request, which may hold anything."""

import re
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import Request

from api.graphql.documents import Documents, hash_of
from api.graphql.errors import BAD_REQUEST, LIMIT

MOST_BYTES = 100_000
HASH = re.compile(r"[0-9a-f]{64}")


class BadRequest(Exception):
    """The request holds no question; says with which status to answer.

    Status None: that of a question that could not be executed.
    """

    def __init__(
        self, message: str, status: int | None = 400, code: str = BAD_REQUEST
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class NoSuchDocument(BadRequest):
    """No text is known by the hash that came without one: the client sends both next.

    Apollo's clients and urql's know this by its words (Apollo's automatic persisted queries).
    """

    def __init__(self) -> None:
        super().__init__("PersistedQueryNotFound", None, "PERSISTED_QUERY_NOT_FOUND")


class OtherProtocol(BadRequest):
    """A hash in a way that is not spoken here: the client sends texts from then on, by these words."""

    def __init__(self) -> None:
        super().__init__(
            "PersistedQueryNotSupported", None, "PERSISTED_QUERY_NOT_SUPPORTED"
        )


@dataclass(frozen=True)
class Question:
    """The parameters of a request, of the right types."""

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None


async def question_of(request: Request, documents: Documents) -> Question:
    """The question that a GET or POST request asks. Raises BadRequest where it asks none."""
    parameters = (
        from_address(request)
        if request.method in ("GET", "HEAD")
        else await from_body(request)
    )
    return Question(
        query=text_of(parameters, documents),
        variables=of_type(dict, parameters, "variables", "an object"),
        operation_name=of_type(str, parameters, "operationName", "a text"),
    )


def text_of(parameters: dict[str, Any], documents: Documents) -> str:
    """The question's text, as it came or by its hash; what comes with its hash is kept."""
    text = of_type(str, parameters, "query", "a text")
    named = document_named(parameters)
    if named is None:
        if not text:
            raise BadRequest(
                'There is no question. Send it as "query", such as '
                '{"query": "{ directory { asOf notice } }"}.'
            )
        return text
    if not text:
        known = documents.text_of(named)
        if known is None:
            raise NoSuchDocument
        return known
    if hash_of(text) != named:
        raise BadRequest(
            f"The question has not the hash {named} that came with it, but "
            f"{hash_of(text)}. Send the hash of exactly this text, in UTF-8, or none."
        )
    documents.keep(text)
    return text


def document_named(parameters: dict[str, Any]) -> str | None:
    """The hash by which the request names its question, as `documentId` or as Apollo's extension."""
    extensions = of_type(dict, parameters, "extensions", "an object") or {}
    named = of_type(str, parameters, "documentId", "a text")
    if named is None and extensions.get("persistedQuery") is not None:
        persisted = of_type(dict, extensions, "persistedQuery", "an object")
        if persisted.get("version") != 1:
            raise OtherProtocol
        named = of_type(str, persisted, "sha256Hash", "a text") or ""
    if named is None:
        return None
    named = named.removeprefix("sha256:")
    if not HASH.fullmatch(named):
        raise BadRequest(
            f"{named[:80]!r} is not the hash of a question. Give its SHA-256 in lower-case "
            'hexadecimal: "documentId": "sha256:…".'
        )
    return named


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
