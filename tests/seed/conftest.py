"""A seed of one record of each kind, and files of postcodes, in a folder that a test may change."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from neo4j import AsyncDriver
from small_files import AREAS, HEADERS

SMALL_SEED = Path(__file__).parent / "small_seed"


@pytest.fixture
def small_seed(tmp_path: Path) -> Path:
    """The folder of a small seed without a fault."""
    return shutil.copytree(SMALL_SEED, tmp_path / "seed")


@pytest.fixture
async def areas(empty_graph: AsyncDriver) -> AsyncDriver:
    """A driver on a graph with a sector that two commissioners share."""
    await empty_graph.execute_query(AREAS)
    return empty_graph


@pytest.fixture
def code_point(tmp_path: Path) -> Callable[..., Path]:
    """Makes an archive in the layout of Code-Point Open, of the rows given."""

    def make(*rows: str, name: str = "codepo_gb.zip") -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("Doc/Code-Point_Open_Column_Headers.csv", HEADERS)
            for area in ("cv", "tr"):
                of_area = [row for row in rows if row.startswith(f'"{area.upper()}')]
                archive.writestr(
                    f"Data/CSV/{area}.csv", "".join(f"{row}\n" for row in of_area)
                )
        return path

    return make
