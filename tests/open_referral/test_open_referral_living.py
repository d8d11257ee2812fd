"""Hours and capacity as Open Referral tells them, of a living directory that is made up here."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest
from asking import Counted
from neo4j import AsyncDriver

from api.open_referral import services as shown
from api.open_referral.about import about_of
from api.open_referral.bookmarks import Bookmarks
from api.open_referral.endpoints import SERVICES
from api.open_referral.finding import PLACE, PROVIDER, by_id, services
from api.open_referral.parameters import asked_of
from graph_model.database import write

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

TODAY = date.today()
PAST, OLD = TODAY - timedelta(200), TODAY - timedelta(2000)
ALL, NAME = None, ["name"]
# By name: the lines, the days on which a source spoke, and of what.
HOURS: dict[str, tuple[list[str], list[tuple[date, list[str] | None]]]] = {
    "twice a day": (["MONDAY-FRIDAY 09:00-12:30, 13:30-17:00"], [(PAST, ALL)]),
    "always": (["OPEN_ALL_HOURS"], [(OLD, ALL), (PAST, ALL)]),
    "at night": (["MONDAY-SUNDAY 18:30-08:00"], [(PAST, ["opening"])]),
    "changed": (
        ["MONDAY 09:00-17:00", f"MONDAY 10:00-16:00 from {PAST} to OPEN"],
        [(PAST, ALL)],
    ),
    "over": ([f"MONDAY 09:00-17:00 to {PAST}"], [(OLD, ALL), (PAST, ALL)]),
    "to come": ([f"MONDAY 09:00-17:00 from {TODAY + timedelta(9)}"], [(PAST, ALL)]),
    "closed, then always": (
        ["SUNDAY CLOSED", f"OPEN_ALL_HOURS from {PAST}"],
        [(PAST, ALL)],
    ),
    "always, then closed": (
        ["OPEN_ALL_HOURS", f"SUNDAY CLOSED from {PAST}"],
        [(PAST, ALL)],
    ),
    "a whole day": (["TUESDAY 00:00-00:00"], [(PAST, ALL)]),
    "of long ago": (["MONDAY 09:00-17:00"], [(OLD, ["opening"]), (PAST, NAME)]),
    "of something else": (["MONDAY 09:00-17:00"], [(PAST, NAME)]),
    "open end": ([f"MONDAY 09:00-17:00 from {PAST} to OPEN"], [(PAST, NAME)]),
    "a date": (
        [f"{TODAY + timedelta(30)} 09:00-12:00", "PUBLIC_HOLIDAY CLOSED"],
        [(PAST, ALL)],
    ),
    "unknown": ([], [(PAST, ALL)]),
}
MADE_UP = """
CREATE (:Directory {key: 'directory', updated: datetime('2026-11-01T09:30:00Z')})
CREATE (source:Source {slug: 'a-list', title: 'A list', publisher: 'A trust'})
WITH source
UNWIND $services AS row
CREATE (service:Service {
  slug: replace(row.name, ' ', '-'), name: row.name, status: 'ACTIVE', reach: 'AREA',
  opening: row.lines
})
FOREACH (word IN row.words |
  CREATE (service)-[:STATED_BY {on: word.on, fields: word.fields}]->(source))
FOREACH (_ IN CASE row.name WHEN 'always' THEN [1] ELSE [] END | SET
  service.capacity = 'RED', service.capacity_updated_at = $said,
  service.capacity_resets_at = $said + duration('PT3H'),
  service.clinician_telephone = '0300 000 0000', service.how_to_refer = '{}')
"""


async def make_up(driver: AsyncDriver) -> None:
    rows = [
        {
            "name": name,
            "lines": lines,
            "words": [{"on": on, "fields": fields} for on, fields in words],
        }
        for name, (lines, words) in HOURS.items()
    ]
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    await write(driver, MADE_UP, services=rows, said=an_hour_ago)


async def found(driver: AsyncDriver, **parameters: str) -> list[dict[str, Any]]:
    """The services in full that these parameters give."""
    asked = asked_of([*parameters.items(), ("full", "true")], SERVICES)
    page = await services(driver, Bookmarks(), asked, located=False)
    about = about_of(page.directory, capacity=asked.version == "3.1")
    providers, places = by_id(page.included[PROVIDER]), by_id(page.included[PLACE])
    return [shown.in_full(each["row"], providers, places, about) for each in page.rows]


async def test_a_filter_of_times_gives_exactly_what_the_schedules_show(
    empty_graph: AsyncDriver,
) -> None:
    await make_up(empty_graph)
    everything = await found(empty_graph)
    assert {each["name"] for each in everything} == set(HOURS)

    for day in ("MO", "TU", "SU"):
        for opens in ("00:00", "09:30", "18:30"):
            for closes in ("12:30", "17:00", "23:59", None):
                times = {"start_time": opens} | ({"end_time": closes} if closes else {})
                given = await found(empty_graph, day=day, **times)
                assert {each["name"] for each in given} == {
                    service["name"]
                    for service in everything
                    for schedule in service.get("schedules", [])
                    if day in schedule.get("byday", "")
                    and schedule["opens_at"][:5] >= opens
                    and (closes is None or ends_by(schedule, closes))
                }, (day, times)


def ends_by(schedule: dict[str, Any], closes: str) -> bool:
    return (
        "next day" not in schedule.get("description", "")
        and schedule["closes_at"][:5] <= closes
    )


async def test_hours_are_told_as_they_hold_today_and_what_is_not_known_is_not(
    empty_graph: AsyncDriver,
) -> None:
    await make_up(empty_graph)

    told = {
        each["name"]: [
            {
                name: value
                for name, value in schedule.items()
                if name not in ("id", "service_id", "freq", "interval")
            }
            for schedule in each.get("schedules", [])
        ]
        for each in await found(empty_graph)
    }

    workdays = "MO,TU,WE,TH,FR"
    assert told["twice a day"] == [
        {"byday": workdays, "opens_at": "09:00:00", "closes_at": "12:30:00"},
        {"byday": workdays, "opens_at": "13:30:00", "closes_at": "17:00:00"},
    ]
    assert told["at night"] == [
        {
            "byday": f"{workdays},SA,SU",
            "opens_at": "18:30:00",
            "closes_at": "08:00:00",
            "description": "Closes at 08:00 on the next day.",
        }
    ]
    assert told["changed"] == [
        {"byday": "MO", "opens_at": "10:00:00", "closes_at": "16:00:00"}
    ]
    assert [each["byday"] for each in told["always, then closed"]] == [f"{workdays},SA"]
    on = str(TODAY + timedelta(30))
    assert told["a date"] == [
        {
            "valid_from": on,
            "valid_to": on,
            "dtstart": on,
            "opens_at": "09:00:00",
            "closes_at": "12:00:00",
        },
        {"description": "Public holidays: closed."},
    ]
    for name in ("over", "to come", "of long ago", "of something else", "unknown"):
        assert told[name] == []


async def test_capacity_is_told_by_version_3_1_alone_and_clinicians_fields_by_none(
    empty_graph: AsyncDriver,
) -> None:
    await make_up(empty_graph)

    before, now = [
        next(
            each
            for each in await found(empty_graph, version=version)
            if each["name"] == "always"
        )
        for version in ("3.0", "3.1")
    ]

    assert "service_capacity" not in before
    [capacity] = now.pop("service_capacity")
    assert now == before
    assert capacity["available"] == 0
    assert capacity["maximum"] == 2
    assert capacity["description"] == "RED: it takes nobody."
    assert "0300 000 0000" not in str(now)
    assert "alert" not in now  # of a living directory there is no notice


CHANGE = """
MATCH (directory:Directory) SET directory.updated = datetime('2026-11-02T09:30:00Z')
CREATE (:Service {slug: 'a-new-one', name: 'A new one', status: 'ACTIVE', reach: 'AREA'})
"""


async def test_a_page_by_its_number_goes_on_where_the_last_ended_until_the_directory_changes(
    empty_graph: AsyncDriver,
) -> None:
    await make_up(empty_graph)
    bookmarks = Bookmarks()
    counted = Counted(empty_graph)

    async def page(number: int) -> tuple[list[str], int | None]:
        asked = asked_of([("page", str(number)), ("per_page", "5")], SERVICES)
        found = await services(
            cast(AsyncDriver, counted), bookmarks, asked, located=False
        )
        return [each["key"] for each in found.rows], found.total

    slugs = sorted(name.replace(" ", "-") for name in HOURS)
    third_alone, first, second = [await page(number) for number in (3, 1, 2)]
    assert [first, second, third_alone] == [
        (slugs[:5], 14),
        (slugs[5:10], 14),
        (slugs[10:], 14),
    ]
    assert await page(3) == third_alone
    before = counted.round_trips
    assert await page(2) == second
    assert counted.round_trips == before + 2

    await write(empty_graph, CHANGE)
    assert await page(2) == (sorted([*slugs, "a-new-one"])[5:10], 15)
    assert await page(1) == (sorted([*slugs, "a-new-one"])[:5], 15)
