"""The CapabilityStatement promises what is there, and all of it."""

from typing import Any

import pytest
from fhir_client import Fhir

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

# A value that each type of parameter can have.
VALUES = {
    "string": "a",
    "token": "a",
    "reference": "a",
    "date": "2016",
    "special": "52.37|-1.26",
}
MCSD = {
    "HealthcareService": {
        "active",
        "identifier",
        "location",
        "name",
        "organization",
        "service-type",
    },
    "Location": {
        "identifier",
        "name",
        "near",
        "organization",
        "partof",
        "status",
        "type",
    },
    "Organization": {"active", "identifier", "name", "partof", "type"},
    "OrganizationAffiliation": {
        "active",
        "date",
        "identifier",
        "participating-organization",
        "primary-organization",
        "role",
    },
    "Endpoint": {"identifier", "organization", "status"},
    "PlanDefinition": {"identifier", "title", "status"},
}


async def statement(fhir: Fhir) -> dict[str, dict[str, Any]]:
    body = await fhir.body("metadata")
    return {each["type"]: each for each in body["rest"][0]["resource"]}


async def test_the_parameters_of_mcsd_are_there(fhir: Fhir) -> None:
    promised = await statement(fhir)

    for kind, needed in MCSD.items():
        names = {each["name"] for each in promised[kind]["searchParam"]}
        assert needed | {"_id", "_lastUpdated"} <= names


@pytest.mark.parametrize("kind", MCSD)
async def test_every_parameter_that_is_promised_is_answered(
    fhir: Fhir, kind: str
) -> None:
    promised = (await statement(fhir))[kind]

    for parameter in promised["searchParam"]:
        value = VALUES[parameter["type"]]
        value = "true" if parameter["name"] == "active" else value
        await fhir.body(f"{kind}?{parameter['name']}={value}&_count=1")


@pytest.mark.parametrize("kind", MCSD)
async def test_all_that_is_promised_to_come_along_can_be_asked_for_at_once(
    fhir: Fhir, kind: str
) -> None:
    promised = (await statement(fhir))[kind]
    asked = [f"_include={each}" for each in promised.get("searchInclude", [])]
    asked += [f"_revinclude={each}" for each in promised.get("searchRevInclude", [])]

    await fhir.body(f"{kind}?_count=3&{'&'.join(asked)}")


async def test_the_profiles_of_uk_core_are_named_where_there_are_such(
    fhir: Fhir,
) -> None:
    promised = await statement(fhir)

    profiles = {kind: each.get("supportedProfile") for kind, each in promised.items()}
    core = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-"
    assert profiles == {
        "HealthcareService": [f"{core}HealthcareService"],
        "Organization": [f"{core}Organization"],
        "Location": [f"{core}Location"],
        "OrganizationAffiliation": [f"{core}OrganizationAffiliation"],
        "Endpoint": None,
        "PlanDefinition": None,
        "OperationDefinition": None,
    }


async def test_the_operation_is_defined_where_the_statement_says(fhir: Fhir) -> None:
    [operation] = (await statement(fhir))["HealthcareService"]["operation"]

    definition = await fhir.body(operation["definition"].removeprefix(f"{fhir.base}/"))

    assert definition["url"] == operation["definition"]
    assert definition["code"] == operation["name"] == "find-referral-options"
    assert definition["affectsState"] is False
    assert [each["name"] for each in definition["parameter"]][-1] == "return"
