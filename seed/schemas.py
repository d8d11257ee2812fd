"""The published JSON Schemas of the files that editors write: `python -m seed.schemas --write`."""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from seed.pathway_records import PathwayFile
from seed.scenario_records import ScenarioPack

FOLDER = Path(__file__).parent.parent / "docs" / "schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMAS: dict[str, type[BaseModel]] = {
    "pathway.schema.json": PathwayFile,
    "scenarios.schema.json": ScenarioPack,
}


def schema_text(model: type[BaseModel]) -> str:
    """The schema of a file, as it is published."""
    schema: dict[str, Any] = {"$schema": DIALECT, **model.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the schemas anew."""
    for name, model in SCHEMAS.items():
        (FOLDER / name).write_text(schema_text(model), encoding="utf-8")


if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    main()
