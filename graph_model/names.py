"""How names and codes are looked up: the key of a place's name, and a code in a full-text index."""

import re
import unicodedata

WORDS = re.compile(r"[^\W_]+")
APOSTROPHES = str.maketrans("", "", "'\u2019\u2018`")


def name_key(text: str) -> str:
    """The name in lower case, its letters and digits only, "saint" as "st".

    So "St. Martin's", "Saint Martins" and "st martin\u2019s" are one name, and
    "Stratford-upon-Avon" is "stratforduponavon". Empty where the text has neither
    letter nor digit.
    """
    plain = unicodedata.normalize("NFKD", text).casefold().translate(APOSTROPHES)
    unaccented = "".join(each for each in plain if not unicodedata.combining(each))
    words = WORDS.findall(unaccented.replace("&", " and "))
    return "".join("st" if word == "saint" else word for word in words)


def as_phrase(code: str) -> str:
    """The code as the words of a full-text index understand it: all of it, and as it stands."""
    escaped = code.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
