"""The local Neo4j is a real one."""

import subprocess
from pathlib import Path

import pytest
from neo4j import AsyncDriver

from signpost.errors import FullDisk
from signpost.local_neo4j import server
from signpost.local_neo4j.home import Home, in_argument_file

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]


async def test_the_tests_own_neo4j_answers_a_question(driver: AsyncDriver) -> None:
    async with driver.session() as session:
        result = await session.run(
            "CALL dbms.components() YIELD name, versions, edition "
            "WHERE name = 'Neo4j Kernel' RETURN name, versions, edition"
        )
        record = await result.single(strict=True)

    assert record.data() == {
        "name": "Neo4j Kernel",
        "versions": ["2026.09.0"],
        "edition": "community",
    }


async def test_a_disk_without_room_is_said_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more_than_any_disk = 10**12
    monkeypatch.setattr(server, "NEEDED_MEGABYTES", more_than_any_disk)

    with pytest.raises(FullDisk, match=r"about 1000000000000 MB are needed"):
        await server.start(Home(tmp_path), [], "512m")

    assert not (tmp_path / "neo4j" / "password").exists()


def test_arguments_with_spaces_and_quotes_reach_java_whole(tmp_path: Path) -> None:
    file = tmp_path / "arguments"
    values = ["-Done=a b", '-Dtwo="c"', "-Dthree=d\\e", "-XshowSettings:properties"]
    file.write_text(in_argument_file([*values, "-version"]))

    shown = subprocess.run(
        [server.java(), f"@{file}"], capture_output=True, text=True, check=True
    )

    lines = {line.strip() for line in shown.stderr.splitlines()}
    assert {"one = a b", 'two = "c"', "three = d\\e"} <= lines
