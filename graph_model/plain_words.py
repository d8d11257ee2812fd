"""Plain words: what people say in many ways, said in one, by stems and in any order."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import combinations
from pathlib import Path

import snowballstemmer

SAME = Path(__file__).with_name("plain_words.txt")

# Words between the others, which say nothing by themselves.
BETWEEN_WORDS = frozenset(
    ["in", "of", "on", "to", "from", "by", "into", "onto", "it", "or"]
)
# "Cant see" is not said by "cant get to see a doctor": with these the order matters.
KEEP_ORDER = frozenset(
    {
        *("no", "not", "cant", "wont", "stop", "never", "off", "up", "out", "down"),
        *("over", "home"),  # care at home is no care home
    }
)
WINDOW = 5  # words within which a phrase may be said in another order
MOST_ORDERED = 40  # words of a text that are read in any order

stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=10_000)
def stem(word: str) -> str:
    """The word without its ending: "dressings" and "dressing" are one."""
    return stemmer.stemWord(word)


@cache
def same_words() -> dict[str, str]:
    """For each word that has a plainer one, and for its stem, that."""
    exact = {
        words[0]: plain
        for plain, ways in lines_of_same()
        for words in ways
        if len(words) == 1 and " " not in plain
    }
    return {stem(word): plain for word, plain in exact.items()} | exact


@cache
def same_phrases() -> dict[str, list[tuple[list[str], list[str]]]]:
    """For each first stem the phrases, longest first, that are said more plainly."""
    phrases: dict[str, list[tuple[list[str], list[str]]]] = {}
    for plain, ways in lines_of_same():
        said = [marked(word) for word in plain.split()]
        for words in ways:
            stems = [plain_word(word) for word in words]
            if len(stems) > 1 or " " in plain:
                phrases.setdefault(stems[0], []).append((stems, said))
    for found in phrases.values():
        found.sort(key=lambda each: -len(each[0]))
    return phrases


@cache
def lines_of_same() -> list[tuple[str, list[list[str]]]]:
    """Each plain word with the words for it, its own first."""
    lines = SAME.read_text(encoding="utf-8").splitlines()
    pairs = [re.split(": | = ", line) for line in lines if not line.startswith("#")]
    return [
        (plain, [way.split() for way in [plain, *others.split(", ")]])
        for plain, others in pairs
    ]


@cache
def telling() -> frozenset[str]:
    """The plain words that tell a need by themselves."""
    lines = SAME.read_text(encoding="utf-8").splitlines()
    return frozenset(
        marked(line.split(" = ")[0])
        for line in lines
        if " = " in line and not line.startswith("#")
    )


@cache
def words_of_same() -> frozenset[str]:
    """Every word that is in a line of the same words."""
    return frozenset(
        word for _, ways in lines_of_same() for words in ways for word in words
    )


def marked(word: str) -> str:
    """A plain word that stands for others: no stem, and told from one."""
    return f"{word}~"


def plain_word(word: str) -> str:
    """The plain word for this one, else its stem."""
    plain = same_words().get(word) or same_words().get(stem(word))
    return marked(plain) if plain else stem(word)


def has_plainer(word: str) -> bool:
    """Whether the word, in any of its forms, is said more plainly in another."""
    return plain_word(word).endswith("~")


def plain_words(words: Sequence[str]) -> list[str]:
    """The words, each phrase that has a plainer one said so, the rest as stems."""
    stems = [plain_word(word) for word in words]
    said: list[str] = []
    at = 0
    while at < len(stems):
        for phrase, plain in same_phrases().get(stems[at], []):
            if stems[at : at + len(phrase)] == phrase:
                said.extend(plain)
                at += len(phrase)
                break
        else:
            said.append(stems[at])
            at += 1
    return said


def plain_phrase(words: Sequence[str], fillers: frozenset[str]) -> str | None:
    """A phrase of a need in plain words; None where too few are left to tell it.

    Two or three words may come in any order, and are sorted.
    """
    plain = plain_words(words)
    if plain[1:] or plain[:1] not in [[word] for word in telling()]:
        plain = without(plain, fillers)
        if len(plain) < 2 or len(plain) < len(words) / 2:
            return None
    return f" {' '.join(sorted(plain) if in_any_order(plain) else plain)} "


def in_any_order(plain: Sequence[str]) -> bool:
    """Whether the phrase means the same in another order."""
    return 2 <= len(plain) <= 3 and not any(map(keeps_order, plain))


def keeps_order(word: str) -> bool:
    return word.removesuffix("~") in KEEP_ORDER


def without(plain: Iterable[str], fillers: frozenset[str]) -> list[str]:
    """The plain words that say something."""
    return [word for word in plain if word not in BETWEEN_WORDS and word not in fillers]


def in_every_order(clauses: Iterable[Sequence[str]]) -> str:
    """Every two or three words that stand near each other, sorted, in one line."""
    left = MOST_ORDERED
    said: dict[str, None] = {}
    for words in clauses:
        words = [word for word in words if not keeps_order(word)][:left]
        left -= len(words)
        for at, word in enumerate(words):
            near = words[at + 1 : at + WINDOW]
            for others in [*combinations(near, 1), *combinations(near, 2)]:
                said[" ".join(sorted((word, *others)))] = None
    return f" {' | '.join(said)} "
