"""Organisations: commissioners, providers and their like."""

from datetime import date
from enum import Enum
from typing import ClassVar

import strawberry

from api.graphql.arguments import After, AsOf, First
from api.graphql.connections import Connection, connection
from api.graphql.context import Info
from api.graphql.rows import Node, linked, plain, wrapped
from api.graphql.types.names import (
    Alliance,
    Contract,
    ProgrammeSite,
    Service,
)
from api.graphql.types.names import Organisation as AnyOrganisation
from api.graphql.types.period import dated
from api.graphql.types.source import Source
from api.graphql.types.succession import Lineage
from graph_model.rows import OrganisationRow


@strawberry.enum(description="What sort of organisation it is.")
class OrganisationKind(Enum):
    CCG = strawberry.enum_value(
        "CCG", description="Clinical commissioning group, 2013 to 2022."
    )
    SUB_ICB_LOCATION = strawberry.enum_value(
        "SUB_ICB_LOCATION",
        description="Part of an integrated care board, mostly a former CCG's area.",
    )
    ICB = strawberry.enum_value("ICB", description="Integrated care board, since 2022.")
    NHS_TRUST = strawberry.enum_value(
        "NHS_TRUST", description="NHS trust or foundation trust."
    )
    GP_PRACTICE = strawberry.enum_value("GP_PRACTICE", description="GP practice.")
    GP_FEDERATION = strawberry.enum_value(
        "GP_FEDERATION", description="Group of GP practices that provides together."
    )
    INDEPENDENT_PROVIDER = strawberry.enum_value(
        "INDEPENDENT_PROVIDER",
        description="Company or social enterprise that provides services.",
    )
    VOLUNTARY_SECTOR = strawberry.enum_value(
        "VOLUNTARY_SECTOR", description="Charity or community organisation."
    )
    LOCAL_AUTHORITY = strawberry.enum_value(
        "LOCAL_AUTHORITY", description="Council with social care or public health."
    )
    PARTNERSHIP = strawberry.enum_value(
        "PARTNERSHIP", description="Several organisations that act together."
    )
    NATIONAL_BODY = strawberry.enum_value(
        "NATIONAL_BODY",
        description="Department, agency or association for the whole country.",
    )
    UNKNOWN = strawberry.enum_value(
        "UNKNOWN",
        description="Stands for an organisation that no source names; never a real one.",
    )


@strawberry.type(
    description="An organisation, by the name and kind that it had on the day asked for."
)
class Organisation(Node):
    row: strawberry.Private[OrganisationRow]
    as_of: strawberry.Private[date | None]
    loader: ClassVar[str] = "organisations"

    slug: str = plain("slug", "Key of the organisation in questions to this directory.")
    ods_code: str | None = plain(
        "ods_code",
        "Its code in the Organisation Data Service; null where it has none or it is unknown.",
    )
    name: str = plain("name", "Its name on that day.")
    aliases: list[str] = plain(
        "aliases", "Other names under which sources speak of it; a search finds them."
    )
    kind: OrganisationKind = plain(
        "kind", "What sort of organisation it was on that day."
    )
    opened: date | None = dated(
        "opened", "First day of its existence; null: not known."
    )
    closed: date | None = dated(
        "closed",
        "First day on which it no longer existed; null: it exists, or not known.",
    )
    successors: list[AnyOrganisation] = linked(
        "successors",
        AnyOrganisation,
        "Those that took over from it, next in line only.",
    )
    predecessors: list[AnyOrganisation] = linked(
        "predecessors", AnyOrganisation, "Those that it took over from."
    )
    alliances: list[Alliance] = linked(
        "alliances", Alliance, "The alliances of which it was a member on that day."
    )
    programmes: list[ProgrammeSite] = linked(
        "sites",
        ProgrammeSite,
        "The sites of national programmes in which it takes part, such as vanguards.",
    )
    sources: list[Source] = linked("sources", Source, "Who says so.")

    @strawberry.field(
        description="Who has taken over from it by that day, walked through every merger: itself, without "
        "a step, where it is still there."
    )
    async def current_successors(self, info: Info, as_of: AsOf = None) -> list[Lineage]:
        day = as_of or self.as_of
        loader = info.context.loaders.heirs_of_organisations
        return wrapped(Lineage, await loader.load((day, self.row["slug"])), day)

    @strawberry.field(
        description="From whom it took over by that day, each way from its first organisation to this one."
    )
    async def lineage(self, info: Info, as_of: AsOf = None) -> list[Lineage]:
        day = as_of or self.as_of
        loader = info.context.loaders.ancestors_of_organisations
        return wrapped(Lineage, await loader.load((day, self.row["slug"])), day)

    @strawberry.field(description="The services that it provides, by name.")
    async def services(
        self, info: Info, as_of: AsOf = None, first: First = 20, after: After = None
    ) -> Connection[Service]:
        day = as_of or self.as_of
        loader = info.context.loaders.services_provided
        page = await loader.load(((day, first, after), self.row["slug"]))
        return connection(Service, page, day)

    @strawberry.field(description="The contracts that it commissions.")
    async def commissions(
        self, info: Info, as_of: AsOf = None, first: First = 20, after: After = None
    ) -> Connection[Contract]:
        day = as_of or self.as_of
        loader = info.context.loaders.contracts_commissioned
        page = await loader.load(((day, first, after), self.row["slug"]))
        return connection(Contract, page, day)

    @strawberry.field(description="The contracts that it holds as a provider.")
    async def holds(
        self, info: Info, as_of: AsOf = None, first: First = 20, after: After = None
    ) -> Connection[Contract]:
        day = as_of or self.as_of
        loader = info.context.loaders.contracts_held
        page = await loader.load(((day, first, after), self.row["slug"]))
        return connection(Contract, page, day)


# `Service.provider` is never null, so that clients need no case for it; where no source names
# the provider, this stands for it. It is no node of the graph.
UNKNOWN_PROVIDER = OrganisationRow(
    slug="unknown",
    ods_code=None,
    name="UNKNOWN: no source names the provider",
    kind="UNKNOWN",
    opened=None,
    closed=None,
    aliases=[],
    successors=[],
    predecessors=[],
    alliances=[],
    sites=[],
    sources=[],
)
