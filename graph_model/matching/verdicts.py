"""The three verdicts, and how they combine."""

from collections.abc import Iterable

PASS, FAIL, UNKNOWN = "PASS", "FAIL", "UNKNOWN"


def all_of(verdicts: Iterable[str]) -> str:
    """FAIL where any fails, else UNKNOWN where any is unknown, else PASS."""
    found = set(verdicts)
    return FAIL if FAIL in found else UNKNOWN if UNKNOWN in found else PASS


def any_of(verdicts: Iterable[str]) -> str:
    """PASS where any passes, else UNKNOWN where any is unknown, else FAIL."""
    found = set(verdicts)
    return PASS if PASS in found else UNKNOWN if UNKNOWN in found else FAIL
