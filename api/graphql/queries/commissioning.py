"""Questions of commissioners: what is covered, and what stops if contracts end."""

from datetime import date
from typing import Annotated

import strawberry

from api.graphql.arguments import After, AsOf, First
from api.graphql.connections import Connection, connection
from api.graphql.context import Info
from api.graphql.selection import selects, selects_far_below
from api.graphql.types.coverage import ContractImpact, Coverage
from api.graphql.types.difference import Difference
from graph_model.coverage import CoverageQuestion, coverage
from graph_model.differences import differences_page
from graph_model.impact import contract_impact

SHOWN = {"services", "contracts"}
MORE_THAN_STATES = {"explanation", "share", "completeAsOf", "sources"}
# The parts of an impact, and the fields that need each.
PARTS = {
    "services": {"services", "servicesInDoubt", "servicesThatGoOn"},
    "needs": {"needsLeftUncovered", "postcodes"},
    "steps": {"brokenSteps", "pathwaySteps"},
}


@strawberry.type
class CommissioningQuery:
    @strawberry.field(
        description="Commissioners by needs, or by the needs and steps of a pathway: who has a service "
        "under a live contract, who has none, who has several. The services and contracts of at most "
        "2,000 cells are shown."
    )
    async def coverage(
        self,
        info: Info,
        commissioners: Annotated[
            list[str] | None,
            strawberry.argument(
                description="The `slug` or ODS code of 1 to 200 commissioners; left out, all who have "
                "bought anything."
            ),
        ] = None,
        needs: Annotated[
            list[str] | None,
            strawberry.argument(
                description="The `code` of 1 to 120 needs; left out, those for which these commissioners "
                "have bought anything."
            ),
        ] = None,
        pathway: Annotated[
            str | None,
            strawberry.argument(
                description="The `slug` of a pathway: its needs, and its steps by the type of service that "
                "they call for. Instead of `needs`."
            ),
        ] = None,
        as_of: AsOf = None,
    ) -> Coverage:
        question = CoverageQuestion(
            commissioners,
            needs,
            pathway,
            listed=selects_far_below(
                info._raw_info, {"rows"}, {"cells", "steps"}, SHOWN
            ),
            words=selects_far_below(
                info._raw_info, {"rows"}, {"cells", "steps"}, MORE_THAN_STATES
            ),
            drawn=selects(info._raw_info, "svg"),
        )
        row = await coverage(info.context.driver, question, as_of)
        return Coverage(row=row, as_of=row["as_of"])

    @strawberry.field(
        description="What stops if these contracts end on the day asked for: services, the cover of needs, "
        "and steps of pathways, and whose people lose them."
    )
    async def contract_impact(
        self,
        info: Info,
        contracts: Annotated[
            list[str] | None,
            strawberry.argument(
                description="The `slug` of 1 to 100 contracts; left out, those in force that may end before "
                "`endingBefore`."
            ),
        ] = None,
        ending_before: Annotated[
            date | None,
            strawberry.argument(
                description="Only contracts of which `end` may be before this day; a month may be any day "
                "of it."
            ),
        ] = None,
        as_of: AsOf = None,
    ) -> ContractImpact:
        row = await contract_impact(
            info.context.driver,
            contracts,
            ending_before,
            as_of,
            selects_far_below(info._raw_info, {"needsLeftUncovered"}, SHOWN),
            {
                part
                for part, fields in PARTS.items()
                if selects_far_below(info._raw_info, fields | {"svg"})
            },
            selects(info._raw_info, "svg"),
        )
        return ContractImpact(row=row, as_of=row["as_of"])

    @strawberry.field(
        description="What came, went and changed between two days: contracts, routes, services, in this "
        "order, with their statuses then and why."
    )
    async def directory_diff(
        self,
        info: Info,
        start: Annotated[
            date, strawberry.argument(name="from", description="The earlier day.")
        ],
        end: Annotated[
            date, strawberry.argument(name="to", description="The later day.")
        ],
        first: First = 20,
        after: After = None,
    ) -> Connection[Difference]:
        page = await differences_page(info.context.driver, start, end, first, after)
        return connection(Difference, page, end)
