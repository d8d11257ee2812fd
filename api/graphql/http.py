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
        question = await question_of(request)
    except BadRequest as error:
        return response(request_error(error.code, str(error)), error.status, media_type)
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
            400 if media_type == GRAPHQL else 200,
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
    return response(*body_and_status(result, media_type), media_type)


def body_and_status(
    result: ExecutionResult, media_type: str
) -> tuple[dict[str, Any], int]:
    """The body and status of an answer.

    A question that was not executed has no `data`; the specification wants 400 for it in the new
    media type, and 200 in the old, whose clients take anything else for a failure of transport.
    """
    errors = shown_errors(result, schema._schema)
    if not errors:
        return {"data": result.data}, 200
    if result.data is None and not was_executed(result.errors):
        return {"errors": errors}, 400 if media_type == GRAPHQL else 200
    return {"data": result.data, "errors": errors}, 200


def was_executed(errors: list[GraphQLError] | None) -> bool:
    """Whether the errors are those of fields, which know their path."""
    return any(error.path for error in errors or ())


def response(
    body: dict[str, Any],
    status: int,
    media_type: str,
    headers: dict[str, str] | None = None,
) -> Response:
    """The answer as JSON; a proxy must not show one caller's to another."""
    return Response(
        orjson.dumps(body),
        status_code=status,
        media_type=media_type,
        headers={"Cache-Control": "no-store", "Vary": "Accept", **(headers or {})},
    )


def wants_a_page(request: Request) -> bool:
    """Whether somebody has opened the address in a browser."""
    return "text/html" in request.headers.get("accept", "") and (
        "query" not in request.query_params
    )


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
