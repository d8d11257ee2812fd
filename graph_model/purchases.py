"""What a commissioner has bought on a day, of its ledger and of those that it inherited (graph_model/ledgers.py)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from graph_model.matching.cover import SURE, Served, Takes

Numbers = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

# A service that somebody commissions without a contract that a source names: nobody can tell.
WITHOUT_CONTRACT = 1


@dataclass(frozen=True)
class Purchases:
    """The services that a commissioner has bought, in columns: one place for each service.

    `contracts` and `providers` hold places from 1, 0 for none, in the order of their slugs. `pairs` are the places
    of services and contracts of what is in force, or may be.
    """

    slugs: Sequence[str]  # of the services; empty where nobody needs to know
    contracts: Sequence[str]  # their slugs
    verdicts: Numbers
    left: Numbers  # the verdicts without the contracts that end
    under: Numbers  # the contract that is surest, of several the last
    providers: Numbers
    served: Sequence[Served]
    takes: Sequence[Takes]
    areas: Numbers  # places in `served`
    people: Numbers  # places in `takes`
    what_counts: Numbers
    what_numbers: Numbers
    pairs: tuple[Numbers, Numbers]


@lru_cache(maxsize=20_000)
def served_of(text: str) -> Served:
    """The areas of a ledger's text."""
    return Served(orjson.loads(text))


@lru_cache(maxsize=2_000)
def takes_of(text: str) -> Takes:
    """Whom services take, of a ledger's text."""
    return Takes(*orjson.loads(text))


def column(content: bytes) -> Numbers:
    """The numbers of a column."""
    return np.frombuffer(content, "<i4")


def on_day(counts: Numbers, days: Numbers, values: Numbers, day: int) -> Numbers:
    """What each was on a day, of the days on which its values begin; 0 before the first of them."""
    owners = np.repeat(np.arange(len(counts)), counts)
    begun = days <= day
    found = np.zeros(len(counts), np.int32)
    # The last of several values for one place is the one that stays.
    found[owners[begun]] = values[begun]
    return found


def purchases_on(
    ledgers: Sequence[dict[str, Any]], day: int, ending: Collection[str]
) -> Purchases:
    """What is bought on a day (0001-01-01 is 1), without and with the contracts that end.

    Each ledger has besides its columns `passed`: 2 where what it lists is surely the commissioner's on the day, 1
    where it may have passed to another. Several ledgers must have their slugs.
    """
    parts = [LedgerOnDay.of(ledger, day, ending) for ledger in ledgers]
    if len(parts) == 1:
        part = parts[0]
        places = np.arange(len(part.service_areas))
        first = places
    else:
        names = np.array([slug for part in parts for slug in part.services], object)
        _, first, places = np.unique(names, return_index=True, return_inverse=True)
    return merged(parts, places.astype(np.int64), first.astype(np.int64))


@dataclass(frozen=True)
class LedgerOnDay:
    """A ledger's columns, with what they say of the day."""

    services: Sequence[str]
    contracts: Sequence[str]
    provider_slugs: Sequence[str]
    served: Sequence[Served]
    takes: Sequence[Takes]
    service_areas: Numbers
    service_people: Numbers
    what_counts: Numbers
    what_numbers: Numbers
    providers: Numbers
    holders: Numbers
    pair_services: Numbers
    pair_contracts: Numbers
    pair_verdicts: Numbers
    pair_ends: npt.NDArray[np.bool_]

    @classmethod
    def of(
        cls, ledger: dict[str, Any], day: int, ending: Collection[str]
    ) -> "LedgerOnDay":
        """What a ledger says of the day."""
        contracts = on_day(*columns_of(ledger, "contract", "verdicts"), day)
        runs = on_day(*columns_of(ledger, "service", "verdicts"), day)
        services = column(ledger["purchase_services"])
        under = column(ledger["purchase_contracts"])
        lives = np.concatenate([[WITHOUT_CONTRACT], contracts]).astype(np.int32)
        ends = np.array([False, *(slug in ending for slug in ledger["contracts"])])
        verdicts = np.minimum(
            np.minimum(lives[under], runs[services]), ledger["passed"]
        )
        there = verdicts > 0
        return cls(
            services=ledger["services"] or (),
            contracts=ledger["contracts"],
            provider_slugs=ledger["providers"] or (),
            served=[served_of(text) for text in ledger["areas"]],
            takes=[takes_of(text) for text in ledger["people"]],
            service_areas=column(ledger["service_areas"]),
            service_people=column(ledger["service_people"]),
            what_counts=column(ledger["what_counts"]),
            what_numbers=column(ledger["what_numbers"]),
            providers=on_day(*columns_of(ledger, "provider", "places"), day),
            holders=column(ledger["contract_holders"]),
            pair_services=services[there],
            pair_contracts=under[there],
            pair_verdicts=verdicts[there].astype(np.int32),
            pair_ends=ends[under[there]],
        )


def columns_of(
    ledger: dict[str, Any], noun: str, what: str
) -> tuple[Numbers, Numbers, Numbers]:
    """The three columns of what changes with time."""
    counts, days, values = (
        column(ledger[f"{noun}_{name}"]) for name in ("counts", "days", what)
    )
    return counts, days, values


def merged(parts: Sequence[LedgerOnDay], places: Longs, first: Longs) -> Purchases:
    """The ledgers as one. `places` is for each of their services, one ledger after the other, its place among
    all, and `first` for each place which of them stands for it."""
    before = starts([len(part.service_areas) for part in parts])
    contracts, contract_places = in_one([part.contracts for part in parts])
    _, provider_places = in_one([part.provider_slugs for part in parts], parts)
    size = len(first)
    services = joined(
        [
            places[part.pair_services + at]
            for part, at in zip(parts, before, strict=True)
        ]
    )
    under = joined(
        [
            of[part.pair_contracts]
            for part, of in zip(parts, contract_places, strict=True)
        ]
    )
    verdict = joined([part.pair_verdicts for part in parts])
    ends = joined([part.pair_ends for part in parts]).astype(bool)
    verdicts = most(size, services, verdict)
    key = np.where(
        under > 0, verdict.astype(np.int64) * (len(contracts) + 1) + under, 0
    )
    surest = most(size, services, key) % (len(contracts) + 1)
    holders = np.zeros(len(contracts) + 1, np.int32)
    for part, of, slugs in zip(parts, contract_places, provider_places, strict=True):
        holders[of[1:]] = slugs[part.holders]
    providers = joined(
        [of[part.providers] for part, of in zip(parts, provider_places, strict=True)]
    )[first]
    what_counts = joined([part.what_counts for part in parts])
    chosen = np.zeros(len(what_counts), bool)
    chosen[first] = True
    numbers = joined([part.what_numbers for part in parts])
    # The services' own order is that of the slugs: where ledgers are merged, so are their needs.
    owners = np.repeat(np.arange(len(what_counts)), what_counts)
    kept = chosen[owners]
    order = np.argsort(places[owners[kept]], kind="stable")
    return Purchases(
        slugs=slugs_of(parts, first),
        contracts=contracts,
        verdicts=verdicts,
        left=most(size, services, np.where(ends, 0, verdict)),
        under=surest.astype(np.int32),
        providers=np.where(providers > 0, providers, holders[surest]),
        served=[each for part in parts for each in part.served],
        takes=[each for part in parts for each in part.takes],
        areas=shifted(parts, "service_areas", "served")[first],
        people=shifted(parts, "service_people", "takes")[first],
        what_counts=what_counts[first],
        what_numbers=numbers[kept][order],
        pairs=(services.astype(np.int32), under),
    )


def most(size: int, places: Any, values: Any) -> Any:
    """For each place the most of its values; 0 where it has none."""
    found = np.zeros(size, values.dtype)
    np.maximum.at(found, places, values)
    return found


def starts(sizes: Sequence[int]) -> list[int]:
    """Where each begins when all stand in one row."""
    return [sum(sizes[:position]) for position in range(len(sizes))]


def joined(arrays: Sequence[Any]) -> Any:
    """One array after the other."""
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int32)


def shifted(parts: Sequence[LedgerOnDay], column_name: str, table: str) -> Numbers:
    """Places in each ledger's table as places in all tables, one after the other."""
    before = starts([len(getattr(part, table)) for part in parts])
    return joined(
        [
            getattr(part, column_name) + at
            for part, at in zip(parts, before, strict=True)
        ]
    )


def slugs_of(parts: Sequence[LedgerOnDay], first: Longs) -> Sequence[str]:
    """The slugs of the services, where the ledgers have them."""
    if len(parts) == 1:
        return parts[0].services
    all_of_them = [slug for part in parts for slug in part.services]
    return [all_of_them[place] for place in first] if all_of_them else ()


def in_one(
    listed: Sequence[Sequence[str]], parts: Sequence[LedgerOnDay] | None = None
) -> tuple[Sequence[str], list[Numbers]]:
    """The slugs of all lists, each once, in order; and for each list the new places, from 1, of its own."""
    if len(listed) == 1:
        # Of one ledger alone the slugs of providers may not have been read: the places are enough.
        count = len(listed[0])
        if parts is not None:
            count = max(
                int(parts[0].providers.max(initial=0)),
                int(parts[0].holders.max(initial=0)),
            )
        return listed[0], [np.arange(count + 1, dtype=np.int32)]
    once = sorted({slug for slugs in listed for slug in slugs})
    place_of = {slug: place for place, slug in enumerate(once, start=1)}
    return once, [
        np.array([0, *(place_of[slug] for slug in slugs)], np.int32) for slugs in listed
    ]


@dataclass(frozen=True)
class Groups:
    """Purchases by what they are for and all that counts besides, in columns: one place for each group.

    The groups are in order of `numbers`. The pairs are None in the place of a group (0) of which no provider is known.
    """

    numbers: Numbers
    verdicts: Numbers
    left: Numbers
    areas: Numbers
    people: Numbers
    # Provider and contract, and the other way round, as one number: the least and the most of each.
    first_provider: Longs
    last_provider: Longs
    first_contract: Longs
    last_contract: Longs
    begins: (
        Longs  # where the services of each begin among `services`; one more for the end
    )
    services: Longs
    contract_base: int
    provider_base: int

    @property
    def several(self) -> npt.NDArray[np.bool_]:
        """Whether each has two services of different providers under different contracts."""
        providers = self.first_provider // self.contract_base != (
            self.last_provider // self.contract_base
        )
        contracts = self.first_contract // self.provider_base != (
            self.last_contract // self.provider_base
        )
        return providers & contracts


def groups_of(bought: Purchases, wanted: npt.NDArray[np.bool_]) -> Groups:
    """What was bought of the wanted numbers, in groups."""
    owners = np.repeat(np.arange(len(bought.what_counts)), bought.what_counts)
    numbers = bought.what_numbers
    counts = (bought.verdicts[owners] > 0) & (numbers < len(wanted))
    counts[counts] = wanted[numbers[counts]]
    owners, numbers = owners[counts], numbers[counts].astype(np.int64)
    key = numbers
    for values, base in (
        (bought.verdicts, SURE + 1),
        (bought.left, SURE + 1),
        (bought.areas, max(len(bought.served), 1)),
        (bought.people, max(len(bought.takes), 1)),
    ):
        key = key * base + values[owners]
    order = np.argsort(key, kind="stable")
    owners, numbers, key = owners[order], numbers[order], key[order]
    begins = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])[: len(key)])
    first = owners[begins]
    providers = bought.providers[owners].astype(np.int64)
    under = bought.under[owners].astype(np.int64)
    contract_base = len(bought.contracts) + 1
    provider_base = int(bought.providers.max(initial=0)) + 1
    by_provider = providers * contract_base + under
    by_contract = under * provider_base + providers
    known = providers > 0
    return Groups(
        numbers=numbers[begins].astype(np.int32),
        verdicts=bought.verdicts[first],
        left=bought.left[first],
        areas=bought.areas[first],
        people=bought.people[first],
        first_provider=least_of(by_provider, known, begins),
        last_provider=most_of(by_provider, known, begins),
        first_contract=least_of(by_contract, known, begins),
        last_contract=most_of(by_contract, known, begins),
        begins=np.concatenate([begins, [len(key)]]),
        services=owners,
        contract_base=contract_base,
        provider_base=provider_base,
    )


def least_of(values: Longs, known: npt.NDArray[np.bool_], begins: Any) -> Longs:
    """The least of what is known of each group; 0 where nothing is."""
    if not len(begins):
        return np.zeros(0, np.int64)
    nothing = np.iinfo(np.int64).max
    found = np.minimum.reduceat(np.where(known, values, nothing), begins)
    return np.where(found == nothing, 0, found)


def most_of(values: Longs, known: npt.NDArray[np.bool_], begins: Any) -> Longs:
    """The most of what is known of each group; 0 where nothing is."""
    if not len(begins):
        return np.zeros(0, np.int64)
    return np.maximum.reduceat(np.where(known, values, 0), begins)
