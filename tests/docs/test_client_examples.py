"""The examples of clients ask a real directory, and print what the documentation says."""

import json
import re
import sys
from pathlib import Path

import pytest
from asking import Asker
from programs import node_for, run_in

pytestmark = pytest.mark.anyio

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
QUERIES = EXAMPLES / "queries"
TYPESCRIPT = EXAMPLES / "typescript"
CLIENTS = Path(__file__).resolve().parents[1] / "clients"
CONSUMER = EXAMPLES / "python" / "consumer.py"
MISSPELT = "urgent-care-west-midland"
WRITE_ANEW = (
    "If the new answer is right, run `make up` and, beside it, `.venv/bin/python "
    "docs/examples/python/consumer.py > docs/examples/queries/printed.txt`."
)


@pytest.fixture(scope="session")
async def node() -> str:
    """Node, with the packages of the example in TypeScript in place."""
    return await node_for(TYPESCRIPT)


@pytest.fixture
async def directory_address(live_api: str, ask: Asker) -> str:
    """The API's address, once Neo4j has planned the question: that can outlast the API's patience."""
    await ask(
        (QUERIES / "WholePathway.graphql").read_text(encoding="utf-8"),
        slug="urgent-care-west-midlands",
        place={"postcode": "CV21"},
    )
    return live_api


async def test_the_consumer_in_python_prints_both_answers(directory_address: str):
    done = await run_in(TYPESCRIPT, sys.executable, str(CONSUMER), directory_address)

    assert done.stderr == ""
    assert done.stdout == (QUERIES / "printed.txt").read_text("utf-8"), WRITE_ANEW


async def test_the_program_in_typescript_prints_the_same_answers(
    node: str, directory_address: str
):
    done = await run_in(TYPESCRIPT, node, "src/main.ts", directory_address)

    assert done.stderr == ""
    assert done.stdout == (QUERIES / "printed.txt").read_text("utf-8"), WRITE_ANEW


async def test_both_tell_what_the_directory_says_of_a_question_that_it_refuses(
    node: str, directory_address: str
):
    python = await run_in(
        TYPESCRIPT, sys.executable, str(CONSUMER), directory_address, MISSPELT
    )
    typescript = await run_in(
        TYPESCRIPT, node, "src/main.ts", directory_address, MISSPELT
    )

    assert (python.returncode, typescript.returncode) == (1, 1)
    assert python.stderr == typescript.stderr
    assert python.stderr.startswith("PATHWAY_NOT_FOUND: The directory has no pathway")


async def test_the_types_in_typescript_are_generated_from_todays_contract(node: str):
    done = await run_in(
        TYPESCRIPT, node, "node_modules/.bin/graphql-codegen", "--check"
    )

    stale = f"Run `npm run generate` in {TYPESCRIPT}.\n{done.stdout}{done.stderr}"
    assert done.returncode == 0, stale


async def test_the_example_in_typescript_is_strictly_typed(node: str):
    done = await run_in(TYPESCRIPT, node, "node_modules/.bin/tsc")

    assert (done.returncode, done.stdout) == (0, "")
    settings = json.loads((TYPESCRIPT / "tsconfig.json").read_text("utf-8"))
    assert settings["compilerOptions"]["strict"]


def test_the_example_in_java_asks_with_the_hapi_that_make_conformance_runs_it_with():
    pom = (EXAMPLES / "java" / "pom.xml").read_text("utf-8")
    lock = (EXAMPLES.parents[1] / "tools/conformance/jars.lock").read_text("utf-8")

    [version] = set(re.findall(r"<version>(\d+\.\d+\.\d+)</version>", pom))
    for artifact in ("hapi-fhir-client", "hapi-fhir-structures-r4"):
        assert f"<artifactId>{artifact}</artifactId>" in pom
        assert f"/{artifact}-{version}.jar\n" in lock


@pytest.mark.parametrize("folder", [TYPESCRIPT, CLIENTS], ids=lambda each: each.name)
def test_the_locks_of_packages_name_no_host(folder: Path):
    lock = json.loads((folder / "package-lock.json").read_text("utf-8"))

    packages = [each for name, each in lock["packages"].items() if name]
    assert packages
    assert all("resolved" not in each and "integrity" in each for each in packages)
