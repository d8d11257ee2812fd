"""A pathway as it runs for a place, a date and, where one is given, a person: who takes each step, or why nobody does."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from neo4j import AsyncDriver
from rapidfuzz import fuzz

from graph_model.answers import moment
from graph_model.cases import Case, check
from graph_model.database import read
from graph_model.directory import notice_of
from graph_model.errors import PathwayNotFound
from graph_model.matching.case import Person, Row, Setting, day_in_words
from graph_model.matching.entry import Entering
from graph_model.matching.opening import LONDON
from graph_model.matching.plan import (
    NOT_FOR_THIS_PERSON,
    come_to,
    entry_of,
    is_complete,
    longest_time,
    referrers_of,
)
from graph_model.matching.verdicts import FAIL
from graph_model.offered import needs_met, offered_services
from graph_model.pathways import localised
from graph_model.places import PlaceQuestion, here_of, place_of, point_of
from graph_model.plan_question import PATHWAYS_THERE, PLAN_BY
from graph_model.plan_rows import HandOverRow, PlannedStepRow, PlanRow
from graph_model.plan_steps import Found, Search, judged_step, planned_step, target_of
from graph_model.referrals import EVERYTHING, found_or_error, question
from graph_model.responsibility import ranks_by, registration_of, responsible_for
from graph_model.rows import PathwayRow, ResponsibilityRow, ServiceRow

# The option that takes a step, and its alternatives.
MOST_OPTIONS = 4
# How many candidates are read for a step at first, and how many near misses where nobody takes it.
MOST_READ = 8
# Of the best kind a search is content with a few more than a plan names, since some turn out not to fit.
ENOUGH = MOST_OPTIONS + 2
MOST_MISSES = 12
NEAR = 55  # of 100: how alike a slug is that may have been meant


@dataclass(frozen=True)
class PlanQuestion:
    """Which pathway to plan, where, when, and what is known of the person.

    `age_days` is in days, `at` a moment with a time zone.
    """

    slug: str
    place: PlaceQuestion
    age_days: int | None = None
    sex: str | None = None
    gp_practice: str | None = None
    referrer: str | None = None
    at: datetime | None = None

    def case(self, service_type: str) -> Case:
        """The referral case of a step that calls for this type of service."""
        return Case(
            self.place,
            service_type=service_type,
            age_days=self.age_days,
            sex=self.sex,
            gp_practice=self.gp_practice,
            referrer=self.referrer,
            at=self.at,
        )


async def pathway_plan(
    driver: AsyncDriver, asked: PlanQuestion, as_of: date | None
) -> PlanRow:
    """The pathway as it runs there, in one round trip; in two where a step has no option yet, or not surely all.

    `as_of` None means the local date of `asked.at`, or else the directory's own date. A step's option and
    alternatives are those that the main question gives for the type of service that it calls for, as far as they meet the
    needs that it names. Raises PathwayNotFound, PlaceNotFound and BadUserInput.
    """
    case = asked.case("")
    check(case, MOST_OPTIONS)
    if as_of is None and asked.at is not None:
        as_of = asked.at.astimezone(LONDON).date()
    params = question(case, as_of) | {"slug": asked.slug}
    cypher = PLAN_BY[asked.place.kind]

    async def ask(only: list[str] | None, most: int, most_misses: int) -> Row:
        limits = {"most": most, "most_misses": most_misses, "enough": ENOUGH}
        rows = await read(driver, cypher, **params, **limits, only=only)
        # A plan is of a pathway: there is no need to look for.
        rows = [{**row, "needs": ["none"]} for row in rows]
        return await found_or_error(driver, case, rows)

    found = await ask(None, MOST_READ, 0)
    if found["pathway"] is None:
        raise await pathway_not_found(driver, asked.slug, found["as_of"])
    planning = Planning(asked, found)
    planning.judge(found, most=MOST_READ)
    if again := planning.not_settled():
        planning.judge(await ask(again, EVERYTHING, MOST_MISSES), most=None)
    return planning.plan()


async def plan_pathways_ahead(driver: AsyncDriver) -> None:
    """Have Neo4j plan the question for each way of naming a place. Asked of nowhere, for nothing."""
    nowhere = {"codes": [], "namings": [], "names": "nowhere", "point": point_of(0, 0)}
    case = PlanQuestion("", PlaceQuestion(name="nowhere")).case("")
    asked = question(case, None) | nowhere | {"slug": "", "only": []}
    for cypher in PLAN_BY.values():
        await read(driver, cypher, **asked, most=1, most_misses=1, enough=1)


async def pathway_not_found(
    driver: AsyncDriver, slug: str, day: date
) -> PathwayNotFound:
    """The error for a slug that no pathway has on the day; it says when it has, or names the nearest slug."""
    there = await read(driver, PATHWAYS_THERE)
    if any(slug == each[0] for each in there):
        return PathwayNotFound(
            f"No version of the pathway {slug!r} is in effect on {day_in_words(day)}. Give "
            "another `asOf`; pathway(slug: …, version: …) shows when each was in use."
        )
    words = re.sub(r"[^a-z0-9]+", "-", slug.lower()).strip("-")
    near = sorted(
        (fuzz.WRatio(words, each), fuzz.ratio(words, each), each)
        for each in {each[0] for each in there}
    )[-1:]
    meant = f"; did you mean {near[0][2]!r}?" if near and near[0][0] >= NEAR else "."
    return PathwayNotFound(
        f"The directory has no pathway with the slug {slug!r}{meant} "
        "pathways(matching: …) finds pathways by their names."
    )


class Planning:
    """A plan in the making: what was found, and of each step what is settled."""

    def __init__(self, asked: PlanQuestion, found: Row) -> None:
        case = asked.case("")
        place = place_of(asked.place, found["places"])
        assert place is not None  # found_or_error has seen to that
        self.asked, self.found, self.place = asked, found, place
        self.responsible = responsible_for(case, found, place)
        self.pathway = pathway_of(found, self.responsible)
        self.steps: list[Any] = self.pathway.get("steps", [])
        self.setting = Setting(
            Person(asked.age_days, asked.sex, asked.gp_practice, asked.referrer),
            here_of(asked.place, found["places"]),
            found["as_of"],
            moment(asked.at, found["as_of"]),
            case.within_km,
            time_asked=case.time_asked,
            registration=registration_of(found["practice"]),
            ranks=ranks_by(self.responsible, found),
        )
        who = self.entering()
        self.referrers = {
            step["slug"]: referrers_of(step, self.steps, asked.referrer)
            for step in self.steps
        }
        self.entries = {
            step["slug"]: entry_of(step, who, self.referrers[step["slug"]])
            for step in self.steps
        }
        self.searches: dict[str, Search] = {}
        self.stated: set[tuple[str, str]] = set()

    def entering(self) -> Entering:
        """Who would enter, as far as it is known; with one need, a pathway's people have it."""
        needs = [need["code"] for need in self.pathway.get("needs", [])]
        organisation = self.responsible["organisation"]
        names = [self.asked.gp_practice]
        if organisation and self.responsible["by"] == "GP_REGISTRATION":
            names += [organisation["slug"], organisation["ods_code"]]
        return Entering(
            self.setting.person,
            self.setting.here,
            needs if len(needs) == 1 else (),
            [name for name in names if name],
        )

    def judge(self, found: Row, most: int | None) -> None:
        """Judge what a round trip found. `most` None: everything was read."""
        services = offered_services(found["offered"], found["as_of"])
        read_of = Found(
            found,
            services,
            needs_met(found["offered"], found["as_of"]),
            self.setting,
            self.responsible,
            self.place,
        )
        steps = {target_of(step): step for step in self.steps}
        for search in found["searches"]:
            if search["key"] not in steps:
                continue  # of a commissioner who turned out not to be responsible
            case = self.asked.case(steps[search["key"]]["service_type"]["code"])
            self.searches[search["key"]] = judged_step(case, search, read_of, most)
        self.stated |= {(giver, taker) for giver, taker in found["refers"]}

    def not_settled(self) -> list[str]:
        """The targets for which more has to be read: no option, or not surely the first ones."""
        return [
            key
            for key, search in self.searches.items()
            if not search.settled or not search.judged.fitting
            # Nobody asks who else takes a step that is not for this person.
            if any(
                target_of(step) == key and self.entries[step["slug"]].verdict != FAIL
                for step in self.steps
            )
        ]

    def plan(self) -> PlanRow:
        """Put the plan together."""
        planned = [
            planned_step(
                step,
                self.pathway,
                self.entries[step["slug"]],
                self.referrers[step["slug"]],
                self.searches[target_of(step)],
                self.found["complete"],
                self.responsible,
            )
            for step in self.steps
        ]
        states = {each["step"]["slug"]: each["state"] for each in planned}
        reached = come_to(self.steps, self.entries)
        names = {step["slug"]: step["name"] for step in self.steps}
        longest = longest_time(self.steps, reached, names)
        return {
            "as_of": self.setting.as_of,
            "at": self.setting.at,
            "time_asked": self.setting.time_asked,
            "notice": notice_of(self.found["directory"]),
            "pathway": self.pathway,
            "place": self.place,
            "responsible": self.responsible,
            "adopted": adopted(self.found, self.responsible),
            "notes": notes_on(self.pathway, self.found, self.responsible),
            "steps": planned,
            "complete": is_complete(self.steps, self.entries, states),
            "longest_minutes": longest.minutes,
            "stated_minutes": longest.stated,
            "longest_explanation": longest.explanation,
            "hand_overs": self.hand_overs(planned),
        }

    def hand_overs(self, planned: list[PlannedStepRow]) -> list[HandOverRow]:
        """Who hands over to whom, along the ways that this person may go."""
        by_slug = {each["step"]["slug"]: each for each in planned}
        return [
            {
                "pathway": self.pathway,
                "start": giving["step"],
                "end": taking["step"],
                "way": way,
                "giver": giver,
                "taker": taker,
                "stated": giver is not None
                and taker is not None
                and (giver["slug"], taker["slug"]) in self.stated,
            }
            for giving in planned
            for way in giving["step"]["next"]
            for taking in [by_slug[way["to"]]]
            if NOT_FOR_THIS_PERSON not in {giving["state"], taking["state"]}
            for giver, taker in [(taker_of(giving), taker_of(taking))]
        ]


def taker_of(planned: PlannedStepRow) -> ServiceRow | None:
    """The service that takes a step."""
    return planned["option"]["service"] if planned["option"] else None


def pathway_of(found: Row, responsible: ResponsibilityRow) -> PathwayRow:
    """The pathway as whoever is responsible runs it, or as it was published.

    What a commissioner adopted passed to its heirs.
    """
    who = responsible["organisation"]
    if who is None or not adopted(found, responsible):
        return found["pathway"]
    givers = {giver for giver, heir in found["adopters"] if heir == who["slug"]}
    adopters = {each["slug"]: each for each in found["pathway"]["commissioners"]}
    owner = who["slug"] if who["slug"] in givers else min(givers)
    return localised(
        {
            "pathway": found["pathway"],
            "localised_for": adopters[owner],
            "local_steps": [
                each for each in found["local_steps"] if each["own"] == owner
            ],
        }
    )


def adopted(found: Row, responsible: ResponsibilityRow) -> bool | None:
    """Whether whoever is responsible, or who it is heir to, had adopted the pathway; None: nobody is known."""
    who = responsible["organisation"]
    if who is None:
        return None
    return any(heir == who["slug"] for _, heir in found["adopters"])


def notes_on(
    pathway: PathwayRow, found: Row, responsible: ResponsibilityRow
) -> list[str]:
    """What a reader must know of the plan as a whole."""
    notes: list[str] = []
    if pathway["status"] == "DRAFT":
        notes.append("This version is a draft: it is not in use.")
    if pathway["status"] == "RETIRED":
        notes.append("This version is retired: it is no longer in use.")
    who = responsible["organisation"]
    if who is None:
        notes.append(
            f"Who commissions for this person is not known. {responsible['explanation']} The "
            "pathway is planned as it was published, with what serves the place."
        )
    elif not adopted(found, responsible):
        notes.append(
            f"No source says that {who['name']} has adopted this pathway: it is planned as it "
            "was published."
        )
    return notes
