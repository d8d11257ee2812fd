"""Questions about organisations."""

from typing import Annotated

import strawberry

from api.graphql.arguments import After, AsOf, First, Matching, at_most
from api.graphql.connections import Connection, connection
from api.graphql.context import Info
from api.graphql.rows import wrapped
from api.graphql.types.organisation import Organisation, OrganisationKind
from graph_model.errors import BadUserInput
from graph_model.organisations import organisation_by_ods_code, organisations_page


@strawberry.type
class OrganisationsQuery:
    @strawberry.field(
        description="The organisation with this ODS code, or with this slug; null where "
        "there is none."
    )
    async def organisation(
        self,
        info: Info,
        ods_code: Annotated[
            str | None,
            strawberry.argument(description='Its ODS code, such as "05H"; any case.'),
        ] = None,
        slug: Annotated[
            str | None, strawberry.argument(description="Its `slug` from an answer.")
        ] = None,
        as_of: AsOf = None,
    ) -> Organisation | None:
        if ods_code is not None and slug is None:
            code = ods_code.strip().upper()
            row = await organisation_by_ods_code(info.context.driver, code, as_of)
            return wrapped(Organisation, row, as_of)
        if slug is not None and ods_code is None:
            row = await info.context.loaders.organisations.load((as_of, slug))
            return wrapped(Organisation, row, as_of)
        raise BadUserInput(
            "An organisation is found by its ODS code or by its slug. "
            'Give exactly one of them, such as odsCode: "05H".'
        )

    @strawberry.field(
        description="Organisations; those that fit all of the arguments given."
    )
    async def organisations(
        self,
        info: Info,
        matching: Matching = None,
        kind: Annotated[
            OrganisationKind | None,
            strawberry.argument(description="Only organisations of this kind."),
        ] = None,
        as_of: AsOf = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Organisation]:
        at_most(100, matching, "matching")
        page = await organisations_page(
            info.context.driver,
            matching=matching,
            kind=kind.name if kind else None,
            as_of=as_of,
            first=first,
            after=after,
        )
        return connection(Organisation, page, as_of)
