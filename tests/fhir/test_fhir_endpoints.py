"""Endpoints, of which the seed has none: a directory that has some, made up here."""

from datetime import date
from typing import Any
from urllib.parse import parse_qsl

import pytest
from fhir_client import matches
from neo4j import AsyncDriver

from api.fhir.bundles import searchset
from api.fhir.parameters import search_of
from graph_model.database import write
from graph_model.search import NOUNS
from graph_model.search.search import search

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

BASE = "http://a-directory.test/fhir"
DIRECTORY = """
CREATE (:Directory {key: 'directory', updated: datetime('2026-11-01T09:30:00Z')})
CREATE (trust:Organisation {
  slug: 'a-trust', ods_code: 'RZZ', name: 'A Trust', kind: 'NHS_TRUST'
})
CREATE (other:Organisation {
  slug: 'another-trust', ods_code: 'RYY', name: 'Another Trust', kind: 'NHS_TRUST'
})
CREATE (trust)-[:PROVIDES]->(clinic:Service {
  slug: 'a-clinic', name: 'A clinic', status: 'ACTIVE', reach: 'PLACE'
})
CREATE (endpoint:Endpoint {
  slug: 'a-trust-referrals', name: 'Referrals', status: 'active',
  connection: 'hl7-fhir-rest', address: 'https://a-trust.test/fhir',
  payload_types: ['Referral request'], payload_mime_types: ['application/fhir+json'],
  from: date('2026-01-01'), updated: datetime('2026-11-20T12:00:00Z')
})
CREATE (trust)-[:HAS_ENDPOINT]->(endpoint)<-[:HAS_ENDPOINT]-(clinic)
CREATE (clinic)-[:STATED_BY {on: date('2016-11-30')}]->(:Source {
  slug: 'a-list', title: 'A list', publisher: 'A Trust'
})
CREATE (other)-[:HAS_ENDPOINT]->(:Endpoint {
  slug: 'another', name: 'Tŷ Clinic', status: 'off', connection: 'dicom-wado-rs',
  address: 'https://another.test'
})
"""


async def asked(driver: AsyncDriver, kind: str, query: str) -> dict[str, Any]:
    """The Bundle of a search, as the door puts it together."""
    wanted = search_of(kind, parse_qsl(query), BASE, lenient=False)
    found = await search(
        driver,
        wanted.resource.noun,
        NOUNS,
        wanted.conditions,
        first=wanted.count,
        includes=wanted.includes,
    )
    return searchset(wanted, found, BASE)


async def test_an_organisation_comes_with_its_endpoints_by_its_ods_code(
    empty_graph: AsyncDriver,
) -> None:
    await write(empty_graph, DIRECTORY)

    bundle = await asked(
        empty_graph,
        "Organization",
        "identifier=odsOrganisationCode|RZZ&_revinclude=Endpoint:organization",
    )

    assert [each["fullUrl"].removeprefix(BASE) for each in bundle["entry"]] == [
        "/Organization/a-trust",
        "/Endpoint/a-trust-referrals",
    ]
    endpoint = bundle["entry"][1]["resource"]
    assert endpoint.pop("meta")["lastUpdated"] == "2026-11-20T12:00:00.000+00:00"
    assert endpoint == {
        "resourceType": "Endpoint",
        "id": "a-trust-referrals",
        "status": "active",
        "connectionType": {
            "system": "http://terminology.hl7.org/CodeSystem/endpoint-connection-type",
            "code": "hl7-fhir-rest",
        },
        "name": "Referrals",
        "managingOrganization": {
            "reference": "Organization/a-trust",
            "display": "A Trust",
        },
        "period": {
            "start": "2026-01-01",
            "_end": {
                "extension": [
                    {
                        "url": "http://hl7.org/fhir/StructureDefinition/"
                        "data-absent-reason",
                        "valueCode": "unknown",
                    }
                ]
            },
        },
        "payloadType": [{"text": "Referral request"}],
        "payloadMimeType": ["application/fhir+json"],
        "address": "https://a-trust.test/fhir",
    }


@pytest.mark.parametrize(
    ("kind", "query", "ids"),
    [
        ("Endpoint", "organization.identifier=RZZ", ["a-trust-referrals"]),
        ("Endpoint", "organization=another-trust", ["another"]),
        ("Endpoint", "status=off", ["another"]),
        ("Endpoint", "connection-type=hl7-fhir-rest", ["a-trust-referrals"]),
        ("Endpoint", "name=refer", ["a-trust-referrals"]),
        ("Endpoint", "name=ty c", ["another"]),
        ("Endpoint", "name=TŶ", ["another"]),
        ("Endpoint", "name:contains=y clin", ["another"]),
        ("Endpoint", "name:exact=Tŷ Clinic", ["another"]),
        ("Endpoint", "name:exact=Ty Clinic", []),
        ("Endpoint", "_lastUpdated=gt2026-11-19", ["a-trust-referrals"]),
        ("Endpoint", "_lastUpdated=eq2026-11-01", ["another"]),
        ("Endpoint", "_lastUpdated=le2026-11-01T09:30:00Z", ["another"]),
        ("HealthcareService", "endpoint=a-trust-referrals", ["a-clinic"]),
        ("Organization", "endpoint=Endpoint/another", ["another-trust"]),
    ],
)
async def test_endpoints_are_searched_by_and_searched_for(
    empty_graph: AsyncDriver, kind: str, query: str, ids: list[str]
) -> None:
    await write(empty_graph, DIRECTORY)

    bundle = await asked(empty_graph, kind, query)

    assert [each["id"] for each in matches(bundle)] == ids


async def test_a_living_directory_is_told_as_of_today_and_without_a_notice(
    empty_graph: AsyncDriver,
) -> None:
    await write(empty_graph, DIRECTORY)

    found = await search(empty_graph, NOUNS["service"], NOUNS, [], first=1, includes={})
    bundle = await asked(empty_graph, "HealthcareService", "")

    assert abs((found.directory["day"] - date.today()).days) <= 1
    [entry] = bundle["entry"]
    assert "tag" not in entry["resource"]["meta"]
    assert "active" not in entry["resource"]  # nobody has vouched for it for years
    assert entry["resource"]["providedBy"]["reference"] == "Organization/a-trust"
