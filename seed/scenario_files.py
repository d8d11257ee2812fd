"""Reading a scenario pack."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from graph_model.errors import DirectoryError
from seed.faults import Fault
from seed.files import Loc, plain
from seed.read import sentence
from seed.scenario_records import ScenarioPack


class ScenarioFault(DirectoryError):
    """A scenario pack has faults; nothing of it was run. `faults` holds all of them."""

    code = "SCENARIO_FAULT"

    def __init__(self, faults: set[Fault]) -> None:
        self.faults = sorted(faults)
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(
            "The pack cannot be run. Put this right and try again; docs/scenarios.md shows "
            f"the form.\n{lines}"
        )


def read_scenarios(path: Path) -> tuple[ScenarioPack, dict[Loc, int]]:
    """A pack, and the line on which each part of it stands.

    Raises ScenarioFault with every fault, and OSError where the file cannot be read.
    """
    lines: dict[Loc, int] = {}
    faults: list[Fault] = []
    try:
        node = yaml.compose(path.read_text(encoding="utf-8-sig"), yaml.CSafeLoader)
        raw: Any = None if node is None else plain(node, (), str(path), lines, faults)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise ScenarioFault({fault_of_text(path, error)}) from None
    try:
        pack = ScenarioPack.model_validate(raw)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            found, allowed = sentence(ScenarioPack, each)
            names = ".".join(step for step in each["loc"] if isinstance(step, str))
            line = line_of(each["loc"], lines)
            faults.append(Fault(str(path), line, names, found, allowed))
        raise ScenarioFault(set(faults)) from None
    if faults:
        raise ScenarioFault(set(faults))
    return pack, lines


def fault_of_text(path: Path, error: Exception) -> Fault:
    """What keeps the text from being YAML."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be read"
    line = mark.line + 1 if mark else 1
    allowed = "write it in UTF-8 as docs/scenarios.md shows"
    return Fault(str(path), line, "", f"not YAML: {problem}", allowed)


def line_of(loc: tuple[Any, ...], lines: dict[Loc, int]) -> int:
    """The line of the innermost part of a path that stands in the file."""
    while loc and loc not in lines:
        loc = loc[:-1]
    return lines.get(loc, 1)
