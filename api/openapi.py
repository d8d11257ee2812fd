"""The addresses under /openapi: what the doors with an OpenAPI document can be asked, each as the document and as a page."""

from collections.abc import Callable
from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from api.doors import JSON, answering, door, kept
from api.dos.openapi import openapi_document as document_of_dos
from api.open_referral.openapi import openapi_document as document_of_open_referral
from api.open_referral.routes import SCRIPTS, refused
from api.pages import assets, page

# By the address of the door, which the document has here too.
DOCUMENTS: dict[str, Callable[[str], dict[str, Any]]] = {
    "open-referral": document_of_open_referral,
    "dos": document_of_dos,
}


def openapi() -> Starlette:
    """The application that answers under /openapi."""
    routes: list[BaseRoute] = [
        Route("/", index),
        # Where its pages look for their scripts and styles, whatever prefix a proxy puts before all.
        Mount("/assets", assets()),
    ]
    for name, describe in DOCUMENTS.items():
        routes.append(Route(f"/{name}", shown))
        routes.append(
            Route(f"/{name}.json", answering(document(name, describe), refused))
        )
    known = ", ".join(f"{name}, {name}.json" for name in DOCUMENTS)
    return door(routes, f"Under /openapi there are {known}.", refused, [SCRIPTS])


async def index(request: Request) -> Response:
    """The ways to ask the directory."""
    return page("openapi.html")


async def shown(request: Request) -> Response:
    """A document as a page: its script takes the name from the address."""
    return page("openapi-document.html")


def document(
    name: str, describe: Callable[[str], dict[str, Any]]
) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        """The OpenAPI document."""
        root = str(request.base_url).removesuffix("openapi/")
        return kept(request, orjson.dumps(describe(f"{root}{name}")), JSON)

    return answer
