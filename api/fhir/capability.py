"""The CapabilityStatement, written from the table of resources."""

from importlib.metadata import version
from typing import Any

from api.fhir.find_referral_options import DEFINITION
from api.fhir.parameters import FORMATS
from api.fhir.resources import RESOURCES, Parameter, Resource
from api.fhir.terms import given

DATE = "2026-11-27"  # of what is promised, not of the answer


def capability_statement(base: str, notice: str | None) -> dict[str, Any]:
    """What this server, at `base`, can be asked."""
    return given(
        resourceType="CapabilityStatement",
        status="active",
        date=DATE,
        kind="instance",
        description=notice,
        software={"name": "Signpost", "version": version("signpost")},
        implementation={"description": "A directory of health services", "url": base},
        fhirVersion="4.0.1",
        format=sorted(FORMATS - {"application/json"}),
        rest=[
            {
                "mode": "server",
                "documentation": "Unknown parameters are refused, but with `Prefer: "
                "handling=lenient`. Nobody can write.",
                "resource": [described(name, base) for name in RESOURCES]
                + [operation_definitions()],
            }
        ],
    )


def described(name: str, base: str) -> dict[str, Any]:
    """One type of resource: how it is read and searched."""
    resource = RESOURCES[name]
    operations = [{"name": "find-referral-options", "definition": definition(base)}]
    return given(
        type=name,
        supportedProfile=[resource.profile] if resource.profile else None,
        interaction=[{"code": "read"}, {"code": "search-type"}],
        versioning="no-version",
        conditionalRead="not-match",
        searchInclude=list(resource.includes),
        searchRevInclude=list(resource.revincludes),
        searchParam=search_parameters(resource),
        operation=operations if name == "HealthcareService" else None,
    )


def search_parameters(resource: Resource) -> list[dict[str, Any]]:
    listed = [
        described_parameter(name, parameter)
        for name, parameter in resource.parameters.items()
    ]
    listed += [
        {
            "name": name,
            "type": "special",
            "documentation": "latitude|longitude|distance|units: within a true distance, "
            "nearest first.",
        }
        for name in resource.near
    ]
    return sorted(listed, key=lambda each: each["name"])


def described_parameter(name: str, parameter: Parameter) -> dict[str, Any]:
    return {"name": name, "type": parameter.type, "documentation": parameter.words}


def definition(base: str) -> str:
    return f"{base}/OperationDefinition/{DEFINITION}"


def operation_definitions() -> dict[str, Any]:
    return {"type": "OperationDefinition", "interaction": [{"code": "read"}]}
