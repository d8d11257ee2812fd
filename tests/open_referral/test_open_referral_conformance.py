"""All of the seed, as Open Referral tells it, fits the schemas: our own, and where they are at hand the profile's."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from neo4j import AsyncDriver
from open_referral_client import OpenReferral
from referencing import Registry, Resource

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]

# A checkout of the profile: https://github.com/OpenReferralUK/uk-profile
PROFILE = os.environ.get("OPEN_REFERRAL_PROFILE")
# What each list answers with, by the profile: an item of a list, one by its id.
COMPILED = {
    "services": ("compiled/service_list", "compiled/service"),
    "services?full=true&version=3.1": ("compiled/service", "compiled/service"),
    "organizations": ("compiled/organization_list", "compiled/organization"),
    "service_at_locations": (
        "compiled/service_at_location_list",
        "compiled/service_at_location",
    ),
    "taxonomies": ("taxonomy", "taxonomy"),
    "taxonomy_terms": ("taxonomy_term", "taxonomy_term"),
}
OURS = {
    "services": "Service",
    "organizations": "Organization",
    "service_at_locations": "ServiceAtLocation",
    "taxonomies": "Taxonomy",
    "taxonomy_terms": "TaxonomyTerm",
}
FOR_CLINICIANS = """
MATCH (service:Service)
UNWIND [service.clinician_telephone, service.how_to_refer] AS secret
WITH secret WHERE secret IS NOT NULL AND secret <> coalesce(service.telephone, '')
RETURN DISTINCT secret
"""


async def test_everything_in_the_seed_fits_the_schemas_and_leads_somewhere(
    door: OpenReferral, directory: AsyncDriver
) -> None:
    document = (await door.client.get(f"{door.root}/openapi/open-referral.json")).json()
    lists = {path: await door.everything(path) for path in COMPILED}
    ones = {
        path: [await door.body(f"{path}/{each['id']}") for each in some_of(contents)]
        for path, contents in lists.items()
        if "?" not in path
    }

    for path, (item, one) in COMPILED.items():
        kind = OURS[path.partition("?")[0]]
        fits_ours(document, kind, [*lists[path], *ones.get(path, [])])
        if PROFILE:
            fits(schema_of(Path(PROFILE), item), lists[path])
            fits(schema_of(Path(PROFILE), one), ones.get(path, []))
            if path == "service_at_locations":  # so has the profile's own document it
                fits(schema_of(Path(PROFILE), "compiled/service"), ones[path])

    services = {each["id"]: each for each in lists["services"]}
    full = lists["services?full=true&version=3.1"]
    assert len(services) == len(full) == 271
    assert len(lists["service_at_locations"]) == 226
    assert {each["service_id"] for each in lists["service_at_locations"]} <= set(
        services
    )
    organizations = {each["id"] for each in lists["organizations"]}
    assert {
        each["organization_id"] for each in full if "organization_id" in each
    } <= organizations
    terms = {each["id"] for each in lists["taxonomy_terms"]}
    assert len(terms) == 206
    assert {
        attribute["taxonomy_term_id"]
        for each in full
        for attribute in each.get("attributes", [])
    } <= terms
    assert {each["alert"] for each in full} == {
        "Historical directory, 30 November 2016. Do not refer anyone from it."
    }
    text = json.dumps([full, ones["services"], ones["service_at_locations"]])
    found = await directory.execute_query(FOR_CLINICIANS)
    for record in found.records:
        assert json.dumps(record["secret"])[1:-1] not in text


def some_of(contents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Some, from all over a list."""
    return contents[:: max(1, len(contents) // 6)]


def fits_ours(document: dict[str, Any], kind: str, values: list[Any]) -> None:
    resource = Resource.from_contents(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", **document}
    )
    registry = Registry().with_resource("urn:ours", resource)
    schema = {"$ref": f"urn:ours#/components/schemas/{kind}"}
    fits(schema, values, registry)


def fits(
    schema: dict[str, Any], values: list[Any], registry: Registry[Any] | None = None
) -> None:
    checker = FormatChecker()
    validator = Draft202012Validator(
        schema, registry=registry or Registry(), format_checker=checker
    )
    for value in values:
        assert [error.message for error in validator.iter_errors(value)] == [], value


def schema_of(profile: Path, name: str) -> dict[str, Any]:
    """A schema of the profile, with what it refers to in place."""
    folder = profile / "schema"
    schema = json.loads((folder / f"{name}.json").read_text("utf-8"))
    return with_references(schema, folder)


def with_references(schema: Any, folder: Path) -> Any:
    if isinstance(schema, list):
        return [with_references(each, folder) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if isinstance(schema.get("$ref"), str):
        named = json.loads((folder / schema["$ref"]).read_text("utf-8"))
        return with_references(named, folder)
    # The profile says "time" of some values, which is no type.
    return {
        name: "string"
        if (name, value) == ("type", "time")
        else with_references(value, folder)
        for name, value in schema.items()
    }
