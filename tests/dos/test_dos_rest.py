"""The REST search of the DoS, on the seed."""

import pytest
from asking import Asker
from dos_client import Dos
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from api.dos.endpoints import PATHS

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

COVENTRY = "CV1 4FS"
WALK_IN = "Coventry Healthcare and Walk-in Centre"
ED = "University Hospital, Coventry emergency department"


async def test_a_search_by_clinical_term_is_the_finders_answer(
    dos: Dos, ask: Asker
) -> None:
    found = await dos.found(
        "byClinicalTerm",
        postcode=COVENTRY,
        symptomGroupDiscriminatorCombos="minor-injury",
        searchDistance="20",
        gender="F",
    )
    answer = await ask(
        """{ referralOptions(first: 50, case: {
          place: {postcode: "CV1 4FS"}, need: {code: "minor-injury"}, sex: FEMALE,
          referrer: NHS_111, withinKm: 32.18688
        }) { options { service { name } distanceKm route { name } } } }"""
    )

    straight = [
        each["service"]["name"]
        for each in answer["referralOptions"]["options"]
        if len(each["route"]) == 1
    ]
    assert [each["name"] for each in found["services"]] == straight[:5]
    assert found["services"][0]["name"] == WALK_IN
    assert found["services"][0]["patientDistance"] == "0.2"
    assert (found["serviceCount"], found["catchAll"]) == (len(straight[:5]), False)
    assert found["x_notice"].startswith("Historical directory, 30 November 2016.")


async def test_what_no_source_says_of_a_service_is_told_as_not_known(dos: Dos) -> None:
    found = await dos.found(
        "byClinicalTerm",
        postcode=COVENTRY,
        symptomGroupDiscriminatorCombos="minor-injury",
        numberPerType="1",
    )

    [first, *_] = found["services"]
    assert "capacity" not in first
    assert "openingTimes" not in first
    assert {each["criterion"] for each in first["x_not_known"]} >= {"AGE", "CAPACITY"}


async def test_a_discriminator_means_its_need_or_else_its_groups(dos: Dos) -> None:
    parts = {"postcode": COVENTRY, "numberPerType": "1"}

    by_need = await dos.names(
        "byClinicalTerm", symptomGroupDiscriminatorCombos="minor-injury", **parts
    )
    by_code = await dos.names(
        "byClinicalTerm", symptomGroupDiscriminatorCombos="9001=7001", **parts
    )
    by_group = await dos.found(
        "byClinicalTerm", symptomGroupDiscriminatorCombos="9002=7001", **parts
    )

    assert by_code == by_need
    assert by_group["services"][0]["name"] == "999 emergency services"
    assert "call 999 now" in by_group["x_emergency_advice"]


async def test_each_type_has_so_many_services_and_the_header_tells_the_distance(
    dos: Dos,
) -> None:
    parts = {
        "postcode": COVENTRY,
        "serviceTypeIds": "105,46",
        "numberPerType": "1",
        "searchDistance": "10",
    }

    answer = await dos.get("byServiceType", **parts)
    usual = await dos.get("byServiceType", **{**parts, "searchDistance": "0"})

    services = answer.json()["success"]["services"]
    assert [each["name"] for each in services] == [ED, WALK_IN]
    assert services[0]["openingTimes"] == {"allHours": True}
    assert answer.headers["search-distance"] == '16.1; unit="km"; source="Web Service"'
    assert usual.headers["search-distance"] == '60.4; unit="km"; source="National"'


async def test_an_age_group_leaves_out_what_takes_nobody_of_it(dos: Dos) -> None:
    parts = {
        "postcode": "B4 6NH",
        "serviceTypeIds": "105",
        "numberPerType": "10",
    }

    children = await dos.names("byServiceType", age="3", **parts)
    older = await dos.names("byServiceType", age="8", **parts)

    assert any("Children" in name for name in children)
    assert not any("Children" in name for name in older)


async def test_a_service_is_found_by_its_ods_code_and_by_its_number(dos: Dos) -> None:
    by_code = await dos.found("byOdsCode", odsCode="m85813")
    [service] = by_code["services"]
    by_number = await dos.found("byServiceId", serviceId=str(service["id"]))

    assert service["name"] == "Birmingham Walk-in Centre"
    assert (service["easting"], service["northing"]) == (407238, 286912)
    assert by_number["services"] == [service]
    assert (await dos.found("byOdsCode", odsCode="ZZZ99"))["catchAll"] is True
    assert (await dos.found("byServiceId", serviceId="5"))["serviceCount"] == 0


async def test_an_answer_that_holds_still_is_not_sent_again(dos: Dos) -> None:
    address = f"{dos.root}/dos{PATHS['byOdsCode'].format(odsCode='M85813')}"

    first = await dos.client.get(address)
    again = await dos.client.get(
        address, headers={"If-None-Match": first.headers["etag"]}
    )

    assert again.status_code == 304
    assert first.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("name", "parts", "status", "words"),
    [
        ("byServiceType", {"postcode": "ZZ99", "serviceTypeIds": "46"}, 404, "ZZ99"),
        ("byServiceType", {"postcode": COVENTRY, "serviceTypeIds": "x"}, 400, "13,25"),
        (
            "byServiceType",
            {"postcode": COVENTRY, "serviceTypeIds": "9999"},
            404,
            "9999",
        ),
        (
            "byServiceType",
            {"postcode": COVENTRY, "serviceTypeIds": "46", "searchDistance": "101"},
            400,
            "at most 100",
        ),
        (
            "byServiceType",
            {"postcode": COVENTRY, "serviceTypeIds": "46", "age": "5"},
            400,
            "age group",
        ),
        (
            "byServiceType",
            {"postcode": COVENTRY, "serviceTypeIds": "46", "gpPracticeId": "77"},
            400,
            "No service has this number",
        ),
        (
            "byClinicalTerm",
            {"postcode": COVENTRY, "symptomGroupDiscriminatorCombos": "1=2"},
            400,
            "SD 1 2",
        ),
        (
            "byClinicalTerm",
            {"postcode": COVENTRY, "symptomGroupDiscriminatorCombos": "9003=7003"},
            400,
            "No need is loaded",
        ),
        ("byServiceId", {"serviceId": "none"}, 400, "whole number"),
    ],
)
async def test_what_cannot_be_asked_is_refused_in_words(
    dos: Dos, name: str, parts: dict[str, str], status: int, words: str
) -> None:
    answer = await dos.get(name, **parts)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]


async def test_addresses_and_methods_that_are_not_there_are_refused(dos: Dos) -> None:
    nowhere = await dos.client.get(f"{dos.root}/dos/services")
    posted = await dos.client.post(
        f"{dos.root}/dos{PATHS['byOdsCode'].format(odsCode='M85813')}"
    )
    asked = await dos.client.get(
        f"{dos.root}/dos{PATHS['byOdsCode'].format(odsCode='M85813')}?x=1"
    )

    assert [nowhere.status_code, posted.status_code, asked.status_code] == [
        404,
        405,
        400,
    ]
    assert "byOdsCode" in nowhere.json()["detail"]


async def test_answers_fit_the_openapi_document(dos: Dos) -> None:
    document = (await dos.client.get(f"{dos.root}/openapi/dos.json")).json()
    found = await dos.get("byServiceType", postcode="CV21", serviceTypeIds="13,100,105")

    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **document}
    registry = Registry().with_resource("urn:ours", Resource.from_contents(schema))
    fits = {"$ref": "urn:ours#/components/schemas/Answer"}
    validator = Draft202012Validator(fits, registry=registry)
    assert [error.message for error in validator.iter_errors(found.json())] == []
    assert set(document["paths"]) == set(PATHS.values())
