"""Reading the seed's files into raw records that know where they stand."""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz, process

from seed.faults import Fault
from seed.sections import SECTIONS
from seed.tables import COLUMN_OF_FIELD, TABLES, Row, Table

Loc = tuple[str | int, ...]

YAML_FILES = ("articles/*.yaml", "pathways/*.yaml", "reference/*.yaml")
CSV_FILES = ("reference/*.csv",)


@dataclass(frozen=True)
class Entry:
    """A raw record: its section, what it holds, and where each part of it stands.

    `lines` maps a path within the file to its line; `path` is the record's own. A row
    of a table has one line.
    """

    section: str
    raw: dict[str, Any]
    file: str
    lines: dict[Loc, int]
    path: Loc = ()

    @property
    def line(self) -> int:
        return self.lines[self.path]

    def fault(self, loc: Loc, found: str, allowed: str) -> Fault:
        """The fault of the part at `loc`, which is relative to the record."""
        line, place, names = self.line, self.path, list[str]()
        for step in loc:
            place = (*place, step)
            line = self.lines.get(place, line)
            if isinstance(step, str):
                names.append(step)
        if not self.path and names:  # a row of a table: the column's name
            names = [COLUMN_OF_FIELD.get(names[-1], names[-1])]
        return Fault(self.file, line, ".".join(names), found, allowed)


def seed_files(folder: Path) -> list[Path]:
    """The files of a seed folder, in the order of their names."""
    patterns = (*YAML_FILES, *CSV_FILES)
    return sorted(path for pattern in patterns for path in folder.glob(pattern))


def fingerprint(folder: Path, *programs: Path) -> str:
    """The SHA-256 of the seed's files and of the programs that read and write them.

    A program that writes the same files otherwise makes another directory of them.
    """
    digest = hashlib.sha256()
    for path in (*seed_files(folder), *sorted(programs)):
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def entries_of_seed(folder: Path) -> tuple[list[Entry], list[Fault]]:
    """All raw records of a seed folder, and the faults of files that hold none."""
    entries: list[Entry] = []
    faults: list[Fault] = []
    for path in seed_files(folder):
        name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            faults.append(Fault(name, line, "", "not UTF-8", "save the file as UTF-8"))
            continue
        reader = entries_of_table if path.suffix == ".csv" else entries_of_document
        for found in reader(name, text):
            if isinstance(found, Fault):
                faults.append(found)
            else:
                entries.append(found)
    return entries, faults


def entries_of_document(file: str, text: str) -> Iterator[Entry | Fault]:
    """The records of a YAML file."""
    try:
        node = yaml.compose(text, yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        yield Fault(
            file,
            mark.line + 1 if mark else 1,
            "",
            f"not YAML: {error.problem}",
            "write it as seed/README.md shows",
        )
        return
    if node is None:
        return
    lines: dict[Loc, int] = {}
    faults: list[Fault] = []
    sections = plain(node, (), file, lines, faults)
    yield from faults
    if not isinstance(sections, dict):
        yield Fault(file, 1, "", "no sections", f"write one of {', '.join(SECTIONS)}")
        return
    for section, records in sections.items():
        line = lines[section,]
        if section not in SECTIONS:
            yield Fault(
                file, line, section, "is no section", closest(section, SECTIONS)
            )
        elif not isinstance(records, list):
            yield Fault(file, line, section, "is not a list", "write a list of records")
        else:
            for position, raw in enumerate(records):
                path = (section, position)
                if isinstance(raw, dict):
                    yield Entry(section, raw, file, lines, path)
                else:
                    yield Fault(
                        file,
                        lines[path],
                        section,
                        f"{raw!r} is not a record",
                        "write its fields with their names",
                    )


def plain(
    node: yaml.Node, path: Loc, file: str, lines: dict[Loc, int], faults: list[Fault]
) -> Any:
    """The node as dictionaries, lists and text; notes lines and doubled names.

    Scalars stay as they are written: the record's field knows its type, so that a
    telephone number needs no quotes to keep its zeros.
    """
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [
            plain(item, (*path, position), file, lines, faults)
            for position, item in enumerate(node.value)
        ]
    if not isinstance(node, yaml.MappingNode):
        return None if node.tag == "tag:yaml.org,2002:null" else node.value
    values: dict[str, Any] = {}
    for key, value in node.value:
        name = str(key.value)
        lines[*path, name] = key.start_mark.line + 1
        if name in values:
            line = key.start_mark.line + 1
            faults.append(Fault(file, line, name, "stands twice", "write it once"))
        values[name] = plain(value, (*path, name), file, lines, faults)
    return values


def entries_of_table(file: str, text: str) -> Iterator[Entry | Fault]:
    """The records of a CSV file."""
    name = file.rpartition("/")[2]
    table = TABLES.get(name)
    if table is None:
        yield Fault(file, 1, "", "is no table of the seed", closest(name, TABLES))
        return
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    header = next(reader, [])
    faults = list(faults_of_header(file, header, table))
    yield from faults
    if faults:
        return
    try:
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(header):
                row: Row = dict(zip(header, map(str.strip, cells), strict=True))
                for section, raw in table.records(row):
                    yield Entry(section, raw, file, {(): line})
            elif cells:
                yield Fault(
                    file,
                    line,
                    "",
                    f"{len(cells)} cells",
                    f"write {len(header)}, and quote a cell that holds a comma",
                )
            line = reader.line_num + 1
    except csv.Error as error:
        yield Fault(
            file, reader.line_num, "", f"not CSV: {error}", "write commas and quotes"
        )


def faults_of_header(file: str, header: list[str], table: Table) -> Iterator[Fault]:
    """What the header lacks, and what it has too much."""
    columns = (*table.columns, *table.optional)
    for column in table.columns:
        if column not in header:
            yield Fault(file, 1, column, "is missing", f"write {', '.join(columns)}")
    for column in header:
        if column not in columns:
            yield Fault(file, 1, column, "is no column", closest(column, columns))
        elif header.count(column) > 1:
            yield Fault(file, 1, column, "stands twice", "write it once")


def closest(name: str, names: Any) -> str:
    """What is allowed instead of `name`, the likeliest first."""
    likeliest = process.extractOne(
        name, list(names), scorer=fuzz.ratio, score_cutoff=70
    )
    hint = f"did you mean {likeliest[0]!r}? " if likeliest else ""
    return f"{hint}write one of {', '.join(names)}"
