"""Pathways: how care for a need runs, step by step."""

from datetime import date
from enum import Enum
from itertools import groupby
from typing import Any, ClassVar

import strawberry

from api.graphql.context import Info
from api.graphql.ids import global_id
from api.graphql.rows import Node, linked, plain
from api.graphql.types.indicator import Indicator
from api.graphql.types.names import Need, Organisation
from api.graphql.types.period import dated
from api.graphql.types.source import Source
from api.graphql.types.step import PathwayStep
from graph_model.pictures.mermaid import mermaid_of_pathway
from graph_model.pictures.pathway import svg_of_pathway
from graph_model.rows import PathwayRow, StepRow


@strawberry.enum(description="Whether a version of a pathway is in use.")
class PathwayStatus(Enum):
    DRAFT = strawberry.enum_value("DRAFT", description="Being written; not in use.")
    PUBLISHED = strawberry.enum_value("PUBLISHED", description="In use.")
    RETIRED = strawberry.enum_value("RETIRED", description="No longer in use.")


@strawberry.type(description="Steps of a pathway that belong together.")
class PathwayStage:
    pathway: strawberry.Private[PathwayRow]
    as_of: strawberry.Private[date | None]
    members: strawberry.Private[list[StepRow]]

    name: str = strawberry.field(description="Its name.")

    @strawberry.field(description="Opaque and stable.")
    def id(self) -> strawberry.ID:
        return global_id("PathwayStage", f"{pathway_key(self.pathway)}/{self.name}")

    @strawberry.field(description="Its steps, in order.")
    def steps(self) -> list[PathwayStep]:
        return steps_of(self.pathway, self.members, self.as_of)


@strawberry.type(description="How care for a need runs, step by step, in one version.")
class Pathway(Node):
    row: strawberry.Private[PathwayRow]
    as_of: strawberry.Private[date | None]
    loader: ClassVar[str] = "pathways"

    slug: str = plain("slug", "Key of the pathway; its versions share it.")
    name: str = plain("name", "Its name.")
    version: int = plain("version", "Which version this is, from 1.")
    status: PathwayStatus = plain("status", "Whether this version is in use.")
    effective_from: date | None = dated(
        "effective_from", "First day of its use; null: not known, or always."
    )
    effective_to: date | None = dated(
        "effective_to",
        "First day on which it is no longer in use; null: not known, or known to go on.",
    )
    needs: list[Need] = linked("needs", Need, "The needs that it is for.")
    owners: list[Organisation] = linked(
        "owners", Organisation, "Who answers for its content; empty: not stated."
    )
    commissioners: list[Organisation] = linked(
        "commissioners", Organisation, "Who had adopted it on the day asked for."
    )
    localised_for: Organisation | None = linked(
        "localised_for",
        Organisation,
        "The commissioner as whose it is shown, with the steps that it runs otherwise; null: as "
        "it was published.",
    )
    indicators: list[Indicator] = linked(
        "indicators", Indicator, "By what its success is measured."
    )
    sources: list[Source] = linked("sources", Source, "Who says so.")

    @strawberry.field(
        description="Its stages, in the order in which a person meets them."
    )
    async def stages(self, info: Info) -> list[PathwayStage]:
        row = await self.row_with_steps(info)
        return [
            PathwayStage(pathway=row, as_of=self.as_of, name=name, members=list(steps))
            for name, steps in groupby(row["steps"], key=lambda step: step["stage"])
        ]

    @strawberry.field(
        description="Its steps, in the order in which a person meets them."
    )
    async def steps(self, info: Info) -> list[PathwayStep]:
        row = await self.row_with_steps(info)
        return steps_of(row, row["steps"], self.as_of)

    @strawberry.field(
        description="A picture of it as an SVG document, with words for those who do not see it, "
        "readable in black and white."
    )
    async def svg(self, info: Info) -> str:
        return svg_of_pathway(await self.row_with_steps(info))

    @strawberry.field(
        description="The same picture as the text of a Mermaid flowchart."
    )
    async def mermaid(self, info: Info) -> str:
        return mermaid_of_pathway(await self.row_with_steps(info))

    async def row_with_steps(self, info: Info) -> Any:
        """The row, or the full row where it lacks the steps."""
        return (
            self.row if "steps" in self.row else await self.full_row(info, self.as_of)
        )

    def key(self) -> str:
        return pathway_key(self.row)

    def loader_key(self) -> tuple[str | int, ...]:
        adopter = self.row.get("localised_for")
        key = self.row["slug"], self.row["version"]
        return (*key, adopter["slug"]) if adopter else key


def pathway_key(row: PathwayRow) -> str:
    """The slug and version as one key, and whose form it is: `falls-at-home@2`."""
    key = f"{row['slug']}@{row['version']}"
    adopter = row.get("localised_for")
    return f"{key}@{adopter['slug']}" if adopter else key


def steps_of(
    pathway: Any, steps: list[StepRow], as_of: date | None
) -> list[PathwayStep]:
    """Steps of a pathway as objects that know the pathway's other steps."""
    return [
        PathwayStep(
            row=step,
            as_of=as_of,
            pathway=pathway_key(pathway),
            all_steps=pathway["steps"],
        )
        for step in steps
    ]
