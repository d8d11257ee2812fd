"""Which areas a postcode lies in, by a lookup file: of postcodes or of LSOAs to areas, or of boundaries."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from graph_model.postcodes import unit_code
from seed.faults import ImportRefused
from seed.importers.boundaries import Boundaries, boundaries_of
from seed.importers.files import members
from seed.importers.postcode_rows import NAMES, column_of, value
from seed.importers.report import Report


class Known(NamedTuple):
    """A postcode as the directory has it."""

    code: str
    longitude: float | None
    latitude: float | None
    lsoa11: str | None
    lsoa21: str | None


# The areas of a postcode by kind (CCG, LOCAL_AUTHORITY), as GSS codes.
Areas = dict[str, str]
Lookup = Callable[[Sequence[Known], Report], list[Areas]]


@dataclass(frozen=True)
class Vocabulary:
    """The areas that the directory knows: the kind of each GSS code, and the GSS code of each ODS code."""

    kinds: Mapping[str, str]
    of_ods_codes: Mapping[str, str]

    def gss(self, written: str | None) -> str | None:
        """The GSS code of what a file writes, or None where the directory knows no such area."""
        if written is None:
            return None
        return written if written in self.kinds else self.of_ods_codes.get(written)


BORDER = (
    200.0  # metres: of CCGs' published boundaries, 0.07 % of postcodes are wrong beyond
)

# How a file may name the columns of areas: with a year, with or without "cd" for code.
COMMISSIONERS = (r"ccg\d*cd", r"sicbl\d*cd", r"icb\d*cd", r"(ccg|sicbl|icb)\d*(cdh)?")
AUTHORITIES = (r"lad\d*cd", r"(lad|laua|oslaua)\d*")
POSTCODES = NAMES["code"]
LSOAS = {field: NAMES[field] for field in ("lsoa11", "lsoa21")}


def lookup_of(path: Path, vocabulary: Vocabulary, report: Report) -> Lookup:
    """How a file tells the areas of postcodes. Raises ImportRefused where it does not."""
    if path.suffix.lower() in {".json", ".geojson", ".topojson"}:
        return by_boundary(path, vocabulary, report)
    return by_table(path, vocabulary, report)


def by_boundary(path: Path, vocabulary: Vocabulary, report: Report) -> Lookup:
    areas = boundaries_of(path)
    known = {code: area for code, area in areas.items() if code in vocabulary.kinds}
    for code in sorted(set(areas) - set(known)):
        report.skip(UNKNOWN_AREA, code)
    refuse_nothing(path, known)
    boundaries = Boundaries(known, BORDER)

    def find(units: Sequence[Known], report: Report) -> list[Areas]:
        found: list[Areas] = [{} for _ in units]
        placed = [n for n, unit in enumerate(units) if unit.longitude is not None]
        inside = boundaries.of(
            np.array([units[n].longitude for n in placed], float),
            np.array([units[n].latitude for n in placed], float),
        )
        for position, codes in zip(placed, inside, strict=True):
            kinds = [vocabulary.kinds[code] for code in codes]
            for code, kind in zip(codes, kinds, strict=True):
                if kinds.count(kind) == 1:
                    found[position][kind] = code
            if len(set(kinds)) < len(kinds):
                report.remark(ON_A_BORDER, units[position].code)
            elif not codes:
                report.remark(IN_NONE, units[position].code)
        return found

    return find


UNKNOWN_AREA = "an area that the directory does not know"
ON_A_BORDER = f"within {BORDER:.0f} m of two areas, so left as they were"
IN_NONE = "in none of the areas, so left as they were"
NO_LSOA = "without the LSOA by which the file goes, so left as they were; ONSPD and NSPL have it"


def by_table(path: Path, vocabulary: Vocabulary, report: Report) -> Lookup:
    table = max(members(path), key=lambda each: each.size)
    header = table.head()
    keys = {
        "code": column_of(header, POSTCODES),
        **{field: column_of(header, names) for field, names in LSOAS.items()},
    }
    by = next((field for field, column in keys.items() if column is not None), None)
    columns = [
        column
        for names in (COMMISSIONERS, AUTHORITIES)
        if (column := column_of(header, names)) is not None
    ]
    if by is None or not columns:
        raise ImportRefused(
            f"{table.name} has no column for "
            f"{'postcodes (pcds) or LSOAs (LSOA11CD)' if by is None else 'areas (CCG16CD)'}. It has "
            f"{', '.join(header)[:300] or 'no header'}. Give a lookup of postcodes or LSOAs to "
            "CCGs, Sub ICB Locations or local authorities, or boundaries as GeoJSON or "
            "TopoJSON."
        )
    areas: dict[str, Areas] = {}
    for line, row in enumerate(table.rows(), start=1):
        if line == 1:
            continue
        written = value(row, keys[by])
        key = unit_code(written or "") if by == "code" else written
        if key is None:
            report.skip("no postcode or LSOA", f"line {line}: {(written or '')[:20]}")
            continue
        areas[key] = areas_in(row, columns, vocabulary, report, line)
    refuse_nothing(path, [found for found in areas.values() if found])

    def find(units: Sequence[Known], report: Report) -> list[Areas]:
        found: list[Areas] = []
        for unit in units:
            key: str | None = getattr(unit, by)
            if key is None:
                report.remark(NO_LSOA, unit.code)
            elif key not in areas:
                report.remark(IN_NONE, unit.code)
            found.append(areas.get(key or "", {}))
        return found

    return find


def areas_in(
    row: Sequence[str],
    columns: Sequence[int],
    vocabulary: Vocabulary,
    report: Report,
    line: int,
) -> Areas:
    """The areas that a row names, by kind."""
    found: Areas = {}
    for column in columns:
        written = value(row, column)
        code = vocabulary.gss(written)
        if code is not None:
            found[vocabulary.kinds[code]] = code
        elif written and not re.fullmatch(r"[A-Z]9{8}", written):
            report.skip(UNKNOWN_AREA, f"line {line}: {written[:20]}")
    return found


def refuse_nothing(path: Path, found: Iterable[object]) -> None:
    if not any(True for _ in found):
        raise ImportRefused(
            f"{path} names no area of commissioners and no local authority that this directory "
            "knows. Its codes may be of another year: the directory's are those of its "
            "`Area` nodes, such as E38000164."
        )
