"""The search behind REST and SOAP: the finder's answer, cut down to the best of each type as the DoS does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import sqrt
from typing import Any

from neo4j import AsyncDriver

from api.dos.grid import on_the_grid
from graph_model.answers import JudgedCase, near_misses
from graph_model.cases import MOST_KM, Case
from graph_model.directory import notice_of
from graph_model.dos import ParticularsRow, particulars_of
from graph_model.dos_codes import NeedMeantRow, met_by
from graph_model.each_type import (
    best_of_each_type,
    best_of_types,
    nearest_departments,
)
from graph_model.emergencies import emergency_advice
from graph_model.matching.case import Row
from graph_model.matching.ranking import failed
from graph_model.matching.verdicts import UNKNOWN
from graph_model.offered import needs_met
from graph_model.places import PlaceQuestion
from graph_model.settings import Settings

KM_IN_A_MILE = 1.609344
DOS = "dos"  # SIGNPOST_DOS_RULES


@dataclass(frozen=True)
class Sought:
    """What is asked for, however it was said.

    `needs` are those that a service must meet, all of them; `types` the only types that count, and none where any does.
    Without needs it is services of these types that are asked for. `ages` is an age group, from its youngest to its oldest
    in days, where the age itself is not known.
    """

    postcode: str
    km: float
    needs: Sequence[NeedMeantRow] = ()
    types: Sequence[str] = ()
    age_days: int | None = None
    ages: tuple[int, int] | None = None
    sex: str | None = None
    practice: str | None = None
    at: datetime | None = None
    within_minutes: int | None = None


@dataclass(frozen=True)
class Answer:
    """Services in their order, with what there is to say of all of them."""

    candidates: list[Row]
    catch_all: bool
    judged: JudgedCase
    particulars: Mapping[str, ParticularsRow]
    directory: dict[str, Any]
    sought: Sought

    @property
    def notice(self) -> str | None:
        return notice_of(self.judged.found["directory"])

    @property
    def day(self) -> date:
        return self.judged.setting.as_of

    @property
    def at(self) -> datetime:
        return self.judged.setting.at

    @property
    def advice(self) -> str | None:
        """What to do first in an emergency."""
        judged = self.judged
        return emergency_advice(
            judged.emergency, judged.found, judged.services, judged.setting
        )

    def not_known(self, candidate: Row) -> list[Row]:
        """The criteria of which no source says whether they hold."""
        group = self.sought.ages
        return [
            each
            for each in candidate["criteria"]
            if each["verdict"] == UNKNOWN
            and not (
                each["kind"] == "AGE" and group and takes(candidate["service"], group)
            )
        ]


async def searched(
    driver: AsyncDriver,
    settings: Settings,
    sought: Sought,
    most: Callable[[str], int],
    *,
    catch_all: int = 0,
    with_red: bool = False,
) -> Answer:
    """At most `most(code)` services of each type, best first.

    Where there are none, at most `catch_all` emergency departments. `with_red`: what takes nobody for now is told too, after
    all others. Raises what `referral_answer` raises.
    """
    case = case_of(sought, settings)
    suits = suiting(sought, settings)
    day = None
    misses = with_red or settings.signpost_dos_rules == DOS
    if sought.needs:
        cases, found = await best_of_each_type(
            driver, case, day, most, suits, with_near_misses=misses
        )
    else:
        types = list(sought.types)
        cases, found = await best_of_types(
            driver, case, types, day, most, suits, with_near_misses=misses
        )
    judged = cases[0]
    for each in cases:
        found += also(each, suits, found, settings, with_red=with_red)
    fell_through = not found
    if fell_through and catch_all:
        found = await nearest_departments(driver, case, day, judged, catch_all)
    slugs = [each["slug"] for each in found]
    particulars, directory = await particulars_of(driver, slugs, judged.setting.as_of)
    return Answer(found, fell_through, judged, particulars, directory, sought)


def case_of(sought: Sought, settings: Settings) -> Case:
    """The finder's case. The corners of the DoS's square are farther away than its sides."""
    km = sought.km * sqrt(2) if settings.signpost_dos_rules == DOS else sought.km
    return Case(
        PlaceQuestion(postcode=sought.postcode),
        need_code=sought.needs[0]["code"] if sought.needs else None,
        age_days=sought.age_days,
        sex=sought.sex,
        gp_practice=sought.practice,
        referrer=settings.signpost_dos_referrer,
        at=sought.at,
        within_km=min(km, MOST_KM),
        within_minutes=sought.within_minutes,
    )


def suiting(
    sought: Sought, settings: Settings
) -> Callable[[JudgedCase], Callable[[Row], bool]]:
    """What suits besides the finder's criteria."""

    def of_case(judged: JudgedCase) -> Callable[[Row], bool]:
        numbers = needs_met(judged.found["offered"], judged.setting.as_of)
        here = judged.place["latitude"], judged.place["longitude"]

        def suits(candidate: Row) -> bool:
            service = candidate["service"]
            # What is reached through others only, its referrer cannot refer to.
            if len(candidate["route"].services) > 1:
                return False
            if sought.ages and takes(service, sought.ages) is False:
                return False
            if settings.signpost_dos_rules == DOS and not in_the_square(
                service, here, sought.km
            ):
                return False
            if candidate["match"] == "EMERGENCY":
                return True
            if sought.types and service["type"]["code"] not in sought.types:
                return False
            met = numbers.get(candidate["slug"], frozenset())
            return all(met_by(need, met) is not False for need in sought.needs[1:])

        return suits

    return of_case


def takes(service: Row, ages: tuple[int, int]) -> bool | None:
    """Whether a service takes people of an age group: all of them, none, or (None) some, or no source says."""
    if service["ages"] == "ALL":
        return True
    if service["ages"] is None:
        return None
    low, high = service["min_age_days"] or 0, service["max_age_days"]
    youngest, oldest = ages
    if oldest < low or (high is not None and high < youngest):
        return False
    whole = low <= youngest and (high is None or oldest <= high)
    return True if whole else None


def in_the_square(service: Row, here: tuple[float, float], km: float) -> bool:
    """Whether a service stands in the square that the DoS searches; what comes to people stands nowhere."""
    location = service["location"]
    if service["reach"] != "PLACE" or location is None:
        return True
    easting, northing = on_the_grid(location["latitude"], location["longitude"])
    east, north = on_the_grid(*here)
    return max(abs(easting - east), abs(northing - north)) <= 1000 * km


def also(
    judged: JudgedCase,
    suits: Callable[[JudgedCase], Callable[[Row], bool]],
    found: Sequence[Row],
    settings: Settings,
    *,
    with_red: bool,
) -> list[Row]:
    """What fails one thing only, where it is told all the same.

    The DoS's REST search tells what is RED; and where it does not know whose a place is, the DoS forgets
    that a service is for others only.
    """
    kinds = {"CAPACITY"} if with_red else set[str]()
    if settings.signpost_dos_rules == DOS and judged.place["commissioner"] is None:
        kinds.add("AREA")
    told, fits = {each["slug"] for each in found}, suits(judged)
    return [
        each
        for each in near_misses(judged.candidates)
        if failed(each["criteria"])[0]["kind"] in kinds
        and each["slug"] not in told
        and fits(each)
    ]
