"""CheckCapacitySummary and ServiceDetailsById, on the seed with its made-up codes."""

from typing import Any
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from asking import Asker
from dos_client import Dos, destinations, envelope, post, texts, told_fault

from api.dos.schema import CHOICES, NAMESPACE, OURS, TYPES
from api.dos.soap import MOST_BYTES, PATH, SOAP11, SOAP12, Soap

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

WALK_IN = "Coventry Healthcare and Walk-in Centre"
CASE: dict[str, Any] = {
    "caseRef": "a-case",
    "postcode": "CV1 4FS",
    "surgery": "UNK",
    "age": "40",
    "ageFormat": "Years",
    "disposition": "5001",
    "symptomGroup": "9001",
    "symptomDiscriminatorList": ["7001"],
    "gender": "F",
}


async def summary(dos: Dos, soap: Soap = SOAP11, **changed: Any) -> Element:
    """The answer to the case with some of it changed; None leaves a part out."""
    case = {
        name: value for name, value in (CASE | changed).items() if value is not None
    }
    answer = await post(dos, envelope("CheckCapacitySummary", {"c": case}, soap), soap)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith(soap.media)
    return fromstring(answer.content)


async def fault(dos: Dos, **changed: Any) -> tuple[str, str]:
    """The DoS's number of the fault that the case with some of it changed is answered by, and its words."""
    case = {
        name: value for name, value in (CASE | changed).items() if value is not None
    }
    answer = await post(dos, envelope("CheckCapacitySummary", {"c": case}))
    assert answer.status_code == 500
    return told_fault(answer)


def names(root: Element) -> list[str]:
    return [each.findtext(f"{{{NAMESPACE}}}name") or "" for each in destinations(root)]


def block(root: Element, name: str) -> str | None:
    return root.findtext(f".//{{{OURS}}}{name}")


async def test_a_case_has_at_most_two_services_of_each_type_in_the_finders_order(
    dos: Dos, ask: Asker
) -> None:
    root = await summary(dos)
    answer = await ask(
        """{ referralOptions(first: 50, case: {
          place: {postcode: "CV1 4FS"}, need: {code: "minor-injury"}, sex: FEMALE,
          age: {value: 40, unit: YEARS}, referrer: NHS_111, withinKm: 60, withinMinutes: 120
        }) { options { service { name type { code } } route { name } } } }"""
    )

    expected: list[str] = []
    of_type: dict[str, int] = {}
    for each in answer["referralOptions"]["options"]:
        code = each["service"]["type"]["code"]
        if len(each["route"]) == 1:
            of_type[code] = of_type.get(code, 0) + 1
            if of_type[code] <= 2:
                expected.append(each["service"]["name"])
    assert names(root) == expected
    assert expected[0] == WALK_IN


async def test_what_is_told_of_a_service_is_in_the_order_of_the_schema(
    dos: Dos,
) -> None:
    root = await summary(dos)

    [first, *_] = destinations(root)
    found = [each.tag.removeprefix(f"{{{NAMESPACE}}}") for each in first]
    parts = TYPES["ServiceCareSummaryDestination"]
    order = [part.name for part in parts]
    assert found == [name for name in order if name in found]
    assert {part.name for part in parts if part.needed} <= set(found)
    assert {"nonPublicTelephoneNo", "referralInformation", "fax"}.isdisjoint(found)
    assert first.findtext(f"{{{NAMESPACE}}}odsCode") == "Y02652"
    assert first.findtext(f"{{{NAMESPACE}}}eastings") == "433747"
    assert first.findtext(f"{{{NAMESPACE}}}distance") == "0.2"
    said = first.findtext(f"{{{NAMESPACE}}}publicFacingInformation") or ""
    assert said.startswith("Historical directory, 30 November 2016.")
    values = {
        each.findtext(f"{{{NAMESPACE}}}value")
        for each in first.iter(f"{{{NAMESPACE}}}attribute")
        if each.findtext(f"{{{NAMESPACE}}}name") == "notKnown"
    }
    assert values >= {"CAPACITY", "OPENING", "AGE"}


async def test_ages_are_counted_in_days_as_the_dos_does(dos: Dos) -> None:
    years = await summary(dos)
    months = await summary(dos, age="23", ageFormat="Months")
    group = await summary(dos, age="3", ageFormat="AgeGroup")

    assert texts(years, "CalculatedAgeInDays") == ["14610.0"]
    assert texts(months, "CalculatedAgeInDays") == ["700.0625"]
    assert texts(group, "CalculatedAgeInDays") == []


@pytest.mark.parametrize(
    ("changed", "distance", "source"),
    [
        ({}, "60", "National"),
        ({"searchDistance": "20"}, "20", "Web Service"),
        ({"postcode": "CV21 2AA"}, "25", "District"),
        ({"postcode": "CV21 2AA", "searchDistance": "20"}, "25", "District"),
        (
            {
                "postcode": "CV21 2AA",
                "searchDistance": "20",
                "forceSearchDistance": "true",
            },
            "20",
            "Override",
        ),
    ],
)
async def test_the_answer_says_which_distance_was_used_and_why(
    dos: Dos, changed: dict[str, Any], distance: str, source: str
) -> None:
    root = await summary(dos, **changed)

    assert texts(root, "SearchDistance") == [distance]
    assert texts(root, "SearchDistanceUsedSource") == [source]
    assert source in CHOICES["DistanceSource"]
    assert (block(root, "distanceUsed") or "").startswith(f"{distance} km ({source}): ")


async def test_a_disposition_gives_the_time_and_the_types_of_service(dos: Dos) -> None:
    at_once = await summary(dos, disposition="5002")
    none = await summary(dos, disposition=None)
    beds = await summary(dos, disposition="5003")

    types = {
        each.findtext(f"{{{NAMESPACE}}}serviceType/{{{NAMESPACE}}}id")
        for each in destinations(at_once)
    }
    assert types <= {"46", "25"}
    assert block(at_once, "dispositionUsed") == (
        "Made up: urgent care at once: at once."
    )
    assert "an hour" in (block(none, "dispositionUsed") or "")
    assert names(none)[0] == WALK_IN
    # No hospital with beds is for minor injuries here, or what is left is the catch-all.
    assert all(
        name.endswith(" (Catch-all)")
        or each.findtext(f"{{{NAMESPACE}}}serviceType/{{{NAMESPACE}}}id") == "28"
        for name, each in zip(names(beds), destinations(beds), strict=True)
    )


async def test_a_service_must_be_for_every_discriminator(dos: Dos) -> None:
    one = await summary(dos)
    both = await summary(dos, symptomDiscriminatorList=["7001", "7002", "7001", "1"])

    unit = "Hospital of St Cross, Rugby minor injuries unit"
    assert unit in names(one)  # which is not for whoever walks in
    assert WALK_IN in names(both)
    assert unit not in names(both)


async def test_where_nothing_fits_the_two_nearest_emergency_departments_are_left(
    dos: Dos,
) -> None:
    root = await summary(
        dos, searchDistance="1", forceSearchDistance="true", postcode="HR9 7AA"
    )

    assert len(names(root)) == 2
    for name, service in zip(names(root), destinations(root), strict=True):
        assert name.endswith("emergency department (Catch-all)")
        type_ = service.findtext(f"{{{NAMESPACE}}}serviceType/{{{NAMESPACE}}}id")
        assert type_ == "105"


async def test_soap_1_2_is_answered_by_soap_1_2(dos: Dos) -> None:
    root = await summary(dos, soap=SOAP12)
    refused = await post(
        dos,
        envelope("CheckCapacitySummary", {"c": CASE | {"age": "x"}}, SOAP12),
        SOAP12,
    )

    assert root.tag == f"{{{SOAP12.namespace}}}Envelope"
    assert names(root)[0] == WALK_IN
    assert refused.status_code == 400
    assert b"soap:Sender" in refused.content


@pytest.mark.parametrize(
    ("changed", "number"),
    [
        ({"postcode": None}, "101"),
        ({"postcode": "nowhere"}, "101"),
        ({"postcode": "ZZ99 9ZZ"}, "101"),
        ({"symptomDiscriminatorList": []}, "104"),
        ({"symptomDiscriminatorList": ["1"]}, "104"),
        ({"searchDistance": "100"}, "105"),
        ({"gender": "X"}, "106"),
        ({"searchDateTime": "tomorrow"}, "108"),
        ({"searchDateTime": "9999-12-31T23:59:00+00:00"}, "108"),
        ({"symptomDiscriminatorList": ["7" * 5000]}, "104"),
        ({"forceSearchDistance": "true"}, "113"),
        ({"age": "old"}, "114"),
        ({"age": "32", "ageFormat": "Days"}, "115"),
        ({"age": "24", "ageFormat": "Months"}, "116"),
        ({"age": "130"}, "117"),
        ({"age": "5", "ageFormat": "AgeGroup"}, "118"),
        ({"ageFormat": "Weeks"}, "119"),
        ({"symptomGroup": "1"}, "120"),
        ({"symptomGroup": None}, "120"),
        ({"disposition": "1"}, "121"),
    ],
)
async def test_what_cannot_be_asked_has_the_doss_number(
    dos: Dos, changed: dict[str, Any], number: str
) -> None:
    assert (await fault(dos, **changed))[0] == number


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<not xml", "not well-formed"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "DTD"),
        (b"<x/>", "no envelope"),
        (b"<x>" * 40 + b"</x>" * 40, "within one another"),
        (b"<x>" + b"<y/>" * 3000 + b"</x>", "elements"),
        (b" " * (MOST_BYTES + 1), "too long"),
        (envelope("GetHospitalScores", {}), "CheckCapacitySummary"),
        (
            envelope("ServiceDetailsById", {"serviceId": "NOBODY"}),
            "No service has the number",
        ),
    ],
    ids=["no-xml", "dtd", "no-soap", "deep", "wide", "long", "unknown", "no-service"],
)
async def test_what_is_no_request_is_a_fault(dos: Dos, body: bytes, words: str) -> None:
    answer = await post(dos, body)

    assert answer.status_code == 500
    assert answer.headers["cache-control"] == "no-store"
    assert words in told_fault(answer)[1]


async def test_other_versions_and_headers_that_must_be_understood_are_refused(
    dos: Dos,
) -> None:
    asked = envelope("ServiceDetailsById", {"serviceId": "Y02652"})
    for header, number in (("serviceVersion", "107"), ("security", "108")):
        root = fromstring(asked)
        block_ = Element(f"{{{NAMESPACE}}}{header}")
        block_.text = "1.3"
        block_.set(f"{{{SOAP11.namespace}}}mustUnderstand", "1")
        head = Element(f"{{{SOAP11.namespace}}}Header")
        head.append(block_)
        root.insert(0, head)
        assert told_fault(await post(dos, tostring(root)))[0] == number


async def test_the_details_of_a_service_are_found_by_its_number_and_its_ods_code(
    dos: Dos,
) -> None:
    by_code = await post(dos, envelope("ServiceDetailsById", {"serviceId": "Y02652"}))
    root = fromstring(by_code.content)
    [number] = texts(root, "id")
    by_number = await post(dos, envelope("ServiceDetailsById", {"serviceId": number}))

    assert texts(root, "odsCode") == ["Y02652"]
    assert int(number) > 2_100_000_000
    assert by_number.content == by_code.content


async def test_the_wsdl_describes_what_is_answered(dos: Dos) -> None:
    answer = await dos.client.get(f"{dos.root}/dos{PATH}?wsdl")

    root = fromstring(answer.content)
    xsd = "{http://www.w3.org/2001/XMLSchema}"
    declared = {each.get("name") for each in root.iter() if each.get("name")}
    used = {
        each.get("type", "").removeprefix("tns:")
        for each in root.iter(f"{xsd}element")
        if each.get("type", "").startswith("tns:")
    }
    assert used <= declared
    assert {"CheckCapacitySummary", "ServiceDetailsById"} <= declared
    assert set(TYPES) | set(CHOICES) <= declared
    assert f"{dos.root}/dos{PATH}".encode() in answer.content
