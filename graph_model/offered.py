"""Services as the finder reads them: everything that is judged and shown of an option, from the service's card.

A card (graph_model/service_cards.py) holds lists of values in an order that this module knows, with dates as ISO texts and
whole periods: what was so on a day is worked out here, once for each card and day, since a main question reads thirty
services and the next one many of the same (ADR 22). `offered_services` makes `ServiceRow`s of them, without `needs` and
`pathways`, which are loaded where they are asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, LiteralString, cast

import orjson

from graph_model.matching.periods import YEARS_VOUCHED, after, years_after
from graph_model.rows import (
    CommissionerRow,
    ContractRow,
    LocationRow,
    OrganisationRow,
    ServesRow,
    ServiceRow,
    SourceRow,
)

# The services in `chosen`, each once: its card, and what was said last of how busy it is. Its moments are microseconds
# since 1970: the driver takes long over a moment.
OFFERED_SERVICES: LiteralString = """CALL (chosen) {
  UNWIND chosen AS service
  WITH DISTINCT service
  RETURN collect([
    service.card, service.capacity,
    1000000 * service.capacity_updated_at.epochSeconds
      + service.capacity_updated_at.microsecond,
    1000000 * service.capacity_resets_at.epochSeconds
      + service.capacity_resets_at.microsecond
  ]) AS offered
}
"""
CARDS_AT_HAND = 2048  # each as it is on a day; 15 kB of memory

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# What is so of a service or a contract while it runs.
RUNNING = {"ACTIVE", "LIVE", "VARIED"}

Links = dict[str, list[list[Any]]]  # by kind


@dataclass(frozen=True)
class Offered:
    """What a card says, as of a day."""

    day: date
    links: Links
    contract_links: dict[str, Links]
    organisations: dict[str, OrganisationRow]
    sources: dict[str, list[Any]]


def offered_services(cards: Sequence[list[Any]], day: date) -> dict[str, ServiceRow]:
    """The services by slug, each as it was on the day."""
    services: dict[str, ServiceRow] = {}
    for card, capacity, updated_at, resets_at in cards:
        service, _ = read_card(card, day)
        services[service["slug"]] = (
            service
            if capacity is None
            else {
                **service,
                "capacity": capacity,
                "capacity_updated_at": moment_of(updated_at),
                "capacity_resets_at": moment_of(resets_at),
            }
        )
    return services


def needs_met(cards: Sequence[list[Any]], day: date) -> dict[str, frozenset[int]]:
    """The numbers of the needs that each service meets, by the service's slug."""
    return {
        service["slug"]: needs
        for service, needs in (read_card(card, day) for card, *_ in cards)
    }


@lru_cache(maxsize=CARDS_AT_HAND)
def read_card(card: str, day: date) -> tuple[ServiceRow, frozenset[int]]:
    """A service as it was on the day, and the numbers of the needs that it meets. Whoever gets it changes nothing in it."""
    told = orjson.loads(card)
    offered = Offered(
        day,
        told["links"],
        told["contract_links"],
        {
            slug: organisation_row(row, day)
            for slug, row in told["organisations"].items()
        },
        told["sources"],
    )
    needs = frozenset(number for (number,) in offered.links.get("MEETS", ()))
    return service_row(told["service"], offered), needs


def service_row(row: list[Any], offered: Offered) -> ServiceRow:
    """One service as it was on the day."""
    (
        slug, name, status, reach, ods_code,
        telephone, website, ages, min_age_days,
        max_age_days, sexes, accepts, gp_registration,
        gp_practices, notes, how_to_refer,
        opening, opened_precision, closed_precision,
        systems, values,
        opened, closed, last_verified,
    ) = row  # fmt: skip
    links = offered.links
    day = offered.day
    then = state_on(links.get("WAS", ()), day)
    sources = sources_of(links, offered)
    bounds = (day_of(opened), opened_precision, day_of(closed), closed_precision)
    [(type_code, type_name, type_rank)] = links["OF_TYPE"]
    locations = links.get("DELIVERED_AT")
    contracts, ended_contracts = contracts_on(links.get("PROCURES", ()), offered)
    return {
        "slug": slug,
        "name": then[0] or name,
        "status": status_on(status, then[2], bounds, sources, day, "CLOSED"),
        "reach": reach,
        "ods_code": ods_code,
        "telephone": then[1] or telephone,
        "clinician_telephone": None,
        "website": website,
        "ages": ages,
        "min_age_days": min_age_days,
        "max_age_days": max_age_days,
        "sexes": sexes,
        "accepts": accepts,
        "accepts_from": sorted(role for (role,) in links.get("ACCEPTS_FROM", ())),
        "gp_registration": gp_registration,
        "gp_practices": gp_practices or [],
        "eligibility_notes": notes,
        "how_to_refer": how_to_refer,
        "opening": opening or [],
        "opened": bounds[0],
        "opened_precision": opened_precision,
        "closed": bounds[2],
        "capacity": None,
        "capacity_updated_at": None,
        "capacity_resets_at": None,
        "last_verified": day_of(last_verified),
        "identifiers": [
            {"system": system, "value": value}
            for system, value in zip(systems or (), values or (), strict=True)
        ],
        "type": {"code": type_code, "name": type_name, "rank": type_rank},
        "location": location_row(locations[0]) if locations else None,
        "provider": provider_on(links.get("PROVIDES", ()), offered),
        "serves": served_areas(links, offered),
        "commissioners": commissioners_of(links, offered),
        "contracts": contracts,
        "ended_contracts": ended_contracts,
        "sources": sources,
        "kept": {},
    }


def moment_of(microseconds: int | None) -> datetime | None:
    """A moment of a row."""
    return (
        None if microseconds is None else EPOCH + timedelta(microseconds=microseconds)
    )


@lru_cache(maxsize=16384)
def day_of(text: str | None) -> date | None:
    """A date of a row."""
    return date.fromisoformat(text) if text else None


def state_on(earlier: Sequence[list[Any]], day: date) -> list[Any]:
    """The values of the earlier state that held on the day; None for each where none did."""
    for begins, ends, *values in earlier:
        if (day_of(begins) or date.min) <= day < (day_of(ends) or date.min):
            return values
    return [None, None, None]


def status_on(
    status: str,
    earlier: str | None,
    bounds: tuple[date | None, str | None, date | None, str | None],
    sources: Sequence[SourceRow],
    day: date,
    ended: str,
) -> str:
    """The status of a service or contract on a day; the same as `<status of …>` in cards.py.

    `bounds` are the start, its precision, the end and its precision.
    """
    start, start_precision, end, end_precision = bounds
    then = earlier or status
    if end and day >= end:
        return ended if day >= after(end, end_precision) else "UNKNOWN"
    if status not in RUNNING:
        return then
    if start and day < start:
        return (earlier or "PLANNED") if spoken_of(sources, day) else "PLANNED"
    if start and day.toordinal() < after(start, start_precision).toordinal() - 1:
        return "UNKNOWN" if then == status else then
    if start is None and not spoken_of(sources, day):
        return "UNKNOWN"
    if end is None and word_is_old(tuple(each["on"] for each in sources), day):
        return "UNKNOWN"
    return then


def spoken_of(sources: Sequence[SourceRow], day: date) -> bool:
    """Whether anybody spoke of it by the end of that month, or nobody's word has a date."""
    words = [each["on"] for each in sources if each["on"]]
    month = (day.year, day.month)
    return not words or any((word.year, word.month) <= month for word in words)


@lru_cache(maxsize=4096)
def word_is_old(words: tuple[date | None, ...], day: date) -> bool:
    """Whether the last word of it is more than three years old."""
    if not words or None in words:
        return False
    return day > years_after(max(cast(tuple[date, ...], words)), YEARS_VOUCHED)


def sources_of(links: Links, offered: Offered) -> list[SourceRow]:
    """The citations of a node, in the order in which they are shown."""
    found = [citation(offered, *row) for row in links.get("STATED_BY", ())]
    return sorted(found, key=order_of_sources)[:50] if len(found) > 1 else found


def citation(
    offered: Offered,
    slug: str,
    locator: str | None,
    certainty: str | None,
    derived_from: str | None,
    fields: list[str] | None,
    on: str | None,
) -> SourceRow:
    """A source, and where in it a fact stands."""
    _, title, publisher, url, published, retrieved = offered.sources[slug]
    return {
        "slug": slug,
        "title": title,
        "publisher": publisher,
        "url": url,
        "published": published,
        "retrieved": day_of(retrieved),
        "locator": locator,
        "certainty": certainty or "STATED",
        "derived_from": derived_from,
        "fields": fields,
        "on": day_of(on),
    }


def cited(offered: Offered, slug: str | None, *where: Any) -> SourceRow | None:
    """The citation of a relationship, where it has one."""
    return citation(offered, slug, *where) if slug in offered.sources else None


def order_of_sources(source: SourceRow) -> tuple[str, ...]:
    """The key by which citations are sorted."""
    return (
        source["slug"],
        source["locator"] or "",
        source["certainty"],
        source["derived_from"] or "",
        (source["fields"] or [""])[0],
    )


def served_areas(links: Links, offered: Offered) -> list[ServesRow]:
    """The areas that a service serves, and by which rule."""
    found: list[ServesRow] = [
        {
            "code": code,
            "name": name,
            "kind": kind,
            "rule": rule,
            "source": cited(offered, *where),
        }
        for code, name, kind, rule, *where in links.get("SERVES", ())
    ]
    found.sort(key=lambda area: area["code"])
    return found


def location_row(row: list[Any]) -> LocationRow:
    """Where a service stands."""
    slug, name, postcode, address, latitude, longitude = row
    return {
        "slug": slug,
        "name": name,
        "postcode": postcode,
        "address": address or [],
        "latitude": latitude,
        "longitude": longitude,
    }


def organisation_row(row: list[Any], day: date) -> OrganisationRow:
    """An organisation by its name and kind on the day."""
    slug, ods_code, name, kind, opened, closed, aliases, earlier = row
    then = state_on(earlier, day)
    return {
        "slug": slug,
        "ods_code": ods_code,
        "opened": day_of(opened),
        "closed": day_of(closed),
        "aliases": aliases or [],
        "name": then[0] or name,
        "kind": then[1] or kind,
    }


def provider_on(
    providers: Sequence[list[Any]], offered: Offered
) -> OrganisationRow | None:
    """Who provided a service on the day; before, who came first; None where no source says."""
    day = offered.day
    found = [
        (begins is not None and day < begins, begins or date.max, slug)
        for begins, ends, slug in (
            (day_of(begins), day_of(ends), slug) for begins, ends, slug in providers
        )
        if ends is None or day < ends
    ]
    return offered.organisations[min(found)[2]] if found else None


def commissioners_of(links: Links, offered: Offered) -> list[CommissionerRow]:
    """Who commissions something, the lead first."""
    found: list[CommissionerRow] = [
        {
            "organisation": offered.organisations[slug],
            "lead": bool(lead),
            "source": cited(offered, *where),
        }
        for slug, lead, *where in links.get("COMMISSIONS", ())
    ]
    found.sort(key=lambda each: (not each["lead"], each["organisation"]["slug"]))
    return found


def contracts_on(
    contracts: Sequence[list[Any]], offered: Offered
) -> tuple[list[ContractRow], list[ContractRow]]:
    """The contracts that have not surely ended by the day, those that began last first.

    And those that have, which are judged and not shown: what ended last first.
    """
    found = [contract_row(row, offered) for row in contracts]
    found.sort(key=lambda each: each["slug"])
    kept: list[ContractRow] = []
    ended: list[ContractRow] = []
    for each in found:
        known = each["end"] if each["end_precision"] == "DAY" else None
        (kept if known is None or offered.day < known else ended).append(each)
    kept.sort(key=lambda each: each["start"] or date.max, reverse=True)
    ended.sort(key=lambda each: each["end"] or date.min, reverse=True)
    return kept, ended


def contract_row(row: list[Any], offered: Offered) -> ContractRow:
    """One contract as it was on the day."""
    slug, title, area, status, value_gbp, start_precision, end_precision = row[:7]
    start, end = day_of(row[7]), day_of(row[8])
    links = offered.contract_links.get(slug, {})
    sources = sources_of(links, offered)
    bounds = (start, start_precision, end, end_precision)
    then = state_on(links.get("WAS", ()), offered.day)[2]
    alliance = links.get("BOUND_BY")
    return {
        "slug": slug,
        "title": title,
        "area": area,
        "start": start,
        "end": end,
        "value_gbp": value_gbp,
        "start_precision": (start_precision or "DAY") if start else None,
        "end_precision": (end_precision or "DAY") if end else None,
        "status": status_on(status, then, bounds, sources, offered.day, "ENDED"),
        "commissioners": commissioners_of(links, offered),
        "providers": [
            offered.organisations[holder]
            for holder in sorted(holder for (holder,) in links.get("HOLDS", ()))
        ],
        "alliance": (
            {"slug": alliance[0][0], "name": alliance[0][1]} if alliance else None
        ),
        "sources": sources,
    }
