"""`signpost neo4j shell`: type Cypher, see rows."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import LiteralString, cast

from neo4j import AsyncDriver, Query, SummaryCounters
from neo4j.exceptions import Neo4jError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graph_model.database import DATABASE, connect
from graph_model.settings import Settings
from signpost.graph_address import with_graph_address

MOST_ROWS = 1000


async def shell(settings: Settings, cypher: str | None, console: Console) -> bool:
    """Run the statement, or each that is typed; say whether all of them worked.

    Raises NoNeo4j where there is no graph.
    """
    settings = with_graph_address(settings)
    worked = True
    async with connect(settings) as driver:
        if cypher:
            return await run(driver, cypher, console)
        if sys.stdin.isatty():
            console.print(
                f"{settings.neo4j_uri}. End a statement with ; and leave with Ctrl-D."
            )
        for statement in typed_statements():
            worked = await run(driver, statement, console) and worked
    return worked


def typed_statements() -> Iterator[str]:
    """Give each statement that comes in, up to its semicolon at the end of a line."""
    is_person = sys.stdin.isatty()
    if is_person:
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401 - lets input() edit lines and recall them
    lines: list[str] = []
    while True:
        try:
            prompt = ("… " if lines else "cypher> ") if is_person else ""
            line = input(prompt)
        except EOFError:
            break
        lines.append(line)
        if line.rstrip().endswith(";"):
            yield "\n".join(lines)
            lines = []
    if "".join(lines).strip():
        yield "\n".join(lines)


async def run(driver: AsyncDriver, statement: str, console: Console) -> bool:
    """Run one statement and print its rows; say whether it worked."""
    # Whoever types at the shell may ask and change whatever they like.
    query = Query(cast(LiteralString, statement.strip().rstrip(";")))
    try:
        async with driver.session(database=DATABASE) as session:
            result = await session.run(query)
            columns = list(result.keys())
            rows = await result.fetch(MOST_ROWS)
            summary = await result.consume()
    except Neo4jError as error:
        console.print(Text(error.message or str(error), style="red"))
        return False
    if columns:
        table = Table(*columns)
        for row in rows:
            table.add_row(*[Text(str(value)) for value in row.values()])
        console.print(table)
    count = f"the first {MOST_ROWS}" if len(rows) == MOST_ROWS else str(len(rows))
    console.print(Text(f"Rows: {count}. {in_words(summary.counters)}", style="dim"))
    return True


def in_words(counters: SummaryCounters) -> str:
    """Say what a statement changed, such as `nodes created: 1`."""
    changes = {
        name.replace("_", " "): count
        for name, count in vars(counters).items()
        if type(count) is int and count
    }
    return ", ".join(f"{name}: {count}" for name, count in changes.items())
