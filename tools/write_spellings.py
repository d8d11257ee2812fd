"""Write graph_model/spellings.txt anew: the words of the needs that a directory starts with.

    python tools/write_spellings.py

Run it when seed/reference/needs.yaml has changed; a test says when.
"""

from pathlib import Path
from typing import Any

import yaml

from graph_model.wording import SPELLINGS, clauses

NEEDS = Path(__file__).resolve().parent.parent / "seed" / "reference" / "needs.yaml"


def words_of_needs() -> list[str]:
    """The words of three letters or more in the needs' names and synonyms, each once."""
    needs: list[dict[str, Any]] = yaml.safe_load(NEEDS.read_text("utf-8"))["needs"]
    phrases = [phrase for need in needs for phrase in [need["name"], *need["synonyms"]]]
    words = {word for phrase in phrases for part in clauses(phrase) for word in part}
    return sorted(word for word in words if len(word) > 2 and word.isalpha())


if __name__ == "__main__":
    SPELLINGS.write_text("\n".join(words_of_needs()) + "\n", encoding="utf-8")
