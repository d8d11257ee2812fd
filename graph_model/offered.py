"""Services as the finder reads them: everything that is judged and shown of an option, in short rows.

A row here is a list of values in an order that this module knows, with dates as ISO texts, and what was so on a
day is worked out in Python: a main question reads thirty services, and for each Neo4j would spend more time on
naming values and on asking whether there are earlier ones than on finding the service (ADR 19).
`offered_services` makes `ServiceRow`s of them, without `needs` and `pathways`, which are loaded where they are asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, LiteralString, cast

from graph_model.matching.case import Row
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

# The services in `chosen`, each once, with all that hangs from them: a look along a node's relationships
# reads them all, whichever are wanted, so one look takes all. Whom many share is told once.
OFFERED_SERVICES: LiteralString = """CALL (chosen) {
  UNWIND chosen AS service
  WITH DISTINCT service
  MATCH (service)-[link:OF_TYPE|DELIVERED_AT|ACCEPTS_FROM|MEETS|SERVES|STATED_BY|WAS
    |PROVIDES|COMMISSIONS|PROCURES]-(other)
  RETURN collect([service.slug, type(link), link, other]) AS links,
    collect(DISTINCT service) AS services
}
CALL (links) {
  UNWIND links AS link
  WITH link WHERE link[1] = 'PROCURES'
  WITH DISTINCT link[3] AS contract
  MATCH (contract)-[link:COMMISSIONS|HOLDS|BOUND_BY|STATED_BY|WAS]-(other)
  RETURN collect([contract.slug, type(link), link, other]) AS contract_links
}
CALL (links, contract_links) {
  UNWIND links + contract_links AS link
  WITH link WHERE link[1] IN ['PROVIDES', 'COMMISSIONS', 'HOLDS']
  WITH DISTINCT link[3] AS organisation
  RETURN collect([
    organisation.slug, organisation.ods_code, organisation.name, organisation.kind,
    toString(organisation.opened), toString(organisation.closed), organisation.aliases,
    [(organisation)-[was:WAS]->(state) WHERE organisation.renamed |
      [toString(was.from), toString(was.to), state.name, state.kind]]
  ]) AS organisations
}
CALL (links, contract_links) {
  UNWIND links + contract_links AS link
  WITH link WHERE link[1] IN ['STATED_BY', 'SERVES', 'COMMISSIONS']
  WITH DISTINCT CASE link[1] WHEN 'STATED_BY' THEN link[3].slug ELSE link[2].source END
    AS slug
  MATCH (source:Source {slug: slug})
  RETURN collect([
    source.slug, source.title, source.publisher, source.url, source.published,
    toString(source.retrieved)
  ]) AS sources
}
WITH *, {
  services: [service IN [each IN services | properties(each)] | [
    service.slug, service.name, service.status, service.reach, service.ods_code,
    service.telephone, service.website, service.ages, service.min_age_days,
    service.max_age_days, service.sexes, service.accepts, service.gp_registration,
    service.gp_practices, service.eligibility_notes, service.how_to_refer,
    service.opening, service.opened_precision, service.closed_precision,
    service.identifier_systems, service.identifier_values,
    toString(service.opened), toString(service.closed), toString(service.last_verified),
    service.capacity, service.capacity_updated_at, service.capacity_resets_at
  ]],
  links: [link IN links | <link>],
  contract_links: [link IN contract_links | <link>],
  organisations: organisations,
  sources: sources
} AS offered
"""

# What is told of each kind of link: its near end, its kind, and what hangs there.
LINK: LiteralString = """[link[0], link[1]] + CASE link[1]
    WHEN 'OF_TYPE' THEN [link[3].code, link[3].name, link[3].rank]
    WHEN 'HOLDS' THEN [link[3].slug]
    WHEN 'BOUND_BY' THEN [link[3].slug, link[3].name]
    WHEN 'MEETS' THEN [link[3].number]
    WHEN 'ACCEPTS_FROM' THEN [link[3].code]
    WHEN 'DELIVERED_AT' THEN [
      link[3].slug, link[3].name, link[3].postcode, link[3].address,
      link[3].point.latitude, link[3].point.longitude]
    WHEN 'WAS' THEN [
      toString(link[2].from), toString(link[2].to), link[3].name, link[3].telephone,
      link[3].status]
    WHEN 'PROVIDES' THEN [
      toString(link[2].from), toString(link[2].to), link[3].slug]
    WHEN 'SERVES' THEN [
      link[3].code, link[3].name, link[3].kind, link[2].rule, link[2].source,
      link[2].locator, link[2].certainty, link[2].derived_from, null,
      toString(link[2].on)]
    WHEN 'COMMISSIONS' THEN [
      link[3].slug, link[2].lead, link[2].source,
      link[2].locator, link[2].certainty, link[2].derived_from, null,
      toString(link[2].on)]
    WHEN 'STATED_BY' THEN [
      link[3].slug, link[2].locator, link[2].certainty, link[2].derived_from,
      link[2].fields, toString(link[2].on)]
    ELSE [
      link[3].slug, link[3].title, link[3].area, link[3].status, link[3].value_gbp,
      link[3].start_precision, link[3].end_precision,
      toString(link[3].start), toString(link[3].end)]
  END"""
OFFERED_SERVICES = cast(LiteralString, OFFERED_SERVICES.replace("<link>", LINK))

# What is so of a service or a contract while it runs.
RUNNING = {"ACTIVE", "LIVE", "VARIED"}

Links = dict[str, dict[str, list[list[Any]]]]  # by near end and kind


@dataclass(frozen=True)
class Offered:
    """What was read, as of a day."""

    day: date
    links: Links
    contract_links: Links
    organisations: dict[str, OrganisationRow]
    sources: dict[str, list[Any]]


def offered_services(found: Row, day: date) -> dict[str, ServiceRow]:
    """The services by slug, each as it was on the day."""
    offered = Offered(
        day,
        by_end_and_kind(found["links"]),
        by_end_and_kind(found["contract_links"]),
        {row[0]: organisation_row(row, day) for row in found["organisations"]},
        {row[0]: row for row in found["sources"]},
    )
    return {row[0]: service_row(row, offered) for row in found["services"]}


def by_end_and_kind(rows: Sequence[list[Any]]) -> Links:
    """What hangs from each node, by the kind of the link."""
    links: Links = {}
    for end, kind, *values in rows:
        links.setdefault(end, {}).setdefault(kind, []).append(values)
    return links


def needs_met(found: Row) -> dict[str, set[int]]:
    """The numbers of the needs that each service meets, by the service's slug."""
    met: dict[str, set[int]] = {}
    for end, kind, *values in found["links"]:
        if kind == "MEETS":
            met.setdefault(end, set()).add(values[0])
    return met


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
        capacity, capacity_updated_at, capacity_resets_at,
    ) = row  # fmt: skip
    links = offered.links[slug]
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
        "capacity": capacity,
        "capacity_updated_at": capacity_updated_at,
        "capacity_resets_at": capacity_resets_at,
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
    }


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


def sources_of(links: dict[str, list[list[Any]]], offered: Offered) -> list[SourceRow]:
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


def served_areas(
    links: dict[str, list[list[Any]]], offered: Offered
) -> list[ServesRow]:
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


def commissioners_of(
    links: dict[str, list[list[Any]]], offered: Offered
) -> list[CommissionerRow]:
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
