"""The main question, and what is asked around it: the directory itself, places and needs."""

from datetime import date
from typing import Annotated

import strawberry

from api.graphql.arguments import After, Code, First, at_most
from api.graphql.connections import Connection, connection
from api.graphql.context import Info
from api.graphql.inputs import PlaceInput, ReferralCase, case_question, place_question
from api.graphql.rows import wrapped
from api.graphql.selection import selects
from api.graphql.types.directory import Directory
from api.graphql.types.need import Need
from api.graphql.types.place import Place
from api.graphql.types.referral import ReferralAnswer
from graph_model.directory import directory
from graph_model.needs import needs_page
from graph_model.places import find_place
from graph_model.referrals import referral_answer


@strawberry.type
class FindingQuery:
    @strawberry.field(
        description="The main question: where can this person be sent, best first, and why."
    )
    async def referral_options(
        self,
        info: Info,
        case: Annotated[
            ReferralCase,
            strawberry.argument(description="Who needs what, where and when."),
        ],
        as_of: Annotated[
            date | None,
            strawberry.argument(
                description="The day that the answer is for. Left out: the local date of "
                "`case.at`, or else the directory's own date."
            ),
        ] = None,
        first: Annotated[
            int | None,
            strawberry.argument(description="How many options at most, from 1 to 50."),
        ] = 10,
    ) -> ReferralAnswer:
        row = await referral_answer(
            info.context.driver,
            case_question(case),
            as_of,
            10 if first is None else first,
            with_near_misses=selects(info._raw_info, "nearMisses"),
        )
        return ReferralAnswer(row=row, as_of=row["as_of"])

    @strawberry.field(description="What this directory is, and how much is in it.")
    async def directory(self, info: Info) -> Directory:
        return Directory(row=await directory(info.context.driver), as_of=None)

    @strawberry.field(
        description="The place, and who commissions for people there; null where the "
        "directory does not know it."
    )
    async def place(
        self,
        info: Info,
        place: Annotated[PlaceInput, strawberry.argument(description="Where it is.")],
    ) -> Place | None:
        question = place_question(place)
        row = await find_place(info.context.driver, question, None)
        return wrapped(Place, row, None)

    @strawberry.field(
        description="The needs that the directory knows, by code; with `matching`, those "
        "that fit the words, best first."
    )
    async def needs(
        self,
        info: Info,
        matching: Annotated[
            str | None,
            strawberry.argument(
                description="Words for the need, as staff or patients say it. "
                "At most 100 characters."
            ),
        ] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Need]:
        at_most(100, matching, "matching")
        page = await needs_page(
            info.context.driver, matching=matching, first=first, after=after
        )
        return connection(Need, page, None)

    @strawberry.field(description="The need with this code; null where there is none.")
    async def need(self, info: Info, code: Code) -> Need | None:
        return wrapped(Need, await info.context.loaders.needs.load((None, code)), None)
