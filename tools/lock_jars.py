"""Write the locks of jars anew: `make lock-jars`. One is of Neo4j, one of what `make conformance` asks with.

jgo works out which jars are needed at run time; each is fetched and its SHA-256
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

PROJECT = Path(__file__).parent.parent
HAPI_VERSION = "8.8.1"
# By the lock: what it is of, and the coordinates to resolve.
LOCKS = {
    PROJECT / "signpost" / "local_neo4j" / "jars.lock": (
        f"Neo4j Community {NEO4J_VERSION}",
        f"org.neo4j:neo4j:{NEO4J_VERSION}+org.neo4j.app:neo4j-server:{NEO4J_VERSION}",
    ),
    # The validator of HL7, the client of HAPI, and a compiler for a Java that has none.
    PROJECT / "tools" / "conformance" / "jars.lock": (
        f"HAPI FHIR {HAPI_VERSION}",
        "+".join(
            [
                f"ca.uhn.hapi.fhir:hapi-fhir-validation:{HAPI_VERSION}",
                f"ca.uhn.hapi.fhir:hapi-fhir-validation-resources-r4:{HAPI_VERSION}",
                f"ca.uhn.hapi.fhir:hapi-fhir-structures-r4:{HAPI_VERSION}",
                f"ca.uhn.hapi.fhir:hapi-fhir-client:{HAPI_VERSION}",
                f"ca.uhn.hapi.fhir:hapi-fhir-caching-caffeine:{HAPI_VERSION}",
                "org.slf4j:slf4j-nop:2.0.17",
                "org.eclipse.jdt:ecj:3.44.0",
            ]
        ),
    ),
}
# Test libraries, which some of the closure's descriptions name as if they were not.
NOT_NEEDED = {
    ("junit", "junit"),
    ("net.bytebuddy", "byte-buddy"),
    ("net.bytebuddy", "byte-buddy-agent"),
    ("org.hamcrest", "hamcrest"),
    ("org.hamcrest", "hamcrest-core"),
    ("org.mockito", "mockito-core"),
    ("org.objenesis", "objenesis"),
}
HEAD = """# The jars of {}: SHA-256 sum, bytes, path in a Maven
# repository. Written by `make lock-jars`.
"""


def main() -> None:
    repository = sys.argv[1] if len(sys.argv) > 1 else MAVEN_CENTRAL_URL
    for lock, (of, coordinates) in LOCKS.items():
        print(f"Resolving {of}: this may take some minutes")
        rows = asyncio.run(summed(paths_of(coordinates, repository), repository))
        lock.write_text(HEAD.format(of) + "\n".join(rows) + "\n")
        print(f"{len(rows)} jars in {lock}")


def paths_of(coordinates: str, repository: str) -> list[str]:
    """The jars that are needed at run time, by their paths in the repository."""
    artifacts = jgo.resolve(coordinates, repositories={"central": repository})
    return sorted(
        {
            f"{artifact.component.path_prefix.as_posix()}/{artifact.filename}"
            for artifact in artifacts
            if artifact.packaging == "jar"
            and (artifact.groupId, artifact.artifactId) not in NOT_NEEDED
        }
    )


async def summed(paths: list[str], repository: str) -> list[str]:
    """Return a line of the lock for each path."""
    repository = repository.rstrip("/")
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
