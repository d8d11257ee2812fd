"""Coverage as a picture: commissioners by needs, or by a pathway's steps, as a matrix."""

from typing import Any

from graph_model.matching.case import day_in_words
from graph_model.pictures.heading import heading, notice_on
from graph_model.pictures.svg import INK, LINE, MARGIN, PAPER, picture, words
from graph_model.pictures.text import width_of, wrapped

CELL = 34
NAMES = 270  # the room for the commissioners' names
SIZE = 12
STATES = {
    "COVERED": (
        "●",
        "covered: services under live contracts are for all of its people",
    ),
    "OVERLAP": ("●●", "overlap: covered, by several providers for the same people"),
    "GAP": (
        "✕",
        "gap: nobody is commissioned for some of its people, and a source says that this is all",
    ),
    "UNKNOWN": (
        "?",
        "unknown: what the directory holds does not tell; it is not known to be a gap",
    ),
}


def svg_of_coverage(coverage: Any) -> str:
    """The matrix of a CoverageRow: a row for each commissioner, a column for each need or step."""
    heads, rows = matrix_of(coverage)
    high = max((width_of(head, SIZE) for head in heads), default=0)
    slant = high * 0.58
    width = max(MARGIN + NAMES + CELL * len(heads) + slant + MARGIN, 680)
    title = f"Coverage on {day_in_words(coverage['as_of'])}"
    if coverage.get("pathway"):
        title = f"{coverage['pathway']['name']}: coverage on {day_in_words(coverage['as_of'])}"
    notice = notice_on(coverage)
    parts, top = heading(title, notice, "", width)
    top_of_cells = top + 28 + high * 0.82 + 14
    for column, head in enumerate(heads):
        x = MARGIN + NAMES + CELL * (column + 0.5) + 4
        parts.append(words(x, top_of_cells - 8, head, SIZE, turned=True))
    y = top_of_cells
    for name, states in rows:
        lines = wrapped(name, NAMES - 16, SIZE)
        height = max(CELL, SIZE * LINE * len(lines) + 8)
        for number, line in enumerate(lines):
            base = (
                y + height / 2 + SIZE * (0.35 + LINE * (number - (len(lines) - 1) / 2))
            )
            parts.append(words(MARGIN, base, line, SIZE))
        for column, state in enumerate(states):
            parts += cell(MARGIN + NAMES + CELL * column, y, height, state)
        y += height
    y += 44
    for state, (_, meaning) in STATES.items():
        parts += cell(MARGIN, y - 20, 28, state)
        parts.append(words(MARGIN + CELL + 10, y, meaning, SIZE))
        y += 34
    said = " ".join(filter(None, [notice, description(heads, rows)]))
    return picture(width, y, title, said, parts)


def matrix_of(coverage: Any) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """The names of the columns; and of each row its name and states."""
    if coverage.get("pathway"):
        steps = coverage["rows"][0]["steps"] if coverage["rows"] else []
        heads = [each["step"]["name"] for each in steps]
        part = "steps"
    else:
        heads = [need["name"] for need in coverage["needs"]]
        part = "cells"
    rows = [
        (row["commissioner"]["name"], [each["state"] for each in row[part]])
        for row in coverage["rows"]
    ]
    return heads, rows


def cell(x: float, y: float, height: float, state: str) -> list[str]:
    """A cell: its sign, and its pattern, so that neither colour nor sign alone tells it."""
    fill = {"GAP": "url(#gap)", "UNKNOWN": "url(#unknown)"}.get(state, PAPER)
    stroke = 2.4 if state == "GAP" else 0.8
    sign, _ = STATES[state]
    middle, centre = x + CELL / 2, y + height / 2
    parts = [
        (
            f'<rect x="{x:g}" y="{y:g}" width="{CELL}" height="{height:g}" fill="{fill}"'
            f' stroke="{INK}" stroke-width="{stroke:g}"/>'
        )
    ]
    if state in ("GAP", "UNKNOWN"):
        parts.append(f'<circle cx="{middle:g}" cy="{centre:g}" r="9" fill="{PAPER}"/>')
        parts.append(words(middle, centre + 5, sign, 14, bold=True, anchor="middle"))
    for number in range(len(sign) if state in ("COVERED", "OVERLAP") else 0):
        dot = middle + (number - (len(sign) - 1) / 2) * 13
        parts.append(f'<circle cx="{dot:g}" cy="{centre:g}" r="5"/>')
    return parts


def description(heads: list[str], rows: list[tuple[str, list[str]]]) -> str:
    """The matrix in words."""
    sentences: list[str] = []
    for name, states in rows:
        by_state = [
            f"{state.lower()}: "
            + ", ".join(h for h, s in zip(heads, states, strict=True) if s == state)
            for state in STATES
            if state in states
        ]
        sentences.append(f"{name}: {'; '.join(by_state) or 'nothing asked'}.")
    return " ".join(sentences)
