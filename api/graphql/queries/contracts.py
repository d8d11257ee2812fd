"""Questions about contracts and alliances."""

from datetime import date
from typing import Annotated

import strawberry

from api.graphql.arguments import After, AsOf, First, Slug
from api.graphql.connections import Connection, connection
from api.graphql.context import Info
from api.graphql.rows import wrapped
from api.graphql.types.contract import Alliance, Contract, ContractStatus
from graph_model.contracts import alliances_page, contracts_page


@strawberry.type
class ContractsQuery:
    @strawberry.field(
        description="Contracts, ended ones too; those that fit all of the arguments given."
    )
    async def contracts(
        self,
        info: Info,
        commissioner: Annotated[
            str | None,
            strawberry.argument(
                description="The `slug` of an organisation that commissions it."
            ),
        ] = None,
        provider: Annotated[
            str | None,
            strawberry.argument(
                description="The `slug` of an organisation that holds it."
            ),
        ] = None,
        service: Annotated[
            str | None,
            strawberry.argument(
                description="The `slug` of a service provided under it."
            ),
        ] = None,
        status: Annotated[
            ContractStatus | None,
            strawberry.argument(
                description="Only contracts with this status on the day."
            ),
        ] = None,
        ending_from: Annotated[
            date | None,
            strawberry.argument(
                description="Only contracts of which `end` may be this day or later; a month may be any "
                "day of it. One whose end is not known is left out."
            ),
        ] = None,
        ending_before: Annotated[
            date | None,
            strawberry.argument(
                description="Only contracts of which `end` may be before this day."
            ),
        ] = None,
        as_of: AsOf = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Contract]:
        page = await contracts_page(
            info.context.driver,
            commissioner=commissioner,
            provider=provider,
            service=service,
            status=status.name if status else None,
            ending_from=ending_from,
            ending_before=ending_before,
            as_of=as_of,
            first=first,
            after=after,
        )
        return connection(Contract, page, as_of)

    @strawberry.field(
        description="The contract with this slug; null where there is none."
    )
    async def contract(
        self, info: Info, slug: Slug, as_of: AsOf = None
    ) -> Contract | None:
        row = await info.context.loaders.contracts.load((as_of, slug))
        return wrapped(Contract, row, as_of)

    @strawberry.field(description="Alliances of providers.")
    async def alliances(
        self, info: Info, as_of: AsOf = None, first: First = 20, after: After = None
    ) -> Connection[Alliance]:
        page = await alliances_page(
            info.context.driver, as_of=as_of, first=first, after=after
        )
        return connection(Alliance, page, as_of)

    @strawberry.field(
        description="The alliance with this slug; null where there is none."
    )
    async def alliance(
        self, info: Info, slug: Slug, as_of: AsOf = None
    ) -> Alliance | None:
        row = await info.context.loaders.alliances.load((as_of, slug))
        return wrapped(Alliance, row, as_of)
