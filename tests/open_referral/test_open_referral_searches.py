"""Pages and filters of Open Referral, on the seed."""

import base64
import re
from typing import Any
from uuid import UUID

import pytest
from open_referral_client import OpenReferral

from api.open_referral.ids import SERVICE, ends_in, id_of
from api.open_referral.parameters import MOST
from api.open_referral.taxonomies import NEEDS, TYPES, taxonomy_id, term_id

HALF_A_SIGN = base64.urlsafe_b64encode(rb'[0.0, "\ud800", 7]').decode()
# Of these the last word is more than three years old, or nobody had spoken of them yet.
UNKNOWN_STATUS = ["accrington-victoria-hospital", "hillside-centre-hereford"]

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]


async def test_the_root_says_which_version_and_profile_it_is(
    door: OpenReferral,
) -> None:
    body = await door.body("")

    assert body["version"] == "HSDS-UK-3.0"
    assert body["openapi_url"] == f"{door.root}/openapi/open-referral.json"
    assert body["x_notice"].startswith("Historical directory")


async def test_pages_by_number_and_by_link_give_the_same_each_once(
    door: OpenReferral,
) -> None:
    by_link = await door.get("services?per_page=100")
    second = (await door.client.get(by_link.links["next"]["url"])).json()
    by_number = await door.body("services?per_page=100&page=2")
    last = await door.body("services?per_page=100&page=3")
    beyond = await door.body("services?per_page=100&page=4")

    assert second == by_number
    assert [last[name] for name in ("size", "total_pages", "last_page")] == [
        71,
        3,
        True,
    ]
    assert by_link.json()["first_page"]
    assert (beyond["empty"], beyond["contents"], beyond["total_items"]) == (
        True,
        [],
        271,
    )
    pages = [by_link.json(), by_number, last]
    assert len({each["id"] for page in pages for each in page["contents"]}) == 271


async def test_services_at_locations_are_nearest_first_within_metres(
    door: OpenReferral,
) -> None:
    found = await door.everything(
        "service_at_locations?postcode=CV1+4FS&proximity=9000"
    )

    second = await door.body(
        "service_at_locations?postcode=CV1+4FS&proximity=9000&per_page=2&page=2"
    )
    assert second["contents"] == found[2:4]
    metres = [each["x_distance_metres"] for each in found]
    assert metres == sorted(metres)
    assert metres[-1] <= 9000
    assert found[0]["service"]["name"] == "Coventry Healthcare and Walk-in Centre"
    assert found[0]["location"]["addresses"][0]["postal_code"] == "CV1 4FS"


async def test_a_service_limited_to_another_area_is_not_for_the_postcode(
    door: OpenReferral,
) -> None:
    rugby = await door.names("services?postcode=CV21&per_page=100")
    leeds = await door.names("services?postcode=LS1&per_page=100")

    assert "District nursing, Rugby" in rugby
    assert "District nursing, Rugby" not in leeds


async def test_filters_give_what_is_known_to_fit(door: OpenReferral) -> None:
    need, kind = term_id(NEEDS, "gp-out-of-hours"), term_id(TYPES, "25")
    for path, every in {
        f"services?minimum_age=18&taxonomy_id={taxonomy_id(TYPES)}": lambda each: (
            each["minimum_age"] >= 18 and "Types of service" in taxonomies_in(each)
        ),
        "services?maximum_age=15": lambda each: each["maximum_age"] <= 15,
        f"services?day=SA&start_time=08:00&taxonomy_term_id={kind}": lambda each: (
            "25" in terms_in(each)
            and any(
                "SA" in schedule["byday"] and schedule["opens_at"] >= "08:00:00"
                for schedule in each["schedules"]
                if "byday" in schedule
            )
        ),
        f"services?taxonomy_term_id={need}": lambda each: (
            "gp-out-of-hours" in terms_in(each)
        ),
    }.items():
        found = await door.everything(f"{path}&full=true")
        assert found, path
        assert all(every(each) for each in found), path


def terms_in(service: dict[str, Any]) -> set[str]:
    return {each["taxonomy_term"]["term"] for each in service["attributes"]}


def taxonomies_in(service: dict[str, Any]) -> set[str]:
    return {each["taxonomy_term"]["taxonomy"] for each in service["attributes"]}


async def test_services_are_found_by_who_provides_them_and_organizations_list_them(
    door: OpenReferral,
) -> None:
    some = (await door.body("services?per_page=100"))["contents"]
    provider = next(each["organization_id"] for each in some if "organization" in each)

    provided = (await door.body(f"services?organization_id={provider}"))["contents"]
    organization = await door.body(f"organizations/{provider}")

    assert {each["id"] for each in provided} == {
        each["id"] for each in organization["services"]
    }


async def test_what_no_source_says_the_status_of_is_left_out_and_said_so(
    door: OpenReferral,
) -> None:
    known = {each["id"] for each in await door.everything("services")}
    answer = await door.get(f"services/{id_of(SERVICE, UNKNOWN_STATUS[0])}")

    assert not known & {id_of(SERVICE, slug) for slug in UNKNOWN_STATUS}
    assert answer.status_code == 404
    assert "no source says whether it runs" in answer.json()["detail"]


async def test_modified_after_gives_what_a_load_has_changed(door: OpenReferral) -> None:
    [one] = (await door.body("services?per_page=1"))["contents"]

    since = await door.body("services?per_page=1&modified_after=2020-01-01")
    later = await door.body("services?modified_after=2999-01-01T00:00:00Z")

    assert since["total_items"] == 271
    assert later["total_items"] == 0
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT.+\+00:00", one["last_modified"])


async def test_an_answer_is_kept_compressed_and_open_to_every_page(
    door: OpenReferral,
) -> None:
    first = await door.get("taxonomy_terms?per_page=100")
    again = await door.get(
        "taxonomy_terms?per_page=100", **{"If-None-Match": first.headers["etag"]}
    )
    asked = await door.client.options(
        f"{door.root}/open-referral/services",
        headers={
            "Origin": "https://a-council.test",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )

    assert first.headers["content-encoding"] == "gzip"
    assert first.headers["cache-control"] == "no-cache"
    assert "last-modified" in first.headers
    assert (again.status_code, again.content) == (304, b"")
    for answer in (first, again, asked):
        assert answer.headers["access-control-allow-origin"] == "*"
    assert asked.status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("services?postcod=CV1", 400, "'postcod' is no parameter here. Leave it out"),
        ("services?page=0", 400, "page is '0'. Give a whole number from 1"),
        ("services?search=", 400, "search is empty. Leave it out"),
        ("services?postcode=nowhere", 404, "nowhere"),
        ("services?page=1&page=2", 400, "page was given twice"),
        (f"services?per_page={MOST + 1}", 400, "whole number from 1 to 100"),
        ("services?after=x", 400, "No page gave this"),
        (f"services?after={HALF_A_SIGN}", 400, "No page gave this"),
        ("services?day=Caturday", 400, "Give one of MO, TU, WE"),
        ("services?start_time=25:00", 400, "Give a time by the clocks of England"),
        ("services?minimum_age=old", 400, "Give a number from 0 to 150"),
        ("services?modified_after=then", 400, "Give a moment such as"),
        ("services?taxonomy_term_id=x", 400, "Give a UUID"),
        ("services?proximity=500", 400, "proximity was given without postcode"),
        ("services?postcode=CV1&proximity=0", 400, "Give metres, more than 0"),
        ("services?postcode=ZZ99+9ZZ", 404, "The directory knows no place"),
        ("services?postcode=JE2+3AB", 422, "Jersey"),
        ("services?version=2.0", 400, "version is '2.0'. Give 3.0 or 3.1."),
        ("services/rugby", 400, "'rugby' is no id"),
        (f"organizations/{UUID(int=0)}", 404, "take an id from /organizations"),
        ("places", 404, "Under /open-referral there are /, /services"),
    ],
)
async def test_what_cannot_be_answered_is_refused_in_words(
    door: OpenReferral, path: str, status: int, words: str
) -> None:
    answer = await door.get(path)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "no-store"
    assert words in answer.json()["detail"]


async def test_nobody_can_write(door: OpenReferral) -> None:
    answer = await door.client.post(f"{door.root}/open-referral/services", json={})

    assert answer.status_code == 405
    assert answer.json()["detail"].endswith("nobody can write here.")


async def test_the_document_names_every_parameter_that_is_read(
    door: OpenReferral,
) -> None:
    document = (await door.client.get(f"{door.root}/openapi/open-referral.json")).json()

    for path, methods in document["paths"].items():
        known = {
            each["name"]
            for each in methods["get"]["parameters"]
            if each["in"] == "query"
        }
        address = path.strip("/").replace("{id}", str(UUID(int=0)))
        refusal = (await door.get(f"{address}?unheard_of=1")).json()["detail"]
        said = refusal.partition("any of ")[2].rstrip(".")
        assert known == set(filter(None, said.split(", "))), path


def test_an_id_is_a_uuid_that_tells_the_ends_of_its_slug() -> None:
    for slug in ("district-nursing-rugby", "short", "a", "With_Signs_of-others"):
        found = UUID(id_of(SERVICE, slug))
        head, tail = ends_in(found)
        assert (found.version, found.variant) == (8, "specified in RFC 4122")
        assert slug.startswith(head)
        assert slug.endswith(tail)
    assert ends_in(UUID(id_of(SERVICE, "district-nursing-rugby"))) == (
        "district-n",
        "-rugby",
    )
    assert id_of(SERVICE, "a-b") != id_of(SERVICE, "a-c")
