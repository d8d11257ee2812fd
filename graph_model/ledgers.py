"""Each commissioner's ledger: all that it ever bought, in columns, so that a whole matrix is read at once (ADR 21).

A ledger is derived from facts of the graph, and set anew in the transaction that changes them, as the finder's index
is (graph_model/reach.py). `(:Organisation)-[:HAS_LEDGER]->(:Ledger {key})` holds

- texts: the slugs of its `contracts`, `services` and their `providers`, each in order; `served`, the areas that
  its services serve, `"E38000001 CCG"`; `areas`, for whom services are, and `people`, whom they take, each a list in
  JSON that several services share;
- columns of whole numbers, four bytes each, the little end first: COLUMNS says what they hold.

What changes with time is a column of days on which a value begins (0001-01-01 is day 1), in order, with a column
of the values and one that counts them: a contract's and a service's verdict (2: it surely is in force or runs; 1:
nobody can tell; 0: it is not), a service's provider. Before its first day each is 0.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, LiteralString

import numpy as np
import orjson
from neo4j import AsyncDriver, AsyncManagedTransaction

from graph_model.database import DATABASE
from graph_model.matching.periods import YEARS_VOUCHED, after, years_after
from graph_model.offered import day_of, status_on

COLUMNS = (
    "contract_counts",  # for each contract, how many days its verdict has
    "contract_days",
    "contract_verdicts",
    "contract_holders",  # the place of its first holder in `providers`, from 1; 0: none
    "service_counts",  # for each service, how many days its verdict has
    "service_days",
    "service_verdicts",
    "service_areas",  # the place of its text in `areas`
    "service_people",  # the place of its text in `people`
    "provider_counts",  # for each service, how many days its provider has
    "provider_days",
    "provider_places",  # in `providers`, from 1; 0: none
    "what_counts",  # for each service, for how many needs and types it is
    "what_numbers",  # `Need.number`, `ServiceType.number`
    "purchase_services",  # for each purchase, the service
    "purchase_contracts",  # and the contract, from 1; 0: no source names one
)
TEXTS = ("contracts", "services", "providers", "served", "areas", "people")

CERTAIN_VERDICTS = {"ACTIVE": 2, "LIVE": 2, "VARIED": 2, "UNKNOWN": 1}

Ledger = dict[str, Any]
Steps = list[tuple[int, int]]  # days, and what begins on them

FACTS: LiteralString = """
MATCH (buyer:Organisation)
WHERE EXISTS { (buyer)-[:COMMISSIONS]->() }
RETURN buyer.slug AS commissioner, COLLECT {
  MATCH (buyer)-[:COMMISSIONS]->(contract:Contract)
  RETURN [
    contract.slug, contract.status,
    toString(contract.start), contract.start_precision,
    toString(contract.end), contract.end_precision,
    COLLECT {
      MATCH (contract)-[was:WAS]->(state)
      RETURN [toString(was.from), toString(was.to), state.status]
    },
    COLLECT { MATCH (contract)-[word:STATED_BY]->() RETURN toString(word.on) },
    head(COLLECT {
      MATCH (holder:Organisation)-[:HOLDS]->(contract)
      RETURN holder.slug ORDER BY holder.slug LIMIT 1
    }),
    COLLECT { MATCH (contract)-[:PROCURES]->(service:Service) RETURN service.slug }
  ] ORDER BY contract.slug
} AS contracts, COLLECT {
  CALL (buyer) {
    MATCH (buyer)-[:COMMISSIONS]->(:Contract)-[:PROCURES]->(service:Service)
    RETURN service
  UNION
    MATCH (buyer)-[:COMMISSIONS]->(service:Service)
    RETURN service
  }
  RETURN [
    service.slug, service.status,
    toString(service.opened), service.opened_precision,
    toString(service.closed), service.closed_precision,
    COLLECT {
      MATCH (service)-[was:WAS]->(state)
      RETURN [toString(was.from), toString(was.to), state.status]
    },
    COLLECT { MATCH (service)-[word:STATED_BY]->() RETURN toString(word.on) },
    COLLECT {
      MATCH (service)-[serves:SERVES]->(area:Area)
      RETURN [area.code, serves.rule, area.kind] ORDER BY area.code
    },
    [
      EXISTS { (service)-[:REFERS_ON_TO]->() }, EXISTS { (service)<-[:REFERS_ON_TO]-() },
      service.min_age_days, service.max_age_days, service.sexes
    ],
    COLLECT {
      MATCH (provider:Organisation)-[provides:PROVIDES]->(service)
      RETURN [provider.slug, toString(provides.from), toString(provides.to)]
      ORDER BY provider.slug
    },
    COLLECT {
      MATCH (service)-[:MEETS|OF_TYPE]->(what)
      RETURN DISTINCT what.number AS number ORDER BY number
    },
    EXISTS { (buyer)-[:COMMISSIONS]->(service) }
  ] ORDER BY service.slug
} AS services
"""

STORED: LiteralString = """
MATCH (ledger:Ledger)
RETURN ledger.key AS key, properties(ledger) AS ledger
"""

WRITE_LEDGERS: LiteralString = """
UNWIND $asked.ledgers AS new
MATCH (buyer:Organisation {slug: new.key})
MERGE (ledger:Ledger {key: new.key})
SET ledger = new
MERGE (buyer)-[:HAS_LEDGER]->(ledger)
"""

REMOVE_LEDGERS: LiteralString = """
MATCH (ledger:Ledger)
WHERE ledger.key IN $asked.keys
DETACH DELETE ledger
"""

AT_ONCE = 20  # ledgers written by one statement


async def refresh_ledgers(transaction: AsyncManagedTransaction) -> None:
    """Derive the ledgers anew, and write those that the facts make other than they are.

    Needs and types of service must have their numbers (graph_model/reach.py).
    """
    changed, gone = await stale_ledgers(transaction)
    for first in range(0, len(changed), AT_ONCE):
        asked = {"ledgers": changed[first : first + AT_ONCE]}
        await (await transaction.run(WRITE_LEDGERS, asked=asked)).consume()
    if gone:
        await (await transaction.run(REMOVE_LEDGERS, asked={"keys": gone})).consume()


async def commissioners_with_stale_ledgers(driver: AsyncDriver) -> list[str]:
    """The slugs of organisations whose ledger says something else than the facts do."""
    async with driver.session(database=DATABASE) as session:
        changed, gone = await session.execute_read(stale_ledgers)
    return sorted([*(ledger["key"] for ledger in changed), *gone])


async def stale_ledgers(
    transaction: AsyncManagedTransaction,
) -> tuple[list[Ledger], list[str]]:
    """The ledgers as they should be, where they are not; and the keys of those that should not be there."""
    stored: dict[str, Ledger] = {}
    async for record in await transaction.run(STORED):
        stored[record["key"]] = record["ledger"]
    changed: list[Ledger] = []
    async for record in await transaction.run(FACTS):
        ledger = ledger_of(*record.values())
        if stored.pop(ledger["key"], None) != ledger:
            changed.append(ledger)
    return changed, sorted(stored)


def ledger_of(
    commissioner: str, contracts: Sequence[list[Any]], services: Sequence[list[Any]]
) -> Ledger:
    """The ledger of a commissioner, of the rows that FACTS gives."""
    providers = sorted(
        {contract[8] for contract in contracts if contract[8]}
        | {provider for service in services for provider, _, _ in service[10]}
    )
    place_of_provider = {slug: place for place, slug in enumerate(providers, start=1)}
    place_of_service = {row[0]: place for place, row in enumerate(services)}
    areas, service_areas = shared(orjson.dumps(row[8]).decode() for row in services)
    people, service_people = shared(orjson.dumps(row[9]).decode() for row in services)
    purchases = [
        (place_of_service[service], place)
        for place, contract in enumerate(contracts, start=1)
        for service in sorted(contract[9])
    ] + [(place, 0) for place, row in enumerate(services) if row[12]]
    columns: dict[str, Iterable[int]] = {
        **in_columns(
            "contract", "verdicts", [verdicts_of_contract(c) for c in contracts]
        ),
        "contract_holders": [place_of_provider.get(c[8], 0) for c in contracts],
        **in_columns("service", "verdicts", [verdicts_of_service(s) for s in services]),
        "service_areas": service_areas,
        "service_people": service_people,
        **in_columns(
            "provider",
            "places",
            [providers_in_turn(row[10], place_of_provider) for row in services],
        ),
        "what_counts": [len(row[11]) for row in services],
        "what_numbers": [number for row in services for number in row[11]],
        "purchase_services": [service for service, _ in purchases],
        "purchase_contracts": [contract for _, contract in purchases],
    }
    return {
        "key": commissioner,
        "contracts": [row[0] for row in contracts],
        "services": [row[0] for row in services],
        "providers": providers,
        "served": sorted(
            {f"{code} {kind}" for row in services for code, _, kind in row[8]}
        ),
        "areas": areas,
        "people": people,
        **{name: column_of(columns[name]) for name in COLUMNS},
    }


def column_of(numbers: Iterable[int]) -> bytes:
    """A column as a ledger holds it."""
    return np.array(list(numbers), "<i4").tobytes()


def shared(texts: Iterable[str]) -> tuple[list[str], list[int]]:
    """The texts, each once, in order, and for each of those given its place among them."""
    given = list(texts)
    once = sorted(set(given))
    places = {text: place for place, text in enumerate(once)}
    return once, [places[text] for text in given]


def in_columns(noun: str, what: str, steps: Sequence[Steps]) -> dict[str, list[int]]:
    """What changes with time, as columns: how often, when, and to what."""
    return {
        f"{noun}_counts": [len(each) for each in steps],
        f"{noun}_days": [day for each in steps for day, _ in each],
        f"{noun}_{what}": [value for each in steps for _, value in each],
    }


def verdicts_of_contract(row: Sequence[Any]) -> Steps:
    """On which days it begins to be in force, surely (2), perhaps (1) or not (0)."""
    _, status, start, start_precision, end, end_precision, states, words, *_ = row
    return verdicts_of(
        status, start, start_precision, end, end_precision, hashable(states), tuple(words),
        "ENDED",
    )  # fmt: skip


def verdicts_of_service(row: Sequence[Any]) -> Steps:
    """On which days it begins to run, surely (2), perhaps (1) or not (0)."""
    _, status, opened, opened_precision, closed, closed_precision, states, words, *_ = (
        row
    )
    return verdicts_of(
        status, opened, opened_precision, closed, closed_precision, hashable(states),
        tuple(words), "CLOSED",
    )  # fmt: skip


def hashable(rows: Iterable[Sequence[Any]]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(row) for row in rows)


@lru_cache(maxsize=10_000)
def verdicts_of(
    status: str,
    start: str | None,
    start_precision: str | None,
    end: str | None,
    end_precision: str | None,
    states: tuple[tuple[Any, ...], ...],
    words: tuple[str | None, ...],
    ended: str,
) -> Steps:
    """The verdict of each day, by the days on which it changes: of all on which it can."""
    first, last = day_of(start), day_of(end)
    sources: Any = [{"on": day_of(word)} for word in words]
    said = [word["on"] for word in sources if word["on"]]
    days = {date.min.toordinal()}
    for bound, precision in ((first, start_precision), (last, end_precision)):
        if bound:
            until = after(bound, precision).toordinal()
            days |= {bound.toordinal(), until - 1, until}
    for begins, ends, _ in states:
        days |= {(day_of(each) or date.min).toordinal() for each in (begins, ends)}
    if said:
        days.add(min(said).replace(day=1).toordinal())
        days.add(years_after(max(said), YEARS_VOUCHED).toordinal() + 1)

    def verdict(ordinal: int) -> int:
        day = date.fromordinal(ordinal)
        earlier = next(
            (
                state
                for begins, ends, state in states
                if (day_of(begins) or date.min) <= day < (day_of(ends) or date.min)
            ),
            None,
        )
        bounds = (first, start_precision, last, end_precision)
        then = status_on(status, earlier, bounds, sources, day, ended)
        # One that was awarded may have begun on any day of the month that is stated for its start.
        if then == "AWARDED":
            return 1 if first and day >= first else 0
        return CERTAIN_VERDICTS.get(then, 0)

    return changes(days, verdict)


def providers_in_turn(
    provides: Sequence[Sequence[Any]], place_of: dict[str, int]
) -> Steps:
    """The first, by slug, of the providers of each day."""
    days = {date.min.toordinal()}
    for _, begins, ends in provides:
        days |= {day.toordinal() for day in (day_of(begins), day_of(ends)) if day}

    def provider(ordinal: int) -> int:
        day = date.fromordinal(ordinal)
        for slug, begins, ends in provides:
            first, last = day_of(begins), day_of(ends)
            if (first is None or first <= day) and (last is None or day < last):
                return place_of[slug]
        return 0

    return changes(days, provider)


def changes(days: Iterable[int], value_on: Callable[[int], int]) -> Steps:
    """The days on which the value is another than before; before the first it is 0."""
    steps: Steps = []
    before = 0
    for day in sorted(days):
        if day >= 1 and (value := value_on(day)) != before:
            steps.append((day, value))
            before = value
    return steps
