"""Contracts between commissioners and providers, and the alliances that bind them."""

from datetime import date
from enum import Enum
from typing import ClassVar

import strawberry

from api.graphql.arguments import AsOf
from api.graphql.context import Info
from api.graphql.rows import Node, linked, plain, wrapped
from api.graphql.types.names import Alliance as AnyAlliance
from api.graphql.types.names import Contract as AnyContract
from api.graphql.types.names import Organisation, Service
from api.graphql.types.period import Bound, DatePrecision, bound, dated
from api.graphql.types.source import Source
from api.graphql.types.succession import Lineage
from graph_model.rows import AllianceRow, CommissionerRow, ContractRow


@strawberry.enum(description="How far a contract had come on the day asked for.")
class ContractStatus(Enum):
    PLANNED = strawberry.enum_value(
        "PLANNED", description="Not in force yet: intended, or not even that."
    )
    IN_PROCUREMENT = strawberry.enum_value(
        "IN_PROCUREMENT", description="Out to tender."
    )
    PROCUREMENT_STOPPED = strawberry.enum_value(
        "PROCUREMENT_STOPPED", description="The tender was stopped; nobody was chosen."
    )
    AWARDED = strawberry.enum_value("AWARDED", description="Awarded, not yet begun.")
    LIVE = strawberry.enum_value("LIVE", description="In force.")
    VARIED = strawberry.enum_value(
        "VARIED", description="In force, with changed terms."
    )
    ENDED = strawberry.enum_value("ENDED", description="No longer in force.")
    UNKNOWN = strawberry.enum_value(
        "UNKNOWN", description="No source says whether it was in force on that day."
    )


@strawberry.type(description="An organisation's part in commissioning a contract.")
class ContractCommissioner:
    row: strawberry.Private[CommissionerRow]
    as_of: strawberry.Private[date | None]

    organisation: Organisation = linked(
        "organisation", Organisation, "Who commissions."
    )
    lead: bool = plain("lead", "Whether it leads for the others.")
    source: Source | None = linked(
        "source", Source, "Who says so; null where the contract's own sources do."
    )


@strawberry.type(description="A contract under which services are provided.")
class Contract(Node):
    row: strawberry.Private[ContractRow]
    as_of: strawberry.Private[date | None]
    loader: ClassVar[str] = "contracts"

    slug: str = plain("slug", "Key of the contract in questions to this directory.")
    title: str = plain("title", "What it is for, in words.")
    status: ContractStatus = plain(
        "status", "How far it had come on the day asked for."
    )
    commissioners: list[ContractCommissioner] = linked(
        "commissioners", ContractCommissioner, "Who commissions it, the lead first."
    )
    providers: list[Organisation] = linked(
        "providers", Organisation, "Who holds it; empty where no source names anybody."
    )
    services: list[Service] = linked("services", Service, "What is provided under it.")
    area: str | None = plain("area", "Where it holds, in words.")
    start: date | None = dated(
        "start",
        "First day of the contract, as exactly as `startPrecision` says; null where "
        "`startKnown` is OPEN or UNKNOWN.",
    )
    start_precision: DatePrecision | None = plain(
        "start_precision",
        "How exactly the start is known; null where there is no date.",
    )
    end: date | None = dated(
        "end",
        "First day on which the contract no longer holds, as exactly as `endPrecision` "
        "says; null where `endKnown` is OPEN or UNKNOWN.",
    )
    end_precision: DatePrecision | None = plain(
        "end_precision", "How exactly the end is known; null where there is no date."
    )
    value_gbp: float | None = plain(
        "value_gbp", "Its value in pounds; null: not known.", name="valueGBP"
    )
    alliance: AnyAlliance | None = linked(
        "alliance", AnyAlliance, "The alliance agreement that binds it."
    )
    sources: list[Source] = linked("sources", Source, "Who says so.")

    @strawberry.field(
        description="To whom it has passed by that day from each of its commissioners, walked through every "
        "merger; the commissioner itself, without a step, where it is still there."
    )
    async def passes_to(self, info: Info, as_of: AsOf = None) -> list[Lineage]:
        day = as_of or self.as_of
        loader = info.context.loaders.heirs_of_contracts
        return wrapped(Lineage, await loader.load((day, self.row["slug"])), day)

    @strawberry.field(description="What is known of the start.")
    def start_known(self) -> Bound:
        return bound(self.row["start"])

    @strawberry.field(description="What is known of the end.")
    def end_known(self) -> Bound:
        return bound(self.row["end"])


@strawberry.type(
    description="An agreement by which providers under several contracts act as one system."
)
class Alliance(Node):
    row: strawberry.Private[AllianceRow]
    as_of: strawberry.Private[date | None]
    loader: ClassVar[str] = "alliances"

    slug: str = plain("slug", "Key of the alliance in questions to this directory.")
    name: str = plain("name", "Its name.")
    members: list[Organisation] = linked(
        "members", Organisation, "Who had signed on the day asked for."
    )
    contracts: list[AnyContract] = linked(
        "contracts", AnyContract, "The contracts that it binds."
    )
    sources: list[Source] = linked("sources", Source, "Who says so.")
