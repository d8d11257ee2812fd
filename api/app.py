"""The application: every address that it answers at, and what it opens to do so."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import TypedDict

from neo4j import AsyncDriver
from neo4j.exceptions import DriverError, Neo4jError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route

from api.doors import COMPRESSION
from api.dos.routes import dos
from api.faults import fault_of_ours, fault_of_the_request
from api.fhir.routes import fhir
from api.graphql.documents import Documents, texts_of_file
from api.graphql.http import graphql
from api.headers import SafeHeaders
from api.health import live, ready
from api.open_referral.bookmarks import Bookmarks
from api.open_referral.routes import open_referral
from api.openapi import openapi
from api.pages import assets
from graph_model.database import connect
from graph_model.plans import plan_pathways_ahead
from graph_model.referrals import plan_ahead
from graph_model.search import NOUNS
from graph_model.search.showing import plan_ahead as plan_resources_ahead
from graph_model.settings import Settings

# Seconds after the start: whoever asks first shall not share the processor with planning.
PLAN_AFTER = 20.0


class State(TypedDict):
    """What the application holds open; each request finds it in `request.state`."""

    driver: AsyncDriver
    settings: Settings
    bookmarks: Bookmarks
    documents: Documents


def create_app(settings: Settings) -> Starlette:
    """The application on the Neo4j that the settings name."""
    return Starlette(
        routes=[
            Route("/", to_the_explorer),
            Route(
                "/graphql", graphql, methods=["GET", "POST"], middleware=[COMPRESSION]
            ),
            Mount("/fhir", fhir()),
            Mount("/open-referral", open_referral()),
            Mount("/dos", dos()),
            Mount("/openapi", openapi()),
            Mount("/assets", assets(), middleware=[COMPRESSION]),
            Route("/health/live", live),
            Route("/health/ready", ready),
        ],
        middleware=[Middleware(SafeHeaders)],
        exception_handlers={
            HTTPException: fault_of_the_request,
            Exception: fault_of_ours,
        },
        lifespan=lifespan_on(settings),
    )


def lifespan_on(
    settings: Settings,
) -> Callable[[Starlette], AbstractAsyncContextManager[State]]:
    """Opens the driver when the application starts, closes it when it stops. Raises DocumentsFault."""
    documents = Documents(texts_of_file(settings.signpost_documents))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[State]:
        async with connect(settings) as driver:
            planning = asyncio.create_task(plan_quietly(driver))
            yield {
                "driver": driver,
                "settings": settings,
                "bookmarks": Bookmarks(),
                "documents": documents,
            }
            planning.cancel()

    return lifespan


async def plan_quietly(driver: AsyncDriver) -> None:
    """Have the main question planned while nobody waits; if that fails, whoever asks is told."""
    await asyncio.sleep(PLAN_AFTER)
    with suppress(DriverError, Neo4jError):
        await plan_ahead(driver)
        await plan_pathways_ahead(driver)
        await plan_resources_ahead(driver, NOUNS.values())


async def to_the_explorer(request: Request) -> RedirectResponse:
    """The front door: whoever opens the bare address lands in the explorer."""
    return RedirectResponse(request.url_for("graphql").path)
