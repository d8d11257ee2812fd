"""Searching: parameters of IHE mCSD, places, pages, and what comes along."""

import pytest
from fhir_client import Fhir, link_of, matches, outcome_of

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

ODS = "https://fhir.nhs.uk/Id/ods-organization-code"
TRUST = "university-hospitals-coventry-and-warwickshire-nhs-trust"
HOSPITAL = "hospital-of-st-cross-rugby-minor-injuries-unit"
DEPARTMENT = "university-hospital-coventry-emergency-department"


@pytest.mark.parametrize(
    "identifier", [f"{ODS}|RKB", "odsOrganisationCode|RKB", "RKB", "rubbish,RKB"]
)
async def test_an_organisation_is_found_by_its_ods_code(
    fhir: Fhir, identifier: str
) -> None:
    path = f"Organization?identifier={identifier}&_revinclude=Endpoint:organization"

    assert await fhir.ids(path) == [TRUST]


async def test_a_code_of_another_system_finds_nothing(fhir: Fhir) -> None:
    assert await fhir.ids("Organization?identifier=urn:elsewhere|RKB") == []


async def test_the_services_of_a_provider_are_found_by_its_ods_code(fhir: Fhir) -> None:
    bundle = await fhir.body(
        f"HealthcareService?organization.identifier={ODS}|RKB"
        "&_include=HealthcareService:organization"
        "&_include=HealthcareService:location"
    )

    included = [
        each["fullUrl"].removeprefix(f"{fhir.base}/")
        for each in bundle["entry"]
        if each["search"]["mode"] == "include"
    ]
    assert [each["id"] for each in matches(bundle)] == [HOSPITAL, DEPARTMENT]
    assert bundle["total"] == 2
    assert sorted(included) == [
        f"Location/{HOSPITAL}",
        f"Location/{DEPARTMENT}",
        f"Organization/{TRUST}",
    ]


async def test_what_refers_to_a_match_comes_along(fhir: Fhir) -> None:
    bundle = await fhir.body(
        f"Organization?_id={TRUST}&_revinclude=HealthcareService:organization"
    )

    assert {each["resource"].get("id") for each in bundle["entry"][1:3]} == {
        HOSPITAL,
        DEPARTMENT,
    }


async def test_places_are_in_order_of_their_true_distance(fhir: Fhir) -> None:
    bundle = await fhir.body("Location?near=52.37|-1.26|10|km")

    metres = [
        each["search"]["extension"][0]["valueDistance"]["value"]
        for each in bundle["entry"]
        if each["search"]["mode"] == "match"
    ]
    assert len(metres) == 8
    assert metres == sorted(metres)
    assert metres[0] == 0.331
    assert metres[-1] < 10


async def test_services_near_a_point_are_found_page_by_page(fhir: Fhir) -> None:
    whole = await fhir.ids("HealthcareService?location.near=52.37|-1.26|30|km")
    paged: list[str] = []
    page: str | None = "HealthcareService?location.near=52.37|-1.26|30|km&_count=7"
    while page:
        bundle = await fhir.body(page)
        paged += [each["id"] for each in matches(bundle)]
        following = link_of(bundle, "next")
        page = following and following.removeprefix(f"{fhir.base}/")

    assert len(whole) == 20
    assert paged[:20] == whole
    assert len(paged) == len(set(paged))


async def test_pages_give_each_resource_once_and_say_how_many_there_are(
    fhir: Fhir,
) -> None:
    seen: list[str] = []
    page: str | None = "Location?_count=50&_total=accurate"
    while page:
        bundle = await fhir.body(page)
        seen += [each["id"] for each in matches(bundle)]
        assert bundle["total"] == 228
        following = link_of(bundle, "next")
        page = following and following.removeprefix(f"{fhir.base}/")

    assert len(seen) == len(set(seen)) == 228


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("name=coventry", ["coventry-healthcare-and-walk-in-centre"]),
        ("name:exact=NHS 111", ["nhs-111"]),
        ("name:exact=nhs 111", []),
        ("name:contains=LTHCARE AND WALK", ["coventry-healthcare-and-walk-in-centre"]),
        ("name=LTHCARE AND WALK", []),
        (f"location=Location/{HOSPITAL}", [HOSPITAL]),
        (f"organization={TRUST}&service-type=105", [DEPARTMENT]),
        (f"organization={TRUST}&characteristic=minor-injury", [HOSPITAL]),
        ("identifier=RKB03", [HOSPITAL]),
        (f"_id={HOSPITAL},{DEPARTMENT},nothing", [HOSPITAL, DEPARTMENT]),
        ("_lastUpdated=lt2016", []),
        ("_lastUpdated=ge2016&identifier=RKB03", [HOSPITAL]),
        ("organization.name=university hospitals coventry", [HOSPITAL, DEPARTMENT]),
    ],
)
async def test_services_are_found_by(fhir: Fhir, asked: str, found: list[str]) -> None:
    assert await fhir.ids(f"HealthcareService?{asked}") == found


@pytest.mark.parametrize(
    ("asked", "least"),
    [
        ("Organization?type=CCG&active=true", 20),
        ("Organization?type=RO98&name:contains=coventry", 1),
        ("Organization?name=nhs coventry", 1),
        ("Location?address-postalcode=CV22&status=active", 1),
        ("Location?type=105&name:contains=hospital", 1),
        ("OrganizationAffiliation?active=true&date=ge2016-11-30", 1),
        ("OrganizationAffiliation?primary-organization.identifier=05H", 3),
        ("OrganizationAffiliation?role=lead-commissioner", 7),
        ("OrganizationAffiliation?service=end-of-life-care-rugby", 1),
        ("PlanDefinition?status=active&context=frailty", 2),
        ("PlanDefinition?title:contains=falls", 1),
    ],
)
async def test_the_other_types_are_found_by_their_parameters(
    fhir: Fhir, asked: str, least: int
) -> None:
    assert len(await fhir.ids(asked)) >= least


async def test_a_search_can_be_posted_as_a_form(fhir: Fhir) -> None:
    form = {"name:contains": "walk", "_count": "2"}

    posted = await fhir.client.post(
        f"{fhir.base}/HealthcareService/_search?active=true", data=form
    )

    asked = "HealthcareService?active=true&name:contains=walk&_count=2"
    assert posted.status_code == 200
    assert posted.json() == await fhir.body(asked)


async def test_a_search_can_be_asked_at_the_address_of_forms_without_one(
    fhir: Fhir,
) -> None:
    asked = "name:contains=walk&_count=2"

    found = await fhir.body(f"HealthcareService/_search?{asked}")

    assert found == await fhir.body(f"HealthcareService?{asked}")


async def test_who_finds_no_name_with_this_beginning_is_told_of_contains(
    fhir: Fhir,
) -> None:
    begins = await fhir.body("HealthcareService?name=rugby")
    contains = await fhir.body("HealthcareService?name:contains=rugby")

    assert matches(begins) == []
    assert outcome_of(begins)[-1]["details"]["text"] == (
        "Nothing was found. name finds what begins with the value; "
        "name:contains looks anywhere in it."
    )
    assert "central-surgery-rugby" in {each["id"] for each in matches(contains)}
    assert len(outcome_of(contains)) == 1


async def test_what_comes_along_may_say_the_type_that_it_has(fhir: Fhir) -> None:
    asked = f"HealthcareService?_id={HOSPITAL}&_include=HealthcareService:location"

    named = await fhir.body(f"{asked}:Location")

    assert named["entry"] == (await fhir.body(asked))["entry"]


async def test_a_count_alone_has_no_resources(fhir: Fhir) -> None:
    for asked in ("_summary=count", "_count=0"):
        bundle = await fhir.body(f"Organization?type=CCG&{asked}")

        assert bundle["total"] == 210
        assert matches(bundle) == []


async def test_every_bundle_says_that_the_directory_is_historical(fhir: Fhir) -> None:
    for asked in ("HealthcareService?_count=1", "Endpoint", "Location?_count=0"):
        [issue] = outcome_of(await fhir.body(asked))

        assert issue["severity"] == "warning"
        assert issue["details"]["text"] == (
            "Historical directory, 30 November 2016. Do not refer anyone from it."
        )


async def test_more_than_the_most_is_not_given_at_once(fhir: Fhir) -> None:
    bundle = await fhir.body("Organization?_count=100000")

    assert len(matches(bundle)) == 100
    assert "_count=100" in (link_of(bundle, "next") or "")
