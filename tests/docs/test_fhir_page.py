"""docs/fhir.md is true: its examples answer as it says."""

import json
import re
from pathlib import Path

import httpx2
import pytest

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

PAGE = (Path(__file__).parents[2] / "docs/fhir.md").read_text(encoding="utf-8")
RESOURCE, PARAMETERS = (
    json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
)


async def test_the_search_of_the_page_gives_the_resource_of_the_page(
    live_api: str,
) -> None:
    asked = re.findall(r"curl 'http://localhost:8000([^']+)'", PAGE)
    assert len(asked) == 1

    async with httpx2.AsyncClient(trust_env=False, timeout=60) as client:
        bundle = (await client.get(live_api + asked[0])).json()

    found = [
        {name: each["resource"].get(name) for name in RESOURCE}
        for each in bundle["entry"]
    ]
    assert RESOURCE in found


async def test_the_parameters_of_the_page_find_options(live_api: str) -> None:
    operation = f"{live_api}/fhir/HealthcareService/$find-referral-options"

    async with httpx2.AsyncClient(trust_env=False, timeout=60) as client:
        answer = await client.post(operation, json=PARAMETERS)

    assert answer.status_code == 200
    assert answer.json()["entry"][0]["search"]["score"] == 1
