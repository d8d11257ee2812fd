"""docs/open-referral.md is true, and its harvester takes a copy of everything."""

import json
import os
import re
import sys
from pathlib import Path

import anyio
import httpx2
import pytest

from api.open_referral.endpoints import ENDPOINTS

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "open-referral.md").read_text(encoding="utf-8")
HARVESTER = DOCS / "examples" / "python" / "harvester.py"


async def test_the_question_of_the_page_is_answered_as_it_says(live_api: str) -> None:
    [asked] = re.findall(r"curl 'http://localhost:8000([^']+)'", PAGE)
    [block] = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    said = json.loads(block)

    async with httpx2.AsyncClient(trust_env=False, timeout=60) as client:
        [first] = (await client.get(live_api + asked)).json()["contents"]

    for name, value in said.items():
        found = first[name]
        if isinstance(value, dict):
            found = {key: found[key] for key in value}
        assert found == value


def test_the_page_names_every_address_and_every_parameter() -> None:
    for path, endpoint in ENDPOINTS.items():
        assert f"`{path}`" in PAGE
        for name, parameter in endpoint.parameters.items():
            assert parameter.hidden or re.search(rf"`{name}[`=]", PAGE), name


async def test_the_harvester_takes_a_copy_of_everything(
    live_api: str, tmp_path: Path
) -> None:
    command = (sys.executable, str(HARVESTER), f"{live_api}/open-referral", tmp_path)

    done = await anyio.run_process(
        [str(each) for each in command],
        env={**os.environ, "NO_PROXY": "*"},
        check=False,
    )

    assert done.stderr == b""
    assert done.stdout.decode().splitlines()[1:] == [
        "Historical directory, 30 November 2016. Do not refer anyone from it.",
        "services: 271",
        "organizations: 1324",
        "service_at_locations: 226",
        "taxonomies: 2",
        "taxonomy_terms: 206",
    ]
    lines = (tmp_path / "services.jsonl").read_text("utf-8").splitlines()
    assert len({json.loads(line)["id"] for line in lines}) == 271
