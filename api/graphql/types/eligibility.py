"""Whom a service takes, and where."""

from datetime import date
from enum import Enum

import strawberry

from api.graphql.rows import linked, plain
from api.graphql.types.person import ReferrerRole, Sex
from api.graphql.types.place import Area
from api.graphql.types.source import Source
from graph_model.rows import ServesRow, ServiceRow


@strawberry.enum(description="Whether a service is limited in some respect.")
class Limit(Enum):
    NONE = strawberry.enum_value("NONE", description="It is known to take all.")
    LIMITED = strawberry.enum_value(
        "LIMITED", description="It takes those listed only."
    )
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="No source says.")


@strawberry.enum(description="By which rule a service serves an area.")
class ServesRule(Enum):
    LIMITED = strawberry.enum_value("LIMITED", description="Only people of that area.")
    PROMOTED = strawberry.enum_value(
        "PROMOTED", description="People of that area first, others lower."
    )
    OPEN = strawberry.enum_value("OPEN", description="Anybody.")
    UNKNOWN = strawberry.enum_value(
        "UNKNOWN", description="The sources leave open whether it serves this area."
    )


@strawberry.type(description="An area that a service serves.")
class ServedArea:
    row: strawberry.Private[ServesRow]
    as_of: strawberry.Private[date | None]

    rule: ServesRule = plain("rule", "By which rule it serves the area.")
    source: Source | None = linked(
        "source", Source, "Who says so; null where the service's own sources do."
    )

    @strawberry.field(description="The area.")
    def area(self) -> Area:
        row = self.row
        return Area(
            row={"code": row["code"], "name": row["name"], "kind": row["kind"]},
            as_of=self.as_of,
        )


LIMITS = {
    "ALL": Limit.NONE,
    "ANY": Limit.NONE,
    "ANYONE": Limit.NONE,
    "LIMITED": Limit.LIMITED,
    "LISTED": Limit.LIMITED,
    None: Limit.UNKNOWN,
}


@strawberry.type(
    description="Whom a service takes. A list or a bound that is empty or null does not say "
    "why: `byAge`, `bySex`, `byReferrer` and `byGpPractice` say whether all are taken or "
    "nobody knows."
)
class Eligibility:
    row: strawberry.Private[ServiceRow]
    as_of: strawberry.Private[date | None]

    min_age_days: int | None = plain("min_age_days", "Youngest age taken, in days.")
    max_age_days: int | None = plain("max_age_days", "Oldest age taken, in days.")
    referrers: list[ReferrerRole] = plain(
        "accepts_from", "The roles from which it takes referrals."
    )
    gp_practices: list[str] = plain(
        "gp_practices", "ODS codes of the practices whose patients it takes."
    )
    notes: str | None = plain("eligibility_notes", "What else matters, in words.")

    @strawberry.field(description="The sexes that it takes.")
    def sexes(self) -> list[Sex]:
        return [Sex[sex] for sex in self.row["sexes"] or []]

    @strawberry.field(description="Whether it is limited by age.")
    def by_age(self) -> Limit:
        return LIMITS[self.row["ages"]]

    @strawberry.field(description="Whether it is limited by sex.")
    def by_sex(self) -> Limit:
        sexes = self.row["sexes"]
        if sexes is None:
            return Limit.UNKNOWN
        return Limit.NONE if set(sexes) == {sex.name for sex in Sex} else Limit.LIMITED

    @strawberry.field(description="Whether it is limited by who refers.")
    def by_referrer(self) -> Limit:
        return LIMITS[self.row["accepts"]]

    @strawberry.field(description="Whether it is limited by GP registration.")
    def by_gp_practice(self) -> Limit:
        return LIMITS[self.row["gp_registration"]]
