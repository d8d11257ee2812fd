"""Taxonomies and their terms: needs, and types of service."""

from functools import lru_cache
from typing import Any

from api.open_referral.ids import part_id

NEEDS, TYPES = "needs", "types"
NAMES = {NEEDS: "Needs", TYPES: "Types of service"}
DESCRIPTIONS = {
    NEEDS: "What a person may need, in the words of staff and patients. A need may be narrower than another.",
    TYPES: "The types of service of the NHS Directory of Services, by its numbers.",
}


def taxonomy_id(which: str) -> str:
    return part_id("taxonomy", which)


def taxonomies() -> list[dict[str, Any]]:
    """Both taxonomies."""
    return [
        {"id": taxonomy_id(which), "name": name, "description": DESCRIPTIONS[which]}
        for which, name in NAMES.items()
    ]


@lru_cache(maxsize=2048)
def term_id(which: str, code: str) -> str:
    return part_id("term", f"{which} {code}")


def term(which: str, row: dict[str, Any]) -> dict[str, Any]:
    """A need or a type of service as a term."""
    shown = named(which, row) | {"description": described(which, row)}
    if row.get("broader"):
        shown["parent_id"] = term_id(which, row["broader"])
    return shown


def named(which: str, row: dict[str, Any]) -> dict[str, Any]:
    """What a service tells of a term: the term itself describes it."""
    return {
        "id": term_id(which, row["code"]),
        "name": row["name"],
        "description": row["name"],
        "taxonomy": NAMES[which],
        "taxonomy_id": taxonomy_id(which),
        "term": row["code"],
    }


def described(which: str, row: dict[str, Any]) -> str:
    if which == TYPES:
        rank = f", of rank {row['rank']} there" if row["rank"] else ""
        return f"Type {row['code']} of the NHS Directory of Services{rank}."
    said = ", ".join(row["synonyms"])
    return f"Also said: {said}." if said else row["name"]


def terms_of(vocabulary: dict[str, Any]) -> list[dict[str, Any]]:
    """Every term of a vocabulary, needs first."""
    return [term(which, row) for which in NAMES for row in vocabulary[which]]


def attribute(owner: str, link: str, which: str, row: dict[str, Any]) -> dict[str, Any]:
    """That a service is of a term."""
    shown = named(which, row)
    return {
        "id": part_id(owner, f"{which} {row['code']}"),
        "link_id": owner,
        "link_type": link,
        "taxonomy_term_id": shown["id"],
        "taxonomy_term": shown,
    }
