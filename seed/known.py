"""The names by which the seed's records refer to each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from rapidfuzz import fuzz, process

from seed.faults import Fault
from seed.fields import refusal
from seed.files import Entry, Loc
from seed.tables import UNSOURCED_TABLES

# What a record is known by: the kind under which others refer to it, and its field.
IDENTITIES = {
    "sources": ("sources", "slug"),
    "tables": ("tables", "file"),
    "organisations": ("organisations", "slug"),
    "areas": ("areas", "code"),
    "area_rows": ("areas", "code"),
    "sectors": ("areas", "sector"),
    "districts": ("areas", "district"),
    "service_types": ("service_types", "code"),
    "needs": ("needs", "code"),
    "locations": ("locations", "slug"),
    "services": ("services", "slug"),
    "contracts": ("contracts", "slug"),
    "alliances": ("alliances", "slug"),
    "programmes": ("programmes", "slug"),
    "places": ("places", "slug"),
}
PARTS_OF_PROGRAMMES = ("care_models", "sites", "milestones")
ODS = "ods:"
# Finding the likeliest name takes a millisecond; a missing table makes 20,000 faults.
MOST_HINTS = 100


class Known:
    """Every name in the seed, and where it was given.

    Where a file could not be read, not all names are known (`complete` is False), and
    none is called unknown.
    """

    def __init__(self, complete: bool) -> None:
        self.complete = complete
        self.given: dict[str, dict[str, Entry]] = defaultdict(dict)
        self.hints = 0

    def note(self, entries: Iterable[Entry]) -> Iterator[Fault]:
        """Take the names of these records in; gives the faults of those given twice."""
        for entry in entries:
            for kind, name, loc in names_of(entry):
                first = self.given[kind].setdefault(name, entry)
                if first is not entry:
                    yield entry.fault(
                        loc,
                        f"{name!r} stands in {first.file}, line {first.line}, too",
                        "a record is given once",
                    )

    def resolve(self, kind: str, name: str) -> str:
        """The slug or code that the name stands for. Raises a refusal if none does."""
        if kind == "organisations" and name.startswith(ODS):
            known = self.given["ods_codes"].get(name.removeprefix(ODS))
            if known is not None:
                return str(known.raw["slug"])
        elif name in self.given[kind]:
            return name
        if not self.complete:
            return name
        noun = kind.replace("_", " ")
        raise refusal(
            f"{name!r} is not among the seed's {noun}", self.likeliest(kind, name)
        )

    def likeliest(self, kind: str, name: str) -> str:
        """What the writer may have meant."""
        add = f"add it to {kind}"
        self.hints += 1
        if self.hints > MOST_HINTS:
            return add
        names = self.given["ods_codes" if name.startswith(ODS) else kind]
        found = process.extractOne(
            name.removeprefix(ODS), list(names), scorer=fuzz.ratio, score_cutoff=75
        )
        return f"did you mean {found[0]!r}? Else {add}" if found else add


def names_of(entry: Entry) -> Iterator[tuple[str, str, Loc]]:
    """The names that a raw record gives: kind, name, and where it stands."""
    raw = entry.raw
    if entry.section in IDENTITIES:
        kind, field = IDENTITIES[entry.section]
        yield from name_in(raw, kind, field)
    if entry.section == "organisations":
        yield from name_in(raw, "ods_codes", "ods_code")
    if entry.section == "pathways":
        version = f"{raw.get('slug')}, version {raw.get('version')}"
        yield "pathways", version, ("slug",)
    if entry.section == "programmes":
        for part in PARTS_OF_PROGRAMMES:
            records = raw.get(part)
            for position, record in enumerate(listed(records)):
                for kind, name, loc in name_in(record, part, "slug"):
                    yield kind, name, (part, position, *loc)


def name_in(raw: Any, kind: str, field: str) -> Iterator[tuple[str, str, Loc]]:
    """The name in this field, if there is one; its record may yet be faulty."""
    name = raw.get(field) if isinstance(raw, dict) else None
    if name and isinstance(name, str):
        yield kind, name, (field,)


def listed(value: Any) -> list[Any]:
    """The list, or none where the file holds something else."""
    return value if isinstance(value, list) else []


def tables_without_source(entries: Iterable[Entry], known: Known) -> Iterator[Fault]:
    """Tables of places and areas that no record of `tables` names."""
    named = known.given["tables"]
    for name, entry in named.items():
        if name not in UNSOURCED_TABLES:
            yield entry.fault(
                ("file",),
                f"{name!r} is no table that needs it",
                f"write one of {', '.join(UNSOURCED_TABLES)}",
            )
    files = {entry.file for entry in entries}
    for file in files if known.complete else ():
        name = file.rpartition("/")[2]
        if name in UNSOURCED_TABLES and name not in named:
            yield Fault(
                file,
                1,
                "",
                "nobody states these rows",
                f"write `file: {name}` and `stated_by` in `tables` of a YAML file",
            )
