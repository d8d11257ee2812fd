"""Postcodes as people write them, and those that stand for no place in Great Britain."""

import re
import unicodedata
from collections.abc import Iterator

from graph_model.errors import BadUserInput, PlaceNotCovered, PlaceNotLocated

# BS 7666: the shapes of a postcode's first half, A for a letter and 9 for a digit.
OUTWARD_SHAPES = ("A9", "A99", "AA9", "AA99", "A9A", "AA9A")
INWARD_SHAPE = "9AA"
# What is written for another sign: letter for figure, figure for letter.
AS_DIGIT = {"O": "0", "I": "1", "L": "1"}
AS_LETTER = {"0": "O", "1": "I"}

# Only districts of inner London have a letter after the figure, and none of these.
LETTERED = re.compile(r"(E|N|W|EC|NW|SE|SW|WC)[0-9][A-HJKM-NP-Z]")

AREAS = (
    " AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH "
    "DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV "
    "JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE "
    "PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ "
    "TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE "
)

FOR_POST_ONLY = {
    "GIR": "the former Girobank",
    "BX": "post of banks and public bodies that have no one place",
    "BF": "the British Forces Post Office",
    "BFPO": "the British Forces Post Office",
}
ELSEWHERE = {
    "JE": "Jersey",
    "GY": "Guernsey, Alderney or Sark",
    "IM": "the Isle of Man",
    "GX": "Gibraltar",
    "AI": "Anguilla",
    "MSR": "Montserrat",
    "VG": "the British Virgin Islands",
    "ASCN": "Ascension Island",
    "BBND": "the British Indian Ocean Territory",
    "BIQQ": "the British Antarctic Territory",
    "FIQQ": "the Falkland Islands",
    "PCRN": "the Pitcairn Islands",
    "SIQQ": "South Georgia and the South Sandwich Islands",
    "STHL": "Saint Helena",
    "TDCU": "Tristan da Cunha",
    "TKCA": "the Turks and Caicos Islands",
}
# The territories' postcodes have four letters before the space, or figures alone after the letters.
TERRITORY = re.compile(r"([A-Z]{4})[0-9O][A-Z]{2}|(AI|MSR|VG)[0-9]{4}")


def postcode_codes(postcode: str) -> list[str]:
    """The postcode, its sector and its district, the most exact first.

    Takes a whole postcode, a sector or a district in any case and spacing, with O or I for 0 or 1 and the other way
    round: "cv21 2aa", "CV21 2", "CV21", "CV2I 2AA". Raises BadUserInput for what cannot be one, PlaceNotLocated for
    one that is for post only, PlaceNotCovered for one outside the United Kingdom.
    """
    plain = unicodedata.normalize("NFKC", postcode).upper()  # full-width signs too
    words = [re.sub(r"[^A-Z0-9]", "", word) for word in plain.split()]
    compact = "".join(words)
    refuse_what_is_no_place_here(postcode, compact)
    for outward, inward in halves(words, compact):
        if codes := codes_of(outward, inward):
            refuse_what_is_no_place_here(postcode, codes[-1])
            return codes
    raise BadUserInput(
        f"{postcode[:40]!r} is not a postcode. Write a whole one such as 'CV21 2AA', "
        "a sector such as 'CV21 2', or a district such as 'CV21'."
    )


def unit_code(postcode: str) -> str | None:
    """A whole postcode of a file in the one form that the graph has, or None where it is none."""
    compact = postcode.replace(" ", "").upper()
    if not UNIT.fullmatch(compact):
        return None
    return f"{compact[:-3]} {compact[-3:]}"


UNIT = re.compile(r"(GIR|[A-Z]{1,2}[0-9][0-9A-Z]?)[0-9][A-Z]{2}")


def halves(words: list[str], compact: str) -> Iterator[tuple[str, str]]:
    """The ways to part what was written into two halves: a space may be missing or misplaced."""
    if len(compact) >= 5:
        yield compact[:-3], compact[-3:]
    if len(words) > 1:
        yield words[0], "".join(words[1:])
    yield compact, ""
    # A sector without its space, where it is no district: "CV212", not "CV21".
    if len(words) == 1:
        yield compact[:-1], compact[-1:]


def codes_of(outward: str, inward: str) -> list[str]:
    """The codes of two halves, none where they are none of a postcode."""
    district = shaped_outward(outward)
    if district is None:
        return []
    if not inward:
        return [district]
    if len(inward) == 1:
        digit = shaped(inward, "9")
        return [f"{district} {digit}", district] if digit else []
    unit = shaped(inward, INWARD_SHAPE)
    if unit is None:
        return []
    return [f"{district} {unit}", f"{district} {unit[0]}", district]


def shaped_outward(outward: str) -> str | None:
    """The first half as it must be meant: as it is written, or else with the fewest signs changed."""
    found = [
        meant
        for shape in OUTWARD_SHAPES
        if (meant := shaped(outward, shape)) and is_a_district(meant)
    ]
    if outward in found:
        return outward
    known = [meant for meant in found if f" {letters_of(meant)} " in AREAS]
    return min(known, key=lambda meant: changes(outward, meant), default=None)


def is_a_district(meant: str) -> bool:
    """No district of two figures begins with 0 (S01 is SO1), and few end with a letter."""
    if meant[-1].isalpha():
        return LETTERED.fullmatch(meant) is not None
    return re.fullmatch(r"[A-Z]+0\d", meant) is None


def shaped(written: str, shape: str) -> str | None:
    """The signs as letters (A) and figures (9), where they can be read as such."""
    if len(written) != len(shape):
        return None
    signs = [
        sign
        if (sign.isdigit() if kind == "9" else sign.isalpha())
        else (AS_DIGIT if kind == "9" else AS_LETTER).get(sign)
        for sign, kind in zip(written, shape, strict=True)
    ]
    return "".join(sign for sign in signs if sign) if all(signs) else None


def changes(written: str, meant: str) -> int:
    return sum(one != other for one, other in zip(written, meant, strict=True))


def letters_of(outward: str) -> str:
    """The letters with which a postcode begins: its area."""
    return re.split(r"\d", outward, maxsplit=1)[0]


def refuse_what_is_no_place_here(given: str, compact: str) -> None:
    """Raises PlaceNotLocated for post without a place, PlaceNotCovered for other countries."""
    territory = TERRITORY.fullmatch(compact)
    area = (territory[1] or territory[2]) if territory else letters_of(compact)
    if what := FOR_POST_ONLY.get(area):
        raise PlaceNotLocated(
            f"{given.strip()[:40]!r} is for post only ({what}), so it says nothing of where "
            "somebody is. Give the postcode of their home, a town or a point. Where a life "
            "may be at risk, call 999."
        )
    if where := ELSEWHERE.get(area):
        raise PlaceNotCovered(
            f"{given.strip()[:40]!r} is in {where}, which has health services of its own: this "
            "directory has none of them. Give a place in England, or ask the services "
            "there. Where a life may be at risk, call 999 or the emergency number there."
        )
