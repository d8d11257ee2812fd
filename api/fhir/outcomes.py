"""OperationOutcomes: what went wrong, or what a reader must know, in FHIR's words."""

from typing import Any

from graph_model.errors import DirectoryError

# By the code of an error (docs/errors.md): the status of HTTP and FHIR's kind of issue.
ISSUE_OF = {
    "PLACE_NOT_FOUND": (404, "not-found"),
    "PLACE_NOT_LOCATED": (422, "not-found"),
    "PLACE_NOT_COVERED": (422, "not-supported"),
    "NEED_NOT_FOUND": (404, "not-found"),
    "SERVICE_NOT_FOUND": (404, "not-found"),
    "DIRECTORY_UNAVAILABLE": (503, "transient"),
}


class FhirError(Exception):
    """A request that cannot be answered: the status, FHIR's kind of issue, and words for the caller."""

    def __init__(self, status: int, kind: str, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.kind = kind
        self.headers: dict[str, str] = {}


class BadParameter(FhirError):
    """A parameter that cannot be understood or is not known."""

    def __init__(self, words: str, kind: str = "invalid") -> None:
        super().__init__(400, kind, words)


def error_of(error: DirectoryError) -> FhirError:
    """The directory's error as FHIR tells it."""
    status, kind = ISSUE_OF.get(error.code, (400, "invalid"))
    return FhirError(status, kind, str(error))


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
