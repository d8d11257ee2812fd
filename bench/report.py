"""The table, for a terminal and for docs/benchmarks.md."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from bench.peers.ready import PEERS
from bench.rows import Row
from signpost.local_neo4j.jars import NEO4J_VERSION

PAGE = PEERS.parent.parent / "docs" / "benchmarks.md"
HELD = {True: "yes", False: "no", None: ""}

INTRODUCTION = """# Benchmarks

Written by `make bench`, which anyone can run; what is compared, and why so, is in
[ADR 15](adr/0015-national-sample.md). Times depend on the machine; ratios less so. The graph is generated: places are
real, services are not.

{machine}

| what | ours | theirs | ratio | wanted | held |
|---|---|---|---|---|---|
{rows}

{notes}
"""


def show(rows: Sequence[Row], console: Console) -> None:
    """Print the table."""
    table = Table(title="Signpost beside its peers")
    table.add_column("what", overflow="fold")
    for name in ("ours", "theirs", "ratio", "wanted", "held"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        colour = {True: "green", False: "red", None: ""}[row.holds]
        table.add_row(*cells(row), style=colour)
    console.print(table)
    for row in rows:
        if row.note:
            console.print(f"{row.name}: {row.note}", style="dim")


def cells(row: Row) -> list[str]:
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    return [row.name, row.ours, row.theirs, ratio, row.wanted, HELD[row.holds]]


def write_page(rows: Sequence[Row], seconds: float) -> Path:
    """Write docs/benchmarks.md anew; returns where it is."""
    page = INTRODUCTION.format(
        machine=machine(seconds),
        rows="\n".join(f"| {' | '.join(cells(row))} |" for row in rows),
        notes="\n".join(f"- {row.name}: {row.note}." for row in rows if row.note),
    )
    PAGE.write_text(page, encoding="utf-8")
    return PAGE


def machine(seconds: float) -> str:
    """What it was measured on, with which versions, when."""
    gigabytes = psutil.virtual_memory().total / 1_000_000_000
    packages = json.loads((PEERS / "package.json").read_text())["dependencies"]
    peers = ", ".join(f"{name} {number}" for name, number in packages.items())
    ours = ", ".join(
        f"{name} {version(name)}"
        for name in ("strawberry-graphql", "starlette", "uvicorn", "neo4j")
    )
    return (
        f"{date.today():%d %B %Y}, {seconds:.0f} s, on {os.cpu_count()} cores "
        f"({processor()}) with {gigabytes:.0f} GB, {platform.system()} "
        f"{platform.release()}, everything on this one machine. Neo4j Community "
        f"{NEO4J_VERSION}; Python {platform.python_version()}, {ours}; {peers}."
    ).lstrip("0")


def processor() -> str:
    """The processor's name, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2] for line in lines if line.startswith("model name")]
    return names[0].strip() if names else platform.machine()
