"""What callers give: places, needs and cases."""

from datetime import UTC, datetime
from math import floor
from typing import Any, TypedDict

import strawberry

from api.graphql.arguments import at_most
from api.graphql.types.person import AgeUnit, ReferrerRole, Sex
from api.graphql.types.refusal import RefusalReason
from graph_model.cases import Case
from graph_model.errors import BadUserInput
from graph_model.matching.refusals import Refused
from graph_model.places import PlaceQuestion
from graph_model.plans import PlanQuestion

# A month is 30.4375 days and a year 365.25, as in the NHS Directory of Services.
DAYS_IN = {AgeUnit.DAYS: 1.0, AgeUnit.MONTHS: 30.4375, AgeUnit.YEARS: 365.25}
OLDEST_YEARS = 130
DEFAULT_KM = 60.0


@strawberry.input(description="A point on the earth, WGS84.")
class PointInput:
    latitude: float = strawberry.field(description="Degrees north, from -90 to 90.")
    longitude: float = strawberry.field(
        description="Degrees east, from -180 to 180; negative in most of Britain."
    )


@strawberry.input(one_of=True, description="Where somebody is: exactly one of these.")
class PlaceInput:
    postcode: strawberry.Maybe[str] = strawberry.field(
        description='A postcode "CV21 2AA", a sector "CV21 2" or a district "CV21"; '
        "any case and spacing."
    )
    name: strawberry.Maybe[str] = strawberry.field(
        description='The name of a place, such as "Rugby".'
    )
    point: strawberry.Maybe[PointInput] = strawberry.field(description="A point.")


@strawberry.input(one_of=True, description="What is needed: exactly one of these.")
class NeedInput:
    code: strawberry.Maybe[str] = strawberry.field(description="A need's `code`.")
    text: strawberry.Maybe[str] = strawberry.field(
        description='Plain words: "my dad fell at home". At most 500 characters.'
    )
    service_type: strawberry.Maybe[str] = strawberry.field(
        description="A service type's `code`."
    )


@strawberry.input(description="How old somebody is.")
class AgeInput:
    value: int = strawberry.field(description="The age in whole units.")
    unit: AgeUnit | None = strawberry.field(
        default=AgeUnit.YEARS, description="The unit of `value`."
    )


@strawberry.input(description="An option of an earlier answer that was refused.")
class RefusedOption:
    service: str = strawberry.field(description="The service's `slug`.")
    reason: RefusalReason = strawberry.field(description="Why it was refused.")


@strawberry.input(description="What is known of a person.")
class PersonInput:
    """What every case gives. It is no type of the schema: those that inherit it are."""

    age: AgeInput | None = strawberry.field(
        default=None, description="How old the person is."
    )
    sex: Sex | None = strawberry.field(default=None, description="The person's sex.")
    gp_practice: str | None = strawberry.field(
        default=None,
        description="ODS code of the practice where the person is registered. Where given, "
        "it decides who is responsible, not the place.",
    )
    referrer: ReferrerRole | None = strawberry.field(
        default=None, description="Who is asking."
    )


@strawberry.input(
    description="Somebody who needs care. Whatever is left out is judged as UNKNOWN."
)
class ReferralCase(PersonInput):
    place: PlaceInput = strawberry.field(description="Where the person is.")
    need: NeedInput = strawberry.field(description="What the person needs.")
    at: datetime | None = strawberry.field(
        default=None,
        description="When help is needed: what is surely closed then, and for an hour, is a near "
        "miss. Left out: the directory's date at the present time of day, at which nothing is "
        "left out for being closed.",
    )
    within_km: float | None = strawberry.field(
        default=None,
        description="How far the person can go, in kilometres up to 200; 60 if left out.",
    )
    within_minutes: int | None = strawberry.field(
        default=None,
        description="How soon after `at` the person is to be seen, in minutes from 0, at once, to "
        "10080, 7 days: the time frame of a disposition. A service has to be open within it, and "
        "not close within 30 minutes. Left out: within the hour.",
    )
    refused: list[RefusedOption] | None = strawberry.field(
        default=None,
        description="Options of an earlier answer that were refused, at most 20: the answer leaves "
        "them out and says what comes first instead.",
    )


@strawberry.input(
    description="What is known of the person for whom a pathway is planned. Whatever is left out is judged as "
    "UNKNOWN."
)
class PlanCase(PersonInput):
    referrer: ReferrerRole | None = strawberry.field(
        default=None, description="Who asks; at later steps the one before it refers."
    )


def place_question(place: PlaceInput) -> PlaceQuestion:
    """The place as the graph is asked for it. Raises BadUserInput where it cannot be one."""
    point = given(place.point)
    if point is None:
        return PlaceQuestion(
            postcode=at_most(100, given(place.postcode), "postcode"),
            name=at_most(100, given(place.name), "name"),
        )
    if not (-90 <= point.latitude <= 90 and -180 <= point.longitude <= 180):
        raise BadUserInput(
            f"The point {point.latitude:g}, {point.longitude:g} is not on the earth. "
            "Give latitude from -90 to 90 and longitude from -180 to 180, "
            "such as 52.37, -1.26 for Rugby."
        )
    return PlaceQuestion(latitude=point.latitude, longitude=point.longitude)


def case_question(case: ReferralCase) -> Case:
    """The case as the graph is asked for it. Raises BadUserInput where it cannot be one."""
    return Case(
        place=place_question(case.place),
        need_code=at_most(100, given(case.need.code), "need.code"),
        need_text=at_most(500, given(case.need.text), "need.text"),
        service_type=at_most(100, given(case.need.service_type), "need.serviceType"),
        **what_is_known_of(case),
        at=case.at.astimezone(UTC) if case.at else None,
        within_km=DEFAULT_KM if case.within_km is None else case.within_km,
        within_minutes=case.within_minutes,
        refused=tuple(
            Refused(
                at_most(200, each.service, "refused.service") or "", each.reason.name
            )
            for each in case.refused or ()
        ),
    )


def plan_question(
    slug: str, place: PlaceInput, case: PlanCase | None, at: datetime | None
) -> PlanQuestion:
    """The plan as the graph is asked for it. Raises BadUserInput where it cannot be one."""
    return PlanQuestion(
        at_most(100, slug, "slug") or "",
        place_question(place),
        **what_is_known_of(case or PlanCase()),
        at=at.astimezone(UTC) if at else None,
    )


class KnownOfPerson(TypedDict):
    """What the questions of the graph take of a person."""

    age_days: int | None
    sex: str | None
    gp_practice: str | None
    referrer: str | None


def what_is_known_of(person: PersonInput) -> KnownOfPerson:
    """The person as the graph is asked for them. Raises BadUserInput where nobody can be so."""
    return {
        "age_days": age_in_days(person.age),
        "sex": person.sex.name if person.sex else None,
        "gp_practice": code_of_practice(person.gp_practice),
        "referrer": person.referrer.name if person.referrer else None,
    }


def code_of_practice(written: str | None) -> str | None:
    """The code as the ODS writes it: people type "m84001"."""
    code = at_most(100, written, "gpPractice")
    return None if code is None else code.strip().upper()


def given(value: Any) -> Any:
    """The value of a field of which exactly one is given, or None."""
    return None if value is None else value.value


def age_in_days(age: AgeInput | None) -> int | None:
    """The age in whole days. Raises BadUserInput where nobody has that age."""
    if age is None:
        return None
    unit = age.unit or AgeUnit.YEARS
    days = floor(age.value * DAYS_IN[unit])
    if not 0 <= days <= OLDEST_YEARS * 365.25:
        raise BadUserInput(
            f"Nobody is {age.value} {unit.name.lower()} old. "
            f"Give an age from 0 days to {OLDEST_YEARS} years."
        )
    return days
