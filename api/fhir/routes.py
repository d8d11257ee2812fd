"""The addresses under /fhir: metadata, read, search, and the operation."""

import json
from typing import Any
from urllib.parse import parse_qsl, quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.doors import BadParameter, Refusal, door
from api.fhir.answers import answer, answering, error_response
from api.fhir.bundles import notice_in, resource_of, searchset
from api.fhir.capability import capability_statement
from api.fhir.find_referral_options import (
    DEFINITION,
    find_referral_options,
    operation_definition,
)
from api.fhir.operation_input import parameters_of
from api.fhir.parameters import MOST_PARAMETERS, Search, search_of
from api.fhir.resources import RESOURCES, id_value
from api.fhir.values import ID
from api.headers import GivesBackIds
from graph_model.directory import directory, notice_of
from graph_model.search import NOUNS
from graph_model.search.search import Condition, Found, search

MOST_BYTES = 100_000
FORM = "application/x-www-form-urlencoded"
JSON_TYPES = ("application/fhir+json", "application/json")


def base_of(request: Request) -> str:
    """The address of this server as the caller knows it, without a slash at the end."""
    return f"{request.base_url}fhir"


async def metadata(request: Request) -> Response:
    """The CapabilityStatement."""
    only(request, {"mode": ("full", "normative")})
    about = await directory(request.state.driver)
    notice = notice_of(about)
    return answer(request, capability_statement(base_of(request), notice))


async def read(request: Request) -> Response:
    """One resource, by its id."""
    kind, id_ = request.path_params["kind"], request.path_params["id"]
    resource = RESOURCES[known(kind)]
    asked = search_of(kind, result_parameters(request), base_of(request), lenient=False)
    if asked.conditions or asked.includes or asked.near:
        raise BadParameter("A read takes _elements, _format and _pretty only.")
    if not ID.fullmatch(id_):
        raise not_there(kind, id_)
    condition = Condition("id", [id_value(id_, resource.noun.head)])
    found = await search(
        request.state.driver, resource.noun, NOUNS, [condition], first=1
    )
    if not found.rows:
        raise not_there(kind, id_)
    row = found.rows[0]["row"]
    day, notice = found.directory["day"], notice_in(found.directory)
    shown = resource_of(kind, row, day, notice, asked.elements)
    whole = asked.elements is None and request.query_params.get("_pretty") is None
    etag = shown["meta"]["versionId"] if whole else None
    return answer(request, shown, etag=etag, changed=row["updated"])


def result_parameters(request: Request) -> list[tuple[str, str]]:
    return request.query_params.multi_items()


async def search_by_address(request: Request) -> Response:
    """A search, asked in the address."""
    return await searched(request, request.query_params.multi_items())


async def search_by_form(request: Request) -> Response:
    """A search, asked in a form, the address, or both."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await body_of(request)
    if body and kind != FORM:
        raise Refusal(415, "not-supported", f"Send a search as {FORM}.")
    try:
        form = parse_qsl(
            body.decode(), keep_blank_values=True, max_num_fields=MOST_PARAMETERS
        )
    except ValueError as error:
        raise BadParameter(
            f"The form cannot be read. Give at most {MOST_PARAMETERS} "
            "parameters, in UTF-8."
        ) from error
    return await searched(request, [*request.query_params.multi_items(), *form])


async def searched(request: Request, parameters: list[tuple[str, str]]) -> Response:
    kind = known(request.path_params["kind"])
    base = base_of(request)
    lenient = "handling=lenient" in request.headers.get("prefer", "").replace(" ", "")
    asked = search_of(kind, parameters, base, lenient=lenient)
    found = await found_by(request, asked)
    changed = found.directory["updated"]
    return answer(request, searchset(asked, found, base), changed=changed)


async def found_by(request: Request, asked: Search) -> Found:
    """Two round trips, whatever was asked for."""
    return await search(
        request.state.driver,
        asked.resource.noun,
        NOUNS,
        asked.conditions,
        first=asked.count,
        after=asked.after,
        near=asked.near,
        onwards=asked.onwards,
        includes={} if asked.only_count else asked.includes,
        total=asked.total or asked.only_count,
    )


async def referral_options(request: Request) -> Response:
    """$find-referral-options, by address or by a Parameters resource."""
    parameters: list[tuple[str, Any]] = [
        each
        for each in request.query_params.multi_items()
        if each[0] not in ("_format", "_pretty")
    ]
    if request.method == "POST":
        parameters += parameters_of(json_of(await body_of(request), request))
    base = base_of(request)
    driver = request.state.driver
    address = quote(str(request.url), safe="%/:?&=$,;+@")
    return answer(
        request, await find_referral_options(driver, parameters, base, address)
    )


async def definition(request: Request) -> Response:
    """The OperationDefinition of the one operation."""
    only(request, {})
    id_ = request.path_params["id"]
    if id_ != DEFINITION:
        raise not_there("OperationDefinition", id_)
    return answer(request, operation_definition(base_of(request)))


def only(request: Request, known: dict[str, tuple[str, ...]]) -> None:
    """Raises BadParameter for what is no parameter of how to answer, nor one of these with one of its values."""
    for name, value in request.query_params.multi_items():
        if name in ("_format", "_pretty") or value in known.get(name, ()):
            continue
        allowed = [f"{each}={one}" for each, some in known.items() for one in some]
        raise BadParameter(
            f"{name[:40]}={value[:40]} is not known here. "
            f"It takes {', '.join([*allowed, '_format', '_pretty'])}.",
            "not-supported",
        )


def json_of(body: bytes, request: Request) -> Any:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in JSON_TYPES:
        raise Refusal(415, "not-supported", "Send Parameters as application/fhir+json.")
    try:
        return json.loads(body)
    except ValueError as error:
        raise BadParameter("The body is no JSON.", "structure") from error


async def body_of(request: Request) -> bytes:
    """The body, if it is small enough. Raises Refusal."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise Refusal(
                413,
                "too-long",
                f"The body is too long. Send at most {MOST_BYTES} bytes.",
            )
    return body


def known(kind: str) -> str:
    """The type of resource, if there is one of this name. Raises Refusal."""
    if kind not in RESOURCES:
        raise Refusal(
            404,
            "not-supported",
            f"The directory has no resource {kind[:60]!r}. It has {', '.join(RESOURCES)}.",
        )
    return kind


def not_there(kind: str, id_: str) -> Refusal:
    return Refusal(
        404,
        "not-found",
        f"There is no {kind} {id_[:80]!r}. Search for it at {kind}.",
    )


def fhir() -> Starlette:
    """The application that answers under /fhir."""
    return door(
        [
            Route("/metadata", answering(metadata)),
            Route("/OperationDefinition/{id}", answering(definition)),
            Route(
                "/HealthcareService/$find-referral-options",
                answering(referral_options),
                methods=["GET", "POST"],
            ),
            Route("/{kind}", answering(search_by_address)),
            Route(
                "/{kind}/_search",
                answering(search_by_form),
                methods=["GET", "POST"],
            ),
            Route("/{kind}/{id}", answering(read)),
        ],
        "/fhir/metadata says which resources there are, and what each can be searched by.",
        error_response,
        middleware=[Middleware(GivesBackIds)],
    )
