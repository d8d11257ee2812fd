"""The table of settings in the documentation is the settings' own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from graph_model.settings import Settings

PAGE = Path(__file__).parent.parent.parent / "docs" / "settings.md"


def test_the_documentation_has_one_table_of_all_settings_as_they_are() -> None:
    rows = [row(name, field) for name, field in Settings.model_fields.items()]
    table = "\n".join(["| variable | default | what it says |", "|---|---|---|", *rows])

    assert table in PAGE.read_text(), f"The table should be:\n\n{table}\n"


def row(name: str, field: FieldInfo) -> str:
    default = (
        "none" if field.default in (None, PydanticUndefined) else f"`{field.default}`"
    )
    return f"| `{name.upper()}` | {default} | {field.description} |"


def test_a_variable_that_is_empty_counts_as_not_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NEO4J_URI", "")
    monkeypatch.setenv("SIGNPOST_PORT", "")

    settings = Settings()

    assert settings.neo4j_uri is None
    assert settings.signpost_port == 8000


def test_a_password_is_not_shown() -> None:
    settings = Settings.model_validate({"neo4j_password": "keep it to yourself"})

    assert "keep it to yourself" not in repr(settings)


@pytest.mark.parametrize("memory", ["lots", "1", "0g", "1g -Xlog"])
def test_memory_is_a_number_with_its_unit(memory: str) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({"signpost_neo4j_memory": memory})
