"""The records of pathways, as their files hold them (docs/pathways.md)."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator
from pydantic import model_validator as validated

from graph_model.pathway_shape import (
    ShapeFault,
    criterion_fault,
    named_steps_faults,
    shape_faults,
)
from seed.fields import (
    AreaOf,
    Count,
    CriterionKind,
    From,
    NeedOf,
    OrganisationOf,
    Referrer,
    Sex,
    Slug,
    Text,
    To,
    TypeOf,
    after,
    refusal,
)
from seed.records import Citation, Indicator, OneCitation, Record, Source, Sourced


# BaseModel is named again for the linter, which sees no further than this file.
class Described(Record, BaseModel):
    """A record whose fields say in the published schema what they mean."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class EntryCriterion(Described):
    """What must hold of a person for a step: in words for people, in values for programs.

    A person fits if they fit all of the values that are given.
    """

    text: Text
    """The criterion in words."""
    kind: CriterionKind | None = None
    """What a program judges of it, if not plain from the values; of AGE, SEX, NEED, AREA, GP_PRACTICE, REFERRER."""
    min_age_days: Count | None = None
    """The youngest age, in days: 6574 for 18 years, 23741 for 65."""
    max_age_days: Count | None = None
    """The oldest age, in days: 6574 for those who are not yet 18."""
    sexes: list[Sex] = []
    """The sexes meant; none: it does not depend on sex."""
    needs: list[NeedOf] = []
    """Codes of needs; a person fits with one of them, or with a narrower one."""
    areas: list[AreaOf] = []
    """Codes of areas; a person fits in one of them."""
    registered_with: list[OrganisationOf] = []
    """GP practices, or commissioners of practices; a person fits who is registered there."""
    referrers: list[Referrer] = []
    """Who may refer; none: it does not depend on that."""

    @validated(mode="after")
    def a_program_can_judge_its_kind(self) -> Self:
        if fault := criterion_fault(self.model_dump()):
            raise refusal(*fault)
        return self


class Transition(Described):
    """The way from one step to another."""

    to: Text
    """The slug of a step of the same pathway."""
    condition: Text | None = None
    """When this way is taken; left out: always."""
    urgency: Literal["ROUTINE", "URGENT", "EMERGENCY"] | None = None
    """How urgent the next step is, where the evidence says so."""
    within_minutes: Annotated[int, Field(ge=1)] | None = None
    """The longest interval until the next step begins, in minutes, where the evidence states one."""
    stated_by: OneCitation | None = None
    """Who states the interval, if not the pathway's sources as a whole."""


class Step(Described):
    """What is done, and the type of service that does it; never a named service."""

    slug: Slug
    """Its key within the pathway."""
    name: Text
    """What is done."""
    stage: Text
    """The stage that it belongs to; steps of one stage stand together."""
    service_type: TypeOf
    """The code of the type of service that takes it, in the Directory of Services."""
    needs: list[NeedOf] = []
    """What the service must meet; none: any service of the type will do."""
    entry_criteria: list[EntryCriterion] = []
    """What must hold for somebody to enter it; all of them."""
    next: list[Transition] = []
    """What may follow."""
    exit: bool = False
    """Whether the pathway may end here."""
    stated_by: list[Citation] = []
    """Who states this step, if not the pathway's sources as a whole."""


class LocalStep(Described):
    """What a commissioner does otherwise in a step; whatever is left out stays as it is."""

    slug: Slug
    """The step of the pathway that it replaces."""
    name: Text | None = None
    """What is done there."""
    service_type: TypeOf | None = None
    """The type of service that takes it there."""
    needs: list[NeedOf] | None = None
    """What the service must meet there."""
    entry_criteria: list[EntryCriterion] | None = None
    """What must hold there."""
    next: list[Transition] | None = None
    """What may follow there."""
    exit: bool | None = None
    """Whether the pathway may end here, there."""
    stated_by: list[Citation] = []
    """Who states it."""


class Adoption(Described):
    """A commissioner that has adopted the pathway, and what it does otherwise."""

    organisation: OrganisationOf
    """Its slug, or `ods:` and its ODS code."""
    from_: From | None = Field(None, alias="from")
    """The first day; OPEN: always; left out: no source says."""
    to: Annotated[To, after("from_")] | None = None
    """The first day on which it no longer holds; OPEN: known to go on; left out: no source says."""
    steps: list[LocalStep] = []
    """The steps that it does otherwise."""
    stated_by: OneCitation | None = None
    """Who states the adoption, if not the pathway's sources."""


def adoption_of(value: Any) -> Any:
    """An organisation alone adopts the pathway as it is."""
    return {"organisation": value} if isinstance(value, str) else value


Adopted = Annotated[
    Adoption, BeforeValidator(adoption_of, json_schema_input_type=str | Adoption)
]


class Pathway(Described, Sourced):
    """A pathway in one version. A published version does not change: what changes is a new one."""

    slug: Slug
    """Its key; its versions share it."""
    name: Text
    """Its name."""
    version: Annotated[int, Field(ge=1)]
    """Which version this is, from 1."""
    status: Literal["DRAFT", "PUBLISHED", "RETIRED"]
    """Whether it is in use. A draft may have a shape that could not be published."""
    from_: From | None = Field(None, alias="from")
    """The first day of its use; OPEN: always; left out: no source says."""
    to: Annotated[To, after("from_")] | None = None
    """The first day on which it is no longer in use; OPEN: known to go on; left out: no source says."""
    needs: Annotated[list[NeedOf], Field(min_length=1)]
    """Codes of the needs that it is for."""
    owners: list[OrganisationOf] = []
    """Who answers for its content."""
    adopted_by: list[Adopted] = []
    """The commissioners that have adopted it; may be added to later, without a new version."""
    steps: Annotated[list[Step], Field(min_length=1)]
    """Its steps, in the order in which a person meets them; the first is where it begins."""
    indicators: list[Indicator] = []
    """By what its success is measured."""

    @field_validator("adopted_by")
    @classmethod
    def nobody_adopts_twice_at_once(cls, adopted: list[Adoption]) -> list[Adoption]:
        seen: set[tuple[str, object]] = set()
        for each in adopted:
            if (each.organisation, each.from_) in seen:
                raise refusal(f"{each.organisation!r} twice", "write each once")
            seen.add((each.organisation, each.from_))
        return adopted


class PathwayFile(Described):
    """A file of pathways, and of the sources that they cite and the directory lacks."""

    sources: list[Source] = []
    """Sources that the directory does not hold yet."""
    pathways: list[Pathway] = []
    """The pathways."""


def writing_faults(pathway: Pathway) -> Iterator[ShapeFault]:
    """What keeps even a draft out of the graph: two steps of one name, ways to no step."""
    steps = pathway.model_dump()["steps"]
    yield from named_steps_faults(steps)
    slugs = {step["slug"] for step in steps}
    for number, adoption in enumerate(pathway.adopted_by):
        for position, local in enumerate(adoption.steps):
            if local.slug not in slugs:
                yield ShapeFault(
                    ("adopted_by", number, "steps", position, "slug"),
                    f"{local.slug!r} is no step of this pathway",
                    f"its steps are {', '.join(step['slug'] for step in steps)}",
                )
        for fault in named_steps_faults(localised(steps, adoption)):
            if fault not in named_steps_faults(steps):
                yield of_adoption(fault, number, adoption)


def publishing_faults(pathway: Pathway) -> list[ShapeFault]:
    """What keeps a pathway from being published, as it is and as each commissioner runs it."""
    steps = pathway.model_dump()["steps"]
    faults = [*dict.fromkeys([*writing_faults(pathway), *shape_faults(steps)])]
    if faults:
        return faults
    return [
        of_adoption(fault, number, adoption)
        for number, adoption in enumerate(pathway.adopted_by)
        if adoption.steps
        for fault in shape_faults(localised(steps, adoption))
    ]


def of_adoption(fault: ShapeFault, number: int, adoption: Adoption) -> ShapeFault:
    """A fault that is there only as a commissioner runs the pathway."""
    return ShapeFault(
        ("adopted_by", number, "steps"),
        f"as {adoption.organisation} runs it, {fault.found}",
        fault.allowed,
    )


def localised(steps: list[dict[str, Any]], adoption: Adoption) -> list[dict[str, Any]]:
    """The steps as a commissioner runs them."""
    own = {
        each.slug: {
            name: value
            for name, value in each.model_dump(exclude={"stated_by"}).items()
            if value is not None
        }
        for each in adoption.steps
    }
    return [{**step, **own.get(step["slug"], {})} for step in steps]
