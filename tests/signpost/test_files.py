"""Files that are named on the command line."""

from pathlib import Path

import pytest

from signpost.errors import NotReadable, readable


def test_a_file_that_is_there_is_read(tmp_path: Path) -> None:
    file = tmp_path / "pathways.yaml"
    file.write_text("pathways: []\n", encoding="utf-8")

    assert readable(file) == file


def test_a_file_that_is_not_there_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match=r"none\.yaml cannot be read: No such file"):
        readable(tmp_path / "none.yaml")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="Is a directory"):
        readable(tmp_path)
