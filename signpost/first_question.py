"""The first question, asked of the running API as anybody would ask it."""

from __future__ import annotations

import json
from pathlib import Path

import httpx2
from rich.console import Console
from rich.panel import Panel
from rich.syntax import Syntax

import signpost
from signpost.errors import StartError

QUESTION = (
    Path(signpost.__file__).parent.parent / "docs/examples/first-question.graphql"
)

NOT_ANSWERED = "The API runs at {address}, but {path} answered {status}:\n    {words}"


async def ask_the_first_question(address: str, console: Console) -> None:
    """Print the addresses, and the first question with its answer.

    Raises StartError where the API does not answer it.
    """
    question = QUESTION.read_text()
    # Past any proxy: the API is on this machine.
    async with httpx2.AsyncClient(base_url=address, trust_env=False) as client:
        ready = await client.get("/health/ready", timeout=60)
        check(address, "/health/ready", ready)
        answer = await client.post("/graphql", json={"query": question}, timeout=60)
        check(address, "/graphql", answer)
    console.print(Panel(in_graphql(question), title="A first question", expand=False))
    console.print(Panel(in_json(answer.json()), title="Its answer", expand=False))
    console.print(f"Explore the directory   {address}/graphql")
    console.print(f"Ask it from a program   POST {address}/graphql")
    console.print(f"Is it ready?            {address}/health/ready")
    console.print("Ctrl-C stops everything.")


def check(address: str, path: str, answer: httpx2.Response) -> None:
    if answer.is_success and '"errors"' not in answer.text:
        return
    words = answer.text[:500]
    raise StartError(
        NOT_ANSWERED.format(
            address=address, path=path, status=answer.status_code, words=words
        )
    )


def in_graphql(question: str) -> Syntax:
    return Syntax(question.strip(), "graphql", background_color="default")


def in_json(answer: object) -> Syntax:
    text = json.dumps(answer, indent=2, ensure_ascii=False)
    return Syntax(text, "json", background_color="default", word_wrap=True)
