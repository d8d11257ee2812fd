"""`signpost bench run`: measure everything, print the table, write docs/benchmarks.md."""

from __future__ import annotations

import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from rich.console import Console

from bench import commissioning, doors, nearest, over_http, plans
from bench.field import FULL, QUICK, Effort, Field, Graph
from bench.national.ready import ready_sample
from bench.national.sample import Sample
from bench.peers import by_hand
from bench.peers.ready import ready_peers
from bench.processes import api, neo4j, neo4j_graphql, route
from bench.questions import cases
from bench.report import show, write_page
from bench.rows import Row
from graph_model.database import connect
from graph_model.plans import plan_pathways_ahead
from graph_model.referrals import plan_ahead
from graph_model.search import NOUNS
from graph_model.search.showing import plan_ahead as plan_resources_ahead
from graph_model.settings import Settings
from signpost.stages import Stages

FULL_SIZE, TENTH = 200_000, 20_000

# What is measured, in the order of the table. Another is a function more.
MEASUREMENTS: list[tuple[str, Callable[[Field], Awaitable[list[Row]]]]] = [
    ("Candidates at two sizes", nearest.candidates),
    ("Database hits", nearest.database_hits),
    ("PostGIS", nearest.relational),
    ("A plain route", over_http.against_a_route),
    ("@neo4j/graphql", over_http.against_neo4j_graphql),
    ("FHIR and Open Referral", doors.doors),
    ("Plans of pathways", plans.plans),
    ("Coverage", commissioning.coverage_matrix),
    ("Impact of contracts", commissioning.impact_of_a_hundred),
    ("Memory", over_http.memory),
]


async def run(settings: Settings, quick: bool, seed: int, console: Console) -> None:
    """Measure, and show what came of it. Raises StartError."""
    effort = QUICK if quick else FULL
    began = time.monotonic()
    rows: list[Row] = []
    with Stages(console) as stages:
        async with field(settings, effort, seed, stages) as ready:
            for name, measure in MEASUREMENTS:
                with stages.stage(name):
                    rows += await measure(ready)
    seconds = time.monotonic() - began
    show(rows, console)
    if quick:
        console.print("Quick: docs/benchmarks.md is written by `make bench` only.")
        return
    page = write_page(rows, seconds)
    console.print(f"Written: {page} ({seconds:.0f} s in all)")


@asynccontextmanager
async def field(
    settings: Settings, effort: Effort, seed: int, stages: Stages
) -> AsyncGenerator[Field]:
    """Both samples in their Neo4j, and the servers that are asked, until the block ends."""
    with stages.stage("The peers' packages") as stage:
        node = await ready_peers(stage)
    sample = Sample(FULL_SIZE, seed)
    full = await ready_sample(settings, sample, stages)
    tenth = await ready_sample(settings, Sample(TENTH, seed), stages)
    async with AsyncExitStack() as started:
        scratch = Path(started.enter_context(tempfile.TemporaryDirectory()))
        schema = scratch / "schema.graphql"
        schema.write_text(by_hand.schema(), encoding="utf-8")
        graph = await started.enter_async_context(graph_of(full, FULL_SIZE, stages))
        small = await started.enter_async_context(graph_of(tenth, TENTH, stages))
        with stages.stage("Planning the questions"):
            # The API has them planned some time after its start: not while we measure.
            await plan_ahead(graph.driver)
            await plan_pathways_ahead(graph.driver)
            await plan_resources_ahead(graph.driver, NOUNS.values())
        yield Field(
            effort=effort,
            full=graph,
            tenth=small,
            cases=cases(sample, effort.cases),
            signpost=await started.enter_async_context(api(graph.settings)),
            route=await started.enter_async_context(route(graph.settings)),
            peer=await started.enter_async_context(
                neo4j_graphql(graph.settings, node, schema)
            ),
        )


@asynccontextmanager
async def graph_of(
    settings: Settings, services: int, stages: Stages
) -> AsyncGenerator[Graph]:
    async with (
        neo4j(settings, stages) as (at_its_address, process),
        connect(at_its_address) as driver,
    ):
        yield Graph(services, at_its_address, process, driver)
