"""docs/dos.md is true."""

import json
import re
from pathlib import Path

import httpx2
import pytest

from api.dos.endpoints import ENDPOINTS
from api.dos.soap import PATH

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

PAGE = (Path(__file__).parents[2] / "docs" / "dos.md").read_text(encoding="utf-8")


async def test_the_first_question_of_the_page_is_answered_as_it_says(
    live_api: str,
) -> None:
    [asked, *_] = re.findall(r"curl 'http://localhost:8000([^']+)'", PAGE)
    [block] = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)

    async with httpx2.AsyncClient(trust_env=False, timeout=60) as client:
        [first, *_] = (await client.get(live_api + asked)).json()["success"]["services"]

    said = json.loads(block)
    assert {name: first[name] for name in said} == said


def test_the_page_names_every_address_and_every_part() -> None:
    for name, endpoint in ENDPOINTS.items():
        assert f"`{name}/" in PAGE
        for part in endpoint.parameters:
            assert re.search(rf"[`{{]{part}[`}}]", PAGE), part


async def test_the_soap_of_the_page_is_answered(live_api: str) -> None:
    [envelope] = re.findall(r"-d '\n(.*?)'\n", PAGE, re.DOTALL)

    async with httpx2.AsyncClient(trust_env=False, timeout=60) as client:
        answer = await client.post(
            f"{live_api}/dos{PATH}",
            content=envelope,
            headers={"Content-Type": "text/xml"},
        )

    assert answer.status_code == 200
    assert "Coventry Healthcare and Walk-in Centre" in answer.text
