"""A pathway as it runs for a place, a date and a person."""

from datetime import date, datetime
from enum import Enum

import strawberry

from api.graphql.rows import linked, plain
from api.graphql.types.criterion import Verdict
from api.graphql.types.organisation import Organisation
from api.graphql.types.pathway import Pathway, steps_of
from api.graphql.types.person import ReferrerRole
from api.graphql.types.place import Place
from api.graphql.types.referral import NearMiss, ReferralOption, Responsibility
from api.graphql.types.service import Service
from api.graphql.types.source import Source
from api.graphql.types.step import PathwayStep, Urgency, urgency_of
from graph_model.pictures.mermaid import mermaid_of_pathway
from graph_model.pictures.pathway import svg_of_pathway
from graph_model.plan_rows import HandOverRow, PlannedStepRow, PlanRow, WayRoundRow


@strawberry.enum(description="Whether somebody takes a step for this person.")
class StepState(Enum):
    TAKEN = strawberry.enum_value(
        "TAKEN", description="A service takes it: all that decides is known to fit."
    )
    IN_DOUBT = strawberry.enum_value(
        "IN_DOUBT",
        description="A service may take it: nothing speaks against it, and `explanation` says what is "
        "not known.",
    )
    GAP = strawberry.enum_value(
        "GAP", description="Nobody takes it, and it is known why: `reason`."
    )
    UNKNOWN = strawberry.enum_value(
        "UNKNOWN",
        description="The directory holds nobody who takes it, and no source says that there is nobody. "
        "It is never a gap.",
    )
    NOT_FOR_THIS_PERSON = strawberry.enum_value(
        "NOT_FOR_THIS_PERSON", description="This person may not enter the step."
    )


@strawberry.enum(description="Why nobody takes a step.")
class GapReason(Enum):
    NOBODY_COMMISSIONED = strawberry.enum_value(
        "NOBODY_COMMISSIONED",
        description="A source declares the directory complete for this, and it holds nobody.",
    )
    NO_LIVE_CONTRACT = strawberry.enum_value(
        "NO_LIVE_CONTRACT",
        description="Who would take it has no live contract on the day.",
    )
    CLOSED_THEN = strawberry.enum_value(
        "CLOSED_THEN", description="Who would take it is closed then."
    )
    NO_ROOM = strawberry.enum_value(
        "NO_ROOM", description="Who would take it has no room."
    )
    NOT_FOR_THIS_AGE = strawberry.enum_value(
        "NOT_FOR_THIS_AGE", description="Who takes it is for other ages."
    )
    NOT_FOR_THIS_SEX = strawberry.enum_value(
        "NOT_FOR_THIS_SEX", description="Who takes it is for the other sex."
    )
    NOT_FOR_THIS_PRACTICE = strawberry.enum_value(
        "NOT_FOR_THIS_PRACTICE",
        description="Who takes it is for patients of other GP practices.",
    )
    NOT_FROM_THIS_REFERRER = strawberry.enum_value(
        "NOT_FROM_THIS_REFERRER",
        description="Who takes it takes no referral from whoever asks, nor from the steps before.",
    )
    NOT_FOR_THIS_PERSON = strawberry.enum_value(
        "NOT_FOR_THIS_PERSON",
        description="The person does not fit the step's entry criteria.",
    )
    NOT_KNOWN = strawberry.enum_value(
        "NOT_KNOWN", description="It is not known whether anybody takes it."
    )


@strawberry.enum(description="What may be done where nobody takes a step.")
class WayRoundKind(Enum):
    OPENS_LATER = strawberry.enum_value(
        "OPENS_LATER", description="Wait until it opens: `opensAt`."
    )
    ROOM_LATER = strawberry.enum_value("ROOM_LATER", description="Wait for room there.")
    ANOTHER_REFERRER = strawberry.enum_value(
        "ANOTHER_REFERRER", description="Have somebody else refer there."
    )
    FARTHER_AWAY = strawberry.enum_value(
        "FARTHER_AWAY", description="Go farther than 60 km."
    )
    NEIGHBOURING_COMMISSIONER = strawberry.enum_value(
        "NEIGHBOURING_COMMISSIONER",
        description="Ask a service that another commissioner has for its own people.",
    )
    FOR_OTHERS = strawberry.enum_value(
        "FOR_OTHERS",
        description="Ask a service for people of elsewhere, of which it is not known who commissions it.",
    )


@strawberry.type(description="What may be done where nobody takes a step.")
class WayRound:
    row: strawberry.Private[WayRoundRow]
    as_of: strawberry.Private[date | None]

    kind: WayRoundKind = plain("kind", "What kind of way it is.")
    explanation: str = plain("explanation", "What to do, in plain English.")
    commissioner: Organisation | None = linked(
        "commissioner",
        Organisation,
        "The neighbouring commissioner whose service it is; null for other kinds.",
    )
    opens_at: datetime | None = plain(
        "opens_at", "When it opens, in UTC; null: not known, or it is not closed."
    )
    near_miss: NearMiss = linked(
        "miss", NearMiss, "The service, and the criterion that it fails."
    )


@strawberry.type(
    description="A step of a pathway, with who takes it or why nobody does."
)
class PlannedStep:
    row: strawberry.Private[PlannedStepRow]
    as_of: strawberry.Private[date | None]

    state: StepState = plain("state", "Whether somebody takes it.")
    entry: Verdict = plain(
        "entry",
        "Whether this person may enter it; UNKNOWN where a person has to judge that.",
    )
    entry_explanation: str = plain("entry_explanation", "Why, in plain English.")
    option: ReferralOption | None = linked(
        "option", ReferralOption, "The service that takes it; null: none is known to."
    )
    alternatives: list[ReferralOption] = linked(
        "alternatives", ReferralOption, "The next best services, at most 3."
    )
    referred_by: ReferrerRole | None = plain(
        "referred_by",
        "Who of the steps before has to refer the person, as whoever asks may not; null: whoever asks.",
    )
    gap: str | None = plain(
        "gap",
        "Why nobody takes it, in plain English; null where somebody does, and where that is not known.",
    )
    reason: GapReason | None = plain(
        "reason", "The same for programs; null where there is an option."
    )
    explanation: str = plain(
        "explanation", "What is known of who takes it, in plain English."
    )
    sources: list[Source] = linked(
        "sources", Source, "Who declares the directory complete, where nobody takes it."
    )
    ways_round: list[WayRound] = linked(
        "ways_round",
        WayRound,
        "Where there is no option: what may be done, of each kind the nearest, the nearest first.",
    )

    @strawberry.field(description="The step.")
    def step(self) -> PathwayStep:
        return steps_of(self.row["pathway"], [self.row["step"]], self.as_of)[0]


@strawberry.type(
    description="Who hands a person over to whom, on the way from one step to another."
)
class HandOver:
    row: strawberry.Private[HandOverRow]
    as_of: strawberry.Private[date | None]

    giver: Service | None = linked(
        "giver", Service, "Who takes the first step; null: nobody is known."
    )
    taker: Service | None = linked(
        "taker", Service, "Who takes the step that follows; null: nobody is known."
    )
    stated: bool = plain(
        "stated",
        "Whether the directory holds that the one refers people on to the other; false: not known.",
    )

    @strawberry.field(description="The first step.", name="from")
    def start(self) -> PathwayStep:
        return steps_of(self.row["pathway"], [self.row["start"]], self.as_of)[0]

    @strawberry.field(description="The step that follows.", name="to")
    def end(self) -> PathwayStep:
        return steps_of(self.row["pathway"], [self.row["end"]], self.as_of)[0]

    @strawberry.field(description="When this way is taken, in words; null: always.")
    def condition(self) -> str | None:
        return self.row["way"]["condition"]

    @strawberry.field(description="How urgent it is; null: none is stated.")
    def urgency(self) -> Urgency | None:
        return urgency_of(self.row["way"]["urgency"])

    @strawberry.field(
        description="Within how many minutes the next step is to begin; null: none stated."
    )
    def within_minutes(self) -> int | None:
        return self.row["way"]["within_minutes"]


@strawberry.type(
    description="A pathway as it runs for a place, a date and a person: each step with the service that "
    "takes it, or why none does."
)
class PathwayPlan:
    row: strawberry.Private[PlanRow]
    as_of: strawberry.Private[date | None]

    day: date = plain("as_of", "The day that the plan is for.", name="asOf")
    at: datetime = plain("at", "The moment that the plan is for.")
    notice: str | None = plain(
        "notice", "What a reader must know first. Always show it."
    )
    pathway: Pathway = linked(
        "pathway",
        Pathway,
        "The pathway, as whoever is responsible runs it if they adopted it by then.",
    )
    place: Place = linked("place", Place, "The place, as the directory understood it.")
    responsible: Responsibility = linked(
        "responsible", Responsibility, "Who commissions for this person."
    )
    adopted: bool | None = plain(
        "adopted",
        "Whether whoever is responsible has adopted the pathway, as far as sources say; null: who that "
        "is is not known.",
    )
    notes: list[str] = plain(
        "notes", "What to know of the plan as a whole. Always show it."
    )
    steps: list[PlannedStep] = linked(
        "steps", PlannedStep, "The steps, in the order in which a person meets them."
    )
    complete: bool | None = plain(
        "complete",
        "Whether somebody takes every step that this person may come to; null: of a step it is not "
        "known. False too where the person may not enter the pathway.",
    )
    longest_minutes: int | None = plain(
        "longest_minutes",
        "How many minutes may pass at most until the last step begins, by the longest of the ways; null: no "
        "bound is known, `longestExplanation` says why.",
    )
    stated_minutes: int = plain(
        "stated_minutes",
        "The longest that the intervals stated along one way add up to, in minutes.",
    )
    longest_explanation: str = plain(
        "longest_explanation", "How that is known, or what is not stated."
    )
    hand_overs: list[HandOver] = linked(
        "hand_overs",
        HandOver,
        "Who hands over to whom, along the ways this person may go.",
    )

    @strawberry.field(
        description="A picture of the pathway with its services and gaps as an SVG document, with words for "
        "those who do not see it, readable in black and white."
    )
    def svg(self) -> str:
        return svg_of_pathway(self.row["pathway"], self.row)

    @strawberry.field(
        description="The same picture as the text of a Mermaid flowchart."
    )
    def mermaid(self) -> str:
        return mermaid_of_pathway(self.row["pathway"], self.row)
