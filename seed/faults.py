"""What is wrong with a seed file, where, and what would be right."""

from collections.abc import Iterable
from typing import NamedTuple

from graph_model.errors import DirectoryError


class Fault(NamedTuple):
    """One fault, sortable by where it is."""

    file: str
    line: int
    field: str
    found: str
    allowed: str

    def __str__(self) -> str:
        field = f"{self.field}: " if self.field else ""
        return f"{self.file}, line {self.line}: {field}{self.found}; {self.allowed}"


class SeedFault(DirectoryError):
    """The seed's files have faults; nothing of them was written.

    `faults` holds all of them, of all files, in the order of the files.
    """

    code = "SEED_FAULT"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults)
        count = len(self.faults)
        noun = "fault" if count == 1 else "faults"
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(
            f"The seed has {count} {noun}, so nothing was written. "
            f"Put them right and load again.\n{lines}"
        )


class SeedConflict(DirectoryError):
    """The directory holds what the seed cannot stand beside, such as an ODS code."""

    code = "SEED_CONFLICT"

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The seed does not fit what users added, so nothing was written: {why}. "
            "Change or delete what they added, then load again."
        )


class ImportRefused(DirectoryError):
    """A file that a user brought is not what it should be, or the directory is not ready for it."""

    code = "IMPORT_REFUSED"
