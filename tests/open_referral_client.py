"""A client of Open Referral for the tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx2


@dataclass
class OpenReferral:
    """Asks `/open-referral` as a client would; `root` is the address of the server."""

    root: str
    client: httpx2.AsyncClient

    async def get(self, path: str, **headers: str) -> httpx2.Response:
        address = f"{self.root}/open-referral/{path}"
        return await self.client.get(address, headers=headers)

    async def body(self, path: str) -> dict[str, Any]:
        """What an address answers with, which must be there."""
        answer = await self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def names(self, path: str) -> list[str]:
        """The names of the services in a page, in its order."""
        contents = (await self.body(path))["contents"]
        return [each.get("service", each)["name"] for each in contents]

    async def everything(self, path: str) -> list[dict[str, Any]]:
        """The contents of every page, along the links."""
        found: list[dict[str, Any]] = []
        sign = "&" if "?" in path else "?"
        answer = await self.get(f"{path}{sign}per_page=100")
        while True:
            assert answer.status_code == 200, answer.text
            found += answer.json()["contents"]
            if "next" not in answer.links:
                return found
            answer = await self.client.get(answer.links["next"]["url"])
