"""A seed of one record of each kind, in a folder that a test may change."""

import shutil
from pathlib import Path

import pytest

SMALL_SEED = Path(__file__).parent / "small_seed"


@pytest.fixture
def small_seed(tmp_path: Path) -> Path:
    """The folder of a small seed without a fault."""
    return shutil.copytree(SMALL_SEED, tmp_path / "seed")
