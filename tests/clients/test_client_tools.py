"""The tools that clients bring work on the schema and the running API as they come."""

import json
import re
from pathlib import Path

import httpx2
import pytest
from asking import Asker
from graphql import GraphQLObjectType, build_schema, get_named_type
from programs import node_for, run_in

from api.check_promises import SCHEMA
from api.graphql.documents import hash_of, texts_of_file

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

CHECKOUT = Path(__file__).resolve().parents[2]
HERE = CHECKOUT / "tests" / "clients"
TYPESCRIPT = CHECKOUT / "docs" / "examples" / "typescript"
PAGE = (CHECKOUT / "docs" / "clients.md").read_text(encoding="utf-8")
# Each block of the page has the name of a file beside its language; a text is what the file prints.
BLOCKS = re.findall(r"^```(\w+) (\S+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
FILES = {name: text for kind, name, text in BLOCKS if kind != "text"}
PRINTED = {name: text for kind, name, text in BLOCKS if kind == "text"}
ADDRESS = "http://127.0.0.1:8000"
LIST = """query ($after: String) {
    services(first: 20, after: $after) {
        edges { cursor node { id name } }
    }
}"""


@pytest.fixture(scope="session")
async def node() -> str:
    """Node, with the packages of this folder in place."""
    return await node_for(HERE)


@pytest.fixture(scope="session")
async def node_of_apollo() -> str:
    """Node, with the packages of the example in TypeScript in place."""
    return await node_for(TYPESCRIPT)


def project(folder: Path, packages: Path, address: str, *names: str) -> Path:
    """A folder with these files of the page, as a reader of it would make one."""
    (folder / "node_modules").symlink_to(packages / "node_modules")
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    for name in names:
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(FILES[name].replace(ADDRESS, address), encoding="utf-8")
    return folder


def script_of(folder: Path, name: str, node: str) -> tuple[str, ...]:
    """How to run a script of the page that runs a package's command."""
    script = (folder / name).read_text(encoding="utf-8")
    return "sh", "-ec", script.replace("npx ", f"{node} node_modules/.bin/")


async def test_every_audit_of_graphql_over_http_is_passed(node: str, live_api: str):
    done = await run_in(HERE, node, "audit.js", f"{live_api}/graphql")

    judged = json.loads(done.stdout)
    assert len(judged) == 61
    assert [audit for audit in judged if audit[0] != "ok"] == []


async def test_an_answer_that_did_not_change_is_304_as_the_page_says(
    live_api: str, tmp_path: Path
):
    folder = project(tmp_path, HERE, live_api, "etag.sh")

    done = await run_in(folder, "sh", "etag.sh")

    assert done.stdout == PRINTED["etag.sh"], done.stderr


async def test_apollo_client_asks_by_hash(
    node_of_apollo: str, live_api: str, tmp_path: Path
):
    folder = project(tmp_path, TYPESCRIPT, live_api, "apollo.js")

    done = await run_in(folder, node_of_apollo, "apollo.js")

    assert (done.stdout, done.stderr) == (PRINTED["apollo.js"], "")


async def test_urql_asks_by_hash(node: str, live_api: str, tmp_path: Path, ask: Asker):
    question = FILES["urql.js"].split("`")[1]
    await ask(  # Neo4j plans it, which can outlast the API's patience
        question,
        case={
            "place": {"postcode": "CV21"},
            "need": {"code": "gp-out-of-hours"},
            "at": "2016-12-03T22:00:00Z",
        },
    )
    folder = project(tmp_path, HERE, live_api, "urql.js")

    done = await run_in(folder, node, "urql.js")

    assert (done.stdout, done.stderr) == (PRINTED["urql.js"], "")


async def test_relay_reads_a_list_its_next_page_and_a_thing_again(
    node: str, live_api: str, tmp_path: Path, ask: Asker
):
    names = ("relay.config.json", "src/Services.js", "compile.sh", "environment.js")
    folder = project(tmp_path, HERE, live_api, *names)
    (folder / "schema.graphql").write_bytes(SCHEMA.read_bytes())
    (folder / "relay.js").write_bytes((HERE / "relay.js").read_bytes())
    first = (await ask(LIST))["services"]
    cursor = first["edges"][-1]["cursor"]
    second = (await ask(LIST, after=cursor))["services"]
    shown = [
        [[edge["node"]["id"], edge["node"]["name"]] for edge in page["edges"]]
        for page in (first, second)
    ]
    assert len(shown[0]) == 20
    assert shown[1]

    compiled = await run_in(folder, *script_of(folder, "compile.sh", node))
    assert compiled.returncode == 0, compiled.stdout + compiled.stderr
    texts = texts_of_file(folder / "documents.json")
    async with httpx2.AsyncClient(trust_env=False, timeout=60) as client:
        for text in texts:
            both = {"query": text, "documentId": f"sha256:{hash_of(text)}"}
            await client.post(f"{live_api}/graphql", json=both)
    done = await run_in(
        folder,
        node,
        "relay.js",
        json.dumps({"first": 20, "after": cursor}),
        json.dumps({"id": shown[0][0][0]}),
    )

    assert len(texts) == 3
    assert done.stderr == ""
    in_store = [json.loads(line) for line in done.stdout.splitlines()]
    assert in_store == [shown[0], shown[0] + shown[1], shown[0] + shown[1]]


async def test_the_schema_and_the_examples_pass_the_presets_of_graphql_eslint(
    node: str,
):
    examples = CHECKOUT / "docs" / "examples"
    linted = [*examples.glob("*.graphql"), *examples.glob("queries/*.graphql"), SCHEMA]

    done = await run_in(
        CHECKOUT,
        node,
        "tests/clients/node_modules/eslint/bin/eslint.js",
        *("--config", "tests/clients/eslint.config.js", "--format", "json"),
        *map(str, linted),
    )

    judged = json.loads(done.stdout)
    assert {each["filePath"]: each["messages"] for each in judged} == {
        str(file): [] for file in linted
    }


async def test_a_client_holds_its_questions_to_a_running_directory(
    node: str, live_api: str, tmp_path: Path
):
    folder = project(tmp_path, HERE, live_api, "eslint.config.js", "validate.sh")
    questions = folder / "questions"
    questions.mkdir()
    (questions / "good.graphql").write_text("query Good { directory { asOf } }\n")
    (questions / "bad.graphql").write_text("query Bad { directory { asOff } }\n")
    eslint = (node, "node_modules/eslint/bin/eslint.js", "questions/*.graphql")

    linted = await run_in(folder, *eslint)
    validated = await run_in(folder, *script_of(folder, "validate.sh", node))

    assert linted.returncode == 1
    assert re.findall(r"\w+\.graphql", linted.stdout) == ["bad.graphql"]
    assert 'Cannot query field "asOff"' in linted.stdout
    told = validated.stdout + validated.stderr
    assert validated.returncode == 1
    assert "Detected 1 invalid document" in told
    assert "asOff" in told


def test_what_the_edges_of_lists_lead_to_are_nodes_but_for_differences():
    schema = build_schema(SCHEMA.read_text(encoding="utf-8"))

    edges = [
        kind
        for kind in schema.type_map.values()
        if isinstance(kind, GraphQLObjectType) and kind.name.endswith("Edge")
    ]
    without = {
        edge.name
        for edge in edges
        if schema.type_map["Node"]
        not in getattr(get_named_type(edge.fields["node"].type), "interfaces", ())
    }
    assert len(edges) > 8
    assert without == {"DifferenceEdge"}
