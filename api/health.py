"""Whether the API lives, and whether it can answer."""

import asyncio

from neo4j.exceptions import DriverError, Neo4jError
from starlette.requests import Request
from starlette.responses import JSONResponse

from graph_model.directory import directory
from graph_model.errors import DirectoryError

SECONDS = 5.0


async def live(request: Request) -> JSONResponse:
    """200 while the process answers at all."""
    return JSONResponse({"status": "live"})


async def ready(request: Request) -> JSONResponse:
    """200 once a question can be answered; else 503 with what is missing."""
    try:
        async with asyncio.timeout(SECONDS):
            found = await directory(request.state.driver)
    except DirectoryError as error:
        return not_ready(str(error))
    except (TimeoutError, DriverError, Neo4jError):
        return not_ready("Neo4j does not answer. See that it is running.")
    if not found["services"]:
        return not_ready(
            "The directory holds no service. Load one with `signpost seed`."
        )
    return JSONResponse({"status": "ready", "services": found["services"]})


def not_ready(missing: str) -> JSONResponse:
    """503, which tells a load balancer to ask somebody else."""
    return JSONResponse({"status": "not ready", "missing": missing}, 503)
