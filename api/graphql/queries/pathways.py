"""Questions about pathways and programmes."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from api.graphql.arguments import After, AsOf, First, Matching, Slug, at_most
from api.graphql.connections import Connection, connection
from api.graphql.context import Info
from api.graphql.inputs import PlaceInput, PlanCase, place_question, plan_question
from api.graphql.rows import wrapped
from api.graphql.types.pathway import Pathway
from api.graphql.types.plan import PathwayPlan
from api.graphql.types.programme import Programme
from graph_model.pathways import pathway_by_slug, pathways_page
from graph_model.plans import pathway_plan
from graph_model.programmes import programmes_page


@strawberry.type
class PathwaysQuery:
    @strawberry.field(
        description="The pathway with this slug; null where there is none."
    )
    async def pathway(
        self,
        info: Info,
        slug: Slug,
        version: Annotated[
            int | None,
            strawberry.argument(
                description="Which version; left out, the one in use on the day asked for."
            ),
        ] = None,
        commissioner: Annotated[
            str | None,
            strawberry.argument(
                description="The `slug` or ODS code of a commissioner: the pathway as it runs it, "
                "if it had adopted it by the day asked for (`localisedFor`)."
            ),
        ] = None,
        as_of: AsOf = None,
    ) -> Pathway | None:
        at_most(100, commissioner, "commissioner")
        row = await pathway_by_slug(
            info.context.driver, slug, version, as_of, commissioner
        )
        return wrapped(Pathway, row, as_of)

    @strawberry.field(
        description="Pathways; those that fit all of the arguments given."
    )
    async def pathways(
        self,
        info: Info,
        matching: Matching = None,
        need: Annotated[
            str | None,
            strawberry.argument(description="The `code` of a need that it is for."),
        ] = None,
        commissioner: Annotated[
            str | None,
            strawberry.argument(
                description="The `slug` of an organisation that has adopted it."
            ),
        ] = None,
        place: Annotated[
            PlaceInput | None,
            strawberry.argument(
                description="Only pathways adopted by whoever commissions there."
            ),
        ] = None,
        as_of: AsOf = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Pathway]:
        at_most(100, matching, "matching")
        page = await pathways_page(
            info.context.driver,
            matching=matching,
            need=need,
            commissioner=commissioner,
            place=place_question(place) if place else None,
            as_of=as_of,
            first=first,
            after=after,
        )
        return connection(Pathway, page, as_of)

    @strawberry.field(
        description="A pathway as it runs for this place and date: each step with the service that takes it, "
        "or why none does."
    )
    async def pathway_plan(
        self,
        info: Info,
        slug: Slug,
        place: Annotated[
            PlaceInput, strawberry.argument(description="Where the person is.")
        ],
        case: Annotated[
            PlanCase | None,
            strawberry.argument(description="What is known of the person."),
        ] = None,
        as_of: Annotated[
            date | None,
            strawberry.argument(
                description="The day that the plan is for. Left out: the local date of `at`, or "
                "else the directory's own date."
            ),
        ] = None,
        at: Annotated[
            datetime | None,
            strawberry.argument(
                description="When help is needed: what is surely closed then takes no step. Left out: the "
                "directory's date at the present time of day, at which nothing is left out for being closed."
            ),
        ] = None,
    ) -> PathwayPlan:
        asked = plan_question(slug, place, case, at)
        row = await pathway_plan(info.context.driver, asked, as_of)
        return PathwayPlan(row=row, as_of=row["as_of"])

    @strawberry.field(description="Programmes of change, local and national.")
    async def programmes(
        self, info: Info, as_of: AsOf = None, first: First = 20, after: After = None
    ) -> Connection[Programme]:
        page = await programmes_page(
            info.context.driver, as_of=as_of, first=first, after=after
        )
        return connection(Programme, page, as_of)

    @strawberry.field(
        description="The programme with this slug; null where there is none."
    )
    async def programme(
        self, info: Info, slug: Slug, as_of: AsOf = None
    ) -> Programme | None:
        row = await info.context.loaders.programmes.load((as_of, slug))
        return wrapped(Programme, row, as_of)
