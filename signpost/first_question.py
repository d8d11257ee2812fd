"""The first question, asked of the running API as anybody would ask it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import httpx2
from rich.console import Console
from rich.syntax import Syntax

import signpost
from signpost.errors import StartError

EXAMPLES = Path(signpost.__file__).parent.parent / "docs" / "examples"
QUESTION = EXAMPLES / "first-question.graphql"
WITHIN = 60  # seconds
# Neo4j plans a question when it is first asked: on a busy machine that may outlast the API's limit.
PLANNED_WITHIN = 300  # seconds

NOT_ANSWERED = "The API runs at {address}, but {path} answered {status}:\n    {words}"


async def ask_the_first_question(address: str, console: Console) -> None:
    """Print the first question with its answer, and the addresses.

    Raises StartError where the API does not answer it.
    """
    question = QUESTION.read_text()
    # Past any proxy: the API is on this machine.
    async with httpx2.AsyncClient(base_url=address, trust_env=False) as client:
        ready = await client.get("/health/ready", timeout=WITHIN)
        refuse_a_failure(address, "/health/ready", ready)
        answer = await answer_once_planned(client, question)
        refuse_a_failure(address, "/graphql", answer)
    console.print("\nA first question:\n")
    console.print(coloured(without_comments(question), "graphql"))
    console.print("\nIts answer:\n")
    text = json.dumps(answer.json()["data"], indent=2, ensure_ascii=False)
    console.print(coloured(text, "json"))
    console.print(f"\nExplore the directory   {address}/graphql")
    console.print(f"Ask it from a program   POST {address}/graphql")
    console.print(f"Is it ready?            {address}/health/ready")
    console.print("Ctrl-C stops everything.")


async def answer_once_planned(
    client: httpx2.AsyncClient, question: str
) -> httpx2.Response:
    """The answer; asked again while all that is wrong is that it is not ready yet."""
    began = time.monotonic()
    while True:
        answer = await client.post("/graphql", json={"query": question}, timeout=WITHIN)
        late = answer.status_code == 503 and '"TIMEOUT"' in answer.text
        if not late or time.monotonic() - began > PLANNED_WITHIN:
            return answer


def refuse_a_failure(address: str, path: str, answer: httpx2.Response) -> None:
    if answer.is_success and "errors" not in answer.json():
        return
    status, words = answer.status_code, answer.text[:500]
    raise StartError(
        NOT_ANSWERED.format(address=address, path=path, status=status, words=words)
    )


def without_comments(question: str) -> str:
    lines = question.splitlines()
    return "\n".join(line for line in lines if not line.startswith("#")).strip()


def coloured(text: str, language: str) -> Syntax:
    return Syntax(text, language, background_color="default", word_wrap=True)
