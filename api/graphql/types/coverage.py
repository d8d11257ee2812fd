"""Coverage: commissioners by needs; and what stops if contracts end."""

from datetime import date
from enum import Enum

import strawberry

from api.graphql.rows import linked, plain
from api.graphql.types.contract import Contract
from api.graphql.types.need import Need
from api.graphql.types.organisation import Organisation
from api.graphql.types.pathway import Pathway, steps_of
from api.graphql.types.service import Service
from api.graphql.types.source import Source
from api.graphql.types.step import PathwayStep
from graph_model.pictures.coverage import svg_of_coverage
from graph_model.pictures.impact import svg_of_impact
from graph_model.rows import (
    BrokenStepRow,
    ContractImpactRow,
    CoverageCellRow,
    CoverageRowRow,
    StepCoverageRow,
)
from graph_model.rows import CoverageRow as CoverageAnswerRow


@strawberry.enum(
    description="How far services under live contracts of a commissioner cover a need of its people."
)
class CoverageState(Enum):
    COVERED = strawberry.enum_value(
        "COVERED",
        description="They serve all of its people, as near as postcode sectors tell.",
    )
    GAP = strawberry.enum_value(
        "GAP",
        description="A dated source declares the directory complete for this commissioner and need, "
        "and it holds nothing for some or all of its people.",
    )
    OVERLAP = strawberry.enum_value(
        "OVERLAP",
        description="They serve all of its people, and different providers under different live "
        "contracts serve the same people for the same need.",
    )
    UNKNOWN = strawberry.enum_value(
        "UNKNOWN",
        description="Nobody can tell: `explanation` says why. It is never a gap.",
    )


@strawberry.type(description="How far a commissioner's services cover a need.")
class CoverageCell:
    row: strawberry.Private[CoverageCellRow]
    as_of: strawberry.Private[date | None]

    commissioner: Organisation = linked(
        "commissioner", Organisation, "Whose people they are."
    )
    need: Need = linked("need", Need, "What they need.")
    state: CoverageState = plain("state", "How far it is covered.")
    explanation: str = plain("explanation", "Why, in words.")
    share: float | None = plain(
        "share",
        "The share of its postcodes that services under live contracts surely serve, from 0 to 1; null: "
        "not known.",
    )
    services: list[Service] = linked(
        "services",
        Service,
        "What it has bought for this: what surely covers it first, then what may, and what is for a part "
        "of the need. At most 20.",
    )
    contracts: list[Contract] = linked(
        "contracts", Contract, "Under which contracts. At most 20."
    )
    complete_as_of: date | None = plain(
        "complete_as_of",
        "The day for which a source declares the directory complete for this; null: none does.",
    )
    sources: list[Source] = linked(
        "sources", Source, "Who declares the directory complete for this."
    )

    postcodes_left: int | None = plain(
        "postcodes",
        "In the impact of contracts: how many postcodes lose their service. Null elsewhere, and where it "
        "is not known.",
    )


@strawberry.type(
    description="How far a commissioner's services of the type that a step calls for cover it."
)
class StepCoverage:
    row: strawberry.Private[StepCoverageRow]
    as_of: strawberry.Private[date | None]

    state: CoverageState = plain("state", "How far it is covered.")
    explanation: str = plain("explanation", "Why, in words.")
    share: float | None = plain(
        "share",
        "The share of its postcodes that services under live contracts surely serve, from 0 to 1; null: "
        "not known.",
    )
    services: list[Service] = linked(
        "services", Service, "What it has bought of that type. At most 20."
    )
    contracts: list[Contract] = linked(
        "contracts", Contract, "Under which contracts. At most 20."
    )

    @strawberry.field(description="The step.")
    def step(self) -> PathwayStep:
        return steps_of(self.row["pathway"], [self.row["step"]], self.as_of)[0]


@strawberry.type(description="A commissioner's row of the matrix.")
class CoverageRow:
    row: strawberry.Private[CoverageRowRow]
    as_of: strawberry.Private[date | None]

    commissioner: Organisation = linked(
        "commissioner", Organisation, "The commissioner."
    )
    existed: bool = plain(
        "there",
        "Whether it existed on the day. What it had bought passed to its successors, and stands in "
        "their rows.",
    )
    postcodes: int | None = plain(
        "postcodes", "How many postcodes its areas have; null: not known."
    )
    cells: list[CoverageCell] = linked(
        "cells", CoverageCell, "One for each of `Coverage.needs`, in their order."
    )
    states: list[CoverageState] = plain(
        "states",
        "The states alone, in the order of `Coverage.needs`: the least that a matrix needs.",
    )
    steps: list[StepCoverage] = linked(
        "steps",
        StepCoverage,
        "One for each step of the pathway asked for, in their order; empty without one.",
    )


@strawberry.type(
    description="Commissioners by needs: who has a service under a live contract, who has none, who "
    "has several."
)
class Coverage:
    row: strawberry.Private[CoverageAnswerRow]
    as_of: strawberry.Private[date | None]

    day: date = plain("as_of", "The day that it is for.", name="asOf")
    needs: list[Need] = linked(
        "needs", Need, "The needs, in the order in which they were asked for."
    )
    pathway: Pathway | None = linked(
        "pathway", Pathway, "The pathway asked for; null where there was none."
    )
    rows: list[CoverageRow] = linked(
        "rows",
        CoverageRow,
        "The commissioners, in the order in which they were asked for; left out, by slug.",
    )

    @strawberry.field(
        description="The matrix as an SVG document, with words for those who do not see it, readable in "
        "black and white: commissioners by needs, or by the steps of the pathway asked for. At most 2,000 cells."
    )
    def svg(self) -> str:
        return svg_of_coverage(self.row)


@strawberry.type(
    description="A step of a pathway that a commissioner adopted, for which its people lose the service."
)
class BrokenStep:
    row: strawberry.Private[BrokenStepRow]
    as_of: strawberry.Private[date | None]

    commissioner: Organisation = linked(
        "commissioner", Organisation, "Whose people they are."
    )
    pathway: Pathway = linked("pathway", Pathway, "The pathway.")
    explanation: str = plain("explanation", "For how many of them, and what is left.")

    @strawberry.field(description="The step.")
    def step(self) -> PathwayStep:
        return steps_of(self.row["pathway"], [self.row["step"]], self.as_of)[0]


@strawberry.type(description="What stops if contracts end on the day asked for.")
class ContractImpact:
    row: strawberry.Private[ContractImpactRow]
    as_of: strawberry.Private[date | None]

    day: date = plain("as_of", "The day on which they are taken to end.", name="asOf")
    contracts: list[Contract] = linked(
        "contracts",
        Contract,
        "The contracts named, or those that may end before `endingBefore`.",
    )
    contracts_without_effect: list[Contract] = linked(
        "not_live",
        Contract,
        "Of them, those whose end changes nothing: not in force on the day, or not to end before "
        "`endingBefore`.",
    )
    services: list[Service] = linked(
        "services",
        Service,
        "The services that stop: known to run, under no other contract that may be live.",
    )
    services_in_doubt: list[Service] = linked(
        "services_in_doubt",
        Service,
        "The services of which nobody can tell: whether they run, or whether one of their contracts is "
        "live, is not known.",
    )
    services_that_go_on: list[Service] = linked(
        "services_that_go_on",
        Service,
        "The services that go on under another live contract, if perhaps for other people.",
    )
    commissioners: list[Organisation] = linked(
        "commissioners",
        Organisation,
        "Who commissions them, or is heir on the day to who did.",
    )
    needs_left_uncovered: list[CoverageCell] = linked(
        "needs_left_uncovered",
        CoverageCell,
        "The needs of which people lose the cover, and whose people. `state` is what is left: GAP only "
        "where a source declares the directory complete, else UNKNOWN.",
    )
    broken_steps: list[BrokenStep] = linked(
        "broken_steps",
        BrokenStep,
        "The steps of published pathways for which people of a commissioner that adopted them lose the "
        "service, once for each commissioner.",
    )
    postcodes: int | None = plain(
        "postcodes",
        "How many postcodes lose the cover of a need, each counted once, as near as postcode sectors "
        "tell; null: not known.",
    )

    @strawberry.field(
        description="The impact as an SVG document, with words for those who do not see it, readable in black and "
        "white: contracts, the services that stop, and what these leave uncovered or break. At most 25 contracts."
    )
    def svg(self) -> str:
        return svg_of_impact(self.row)

    @strawberry.field(
        description="The same steps, each once; `brokenSteps` says whose people lose the service."
    )
    def pathway_steps(self) -> list[PathwayStep]:
        steps: dict[tuple[str, int, str], PathwayStep] = {}
        for broken in self.row["broken_steps"]:
            pathway, step = broken["pathway"], broken["step"]
            key = (pathway["slug"], pathway["version"], step["slug"])
            steps.setdefault(key, steps_of(pathway, [step], self.as_of)[0])
        return list(steps.values())
