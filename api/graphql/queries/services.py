"""Questions about services and their types."""

from typing import Annotated

import strawberry

from api.graphql.arguments import After, AsOf, First, Matching, Slug, at_most
from api.graphql.connections import Connection, connection
from api.graphql.context import Info
from api.graphql.rows import wrapped
from api.graphql.types.need import ServiceType
from api.graphql.types.service import Service
from graph_model.services import service_types_page, services_page


@strawberry.type
class ServicesQuery:
    @strawberry.field(
        description="The types of service that the directory knows, by code."
    )
    async def service_types(
        self, info: Info, first: First = 100, after: After = None
    ) -> Connection[ServiceType]:
        page = await service_types_page(info.context.driver, first=first, after=after)
        return connection(ServiceType, page, None)

    @strawberry.field(
        description="The service with this slug; null where there is none."
    )
    async def service(
        self, info: Info, slug: Slug, as_of: AsOf = None
    ) -> Service | None:
        row = await info.context.loaders.services.load((as_of, slug))
        return wrapped(Service, row, as_of)

    @strawberry.field(
        description="Services by name, whatever their status; those that fit all of the "
        "arguments given."
    )
    async def services(
        self,
        info: Info,
        matching: Matching = None,
        type: Annotated[
            str | None, strawberry.argument(description="A service type's `code`.")
        ] = None,
        provider: Annotated[
            str | None,
            strawberry.argument(
                description="The `slug` of the organisation that provides it."
            ),
        ] = None,
        commissioner: Annotated[
            str | None,
            strawberry.argument(
                description="The `slug` of an organisation that commissions it."
            ),
        ] = None,
        need: Annotated[
            str | None,
            strawberry.argument(description="The `code` of a need that it meets."),
        ] = None,
        as_of: AsOf = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Service]:
        at_most(100, matching, "matching")
        page = await services_page(
            info.context.driver,
            matching=matching,
            type=type,
            provider=provider,
            commissioner=commissioner,
            need=need,
            as_of=as_of,
            first=first,
            after=after,
        )
        return connection(Service, page, as_of)
