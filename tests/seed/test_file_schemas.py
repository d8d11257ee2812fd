"""The published schemas of the files that editors write are those that the program holds to."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from seed.schemas import FOLDER, SCHEMAS, schema_text

SEED = Path(__file__).parents[2] / "seed"
PATHWAYS = sorted((SEED / "pathways").glob("*.yaml"))
PACKS = sorted((SEED / "scenarios").glob("*.yaml"))


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((FOLDER / name).read_text(encoding="utf-8")))


class Loader(yaml.SafeLoader):
    """YAML as an editor's checker reads it: a date is text."""


Loader.yaml_implicit_resolvers = {
    key: [each for each in resolvers if each[0] != "tag:yaml.org,2002:timestamp"]
    for key, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def document(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader)


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_schema_is_the_present_one(name: str):
    published = (FOLDER / name).read_text(encoding="utf-8")

    assert published == schema_text(SCHEMAS[name]), (
        "Run `python -m seed.schemas --write` and commit the difference."
    )


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_schema_is_a_schema(name: str):
    Draft202012Validator.check_schema(validator(name).schema)


@pytest.mark.parametrize("path", PATHWAYS, ids=lambda path: path.stem)
def test_the_seeds_pathways_fit_the_published_schema(path: Path):
    assert list(validator("pathway.schema.json").iter_errors(document(path))) == []


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_the_seeds_scenarios_fit_the_published_schema(path: Path):
    assert list(validator("scenarios.schema.json").iter_errors(document(path))) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("slug", "Not A Slug"), ("version", 0), ("status", "USED"), ("steps", [])],
)
def test_the_published_schema_refuses_what_the_program_refuses(field: str, value: Any):
    raw = document(SEED / "pathways" / "mental-health-crisis.yaml")
    raw["pathways"][0][field] = value

    assert list(validator("pathway.schema.json").iter_errors(raw)) != []
