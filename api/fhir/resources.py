"""The resources that there are: what each can be searched by, and how a row becomes one.

The CapabilityStatement is written from this table, and no request is answered but by it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from api.doors import BadParameter
from api.fhir import organization, values
from api.fhir.affiliation import PROFILE as AFFILIATION_PROFILE
from api.fhir.affiliation import affiliation
from api.fhir.endpoint import CONNECTION_TYPE, endpoint
from api.fhir.healthcare_service import PROFILE as SERVICE_PROFILE
from api.fhir.healthcare_service import healthcare_service
from api.fhir.location import PROFILE as LOCATION_PROFILE
from api.fhir.location import location
from api.fhir.organization import KIND_OF_ROLE
from api.fhir.plan_definition import STATUS_OF, plan_definition
from api.fhir.terms import (
    CONTRACT,
    NEED,
    ODS_CODE,
    ODS_ROLE,
    ORGANISATION_KIND,
    PATHWAY,
    ROLE,
    SERVICE_TYPE,
)
from graph_model.names import as_phrase
from graph_model.search import NOUNS
from graph_model.search.noun import Include, Noun
from graph_model.search.parts import plain

# Reads one alternative: what was given, the modifier ("" where none), the server's address. Its values are
# those that the filter takes; none: nothing can fit.
Read = Callable[[str, str, str], list[Any]]


@dataclass(frozen=True)
class Parameter:
    """A search parameter: FHIR's type of it, the filter that it asks for, and how its values are read."""

    type: str
    filter: str
    read: Read
    words: str
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Resource:
    """A type of resource: its noun in the graph, its parameters, and how a row becomes one."""

    noun: Noun
    show: Callable[[dict[str, Any], date], dict[str, Any]]
    parameters: Mapping[str, Parameter]
    includes: Mapping[str, Include] = field(default_factory=dict)
    revincludes: Mapping[str, Include] = field(default_factory=dict)
    profile: str | None = None
    near: Mapping[str, str] = field(default_factory=dict)  # and the way there


def text(filter: str, words: str) -> Parameter:
    def read(value: str, modifier: str, base: str) -> list[Any]:
        how = modifier or "starts"
        return [{"how": how, "text": value if how == "exact" else plain(value)}]

    return Parameter("string", filter, read, words, ("contains", "exact"))


def codes(filter: str, words: str, *systems: str) -> Parameter:
    """A token whose code decides, in one of these systems or without one."""

    def read(value: str, modifier: str, base: str) -> list[Any]:
        system, code = values.token(value)
        return [code] if system is None or system in systems else []

    return Parameter("token", filter, read, words)


def true_or_false(filter: str, words: str) -> Parameter:
    def read(value: str, modifier: str, base: str) -> list[Any]:
        _, code = values.token(value)
        if code not in ("true", "false"):
            raise BadParameter(f"active is {values.shown(value)}. Give true or false.")
        return [code == "true"]

    return Parameter("token", filter, read, words)


def refers(kind: str, filter: str, words: str) -> Parameter:
    def read(value: str, modifier: str, base: str) -> list[Any]:
        id_ = values.by_reference(kind, base)(value)
        return [id_value(id_, 49)]

    return Parameter("reference", filter, read, words)


def dates(
    name: str, filter: str, words: str, read_one: Callable[[str, str], Any]
) -> Parameter:
    """`name` is what the parameter is called where its value cannot be read."""

    def read(value: str, modifier: str, base: str) -> list[Any]:
        return [read_one(value, name)]

    return Parameter("date", filter, read, words)


def id_value(id_: str, head: int) -> dict[str, str]:
    """An id, and the beginning of the slugs that it can stand for."""
    return {"id": id_, "head": id_.split(".")[0][:head]}


def identified(head: int) -> Parameter:
    def read(value: str, modifier: str, base: str) -> list[Any]:
        return [id_value(value, head)] if values.ID.fullmatch(value) else []

    return Parameter("token", "id", read, "The id of the resource.")


def for_all(head: int = 49) -> dict[str, Parameter]:
    return {
        "_id": identified(head),
        "_lastUpdated": dates(
            "_lastUpdated",
            "updated",
            "When the directory last changed what is in it; it never says that too early.",
            values.moments,
        ),
    }


def service_identifier() -> Parameter:
    def read(value: str, modifier: str, base: str) -> list[Any]:
        system, code = values.token(value)
        ods = system in (None, ODS_CODE)
        return [{"code": code, "phrase": as_phrase(code), "system": system, "ods": ods}]

    return Parameter(
        "token",
        "identifier",
        read,
        "An ODS code, or the id that another system gave it.",
    )


def organisation_type() -> Parameter:
    def read(value: str, modifier: str, base: str) -> list[Any]:
        system, code = values.token(value)
        found = [code] if system in (None, ORGANISATION_KIND) else []
        role = code.removeprefix("RO")  # ODS writes RO98, its FHIR code system 98
        if system in (None, ODS_ROLE) and role in KIND_OF_ROLE:
            found.append(KIND_OF_ROLE[role])
        return found

    return Parameter(
        "token", "kind", read, "The kind of organisation, or its primary role in ODS."
    )


def plan_status() -> Parameter:
    ours = {status: name for name, status in STATUS_OF.items()}

    def read(value: str, modifier: str, base: str) -> list[Any]:
        _, code = values.token(value)
        return [ours[code]] if code in ours else []

    return Parameter("token", "status", read, "active, draft or retired.")


def role_of_affiliation() -> Parameter:
    def read(value: str, modifier: str, base: str) -> list[Any]:
        system, code = values.token(value)
        if system not in (None, ROLE):
            return []
        return {"lead-commissioner": [True], "commissioner": [False]}.get(code, [])

    return Parameter("token", "lead", read, "commissioner or lead-commissioner.")


NOTHING = "Nothing in the directory has one yet: it finds nothing."

SERVICE_INCLUDES = NOUNS["service"].includes
ORGANISATION_INCLUDES = NOUNS["organisation"].includes
LOCATION_INCLUDES = NOUNS["location"].includes
AFFILIATION_INCLUDES = NOUNS["affiliation"].includes
ENDPOINT_INCLUDES = NOUNS["endpoint"].includes

RESOURCES: dict[str, Resource] = {
    "HealthcareService": Resource(
        NOUNS["service"],
        healthcare_service,
        for_all()
        | {
            "active": true_or_false("active", "Whether it is running on the day."),
            "characteristic": codes("need", "The code of a need that it meets.", NEED),
            "endpoint": refers("Endpoint", "endpoint", "An endpoint of it."),
            "identifier": service_identifier(),
            "location": refers("Location", "location", "Where it is delivered."),
            "name": text("name", "Its name on the day."),
            "organization": refers("Organization", "organisation", "Who provides it."),
            "organization.identifier": codes(
                "organisation_ods_code", "The ODS code of who provides it.", ODS_CODE
            ),
            "organization.name": text(
                "organisation_name", "The name or an alias of who provides it."
            ),
            "service-type": codes(
                "type", "The DoS's number of its type.", SERVICE_TYPE
            ),
        },
        includes={
            name: SERVICE_INCLUDES[name]
            for name in SERVICE_INCLUDES
            if name.startswith("HealthcareService:")
        },
        revincludes={
            "OrganizationAffiliation:service": SERVICE_INCLUDES[
                "OrganizationAffiliation:service"
            ]
        },
        profile=SERVICE_PROFILE,
        near={
            "location.near": "MATCH (service:Service)-[:DELIVERED_AT]->(location)",
        },
    ),
    "Organization": Resource(
        NOUNS["organisation"],
        lambda row, day: organization.organization(row),
        for_all()
        | {
            "active": true_or_false("active", "Whether it is there on the day."),
            "endpoint": refers("Endpoint", "endpoint", "An endpoint of it."),
            "identifier": codes("ods_code", "Its ODS code.", ODS_CODE),
            "name": text("name", "Its name on the day, or an alias."),
            "partof": refers(
                "Organization", "nothing", f"What it is part of. {NOTHING}"
            ),
            "type": organisation_type(),
        },
        includes={
            "Organization:endpoint": ORGANISATION_INCLUDES["Organization:endpoint"]
        },
        revincludes={
            name: ORGANISATION_INCLUDES[name]
            for name in ORGANISATION_INCLUDES
            if not name.startswith("Organization:")
        },
        profile=organization.PROFILE,
    ),
    "Location": Resource(
        NOUNS["location"],
        lambda row, day: location(row),
        for_all()
        | {
            "address-postalcode": text("postcode", "Its postcode."),
            "identifier": codes("nothing", f"An identifier. {NOTHING}"),
            "name": text("name", "Its name."),
            "organization": refers(
                "Organization", "nothing", f"Who manages it. {NOTHING}"
            ),
            "partof": refers("Location", "nothing", f"What it is part of. {NOTHING}"),
            "status": codes(
                "status",
                "active, where a running service stands.",
                "http://hl7.org/fhir/location-status",
            ),
            "type": codes(
                "type", "The type of a service delivered there.", SERVICE_TYPE
            ),
        },
        includes={"Location:organization": LOCATION_INCLUDES["Location:organization"]},
        revincludes={
            "HealthcareService:location": LOCATION_INCLUDES[
                "HealthcareService:location"
            ]
        },
        profile=LOCATION_PROFILE,
        near={"near": ""},
    ),
    "OrganizationAffiliation": Resource(
        NOUNS["affiliation"],
        lambda row, day: affiliation(row),
        for_all(22)
        | {
            "active": true_or_false("active", "Whether it holds on the day."),
            "date": dates("date", "date", "Its period.", values.days),
            "identifier": codes("identifier", "The contract.", CONTRACT),
            "participating-organization": refers(
                "Organization", "holder", "Who holds the contract."
            ),
            "participating-organization.identifier": codes(
                "holder_ods_code", "The ODS code of who holds the contract.", ODS_CODE
            ),
            "primary-organization": refers(
                "Organization", "commissioner", "Who commissions."
            ),
            "primary-organization.identifier": codes(
                "commissioner_ods_code", "The ODS code of who commissions.", ODS_CODE
            ),
            "role": role_of_affiliation(),
            "service": refers("HealthcareService", "service", "What is commissioned."),
        },
        includes=AFFILIATION_INCLUDES,
        profile=AFFILIATION_PROFILE,
    ),
    "Endpoint": Resource(
        NOUNS["endpoint"],
        lambda row, day: endpoint(row),
        for_all()
        | {
            "connection-type": codes(
                "connection", "How it is reached.", CONNECTION_TYPE
            ),
            "identifier": codes("nothing", f"An identifier. {NOTHING}"),
            "name": text("name", "Its name."),
            "organization": refers("Organization", "organisation", "Whose it is."),
            "organization.identifier": codes(
                "organisation_ods_code", "The ODS code of whose it is.", ODS_CODE
            ),
            "status": codes(
                "status",
                "Such as active or off.",
                "http://hl7.org/fhir/endpoint-status",
            ),
        },
        includes={"Endpoint:organization": ENDPOINT_INCLUDES["Endpoint:organization"]},
        revincludes={
            name: ENDPOINT_INCLUDES[name]
            for name in ENDPOINT_INCLUDES
            if not name.startswith("Endpoint:")
        },
    ),
    "PlanDefinition": Resource(
        NOUNS["pathway"],
        lambda row, day: plan_definition(row),
        for_all(44)
        | {
            "context": codes("need", "The code of a need that it is for.", NEED),
            "effective": dates(
                "effective", "effective", "When it is in effect.", values.days
            ),
            "identifier": codes("identifier", "The pathway, in any version.", PATHWAY),
            "status": plan_status(),
            "title": text("name", "Its title."),
            "version": codes("version", "Its version.", ""),
        },
    ),
}
TYPE_OF = {resource.noun.name: name for name, resource in RESOURCES.items()}
