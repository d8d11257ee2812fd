"""The DoS's codes come from a customer's file, all of it or nothing."""

from pathlib import Path

import pytest
from neo4j import AsyncDriver
from small_files import silent

from graph_model.database import DATABASE, write
from graph_model.dos_codes import dos_codes
from seed.faults import ImportRefused
from seed.importers.dos_codes import (
    COLUMNS,
    import_dos_codes,
    rows_of,
    write_made_up,
)

pytestmark = pytest.mark.anyio

MADE_UP = Path(__file__).parents[2] / "seed" / "dos-codes.csv"
SMALL = """
CREATE (:ServiceType {code: '46', name: 'Urgent Care'})
CREATE (whole:Need {code: 'injury', name: 'Injury', number: 1})
CREATE (:Need {code: 'burn', name: 'Burn', number: 2})-[:NARROWER_THAN]->(whole)
"""


def file(folder: Path, *lines: str) -> Path:
    path = folder / "codes.csv"
    path.write_text("\n".join([",".join(COLUMNS), *lines, ""]), encoding="utf-8")
    return path


@pytest.mark.neo4j
async def test_a_file_takes_the_place_of_what_was_there_and_a_seed_leaves_it_alone(
    empty_graph: AsyncDriver, tmp_path: Path
) -> None:
    await write(empty_graph, SMALL)
    first = file(tmp_path, "SG,,1,Injury,injury,,,", "SD,1,2,Burn,burn,,,")
    await import_dos_codes(empty_graph, first, silent)
    second = file(
        tmp_path,
        "SG,,1,Injury,injury,,,",
        "SD,1,3,Other,,,,",
        "DX,,5,Soon,,120,46,",
        "DISTANCE,,cv212,,,,,15",
    )

    report = await import_dos_codes(empty_graph, second, silent)
    async with empty_graph.session(database=DATABASE) as session:
        await session.execute_write(write_made_up, MADE_UP)

    keys = ["SG 1", "SD 1 2", "SD 1 3", "DX 5", "SG 9001"]
    found = await dos_codes(empty_graph, keys, ["CV21 2"])
    by_key = {each["key"]: each for each in found["codes"]}
    assert report.written == 4
    assert set(by_key) == {"SG 1", "SD 1 3", "DX 5"}
    assert by_key["SG 1"]["needs"] == [{"code": "injury", "whole": [1], "parts": [2]}]
    assert (by_key["DX 5"]["within_minutes"], by_key["DX 5"]["types"]) == (120, ["46"])
    assert found["distances"] == [{"code": "CV21 2", "km": 15}]


@pytest.mark.neo4j
async def test_a_need_that_is_not_there_keeps_all_as_it_was(
    empty_graph: AsyncDriver, tmp_path: Path
) -> None:
    await write(empty_graph, SMALL)
    await import_dos_codes(
        empty_graph, file(tmp_path, "SG,,1,Injury,injury,,,"), silent
    )

    with pytest.raises(ImportRefused, match="line 2: the need 'nothing' is not in"):
        await import_dos_codes(
            empty_graph, file(tmp_path, "SG,,2,Other,nothing,,,"), silent
        )

    found = await dos_codes(empty_graph, ["SG 1", "SG 2"])
    assert [each["key"] for each in found["codes"]] == ["SG 1"]


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        "SG,,x,Injury,injury,,,",
        "SD,4,1,Burn,burn,,,",
        "DX,,5,Soon,,,,",
        "WHAT,,5,Soon,,,,",
        "DISTANCE,,nowhere at all,,,,,5",
        "DISTANCE,,CV21,,,,,500",
        "SG,,7,Twice,,,,",
        "SG,,7,Twice,,,,",
        "SG,,8",
    )

    with pytest.raises(ImportRefused) as refused:
        rows_of(path)

    words = str(refused.value)
    for said in ("line 2: code", "line 3: its group", "line 4: within_minutes"):
        assert said in words
    for said in ("line 5: its kind", "line 6:", "line 7: km", "SG 7 is there twice"):
        assert said in words
    assert "line 10: it has 3 values" in words


def test_other_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(ImportRefused, match="Write kind, group"):
        rows_of(path)
