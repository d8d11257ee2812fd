"""What a text says of a need: its words, their spelling, and what they deny."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from rapidfuzz.distance import OSA, Prefix
from rapidfuzz.process import extract

from graph_model.plain_words import (
    has_plainer,
    in_every_order,
    plain_phrase,
    plain_words,
    without,
    words_of_same,
)

# The words of the needs that a directory starts with, for spelling. A need that a directory adds
# is found by its own words all the same; only their misspellings are not mended.
SPELLINGS = Path(__file__).with_name("spellings.txt")
# Words of every day, which are no misspelling of a word of a need: "scalp" is no "scald".
ORDINARY = Path(__file__).with_name("ordinary_words.txt")

MOST_WORDS = 250  # of a text


def words_in(text: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(text.split())


# Words that say who and how, not what: they count for little.
FILLERS = words_in("""
    a an and are as be been can could did do does for get gets getting go going got had has
    have having he her hers hes him his i if im is it its ive just keeps like me my need
    needs now or our patient please pt quite really says she shes so some still than that
    the their them then there theyre they this us very want wants was we were what when who
    will with would you your
    mum mums mother dad dads father nan nans gran grandad grandads grandma grandmas husband
    wife son sons daughter daughters partner brother sister friend
    ago all always bit day days every hours last month months old since time today tonight
    under week weeks year years yesterday
    """)

# In plain words they are left out, but for those that tell an age.
LEFT_OUT = FILLERS - words_in("day days month months old week weeks year years")
# Words that go with many needs: they tell little of any.
WEAK = words_in("""
    cant cannot wont stop stopped gone come came comes over on in out up off down back away
    feel feels feeling keep really bad badly left side sides both think thinks take taking
    took taken open only little lot lots more much new old again after before around about
    something someone somebody need help home house people person around through turn turned self child fall one every minute minutes
    pain pains painful hurt hurts hurting ache aches aching sore swelling swollen difficulty
    difficult trouble burning urine
    """)
WEAK_WEIGHT = 0.4
PLAIN_WEIGHT = 0.5

DENYING = words_in("no denies denied denying without nil nor")
# "No pulse" denies nothing: it is what is wrong.
WRONG_WHEN_MISSING = words_in("""
    pulse breath breathing breathes feeling sensation heartbeat response movement longer one
    urine wee gp doctor appointment reason medication medicine tablets inhaler insulin food
    oxygen sleep sight vision hope idea money carer carers home point
    """)
NOTS = words_in("not doesnt dont didnt hasnt havent isnt wasnt")
# "Not" mostly says what is wrong ("not waking up"); before these words it denies.
DENIED_BY_NOT = words_in("""
    a an any bang banged bleeding choking collapse collapsed confused drowsy faint fainted
    fitting got had have having hit hurt in injured life lose overdosed pass septic short
    suicidal unconscious unwell urgent vomit vomited vomiting
    """)
BETWEEN = words_in("""
    a an any central evidence got had have having her his history more much my new of
    obvious real severe sign signs significant sudden the their
    """)
ENDS_DENIAL = words_in("and but just only has have had now since then with")
MOST_DENIED = 3  # words after "no" that it denies, where no comma ends it before


Clause = list[tuple[str, bool]]  # words, and whether each is denied
Clauses = list[Clause]


@dataclass(frozen=True)
class Wording:
    """A text as Neo4j is asked for it.

    `words` is a question to a full-text index. `said` is the text in each way of reading it,
    in lower case, one space before and after every word, "no" before what it denies. `told`
    is the same without what it denies.
    """

    words: str
    said: list[str]
    told: list[str]


def wording(text: str) -> Wording:
    """The wording of a free text; its `words` are empty where the text has none."""
    written = [list(denials(clause)) for clause in clauses(text)]
    mended = [
        [(each, denied) for word, denied in clause for each in mend(word)]
        for clause in written
    ]
    ways = [way for clauses in (written, mended) for way in readings(clauses)]
    plain = [list(plainly(clause)) for clause in mended]
    plain_told = [[word for word, denied in clause if not denied] for clause in plain]
    everything = [word for clause in plain_told for word in clause]
    return Wording(
        words=lucene_words(written, mended, plain),
        said=sorted(
            {*map(said, ways), said(plain), in_every_order(plain_told)} - {"  "}
        ),
        told=sorted({*map(told, ways), told(plain), line(sorted(everything))}),
    )


def plainly(clause: Clause) -> Iterator[tuple[str, bool]]:
    """The clause in plain words, without those that say only who and how."""
    for denied, pairs in groupby(clause, key=itemgetter(1)):
        for word in without(plain_words([word for word, _ in pairs]), LEFT_OUT):
            yield word, denied


def phrases_of(names: Iterable[str]) -> list[str]:
    """The names and synonyms of a need as a text may say them, one space before and after.

    Each stands as it is written and in plain words (graph_model/plain_words.py).
    """
    phrases: set[str] = set()
    for name in names:
        words = [word for clause in clauses(name) for word in clause]
        phrases.add(plain_phrase(words, LEFT_OUT) or line(words))
    return sorted(phrases)


def line(words: Iterable[str]) -> str:
    """The words, one space before and after each."""
    return f" {' '.join(words)} "


def clauses(text: str) -> Iterator[list[str]]:
    """The words between one stop or comma and the next, in lower case and without apostrophes."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    plain = re.sub(r"['\u2019\u2018`]", "", plain)
    plain = plain.replace("&", " and ").replace("c/o", " ").replace("/", " or ")
    plain = plain.replace("#", " fractured ")  # as staff write it
    left = MOST_WORDS
    for clause in re.split(r"[,.;:!?()\n]|\bbut\b", plain):
        words = re.findall(r"[a-z0-9]+", clause)[:left]
        left -= len(words)
        if words:
            yield words


def denials(words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Each word and whether the text denies it, with "no" put before whatever is denied."""
    left = 0  # words that are still denied
    between = denying = False
    for at, word in enumerate(words):
        if denies(word, words[at + 1 :]):
            yield "no", True
            left, between, denying = MOST_DENIED, True, True
        elif between and word in BETWEEN:
            continue
        elif denying and word == "or":
            yield "no", True
            left, between = MOST_DENIED, True
        elif word in ENDS_DENIAL or not left:
            left, between, denying = 0, False, False
            yield word, False
        else:
            left, between = left - 1, False
            yield word, True


def denies(word: str, following: Sequence[str]) -> bool:
    """Whether the word denies those after it."""
    what = next((each for each in following if each not in BETWEEN), "")
    if what in WRONG_WHEN_MISSING:
        return False
    if word in NOTS:
        return following[0] in DENIED_BY_NOT if following else False
    return word in DENYING


def readings(clauses: Clauses) -> Iterator[Clauses]:
    """The clauses with all their words, and without those that say only who and how."""
    yield clauses
    yield [[each for each in clause if each[0] not in FILLERS] for clause in clauses]


def said(clauses: Clauses) -> str:
    """The clauses in one line, a bar between them."""
    return f" {' | '.join(' '.join(word for word, _ in clause) for clause in clauses)} "


def told(clauses: Clauses) -> str:
    """What the clauses do not deny, in one line."""
    words = [word for clause in clauses for word, denied in clause if not denied]
    return f" {' '.join(words)} "


def lucene_words(written: Clauses, mended: Clauses, plain: Clauses) -> str:
    """The words as a full-text question: letters and digits, none of Lucene's operators.

    A word that says who or how, and a word that is denied, count a tenth; a mended word counts
    beside the word as it was written.
    """
    words: dict[str, float] = {}
    for clauses in (written, mended):
        for word, denied in (each for clause in clauses for each in clause):
            if not denied and word in WEAK:
                words[word] = WEAK_WEIGHT
            elif not denied and word not in FILLERS:
                words[word] = 1
            else:
                words.setdefault(word, 0.1)
    for word in (each for clause in plain for each, denied in clause if not denied):
        plain_word = word.removesuffix("~")
        if plain_word != word and plain_word not in WEAK:
            words.setdefault(plain_word, PLAIN_WEIGHT)
    return " ".join(
        word if weight == 1 else f"{word}^{weight}" for word, weight in words.items()
    )


@cache
def spellings() -> frozenset[str]:
    """The words whose spelling is known."""
    return words_in(SPELLINGS.read_text(encoding="utf-8"))


@cache
def well_spelt() -> frozenset[str]:
    """The words that are not to be mended."""
    return (
        spellings()
        | FILLERS
        | words_of_same()
        | words_in(ORDINARY.read_text(encoding="utf-8"))
    )


@cache
def sounds() -> dict[str, dict[str, str]]:
    """The known words of four letters or more, by their first sound and then by their sounds."""
    words: dict[str, dict[str, str]] = {}
    for word in sorted(spellings()):
        if len(word) >= 4:
            sound = sound_of(word)
            words.setdefault(sound[0], {}).setdefault(sound, word)
    return words


def sound_of(word: str) -> str:
    """The word with letters that sound alike made one, and doubled letters single."""
    sound = word.replace("ph", "f").replace("ck", "k").replace("x", "ks")
    sound = sound.translate(str.maketrans("cqyz", "kkis"))
    return re.sub(r"(.)\1+", r"\1", sound)


def mend(word: str) -> list[str]:
    """The word, or the known word or two that were probably meant.

    Two known words may be run together ("hayfever"). Else the known word that sounds nearest is meant, if
    it begins alike and is one letter off, or two for a word of eight letters or more. A word of four letters
    may only have two of them swapped, or an "s" too many.
    """
    if len(word) < 4 or not word.isalpha() or word in well_spelt():
        return [word]
    if has_plainer(word):
        return [word]
    for at in range(3, len(word) - 2):
        if {word[:at], word[at:]} <= spellings():
            return [word[:at], word[at:]]
    sound = sound_of(word)
    known = sounds().get(sound[0], {})
    most = 1 if len(word) < 8 else 2
    found = extract(
        sound, known.keys(), scorer=OSA.distance, score_cutoff=most, limit=20
    )
    if not found:
        return [word]
    # Of those equally near the one that begins most alike: "strok" is "stroke", not "stock".
    near, _, _ = min(
        found, key=lambda each: (each[1], -Prefix.similarity(sound, each[0]))
    )
    nearest = known[near]
    if len(word) == 4 and sorted(nearest) != sorted(word) and f"{nearest}s" != word:
        return [word]
    return [nearest]
