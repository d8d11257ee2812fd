"""The records of a scenario pack: cases, and the answers that they must have (docs/scenarios.md)."""

import re
from datetime import datetime
from math import floor
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from graph_model.matching.case import DAYS_IN_A_MONTH, DAYS_IN_A_YEAR
from seed.fields import (
    CriterionKind,
    Day,
    Latitude,
    Longitude,
    Referrer,
    Sex,
    Text,
    refusal,
)
from seed.records import Record

DAYS_IN = {"day": 1.0, "month": DAYS_IN_A_MONTH, "year": DAYS_IN_A_YEAR}
AGE = re.compile(r"(\d{1,5}) (day|month|year)s?")


GapReason = Literal[
    "NOBODY_COMMISSIONED",
    "NO_LIVE_CONTRACT",
    "CLOSED_THEN",
    "NO_ROOM",
    "NOT_FOR_THIS_AGE",
    "NOT_FOR_THIS_SEX",
    "NOT_FOR_THIS_PRACTICE",
    "NOT_FROM_THIS_REFERRER",
    "NOT_FOR_THIS_PERSON",
]


# BaseModel is named again for the linter, which sees no further than this file.
class Described(Record, BaseModel):
    """A record whose fields say in the published schema what they mean."""

    model_config = ConfigDict(use_attribute_docstrings=True)


def written_age(value: str) -> str:
    """An age as it is written: `82 years`, `18 months`, `10 days`."""
    if not AGE.fullmatch(value):
        raise refusal(
            f"{value!r} is not an age", "write 82 years, 18 months or 10 days"
        )
    return value


def moment(value: Any) -> Any:
    """A moment with its offset from UTC, as the API takes it."""
    try:
        at = datetime.fromisoformat(value)
        if at.tzinfo is not None:
            return at
    except (TypeError, ValueError):
        pass
    raise refusal(
        f"{value!r} is not a moment with an offset", "write 2016-12-03T22:00:00Z"
    )


class Place(Described):
    """Where the person is: exactly one of a postcode, a name and a point."""

    postcode: Text | None = None
    """A postcode, a sector or a district."""
    name: Text | None = None
    """The name of a place."""
    latitude: Latitude | None = None
    """With longitude: a point."""
    longitude: Longitude | None = None
    """With latitude: a point."""

    @model_validator(mode="after")
    def one_place(self) -> Self:
        point = self.latitude is not None and self.longitude is not None
        if [self.postcode is not None, self.name is not None, point].count(True) != 1:
            raise refusal(
                "not exactly one place",
                "write postcode, or name, or latitude and longitude",
            )
        return self


class WhatIsNeeded(Described):
    """What is needed: exactly one of a code, a text and a service type."""

    code: Text | None = None
    """A need's code."""
    text: Text | None = None
    """Plain words."""
    service_type: Text | None = None
    """A service type's code."""

    @model_validator(mode="after")
    def one_need(self) -> Self:
        if len(self.model_dump(exclude_none=True)) != 1:
            raise refusal(
                "not exactly one need", "write code, or text, or service_type"
            )
        return self


class Responsible(Described):
    """Who commissions for the person, and how that is known."""

    organisation: Text | None = None
    """The slug or ODS code of the organisation; left out with by UNKNOWN: nobody is known."""
    by: Literal["GP_REGISTRATION", "PLACE", "UNKNOWN"] | None = None
    """How it is known."""


class Expected(Described):
    """What the answer must say. Whatever is left out may be anything."""

    first: Text | None = None
    """The slug of the service that is the first option."""
    contain: list[Text] = []
    """Slugs of services that are among the options."""
    exclude: list[Text] = []
    """Slugs of services that are not among the options."""
    no_options: bool = False
    """Whether there is no option at all."""
    providers: dict[str, Text] = {}
    """For an option's slug, the slug or ODS code of the provider."""
    contracts: dict[str, Text] = {}
    """For an option's slug, the slug of the contract behind it."""
    routes: dict[str, list[Text]] = {}
    """For an option's slug, the slugs of the services on the way to it, the first contact first."""
    verdicts: dict[str, dict[CriterionKind, Literal["PASS", "FAIL", "UNKNOWN"]]] = {}
    """For an option's or near miss's slug, verdicts by criterion."""
    near_misses: dict[str, CriterionKind] = {}
    """For a near miss's slug, the criterion that it fails."""
    responsible: Responsible | None = None
    """Who commissions for the person."""
    emergency: bool | None = None
    """Whether the answer begins with advice to ring 999."""
    need: Text | None = None
    """The code of the need that the words are taken to mean."""
    error: Text | None = None
    """The code of the error that is the answer, such as PLACE_NOT_FOUND."""

    @model_validator(mode="after")
    def something_is_expected(self) -> Self:
        if not self.model_fields_set:
            raise refusal("nothing is expected", "say what the answer must hold")
        if self.error and len(self.model_fields_set) > 1:
            raise refusal("error with other answers", "an error is the whole answer")
        if self.no_options and (self.first or self.contain):
            raise refusal("no_options with options", "write one or the other")
        return self


class Asked(Described):
    """Who asks for whom, where and when."""

    name: Text
    """A sentence that tells the case."""
    why: Text | None = None
    """Why this is the right answer: the source, in words."""
    place: Place
    """Where the person is."""
    age: Annotated[Text, AfterValidator(written_age)] | None = None
    """How old the person is: 82 years, 18 months or 10 days."""
    sex: Sex | None = None
    """The person's sex."""
    gp_practice: Text | None = None
    """The ODS code of the practice where the person is registered."""
    referrer: Referrer | None = None
    """Who asks."""
    at: Annotated[datetime, BeforeValidator(moment)] | None = None
    """When help is needed, with an offset: 2016-12-03T22:00:00Z."""
    as_of: Day | None = None
    """The day for which the answer is true; left out: the pack's, or that of `at`, or the directory's own."""

    @property
    def age_days(self) -> int | None:
        """The age in whole days, as the API counts it."""
        if self.age is None:
            return None
        number, unit = self.age.split(" ")
        return floor(int(number) * DAYS_IN[unit.rstrip("s")])


class Scenario(Asked):
    """A case, and the answer that it must have."""

    need: WhatIsNeeded
    """What is needed."""
    within_km: Annotated[float, Field(gt=0, le=200)] = 60.0
    """How far the person can go, in kilometres."""
    expect: Expected
    """The answer that it must have."""


class ExpectedPlan(Described):
    """What the plan must say. Whatever is left out may be anything."""

    taken: dict[str, Text] = {}
    """For a step's slug, the slug of the service that takes it."""
    gaps: dict[str, GapReason] = {}
    """For a step's slug, why nobody takes it."""
    unknown: list[Text] = []
    """Slugs of steps of which it is not known who takes them: neither an option nor a gap."""
    alternatives: dict[str, list[Text]] = {}
    """For a step's slug, services that are among its alternatives."""
    complete: bool | Literal["unknown"] | None = None
    """Whether the plan is complete: true, false or unknown."""
    adopted: bool | None = None
    """Whether whoever is responsible has adopted the pathway."""
    responsible: Responsible | None = None
    """Who commissions for the person."""
    error: Text | None = None
    """The code of the error that is the answer, such as PATHWAY_NOT_FOUND."""

    @model_validator(mode="after")
    def something_is_expected(self) -> Self:
        if not self.model_fields_set:
            raise refusal("nothing is expected", "say what the plan must hold")
        if self.error and len(self.model_fields_set) > 1:
            raise refusal("error with other answers", "an error is the whole answer")
        return self


class PlanScenario(Asked):
    """A pathway for a place and a person, and the plan that it must have."""

    pathway: Text
    """The slug of the pathway."""
    expect: ExpectedPlan
    """The plan that it must have."""


class ScenarioPack(Described):
    """Cases with the answers that they must have."""

    name: Text
    """What the pack is about."""
    as_of: Day | None = None
    """The day for which the answers are true, where neither a case nor its moment says."""
    cases: list[Scenario] = []
    """Cases for the referral finder."""
    plans: list[PlanScenario] = []
    """Pathways to plan."""

    @model_validator(mode="after")
    def something_is_asked(self) -> Self:
        if not self.cases and not self.plans:
            raise refusal("no case", "write cases, or plans")
        return self
