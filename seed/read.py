"""Reading the seed: all of its records, checked; or all of its faults."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from seed import records
from seed.checks import Checked, faults_across
from seed.faults import Fault, SeedFault
from seed.files import Entry, closest, entries_of_seed
from seed.known import Known, tables_without_source
from seed.records import ROWS, SECTIONS, Record, field_names

MODELS = {**SECTIONS, **ROWS}

# What pydantic calls it, what we say was found, what we say is allowed. The words in
# braces are of the error's own context; `value` is what was found.
SENTENCES = {
    "missing": ("is missing", "write it"),
    "literal_error": ("{value}", "write {expected}"),
    "int_parsing": ("{value} is not a whole number", "write digits only"),
    "int_type": ("{value} is not a whole number", "write digits only"),
    "int_from_float": ("{value} is not a whole number", "write digits only"),
    "float_parsing": ("{value} is not a number", "write digits and a point"),
    "float_type": ("{value} is not a number", "write digits and a point"),
    "finite_number": ("{value} is not a number", "write digits and a point"),
    "bool_parsing": ("{value}", "write true or false"),
    "bool_type": ("{value}", "write true or false"),
    "string_type": ("{value} is not text", "write words"),
    "string_too_short": ("is empty", "write a value, or leave the field out"),
    "list_type": ("{value} is not a list", "write a list"),
    "too_short": ("holds {actual_length}", "write at least {min_length}"),
    "too_long": ("holds {actual_length}", "write at most {max_length}"),
    "model_type": ("{value} is not a record", "write its fields with their names"),
    "greater_than_equal": ("{value}", "write {ge:g} or more"),
    "less_than_equal": ("{value}", "write {le:g} or less"),
}


@dataclass(frozen=True)
class Seed:
    """All records of the seed, by section."""

    sources: list[records.Source]
    tables: list[records.TableSource]
    organisations: list[records.Organisation]
    successions: list[records.Succession]
    areas: list[records.Area]
    responsibilities: list[records.Responsibility]
    completeness: list[records.Completeness]
    service_types: list[records.ServiceType]
    needs: list[records.Need]
    locations: list[records.Location]
    services: list[records.Service]
    contracts: list[records.Contract]
    alliances: list[records.Alliance]
    programmes: list[records.Programme]
    pathways: list[records.Pathway]
    sectors: list[records.SectorRow]
    districts: list[records.DistrictRow]
    sector_areas: list[records.ShareRow]
    district_areas: list[records.ShareRow]
    area_rows: list[records.AreaRow]
    places: list[records.PlaceRow]


def read_seed(folder: Path) -> Seed:
    """The records of a seed folder, checked alone and against each other.

    Raises SeedFault with every fault of every file.
    """
    entries, found = entries_of_seed(folder)
    if not entries and not found:
        found = [Fault(folder.name, 1, "", "no records", "see seed/README.md")]
    known = Known(complete=not found)
    faults = {*found, *known.note(entries)}
    checked: Checked = []
    for entry in entries:
        try:
            model = MODELS[entry.section]
            checked.append((entry, model.model_validate(entry.raw, context=known)))
        except ValidationError as error:
            faults.update(faults_of_record(entry, error))
    faults.update(faults_across(checked))
    faults.update(tables_without_source(entries, known))
    if faults:
        raise SeedFault(faults)

    sections: dict[str, list[Any]] = defaultdict(list)
    for entry, record in checked:
        sections[entry.section].append(record)
    return Seed(**{section: sections[section] for section in MODELS})


def faults_of_record(entry: Entry, error: ValidationError) -> Iterator[Fault]:
    """Pydantic's errors as faults of the record's file."""
    for each in error.errors(include_url=False):
        found, allowed = sentence(MODELS[entry.section], each)
        yield entry.fault(each["loc"], found, allowed)


def sentence(model: type[Record], error: ErrorDetails) -> tuple[str, str]:
    """What was found, and what is allowed."""
    context = error.get("ctx", {})
    if error["type"] == "refusal":
        return context["why"]
    if error["type"] == "extra_forbidden":
        *path, name = error["loc"]
        return "is no field of this record", closest(str(name), fields_at(model, path))
    if error["type"] != "missing" and error["input"] is None:
        return "is empty", "write a value, or leave the field out"
    found, allowed = SENTENCES.get(error["type"], ("{value}", error["msg"]))
    values = {**context, "value": shortened(error["input"])}
    return found.format(**values), allowed.format(**values)


def fields_at(model: type[Record], path: list[int | str]) -> list[str]:
    """The fields of the record within the model to which the path leads."""
    for step in path:
        if isinstance(step, str):
            by_name = {
                field.alias or name: field for name, field in model.model_fields.items()
            }
            model = record_in(by_name[step].annotation) or model
    return field_names(model)


def record_in(annotation: Any) -> type[Record] | None:
    """The kind of record that a field holds, alone or in a list."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    held = (record_in(each) for each in get_args(annotation))
    return next((each for each in held if each), None)


def shortened(value: Any) -> str:
    """The value as it is shown in a message."""
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
