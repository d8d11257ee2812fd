"""The addresses under /open-referral: pages of services, organizations and taxonomies, and each of them."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import orjson
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.doors import JSON, BadParameter, Refusal, answering, door, kept, problem
from api.open_referral import services as shown
from api.open_referral.about import About, about_of, given
from api.open_referral.endpoints import ENDPOINTS
from api.open_referral.finding import (
    KNOWN,
    ORGANISATIONS,
    PLACE,
    PROVIDED,
    PROVIDER,
    SERVICE,
    WITH_BOTH,
    by_id,
    one,
    organisations,
    services,
)
from api.open_referral.ids import AT_LOCATION, ORGANISATION
from api.open_referral.ids import SERVICE as A_SERVICE
from api.open_referral.organizations import organization
from api.open_referral.pages import link, next_link, page
from api.open_referral.parameters import Asked, asked_of, uuid
from api.open_referral.taxonomies import taxonomies, terms_of
from graph_model.search.search import Condition, Found
from graph_model.search.terms import all_terms

# The profile: every answer says so, whoever asks.
OPEN = {"Access-Control-Allow-Origin": "*"}
VERSION = "HSDS-UK-3.0"
PROFILE = "https://open-referral-uk-profile.readthedocs.io/en/latest/"

Answer = tuple[dict[str, Any], About, str | None]  # and the link to the next page
Question = Callable[[Request, Asked], Awaitable[Answer]]


async def api(request: Request, asked: Asked) -> Answer:
    """What this is."""
    about = about_of_directory(await all_terms(request.state.driver), asked)
    described = {
        "version": VERSION,
        "profile": PROFILE,
        "openapi_url": f"{root_of(request)}openapi/open-referral.json",
    }
    return described | given(x_notice=about.notice), about, None


async def list_services(request: Request, asked: Asked) -> Answer:
    return await services_page(request, asked, in_services)


async def list_services_at_locations(request: Request, asked: Asked) -> Answer:
    return await services_page(request, asked, at_locations)


async def services_page(
    request: Request,
    asked: Asked,
    show: Callable[[Asked, Found, About], list[dict[str, Any]]],
) -> Answer:
    located = show is at_locations
    driver, bookmarks = request.state.driver, request.state.bookmarks
    found = await services(driver, bookmarks, asked, located=located)
    about = about_of_found(found, asked)
    contents = show(asked, found, about)
    more = next_link(asked, found, address_of(request))
    return page(asked, found.total, contents, about), about, more


def in_services(asked: Asked, found: Found, about: About) -> list[dict[str, Any]]:
    return [service_of(each["row"], asked.full, found, about) for each in found.rows]


def at_locations(asked: Asked, found: Found, about: About) -> list[dict[str, Any]]:
    places = by_id(found.included[PLACE])
    return [
        shown.at_location(
            each["row"],
            service_of(each["row"], asked.full, found, about),
            places,
            None if asked.proximity is None else each["metres"],
        )
        for each in found.rows
    ]


def service_of(
    row: dict[str, Any], full: bool, found: Found, about: About
) -> dict[str, Any]:
    providers = by_id(found.included[PROVIDER])
    if not full:
        return shown.in_brief(row, providers, about)
    return shown.in_full(row, providers, by_id(found.included[PLACE]), about)


async def one_service(request: Request, asked: Asked) -> Answer:
    row, found, about = await service_by_id(request, asked, A_SERVICE, KNOWN)
    return service_of(row, True, found, about), about, None


async def one_service_at_location(request: Request, asked: Asked) -> Answer:
    """The profile's document answers with a service here, its schemas with the link: this is both."""
    located = Condition("located", [True])
    row, found, about = await service_by_id(request, asked, AT_LOCATION, KNOWN, located)
    service = service_of(row, True, found, about)
    places = by_id(found.included[PLACE])
    both = {"name": service["name"], "status": service["status"]}
    return shown.at_location(row, service, places, None) | both, about, None


async def service_by_id(
    request: Request, asked: Asked, kind: str, *conditions: Condition
) -> tuple[dict[str, Any], Found, About]:
    """The row that the id in the address is of. Raises Refusal."""
    driver, id_ = request.state.driver, id_in(request)
    found = await one(driver, kind, id_, SERVICE, WITH_BOTH, *conditions)
    if not found.rows:
        raise not_there(
            request, "either nothing has this id, or no source says whether it runs"
        )
    return found.rows[0]["row"], found, about_of_found(found, asked)


async def list_organizations(request: Request, asked: Asked) -> Answer:
    driver, bookmarks = request.state.driver, request.state.bookmarks
    found = await organisations(driver, bookmarks, asked)
    about = about_of_found(found, asked)
    contents = [organization(each["row"], about) for each in found.rows]
    more = next_link(asked, found, address_of(request))
    return page(asked, found.total, contents, about), about, more


async def one_organization(request: Request, asked: Asked) -> Answer:
    """An organisation with the services that it provides, each as lists have it."""
    driver, id_ = request.state.driver, id_in(request)
    found = await one(driver, ORGANISATION, id_, ORGANISATIONS, PROVIDED)
    if not found.rows:
        raise not_there(request, "take an id from /organizations")
    about = about_of_found(found, asked)
    provided = [
        shown.in_brief(row, {}, about)
        for row in found.included[PROVIDER]
        if row["active"] is not None
    ]
    own = organization(found.rows[0]["row"], about)
    services_of_it = [each | {"organization_id": own["id"]} for each in provided]
    return own | given(services=services_of_it), about, None


async def list_taxonomies(request: Request, asked: Asked) -> Answer:
    vocabulary = await all_terms(request.state.driver)
    return listed(request, taxonomies(), asked, vocabulary)


async def one_taxonomy(request: Request, asked: Asked) -> Answer:
    vocabulary, id_ = await all_terms(request.state.driver), str(id_in(request))
    found = one_of(taxonomies(), request)
    terms = [each for each in terms_of(vocabulary) if each["taxonomy_id"] == id_]
    return (
        found | given(taxonomy_terms=terms),
        about_of_directory(vocabulary, asked),
        None,
    )


async def list_terms(request: Request, asked: Asked) -> Answer:
    vocabulary = await all_terms(request.state.driver)
    return listed(request, terms_of(vocabulary), asked, vocabulary)


async def one_term(request: Request, asked: Asked) -> Answer:
    vocabulary = await all_terms(request.state.driver)
    found = one_of(terms_of(vocabulary), request)
    return found, about_of_directory(vocabulary, asked), None


def listed(
    request: Request,
    everything: list[dict[str, Any]],
    asked: Asked,
    vocabulary: dict[str, Any],
) -> Answer:
    """A page of a list that is at hand as a whole."""
    about = about_of_directory(vocabulary, asked)
    end = asked.page * asked.per_page
    some = everything[end - asked.per_page : end]
    more = link(asked, address_of(request)) if end < len(everything) else None
    return page(asked, len(everything), some, about), about, more


def one_of(everything: list[dict[str, Any]], request: Request) -> dict[str, Any]:
    id_ = str(id_in(request))
    found = next((each for each in everything if each["id"] == id_), None)
    if found is None:
        raise not_there(request, "take an id from the list")
    return found


def about_of_found(found: Found, asked: Asked) -> About:
    return about_of(found.directory, capacity=asked.version != "3.0")


def about_of_directory(vocabulary: dict[str, Any], asked: Asked) -> About:
    return about_of(vocabulary["directory"], capacity=asked.version != "3.0")


def id_in(request: Request) -> UUID:
    """The id in the address. Raises Refusal."""
    id_ = request.path_params["id"]
    try:
        return uuid(id_)
    except BadParameter as error:
        raise BadParameter(f"{id_[:80]!r} is no id. {error}") from None


def not_there(request: Request, advice: str) -> Refusal:
    path = request.url.path[:200]
    return Refusal(404, "not-found", f"There is nothing at {path}: {advice}.")


def root_of(request: Request) -> str:
    """The address of this server as the caller knows it."""
    return str(request.base_url).removesuffix("open-referral/")


def address_of(request: Request) -> str:
    return str(request.url.replace(query="", fragment=""))


QUESTIONS: dict[str, Question] = {
    "/": api,
    "/services": list_services,
    "/services/{id}": one_service,
    "/organizations": list_organizations,
    "/organizations/{id}": one_organization,
    "/service_at_locations": list_services_at_locations,
    "/service_at_locations/{id}": one_service_at_location,
    "/taxonomies": list_taxonomies,
    "/taxonomies/{id}": one_taxonomy,
    "/taxonomy_terms": list_terms,
    "/taxonomy_terms/{id}": one_term,
}


def route(path: str) -> Route:
    """An address, its parameters read by the table."""

    async def answer(request: Request) -> Response:
        given_here = request.query_params.multi_items()
        asked = asked_of(given_here, ENDPOINTS[path].parameters)
        body, about, more = await QUESTIONS[path](request, asked)
        sent = kept(request, orjson.dumps(body), JSON, changed=about.changed)
        sent.headers.update(OPEN | ({"Link": more} if more else {}))
        return sent

    return Route(path, answering(answer, refused))


def refused(error: Refusal) -> Response:
    """An error in words, for scripts of any page too."""
    return problem(error, OPEN)


# Scripts of any page may ask, and see what they need to go on and to ask again.
SCRIPTS = Middleware(
    CORSMiddleware,
    allow_origins=["*"],
    allow_methods=["GET", "HEAD"],
    allow_headers=["*"],
    expose_headers=["ETag", "Link"],
)


def open_referral() -> Starlette:
    """The application that answers under /open-referral."""
    known = ", ".join(ENDPOINTS)
    return door(
        [route(path) for path in ENDPOINTS],
        f"Under /open-referral there are {known}.",
        refused,
        [SCRIPTS],
    )
