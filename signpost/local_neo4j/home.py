"""The folder of a local Neo4j: its configuration, password, data and logs."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import socket
from dataclasses import dataclass
from pathlib import Path

from graph_model.settings import Settings

LOOPBACK = "127.0.0.1"
USER = "neo4j"
HASHED_AGAIN = 1023  # times; Neo4j's own number

CONFIGURATION = """# Written at each start of Signpost: changes here do not last.
server.default_listen_address={address}
server.bolt.listen_address={address}:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=256m
# 256 MB less on disk, and nobody writes enough here to miss them.
db.tx_log.preallocate=false
db.tx_log.rotation.retention_policy=100M size
# Nothing is told to anybody.
dbms.usage_report.enabled=false
dbms.fleet_manager.enabled=false
# Stops in 0.2 s instead of 10: nobody new can come while the API closes first.
internal.dbms.bolt.netty_server_shutdown_quiet_period_duration=0s
"""

# What Neo4j's own start script opens to itself.
OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")


@dataclass(frozen=True)
class Home:
    """Where everything of one local Neo4j is."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / "neo4j"

    @property
    def configuration(self) -> Path:
        return self.folder / "conf" / "neo4j.conf"

    @property
    def password_file(self) -> Path:
        return self.folder / "password"

    @property
    def arguments(self) -> Path:
        """The file that holds Java's arguments; only our server is started with it."""
        return self.folder / "conf" / "java.args"

    @property
    def log(self) -> Path:
        return self.folder / "logs" / "console.log"

    @property
    def ready(self) -> Path:
        """Exists once this Neo4j has answered with its password."""
        return self.folder / "ready"

    @property
    def stays(self) -> Path:
        """Exists while the server is to outlive `signpost up`."""
        return self.folder / "stays"

    @property
    def lock(self) -> Path:
        return self.root / "signpost.lock"

    @property
    def running(self) -> Path:
        """What the `signpost up` that holds the lock says of itself."""
        return self.root / "running.json"

    def make(self) -> None:
        """Make the folders that are not there yet, for their owner alone."""
        for folder in (self.folder, self.configuration.parent, self.log.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def begin_anew(self) -> None:
        """Remove what is half made, and set a password that nobody else knows."""
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        password = secrets.token_urlsafe(24)
        write_private(self.password_file, password)
        write_private(self.folder / "data" / "dbms" / "auth.ini", hashed(password))

    def begin_for_long(self) -> None:
        """Make the folder as a first start leaves it: whoever runs for long wants both of Java's compilers at once."""
        self.make()
        self.begin_anew()
        self.ready.touch()

    def password(self) -> str:
        return self.password_file.read_text().strip()

    def port(self) -> int:
        """Return the port of the last start.

        Raises FileNotFoundError where there was none.
        """
        settings = dict(
            line.split("=", 1)
            for line in self.configuration.read_text().splitlines()
            if "=" in line and not line.startswith("#")
        )
        return int(settings["server.bolt.listen_address"].rpartition(":")[2])

    def uri(self) -> str:
        return f"bolt://{LOOPBACK}:{self.port()}"

    def write_configuration(self, port: int) -> None:
        words = CONFIGURATION.format(address=LOOPBACK, port=port)
        self.configuration.write_text(words)

    def write_arguments(self, jars: list[Path], memory: str) -> None:
        """Write how Java is started as the server."""
        # A first start waits for schema and seed, which Java's second compiler makes slower
        # (95 s of processor time against 65 s); every later start has both compilers.
        first_start = [] if self.ready.exists() else ["-XX:TieredStopAtLevel=1"]
        arguments = [
            f"-Xmx{memory}",
            *first_start,
            "-XX:+UseG1GC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dfile.encoding=UTF-8",
            "-Djava.awt.headless=true",
            "--enable-native-access=ALL-UNNAMED",
            *[f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in OPENED],
            "-cp",
            os.pathsep.join(str(jar) for jar in jars),
            "org.neo4j.server.Neo4jCommunity",
            f"--home-dir={self.folder}",
            f"--config-dir={self.configuration.parent}",
            "--console-mode",
        ]
        write_private(self.arguments, in_argument_file(arguments))


def hashed(password: str) -> str:
    """Return what `neo4j-admin dbms set-initial-password` would write for a first start.

    The command itself takes a Java of its own, 4 s, and the password on its command
    line, where every user of the machine sees it.
    """
    salt = secrets.token_bytes(32)
    digest = hashlib.sha256(salt + password.encode()).digest()
    for _ in range(HASHED_AGAIN):
        digest = hashlib.sha256(digest).digest()
    return f"{USER}:SHA-256,{digest.hex()},{salt.hex()},{HASHED_AGAIN + 1}:\n"


def in_argument_file(arguments: list[str]) -> str:
    """Return the arguments as Java's launcher reads them from an @file."""
    escaped = (word.replace("\\", "\\\\").replace('"', '\\"') for word in arguments)
    return "\n".join(f'"{word}"' for word in escaped) + "\n"


def write_private(file: Path, words: str) -> None:
    """Write a file that nobody but its owner can read, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = file.with_name(file.name + ".part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w") as content:
        content.write(words)
    part.replace(file)


def free_port(wish: int | None = None) -> int:
    """Return a port on loopback that nothing listens on: the wish, if it is free."""
    for port in (wish, 0):
        if port is None:
            continue
        with socket.socket() as probe:
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise OSError("no port on loopback is free")


def home_of(settings: Settings) -> Home:
    """Return the data folder of the settings, under one name however it was written."""
    return Home(settings.signpost_home.expanduser().resolve())
