"""`signpost doctor`: what is well, what is not, and what to do about it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx2
from neo4j import AsyncDriver
from rich.console import Console

from graph_model.database import connect, read
from graph_model.errors import DirectoryUnavailable
from graph_model.schema import APPLIED_MIGRATIONS, MIGRATIONS
from graph_model.settings import Settings
from seed.files import fingerprint
from seed.load import LOADED_SEED, PROGRAMS, SEED
from seed.verify import verify
from signpost import assets
from signpost.api_server import address, listening_socket
from signpost.errors import PortTaken, StartError
from signpost.graph_address import with_graph_address
from signpost.local_neo4j import repository, server
from signpost.local_neo4j.home import home_of
from signpost.local_neo4j.jars import locked_jars, missing_jars
from signpost.running import holder

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Finding:
    """What one look found; `advice` is what to do, where something is wrong."""

    words: str
    advice: str = ""


async def doctor(settings: Settings, console: Console) -> bool:
    """Print every finding; return whether all is well."""
    well = True
    async for finding in findings(settings):
        mark = "[red]✗[/red]" if finding.advice else "[green]✓[/green]"
        console.print(f"{mark} {finding.words}")
        if finding.advice:
            console.print(f"  → {finding.advice}")
            well = False
    return well


async def findings(settings: Settings) -> AsyncGenerator[Finding]:
    yield python()
    for folder, megabytes in places(settings).items():
        yield disk(folder, megabytes)
    if not settings.neo4j_uri:
        yield java()
        yield await jars(settings)
    yield pages()
    yield port(settings)
    async with AsyncExitStack() as opened:
        try:
            there = with_graph_address(settings)
            driver = await opened.enter_async_context(connect(there))
        except (StartError, DirectoryUnavailable) as error:
            yield Finding("Neo4j does not answer", str(error))
            return
        yield Finding(f"Neo4j answers at {there.neo4j_uri}")
        yield await schema(driver)
        yield await seed(driver)


def python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Finding(f"Python {version} in {sys.prefix}")


def places(settings: Settings) -> dict[Path, int]:
    """Return the folders that Signpost writes to, and the megabytes it wants there."""
    if settings.neo4j_uri:
        return {assets.CHECKOUT: 100}
    return {
        assets.CHECKOUT: 100,
        settings.signpost_home.expanduser(): server.NEEDED_MEGABYTES,
        settings.signpost_cache.expanduser(): 200,
    }


def disk(folder: Path, megabytes: int) -> Finding:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free // MEGABYTE
    words = f"{free} MB are free for {folder}"
    if not os.access(there, os.W_OK):
        return Finding(f"{there} cannot be written to", f"chown or chmod {there}.")
    if free < megabytes:
        return Finding(words, f"Free some space: {megabytes} MB are wanted.")
    return Finding(words)


def java() -> Finding:
    try:
        return Finding(f"Java runtime in {server.java()}")
    except StartError as error:
        return Finding("No Java runtime", str(error))


async def jars(settings: Settings) -> Finding:
    folder = settings.signpost_cache.expanduser() / "jars"
    locked = locked_jars()
    missing = await missing_jars(locked, folder)
    if not missing:
        return Finding(f"All {len(locked)} jars of Neo4j are in {folder}, as locked")
    words = f"{len(missing)} of {len(locked)} jars of Neo4j are not in {folder}"
    url = f"{repository(settings).rstrip('/')}/{missing[0].path}"
    try:
        async with httpx2.AsyncClient(timeout=10) as client:
            (await client.head(url)).raise_for_status()
    except httpx2.HTTPError as error:
        return Finding(
            f"{words}, and {url} cannot be reached ({error})",
            "Bring the network back, or name your own Maven mirror with "
            "SIGNPOST_REPOSITORY.",
        )
    return Finding(f"{words}; the next start fetches them")


def pages() -> Finding:
    if assets.is_built():
        return Finding("The pages are built")
    return Finding("The pages are not built from today's sources", "Run `make assets`.")


def port(settings: Settings) -> Finding:
    if process := holder(home_of(settings)):
        return Finding(f"`signpost up` runs as process {process.pid}")
    try:
        listening_socket(settings).close()
    except PortTaken as error:
        return Finding(f"{address(settings)} is taken", str(error))
    return Finding(f"{address(settings)} is free for the API")


async def schema(driver: AsyncDriver) -> Finding:
    wanted = {path.stem for path in MIGRATIONS.glob("*.cypher")}
    applied = set(await read(driver, APPLIED_MIGRATIONS))
    if wanted - applied:
        names = ", ".join(sorted(wanted - applied))
        return Finding(f"Migrations not applied: {names}", "Run `signpost seed`.")
    if applied - wanted:
        names = ", ".join(sorted(applied - wanted))
        return Finding(
            f"The graph has migrations that this version does not know: {names}",
            "It was used by a newer Signpost: use that one, or another SIGNPOST_HOME.",
        )
    return Finding(f"The schema is today's ({len(applied)} migrations)")


async def seed(driver: AsyncDriver) -> Finding:
    if await read(driver, LOADED_SEED) != [fingerprint(SEED, *PROGRAMS)]:
        return Finding("Today's seed is not in the graph", "Run `signpost seed`.")
    problems = await verify(driver)
    if problems:
        words = f"The graph has {len(problems)} faults; the first: {problems[0]}"
        return Finding(words, "`signpost seed` lists them all.")
    return Finding("Today's seed is in the graph, and the graph is verified")
