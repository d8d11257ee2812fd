"""Running the plans of a scenario pack: who takes each step as it must be, and what differs."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from neo4j import AsyncDriver

from graph_model.database import read
from graph_model.errors import DirectoryError
from graph_model.places import PlaceQuestion
from graph_model.plans import PlanQuestion, pathway_plan
from seed.scenario_records import Expected, ExpectedPlan, PlanScenario

STEPS_THERE = """
MATCH (pathway:Pathway)-[:HAS_STEP]->(step:Step)
WHERE pathway.slug IN $asked.pathways
RETURN DISTINCT [pathway.slug, step.slug] AS row
"""


async def steps_there(
    driver: AsyncDriver, plans: list[PlanScenario]
) -> set[tuple[str, str]]:
    """The steps that the pathways of these plans have in the directory, in any version."""
    pathways = sorted({each.pathway for each in plans})
    return {
        (pathway, step)
        for pathway, step in await read(driver, STEPS_THERE, pathways=pathways)
    }


def steps_named(expect: ExpectedPlan) -> set[str]:
    """The slugs of the steps of which something is expected."""
    return {*expect.taken, *expect.gaps, *expect.unknown, *expect.alternatives}


def services_named(expect: ExpectedPlan) -> set[str]:
    """The slugs of the services that are expected."""
    others = {slug for slugs in expect.alternatives.values() for slug in slugs}
    return {*expect.taken.values(), *others}


async def differences_of_plan(
    driver: AsyncDriver, scenario: PlanScenario, as_of: date | None
) -> list[str]:
    """What differs between a plan and the one that there must be."""
    asked = PlanQuestion(
        scenario.pathway,
        PlaceQuestion(**scenario.place.model_dump()),
        age_days=scenario.age_days,
        sex=scenario.sex,
        gp_practice=scenario.gp_practice,
        referrer=scenario.referrer,
        at=scenario.at,
    )
    expect = scenario.expect
    try:
        plan = await pathway_plan(driver, asked, as_of)
    except DirectoryError as error:
        if error.code == expect.error:
            return []
        wanted = f"the error {expect.error}" if expect.error else "a plan"
        return [f"expected {wanted}; found the error {error.code}: {error}"]
    if expect.error:
        return [f"expected the error {expect.error}; found a plan"]
    return [*differing_steps(expect, plan), *differing_whole(expect, plan)]


def differing_steps(expect: ExpectedPlan, plan: Any) -> Iterator[str]:
    """Who takes each step, or why nobody does."""
    steps = {each["step"]["slug"]: each for each in plan["steps"]}
    for slug in sorted(steps_named(expect) - set(steps)):
        yield f"expected the step {slug}; found {', '.join(steps)}"
    for slug, wanted in expect.taken.items():
        if slug in steps and taker_of(steps[slug]) != wanted:
            yield f"expected that {wanted} takes {slug}; found {found_in(steps[slug])}"
    for slug, reason in expect.gaps.items():
        if slug in steps and (
            not steps[slug]["gap"] or steps[slug]["reason"] != reason
        ):
            yield f"expected the gap {reason} at {slug}; found {found_in(steps[slug])}"
    for slug in expect.unknown:
        if slug in steps and steps[slug]["state"] != "UNKNOWN":
            yield f"expected that nobody knows who takes {slug}; found {found_in(steps[slug])}"
    for slug, wanted in expect.alternatives.items():
        others = [
            each["service"]["slug"]
            for each in steps.get(slug, {}).get("alternatives", [])
        ]
        for missing in [
            each for each in wanted if slug in steps and each not in others
        ]:
            yield f"expected the alternative {missing} at {slug}; found {', '.join(others) or 'none'}"


def taker_of(planned: Any) -> str | None:
    """The slug of the service that takes a step."""
    return planned["option"]["service"]["slug"] if planned["option"] else None


def found_in(planned: Any) -> str:
    """What the plan has of a step, in words."""
    if taker := taker_of(planned):
        return f"that {taker} does"
    if planned["gap"]:
        return f"the gap {planned['reason']}: {planned['gap']}"
    return f"that nobody knows: {planned['explanation']}"


def differing_whole(expect: ExpectedPlan, plan: Any) -> Iterator[str]:
    """Whether the plan is complete, and who is responsible."""
    if expect.complete is not None:
        wanted = None if expect.complete == "unknown" else expect.complete
        if plan["complete"] is not wanted:
            words = {True: "true", False: "false", None: "unknown"}
            yield f"expected complete {words[wanted]}; found {words[plan['complete']]}"
    if expect.adopted is not None and plan["adopted"] is not expect.adopted:
        yield f"expected adopted {expect.adopted}; found {plan['adopted']}"
    yield from differing_responsible(expect, plan["responsible"])


def differing_responsible(expect: Expected | ExpectedPlan, found: Any) -> Iterator[str]:
    """Who is responsible for the person, and how that is known."""
    wanted = expect.responsible
    if not wanted:
        return
    organisation = found["organisation"] or {}
    names = [organisation.get("slug"), organisation.get("ods_code")]
    if wanted.organisation not in names and (
        wanted.organisation or wanted.by == "UNKNOWN"
    ):
        yield f"expected {wanted.organisation} as responsible; found {names[0]}"
    if wanted.by and wanted.by != found["by"]:
        yield f"expected that this is known by {wanted.by}; found {found['by']}"
