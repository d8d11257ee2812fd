"""A client of the DoS for the tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx2

from api.dos.endpoints import ENDPOINTS, ROOT


@dataclass
class Dos:
    """Asks `/dos` as a system of NHS 111 would; `root` is the address of the server."""

    root: str
    client: httpx2.AsyncClient

    async def get(self, name: str, **parts: str) -> httpx2.Response:
        """Ask an address of the REST search; a part that is not given is 0."""
        given = [quote(parts.pop(each, "0")) for each in ENDPOINTS[name].parameters]
        address = f"{self.root}/dos{ROOT}/{name}/{'/'.join(given)}"
        return await self.client.get(address, headers=parts)

    async def found(self, name: str, **parts: str) -> dict[str, Any]:
        """What an address answers with, which must be there."""
        answer = await self.get(name, **parts)
        assert answer.status_code == 200, answer.text
        return answer.json()["success"]

    async def names(self, name: str, **parts: str) -> list[str]:
        """The names of the services that are found, in their order."""
        return [each["name"] for each in (await self.found(name, **parts))["services"]]
