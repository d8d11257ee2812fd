"""How the parts of an address are read: the DoS has every parameter in the path, 0 where it is not given."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import floor
from typing import Any

from api.doors import BadParameter
from api.dos.search import KM_IN_A_MILE
from graph_model.cases import GP_PRACTICE_CODE
from graph_model.matching.case import DAYS_IN_A_YEAR

LONGEST = 100  # signs of a part
NOT_GIVEN = "0"
USUAL_MILES, MOST_MILES = 37.5, 100
USUAL_EACH, MOST_EACH = 5, 50
MOST_TYPES = 20
LARGEST = 2**31 - 1
OLDEST = 129  # years
# The DoS's age groups, in years: the youngest, and how old nobody is any more.
AGE_GROUPS = {
    4: (0, 1),
    3: (1, 5),
    2: (5, 16),
    1: (16, OLDEST + 1),
    8: (65, OLDEST + 1),
}
SEX_OF = {"M": "MALE", "F": "FEMALE", "I": "INDETERMINATE"}
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ODS_CODE = re.compile(r"[A-Za-z0-9]{3,12}")


@dataclass
class Asked:
    """What a request asks for, as far as it can be read without the directory."""

    postcode: str = ""
    km: float = USUAL_MILES * KM_IN_A_MILE
    by_default: bool = True  # the distance was not given
    practice: str | None = None  # ODS code
    practice_id: int | None = None
    ages: tuple[int, int] | None = None
    sex: str | None = None
    combination: tuple[int, int] | None = None  # symptom group and discriminator
    need: str | None = None
    types: tuple[str, ...] = ()
    each: int = USUAL_EACH
    ods_code: str = ""
    dos_id: int = 0


@dataclass(frozen=True)
class Parameter:
    """A part of an address: what it is, JSON Schema's word of its values, what reads one, and whether 0 leaves it out."""

    words: str
    schema: Mapping[str, Any]
    read: Callable[[Asked, str], None]
    optional: bool = True


def asked_of(given: Mapping[str, str], parameters: Mapping[str, Parameter]) -> Asked:
    """What these parts ask for. Raises BadParameter."""
    asked = Asked()
    for name, parameter in parameters.items():
        value = given[name].strip()
        if parameter.optional and value == NOT_GIVEN:
            continue
        if len(value) > LONGEST:
            raise BadParameter(
                f"{name} is too long. Give at most {LONGEST} characters."
            )
        try:
            parameter.read(asked, value)
        except BadParameter as error:
            raise BadParameter(f"{name} is {value[:80]!r}. {error}") from None
    return asked


def age_group(group: int) -> tuple[int, int]:
    """The youngest and the oldest of an age group in days."""
    low, high = AGE_GROUPS[group]
    return floor(low * DAYS_IN_A_YEAR), floor(high * DAYS_IN_A_YEAR) - 1


def whole(low: int, high: int, value: str) -> int:
    if not (value.isascii() and value.isdigit() and low <= int(value[:12]) <= high):
        raise BadParameter(f"Give a whole number from {low} to {high}.")
    return int(value)


def ignored(asked: Asked, value: str) -> None:
    """A reference of the caller's own, or what the DoS does not look at either."""


def postcode(asked: Asked, value: str) -> None:
    asked.postcode = value


def distance(asked: Asked, value: str) -> None:
    try:
        miles = float(value)
    except ValueError:
        miles = -1.0
    if not 0 < miles <= MOST_MILES:
        raise BadParameter(
            f"Give miles, more than 0 and at most {MOST_MILES}, or 0 for {USUAL_MILES}."
        )
    asked.km, asked.by_default = miles * KM_IN_A_MILE, False


def practice(asked: Asked, value: str) -> None:
    if GP_PRACTICE_CODE.fullmatch(value.upper()):
        asked.practice = value.upper()
        return
    try:
        asked.practice_id = whole(1, LARGEST, value)
    except BadParameter:
        raise BadParameter(
            "Give the practice's number in the DoS, or its ODS code, such as M84001."
        ) from None


def age(asked: Asked, value: str) -> None:
    if value not in map(str, AGE_GROUPS):
        raise BadParameter(
            f"Give an age group: {', '.join(map(str, AGE_GROUPS))}, or 0."
        )
    asked.ages = age_group(int(value))


def gender(asked: Asked, value: str) -> None:
    if value not in SEX_OF:
        raise BadParameter(f"Give {', '.join(SEX_OF)} or 0.")
    asked.sex = SEX_OF[value]


def clinical_term(asked: Asked, value: str) -> None:
    group, sign, discriminator = value.partition("=")
    if sign:
        asked.combination = whole(1, LARGEST, group), whole(1, LARGEST, discriminator)
        return
    if not CODE.fullmatch(value):
        raise BadParameter(
            "Give a symptom group and a discriminator, such as 9001=7001, or the code of a "
            "need, such as minor-injury."
        )
    asked.need = value


def service_types(asked: Asked, value: str) -> None:
    codes = value.split(",")
    if len(codes) > MOST_TYPES or not all(
        re.fullmatch(r"-?[0-9]{1,4}", code) for code in codes
    ):
        raise BadParameter(
            f"Give the numbers of at most {MOST_TYPES} types of service, with commas: 13,25."
        )
    asked.types = tuple(dict.fromkeys(codes))


def each(asked: Asked, value: str) -> None:
    asked.each = whole(1, MOST_EACH, value)


def ods_code(asked: Asked, value: str) -> None:
    if not ODS_CODE.fullmatch(value):
        raise BadParameter(
            "Give an ODS code: 3 to 12 letters and digits, such as RKB01."
        )
    asked.ods_code = value.upper()


def dos_id(asked: Asked, value: str) -> None:
    asked.dos_id = whole(1, LARGEST, value)
