"""How errors are shown: the caller's own with what to do, ours behind a reference.

Each has a stable `extensions.code` (docs/errors.md).
"""

import logging
import re
import secrets
from typing import Any

from graphql import GraphQLError, GraphQLSchema, GraphQLSyntaxError
from neo4j.exceptions import DriverError, TransientError
from strawberry.exceptions import StrawberryInputCoercionError
from strawberry.types.execution import ExecutionResult, PreExecutionError

from api.graphql.limits import LimitExceeded
from graph_model.errors import DirectoryError, DirectoryUnavailable

log = logging.getLogger(__name__)

BAD_REQUEST = "BAD_REQUEST"
BAD_USER_INPUT = "BAD_USER_INPUT"
INTERNAL = "INTERNAL_SERVER_ERROR"
LIMIT = "GRAPHQL_LIMIT_EXCEEDED"
PARSE = "GRAPHQL_PARSE_FAILED"
VALIDATION = "GRAPHQL_VALIDATION_FAILED"

# Tools take a code that they do not know, on a field, for a failure of the server; this word of
# graphql-java's tells them otherwise. One of these they know, and the other is one.
OF_THE_CALLER = "ValidationError"
WITHOUT_IT = {BAD_USER_INPUT, DirectoryUnavailable.code}

MOST_CHARACTERS = 600

SUGGESTION = re.compile(r" ?Did you mean [^?]*\?")
ONE_OF = re.compile(r"OneOf Input Object '(\w+)' must specify exactly one key\.")


class TookTooLong(DirectoryError):
    """The answer was not ready in time."""

    code = "TIMEOUT"


def shown_errors(
    result: ExecutionResult, schema: GraphQLSchema
) -> list[dict[str, Any]]:
    """The errors of an answer as clients see them."""
    before = isinstance(result, PreExecutionError)
    return [shown_error(error, before, schema) for error in result.errors or ()]


def shown_error(
    error: GraphQLError, before_execution: bool, schema: GraphQLSchema
) -> dict[str, Any]:
    """One error as clients see it; whatever nobody foresaw is logged and hidden."""
    code, message = code_and_message(error, before_execution)
    formatted = error.formatted
    # Some messages repeat what the caller wrote, which can be long.
    # Those of the directory are in plain English already, and guess at names only from its own.
    if not isinstance(error.original_error, DirectoryError):
        message = plain_english(message, schema)
    formatted["message"] = shorten(message)
    formatted["extensions"] = {"code": code}
    if isinstance(error.original_error, DirectoryError) and code not in WITHOUT_IT:
        formatted["extensions"]["classification"] = OF_THE_CALLER
    return dict(formatted)


def code_and_message(error: GraphQLError, before_execution: bool) -> tuple[str, str]:
    """The code and the message for an error, by what caused it."""
    cause = error.original_error
    if isinstance(cause, DirectoryError):
        return cause.code, str(cause)
    if isinstance(cause, DriverError | TransientError):
        log.warning("Neo4j failed: %s", cause)
        return (
            DirectoryUnavailable.code,
            "The directory does not answer at the moment. Ask again in a few seconds.",
        )
    if isinstance(error, LimitExceeded):
        return LIMIT, error.message
    if isinstance(error, GraphQLSyntaxError):
        return PARSE, error.message
    if is_about_a_value(error):
        return BAD_USER_INPUT, error.message
    if before_execution and is_graphql(cause):
        return VALIDATION, error.message
    if error.path is None and is_graphql(cause):
        return BAD_USER_INPUT, error.message  # of a variable
    return INTERNAL, internal_error(cause or error)


def is_graphql(cause: Exception | None) -> bool:
    """Whether GraphQL itself found the fault, rather than code of ours."""
    return cause is None or isinstance(cause, GraphQLError)


def is_about_a_value(error: GraphQLError) -> bool:
    """Whether a value that the caller gave is the fault."""
    return isinstance(
        error.original_error or error, StrawberryInputCoercionError
    ) or error.message.startswith("Argument ")


def internal_error(cause: BaseException) -> str:
    """Log an error of ours and say where to find it, without a word of what it was."""
    reference = secrets.token_hex(4)
    log.error("Internal error %s", reference, exc_info=cause)
    return (
        "Something went wrong in the directory. It is not your question's fault; "
        f"report it with the reference {reference}."
    )


def plain_english(message: str, schema: GraphQLSchema) -> str:
    """The message without guesses at names, and with the choices that there are."""
    message = SUGGESTION.sub("", message).replace(" not to be None", " not to be null")
    if found := ONE_OF.search(message):
        fields = getattr(schema.get_type(found[1]), "fields", {})
        return f"{found[1]} takes exactly one of {', '.join(fields)}. Give one of them only."
    return message


def shorten(message: str) -> str:
    """The message, if need be without its middle."""
    if len(message) <= MOST_CHARACTERS:
        return message
    half = MOST_CHARACTERS // 2
    return f"{message[:half]} … {message[-half:]}"


def request_error(code: str, message: str) -> dict[str, Any]:
    """The answer to a request that is no question."""
    return {"errors": [{"message": message, "extensions": {"code": code}}]}
