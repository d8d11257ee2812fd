"""PlanDefinition: pathways, a version each.

A step is an action. What follows it are its own actions: each with its condition, its urgency, and a related action
that names the step that it leads to.
"""

from typing import Any

from api.fhir.terms import (
    ABSENT,
    NEED,
    PATHWAY,
    SERVICE_TYPE,
    STAGE,
    concept,
    given,
    period,
    reference,
)
from graph_model.search.parts import id_of_slug

TYPE = "http://terminology.hl7.org/CodeSystem/plan-definition-type"
CONTEXT = "http://terminology.hl7.org/CodeSystem/usage-context-type"
STATUS_OF = {"PUBLISHED": "active", "DRAFT": "draft", "RETIRED": "retired"}
PRIORITY_OF = {"ROUTINE": "routine", "URGENT": "urgent", "EMERGENCY": "stat"}


def plan_definition(row: dict[str, Any]) -> dict[str, Any]:
    """A version of a pathway as a resource."""
    pathway = row["pathway"]
    since, before = pathway["effective_from"], pathway["effective_to"]
    owners = [owner["name"] for owner in pathway["owners"]]
    return given(
        resourceType="PlanDefinition",
        id=row["id"],
        identifier=[{"system": PATHWAY, "value": pathway["slug"]}],
        version=str(pathway["version"]),
        title=pathway["name"],
        type=concept(TYPE, "workflow-definition", "Workflow Definition"),
        status=STATUS_OF.get(pathway["status"], "unknown"),
        publisher=", ".join(owners),
        useContext=[focus(need) for need in pathway["needs"]]
        + [adopter(each) for each in pathway["commissioners"]],
        effectivePeriod=period(since, before) if since or before else None,
        relatedArtifact=[citation(each) for each in pathway["sources"]],
        goal=[goal(each) for each in pathway["indicators"]],
        action=[action(step) for step in pathway["steps"]],
    )


def focus(need: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": {"system": CONTEXT, "code": "focus"},
        "valueCodeableConcept": concept(NEED, need["code"], need["name"]),
    }


def adopter(organisation: dict[str, Any]) -> dict[str, Any]:
    """A commissioner whose people the pathway is for."""
    to = {"id": id_of_slug(organisation["slug"]), "name": organisation["name"]}
    return {
        "code": {"system": CONTEXT, "code": "venue"},
        "valueReference": reference("Organization", to),
    }


def citation(source: dict[str, Any]) -> dict[str, Any]:
    parts = [source["publisher"], source["title"], source["locator"]]
    return given(
        type="citation",
        citation=". ".join(part for part in parts if part),
        url=source["url"],
    )


def goal(indicator: dict[str, Any]) -> dict[str, Any]:
    """What the pathway is measured by, and its target where a source states one."""
    measured = {"text": indicator["measure"]}
    target = given(
        measure=measured,
        detailCodeableConcept=indicator["target"] and {"text": indicator["target"]},
    )
    return {"description": {"text": indicator["name"]}, "target": [target]}


def action(step: dict[str, Any]) -> dict[str, Any]:
    """A step: whom it is for, which type of service it calls for, and what follows it."""
    codes = [
        concept(STAGE, step["stage"], step["stage"].replace("_", " ").capitalize())
    ]
    called_for = step["service_type"]
    if called_for:
        codes.append(concept(SERVICE_TYPE, called_for["code"], called_for["name"]))
    codes += [concept(NEED, need["code"], need["name"]) for need in step["needs"]]
    return given(
        id=step["slug"],
        title=step["name"],
        textEquivalent="The pathway may end here." if step["exit"] else None,
        code=codes,
        documentation=[citation(each) for each in step["sources"]],
        condition=[applies_if(each["text"]) for each in step["entry_criteria"]],
        action=[
            following(step, each, number)
            for number, each in enumerate(step["next"], start=1)
        ],
    )


def applies_if(words: str) -> dict[str, Any]:
    """A condition in words, which a person judges: FHIR's expression has no language for such."""
    not_applicable = {"extension": [{"url": ABSENT, "valueCode": "not-applicable"}]}
    expression = {
        "description": words,
        "_language": not_applicable,
        "_expression": not_applicable,
    }
    return {"kind": "applicability", "expression": expression}


def following(
    step: dict[str, Any], then: dict[str, Any], number: int
) -> dict[str, Any]:
    """The way from a step to the next, `within_minutes` at most."""
    minutes = then["within_minutes"]
    most = {
        "value": minutes,
        "unit": "minutes",
        "system": "http://unitsofmeasure.org",
        "code": "min",
    }
    leads_to = given(
        actionId=then["to"],
        relationship="before",
        offsetRange={"high": most} if minutes is not None else None,
    )
    return given(
        id=f"{step['slug']}-{number}",
        priority=PRIORITY_OF.get(then["urgency"] or ""),
        condition=[applies_if(then["condition"])] if then["condition"] else None,
        relatedAction=[leads_to],
    )
