"""GraphQL over HTTP, by the specification of that name: a request in, an answer out."""

import asyncio
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import (
    CannotGetOperationTypeError,
    InvalidOperationTypeError,
)
from strawberry.types.execution import ExecutionResult

from api.doors import kept
from api.graphql.context import Context
from api.graphql.errors import BAD_REQUEST, TookTooLong, request_error, shown_errors
from api.graphql.execution import execute
from api.graphql.loaders import loaders
from api.graphql.request import BadRequest, Question, question_of
from api.graphql.schema import schema
from api.pages import explorer

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"
SECONDS = 30.0


async def graphql(request: Request) -> Response:
    """Answer one question; a browser that asks none gets the explorer."""
    if request.method != "POST" and wants_a_page(request):
        return explorer()
    media_type = preferred_type(request.headers.get("accept", ""))
    try:
        question = await question_of(request, request.state.documents)
    except BadRequest as error:
        status = error.status or status_of_no_answer(media_type)
        return response(request_error(error.code, str(error)), status, media_type)
    return await answer(request, question, media_type)


async def answer(request: Request, question: Question, media_type: str) -> Response:
    """Execute a question and send what came out."""
    driver, settings = request.state.driver, request.state.settings
    context = Context(driver=driver, settings=settings, loaders=loaders(driver))
    try:
        async with asyncio.timeout(SECONDS):
            result = await execute(question, context)
    except InvalidOperationTypeError:
        message = "The directory answers queries only. Ask one with `query { … }`."
        status = 405 if request.method == "GET" else 400
        headers = {"Allow": "POST"} if status == 405 else {}
        return response(
            request_error(BAD_REQUEST, message), status, media_type, headers
        )
    except (CannotGetOperationTypeError, MissingQueryError):
        message = (
            "It is not clear which operation is meant. Write one, or name one of those "
            "that you wrote in `operationName`."
        )
        return response(
            request_error("OPERATION_RESOLUTION_FAILURE", message),
            status_of_no_answer(media_type),
            media_type,
        )
    except TimeoutError:
        return response(
            request_error(
                TookTooLong.code,
                f"The answer was not ready after {SECONDS:g} seconds. Ask for less at a "
                "time, or ask again in a moment.",
            ),
            503,
            media_type,
        )
    body, status = body_and_status(result, media_type)
    if request.method != "POST" and not result.errors:
        return kept(request, orjson.dumps(body), media_type, vary="Accept")
    return response(body, status, media_type)


def body_and_status(
    result: ExecutionResult, media_type: str
) -> tuple[dict[str, Any], int]:
    """The body and status of an answer; a question that was not executed has no `data`."""
    errors = shown_errors(result, schema._schema)
    if not errors:
        return {"data": result.data}, 200
    if result.data is None and not was_executed(result.errors):
        return {"errors": errors}, status_of_no_answer(media_type)
    return {"data": result.data, "errors": errors}, 200


def status_of_no_answer(media_type: str) -> int:
    """The status where nothing was executed.

    The specification wants 400 in the new media type, and 200 in the old, whose clients take anything
    else for a failure of transport.
    """
    return 400 if media_type == GRAPHQL else 200


def was_executed(errors: list[GraphQLError] | None) -> bool:
    """Whether the errors are those of fields, which know their path."""
    return any(error.path for error in errors or ())


def response(
    body: dict[str, Any],
    status: int,
    media_type: str,
    headers: dict[str, str] | None = None,
) -> Response:
    """An answer as JSON that no cache keeps: to a POST, or with errors that may pass."""
    return Response(
        orjson.dumps(body),
        status_code=status,
        media_type=media_type,
        headers={"Cache-Control": "no-store", "Vary": "Accept", **(headers or {})},
    )


def wants_a_page(request: Request) -> bool:
    """Whether somebody has opened the address in a browser."""
    asks = {"query", "documentId", "extensions"} & request.query_params.keys()
    return not asks and "text/html" in request.headers.get("accept", "")


def preferred_type(accept: str) -> str:
    """The media type that the caller wants most; the old one where none is named."""
    best, best_quality = JSON, 0.0
    for part in accept.lower().split(","):
        name, *parameters = [each.strip() for each in part.split(";")]
        if (
            name in (JSON, GRAPHQL)
            and (quality := quality_of(parameters)) > best_quality
        ):
            best, best_quality = name, quality
    return best


def quality_of(parameters: list[str]) -> float:
    """The weight that a media type is given, 1 unless `q=` says otherwise."""
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0
