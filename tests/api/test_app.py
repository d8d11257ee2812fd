"""The application around GraphQL: health, pages, headers, and what is not there."""

from pathlib import Path

import httpx2
import pytest
from starlette.testclient import TestClient

from api import pages
from api.app import create_app
from graph_model.errors import DirectoryUnavailable
from graph_model.settings import Settings

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

IN_A_BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


async def test_it_lives_and_is_ready(client: httpx2.AsyncClient) -> None:
    live = await client.get("/health/live")
    ready = await client.get("/health/ready")

    assert (live.status_code, live.json()) == (200, {"status": "live"})
    assert ready.status_code == 200
    assert ready.json()["status"] == "ready"
    assert ready.json()["services"] >= 150


async def test_a_browser_that_asks_nothing_gets_the_explorer(
    client: httpx2.AsyncClient,
) -> None:
    answer = await client.get("/graphql", headers=IN_A_BROWSER)

    policy = answer.headers["Content-Security-Policy"]
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "default-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy


async def test_a_browser_that_asks_something_gets_the_answer(
    client: httpx2.AsyncClient,
) -> None:
    answer = await client.get(
        "/graphql", params={"query": "{ __typename }"}, headers=IN_A_BROWSER
    )

    assert answer.json() == {"data": {"__typename": "Query"}}


async def test_an_explorer_that_is_not_built_says_how_to_build_it(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pages, "WEB", tmp_path)

    answer = await client.get("/graphql", headers=IN_A_BROWSER)

    assert answer.status_code == 200
    assert "<code>make assets</code>" in answer.text


async def test_files_of_the_pages_are_kept_for_ever_and_others_are_not_served(
    client: httpx2.AsyncClient,
) -> None:
    page = await client.get("/graphql", headers=IN_A_BROWSER)
    script = page.text.split('src="./')[1].split('"')[0]

    found = await client.get(f"/{script}")
    outside = await client.get("/assets/..%2f..%2fapp.py")

    assert found.status_code == 200
    assert found.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert outside.status_code == 404


async def test_the_front_door_leads_to_the_explorer(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/")

    assert (answer.status_code, answer.headers["Location"]) == (307, "/graphql")


@pytest.mark.parametrize(
    ("method", "path", "status", "told"),
    [
        ("GET", "/nothing", 404, "There is nothing at /nothing."),
        ("GET", "/assets/nothing.js", 404, "There is nothing at /assets/nothing.js."),
        ("DELETE", "/graphql", 405, "/graphql does not take DELETE."),
        ("POST", "/health/ready", 405, "/health/ready does not take POST."),
    ],
)
async def test_what_is_not_there_is_told_in_json(
    client: httpx2.AsyncClient, method: str, path: str, status: int, told: str
) -> None:
    answer = await client.request(method, path)

    (error,) = answer.json()["errors"]
    assert answer.status_code == status
    assert error["extensions"] == {"code": "BAD_REQUEST"}
    assert error["message"].startswith(told)


async def test_every_answer_keeps_browsers_from_doing_more_with_it(
    client: httpx2.AsyncClient,
) -> None:
    for path in ("/health/live", "/graphql?query={__typename}", "/nothing", "/"):
        headers = (await client.get(path)).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in headers["Content-Security-Policy"]


async def test_an_empty_graph_is_not_ready_and_says_what_is_missing(
    empty_graph: object, scratch_server: Settings
) -> None:
    with TestClient(create_app(scratch_server)) as client:
        ready = client.get("/health/ready")
        answer = client.post("/graphql", json={"query": "{ directory { asOf } }"})

    (error,) = answer.json()["errors"]
    assert ready.status_code == 503
    assert "signpost seed" in ready.json()["missing"]
    assert error["extensions"]["code"] == "DIRECTORY_UNAVAILABLE"


def test_without_neo4j_the_application_does_not_start(scratch_server: Settings) -> None:
    nobody = scratch_server.model_copy(update={"neo4j_uri": "bolt://127.0.0.1:9"})

    with pytest.raises(DirectoryUnavailable, match="No Neo4j answers at"):
        TestClient(create_app(nobody)).__enter__()
