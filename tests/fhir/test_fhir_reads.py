"""Reading resources by id, and what caches are told."""

import pytest
from fhir_client import Fhir

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

TYPES = [
    "HealthcareService",
    "Organization",
    "Location",
    "OrganizationAffiliation",
    "PlanDefinition",
]
MINOR_INJURIES = "HealthcareService/hospital-of-st-cross-rugby-minor-injuries-unit"


@pytest.mark.parametrize("kind", TYPES)
async def test_what_a_search_shows_can_be_read_by_its_id(fhir: Fhir, kind: str) -> None:
    found = await fhir.matches(f"{kind}?_count=100")

    for resource in (found[0], found[-1]):
        assert await fhir.body(f"{kind}/{resource['id']}") == resource


async def test_every_reference_leads_to_a_resource_that_is_there(fhir: Fhir) -> None:
    there: set[str] = set()
    named: set[str] = set()
    for kind in TYPES:
        page: str | None = f"{kind}?_count=100"
        while page:
            bundle = await fhir.body(page)
            for each in bundle["entry"]:
                there.add(each["fullUrl"].removeprefix(f"{fhir.base}/"))
                named |= references_in(each["resource"])
            following = [
                link["url"] for link in bundle["link"] if link["relation"] == "next"
            ]
            page = following[0].removeprefix(f"{fhir.base}/") if following else None

    assert len(there) > 1900
    assert len(named) > 300
    assert named - there == set()


def references_in(value: object) -> set[str]:
    if isinstance(value, list):
        return {found for each in value for found in references_in(each)}
    if not isinstance(value, dict):
        return set()
    own = {value["reference"]} if isinstance(value.get("reference"), str) else set()
    return own | {found for each in value.values() for found in references_in(each)}


async def test_a_service_says_who_provides_it_where_and_under_which_codes(
    fhir: Fhir,
) -> None:
    service = await fhir.body(MINOR_INJURIES)

    assert service["identifier"] == [
        {"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "RKB03"}
    ]
    assert service["active"] is True
    assert service["providedBy"]["reference"] == (
        "Organization/university-hospitals-coventry-and-warwickshire-nhs-trust"
    )
    assert service["location"] == [
        {
            "reference": "Location/hospital-of-st-cross-rugby-minor-injuries-unit",
            "display": "Hospital of St Cross, Rugby",
        }
    ]
    assert service["type"][0]["coding"] == [
        {"system": "urn:signpost:service-type", "code": "46", "display": "Urgent Care"}
    ]


async def test_every_resource_says_that_the_directory_is_historical(fhir: Fhir) -> None:
    service = await fhir.body(MINOR_INJURIES)

    assert service["meta"]["tag"] == [
        {
            "system": "urn:signpost:notice",
            "code": "historical",
            "display": "Historical directory, 30 November 2016. "
            "Do not refer anyone from it.",
        }
    ]


async def test_the_end_of_an_affiliation_that_no_source_states_is_told_to_be_unknown(
    fhir: Fhir,
) -> None:
    affiliation = await fhir.body(
        "OrganizationAffiliation/end-of-life-care-rugby.05A.RJC"
    )

    assert affiliation["period"] == {
        "_end": {
            "extension": [
                {
                    "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
                    "valueCode": "unknown",
                }
            ]
        }
    }


async def test_a_step_of_a_pathway_is_an_action_that_leads_to_the_next(
    fhir: Fhir,
) -> None:
    plan = await fhir.body("PlanDefinition/frailty-and-falls-at-home.1")

    steps = [action["id"] for action in plan["action"]]
    led_to = [
        related["actionId"]
        for action in plan["action"]
        for following in action.get("action", [])
        for related in following["relatedAction"]
    ]
    assert plan["status"] == "active"
    assert led_to
    assert set(led_to) <= set(steps)


async def test_neither_how_to_refer_nor_a_number_for_clinicians_is_told(
    fhir: Fhir,
) -> None:
    page = (await fhir.get("HealthcareService?_count=100")).text

    assert "howToRefer" not in page
    assert "referralMethod" not in page
    assert "clinician" not in page.lower()


async def test_who_has_a_version_is_not_sent_it_again(fhir: Fhir) -> None:
    first = await fhir.get(MINOR_INJURIES)
    again = await fhir.get(MINOR_INJURIES, **{"If-None-Match": first.headers["ETag"]})
    other = await fhir.get(MINOR_INJURIES, **{"If-None-Match": 'W/"another"'})

    assert first.headers["ETag"] == f'W/"{first.json()["meta"]["versionId"]}"'
    assert first.headers["Last-Modified"].endswith(" GMT")
    assert first.headers["Cache-Control"] == "no-cache"
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert other.status_code == 200


async def test_the_ids_of_a_request_are_given_back(fhir: Fhir) -> None:
    ids = {"X-Request-ID": "60e0b220-8136-4ca5-ae46-1d97ef59d068"}

    found = await fhir.get(MINOR_INJURIES, **ids, **{"X-Correlation-ID": "a call"})
    refused = await fhir.get("Location?colour=red", **ids)

    assert found.headers["X-Request-ID"] == ids["X-Request-ID"]
    assert found.headers["X-Correlation-ID"] == "a call"
    assert refused.headers["X-Request-ID"] == ids["X-Request-ID"]
    assert "X-Correlation-ID" not in refused.headers


async def test_an_id_that_is_too_long_is_not_given_back(fhir: Fhir) -> None:
    answer = await fhir.get(MINOR_INJURIES, **{"X-Request-ID": "a" * 1000})

    assert "X-Request-ID" not in answer.headers


async def test_only_the_elements_that_were_asked_for_are_read(fhir: Fhir) -> None:
    service = await fhir.body(f"{MINOR_INJURIES}?_elements=name")

    assert sorted(service) == ["id", "meta", "name", "resourceType"]
    assert service["meta"]["tag"][-1]["code"] == "SUBSETTED"


async def test_a_page_is_sent_compressed_to_who_takes_that(fhir: Fhir) -> None:
    page = "HealthcareService?_count=20"
    plain = await fhir.get(page, **{"Accept-Encoding": "identity"})
    compressed = await fhir.get(page, **{"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in plain.headers
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in compressed.headers["Vary"]
    assert int(compressed.headers["Content-Length"]) * 5 < len(plain.content)
    assert compressed.json() == plain.json()
    assert compressed.headers["ETag"] == plain.headers["ETag"]
