"""Programmes: what is being changed, by whom, and how far it has come."""

from datetime import date
from typing import Annotated, ClassVar

import strawberry

from api.graphql.arguments import at_most
from api.graphql.context import Info
from api.graphql.rows import Node, linked, plain, wrapped
from api.graphql.types.indicator import Indicator
from api.graphql.types.names import (
    Alliance,
    Contract,
    Organisation,
    ProgrammeSite,
    Service,
)
from api.graphql.types.place import Area
from api.graphql.types.site import CareModel
from api.graphql.types.source import Source
from graph_model.rows import (
    CareModelRow,
    MilestoneRow,
    PartnerRow,
    PostRow,
    ProgrammeRow,
)


@strawberry.type(
    description="Something that happened, or was to happen, in a programme."
)
class Milestone:
    row: strawberry.Private[MilestoneRow]
    as_of: strawberry.Private[date | None]

    slug: str = plain("slug", "Key of the milestone.")
    name: str = plain("name", "What happened.")
    when: str = plain(
        "when",
        "When, as an ISO 8601 date of whatever precision the source gives: "
        '"2013-04", "2012-06-20".',
    )
    organisations: list[Organisation] = linked(
        "organisations", Organisation, "Who took part."
    )
    sources: list[Source] = linked("sources", Source, "Who says so.")


@strawberry.type(description="An organisation's part in a programme.")
class ProgrammePartner:
    row: strawberry.Private[PartnerRow]
    as_of: strawberry.Private[date | None]

    organisation: Organisation = linked("organisation", Organisation, "Who takes part.")
    role: str = plain("role", "As what, in words.")
    source: Source | None = linked(
        "source", Source, "Who says so; null where the programme's own sources do."
    )


@strawberry.type(description="A post that a source names; never a person.")
class Post:
    row: strawberry.Private[PostRow]
    as_of: strawberry.Private[date | None]

    title: str = plain("title", "Title of the post.")
    organisation: Organisation | None = linked(
        "organisation", Organisation, "Where the post is; null: not known."
    )


@strawberry.type(description="A programme of change, local or national.")
class Programme(Node):
    row: strawberry.Private[ProgrammeRow]
    as_of: strawberry.Private[date | None]
    loader: ClassVar[str] = "programmes"

    slug: str = plain("slug", "Key of the programme in questions to this directory.")
    name: str = plain("name", "Its name.")
    description: str | None = plain("description", "What it is, in a few sentences.")
    aims: list[str] = plain("aims", "What it aims at.")
    serves: list[str] = plain("serves", "Whom it is for, in words.")
    funding_gbp: float | None = plain(
        "funding_gbp", "Its funding in pounds; null: not known.", name="fundingGBP"
    )
    population: int | None = plain(
        "population", "Number of people whom it covers; null: not known."
    )
    care_models: list[CareModel] = linked(
        "care_models", CareModel, "The care models that it tries out."
    )
    milestones: list[Milestone] = linked(
        "milestones", Milestone, "What happened when, in order."
    )
    partners: list[ProgrammePartner] = linked(
        "partners", ProgrammePartner, "The organisations that take part, and as what."
    )
    posts: list[Post] = linked("posts", Post, "The posts that sources name.")
    services: list[Service] = linked(
        "services", Service, "The services that it covers."
    )
    contracts: list[Contract] = linked(
        "contracts", Contract, "The contracts that it covers."
    )
    alliances: list[Alliance] = linked(
        "alliances", Alliance, "The alliances that it covers."
    )
    areas: list[Area] = linked("areas", Area, "The areas that it covers.")
    indicators: list[Indicator] = linked(
        "indicators", Indicator, "By what its success is measured."
    )
    sources: list[Source] = linked("sources", Source, "Who says so.")

    @strawberry.field(description="Its sites, in the order of their numbers.")
    async def sites(
        self,
        info: Info,
        care_model: Annotated[
            str | None,
            strawberry.argument(
                description="Only sites that follow this care model: its slug, name or "
                "abbreviation, in any case."
            ),
        ] = None,
    ) -> list[ProgrammeSite]:
        at_most(100, care_model, "careModel")
        row = self.row if "sites" in self.row else await self.full_row(info, self.as_of)
        sites = [
            # A site inside its own programme does not repeat it.
            {"programme": self.row, **site}
            for site in row["sites"]
            if care_model is None or follows(site["care_model"], care_model)
        ]
        return wrapped(ProgrammeSite, sites, self.as_of)


def follows(care_model: CareModelRow | None, wanted: str) -> bool:
    """Whether a site with this care model follows the one that is wanted."""
    if care_model is None:
        return False
    names = (care_model["slug"], care_model["name"], care_model["abbreviation"])
    return wanted.strip().casefold() in {name.casefold() for name in names}
