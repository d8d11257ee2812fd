"""What the directory is asked for an answer: filters give keys, and what is on the page is shown by them."""

from typing import Any
from uuid import UUID

from neo4j import AsyncDriver

from api.open_referral.ids import ORGANISATION, slug_of
from api.open_referral.parameters import Asked
from api.open_referral.taxonomies import NAMES, NEEDS, term_id
from graph_model.errors import BadUserInput, PlaceNotFound
from graph_model.places import PlaceQuestion, areas_surely_around
from graph_model.search import NOUNS
from graph_model.search.noun import Noun
from graph_model.search.parts import HEAD, id_of_slug
from graph_model.search.search import Condition, Found, Near, search
from graph_model.search.terms import all_terms

SERVICE, ORGANISATIONS = NOUNS["service"], NOUNS["organisation"]
PROVIDER, PLACE = "HealthcareService:organization", "HealthcareService:location"
WITH_PROVIDER = {PROVIDER: SERVICE.includes[PROVIDER]}
WITH_BOTH = WITH_PROVIDER | {PLACE: SERVICE.includes[PLACE]}
PROVIDED = {PROVIDER: ORGANISATIONS.includes[PROVIDER]}
FROM_LOCATION = "MATCH (service:Service)-[:DELIVERED_AT]->(location)"
KNOWN = Condition("active", [True, False])  # the profile has no word for: not known


async def services(driver: AsyncDriver, asked: Asked, *, located: bool) -> Found:
    """A page of services whose status is known, with their providers and places."""
    near, conditions = await where(driver, asked)
    conditions += [*asked.conditions, KNOWN]
    if located:
        conditions.append(Condition("located", [True]))
    conditions += await by_ids(driver, asked)
    includes = WITH_BOTH if located or asked.full else WITH_PROVIDER
    return await paged(driver, SERVICE, conditions, asked, includes, near)


async def organisations(driver: AsyncDriver, asked: Asked) -> Found:
    """A page of the organisations that are not known to be gone, or not to be there yet."""
    conditions = [*asked.conditions, Condition("not_known_gone", [True])]
    return await paged(driver, ORGANISATIONS, conditions, asked, {}, None)


async def paged(
    driver: AsyncDriver,
    noun: Noun,
    conditions: list[Condition],
    asked: Asked,
    includes: dict[str, Any],
    near: Near | None,
) -> Found:
    """The page that is asked for, by its number or by where the one before ended."""
    return await search(
        driver,
        noun,
        NOUNS,
        conditions,
        first=asked.per_page,
        after=asked.after[:2] if asked.after else None,
        skipped=0 if asked.after else (asked.page - 1) * asked.per_page,
        near=near,
        onwards=FROM_LOCATION if near else "",
        includes=includes,
        total=asked.after is None,
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
        raise PlaceNotFound(
            f"The directory has no postcode {asked.postcode[:20]!r}. Give the postcode of where "
            "somebody is, such as CV21 2AA."
        )
    near = None if asked.proximity is None else Near(place.point, asked.proximity)
    return near, [Condition("serves", place.areas)]


async def by_ids(driver: AsyncDriver, asked: Asked) -> list[Condition]:
    """The filters of a term and a provider, which are given by their ids; what is not there has nothing."""
    found: list[Condition] = []
    if asked.term is not None:
        found.append(of_term(await all_terms(driver), asked.term))
    if asked.organization is not None:
        slug = await slug_of(driver, ORGANISATION, asked.organization)
        found.append(condition_of("organisation", slug))
    return found


def of_term(vocabulary: dict[str, Any], asked: str) -> Condition:
    for which in NAMES:
        for row in vocabulary[which]:
            if term_id(which, row["code"]) == asked:
                name = "need" if which == NEEDS else "type"
                return Condition(name, [row["code"]])
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
    includes: dict[str, Any],
    *also: Condition,
) -> Found:
    """What has this id, or an empty page."""
    slug = await slug_of(driver, kind, id_)
    conditions = [condition_of("id", slug), *also]
    return await search(driver, noun, NOUNS, conditions, first=1, includes=includes)


def by_id(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in rows}
