"""The best services of each type for a case: how the DoS answers, where a list would hold one type over and over.

The order is the finder's (graph_model/matching/ranking.py). Where the finder's first answer holds all that fits, nothing
more is asked; else each type that meets the need is asked for alone, so that no type is missing because others are nearer.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import LiteralString

from neo4j import AsyncDriver

from graph_model.answers import JudgedCase, always_there, judged_candidate
from graph_model.cases import Case
from graph_model.database import read
from graph_model.matching.case import Row
from graph_model.matching.gateways import Gateways
from graph_model.matching.ranking import EMERGENCY_DEPARTMENT, failed, order
from graph_model.referrals import judged_referrals

NOT_COUNTED = {"CAPACITY", "DISTANCE"}  # against the catch-all
MOST = 50  # of one type, or of all at first

# Of a case as judged: what suits besides.
Suits = Callable[[JudgedCase], Callable[[Row], bool]]

TYPES_THAT_MEET: LiteralString = """
WITH COLLECT {
  MATCH (:Need {code: $asked.need})-[:NARROWER_THAN*0..6]->(need:Need) RETURN need
UNION
  MATCH (:Need {code: $asked.need})<-[:NARROWER_THAN*1..6]-(need:Need) RETURN need
} AS needs
MATCH (type:ServiceType)
WHERE any(need IN needs WHERE type.number IN need.types)
RETURN type.code AS row
ORDER BY row
"""


async def best_of_each_type(
    driver: AsyncDriver,
    case: Case,
    as_of: date | None,
    most: Callable[[str], int],
    suits: Suits,
    *,
    with_near_misses: bool = False,
) -> tuple[list[JudgedCase], list[Row]]:
    """The case as judged by the finder, and in order at most `most(code)` candidates of each type that fit and also suit.

    The case names a postcode and the code of a need. Raises what `referral_answer` raises.
    """
    first = await judged_referrals(
        driver, case, as_of, MOST, with_near_misses=with_near_misses
    )
    found = suiting(first, suits)
    if len(first.fitting) >= MOST:
        codes = await read(driver, TYPES_THAT_MEET, need=case.need_code)
        of_types = await asyncio.gather(
            *(
                judged_referrals(
                    driver, case, as_of, MOST, with_near_misses=False, only_type=code
                )
                for code in codes
            )
        )
        for judged in of_types:
            found = suiting(judged, suits) | found
    return [first], at_most(in_order(found, first), most)


async def best_of_types(
    driver: AsyncDriver,
    case: Case,
    codes: list[str],
    as_of: date | None,
    most: Callable[[str], int],
    suits: Suits,
    *,
    with_near_misses: bool = False,
) -> tuple[list[JudgedCase], list[Row]]:
    """The same for services of these types, whatever need they meet; the case's own need does not count."""
    judged = await asyncio.gather(
        *(
            judged_referrals(
                driver,
                replace(case, need_code=None, service_type=code),
                as_of,
                MOST,
                with_near_misses=with_near_misses,
            )
            for code in codes
        )
    )
    found: dict[str, Row] = {}
    for each, code in zip(judged, codes, strict=True):
        of_type = suiting(each, suits)
        found |= {
            slug: candidate
            for slug, candidate in of_type.items()
            if candidate["service"]["type"]["code"] == code
        }
    return judged, at_most(in_order(found, judged[0]), most)


def suiting(judged: JudgedCase, suits: Suits) -> dict[str, Row]:
    """What fits and suits, by slug and in order."""
    fits = suits(judged)
    return {each["slug"]: each for each in judged.fitting if fits(each)}


def in_order(found: Mapping[str, Row], judged: JudgedCase) -> list[Row]:
    return sorted(
        found.values(),
        key=lambda each: order(each, judged.first_types, judged.wishes),
    )


def at_most(candidates: list[Row], most: Callable[[str], int]) -> list[Row]:
    """The first of each type."""
    seen: Counter[str] = Counter()
    kept: list[Row] = []
    for each in candidates:
        code = each["service"]["type"]["code"]
        seen[code] += 1
        if seen[code] <= most(code):
            kept.append(each)
    return kept


async def nearest_departments(
    driver: AsyncDriver, case: Case, as_of: date | None, judged: JudgedCase, most: int
) -> list[Row]:
    """The nearest emergency departments within 60 km that may take the person, however busy they are.

    The DoS's catch-all. Nothing but how busy it is, and how far it was to be looked, may be known against a department.
    """
    if not judged.found["always"]:  # there was enough to offer, so none was looked for
        of_type = replace(case, need_code=None, service_type=EMERGENCY_DEPARTMENT)
        judged = await judged_referrals(
            driver, of_type, as_of, most, with_near_misses=False
        )
    gateways = Gateways(judged.services, judged.setting)
    found = [
        judged_candidate(always_there(slug, metres, "FALLBACK"), gateways)
        for slug, metres in judged.found["departments"]
    ]
    left = [
        each
        for each in found
        if {one["kind"] for one in failed(each["criteria"])} <= NOT_COUNTED
    ]
    return sorted(left, key=lambda each: (each["nearness_km"], each["slug"]))[:most]
