"""OperationOutcomes: what went wrong, or what a reader must know, in FHIR's words."""

from typing import Any


def issue(severity: str, kind: str, words: str, **more: Any) -> dict[str, Any]:
    """One issue of an outcome."""
    coding = more.pop("coding", None)
    details: dict[str, Any] = {"coding": coding} if coding else {}
    return {
        "severity": severity,
        "code": kind,
        "details": {**details, "text": words},
        **more,
    }


def outcome(*issues: dict[str, Any]) -> dict[str, Any]:
    """An OperationOutcome."""
    return {"resourceType": "OperationOutcome", "issue": list(issues)}
