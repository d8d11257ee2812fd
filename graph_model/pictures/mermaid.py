"""The same pictures as Mermaid text, for pages that draw it themselves."""

from itertools import groupby
from typing import Any

from graph_model.pictures.heading import notice_on
from graph_model.pictures.pathway import subtitle, taken_by, told

# What Mermaid would take for a part of its own language.
ENTITIES = {
    "&": "#amp;",
    '"': "#quot;",
    "<": "#lt;",
    ">": "#gt;",
    "#": "#35;",
    "`": "#96;",
    "\\": "#92;",
    "[": "#91;",
    "]": "#93;",
    "(": "#40;",
    ")": "#41;",
    "{": "#123;",
    "}": "#125;",
    "|": "#124;",
}
ARROWS = {"EMERGENCY": "==>", "URGENT": "==>", "ROUTINE": "-->", None: "-->"}


def mermaid_of_pathway(pathway: Any, plan: Any = None) -> str:
    """A pathway (a PathwayRow with its steps) as a Mermaid flowchart; `plan` as in svg_of_pathway."""
    steps = pathway["steps"]
    planned = {each["step"]["slug"]: each for each in (plan or {}).get("steps", [])}
    ids = {step["slug"]: f"s{number}" for number, step in enumerate(steps, start=1)}
    notice = notice_on(pathway)
    lines = [
        "flowchart TD",
        f"  accTitle: {one_line(pathway['name'])}",
        f"  accDescr: {one_line(' '.join([subtitle(pathway, plan), notice]).strip())}",
        *([f'  notice["{quoted(notice)}"]'] if notice else []),
        "  start((start))",
    ]
    stages = groupby(steps, key=lambda step: step["stage"])
    for number, (stage, members) in enumerate(stages, start=1):
        lines.append(f'  subgraph g{number}["{quoted(stage)}"]')
        for step in members:
            text = label_of(step, planned.get(step["slug"]))
            left, right = ('[["', '"]]') if step["exit"] else ('["', '"]')
            lines.append(f"    {ids[step['slug']]}{left}{text}{right}")
        lines.append("  end")
    lines.append(f"  start --> {ids[steps[0]['slug']]}")
    for step in steps:
        for way in step["next"]:
            arrow = ARROWS[way.get("urgency")]
            ends = ids[step["slug"]], ids[way["to"]]
            lines.append(f'  {ends[0]} {arrow}|"{quoted(told(way))}"| {ends[1]}')
    lines += classes_of(ids, planned)
    return "\n".join(lines) + "\n"


def label_of(step: Any, planned: Any) -> str:
    """The words in the box of a step."""
    parts = [step["name"], step["service_type"]["name"]]
    if planned is not None:
        parts += [line.text for line in taken_by(planned)[0]]
    return "<br/>".join(quoted(part) for part in parts)


def classes_of(ids: dict[str, str], planned: dict[str, Any]) -> list[str]:
    """How boxes look that nobody takes, or of which nobody knows."""
    gaps = [ids[slug] for slug, each in planned.items() if each["gap"]]
    unknown = [
        ids[slug]
        for slug, each in planned.items()
        if not each["gap"] and not each["option"]
    ]
    lines: list[str] = []
    if gaps:
        lines.append("  classDef gap stroke-width:3px,stroke-dasharray:8 4")
        lines.append(f"  class {','.join(gaps)} gap")
    if unknown:
        lines.append("  classDef unknown stroke-dasharray:2 4")
        lines.append(f"  class {','.join(unknown)} unknown")
    return lines


def quoted(text: str) -> str:
    """A text as it may stand between quotation marks."""
    return "".join(ENTITIES.get(letter, letter) for letter in one_line(text))


def one_line(text: str) -> str:
    return " ".join(text.split())
