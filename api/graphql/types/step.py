"""Steps of pathways: who may enter, and what follows."""

from datetime import date
from enum import Enum

import strawberry

from api.graphql.ids import global_id
from api.graphql.rows import linked, plain, wrapped
from api.graphql.types.criterion import CriterionKind
from api.graphql.types.names import Need, Organisation
from api.graphql.types.need import ServiceType
from api.graphql.types.person import ReferrerRole, Sex
from api.graphql.types.place import Area
from api.graphql.types.source import Source
from graph_model.rows import EntryCriterionRow, StepRow


@strawberry.type(
    description="What must hold of a person for a step: in words for people, and as far as "
    "possible in values for programs."
)
class EntryCriterion:
    row: strawberry.Private[EntryCriterionRow]
    as_of: strawberry.Private[date | None]

    text: str = plain("text", "The criterion in words.")
    kind: CriterionKind | None = plain(
        "kind", "What a program can judge of it; null: only a person can judge it."
    )
    min_age_days: int | None = plain("min_age_days", "Youngest age, in days.")
    max_age_days: int | None = plain("max_age_days", "Oldest age, in days.")
    sexes: list[Sex] = plain(
        "sexes", "The sexes meant; empty: it does not depend on sex."
    )
    referrers: list[ReferrerRole] = plain(
        "referrers", "Who may refer; empty: it does not depend on that."
    )
    needs: list[Need] = linked(
        "needs", Need, "The needs meant; empty: it does not depend on one."
    )
    areas: list[Area] = linked(
        "areas", Area, "The areas meant; empty: it does not depend on the place."
    )
    registered_with: list[Organisation] = linked(
        "registered_with",
        Organisation,
        "GP practices, or the commissioners of practices, one of whose patients the person has "
        "to be; empty: it does not depend on that.",
    )


@strawberry.enum(description="How urgent a step is.")
class Urgency(Enum):
    ROUTINE = strawberry.enum_value("ROUTINE", description="It can wait its turn.")
    URGENT = strawberry.enum_value("URGENT", description="It cannot wait its turn.")
    EMERGENCY = strawberry.enum_value(
        "EMERGENCY", description="At once: life or limb may be in danger."
    )


@strawberry.type(
    description="A step of a pathway, and the kind of service that takes it."
)
class PathwayStep:
    row: strawberry.Private[StepRow]
    as_of: strawberry.Private[date | None]
    pathway: strawberry.Private[str]
    all_steps: strawberry.Private[list[StepRow]]

    slug: str = plain("slug", "Key of the step within its pathway.")
    name: str = plain("name", "What is done.")
    stage: str = plain("stage", "Name of the stage that it belongs to.")
    service_type: ServiceType = linked(
        "service_type", ServiceType, "The kind of service that takes it."
    )
    needs: list[Need] = linked(
        "needs",
        Need,
        "What the service must meet; empty: any service of the type will do.",
    )
    entry_criteria: list[EntryCriterion] = linked(
        "entry_criteria", EntryCriterion, "What must hold for somebody to enter it."
    )
    exit: bool = plain("exit", "Whether the pathway may end here.")
    sources: list[Source] = linked(
        "sources", Source, "Who says so; empty: the sources of the pathway."
    )

    @strawberry.field(description="Opaque and stable.")
    def id(self) -> strawberry.ID:
        return global_id("PathwayStep", f"{self.pathway}/{self.row['slug']}")

    @strawberry.field(description="What can follow; empty where the pathway ends.")
    def next(self) -> list["PathwayTransition"]:
        by_slug = {step["slug"]: step for step in self.all_steps}
        return [
            PathwayTransition(
                to=PathwayStep(
                    row=by_slug[transition["to"]],
                    as_of=self.as_of,
                    pathway=self.pathway,
                    all_steps=self.all_steps,
                ),
                condition=transition["condition"],
                urgency=urgency_of(transition["urgency"]),
                within_minutes=transition["within_minutes"],
                source=wrapped(Source, transition["source"], self.as_of),
            )
            for transition in self.row["next"]
        ]


@strawberry.type(description="The way from one step of a pathway to another.")
class PathwayTransition:
    to: PathwayStep = strawberry.field(description="The step that follows.")
    condition: str | None = strawberry.field(
        description="When this way is taken, in words; null: always."
    )
    urgency: Urgency | None = strawberry.field(
        description="How urgent the next step is; null: none is stated."
    )
    within_minutes: int | None = strawberry.field(
        description="Within how many minutes the next step is to begin; null: none stated."
    )
    source: Source | None = strawberry.field(
        description="Who says so; null: the sources of the pathway."
    )


def urgency_of(name: str | None) -> Urgency | None:
    """The urgency of that name."""
    return Urgency[name] if name else None
