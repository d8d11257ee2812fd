"""What cannot be answered is an OperationOutcome with the code of its kind."""

import pytest
from fhir_client import Fhir, matches, outcome_of

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

FORM = "application/x-www-form-urlencoded"
DEFINITION = "OperationDefinition/HealthcareService-find-referral-options"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("HealthcareService?colour=red", 400, "not-supported"),
        ("HealthcareService?name:sounds=x", 400, "not-supported"),
        ("HealthcareService?active=perhaps", 400, "invalid"),
        ("HealthcareService?_lastUpdated=soon", 400, "invalid"),
        ("HealthcareService?_count=-1", 400, "invalid"),
        ("HealthcareService?_after=there", 400, "invalid"),
        ("HealthcareService?_include=Patient:name", 400, "not-supported"),
        ("HealthcareService?organization=Location/here", 400, "invalid"),
        ("HealthcareService?_id=" + "a," * 101, 400, "too-costly"),
        ("HealthcareService?" + "name=a&" * 31, 400, "too-costly"),
        ("Location?near=here", 400, "invalid"),
        ("Location?near=52|-1|900|km", 400, "invalid"),
        ("Location?near=52|-1|5&near=53|-1|5", 400, "invalid"),
        ("HealthcareService?_count=1&_count=2", 400, "invalid"),
        (
            "HealthcareService?_include=HealthcareService:location:Organization",
            400,
            "not-supported",
        ),
        ("metadata?colour=red", 400, "not-supported"),
        ("metadata?mode=terminology", 400, "not-supported"),
        (f"{DEFINITION}?colour=red", 400, "not-supported"),
        ("HealthcareService/_search?colour=red", 400, "not-supported"),
        ("HealthcareService/not-there?colour=red", 400, "not-supported"),
        ("HealthcareService/not-there", 404, "not-found"),
        ("HealthcareService/n_t", 404, "not-found"),
        ("OperationDefinition/another", 404, "not-found"),
        ("Patient", 404, "not-supported"),
        ("Patient/1", 404, "not-supported"),
        ("a/b/c", 404, "not-found"),
        ("HealthcareService?_format=xml", 406, "not-supported"),
        (
            "HealthcareService/$find-referral-options?postcode=CV21",
            400,
            "invalid",
        ),
        (
            "HealthcareService/$find-referral-options?postcode=ZZ99&need-text=ankle",
            404,
            "not-found",
        ),
        (
            "HealthcareService/$find-referral-options?postcode=CV21&need-text=a&count=51",
            400,
            "invalid",
        ),
        ("HealthcareService/$find-referral-options?colour=red", 400, "not-supported"),
    ],
)
async def test_a_question_that_cannot_be_answered(
    fhir: Fhir, path: str, status: int, code: str
) -> None:
    answer = await fhir.get(path)

    outcome = answer.json()
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/fhir+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert outcome["resourceType"] == "OperationOutcome"
    [issue] = outcome["issue"]
    assert (issue["severity"], issue["code"]) == ("error", code)
    assert issue["diagnostics"] == issue["details"]["text"] != ""


async def test_an_unknown_parameter_is_named_beside_those_that_are_known(
    fhir: Fhir,
) -> None:
    outcome = (await fhir.get("Location?colour=red")).json()

    assert outcome["issue"][0]["details"]["text"] == (
        "Location cannot be searched by 'colour'. It can be by _count, _elements, "
        "_format, _id, _include, _lastUpdated, _pretty, _revinclude, _summary, "
        "_total, address-postalcode, identifier, name, near, organization, partof, "
        "status, type. Leave the parameter out, or send the header "
        "`Prefer: handling=lenient` to have unknown ones ignored."
    )


async def test_who_prefers_leniency_is_told_what_was_left_out(fhir: Fhir) -> None:
    bundle = await fhir.body("Location?colour=red&_count=1", Prefer="handling=lenient")

    assert len(matches(bundle)) == 1
    assert "colour" not in str(bundle["link"])
    assert outcome_of(bundle)[-1]["details"]["text"] == (
        "The parameter 'colour' was left out."
    )


async def test_a_value_is_a_value_and_never_cypher(fhir: Fhir) -> None:
    tricky = "' OR true OR name = '"

    assert await fhir.ids(f"HealthcareService?name={tricky}") == []


@pytest.mark.parametrize(
    "accept", ["application/fhir+xml", "application/fhir+json; fhirVersion=3.0"]
)
async def test_who_reads_no_json_of_r4_is_told_that_there_is_nothing_else(
    fhir: Fhir, accept: str
) -> None:
    answer = await fhir.get("Location", Accept=accept)

    assert answer.status_code == 406
    assert answer.json()["resourceType"] == "OperationOutcome"


async def test_nobody_can_write(fhir: Fhir) -> None:
    created = await fhir.post("HealthcareService", {})
    deleted = await fhir.client.delete(f"{fhir.base}/HealthcareService/nhs-111")

    assert created.status_code == deleted.status_code == 405
    assert created.json()["issue"][0]["code"] == "not-supported"
    assert "GET" in created.headers["Allow"]


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b"{}", 415),
        (FORM, b"a" * 100_001, 413),
        (FORM, b"name=%ff&" * 31, 400),
        (FORM, b"\xff=1", 400),
    ],
)
async def test_a_form_that_cannot_be_read_is_refused(
    fhir: Fhir, kind: str, body: bytes, status: int
) -> None:
    answer = await fhir.client.post(
        f"{fhir.base}/Location/_search", content=body, headers={"Content-Type": kind}
    )

    assert answer.status_code == status
    assert answer.json()["resourceType"] == "OperationOutcome"


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"resourceType": "Bundle"},
        {"resourceType": "Parameters", "parameter": [{}]},
        {"resourceType": "Parameters", "parameter": [{"name": "postcode"}]},
        {"resourceType": "Parameters", "parameter": [{"name": "x", "part": [1]}]},
        {"resourceType": "Parameters", "parameter": {"name": "postcode"}},
        {
            "resourceType": "Parameters",
            "parameter": [{"name": "postcode", "valueInteger": 1}],
        },
    ],
)
async def test_parameters_that_cannot_be_read_are_refused(
    fhir: Fhir, body: object
) -> None:
    answer = await fhir.post("HealthcareService/$find-referral-options", body)

    assert answer.status_code == 400
    assert answer.json()["issue"][0]["code"] in ("structure", "invalid")
