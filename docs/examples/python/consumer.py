"""Asks a directory both questions and prints the answers.

    python consumer.py [address] [pathway]

It needs the packages of `gql[httpx2]`.
"""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gql import Client, GraphQLRequest
from gql.client import AsyncClientSession
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport

QUERIES = Path(__file__).parent.parent / "queries"
AT = "2016-12-03T22:00:00Z"  # a Saturday, at ten at night: the surgeries are closed
SECONDS = 35  # the directory gives up after 30


async def find_referral(session: AsyncClientSession, case: dict[str, Any]) -> Any:
    """Who can help, how to refer to them, and who cannot and why."""
    answer = await session.execute(question("FindReferral", case=case))
    return answer["referralOptions"]


async def whole_pathway(session: AsyncClientSession, **variables: Any) -> Any:
    """A pathway with everything on it, and its plan for a person at a place."""
    answer = await session.execute(question("WholePathway", **variables))
    return answer["pathwayPlan"]


def question(name: str, **variables: Any) -> GraphQLRequest:
    """One of the questions that the examples share."""
    text = (QUERIES / f"{name}.graphql").read_text(encoding="utf-8")
    return GraphQLRequest(text, variable_values=variables)


def lines_of_referral(answer: Any) -> Iterator[str]:
    """The answer in lines of text. What it says of emergencies, and its notice, come first."""
    if answer["notice"]:
        yield answer["notice"]
    if answer["emergencyAdvice"]:
        yield answer["emergencyAdvice"]
    yield f"As of {answer['asOf']}. {answer['responsible']['explanation']}"
    for option in answer["options"]:
        service = option["service"]
        yield f"{option['rank']}. {service['name']}, by {service['provider']['name']}"
        yield f"   {option['whyHere']}"
        for method in option["howToRefer"]:
            yield f"   {method['instructions']}"
        for criterion in option["criteria"]:
            if criterion["verdict"] == "UNKNOWN":
                yield f"   Not known: {criterion['explanation']}"
    for miss in answer["nearMisses"]:
        yield f"Not {miss['service']['name']}: {miss['failed']['explanation']}"


def lines_of_pathway(plan: Any) -> Iterator[str]:
    """The pathway in lines of text, each step with who takes it."""
    planned = {step["step"]["slug"]: step for step in plan["steps"]}
    pathway = plan["pathway"]
    if plan["notice"]:
        yield plan["notice"]
    yield f"{pathway['name']}, version {pathway['version']}, as of {plan['asOf']}"
    yield from plan["notes"]
    for step in pathway["steps"]:
        yield f"{step['stage']}: {step['name']}"
        taken = planned[step["slug"]]
        option = taken["option"]
        who = f" by {option['service']['name']}." if option else "."
        yield f"   {taken['state']}{who} {taken['explanation']}"
        for way in step["next"]:
            yield f"   → {way_of(way)}"
    yield plan["longestExplanation"]


def way_of(way: Any) -> str:
    """Where a step leads, how soon and when."""
    minutes, condition = way["withinMinutes"], way["condition"]
    interval = "" if minutes is None else f" within {minutes} minutes"
    return f"{way['to']['name']}{interval}{f': {condition}' if condition else ''}"


async def main(
    address: str = "http://127.0.0.1:8000", slug: str = "urgent-care-west-midlands"
) -> None:
    transport = HTTPXAsyncTransport(url=f"{address}/graphql", timeout=SECONDS)
    async with Client(transport=transport, execute_timeout=SECONDS) as session:
        place = {"postcode": "CV21"}
        referral = await find_referral(
            session,
            {
                "place": place,
                "need": {"code": "gp-out-of-hours"},
                "age": {"value": 82},
                "at": AT,
            },
        )
        plan = await whole_pathway(
            session,
            slug=slug,
            place=place,
            case={"age": {"value": 82}, "referrer": "PATIENT"},
            at=AT,
        )
    print("\n".join([*lines_of_referral(referral), "", *lines_of_pathway(plan)]))


if __name__ == "__main__":
    try:
        asyncio.run(main(*sys.argv[1:3]))
    except TransportQueryError as refused:
        # What the directory says of a question is for people; `code` is for programs.
        for error in refused.errors or ():
            print(f"{error['extensions']['code']}: {error['message']}", file=sys.stderr)
        sys.exit(1)
