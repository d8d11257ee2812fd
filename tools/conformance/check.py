"""Hold a FHIR directory to HL7's validator, by HAPI's client: `make conformance`.

Without arguments it asks what `make up` serves; `ARGS="ADDRESS FOLDER"` names another server, and a folder with profiles
in XML, such as those of UK Core, to which the first resource of each type is held as well.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx2
from jgo.constants import MAVEN_CENTRAL_URL

from graph_model.settings import Settings
from signpost.local_neo4j.jars import fetch_jars, jars_of
from signpost.local_neo4j.server import java

HERE = Path(__file__).parent
USUAL = "http://127.0.0.1:8000/fhir"


def main() -> None:
    address, *folder = sys.argv[1:] or [USUAL]
    if not is_there(address):
        raise SystemExit(
            f"No FHIR server answers at {address}. Run `make up` beside this, or name "
            'another: make conformance ARGS="http://localhost:8001/fhir"'
        )
    settings = Settings()
    jars = asyncio.run(
        fetch_jars(
            jars_of((HERE / "jars.lock").read_text()),
            settings.signpost_cache / "conformance",
            settings.signpost_repository or MAVEN_CENTRAL_URL,
            lambda size: None,
            lambda: print("Waiting for another start that fetches the jars"),
        )
    )
    with tempfile.TemporaryDirectory() as classes:
        raise SystemExit(run([str(jar) for jar in jars], classes, [address, *folder]))


def is_there(address: str) -> bool:
    try:
        return httpx2.get(f"{address}/metadata", trust_env=False, timeout=60).is_success
    except httpx2.HTTPError:
        return False


def run(jars: list[str], classes: str, arguments: list[str]) -> int:
    """Compile and run. The Java that we have is a runtime, so the compiler is one of the jars."""
    class_path = ":".join([classes, *jars])
    source = str(HERE / "Conformance.java")
    compiler = ["-cp", class_path, "org.eclipse.jdt.internal.compiler.batch.Main"]
    subprocess.run(
        [java(), *compiler, "-17", "-nowarn", "-cp", class_path, "-d", classes, source],
        check=True,
    )
    checking = ["-Xmx1500m", "-cp", class_path, "Conformance", *arguments]
    return subprocess.run([java(), *checking], check=False).returncode


if __name__ == "__main__":
    main()
