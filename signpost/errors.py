"""What can keep the directory from starting, and what to do about each.

StartError             shown as it stands, without a traceback
├── WrongSetting       a variable holds what it cannot hold
├── PortTaken          another program listens where the API should
├── AlreadyRunning     this data folder has a running directory
├── FullDisk           a folder has no room for what goes there
├── NoLocalNeo4j       this installation or platform has no Java runtime
├── NotFetched         a jar of Neo4j could not be fetched
├── CorruptJar         what was fetched is not what the lock says
├── Neo4jFailed        the local Neo4j did not start, or stopped by itself
├── NoNeo4j            no Neo4j answers at the address of the settings
├── AssetsNotBuilt     the pages could not be built
├── SeedFailed         the graph is not what the seed says
└── NotReadable        a file that was named cannot be read
"""

from __future__ import annotations

import errno
from pathlib import Path

# "No space left on device" and "Disk quota exceeded".
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


class StartError(Exception):
    """Base class: its message says what is wrong and what to do."""


class WrongSetting(StartError):
    """A variable holds what it cannot hold."""


class PortTaken(StartError):
    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Port {port} on {host} is taken by another program. "
            f"Stop that program, or choose another port: SIGNPOST_PORT={port + 1}."
        )


class AlreadyRunning(StartError):
    def __init__(self, home: Path, what: str) -> None:
        super().__init__(
            f"Signpost already runs with the data folder {home}: {what}. "
            "Use that one, or stop it with `make stop`. A second directory beside it "
            "needs a folder and a port of its own: SIGNPOST_HOME and SIGNPOST_PORT."
        )


class FullDisk(StartError):
    def __init__(self, folder: Path, needed_mb: int | None = None) -> None:
        room = f": about {needed_mb} MB are needed" if needed_mb else ""
        super().__init__(
            f"The disk of {folder} is full{room}. Free some space, then start again: "
            "what is there is kept. SIGNPOST_HOME and SIGNPOST_CACHE move the data "
            "and the jars to another disk."
        )


class NoLocalNeo4j(StartError):
    def __init__(self, reason: str) -> None:
        super().__init__(
            f"No Neo4j can be run on this machine: {reason}. Set NEO4J_URI, NEO4J_USER "
            "and NEO4J_PASSWORD to a Neo4j elsewhere, or use `docker compose up`."
        )


class NotFetched(StartError):
    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"{url} could not be fetched: {reason}. Is the network there? Start again "
            "when it is: what has arrived is kept. A closed network names its own "
            "Maven mirror: SIGNPOST_REPOSITORY=https://…"
        )


class CorruptJar(StartError):
    def __init__(self, url: str, wanted: str, got: str) -> None:
        super().__init__(
            f"{url} came twice with the SHA-256 sum {got}; the lock says {wanted}. "
            "It is not used. The repository or something on the way to it changes "
            "files: name another one with SIGNPOST_REPOSITORY=https://…, then start "
            "again."
        )


class Neo4jFailed(StartError):
    def __init__(self, what: str, log: Path, advice: str) -> None:
        super().__init__(
            f"{what}. The last lines of {log}:\n{last_lines(log)}\n{advice}"
        )


class NoNeo4j(StartError):
    """No Neo4j answers at the address of the settings."""


class AssetsNotBuilt(StartError):
    """The pages could not be built."""


class SeedFailed(StartError):
    """The graph is not what the seed says."""


class NotReadable(StartError):
    """A file that was named cannot be read."""


def readable(file: Path) -> Path:
    """The file, if it can be read. Raises NotReadable."""
    try:
        with file.open("rb"):
            return file
    except OSError as error:
        raise NotReadable(
            f"{file} cannot be read: {error.strerror}. Name a YAML file that is there."
        ) from None


def last_lines(log: Path, count: int = 12) -> str:
    """Return the end of a log file, indented; says so where there is none."""
    try:
        lines = log.read_text(errors="replace").splitlines()[-count:]
    except OSError:
        lines = []
    return "\n".join(f"    {line}" for line in lines or ["(nothing was logged)"])
