"""Write the answers of the documentation's examples anew, from a running directory.

    python tools/write_examples.py [http://127.0.0.1:8000]

Each docs/examples/*.graphql gets its answer beside it as .json, and README.md the first question
with its answer. Read what has changed before you commit it: the tests hold these answers.
"""

import json
import re
import sys
import urllib.request
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
EXAMPLES = PROJECT / "docs" / "examples"
FIRST = "first-question"
LINE = 88


def answer_to(address: str, question: str) -> str:
    """The answer's data as JSON, as it stands in the documentation."""
    request = urllib.request.Request(
        f"{address}/graphql",
        data=json.dumps({"query": question}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        answer = json.load(response)
    if "errors" in answer:
        raise SystemExit(f"The directory answered {answer['errors']}")
    return in_json(answer) + "\n"


def in_json(answer: Any, indent: int = 0) -> str:
    """JSON as the examples have it: what fits into a line stands on one."""
    on_one_line = json.dumps(answer, ensure_ascii=False)
    if indent + len(on_one_line) <= LINE or not isinstance(answer, dict | list):
        return on_one_line
    inner = " " * (indent + 2)
    if isinstance(answer, list):
        parts = [in_json(item, indent + 2) for item in answer]
        opening, closing = "[", "]"
    else:
        parts = [
            f"{json.dumps(key)}: {in_json(value, indent + 2)}"
            for key, value in answer.items()
        ]
        opening, closing = "{", "}"
    lines = ",\n".join(f"{inner}{part}" for part in parts)
    return f"{opening}\n{lines}\n{' ' * indent}{closing}"


def readme_with(readme: str, question: str, answer: str) -> str:
    """The README with this question and answer in their places."""
    operation = "\n".join(
        line for line in question.splitlines() if not line.startswith("#")
    ).strip()
    blocks = {
        "question": f"```graphql\n{operation}\n```",
        "answer": f"```json\n{answer.strip()}\n```",
    }
    for name, block in blocks.items():
        before, marked, after = readme.partition(f"<!-- {name} -->\n")
        after = re.sub(r"\A```.*?```\n", "", after, flags=re.DOTALL)
        readme = f"{before}{marked}{block}\n{after}"
    return readme


def main() -> None:
    """Ask every example and write its answer."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    for path in sorted(EXAMPLES.glob("*.graphql")):
        answer = answer_to(address, path.read_text(encoding="utf-8"))
        path.with_suffix(".json").write_text(answer, encoding="utf-8")
        print(f"{path.name} answered")
    readme = PROJECT / "README.md"
    first = EXAMPLES / f"{FIRST}.graphql"
    readme.write_text(
        readme_with(
            readme.read_text(encoding="utf-8"),
            first.read_text(encoding="utf-8"),
            first.with_suffix(".json").read_text(encoding="utf-8"),
        ),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
