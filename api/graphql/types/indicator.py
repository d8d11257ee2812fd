"""By what success is measured."""

from datetime import date

import strawberry

from api.graphql.rows import linked, plain
from api.graphql.types.source import Source
from graph_model.rows import IndicatorRow


@strawberry.type(description="Something that is measured, to see whether it works.")
class Indicator:
    row: strawberry.Private[IndicatorRow]
    as_of: strawberry.Private[date | None]

    name: str = plain("name", "Its name.")
    measure: str = plain("measure", "What is measured, and how.")
    target: str | None = plain("target", "What is to be reached; null: none is stated.")
    sources: list[Source] = linked(
        "sources",
        Source,
        "Who says so; empty: the sources of what it is an indicator of.",
    )
