"""The addresses under /dos: the REST search of the DoS, and the way to its SOAP search."""

from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any
from uuid import uuid4

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.doors import JSON, BadParameter, Refusal, answering, door, kept, problem
from api.dos.endpoints import ENDPOINTS, PATHS
from api.dos.parameters import Asked, asked_of
from api.dos.search import Answer, Sought, searched
from api.dos.services import doubts, miles, service_told
from api.dos.soap import PATH, soap_route, unforeseen
from api.open_referral.about import given
from graph_model.answers import moment
from graph_model.directory import notice_of
from graph_model.dos import (
    particulars_of,
    services_of_dos_id,
    services_of_ods_code,
)
from graph_model.dos_codes import (
    DosCodesRow,
    NeedMeantRow,
    discriminator_key,
    dos_codes,
    group_key,
)
from graph_model.matching.criteria import judge_active
from graph_model.matching.ranking import failed
from graph_model.matching.verdicts import FAIL, UNKNOWN
from graph_model.rows import ServiceRow

VERSION = "v1.0"  # of the DoS's REST API

Told = tuple[list[dict[str, Any]], dict[str, Any], dict[str, str]]
Question = Callable[[Request, Asked], Awaitable[Told]]


async def by_clinical_term(request: Request, asked: Asked) -> Told:
    """Services for a symptom group and its discriminator, or for a need."""
    driver = request.state.driver
    if asked.combination is not None:
        group, discriminator = asked.combination
        keys = [group_key(group), discriminator_key(group, discriminator)]
        meant = needs_of(await dos_codes(driver, keys), keys)
    else:
        need: NeedMeantRow = {"code": asked.need or "", "whole": [], "parts": []}
        meant = [need]
    return await found_by(request, asked, await sought_of(request, asked, needs=meant))


def needs_of(found: DosCodesRow, keys: list[str]) -> list[NeedMeantRow]:
    """The need that a group's discriminator means, or else the group. Raises BadParameter."""
    by_key = {each["key"]: each["needs"] for each in found["codes"]}
    needs = [by_key[key] for key in keys if key in by_key]
    meant = needs[1] or needs[0] if len(needs) == len(keys) else []
    if not meant:
        loaded = "SD" in found["kinds"]
        raise BadParameter(
            f"No need is loaded here for this group and discriminator ({', '.join(keys)}). "
            + (
                "Give one of those that are."
                if loaded
                else "Load yours with `signpost import dos-codes`, or give the code of a need."
            ),
            "not-found",
        )
    return meant


async def by_service_type(request: Request, asked: Asked) -> Told:
    """Services of some types."""
    sought = await sought_of(request, asked, types=asked.types)
    return await found_by(request, asked, sought)


async def sought_of(request: Request, asked: Asked, **what: Any) -> Sought:
    """The case, with the practice's ODS code. Raises BadParameter."""
    practice = asked.practice
    if asked.practice_id is not None:
        rows = await services_of_dos_id(request.state.driver, asked.practice_id)
        codes = [row["ods_code"] for row in rows if row["ods_code"]]
        if not codes:
            raise BadParameter(
                f"gpPracticeId is {asked.practice_id}. No service has this number and an ODS "
                "code. Give the practice's ODS code, or 0."
            )
        practice = codes[0]
    return Sought(
        asked.postcode,
        asked.km,
        ages=asked.ages,
        sex=asked.sex,
        practice=practice,
        **what,
    )


async def found_by(request: Request, asked: Asked, sought: Sought) -> Told:
    """The services of a search, each with how far it is and what is not known of it."""
    driver, settings = request.state.driver, request.state.settings
    answer = await searched(
        driver, settings, sought, lambda code: asked.each, with_red=True
    )
    services = [option_told(each, answer) for each in answer.candidates]
    about = given(x_notice=answer.notice, x_emergency_advice=answer.advice)
    source = "National" if asked.by_default else "Web Service"
    distance = f'{sought.km:.1f}; unit="km"; source="{source}"'
    return services, about | changed_in(answer), {"Search-Distance": distance}


def changed_in(answer: Answer) -> dict[str, Any]:
    return {"changed": answer.directory["updated"]}


def option_told(candidate: Any, answer: Answer) -> dict[str, Any]:
    """A service that was found."""
    shown = service_told(
        candidate["service"],
        answer.particulars.get(candidate["slug"]),
        answer.day,
        answer.at,
        answer.notice,
    )
    return shown | given(
        patientDistance=miles(candidate["distance_km"]),
        x_not_known=doubts(answer.not_known(candidate)),
        x_not_now=doubts(failed(candidate["criteria"])),
    )


async def by_ods_code(request: Request, asked: Asked) -> Told:
    """The services with an ODS code."""
    rows = await services_of_ods_code(request.state.driver, asked.ods_code)
    return await shown_by(request, rows)


async def by_service_id(request: Request, asked: Asked) -> Told:
    """The service with a number."""
    rows = await services_of_dos_id(request.state.driver, asked.dos_id)
    return await shown_by(request, rows)


async def shown_by(request: Request, rows: list[ServiceRow]) -> Told:
    """These services, as far as they are not known to be out of use."""
    slugs = [row["slug"] for row in rows]
    particulars, directory = await particulars_of(request.state.driver, slugs, None)
    day = directory["day"]
    notice = notice_of(
        {"as_of": directory["as_of"], "historical": directory["historical"]}
    )
    services: list[dict[str, Any]] = []
    for row in rows:
        active = judge_active(row, day)
        if active["verdict"] == FAIL:
            continue
        shown = service_told(
            row, particulars.get(row["slug"]), day, moment(None, day), notice
        )
        unsure = [active] if active["verdict"] == UNKNOWN else []
        services.append(shown | about_people(row) | given(x_not_known=doubts(unsure)))
    return services, given(x_notice=notice) | {"changed": directory["updated"]}, {}


def about_people(row: ServiceRow) -> dict[str, Any]:
    """For whom a service is, as far as sources say."""
    names = {"FEMALE": "F", "MALE": "M", "INDETERMINATE": "I"}
    listed = row["gp_registration"]
    return given(
        genders=[names[each] for each in row["sexes"] or []],
        serviceReferrals=None
        if listed is None
        else {"restricted": listed == "LISTED", "odsCodes": row["gp_practices"]},
    )


QUESTIONS: dict[str, Question] = {
    "byClinicalTerm": by_clinical_term,
    "byServiceType": by_service_type,
    "byOdsCode": by_ods_code,
    "byServiceId": by_service_id,
}


def route(name: str) -> Route:
    """An address, its parts read by the table."""

    async def answer(request: Request) -> Response:
        if request.query_params:
            raise BadParameter(
                "Nothing is read from behind a question mark here: every parameter is a part "
                "of the path, 0 where it is not given.",
                "not-supported",
            )
        asked = asked_of(request.path_params, ENDPOINTS[name].parameters)
        services, about, headers = await QUESTIONS[name](request, asked)
        changed = about.pop("changed")
        told = {
            "code": 200,
            "version": VERSION,
            "serviceCount": len(services),
            "catchAll": not services,
            "services": services,
            **about,
        }
        # The transaction is another one each time, the answer need not be.
        etag = sha256(orjson.dumps(told)).hexdigest()[:16]
        transaction = str(uuid4())
        body = orjson.dumps({"success": {"transactionId": transaction, **told}})
        sent = kept(request, body, JSON, etag=etag, changed=changed)
        sent.headers.update(headers)
        return sent

    return Route(PATHS[name], answering(answer, problem))


def unforeseen_here(request: Request, error: Refusal) -> Response:
    """What nobody foresaw, as the search that was asked tells its faults."""
    by_soap = request.url.path.endswith(PATH)
    return unforeseen(request, error) if by_soap else problem(error)


def dos() -> Starlette:
    """The application that answers under /dos."""
    known = ", ".join([*PATHS.values(), PATH])
    return door(
        [*(route(name) for name in PATHS), soap_route()],
        f"Under /dos there are {known}.",
        unforeseen=unforeseen_here,
    )
