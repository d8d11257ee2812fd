"""Who took over from whom: successions, walked step by step."""

from datetime import date
from enum import Enum

import strawberry

from api.graphql.rows import linked, plain
from api.graphql.types.names import Organisation
from api.graphql.types.source import Source
from graph_model.rows import LineageRow, SuccessionRow


@strawberry.enum(description="How one organisation took over from another.")
class SuccessionKind(Enum):
    MERGED = strawberry.enum_value(
        "MERGED", description="Several became one, or one joined another."
    )
    RENAMED = strawberry.enum_value("RENAMED", description="The same under a new name.")
    REPLACED = strawberry.enum_value(
        "REPLACED", description="Another took its place, such as an ICB a CCG's."
    )
    SPLIT = strawberry.enum_value(
        "SPLIT", description="A part of it went to this one, other parts to others."
    )


@strawberry.type(
    description="A step from an organisation to one that took over from it."
)
class SuccessionStep:
    row: strawberry.Private[SuccessionRow]
    as_of: strawberry.Private[date | None]

    former: Organisation = linked("former", Organisation, "Who was there before.")
    heir: Organisation = linked("heir", Organisation, "Who took over.")
    on: date = plain("on", "The day on which it did.")
    kind: SuccessionKind = plain("kind", "How.")
    source: Source | None = linked("source", Source, "Who says so.")


@strawberry.type(
    description="A way of successions from one organisation to another, up to the day asked for."
)
class Lineage:
    row: strawberry.Private[LineageRow]
    as_of: strawberry.Private[date | None]

    first: Organisation = linked("first", Organisation, "Where the way begins.")
    organisation: Organisation = linked(
        "organisation", Organisation, "Where it has led by that day."
    )
    certain: bool = plain(
        "certain",
        "Whether everything went this way. Where somebody on it had another successor too, no source "
        "says what passed to which.",
    )
    steps: list[SuccessionStep] = linked(
        "steps", SuccessionStep, "The steps, oldest first; none where nobody took over."
    )
