"""What all doors do over HTTP alike: versions, caches, compression, and nothing that is for clinicians."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from asking_all import Doors

from api.dos.endpoints import PATHS
from api.dos.soap import PATH
from graph_model.database import read

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

MINOR_INJURIES = "hospital-of-st-cross-rugby-minor-injuries-unit"
DOS = f"dos{PATHS['byClinicalTerm']}".format(
    caseId="0",
    postcode=quote("CV1 4FS"),
    searchDistance="10",
    gpPracticeId="0",
    age="0",
    gender="F",
    disposition="0",
    symptomGroupDiscriminatorCombos="minor-injury",
    numberPerType="0",
)
ANSWERS = {
    "FHIR search": "fhir/HealthcareService?_count=20",
    "FHIR read": f"fhir/HealthcareService/{MINOR_INJURIES}",
    "FHIR metadata": "fhir/metadata",
    "Open Referral services": "open-referral/services?full=true&per_page=20",
    "Open Referral places": "open-referral/service_at_locations?postcode=CV1+4FS&proximity=20000",
    "Open Referral terms": "open-referral/taxonomy_terms?per_page=100",
    "DoS search": DOS,
    "DoS ODS code": f"dos{PATHS['byOdsCode']}".format(odsCode="Y02652"),
    "WSDL": f"dos{PATH}?wsdl",
    "OpenAPI of Open Referral": "openapi/open-referral.json",
    "OpenAPI of the DoS": "openapi/dos.json",
}
# What changed when the directory did says so; what is written from our own tables does not.
OF_THE_DIRECTORY = {"FHIR search", "FHIR read", "DoS search", "DoS ODS code"} | {
    name for name in ANSWERS if name.startswith("Open Referral")
}
OPTIONS = """{
  referralOptions(
    case: {place: {postcode: "CV1 4FS"}, need: {code: "minor-injury"}}, first: 20
  ) { options { whyHere criteria { kind explanation } service { slug clinicianTelephone howToRefer } } }
}"""


@pytest.mark.parametrize("name", ANSWERS)
async def test_an_answer_is_sent_again_only_where_it_has_changed(
    doors: Doors, name: str
) -> None:
    address = f"{doors.root}/{ANSWERS[name]}"

    first = await doors.client.get(address)
    again = await doors.client.get(
        address, headers={"If-None-Match": first.headers["etag"]}
    )
    other = await doors.client.get(address, headers={"If-None-Match": 'W/"another"'})

    assert first.status_code == other.status_code == 200
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    # What holds depends on the day: kept, but asked about each time.
    assert first.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", sorted(OF_THE_DIRECTORY))
async def test_when_the_directory_changed_is_told_and_decides_nothing(
    doors: Doors, name: str
) -> None:
    address = f"{doors.root}/{ANSWERS[name]}"
    first = await doors.client.get(address)

    changed = first.headers["last-modified"]
    again = await doors.client.get(address, headers={"If-Modified-Since": changed})

    assert changed.endswith(" GMT")
    assert again.status_code == 200


# One service by its ODS code takes less than a packet.
LONG = sorted({*ANSWERS, "GraphQL"} - {"DoS ODS code"})


@pytest.mark.parametrize("name", LONG)
async def test_a_long_answer_is_compressed_for_who_takes_that(
    doors: Doors, name: str
) -> None:
    path = ANSWERS.get(name) or f"graphql?query={quote(OPTIONS)}"
    address = f"{doors.root}/{path}"

    small = await doors.client.get(address, headers={"Accept-Encoding": "gzip"})
    plain = await doors.client.get(address, headers={"Accept-Encoding": "identity"})

    assert small.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["vary"]
    assert "content-encoding" not in plain.headers
    assert int(small.headers["content-length"]) < 0.6 * len(plain.content)


@pytest.mark.parametrize(
    "path",
    ["fhir/Nothing", "open-referral/services/x", f"dos{PATHS['byServiceId']}", "dos/x"],
)
async def test_no_error_is_kept(doors: Doors, path: str) -> None:
    answer = await doors.client.get(f"{doors.root}/{path.format(serviceId='x')}")

    assert answer.status_code in (400, 404)
    assert answer.headers["cache-control"] == "no-store"


FOR_CLINICIANS = """
MATCH (service:Service)
UNWIND [service.clinician_telephone, service.how_to_refer] AS words
WITH words WHERE words IS NOT NULL
RETURN collect(DISTINCT words) AS row
"""


@pytest.mark.parametrize(
    "path",
    [
        "fhir/HealthcareService?_count=100",
        "open-referral/services?full=true&per_page=100&version=3.1",
        ANSWERS["DoS search"],
    ],
)
async def test_what_is_for_clinicians_is_told_to_nobody(
    doors: Doors, directory: Any, path: str
) -> None:
    [hidden] = await read(directory, FOR_CLINICIANS)

    answer = await doors.client.get(f"{doors.root}/{path}")

    told = json.dumps(answer.json(), ensure_ascii=False)
    assert answer.status_code == 200
    assert [words for words in hidden if words in told] == []
    assert hidden
