"""Asking all doors of the running API, each in its own words."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx2
from drawn_cases import DrawnCase

AT_ONCE = 3
OPTIONS = """
query Options($case: ReferralCase!, $first: Int!) {
  referralOptions(case: $case, first: $first) {
    notice emergencyAdvice whatChanged
    responsible { explanation }
    place { latitude longitude }
    options { ...Told }
    fallback { ...Told }
    nearMisses {
      distanceKm
      service { slug name reach needs { code } }
      failed { kind verdict explanation }
    }
  }
}
fragment Told on ReferralOption {
  distanceKm whyHere
  criteria { kind verdict explanation }
  route { name slug }
  service {
    slug name reach type { code } needs { code } serves { rule }
    eligibility { byAge minAgeDays maxAgeDays }
  }
}
"""
T = TypeVar("T")


@dataclass(frozen=True)
class Refused:
    """An answer that is an error: by its code, or by the status of HTTP, in words."""

    code: str
    words: str


@dataclass
class Doors:
    """Asks every door of the server at `root`."""

    root: str
    client: httpx2.AsyncClient

    async def options(
        self, case: DrawnCase, first: int = 50
    ) -> dict[str, Any] | Refused:
        """What `referralOptions` of GraphQL answers."""
        variables = {"case": case.in_graphql(), "first": first}
        body = {"query": OPTIONS, "variables": variables}
        answer = (await self.client.post(f"{self.root}/graphql", json=body)).json()
        if "errors" in answer:
            [error] = answer["errors"]
            return Refused(error["extensions"]["code"], error["message"])
        return answer["data"]["referralOptions"]

    async def get(self, path: str, **params: Any) -> httpx2.Response:
        return await self.client.get(f"{self.root}/{path}", params=params)


async def differences(
    cases: Sequence[T], differs: Callable[[T], Awaitable[str | None]]
) -> list[str]:
    """What differs, case by case. Twice, since a minute may begin between two answers."""
    taking = asyncio.Semaphore(AT_ONCE)

    async def twice(case: T) -> str | None:
        async with taking:
            if await differs(case) is None:
                return None
            words = await differs(case)
            return words and f"{case}: {words}"

    return [words for words in await asyncio.gather(*map(twice, cases)) if words]


def first_difference(ours: Sequence[Any], theirs: Sequence[Any]) -> str | None:
    """Where two lists part, in words."""
    if list(ours) == list(theirs):
        return None
    for place, (one, other) in enumerate(zip(ours, theirs, strict=False)):
        if one != other:
            return f"at {place}: {one} / {other}"
    return f"{len(ours)} and {len(theirs)}: {[*ours, *theirs][min(len(ours), len(theirs)) :]}"
