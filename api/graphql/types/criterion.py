"""What is judged of a service for a case, and with what verdict."""

from datetime import date
from enum import Enum

import strawberry

from api.graphql.rows import linked, plain
from api.graphql.types.source import Source
from graph_model.rows import CriterionRow


@strawberry.enum(description="What is judged.")
class CriterionKind(Enum):
    ACTIVE = strawberry.enum_value("ACTIVE", description="Whether the service runs.")
    NEED = strawberry.enum_value("NEED", description="Whether it meets the need.")
    DISTANCE = strawberry.enum_value(
        "DISTANCE", description="Whether it is near enough."
    )
    AREA = strawberry.enum_value("AREA", description="Whether it serves the place.")
    AGE = strawberry.enum_value("AGE", description="Whether it takes that age.")
    SEX = strawberry.enum_value("SEX", description="Whether it takes that sex.")
    REFERRER = strawberry.enum_value(
        "REFERRER", description="Whether it takes referrals from whoever is asking."
    )
    GP_PRACTICE = strawberry.enum_value(
        "GP_PRACTICE", description="Whether it takes patients of that practice."
    )
    OPENING = strawberry.enum_value("OPENING", description="Whether it is open then.")
    CAPACITY = strawberry.enum_value("CAPACITY", description="Whether it has room.")
    CONTRACT = strawberry.enum_value(
        "CONTRACT", description="Whether it works under a live contract for the place."
    )


@strawberry.enum(description="What was found.")
class Verdict(Enum):
    PASS = strawberry.enum_value("PASS", description="It holds, and a source says so.")
    FAIL = strawberry.enum_value("FAIL", description="It does not hold.")
    UNKNOWN = strawberry.enum_value(
        "UNKNOWN", description="The directory does not know. It never counts as PASS."
    )


@strawberry.type(description="One thing judged of a service for a case.")
class Criterion:
    row: strawberry.Private[CriterionRow]
    as_of: strawberry.Private[date | None]

    kind: CriterionKind = plain("kind", "What was judged.")
    verdict: Verdict = plain("verdict", "What was found.")
    explanation: str = plain("explanation", "Why, in plain English.")
    sources: list[Source] = linked("sources", Source, "The sources of that.")
