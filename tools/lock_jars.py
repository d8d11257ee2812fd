"""Write `signpost/local_neo4j/jars.lock` anew: `make lock-jars`.

jgo works out which jars the server needs at run time; each is fetched and its SHA-256
sum written down, next to its size and its path in a Maven repository. The sum is
compared with the SHA-1 sum that the repository publishes beside the jar.
"""

from __future__ import annotations

import asyncio
import hashlib
import sys
from pathlib import Path

import httpx2
import jgo
from jgo.constants import MAVEN_CENTRAL_URL

from signpost.local_neo4j.jars import AT_ONCE, NEO4J_VERSION

LOCK = Path(__file__).parent.parent / "signpost" / "local_neo4j" / "jars.lock"
SERVER = f"org.neo4j:neo4j:{NEO4J_VERSION}+org.neo4j.app:neo4j-server:{NEO4J_VERSION}"
# Test libraries, which some of the closure's descriptions name as if they were not.
NOT_NEEDED = {
    ("junit", "junit"),
    ("net.bytebuddy", "byte-buddy"),
    ("net.bytebuddy", "byte-buddy-agent"),
    ("org.hamcrest", "hamcrest"),
    ("org.mockito", "mockito-core"),
    ("org.objenesis", "objenesis"),
}
HEAD = f"""# The jars of Neo4j Community {NEO4J_VERSION}: SHA-256 sum, bytes, path in a Maven
# repository. Written by `make lock-jars`.
"""


def main() -> None:
    repository = sys.argv[1] if len(sys.argv) > 1 else MAVEN_CENTRAL_URL
    print(f"Resolving {SERVER}: this takes some minutes")
    artifacts = jgo.resolve(SERVER, repositories={"central": repository})
    paths = sorted(
        {
            f"{artifact.component.path_prefix.as_posix()}/{artifact.filename}"
            for artifact in artifacts
            if artifact.packaging == "jar"
            and (artifact.groupId, artifact.artifactId) not in NOT_NEEDED
        }
    )
    rows = asyncio.run(summed(paths, repository.rstrip("/")))
    LOCK.write_text(HEAD + "\n".join(rows) + "\n")
    print(f"{len(rows)} jars in {LOCK}")


async def summed(paths: list[str], repository: str) -> list[str]:
    """Return a line of the lock for each path."""
    limits = httpx2.Limits(max_connections=AT_ONCE)
    async with httpx2.AsyncClient(limits=limits, timeout=60) as client:
        slots = asyncio.Semaphore(AT_ONCE)

        async def row(path: str) -> str:
            async with slots:
                jar = (await client.get(f"{repository}/{path}")).raise_for_status()
                sha1 = (
                    await client.get(f"{repository}/{path}.sha1")
                ).raise_for_status()
            if hashlib.sha1(jar.content).hexdigest() != sha1.text.split()[0]:
                raise SystemExit(
                    f"{path} is not what its SHA-1 sum says. Run it again."
                )
            return (
                f"{hashlib.sha256(jar.content).hexdigest()} {len(jar.content)} {path}"
            )

        return await asyncio.gather(*map(row, paths))


if __name__ == "__main__":
    main()
