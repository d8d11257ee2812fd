"""What the directory is asked for an answer: filters give keys, and what is on the page is shown by them."""

from asyncio import gather
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from neo4j import AsyncDriver

from api.open_referral.bookmarks import Bookmark, Bookmarks
from api.open_referral.ids import ORGANISATION, slug_of
from api.open_referral.parameters import Asked
from api.open_referral.taxonomies import NAMES, NEEDS, term_id
from graph_model.errors import BadUserInput, PlaceNotFound
from graph_model.places import PlaceQuestion, areas_surely_around
from graph_model.search import NOUNS
from graph_model.search.noun import Include, Noun
from graph_model.search.parts import HEAD, id_of_slug
from graph_model.search.search import Condition, Found, Near, search
from graph_model.search.terms import codes_of_terms
from graph_model.unknown_places import place_not_found

SERVICE, ORGANISATIONS = NOUNS["service"], NOUNS["organisation"]
PROVIDER, PLACE = "HealthcareService:organization", "HealthcareService:location"
WITH_PROVIDER = {PROVIDER: SERVICE.includes[PROVIDER]}
WITH_BOTH = WITH_PROVIDER | {PLACE: SERVICE.includes[PLACE]}
PROVIDED = {PROVIDER: ORGANISATIONS.includes[PROVIDER]}
FROM_LOCATION = "MATCH (service:Service)-[:DELIVERED_AT]->(location)"
KNOWN = Condition("active", [True, False])  # the profile has no word for: not known


async def services(
    driver: AsyncDriver, bookmarks: Bookmarks, asked: Asked, *, located: bool
) -> Found:
    """A page of services whose status is known, with their providers and places."""
    (near, around), named = await gather(where(driver, asked), by_ids(driver, asked))
    conditions = [*around, *asked.conditions, KNOWN, *named]
    if located:
        conditions.append(Condition("located", [True]))
    includes = WITH_BOTH if located or asked.full else WITH_PROVIDER
    listed = List(driver, SERVICE, conditions, asked, includes, near)
    return await paged(listed, bookmarks)


async def organisations(
    driver: AsyncDriver, bookmarks: Bookmarks, asked: Asked
) -> Found:
    """A page of the organisations that are not known to be gone, or not to be there yet."""
    conditions = [*asked.conditions, Condition("not_known_gone", [True])]
    listed = List(driver, ORGANISATIONS, conditions, asked, {}, None)
    return await paged(listed, bookmarks)


@dataclass(frozen=True)
class List:
    """A list that is asked for a page of."""

    driver: AsyncDriver
    noun: Noun
    conditions: list[Condition]
    asked: Asked
    includes: Mapping[str, Include]
    near: Near | None

    @property
    def question(self) -> Hashable:
        """What makes it another list, or cuts it into other pages."""
        near = self.near and (tuple(self.near.point), self.near.metres)
        return self.noun.name, self.asked.per_page, repr(self.conditions), near


async def paged(listed: List, bookmarks: Bookmarks) -> Found:
    """The page that is asked for, with the total: where its beginning is known from there, else by its number."""
    asked = listed.asked
    if asked.after is not None:
        *after, total = asked.after
        return replace(await page_from(listed, after), total=total)
    known = bookmarks.of(listed.question)
    end = known.ends.get(asked.page - 1) if known else None
    if known and (end or asked.page == 1):
        found = await page_from(listed, end)
        if state_of(found) == known.state:
            return remembered(asked, known, replace(found, total=known.total))
    skipped = (asked.page - 1) * asked.per_page
    found = await page_from(listed, None, skipped=skipped, total=True)
    state = state_of(found)
    if known is None or known.state != state:
        known = bookmarks.keep(listed.question, state, found.total or 0)
    return remembered(asked, known, found)


def remembered(asked: Asked, bookmark: Bookmark, found: Found) -> Found:
    """The page, of which the bookmark now knows the end."""
    if found.rows:
        last = found.rows[-1]
        bookmark.ended(asked.page, [last["metres"], last["key"]])
    return found


def state_of(found: Found) -> Hashable:
    """What the directory was when it answered."""
    return found.directory["day"], found.directory["updated"]


async def page_from(
    listed: List, after: list[Any] | None, *, skipped: int = 0, total: bool = False
) -> Found:
    """The page after a row, or so many behind it. What is skipped, and a total, are looked at row by row."""
    return await search(
        listed.driver,
        listed.noun,
        NOUNS,
        listed.conditions,
        first=listed.asked.per_page,
        after=after,
        skipped=skipped,
        near=listed.near,
        onwards=FROM_LOCATION if listed.near else "",
        includes=listed.includes,
        total=total,
    )


async def where(
    driver: AsyncDriver, asked: Asked
) -> tuple[Near | None, list[Condition]]:
    """The circle and the areas that are asked for. Raises PlaceNotFound, and what a postcode can raise."""
    if asked.postcode is None:
        return None, []
    question = PlaceQuestion(postcode=asked.postcode)
    try:
        place = await areas_surely_around(driver, question)
    except BadUserInput as error:
        raise PlaceNotFound(str(error)) from None  # no postcode at all is not there
    if place is None:
        raise await place_not_found(driver, question)
    near = None if asked.proximity is None else Near(place.point, asked.proximity)
    return near, [Condition("serves", place.areas)]


async def by_ids(driver: AsyncDriver, asked: Asked) -> list[Condition]:
    """The filters of a term and a provider, which are given by their ids; what is not there has nothing."""
    found: list[Condition] = []
    if asked.term is not None:
        found.append(of_term(await codes_of_terms(driver), asked.term))
    if asked.organization is not None:
        slug = await slug_of(driver, ORGANISATION, asked.organization)
        found.append(condition_of("organisation", slug))
    return found


def of_term(codes: Mapping[str, list[str]], asked: str) -> Condition:
    for which in NAMES:
        for code in codes[which]:
            if term_id(which, code) == asked:
                return Condition("need" if which == NEEDS else "type", [code])
    return Condition("nothing", [])


def condition_of(name: str, slug: str | None) -> Condition:
    """A filter for the node of this slug."""
    if slug is None:
        return Condition("nothing", [])
    return Condition(name, [{"id": id_of_slug(slug), "head": slug[:HEAD]}])


async def one(
    driver: AsyncDriver,
    kind: str,
    id_: UUID,
    noun: Noun,
    includes: Mapping[str, Include],
    *also: Condition,
) -> Found:
    """What has this id, or an empty page."""
    slug = await slug_of(driver, kind, id_)
    conditions = [condition_of("id", slug), *also]
    return await search(driver, noun, NOUNS, conditions, first=1, includes=includes)


def by_id(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in rows}
