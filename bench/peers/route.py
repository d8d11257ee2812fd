"""A plain Starlette route that asks the same function and returns the same JSON: what GraphQL itself costs us.

Run as a process of its own: `python -m bench.peers.route`, with the settings of the API.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import orjson
from neo4j import AsyncDriver
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.questions import FIRST, Asked
from graph_model.database import connect
from graph_model.places import PlaceQuestion
from graph_model.plan_rows import PlanRow
from graph_model.plans import PlanQuestion, pathway_plan
from graph_model.referrals import AnswerRow, referral_answer
from graph_model.settings import Settings
from signpost.api_server import listening_socket, serving
from signpost.until_stopped import until_stopped


async def options(request: Request) -> Response:
    """Answer a case as our GraphQL answers `OURS_IN_FULL`."""
    driver: AsyncDriver = request.state.driver
    asked = Asked(**orjson.loads(await request.body()))
    answer = await referral_answer(
        driver, asked.case(), None, FIRST, with_near_misses=False
    )
    content = orjson.dumps(shown(answer))
    return Response(content, media_type="application/json")


async def plan(request: Request) -> Response:
    """Plan a pathway as our GraphQL answers `OURS` of bench/plans.py."""
    driver: AsyncDriver = request.state.driver
    given = orjson.loads(await request.body())
    place = PlaceQuestion(postcode=given.pop("sector"))
    planned = await pathway_plan(driver, PlanQuestion(place=place, **given), None)
    content = orjson.dumps({"data": {"pathwayPlan": shown_plan(planned)}})
    return Response(content, media_type="application/json")


def shown_plan(planned: PlanRow) -> dict[str, Any]:
    return {
        "asOf": planned["as_of"],
        "complete": planned["complete"],
        "longestMinutes": planned["longest_minutes"],
        "steps": [planned_step(each) for each in planned["steps"]],
    }


def planned_step(row: Any) -> dict[str, Any]:
    step = row["step"]
    return {
        "step": {
            "slug": step["slug"],
            "name": step["name"],
            "serviceType": {
                "code": step["service_type"]["code"],
                "name": step["service_type"]["name"],
            },
        },
        **{name: row[name] for name in ("state", "entry", "explanation", "gap")},
        "option": taken(row["option"]),
        "alternatives": [taken(each) for each in row["alternatives"]],
    }


def taken(row: Any) -> dict[str, Any] | None:
    if row is None:
        return None
    shown_service = service(row["service"])
    del shown_service["type"]
    contract = row["contract"]
    return {
        "distanceKm": row["distance_km"],
        "service": shown_service,
        "contract": contract
        and {name: contract[name] for name in ("slug", "title", "start", "end")},
    }


def shown(answer: AnswerRow) -> dict[str, Any]:
    return {
        "data": {
            "referralOptions": {
                "notice": answer["notice"],
                "asOf": answer["as_of"],
                "emergencyAdvice": answer["emergency_advice"],
                "options": [option(each) for each in answer["options"]],
            }
        }
    }


def option(row: Any) -> dict[str, Any]:
    opened, contract = row["open"], row["contract"]
    return {
        "rank": row["rank"],
        "distanceKm": row["distance_km"],
        "whyHere": row["why_here"],
        "open": {
            "openNow": opened["open_now"],
            "opensAt": opened["opens_at"],
            "closesAt": opened["closes_at"],
            "reason": opened["reason"],
        },
        "criteria": [
            {name: each[name] for name in ("kind", "verdict", "explanation")}
            for each in row["criteria"]
        ],
        "service": service(row["service"]),
        "contract": None
        if contract is None
        else {
            **{name: contract[name] for name in ("slug", "title", "start", "end")},
            "commissioners": [
                {"organisation": named(each["organisation"]), "lead": each["lead"]}
                for each in contract["commissioners"]
            ],
        },
    }


def service(row: Any) -> dict[str, Any]:
    location = row["location"]
    return {
        "slug": row["slug"],
        "name": row["name"],
        "telephone": row["telephone"],
        "type": {"code": row["type"]["code"], "name": row["type"]["name"]},
        "provider": named(row["provider"]),
        "location": location
        and {"name": location["name"], "postcode": location["postcode"]},
    }


def named(row: Any) -> dict[str, Any] | None:
    return row and {"slug": row["slug"], "name": row["name"]}


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncGenerator[dict[str, Any]]:
    async with connect(Settings()) as driver:
        yield {"driver": driver}


async def serve() -> None:
    """Serve until stopped, as the API is served."""
    app = Starlette(
        routes=[
            Route("/options", options, methods=["POST"]),
            Route("/plan", plan, methods=["POST"]),
        ],
        lifespan=lifespan,
    )
    with listening_socket(Settings()) as listening:
        async with serving(app, listening) as task:
            await asyncio.wait([task])


if __name__ == "__main__":
    from rich.console import Console

    until_stopped(serve(), Console(quiet=True))
