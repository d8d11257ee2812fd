"""$find-referral-options gives what `referralOptions` gives, with the same reasons."""

from typing import Any

import pytest
from asking import Asker
from fhir_client import Fhir, matches, outcome_of

from graph_model.search.parts import id_of_slug

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

OPERATION = "HealthcareService/$find-referral-options"
QUESTION = """query ($case: ReferralCase!, $first: Int!) {
  referralOptions(case: $case, first: $first) {
    notice emergencyAdvice whatChanged
    options { service { slug } whyHere criteria { kind verdict explanation } }
    fallback { service { slug } }
    nearMisses { service { name } failed { kind explanation } }
  }
}"""
CASES: list[tuple[dict[str, Any], list[dict[str, Any]]]] = [
    (
        {
            "place": {"postcode": "CV21"},
            "need": {"text": "sprained ankle"},
            "age": {"value": 30, "unit": "YEARS"},
        },
        [
            {"name": "postcode", "valueString": "CV21"},
            {"name": "need-text", "valueString": "sprained ankle"},
            {"name": "age", "valueQuantity": {"value": 30, "code": "a"}},
        ],
    ),
    (
        {
            "place": {"name": "Rugby"},
            "need": {"code": "minor-injury"},
            "sex": "FEMALE",
            "at": "2016-11-30T18:30:00Z",
            "withinKm": 25,
        },
        [
            {"name": "place", "valueString": "Rugby"},
            {"name": "need", "valueCoding": {"code": "minor-injury"}},
            {"name": "gender", "valueCode": "female"},
            {"name": "at", "valueDateTime": "2016-11-30T18:30:00Z"},
            {"name": "within-km", "valueDecimal": 25},
        ],
    ),
    (
        {
            "place": {"point": {"latitude": 52.37, "longitude": -1.26}},
            "need": {"serviceType": "105"},
            "refused": [
                {
                    "service": "university-hospital-coventry-emergency-department",
                    "reason": "TRANSPORT",
                }
            ],
        },
        [
            {"name": "near", "valueString": "52.37|-1.26"},
            {"name": "service-type", "valueCoding": {"code": "105"}},
            {
                "name": "refused",
                "part": [
                    {
                        "name": "service",
                        "valueReference": {
                            "reference": "HealthcareService/"
                            "university-hospital-coventry-emergency-department"
                        },
                    },
                    {"name": "reason", "valueCode": "21"},
                ],
            },
        ],
    ),
]


@pytest.mark.parametrize(("case", "parameters"), CASES)
async def test_both_doors_give_the_same_options_in_the_same_order_for_the_same_reasons(
    ask: Asker,
    fhir: Fhir,
    case: dict[str, Any],
    parameters: list[dict[str, Any]],
) -> None:
    asked = await ask(QUESTION, case=case, first=6)
    by_graphql = asked["referralOptions"]

    posted = await fhir.post(
        OPERATION,
        {
            "resourceType": "Parameters",
            "parameter": [*parameters, {"name": "count", "valueInteger": 6}],
        },
    )

    assert posted.status_code == 200, posted.text
    bundle = posted.json()
    offered = [*by_graphql["options"], *by_graphql["fallback"]]
    slugs = list(dict.fromkeys(option["service"]["slug"] for option in offered))
    assert slugs
    assert [each["id"] for each in matches(bundle)] == [id_of_slug(s) for s in slugs]
    scores = [
        each["search"]["score"]
        for each in bundle["entry"]
        if each["search"]["mode"] == "match"
    ]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1

    told = outcome_of(bundle)
    words = [issue["details"]["text"] for issue in told]
    for name in ("notice", "emergencyAdvice", "whatChanged"):
        assert by_graphql[name] is None or by_graphql[name] in words
    for position, option in enumerate(by_graphql["options"]):
        own = [
            issue
            for issue in told
            if issue.get("expression") == [f"Bundle.entry[{position}]"]
        ]
        verdicts = [
            [coding["code"] for coding in issue["details"]["coding"]]
            for issue in own
            if "coding" in issue["details"]
        ]
        assert own[0]["details"]["text"].startswith(option["whyHere"])
        assert verdicts == [[c["kind"], c["verdict"]] for c in option["criteria"]]
        assert [each["details"]["text"] for each in own[1:]] == [
            criterion["explanation"] for criterion in option["criteria"]
        ]
    for miss in by_graphql["nearMisses"]:
        name, failed = miss["service"]["name"], miss["failed"]["explanation"]
        assert f"Not offered: {name}. {failed}" in words


async def test_the_same_can_be_asked_in_the_address(fhir: Fhir) -> None:
    posted = await fhir.post(
        OPERATION,
        {
            "resourceType": "Parameters",
            "parameter": [
                {"name": "postcode", "valueString": "CV21"},
                {"name": "need", "valueCoding": {"code": "minor-injury"}},
                {"name": "age", "valueQuantity": {"value": 30, "code": "a"}},
            ],
        },
    )

    asked = await fhir.body(
        f"{OPERATION}?postcode=CV21&need=urn:signpost:need|minor-injury&age=30||a"
    )

    assert matches(asked) == matches(posted.json())


async def test_the_places_and_providers_of_the_options_come_along(fhir: Fhir) -> None:
    bundle = await fhir.body(f"{OPERATION}?postcode=CV21&need=minor-injury&count=3")

    there = {each["fullUrl"].removeprefix(f"{fhir.base}/") for each in bundle["entry"]}
    for service in matches(bundle):
        assert {each["reference"] for each in service.get("location", [])} <= there
        if "providedBy" in service:
            assert service["providedBy"]["reference"] in there
