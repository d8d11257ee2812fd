"""The case of a CheckCapacitySummary, read by the DoS's rules of version 1.5."""

from dataclasses import dataclass
from datetime import datetime
from math import floor
from typing import Any
from xml.etree.ElementTree import Element

from api.dos import faults
from api.dos.faults import DosFault
from api.dos.parameters import AGE_GROUPS, LARGEST, LONGEST, SEX_OF, age_group
from api.dos.search import Sought
from api.dos.xml import child, local, words
from graph_model.cases import GP_PRACTICE_CODE
from graph_model.dos_codes import (
    DosCodesRow,
    discriminator_key,
    disposition_key,
    group_key,
)
from graph_model.errors import DirectoryError
from graph_model.matching.case import DAYS_IN_A_MONTH, DAYS_IN_A_YEAR
from graph_model.matching.opening import LONDON
from graph_model.postcodes import postcode_codes

NATIONAL_KM, MOST_KM = 60, 99
MOST_DISCRIMINATORS = 20
# The lowest and the highest value of each way to give an age, and how many days one is.
AGES = {
    "Days": (0, 31, 1.0),
    "Months": (1, 23, DAYS_IN_A_MONTH),
    "Years": (2, 129, DAYS_IN_A_YEAR),
}
YEARS = range(1948, 2101)  # the NHS began in 1948
NOT_GIVEN = {"", "UNK"}  # of a surgery
SOURCES = ("Postcode", "Sector", "District")


@dataclass(frozen=True)
class SoapCase:
    """What a request says, before anything is known of its codes. `age_days` is as the DoS counts; None for a group."""

    postcode: str
    codes: list[
        str
    ]  # the postcode, its sector and its district, as far as they are given
    practice: str | None
    age_days: float | None
    ages: tuple[int, int] | None
    group: int
    discriminators: list[int]
    disposition: int | None
    km: int | None
    forced: bool
    sex: str | None
    at: datetime | None

    @property
    def keys(self) -> list[str]:
        """The keys of the codes that the case names."""
        keys = [group_key(self.group)]
        keys += [discriminator_key(self.group, each) for each in self.discriminators]
        if self.disposition is not None:
            keys.append(disposition_key(self.disposition))
        return keys


@dataclass(frozen=True)
class Distance:
    """How far is searched, whose distance that is, and why."""

    km: int
    source: str
    why: str


@dataclass(frozen=True)
class Meant:
    """What a case means: what is sought, how far, and what there is to say of its codes."""

    sought: Sought
    distance: Distance
    disposition: str


def soap_case(case: Element | None) -> SoapCase:
    """What a request says. Raises DosFault."""
    if case is None:
        raise DosFault(faults.MALFORMED, "There is no case. Send it in the element c.")
    age_days, ages = age_of(text(case, "age"), text(case, "ageFormat"))
    postcode = text(case, "postcode")
    if postcode is None:
        raise DosFault(faults.POSTCODE, "The postcode is missing. Give one.")
    try:
        codes = postcode_codes(postcode)
    except DirectoryError as error:
        raise DosFault(faults.POSTCODE, str(error)) from None
    km, forced = distance_of(case)
    disposition = text(case, "disposition")
    return SoapCase(
        postcode,
        codes,
        practice_of(text(case, "surgery")),
        age_days,
        ages,
        number(text(case, "symptomGroup"), faults.GROUP, "symptomGroup"),
        discriminators_of(child(case, "symptomDiscriminatorList")),
        None
        if disposition in (None, "0")
        else number(disposition, faults.DISPOSITION, "disposition"),
        km,
        forced,
        sex_of(text(case, "gender")),
        moment_of(text(case, "searchDateTime")),
    )


def text(case: Element, name: str) -> str | None:
    value = words(child(case, name))
    if value is not None and len(value) > LONGEST:
        raise DosFault(
            faults.MALFORMED,
            f"{name} is too long. Give at most {LONGEST} characters.",
        )
    return value


def number(value: str | None, fault: int, name: str) -> int:
    if value is None or not (value.isascii() and value.isdigit()):
        raise DosFault(
            fault, f"{name} is {value and value[:20]!r}. Give a whole number."
        )
    if int(value[:12]) > LARGEST:
        raise DosFault(fault, f"{name} is {value[:20]}. Give at most {LARGEST}.")
    return int(value[:12])


def age_of(
    value: str | None, format_: str | None
) -> tuple[float | None, tuple[int, int] | None]:
    """The age in days, or the bounds of an age group."""
    if format_ not in {*AGES, "AgeGroup"}:
        raise DosFault(
            faults.AGE_FORMAT,
            f"ageFormat is {format_!r}. Give Years, Months, Days or AgeGroup.",
        )
    age = number(value, faults.AGE, "age")
    if format_ == "AgeGroup":
        if age not in AGE_GROUPS or age == 8:  # which is of REST alone
            raise DosFault(
                faults.AGE_IN[format_], f"The age group is {age}. Give 1, 2, 3 or 4."
            )
        return None, age_group(age)
    low, high, days = AGES[format_ or ""]
    if not low <= age <= high:
        raise DosFault(
            faults.AGE_IN[format_ or ""],
            f"The age is {age} {format_}. Give {low} to {high}.",
        )
    return age * days, None


def practice_of(surgery: str | None) -> str | None:
    code = (surgery or "").upper()
    if code in NOT_GIVEN:
        return None
    if not GP_PRACTICE_CODE.fullmatch(code):
        raise DosFault(
            faults.MALFORMED,
            f"surgery is {surgery!r}. Give the ODS code of a GP practice, such as M84001, or UNK.",
        )
    return code


def discriminators_of(listed: Element | None) -> list[int]:
    """The discriminators, each once."""
    found = [
        number(words(each), faults.DISCRIMINATORS, "A discriminator")
        for each in (listed if listed is not None else [])
        if local(each) == "int"
    ]
    if not 1 <= len(found) <= MOST_DISCRIMINATORS:
        raise DosFault(
            faults.DISCRIMINATORS,
            f"There are {len(found)} discriminators. Give 1 to {MOST_DISCRIMINATORS}.",
        )
    return list(dict.fromkeys(found))


def distance_of(case: Element) -> tuple[int | None, bool]:
    """The distance that is asked for, and whether it goes before all others."""
    value, force = text(case, "searchDistance"), text(case, "forceSearchDistance")
    if force not in (None, "true", "false", "1", "0"):
        raise DosFault(
            faults.MALFORMED, f"forceSearchDistance is {force!r}. Give true or false."
        )
    forced = force in ("true", "1")
    if value is None:
        if forced:
            raise DosFault(
                faults.NO_DISTANCE,
                "forceSearchDistance is true. Give a searchDistance.",
            )
        return None, False
    km = number(value, faults.DISTANCE, "searchDistance")
    if not 1 <= km <= MOST_KM:
        raise DosFault(
            faults.DISTANCE, f"searchDistance is {km} km. Give 1 to {MOST_KM}."
        )
    return km, forced


def sex_of(gender: str | None) -> str | None:
    if gender is not None and gender not in SEX_OF:
        raise DosFault(
            faults.GENDER, f"gender is {gender!r}. Give {', '.join(SEX_OF)}."
        )
    return SEX_OF[gender] if gender else None


def moment_of(value: str | None) -> datetime | None:
    """The moment for which is searched; by the clocks of England where it has no offset."""
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(value)
        local_time = (at if at.tzinfo else at.replace(tzinfo=LONDON)).astimezone(LONDON)
    except (ValueError, OverflowError):
        local_time = None
    if local_time is None or local_time.year not in YEARS:
        raise DosFault(
            faults.MALFORMED,
            f"searchDateTime is {value!r}. Give a moment such as 2016-11-30T18:30:00+00:00, in "
            f"the years from {YEARS[0]} to {YEARS[-1]}.",
        )
    return local_time


def meant_by(case: SoapCase, found: DosCodesRow) -> Meant:
    """What a case means, by the codes that are loaded. Raises DosFault."""
    codes = {each["key"]: each for each in found["codes"]}
    load = "" if found["kinds"] else " Load yours with `signpost import dos-codes`."
    group = codes.get(group_key(case.group))
    if group is None:
        raise DosFault(
            faults.GROUP, f"No symptom group {case.group} is loaded here.{load}"
        )
    valid = [
        codes[key]
        for each in case.discriminators
        if (key := discriminator_key(case.group, each)) in codes
    ]
    if not valid:
        raise DosFault(
            faults.DISCRIMINATORS,
            f"None of the discriminators is one of the symptom group {case.group}.",
        )
    needs = {
        need["code"]: need for each in valid for need in each["needs"] or group["needs"]
    }
    if not needs:
        raise DosFault(
            faults.GROUP,
            f"The symptom group {case.group} is loaded without a need that it means.",
        )
    minutes, types, disposition = disposition_of(case, codes, found["kinds"])
    distance = distance_used(case, found)
    sought = Sought(
        case.postcode,
        distance.km,
        needs=list(needs.values()),
        types=types,
        age_days=None if case.age_days is None else floor(case.age_days),
        ages=case.ages,
        sex=case.sex,
        practice=case.practice,
        at=case.at,
        # None would be: nobody said when. The DoS always searches for a moment.
        within_minutes=minutes or 0,
    )
    return Meant(sought, distance, disposition)


def disposition_of(
    case: SoapCase, codes: dict[str, Any], kinds: list[str]
) -> tuple[int | None, list[str], str]:
    """The time frame in minutes, the types of service, and words of where they come from."""
    if case.disposition is None:
        return (
            None,
            [],
            "No disposition was given: what is open within an hour is sought.",
        )
    code = codes.get(disposition_key(case.disposition))
    if code is not None:
        minutes = code["within_minutes"]
        within = "at once" if not minutes else f"within {minutes} minutes"
        return minutes, code["types"], f"{code['name']}: {within}."
    if "DX" in kinds:
        raise DosFault(
            faults.DISPOSITION, f"No disposition {case.disposition} is loaded here."
        )
    words = (
        f"No dispositions are loaded here, so that the time frame of {case.disposition} is not "
        "known: what is open within an hour is sought, of any type."
    )
    return None, [], words


def distance_used(case: SoapCase, found: DosCodesRow) -> Distance:
    """The distance by the DoS's rule: forced, of the postcode, its sector or district, of the request, or national."""
    if case.forced and case.km is not None:
        return Distance(case.km, "Override", "the request forces it")
    stated = {each["code"]: each["km"] for each in found["distances"]}
    for code in case.codes:
        if code in stated:
            return Distance(stated[code], kind_of(code), f"it is stated for {code}")
    if case.km is not None:
        why = "the request asks for it, and none is stated for its postcode"
        return Distance(case.km, "Web Service", why)
    why = "neither the request nor its postcode has one"
    return Distance(NATIONAL_KM, "National", why)


def kind_of(code: str) -> str:
    """Whether a code is a postcode, a sector or a district."""
    inward = code.partition(" ")[2]
    return SOURCES[{3: 0, 1: 1, 0: 2}[len(inward)]]
