"""By what success is measured."""

from datetime import date

import strawberry

from api.graphql.rows import plain
from graph_model.rows import IndicatorRow


@strawberry.type(description="Something that is measured, to see whether it works.")
class Indicator:
    row: strawberry.Private[IndicatorRow]
    as_of: strawberry.Private[date | None]

    name: str = plain("name", "Its name.")
    measure: str = plain("measure", "What is measured, and how.")
    target: str | None = plain("target", "What is to be reached; null: none is stated.")
