"""Reading a file of pathways, and checking all of it against the directory."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from neo4j import AsyncDriver
from pydantic import ValidationError
from rapidfuzz import fuzz, process

from graph_model.database import read
from graph_model.errors import DirectoryError
from graph_model.pathway_shape import shape_faults
from seed.checks import Checked, faults_across
from seed.faults import Fault
from seed.fields import refusal
from seed.files import Entry, closest, entries_of_document
from seed.known import ODS, names_of
from seed.pathway_records import Pathway
from seed.read import faults_of_record
from seed.records import Source
from seed.sections import SECTIONS

IN_A_FILE = ("sources", "pathways")


class PathwayFault(DirectoryError):
    """A file of pathways has faults; nothing of it was written.

    `faults` holds all of them, in the order of the file.
    """

    code = "PATHWAY_FAULT"

    def __init__(self, faults: set[Fault]) -> None:
        self.faults = sorted(faults)
        count = len(self.faults)
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(
            f"The file has {count} {'fault' if count == 1 else 'faults'}, so nothing was "
            f"written. Put them right and try again; docs/pathways.md shows the form.\n"
            f"{lines}"
        )


NAMES = """
RETURN {
  needs: COLLECT { MATCH (need:Need) RETURN need.code },
  service_types: COLLECT { MATCH (type:ServiceType) RETURN type.code },
  areas: COLLECT { MATCH (area:Area) RETURN area.code },
  organisations: COLLECT {
    MATCH (organisation:Organisation) RETURN [organisation.slug, organisation.ods_code]
  },
  sources: COLLECT {
    MATCH (source:Source) RETURN source {
      .slug, .title, .publisher, .url, .published, .retrieved, .licence
    }
  }
} AS row
"""


@dataclass
class Names:
    """What the directory and the file call things, by kind."""

    given: dict[str, dict[str, str]]
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)

    def resolve(self, kind: str, name: str) -> str:
        """The slug or code that the name stands for. Raises a refusal if none does."""
        known = self.given[kind]
        if name in known:
            return known[name]
        likely = process.extractOne(name, list(known), scorer=fuzz.ratio)
        hint = f"did you mean {likely[0]!r}?" if likely and likely[1] >= 75 else ""
        raise refusal(
            f"{name!r} is not among the directory's {kind.replace('_', ' ')}",
            hint or f"name one of its {kind.replace('_', ' ')}",
        )


async def names_in_directory(driver: AsyncDriver) -> Names:
    """What a file of pathways may refer to."""
    (row,) = await read(driver, NAMES)
    organisations: dict[str, str] = {}
    for slug, ods_code in row["organisations"]:
        organisations[slug] = slug
        if ods_code:
            organisations[ODS + ods_code] = slug
    return Names(
        {
            **{
                kind: {name: name for name in row[kind]}
                for kind in ("needs", "service_types", "areas")
            },
            "organisations": organisations,
            "sources": {each["slug"]: each["slug"] for each in row["sources"]},
        },
        {each["slug"]: each for each in row["sources"]},
    )


@dataclass(frozen=True)
class PathwayRecords:
    """What a file holds, each with the place where it stands."""

    sources: list[tuple[Entry, Source]]
    pathways: list[tuple[Entry, Pathway]]


def read_pathway_file(path: Path, names: Names) -> PathwayRecords:
    """The records of a file, checked alone, against each other and the directory's names.

    Raises PathwayFault with every fault, and OSError where the file cannot be read.
    """
    entries, faults = entries_of_file(path)
    for entry in entries:
        if entry.section == "sources" and isinstance(
            slug := entry.raw.get("slug"), str
        ):
            names.given["sources"][slug] = slug
    faults |= doubled(entries)
    checked: Checked = []
    for entry in entries:
        try:
            model = SECTIONS[entry.section]
            checked.append((entry, model.model_validate(entry.raw, context=names)))
        except ValidationError as error:
            faults.update(faults_of_record(entry, error))
            faults.update(faults_of_raw_shape(entry))
    faults.update(faults_across(checked))
    if not entries and not faults:
        faults.add(
            Fault(str(path), 1, "", "no pathways", "write them as a list in `pathways`")
        )
    if faults:
        raise PathwayFault(faults)
    return PathwayRecords(
        [(entry, each) for entry, each in checked if isinstance(each, Source)],
        [(entry, each) for entry, each in checked if isinstance(each, Pathway)],
    )


def faults_of_raw_shape(entry: Entry) -> set[Fault]:
    """The faults in the shape of a pathway that has others, so that all are told at once.

    None where its steps are not written well enough to follow them.
    """
    if entry.section != "pathways" or entry.raw.get("status") == "DRAFT":
        return set()
    try:
        steps = [
            {
                "slug": str(step["slug"]),
                "stage": str(step["stage"]),
                "exit": str(step.get("exit", "")).lower() == "true",
                "next": [
                    {**way, "to": str(way["to"])} for way in step.get("next") or []
                ],
            }
            for step in entry.raw["steps"]
        ]
    except (KeyError, TypeError, AttributeError):
        return set()
    return {entry.fault(*fault) for fault in shape_faults(steps)}


def entries_of_file(path: Path) -> tuple[list[Entry], set[Fault]]:
    """The raw records of a file, and what cannot be read of it."""
    entries: list[Entry] = []
    faults: set[Fault] = set()
    try:
        text = path.read_text(encoding="utf-8-sig")
        for found in entries_of_document(str(path), text):
            if isinstance(found, Fault):
                faults.add(found)
            elif found.section in IN_A_FILE:
                entries.append(found)
            else:
                allowed = closest(found.section, IN_A_FILE)
                faults.add(
                    Fault(
                        str(path),
                        found.lines[found.section,],
                        found.section,
                        "is no section of a file of pathways",
                        allowed,
                    )
                )
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        faults.add(Fault(str(path), line, "", "not UTF-8", "save the file as UTF-8"))
    except RecursionError:
        allowed = "write it as docs/pathways.md shows"
        faults.add(Fault(str(path), 1, "", "lists within lists without end", allowed))
    return entries, faults


def doubled(entries: list[Entry]) -> set[Fault]:
    """Records that the file gives twice."""
    first: dict[tuple[str, str], Entry] = {}
    faults: set[Fault] = set()
    for entry in entries:
        for kind, name, loc in names_of(entry):
            earlier = first.setdefault((kind, name), entry)
            if earlier is not entry:
                found = f"{name!r} stands in line {earlier.line}, too"
                faults.add(entry.fault(loc, found, "a record is given once"))
    return faults
