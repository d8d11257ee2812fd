"""A card for each service: all that the finder judges and shows of it, so that one look reads it (ADR 22).

`Service.card` is a map in JSON: the service's own values, what hangs from it by the kind of its relationship, the
same of each of its contracts, and the organisations and sources that these name, by slug. Each is a list of values
in the order that graph_model/offered.py knows, whole periods among them: what was so on a day is worked out there.

A card is derived from facts of the graph, and set anew in the transaction that changes them. What changes by itself
from hour to hour, how busy a service is, is not on it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, LiteralString, cast

import orjson
from neo4j import AsyncDriver, AsyncManagedTransaction

from graph_model.database import DATABASE

# The services after one in the order of their slugs, with all that hangs from them: a look along a node's
# relationships reads them all, whichever are wanted, so one look takes all. Whom many share is told once.
FACTS: LiteralString = """
MATCH (service:Service)
WHERE service.slug > $asked.after
WITH service ORDER BY service.slug LIMIT toInteger($asked.most)
WITH collect(service) AS chosen
CALL (chosen) {
  UNWIND chosen AS service
  MATCH (service)-[link:OF_TYPE|DELIVERED_AT|ACCEPTS_FROM|MEETS|SERVES|STATED_BY|WAS
    |PROVIDES|COMMISSIONS|PROCURES]-(other)
  RETURN collect([service.slug, type(link), link, other]) AS links
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
RETURN {
  services: [service IN [each IN chosen | properties(each)] | [
    service.slug, service.name, service.status, service.reach, service.ods_code,
    service.telephone, service.website, service.ages, service.min_age_days,
    service.max_age_days, service.sexes, service.accepts, service.gp_registration,
    service.gp_practices, service.eligibility_notes, service.how_to_refer,
    service.opening, service.opened_precision, service.closed_precision,
    service.identifier_systems, service.identifier_values,
    toString(service.opened), toString(service.closed), toString(service.last_verified)
  ]],
  cards: [each IN chosen | each.card],
  links: [link IN links | <link>],
  contract_links: [link IN contract_links | <link>],
  organisations: organisations,
  sources: sources
} AS row
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
FACTS = cast(LiteralString, FACTS.replace("<link>", LINK))

WRITE_CARDS: LiteralString = """
UNWIND $asked.cards AS told
MATCH (service:Service {slug: told[0]})
SET service.card = told[1]
"""

AT_ONCE = 1_000  # services

# What names an organisation or a source, and at which place of a link's values.
ORGANISATION_AT = {"PROVIDES": 2, "COMMISSIONS": 0, "HOLDS": 0}
SOURCE_AT = {"STATED_BY": 0, "SERVES": 4, "COMMISSIONS": 2}

Links = dict[str, list[list[Any]]]  # by kind


async def refresh_cards(transaction: AsyncManagedTransaction) -> None:
    """Derive the cards anew, and write those that the facts make other than they are."""
    after: str | None = ""
    while after is not None:
        after = await refresh_cards_after(transaction, after)


async def refresh_cards_after(
    transaction: AsyncManagedTransaction, after: str
) -> str | None:
    """Refresh the cards of some services that follow a slug; returns the last one's slug, None where none is left."""
    changed, last = await stale_cards_after(transaction, after)
    if changed:
        await (await transaction.run(WRITE_CARDS, asked={"cards": changed})).consume()
    return last


async def services_with_stale_cards(driver: AsyncDriver) -> list[str]:
    """The slugs of the services whose card says something else than the facts do."""
    stale: list[str] = []
    after: str | None = ""
    async with driver.session(database=DATABASE) as session:
        while after is not None:
            changed, after = await session.execute_read(stale_cards_after, after)
            stale += [slug for slug, _ in changed]
    return stale


async def stale_cards_after(
    transaction: AsyncManagedTransaction, after: str
) -> tuple[list[tuple[str, str]], str | None]:
    """Cards as they should be, where they are not, of services that follow a slug; and the last of these slugs."""
    result = await transaction.run(FACTS, asked={"after": after, "most": AT_ONCE})
    facts = (await result.single(strict=True))["row"]
    if not facts["services"]:
        return [], None
    changed = [
        (slug, card)
        for (slug, card), stored in zip(cards_of(facts), facts["cards"], strict=True)
        if card != stored
    ]
    return changed, facts["services"][-1][0]


def cards_of(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The card of each service, by its slug."""
    links = by_end_and_kind(facts["links"])
    contract_links = by_end_and_kind(facts["contract_links"])
    organisations = {
        slug: [slug, *values, sorted(earlier, key=repr)]
        for slug, *values, earlier in facts["organisations"]
    }
    sources = {row[0]: row for row in facts["sources"]}
    for values in facts["services"]:
        own = links.get(values[0], {})
        yield (
            values[0],
            card_of(values, own, contract_links, organisations, sources),
        )


def card_of(
    values: list[Any],
    links: Links,
    contract_links: Mapping[str, Links],
    organisations: Mapping[str, list[Any]],
    sources: Mapping[str, list[Any]],
) -> str:
    """The card of one service, of its values and links, and of what these name."""
    contracts = {
        row[0]: contract_links.get(row[0], {}) for row in links.get("PROCURES", ())
    }
    all_links = [links, *contracts.values()]
    card = {
        "service": values,
        "links": links,
        "contract_links": contracts,
        "organisations": told_of(all_links, ORGANISATION_AT, organisations),
        "sources": told_of(all_links, SOURCE_AT, sources),
    }
    return orjson.dumps(card).decode()


def by_end_and_kind(rows: Iterable[list[Any]]) -> dict[str, Links]:
    """What hangs from each node, by the kind of the link; in an order of its own, that cards can be compared."""
    links: dict[str, Links] = {}
    for end, kind, *values in rows:
        links.setdefault(end, {}).setdefault(kind, []).append(values)
    return {
        end: {
            kind: sorted(of_one, key=repr) if len(of_one) > 1 else of_one
            for kind, of_one in sorted(kinds.items())
        }
        for end, kinds in links.items()
    }


def told_of(
    links: list[Links], places: dict[str, int], told: Mapping[str, list[Any]]
) -> dict[str, list[Any]]:
    """What is told of all that links name at the places of their values, by slug."""
    slugs = {
        values[place]
        for each in links
        for kind, place in places.items()
        for values in each.get(kind, ())
    }
    return {slug: told[slug] for slug in sorted(slugs & told.keys())}
