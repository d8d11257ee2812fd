"""The local Neo4j is a real one."""

import pytest
from neo4j import AsyncDriver

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
