"""Loaders: whatever one level of an answer still needs is asked in one round trip.

A key is what is asked for on a day, `(as_of, slug)`; a page's key names the page as well.
"""

from asyncio import Future, shield
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from neo4j import AsyncDriver
from strawberry.dataloader import DataLoader

from graph_model import contracts, needs, organisations, pathways, programmes, services
from graph_model.directory import directory_day


class Loader(DataLoader[Any, Any]):
    """A loader whose callers may leave without taking what others wait for.

    Whoever asks for the same key waits for the same future, and graphql-core cancels whoever stands beside a field
    that became null.
    """

    def load(self, key: Any) -> Future[Any]:
        return shield(super().load(key))


Question = Callable[..., Awaitable[list[Any]]]


@dataclass(frozen=True)
class Loaders:
    """One loader for each type that can be asked for by its key, and for each list below one."""

    organisations: Loader
    services: Loader
    service_types: Loader
    needs: Loader
    contracts: Loader
    alliances: Loader
    programmes: Loader
    pathways: Loader
    services_provided: Loader
    contracts_commissioned: Loader
    contracts_held: Loader
    days: Loader
    heirs_of_organisations: Loader
    ancestors_of_organisations: Loader
    heirs_of_contracts: Loader


def loaders(driver: AsyncDriver) -> Loaders:
    """New loaders, for one request."""
    return Loaders(
        organisations=by_day(driver, organisations.organisations_by_slugs),
        services=by_day(driver, services.services_by_slugs),
        service_types=timeless(driver, services.service_types_by_codes),
        needs=timeless(driver, needs.needs_by_codes),
        contracts=by_day(driver, contracts.contracts_by_slugs),
        alliances=by_day(driver, contracts.alliances_by_slugs),
        programmes=by_day(driver, programmes.programmes_by_slugs),
        pathways=by_day(driver, pathways.pathways_by_keys),
        services_provided=pages(driver, services.services_of_providers),
        contracts_commissioned=pages(driver, contracts.contracts_commissioned_by),
        contracts_held=pages(driver, contracts.contracts_held_by),
        days=the_directory_day(driver),
        heirs_of_organisations=by_day(driver, organisations.heirs_of_organisations),
        ancestors_of_organisations=by_day(
            driver, organisations.ancestors_of_organisations
        ),
        heirs_of_contracts=by_day(driver, contracts.heirs_of_contracts),
    )


def by_day(driver: AsyncDriver, question: Question) -> Loader:
    """Loads `(as_of, key)`: one round trip for each day asked for, which is nearly always one."""

    async def ask(as_of: date | None, keys: list[Any]) -> list[Any]:
        return await question(driver, keys, as_of)

    return Loader(in_groups(ask))


def timeless(driver: AsyncDriver, question: Question) -> Loader:
    """Loads `(as_of, key)` of what is the same on every day."""

    async def ask(as_of: date | None, keys: list[Any]) -> list[Any]:
        return await question(driver, keys)

    return Loader(in_groups(ask))


def the_directory_day(driver: AsyncDriver) -> Loader:
    """Loads the directory's own day, whatever the key; once for a question."""

    async def ask(keys: list[None]) -> list[date]:
        return [await directory_day(driver)] * len(keys)

    return Loader(ask)


def pages(driver: AsyncDriver, question: Question) -> Loader:
    """Loads `((as_of, first, after), slug)`: the same page of the lists of many slugs."""

    async def ask(page: tuple[Any, Any, Any], slugs: list[str]) -> list[Any]:
        as_of, first, after = page
        return await question(driver, slugs, as_of, first, after)

    return Loader(in_groups(ask))


def in_groups(
    ask: Callable[[Any, list[Any]], Awaitable[list[Any]]],
) -> Callable[[list[tuple[Hashable, Any]]], Awaitable[list[Any]]]:
    """Ask once for all keys `(group, key)` of a group; answer in the order of the keys."""

    async def load(keys: list[tuple[Hashable, Any]]) -> list[Any]:
        answers: dict[tuple[Hashable, Any], Any] = {}
        for group, members in groupby(
            sorted(keys, key=group_of), key=lambda key: key[0]
        ):
            wanted = [key for _, key in members]
            found = await ask(group, wanted)
            answers |= zip([(group, key) for key in wanted], found, strict=True)
        return [answers[key] for key in keys]

    return load


def group_of(key: tuple[Hashable, Any]) -> str:
    """What sorts groups, which may hold None."""
    return repr(key[0])
