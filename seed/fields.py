"""What a field of the seed may contain: dates, bounds, codes, references, choices."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationInfo,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_after_validator_function

from graph_model.matching.hours import NotHours, rules_of
from graph_model.rows import OPEN_END, OPEN_START

UNITED_KINGDOM = "K02000001"


def refusal(found: str, allowed: str) -> PydanticCustomError:
    """The error of a value that is not allowed: what was found, what is allowed."""
    return PydanticCustomError("refusal", "{why}", {"why": (found, allowed)})


def day(value: object) -> date:
    """The date that is written as YYYY-MM-DD."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise refusal(f"{value!r} is not a date", "write YYYY-MM-DD, such as 2016-11-30")


def beginning(value: object) -> date:
    """The start of a period: a date, or OPEN where it has always been."""
    return OPEN_START if value == "OPEN" else day(value)


def end(value: object) -> date:
    """The end of a period, the first day after it; OPEN where it is known to go on."""
    return OPEN_END if value == "OPEN" else day(value)


def day_month_or_year(value: str) -> str:
    """An ISO 8601 date of the precision that is known: 2016, 2016-11 or 2016-11-30."""
    try:
        if re.fullmatch(r"\d{4}(-\d{2}){0,2}", value):
            date.fromisoformat(f"{value}-01-01"[:10])
            return value
    except ValueError:
        pass
    raise refusal(
        f"{value!r} is not a date", "write YYYY-MM-DD, YYYY-MM or YYYY, as is known"
    )


def after(start: str) -> AfterValidator:
    """The rule that a period ends after `start`, the field in which it begins."""

    def in_order(value: date, info: ValidationInfo) -> date:
        begun = info.data.get(start)
        if begun is not None and value <= begun:
            raise refusal(
                f"{value} is not after {start.rstrip('_')}, {begun}",
                "a period ends on the first day on which it no longer holds",
            )
        return value

    return AfterValidator(in_order)


def precision_of(bound: str) -> AfterValidator:
    """The rule that a month or a year is written as the first day of it."""

    def first_of_it(value: str, info: ValidationInfo) -> str:
        known: date | None = info.data.get(bound)
        if known is None:
            raise refusal(f"{value} without a date", f"write the date in {bound}")
        if (value == "MONTH" and known.day != 1) or (
            value == "YEAR" and (known.month, known.day) != (1, 1)
        ):
            raise refusal(
                f"{value} with {known}",
                f"write the first day of the {value.lower()} in {bound}",
            )
        return value

    return AfterValidator(first_of_it)


def of_seed(kind: str) -> AfterValidator:
    """The rule that a value names a record of this kind, anywhere in the seed."""

    def known(value: str, info: ValidationInfo) -> str:
        assert info.context is not None
        return info.context.resolve(kind, value)

    return AfterValidator(known)


def listed(value: object) -> object:
    """A single word as a list of one, so that ALL stands where a list may stand."""
    return [value] if isinstance(value, str) else value


def alone(word: str) -> AfterValidator:
    """The rule that this word, which means all, stands alone."""

    def only(values: list[str]) -> list[str]:
        if word in values and len(values) > 1:
            raise refusal(f"{word} among others", f"write {word}, or a list without it")
        return values

    return AfterValidator(only)


@dataclass(frozen=True)
class Pattern:
    """The rule that a text has this form; a published schema shows it."""

    regex: str
    description: str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return no_info_after_validator_function(self.formed, handler(source))

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(core_schema), "pattern": f"^{self.regex}$"}

    def formed(self, value: str) -> str:
        if not re.fullmatch(self.regex, value):
            raise refusal(f"{value!r}", self.description)
        return value


def hours(lines: list[str]) -> list[str]:
    """Lines of opening hours (graph_model/matching/hours.py), each day once."""
    try:
        rules_of(lines)
    except NotHours as error:
        raise refusal(error.found, error.allowed) from None
    return lines


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[
    Text,
    Pattern(
        r"[a-z0-9]+(-[a-z0-9]+)*",
        "a slug has lower-case letters and digits, and single hyphens between them",
    ),
]
OdsCode = Annotated[
    Text, Pattern(r"[A-Z0-9]{3,10}", "an ODS code has 3 to 10 capitals and digits")
]
AreaCode = Annotated[
    Text,
    Pattern(
        r"[EWSNK]\d{8}",
        "the code of an area is a letter of E, W, S, N, K and 8 digits: E38000038",
    ),
]
District = Annotated[
    Text, Pattern(r"[A-Z]{1,2}\d[A-Z\d]?", "a district is written as CV21")
]
Sector = Annotated[
    Text, Pattern(r"[A-Z]{1,2}\d[A-Z\d]? \d", "a sector is written as CV21 2")
]
Postcode = Annotated[
    Text,
    Pattern(r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}", "a postcode is written as CV21 2AA"),
]
Telephone = Annotated[
    Text,
    Pattern(r"\+?\d[\d ]+", "a telephone number has digits, and spaces between them"),
]
Website = Annotated[
    Text, Pattern(r"https?://\S+", "an address starts with https:// or http://")
]
Day = Annotated[date, BeforeValidator(day)]
From = Annotated[
    date, BeforeValidator(beginning, json_schema_input_type=date | Literal["OPEN"])
]
To = Annotated[
    date, BeforeValidator(end, json_schema_input_type=date | Literal["OPEN"])
]
PartialDate = Annotated[Text, AfterValidator(day_month_or_year)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]

SourceOf = Annotated[Text, of_seed("sources")]
OrganisationOf = Annotated[Text, of_seed("organisations")]
AreaOf = Annotated[Text, of_seed("areas")]
NeedOf = Annotated[Text, of_seed("needs")]
TypeOf = Annotated[Text, of_seed("service_types")]
LocationOf = Annotated[Text, of_seed("locations")]
ServiceOf = Annotated[Text, of_seed("services")]
ContractOf = Annotated[Text, of_seed("contracts")]
AllianceOf = Annotated[Text, of_seed("alliances")]
CareModelOf = Annotated[Text, of_seed("care_models")]

Precision = Literal["DAY", "MONTH", "YEAR"]
Certainty = Literal["STATED", "DERIVED", "INFERRED"]
OrganisationKind = Literal[
    "CCG",
    "SUB_ICB_LOCATION",
    "ICB",
    "NHS_TRUST",
    "GP_PRACTICE",
    "GP_FEDERATION",
    "INDEPENDENT_PROVIDER",
    "VOLUNTARY_SECTOR",
    "LOCAL_AUTHORITY",
    "PARTNERSHIP",
    "NATIONAL_BODY",
]
AreaKind = Literal["CCG", "LOCAL_AUTHORITY", "COUNTY", "COUNTRY"]
ServiceStatus = Literal["PLANNED", "ACTIVE", "SUSPENDED", "CLOSED"]
ContractStatus = Literal[
    "PLANNED",
    "IN_PROCUREMENT",
    "PROCUREMENT_STOPPED",
    "AWARDED",
    "LIVE",
    "VARIED",
    "ENDED",
]
Sex = Literal["FEMALE", "MALE", "INDETERMINATE"]
Referrer = Literal[
    "PATIENT",
    "GP",
    "PARAMEDIC",
    "NHS_111",
    "CLINICAL_HUB",
    "COMMUNITY_NURSE",
    "SOCIAL_WORKER",
    "MENTAL_HEALTH_PROFESSIONAL",
    "HOSPITAL",
    "CARE_HOME",
]
CriterionKind = Literal[
    "ACTIVE",
    "NEED",
    "DISTANCE",
    "AREA",
    "AGE",
    "SEX",
    "REFERRER",
    "GP_PRACTICE",
    "OPENING",
    "CAPACITY",
    "CONTRACT",
]
AcceptsFrom = Annotated[
    list[Literal["ANYONE", Referrer]],
    BeforeValidator(listed),
    Field(min_length=1),
    alone("ANYONE"),
]
Sexes = Annotated[
    list[Literal["ALL", Sex]],
    BeforeValidator(listed),
    Field(min_length=1),
    alone("ALL"),
]
Opening = Annotated[
    list[Text], BeforeValidator(listed), Field(min_length=1), AfterValidator(hours)
]
# "ANY" has the form of an ODS code, and no organisation has it.
GpPractices = Annotated[
    list[OdsCode], BeforeValidator(listed), Field(min_length=1), alone("ANY")
]
