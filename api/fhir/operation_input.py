"""The Parameters of $find-referral-options, read into a referral case."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from math import floor
from typing import Any

from api.doors import BadParameter
from api.fhir.terms import NEED, SERVICE_TYPE
from api.fhir.values import shown, token
from graph_model.cases import Case
from graph_model.matching.case import DAYS_IN_A_MONTH, DAYS_IN_A_YEAR, ROLES
from graph_model.matching.refusals import REASONS, Refused
from graph_model.places import PlaceQuestion

SEX_OF = {"male": "MALE", "female": "FEMALE", "other": "INDETERMINATE"}
DAYS_IN = {"d": 1.0, "wk": 7.0, "mo": DAYS_IN_A_MONTH, "a": DAYS_IN_A_YEAR}
OLDEST_DAYS = 130 * DAYS_IN_A_YEAR
LONGEST = 500

# The inputs by name: FHIR's type, and what each is. All but `refused` at most once.
INPUTS = {
    "postcode": ("string", "Where the person is: a postcode, a sector or a district."),
    "place": ("string", "Or the name of a place."),
    "near": ("string", "Or a point: latitude|longitude in degrees."),
    "need": ("Coding", f"What is needed, by a code of {NEED}."),
    "need-text": ("string", "Or in plain words."),
    "service-type": ("Coding", f"Or by a type of service, a code of {SERVICE_TYPE}."),
    "age": ("Quantity", "How old the person is, in d, wk, mo or a (UCUM)."),
    "gender": ("code", "male, female or other."),
    "gp-practice": ("string", "The ODS code of the practice of the person."),
    "referrer": ("code", f"Who asks: {', '.join(ROLES)}."),
    "at": ("dateTime", "When help is needed, with a time zone."),
    "as-of": ("date", "The day for which the directory is asked."),
    "within-km": ("decimal", "How far the person can go; 60 if left out."),
    "within-minutes": ("integer", "How soon after `at` the person is to be seen."),
    "count": ("integer", "How many options at most, 1 to 50; 10 if left out."),
    "refused": ("Parameters", "An option that was refused: parts service and reason."),
}


class Asked:
    """The inputs that were given, by name; each is read once, as what it has to be."""

    def __init__(self, parameters: list[tuple[str, Any]]) -> None:
        self.given: dict[str, list[Any]] = {}
        for name, value in parameters:
            if name not in INPUTS:
                raise BadParameter(
                    f"$find-referral-options takes no {shown(name)}. It takes "
                    f"{', '.join(INPUTS)}.",
                    "not-supported",
                )
            self.given.setdefault(name, []).append(value)
        for name, found in self.given.items():
            if name != "refused" and len(found) > 1:
                raise BadParameter(
                    f"{name} was given {len(found)} times. Give it once."
                )

    def one(self, name: str, read: Callable[[Any], Any], allowed: str) -> Any:
        """The value of an input, None where it was not given. Raises BadParameter."""
        value = self.given.get(name, [None])[0]
        if value is None:
            return None
        try:
            return read(value)
        except (ValueError, TypeError, KeyError, InvalidOperation, OverflowError):
            raise BadParameter(
                f"{name} is {shown(str(value))}. Give {allowed}."
            ) from None


def case_of(parameters: list[tuple[str, Any]]) -> tuple[Case, date | None, int]:
    """The case, the day and how many options are asked for. Raises BadParameter."""
    asked = Asked(parameters)
    kilometres = asked.one("within-km", number, "a number of kilometres")
    latitude, longitude = asked.one("near", point, "latitude|longitude") or (None, None)
    case = Case(
        place=PlaceQuestion(
            postcode=asked.one("postcode", text, "a postcode"),
            name=asked.one("place", text, "a name"),
            latitude=latitude,
            longitude=longitude,
        ),
        need_code=asked.one("need", code, "a code of a need"),
        need_text=asked.one("need-text", text, "some words, at most 500 characters"),
        service_type=asked.one("service-type", code, "a code of a type of service"),
        age_days=asked.one("age", age, "a value with the unit d, wk, mo or a"),
        sex=asked.one("gender", lambda each: SEX_OF[each], "male, female or other"),
        gp_practice=asked.one("gp-practice", practice, "an ODS code"),
        referrer=asked.one("referrer", role, f"one of {', '.join(ROLES)}"),
        at=asked.one("at", moment, "a moment with its time zone"),
        within_km=60.0 if kilometres is None else kilometres,
        within_minutes=asked.one("within-minutes", whole, "a number of minutes"),
        refused=tuple(refused(each) for each in asked.given.get("refused", [])),
    )
    day = asked.one("as-of", date.fromisoformat, "a day such as 2016-11-30")
    return case, day, asked.one("count", how_many, "1 to 50") or 10


def text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError(value)
    return value


def code(value: Any) -> str:
    """The code of a Coding, a CodeableConcept, or a token in an address."""
    if isinstance(value, dict):
        found = value.get("coding", [value])[0]
        return text(found["code"])
    return text(token(value)[1])


def practice(value: Any) -> str:
    """An ODS code, as it is or as an Identifier."""
    return text(value["value"] if isinstance(value, dict) else token(value)[1])


def role(value: Any) -> str:
    if value not in ROLES:
        raise ValueError(value)
    return value


def point(value: str) -> tuple[float, float]:
    latitude, longitude = value.split("|")
    return float(latitude), float(longitude)


def age(value: Any) -> int:
    """An age in whole days, of a Quantity or, in an address, `number|system|unit`."""
    if isinstance(value, dict):
        amount, unit = value["value"], value.get("code") or value.get("unit") or "a"
    else:
        amount, _, rest = value.partition("|")
        unit = rest.rpartition("|")[2] or "a"
    days = floor(float(Decimal(str(amount))) * DAYS_IN[unit])
    if not 0 <= days <= OLDEST_DAYS:
        raise ValueError(value)
    return days


def moment(value: str) -> datetime:
    at = datetime.fromisoformat(value)
    if at.tzinfo is None:
        raise ValueError(value)
    return at.astimezone(UTC)


def number(value: Any) -> float:
    return float(Decimal(str(value)))


def whole(value: Any) -> int:
    return int(str(value)[:12])  # "True" is no number


def how_many(value: Any) -> int:
    found = whole(value)
    if not 1 <= found <= 50:
        raise ValueError(value)
    return found


def refused(value: Any) -> Refused:
    """An option that was refused: `{service, reason}`, or `service|reason` in an address."""
    if not isinstance(value, dict):
        service, _, reason = str(value).partition("|")
        value = {"service": service, "reason": reason}
    service, reason = value.get("service") or "", value.get("reason") or ""
    if isinstance(service, dict):
        service = service.get("reference") or ""
    by_number = {str(number): name for name, (number, _) in REASONS.items()}
    name = by_number.get(str(reason), str(reason))
    if not service or name not in REASONS:
        raise BadParameter(
            f"refused names the service {shown(str(service))} and the reason "
            f"{shown(str(reason))}. Give a HealthcareService and one of {', '.join(REASONS)}."
        )
    return Refused(str(service).rpartition("/")[2][:200], name)


def parameters_of(resource: Any) -> list[tuple[str, Any]]:
    """The names and values of a Parameters resource. Raises BadParameter."""
    wrong = BadParameter(
        'The body is no Parameters resource. Send JSON such as {"resourceType": '
        '"Parameters", "parameter": [{"name": "postcode", "valueString": "CV21"}]}.',
        "structure",
    )
    if not isinstance(resource, dict) or resource.get("resourceType") != "Parameters":
        raise wrong
    listed = resource.get("parameter", [])
    if not isinstance(listed, list) or len(listed) > 50:
        raise wrong
    found: list[tuple[str, Any]] = []
    for each in listed:
        if not isinstance(each, dict) or not isinstance(each.get("name"), str):
            raise wrong
        if isinstance(each.get("part"), list):
            found.append((each["name"], dict(parts(each["part"], wrong))))
            continue
        found.append((each["name"], value_of(each, wrong)))
    return found


def parts(listed: list[Any], wrong: BadParameter) -> list[tuple[str, Any]]:
    if not all(isinstance(each, dict) and "name" in each for each in listed):
        raise wrong
    return [(each["name"], value_of(each, wrong)) for each in listed]


def value_of(parameter: dict[str, Any], wrong: BadParameter) -> Any:
    """The one `value[x]` of a parameter."""
    values = [value for name, value in parameter.items() if name.startswith("value")]
    if len(values) != 1:
        raise wrong
    return values[0]
