"""The answer to a case: where the person can be sent, and why."""

from datetime import date, datetime
from enum import Enum

import strawberry

from api.graphql.rows import linked, plain
from api.graphql.types.criterion import Criterion
from api.graphql.types.names import Contract, Need, Organisation, Service
from api.graphql.types.opening import EndpointConnectionType, OpeningTimeKind
from api.graphql.types.place import Place
from api.graphql.types.refusal import Refusal
from api.graphql.types.source import Source
from graph_model.answers import AnswerRow
from graph_model.matching.opening import LONDON
from graph_model.rows import (
    MethodRow,
    NearMissRow,
    OpenStateRow,
    OptionRow,
    ResponsibilityRow,
)


@strawberry.enum(description="By what it is known who is responsible.")
class ResponsibilityBasis(Enum):
    GP_REGISTRATION = strawberry.enum_value(
        "GP_REGISTRATION", description="The person's GP practice."
    )
    PLACE = strawberry.enum_value(
        "PLACE", description="The place, as no practice is given."
    )
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="It is not known.")


@strawberry.type(
    description="Who commissions care for this person, and how that is known."
)
class Responsibility:
    row: strawberry.Private[ResponsibilityRow]
    as_of: strawberry.Private[date | None]

    organisation: Organisation | None = linked(
        "organisation",
        Organisation,
        "The commissioner; null: not known, never guessed.",
    )
    by: ResponsibilityBasis = plain("by", "By what it is known.")
    explanation: str = plain("explanation", "How it is known, in plain English.")
    sources: list[Source] = linked("sources", Source, "Who says so.")


@strawberry.type(
    description="Whether a service is open at the moment that the answer is for, `at`."
)
class OpenState:
    row: strawberry.Private[OpenStateRow]
    as_of: strawberry.Private[date | None]

    open_now: bool | None = plain(
        "open_now", "Whether it is open then; null: not known."
    )
    opens_at: datetime | None = plain(
        "opens_at",
        "When it opens next, in UTC; null: it is open, not within five weeks, or not known.",
    )
    closes_at: datetime | None = plain(
        "closes_at",
        "When it closes, in UTC; null: it is closed, not within five weeks, or not known.",
    )
    reason: OpeningTimeKind = plain("reason", "Which rule decided.")

    @strawberry.field(description="The same as `opensAt`, by the clocks of England.")
    def opens_at_local(self) -> datetime | None:
        return in_london(self.row["opens_at"])

    @strawberry.field(description="The same as `closesAt`, by the clocks of England.")
    def closes_at_local(self) -> datetime | None:
        return in_london(self.row["closes_at"])


def in_london(at: datetime | None) -> datetime | None:
    """The same moment with the offset of England."""
    return at and at.astimezone(LONDON)


@strawberry.type(description="A way to refer the person now.")
class ReferralMethod:
    row: strawberry.Private[MethodRow]
    as_of: strawberry.Private[date | None]

    connection: EndpointConnectionType = plain("connection", "By what means.")
    address: str | None = plain(
        "address", "Number or address; null where none is known."
    )
    instructions: str = plain("instructions", "What to do, in plain English.")
    service: Service = linked("service", Service, "Whom one reaches by it.")


@strawberry.type(description="A service to which the person can be sent.")
class ReferralOption:
    row: strawberry.Private[OptionRow]
    as_of: strawberry.Private[date | None]

    rank: int = plain("rank", "Its place in the answer, from 1.")
    service: Service = linked("service", Service, "The service.")
    distance_km: float | None = plain(
        "distance_km",
        "Distance in a straight line; null where the service comes to people.",
    )
    open: OpenState = linked("open", OpenState, "Whether it is open at that moment.")
    criteria: list[Criterion] = linked(
        "criteria", Criterion, "What was judged. None is FAIL; UNKNOWN is never PASS."
    )
    contract: Contract | None = linked(
        "contract", Contract, "The live contract under which it serves the place."
    )
    route: list[Service] = linked(
        "route", Service, "How this referrer gets there, first contact first."
    )
    how_to_refer: list[ReferralMethod] = linked(
        "how_to_refer", ReferralMethod, "What to do now, best first."
    )
    why_here: str = plain(
        "why_here", "Why it stands where it stands among the options."
    )


@strawberry.type(description="A service that would fit, but for exactly one criterion.")
class NearMiss:
    row: strawberry.Private[NearMissRow]
    as_of: strawberry.Private[date | None]

    service: Service = linked("service", Service, "The service.")
    distance_km: float | None = plain(
        "distance_km",
        "Distance in a straight line; null where the service comes to people.",
    )
    failed: Criterion = linked("failed", Criterion, "The criterion that it fails.")
    criteria: list[Criterion] = linked("criteria", Criterion, "All that was judged.")


@strawberry.type(description="The answer to a case.")
class ReferralAnswer:
    row: strawberry.Private[AnswerRow]
    as_of: strawberry.Private[date | None]

    notice: str | None = plain(
        "notice", "What a reader must know first. Always show it."
    )
    emergency_advice: str | None = plain(
        "emergency_advice",
        "What to do first where the need or its words may be an emergency. Always show it.",
    )
    responsible: Responsibility = linked(
        "responsible", Responsibility, "Who commissions for this person."
    )
    date_asked_for: date = plain(
        "as_of", "The day that the answer is for.", name="asOf"
    )
    at: datetime = plain("at", "The moment that the answer is for.")
    place: Place = linked("place", Place, "The place, as the directory understood it.")
    need: Need | None = linked(
        "need",
        Need,
        "The need, as the directory understood it; null where a service type was asked for.",
    )
    other_needs: list[Need] = linked(
        "other_needs", Need, "What else the words may mean, best first."
    )
    options: list[ReferralOption] = linked(
        "options", ReferralOption, "Where the person can be sent, best first."
    )
    near_misses: list[NearMiss] = linked(
        "near_misses", NearMiss, "What would fit, but for exactly one criterion."
    )
    fallback: list[ReferralOption] = linked(
        "fallback", ReferralOption, "Where nothing fits: what is always there."
    )
    refused: list[Refusal] = linked(
        "refused", Refusal, "What the case says was refused: it is none of the options."
    )
    what_changed: str | None = plain(
        "what_changed",
        "What was left out as refused, and what comes first now; null where nothing was refused.",
    )
