"""Neo4j's jars: the lock that names them, and how they get into the cache."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import httpx2

from signpost.errors import NO_ROOM, CorruptJar, FullDisk, NotFetched
from signpost.locks import held
from signpost.together import together

NEO4J_VERSION = "2026.09.0"
AT_ONCE = 16
PAUSES = (0.5, 1.0, 2.0, 4.0)  # seconds before each further try
WORTH_ANOTHER_TRY = (408, 425, 429, 500, 502, 503, 504)


@dataclass(frozen=True)
class Jar:
    """A file of a Maven repository: its path there, its size, its SHA-256 sum."""

    path: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


def locked_jars() -> list[Jar]:
    """Return the jars that `jars.lock` names, in its order."""
    return jars_of(files("signpost.local_neo4j").joinpath("jars.lock").read_text())


def jars_of(lock: str) -> list[Jar]:
    """Return the jars that the text of a lock names."""
    rows = [line.split() for line in lock.splitlines() if not line.startswith("#")]
    return [Jar(path, int(size), sha256) for sha256, size, path in rows]


async def fetch_jars(
    jars: list[Jar],
    folder: Path,
    repository: str,
    progress: Callable[[int], None],
    waiting: Callable[[], None],
) -> list[Path]:
    """Put the jars that are not there yet, or not whole, into the folder.

    `progress` is told the bytes that arrive; `waiting` is called once if another start
    is fetching into the same folder. Returns the jars' files, in their order.

    Raises NotFetched, CorruptJar and FullDisk.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        async with held(folder / "fetch.lock", on_wait=waiting):
            missing = await missing_jars(jars, folder)
            if missing:
                await fetch_all(missing, folder, repository, progress)
    except OSError as error:
        if error.errno in NO_ROOM:
            megabytes = sum(jar.size for jar in jars) // 1_000_000
            raise FullDisk(folder, megabytes) from error
        raise
    return [folder / jar.name for jar in jars]


async def missing_jars(jars: list[Jar], folder: Path) -> list[Jar]:
    """Return the jars that are not in the folder with the sum that the lock says."""
    # Hashing lets go of the interpreter: two threads use both cores.
    slots = asyncio.Semaphore(os.cpu_count() or 1)

    async def is_whole(jar: Jar) -> bool:
        async with slots:
            return await asyncio.to_thread(has_sum, folder / jar.name, jar)

    whole = await asyncio.gather(*map(is_whole, jars))
    return [jar for jar, is_there in zip(jars, whole, strict=True) if not is_there]


def has_sum(file: Path, jar: Jar) -> bool:
    try:
        if file.stat().st_size != jar.size:
            return False
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest() == jar.sha256
    except FileNotFoundError:
        return False


async def fetch_all(
    jars: list[Jar], folder: Path, repository: str, progress: Callable[[int], None]
) -> None:
    # One client keeps its connections: a new one for each jar would exhaust name
    # look-ups and ports.
    limits = httpx2.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
    timeout = httpx2.Timeout(30, connect=15, pool=None)
    async with httpx2.AsyncClient(
        limits=limits, timeout=timeout, follow_redirects=True
    ) as client:
        slots = asyncio.Semaphore(AT_ONCE)

        async def one(jar: Jar) -> None:
            async with slots:
                await fetch(client, jar, folder, repository, progress)

        await together(one(jar) for jar in sorted(jars, key=lambda jar: -jar.size))


async def fetch(
    client: httpx2.AsyncClient,
    jar: Jar,
    folder: Path,
    repository: str,
    progress: Callable[[int], None],
) -> None:
    """Fetch one jar; a wrong sum gets one more try, a failing network four."""
    url = f"{repository.rstrip('/')}/{jar.path}"
    # The cache is ours alone while its lock is held, so the name needs no chance.
    part = folder / f"{jar.name}.part"
    sums: list[str] = []
    pauses = iter(PAUSES)
    while len(sums) < 2:
        try:
            got = await download(client, url, part, progress)
        except httpx2.HTTPError as error:
            pause = next(pauses, None)
            if pause is None or not worth_another_try(error):
                raise NotFetched(url, in_words(error)) from error
            await asyncio.sleep(pause)
            continue
        if got == jar.sha256:
            part.replace(folder / jar.name)
            return
        sums.append(got)
    part.unlink()
    raise CorruptJar(url, jar.sha256, sums[-1])


async def download(
    client: httpx2.AsyncClient, url: str, file: Path, progress: Callable[[int], None]
) -> str:
    """Write what the address answers into the file; return its SHA-256 sum."""
    digest = hashlib.sha256()
    arrived = 0
    try:
        async with client.stream("GET", url) as response:
            response.raise_for_status()
            with file.open("wb") as content:
                async for chunk in response.aiter_bytes():
                    content.write(chunk)
                    digest.update(chunk)
                    arrived += len(chunk)
                    progress(len(chunk))
    except BaseException:
        progress(-arrived)
        raise
    return digest.hexdigest()


def worth_another_try(error: httpx2.HTTPError) -> bool:
    if isinstance(error, httpx2.HTTPStatusError):
        return error.response.status_code in WORTH_ANOTHER_TRY
    return isinstance(error, httpx2.TransportError)


def in_words(error: httpx2.HTTPError) -> str:
    if isinstance(error, httpx2.HTTPStatusError):
        return f"the server answered {error.response.status_code}"
    return str(error) or type(error).__name__
