"""A client of FHIR for the tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx2


@dataclass
class Fhir:
    """Asks `/fhir` as a client would; `base` is its address."""

    base: str
    client: httpx2.AsyncClient

    async def get(self, path: str, **headers: str) -> httpx2.Response:
        return await self.client.get(f"{self.base}/{path}", headers=headers)

    async def body(self, path: str, **headers: str) -> dict[str, Any]:
        """The resource that an address answers with, which must be there."""
        answer = await self.get(path, **headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def matches(self, path: str) -> list[dict[str, Any]]:
        """The resources that match a search, in its order."""
        return matches(await self.body(path))

    async def ids(self, path: str) -> list[str]:
        return [each["id"] for each in await self.matches(path)]

    async def post(self, path: str, body: Any) -> httpx2.Response:
        headers = {"Content-Type": "application/fhir+json"}
        return await self.client.post(f"{self.base}/{path}", json=body, headers=headers)


def matches(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        each["resource"]
        for each in bundle.get("entry", [])
        if each["search"]["mode"] == "match"
    ]


def outcome_of(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    """The issues that a searchset tells."""
    return [
        issue
        for each in bundle.get("entry", [])
        if each["search"]["mode"] == "outcome"
        for issue in each["resource"]["issue"]
    ]


def link_of(bundle: dict[str, Any], relation: str) -> str | None:
    found = [each["url"] for each in bundle["link"] if each["relation"] == relation]
    return found[0] if found else None
