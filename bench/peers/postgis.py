"""PostGIS with the same places and needs: what a relational engine does with the bare search."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import psutil
import psycopg

from signpost.errors import StartError

TOOL = Path(__file__).parent.parent.parent / "tools" / "postgis.sh"
USER = "bench"
UNPRIVILEGED = (
    "postgres"  # the server refuses to be root; Debian's package makes this user
)
READY_WITHIN = 30.0  # seconds

# An index over need and place, which is what this search wants of GiST.
SCHEMA = """
CREATE EXTENSION postgis;
CREATE EXTENSION btree_gist;
CREATE TABLE met (need integer NOT NULL, service text NOT NULL, place geography(Point) NOT NULL);
"""
INDEX = """
CREATE INDEX met_need_place ON met USING gist (need, place);
ANALYZE met;
"""
COPY = "COPY met (need, service, place) FROM STDIN"

# On the sphere, as Neo4j measures. The number is cast, since psycopg sends a small one as smallint, which is no type of the
# index.
NEAREST = """
SELECT service, ST_Distance(place, here, false) AS metres
FROM met, (SELECT ST_Point(%(longitude)s, %(latitude)s)::geography AS here) AS person
WHERE need = %(need)s::integer AND ST_DWithin(place, here, %(metres)s, false)
ORDER BY place <-> here LIMIT 20
"""


class Met(NamedTuple):
    """A need that is met at a point, by its number."""

    need: int
    service: str
    longitude: float
    latitude: float


class NoPostGIS(StartError):
    """There is no PostGIS here; the message says how to have it."""


async def programs() -> Path:
    """The folder of PostgreSQL's programs. Raises NoPostGIS."""
    process = await asyncio.create_subprocess_exec(
        "sh", TOOL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    found, why = await process.communicate()
    if process.returncode != 0:
        lines = why.decode(errors="replace").strip().splitlines()
        raise NoPostGIS(lines[-1] if lines else "PostGIS is not installed.")
    return Path(found.decode().strip())


@asynccontextmanager
async def postgis(
    programs: Path, met: Iterable[Met]
) -> AsyncGenerator[psycopg.Connection]:
    """A PostgreSQL of our own with what is met where, on a socket that only we reach."""
    folder = Path(tempfile.mkdtemp(prefix="signpost-postgis-"))
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    try:
        if user:
            shutil.chown(folder, user)
        make = [programs / "initdb", "-D", folder / "data", "-U", USER, "-A", "trust"]
        await asyncio.to_thread(
            subprocess.run, make, user=user, check=True, capture_output=True, cwd="/"
        )
        only_here = ["-c", "listen_addresses=", "-k", str(folder)]
        process = psutil.Popen(
            [programs / "postgres", "-D", folder / "data", *only_here],
            user=user,
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            with await connected(folder, process) as connection:
                await asyncio.to_thread(fill, connection, met)
                yield connection
        finally:
            process.terminate()
            await asyncio.to_thread(process.wait, READY_WITHIN)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def connected(folder: Path, process: psutil.Popen) -> psycopg.Connection:
    loop = asyncio.get_running_loop()
    end = loop.time() + READY_WITHIN
    while True:
        try:
            return psycopg.connect(
                host=str(folder), user=USER, dbname="postgres", autocommit=True
            )
        except psycopg.OperationalError as error:
            if process.poll() is not None or loop.time() > end:
                raise NoPostGIS(f"PostgreSQL did not start: {error}") from error
            await asyncio.sleep(0.1)


def fill(connection: psycopg.Connection, met: Iterable[Met]) -> None:
    connection.execute(SCHEMA)
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for each in met:
            point = f"SRID=4326;POINT({each.longitude} {each.latitude})"
            copy.write_row((each.need, each.service, point))
    connection.execute(INDEX)
