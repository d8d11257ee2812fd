"""Names of places as people write them: what in them names the place, and what it lies in."""

import re
from typing import TypedDict

from graph_model.names import name_key

BETWEEN_PARTS = re.compile(r"[,;()]")
MOST_WORDS = 12  # no place of the United Kingdom has more, with its county

# What whoever writes addresses says for a county or a country.
SHORT_COUNTIES = {
    "codurham": "countydurham",
    "london": "greaterlondon",
    "uk": "unitedkingdom",
    "beds": "bedfordshire",
    "berks": "berkshire",
    "bucks": "buckinghamshire",
    "cambs": "cambridgeshire",
    "derbys": "derbyshire",
    "glos": "gloucestershire",
    "hants": "hampshire",
    "herts": "hertfordshire",
    "lancs": "lancashire",
    "leics": "leicestershire",
    "lincs": "lincolnshire",
    "middx": "middlesex",
    "northants": "northamptonshire",
    "notts": "nottinghamshire",
    "oxon": "oxfordshire",
    "salop": "shropshire",
    "staffs": "staffordshire",
    "warks": "warwickshire",
    "wilts": "wiltshire",
    "worcs": "worcestershire",
}
# "Studley in Wiltshire"
JOINING = {"in"}


class Naming(TypedDict):
    """One way to read what was written: the key of the place's name, and of what it lies in."""

    key: str
    within: list[str]


def namings(written: str) -> list[Naming]:
    """The ways to read a place's name, the longest name first; none where it has no letter.

    "Studley, Wiltshire" and "studley wiltshire" may be Studley in Wiltshire, and the second also a place of
    that whole name. Keys are those of `name_key`.
    """
    first, *rest = [
        part for part in BETWEEN_PARTS.split(written) if name_key(part)
    ] or [""]
    around = [county_key(part.split()) for part in rest]
    words = first.split()[:MOST_WORDS]
    found: list[Naming] = []
    for length in range(len(words), 0, -1):
        key, behind = name_key(" ".join(words[:length])), county_key(words[length:])
        if key:
            found.append({"key": key, "within": [*filter(None, [behind, *around])]})
    return found


def county_key(words: list[str]) -> str:
    """The key of what a place lies in, without abbreviations; empty where there is nothing."""
    while words and name_key(words[0]) in JOINING:
        words = words[1:]
    key = name_key(" ".join(words))
    return SHORT_COUNTIES.get(key, key)
