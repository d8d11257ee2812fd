"""The sample's files into an empty database, by the server's own offline import."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bench.national.files import BETWEEN_ITEMS
from signpost.errors import Neo4jFailed
from signpost.local_neo4j import server
from signpost.local_neo4j.home import OPENED, Home, in_argument_file

MEMORY = "1g"


async def import_files(home: Home, jars: list[Path], folder: Path) -> None:
    """Import the files of a folder into the database of a home that has none yet.

    Raises Neo4jFailed.
    """
    home.make()
    home.begin_anew()
    home.write_configuration(0)
    arguments = folder / "import.args"
    arguments.write_text(in_argument_file([*java_arguments(jars), *sources(folder)]))
    with home.log.open("w") as log:
        process = await asyncio.create_subprocess_exec(
            server.java(),
            f"@{arguments}",
            cwd=folder,
            env={
                **os.environ,
                "NEO4J_HOME": str(home.folder),
                "NEO4J_CONF": str(home.configuration.parent),
            },
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            status = await process.wait()
        except BaseException:
            process.kill()
            await process.wait()
            raise
    if status != 0:
        raise Neo4jFailed(
            "Neo4j's import failed", home.log, "Make room if there is none; try again."
        )
    # Its data is no half-made start, which the next start would remove.
    home.ready.touch()


def java_arguments(jars: list[Path]) -> list[str]:
    return [
        f"-Xmx{MEMORY}",
        "-XX:+UseParallelGC",
        "-Dfile.encoding=UTF-8",
        "--sun-misc-unsafe-memory-access=allow",
        "--enable-native-access=ALL-UNNAMED",
        *[f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in OPENED],
        "-cp",
        os.pathsep.join(str(jar) for jar in jars),
        "org.neo4j.cli.AdminTool",
        "database",
        "import",
        "full",
        "neo4j",
        "--id-type=string",
        f"--array-delimiter={BETWEEN_ITEMS}",
        "--bad-tolerance=0",
        f"--max-off-heap-memory={MEMORY}",
        f"--threads={os.cpu_count() or 1}",
    ]


def sources(folder: Path) -> Iterator[str]:
    """What to import: `Label.csv` holds nodes, `Label-TYPE-Label.csv` relationships."""
    for file in sorted(folder.glob("*.csv")):
        parts = file.stem.split("-")
        kind, name = (
            ("nodes", parts[0]) if len(parts) == 1 else ("relationships", parts[1])
        )
        yield f"--{kind}={name}={file}"
