"""The schema is applied as often as one likes, and an older graph becomes today's."""

import asyncio
from pathlib import Path

import pytest
from neo4j import AsyncDriver
from neo4j.exceptions import ConstraintError

from graph_model.database import read, write
from graph_model.schema import SCHEMA, apply_schema, statements

pytestmark = [pytest.mark.anyio, pytest.mark.neo4j]


FORGET_MIGRATIONS = """
MATCH (migration:Migration) DELETE migration
"""


async def test_a_second_application_finds_nothing_to_do(
    empty_graph: AsyncDriver,
) -> None:
    assert await apply_schema(empty_graph) == []


async def test_every_statement_of_the_schema_may_run_again() -> None:
    assert statements(SCHEMA)
    for statement in statements(SCHEMA):
        sign = "IF EXISTS" if statement.startswith("DROP") else "IF NOT EXISTS"
        assert sign in statement


async def test_an_older_graph_becomes_todays(empty_graph: AsyncDriver) -> None:
    await write(empty_graph, FORGET_MIGRATIONS)
    await write(
        empty_graph,
        """
        CREATE (:Place {slug: 'rugby', name: 'Rugby', name_key: 'rugby'})
        CREATE (:Place {slug: 'st-ives', name: 'St Ives', name_keys: ['stives']})
        """,
    )

    applied = await apply_schema(empty_graph)

    assert applied == [
        "0001_place_name_keys",
        "0002_service_numbers",
        "0003_bases",
    ]
    places = await read(
        empty_graph,
        "MATCH (p:Place) RETURN p {.slug, .name_key, .name_keys} AS row ORDER BY p.slug",
    )
    assert places == [
        {"slug": "rugby", "name_key": None, "name_keys": ["rugby"]},
        {"slug": "st-ives", "name_key": None, "name_keys": ["stives"]},
    ]


async def test_each_migration_runs_once_and_in_order(
    empty_graph: AsyncDriver, tmp_path: Path
) -> None:
    (tmp_path / "0003_third.cypher").write_text(
        "MATCH (n:Order) SET n.steps = n.steps + 3;"
    )
    (tmp_path / "0002_second.cypher").write_text(
        "// Two statements.\nCREATE (:Order {steps: [1]});\n"
        "MATCH (n:Order) SET n.steps = n.steps + 2;\n"
    )

    first = await apply_schema(empty_graph, tmp_path)
    second = await apply_schema(empty_graph, tmp_path)

    assert (first, second) == (["0002_second", "0003_third"], [])
    steps = await read(empty_graph, "MATCH (n:Order) RETURN n.steps AS row")
    assert steps == [[1, 2, 3]]


async def test_a_migration_that_fails_leaves_no_trace(
    empty_graph: AsyncDriver, tmp_path: Path
) -> None:
    migration = tmp_path / "0002_breaks.cypher"
    migration.write_text("CREATE (:Trace);\nRETURN 1 / 0;\n")
    with pytest.raises(Exception, match="/ by zero"):
        await apply_schema(empty_graph, tmp_path)
    assert await read(empty_graph, "MATCH (n:Trace) RETURN n.any AS row") == []

    migration.write_text("CREATE (:Trace);\n")

    assert await apply_schema(empty_graph, tmp_path) == ["0002_breaks"]


async def test_processes_that_start_together_migrate_once(
    empty_graph: AsyncDriver, tmp_path: Path
) -> None:
    (tmp_path / "0002_counts.cypher").write_text(
        "MERGE (n:Count) SET n.times = coalesce(n.times, 0) + 1;"
    )

    applied = await asyncio.gather(
        *(apply_schema(empty_graph, tmp_path) for _ in range(4))
    )

    assert sorted(applied) == [[], [], [], ["0002_counts"]]
    assert await read(empty_graph, "MATCH (n:Count) RETURN n.times AS row") == [1]


@pytest.mark.parametrize(
    ("label", "values"),
    [
        ("Organisation", {"slug": "one"}),
        ("Organisation", {"ods_code": "05L"}),
        ("Area", {"code": "CV21 2"}),
        ("Pathway", {"slug": "one", "version": 1}),
        ("Step", {"key": "one/1/step"}),
    ],
)
async def test_a_key_is_given_once(
    empty_graph: AsyncDriver, label: str, values: dict[str, object]
) -> None:
    create = "CREATE (node:$($label)) SET node = $values"
    await write(empty_graph, create, label=label, values=values)

    with pytest.raises(ConstraintError):
        await write(empty_graph, create, label=label, values=values)


async def test_several_organisations_may_have_no_ods_code(
    empty_graph: AsyncDriver,
) -> None:
    await write(
        empty_graph,
        "CREATE (:Organisation {slug: 'one'}), (:Organisation {slug: 'two'})",
    )

    count = await read(empty_graph, "MATCH (n:Organisation) RETURN count(n) AS row")
    assert count == [2]


async def test_a_need_is_found_by_its_synonyms_in_any_form_of_the_word(
    empty_graph: AsyncDriver,
) -> None:
    await write(
        empty_graph,
        "CREATE (:Need {code: 'falls', name: 'Falls', synonyms: ['had a tumble']})",
    )

    needs = await read(
        empty_graph,
        """
        CALL db.index.fulltext.queryNodes('needs_by_words', 'she tumbled')
        YIELD node RETURN node.code AS row
        """,
    )

    assert needs == ["falls"]
