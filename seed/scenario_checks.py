"""Running a scenario pack against the directory: what is as it must be, and what differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from neo4j import AsyncDriver

from graph_model.cases import Case
from graph_model.database import read
from graph_model.errors import DirectoryError
from graph_model.places import PlaceQuestion
from graph_model.referrals import referral_answer
from seed.faults import Fault
from seed.scenario_files import ScenarioFault, read_scenarios
from seed.scenario_plans import (
    differences_of_plan,
    differing_responsible,
    services_named,
    steps_named,
    steps_there,
)
from seed.scenario_records import Asked, Expected, ExpectedPlan, Scenario, ScenarioPack

MOST_OPTIONS = 50

THERE = """
RETURN {
  services: COLLECT {
    MATCH (service:Service) WHERE service.slug IN $asked.services RETURN service.slug
  },
  needs: COLLECT { MATCH (need:Need) WHERE need.code IN $asked.needs RETURN need.code },
  organisations: COLLECT {
    UNWIND $asked.organisations AS name
    MATCH (organisation:Organisation)
    WHERE name IN [organisation.slug, organisation.ods_code]
    RETURN name
  }
} AS row
"""


@dataclass(frozen=True)
class Outcome:
    """A case and what differs in its answer, one sentence each; none: it is as it must be."""

    name: str
    line: int
    differences: list[str]


async def check_scenarios(
    driver: AsyncDriver, path: Path, as_of: date | None = None
) -> list[Outcome]:
    """Ask every case of a pack, and compare.

    `as_of` is put in place of the days that the pack and its cases name. Raises ScenarioFault, also where
    the pack speaks of what the directory does not have, and OSError.
    """
    pack, lines = read_scenarios(path)
    faults = await strangers(driver, path, pack, lines)
    if faults:
        raise ScenarioFault(faults)
    outcomes: list[Outcome] = []
    for number, scenario in enumerate(pack.cases):
        day = as_of or day_of(pack, scenario)
        differences = await differences_of(driver, scenario, day)
        line = lines["cases", number]
        outcomes.append(Outcome(scenario.name, line, differences))
    for number, scenario in enumerate(pack.plans):
        day = as_of or day_of(pack, scenario)
        differences = await differences_of_plan(driver, scenario, day)
        line = lines["plans", number]
        outcomes.append(Outcome(scenario.name, line, differences))
    return outcomes


def day_of(pack: ScenarioPack, scenario: Asked) -> date | None:
    """The day that the case is for; a moment says its own."""
    if scenario.as_of is None and scenario.at is not None:
        return None
    return scenario.as_of or pack.as_of


async def strangers(
    driver: AsyncDriver, path: Path, pack: ScenarioPack, lines: dict[Any, int]
) -> set[Fault]:
    """What the pack names and the directory does not have: a typing error would pass for an absence."""
    named = [("cases", n, named_in(each.expect)) for n, each in enumerate(pack.cases)]
    named += [
        ("plans", n, named_in_plan(each.expect)) for n, each in enumerate(pack.plans)
    ]
    asked = {
        kind: sorted({name for _, _, each in named for name in each[kind]})
        for kind in ("services", "needs", "organisations")
    }
    (there,) = await read(driver, THERE, **asked)
    steps = await steps_there(driver, pack.plans)
    return {
        Fault(
            str(path),
            lines[part, number],
            "expect",
            f"{name!r} is not among the directory's {kind}",
            "write its slug or code as the directory has it",
        )
        for part, number, each in named
        for kind, names in each.items()
        for name in names - set(there[kind])
    } | {
        Fault(
            str(path),
            lines["plans", number],
            "expect",
            f"{step!r} is no step of the pathway {plan.pathway!r}",
            "write the step's slug as the pathway has it",
        )
        for number, plan in enumerate(pack.plans)
        for step in steps_named(plan.expect)
        if (plan.pathway, step) not in steps
    }


def named_in_plan(expect: ExpectedPlan) -> dict[str, set[str]]:
    """The slugs and codes that an expected plan names, by kind."""
    who = expect.responsible and expect.responsible.organisation
    return {
        "services": services_named(expect),
        "needs": set(),
        "organisations": {who} if who else set(),
    }


def named_in(expect: Expected) -> dict[str, set[str]]:
    """The slugs and codes that an expected answer names, by kind."""
    services = {
        *expect.contain,
        *expect.exclude,
        *expect.providers,
        *expect.contracts,
        *expect.routes,
        *expect.verdicts,
        *expect.near_misses,
        *(slug for route in expect.routes.values() for slug in route),
    }
    organisations = set(expect.providers.values())
    if expect.responsible and expect.responsible.organisation:
        organisations.add(expect.responsible.organisation)
    return {
        "services": services | ({expect.first} if expect.first else set()),
        "needs": {expect.need} if expect.need else set(),
        "organisations": organisations,
    }


async def differences_of(
    driver: AsyncDriver, scenario: Scenario, as_of: date | None
) -> list[str]:
    """What differs between the answer to a case and the one that it must have."""
    case = Case(
        place=PlaceQuestion(**scenario.place.model_dump()),
        need_code=scenario.need.code,
        need_text=scenario.need.text,
        service_type=scenario.need.service_type,
        age_days=scenario.age_days,
        sex=scenario.sex,
        gp_practice=scenario.gp_practice,
        referrer=scenario.referrer,
        at=scenario.at,
        within_km=scenario.within_km,
    )
    expect = scenario.expect
    try:
        answer = await referral_answer(driver, case, as_of, MOST_OPTIONS)
    except DirectoryError as error:
        if error.code == expect.error:
            return []
        wanted = f"the error {expect.error}" if expect.error else "an answer"
        return [f"expected {wanted}; found the error {error.code}: {error}"]
    if expect.error:
        return [f"expected the error {expect.error}; found an answer"]
    return [
        *differing_options(expect, answer),
        *differing_parts(expect, answer),
        *differing_verdicts(expect, answer),
        *differing_frame(expect, answer),
    ]


def differing_options(expect: Expected, answer: Any) -> Iterator[str]:
    """Which options there are, and in which order."""
    options = [option["service"]["slug"] for option in answer["options"]]
    found = listing(options)
    if expect.no_options and options:
        yield f"expected no option; found {found}"
    if expect.first and options[:1] != [expect.first]:
        yield f"expected {expect.first} as the first option; found {found}"
    for slug in expect.contain:
        if slug not in options:
            yield f"expected {slug} among the options; found {found}"
    for slug in expect.exclude:
        if slug in options:
            place = options.index(slug) + 1
            yield f"expected no option {slug}; found it as number {place}"


def differing_parts(expect: Expected, answer: Any) -> Iterator[str]:
    """Provider, contract and route of options."""
    options = {option["service"]["slug"]: option for option in answer["options"]}
    for slug, wanted in expect.providers.items():
        provider = options.get(slug, {}).get("service", {}).get("provider") or {}
        names = [provider.get("slug"), provider.get("ods_code")]
        if wanted not in names:
            yield f"expected {wanted} as the provider of {slug}; found {names[0]}"
    for slug, wanted in expect.contracts.items():
        contract = (options.get(slug, {}).get("contract") or {}).get("slug")
        if contract != wanted:
            yield f"expected the contract {wanted} behind {slug}; found {contract}"
    for slug, wanted in expect.routes.items():
        route = [each["slug"] for each in options.get(slug, {}).get("route", [])]
        if route != wanted:
            yield f"expected the way {' → '.join(wanted)}; found {' → '.join(route)}"


def differing_verdicts(expect: Expected, answer: Any) -> Iterator[str]:
    """Verdicts on options and near misses."""
    misses = {miss["service"]["slug"]: miss for miss in answer["near_misses"]}
    options = {option["service"]["slug"]: option for option in answer["options"]}
    for slug, kind in expect.near_misses.items():
        if slug not in misses:
            yield f"expected the near miss {slug}; found {listing(list(misses))}"
        elif misses[slug]["failed"]["kind"] != kind:
            found = misses[slug]["failed"]["kind"]
            yield f"expected that {slug} fails {kind}; found that it fails {found}"
    for slug, wanted in expect.verdicts.items():
        judged = options.get(slug) or misses.get(slug)
        found = {each["kind"]: each for each in judged["criteria"]} if judged else {}
        for kind, verdict in wanted.items():
            if kind not in found:
                yield f"expected {kind} {verdict} of {slug}; found it neither as an option nor as a near miss"
            elif found[kind]["verdict"] != verdict:
                yield (
                    f"expected {kind} {verdict} of {slug}; found {found[kind]['verdict']}: "
                    f"{found[kind]['explanation']}"
                )


def differing_frame(expect: Expected, answer: Any) -> Iterator[str]:
    """Who is responsible, whether it is an emergency, and what the words mean."""
    yield from differing_responsible(expect, answer["responsible"])
    emergency = answer["emergency_advice"] is not None
    if expect.emergency is not None and expect.emergency != emergency:
        wanted, found = ("is", "is not") if expect.emergency else ("is not", "is")
        yield f"expected that it {wanted} an emergency; found that it {found}"
    need = answer["need"] and answer["need"]["code"]
    if expect.need and expect.need != need:
        yield f"expected the need {expect.need}; found {need}"


def listing(slugs: list[str]) -> str:
    """The first slugs, and how many more there are."""
    more = len(slugs) - 5
    shown = ", ".join(slugs[:5]) or "none"
    return f"{shown} and {more} more" if more > 0 else shown
