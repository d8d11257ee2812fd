"""A pathway as a picture: its stages below each other, its steps, and what follows when."""

from collections import defaultdict
from itertools import groupby
from typing import Any

from graph_model.matching.case import day_in_words
from graph_model.matching.opening_words import moment_in_words
from graph_model.pictures.cards import Card, Line, card, drawn
from graph_model.pictures.heading import NOTE, heading, notice_on
from graph_model.pictures.layers import Arrow, Box, Drawing, layered
from graph_model.pictures.svg import INK, LINE, MARGIN, arrow, badge, picture, words
from graph_model.pictures.text import width_of, wrapped

WIDTH = 210  # of a step
STAGE = 118  # the room for the names of stages
STROKES = {"EMERGENCY": 3.4, "URGENT": 2.4, "ROUTINE": 1.3, None: 1.3}
URGENCY = {"EMERGENCY": "emergency", "URGENT": "urgent", "ROUTINE": "routine"}
LEGEND = (
    "A double outline: the pathway may end there. The thicker an arrow, the more urgent: emergency, urgent, "
    "routine or not stated. Broken arrows lead back."
)
PLAN_LEGEND = (
    " ▶: who takes the step. ?: who may take it, and what is not known. Stripes: nobody takes it (a gap). "
    "Dots: the directory does not know."
)


def svg_of_pathway(pathway: Any, plan: Any = None) -> str:
    """The picture of a pathway (a PathwayRow with its steps).

    `plan` puts services and gaps into it: `steps` with for each its `step`, the `option` that takes it (an
    OptionRow) or None, the `alternatives`, and the `gap`: why there is none, or None where that is not known.
    """
    steps = pathway["steps"]
    planned = {each["step"]["slug"]: each for each in (plan or {}).get("steps", [])}
    cards = {step["slug"]: card_of(step, planned.get(step["slug"])) for step in steps}
    rows = rows_of(steps)
    ways = ways_of(steps)
    drawing = layered(
        [
            Box(slug, each.width, each.height, rows[slug])
            for slug, each in cards.items()
        ],
        [Arrow(start, end) for start, end in ways],
        left=MARGIN + STAGE,
    )
    width = max(drawing.width + MARGIN, 640)
    title = pathway["name"]
    notice, under = notice_on(pathway), subtitle(pathway, plan)
    parts, top = heading(title, notice, under, width)
    top += 46
    parts.append(
        f'<circle cx="{drawing.boxes[steps[0]["slug"]].middle:g}" cy="{top - 24:g}" r="6"/>'
    )
    first = drawing.boxes[steps[0]["slug"]]
    parts.append(arrow([(first.middle, top - 24), (first.middle, top)]))
    parts.append(f'<g transform="translate(0 {top:g})">')
    parts += stages_drawn(steps, rows, drawing, width)
    parts += ways_drawn(ways, steps, drawing)
    for slug, each in cards.items():
        place = drawing.boxes[slug]
        parts += drawn(each, place.x, place.y)
    parts.append("</g>")
    notes, bottom = notes_drawn(ways, steps, width, top + drawing.height + 34, plan)
    told = [under, notice, description(pathway, planned)]
    said = " ".join(filter(None, told))
    return picture(width, bottom + MARGIN, title, said, [*parts, *notes])


def subtitle(pathway: Any, plan: Any) -> str:
    """What stands under the name."""
    parts = [f"Version {pathway['version']}, {pathway['status'].lower()}"]
    if adopter := pathway.get("localised_for"):
        parts.append(f"as {adopter['name']} runs it")
    if plan:
        is_timed = plan.get("time_asked", False)
        day = f"on {day_in_words(plan['as_of'])}"
        when = f"at {moment_in_words(plan['at'])}" if is_timed else day
        parts.append(f"planned for {plan['place']['name']} {when}")
    return "; ".join(parts) + "."


def card_of(step: Any, planned: Any) -> Card:
    """The box of a step, with who takes it where that was planned."""
    lines = [
        Line(step["name"], 13, bold=True),
        Line(step["service_type"]["name"], 12, italic=True),
        *(Line(f"Who: {each['text']}", 12) for each in step["entry_criteria"]),
    ]
    style: dict[str, Any] = {"double": step["exit"]}
    if planned is not None:
        words, fill, dash = taken_by(planned)
        lines += words
        if fill:
            style = {"fill": fill, "dash": dash}
    if step["exit"]:
        lines.append(Line("The pathway may end here.", 12))
    return card(WIDTH, lines, **style)


def taken_by(planned: Any) -> tuple[list[Line], str, str]:
    """Who takes a step, in lines; and the pattern and dashes of a box that nobody takes."""
    option = planned["option"]
    if option:
        service = option["service"]
        provider = service.get("provider") or {}
        name = service["name"]
        by = f" ({provider['name']})" if provider.get("name") else ""
        lines = [Line(f"▶ {name}{by}", 12, bold=True)]
        if planned.get("state") == "IN_DOUBT":
            lines = [Line(f"? {planned['explanation']}", 12, bold=True)]
        if others := len(planned["alternatives"]):
            lines.append(Line(f"and {others} more", 12))
        return lines, "", ""
    if planned["gap"]:
        return [Line(f"✕ Gap: {planned['gap']}", 12, bold=True)], "gap", "7 4"
    return [Line("? Not known who takes it", 12, bold=True)], "unknown", "2 4"


def rows_of(steps: Any) -> dict[str, int]:
    """The row of each step: stages below each other, and within one the longest way to it."""
    position = {step["slug"]: number for number, step in enumerate(steps)}
    rows: dict[str, int] = {}
    base = 0
    for _, members in groupby(steps, key=lambda step: step["stage"]):
        stage = list(members)
        within = {step["slug"]: base for step in stage}
        for step in stage:
            for way in step["next"]:
                if way["to"] in within and position[way["to"]] > position[step["slug"]]:
                    within[way["to"]] = max(within[way["to"]], within[step["slug"]] + 1)
        rows |= within
        base = max(within.values()) + 1
    return rows


def ways_of(steps: Any) -> dict[tuple[str, str], list[int]]:
    """The numbers of the transitions between each two steps, which share an arrow."""
    ways: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, (step, way) in enumerate(transitions(steps), start=1):
        ways[step["slug"], way["to"]].append(number)
    return dict(ways)


def transitions(steps: Any) -> list[tuple[Any, Any]]:
    """Every step with each of its transitions, in order."""
    return [(step, way) for step in steps for way in step["next"]]


def stages_drawn(
    steps: Any, rows: dict[str, int], drawing: Drawing, width: float
) -> list[str]:
    """The names of the stages, and lines between them."""
    parts: list[str] = []
    for stage, members in groupby(steps, key=lambda step: step["stage"]):
        first = min(rows[step["slug"]] for step in members)
        top = drawing.rows[first][0]
        if first:
            above = drawing.rows[first - 1][1]
            y = above + 12
            parts.append(
                f'<path d="M{MARGIN} {y:g} H{width - MARGIN:g}" stroke="#8a8a8a"'
                ' stroke-width="1" stroke-dasharray="1 4"/>'
            )
        for number, line in enumerate(wrapped(stage, STAGE - 16, NOTE, bold=True)):
            parts.append(
                words(MARGIN, top + 16 + number * NOTE * LINE, line, NOTE, bold=True)
            )
    return parts


def ways_drawn(
    ways: dict[tuple[str, str], list[int]], steps: Any, drawing: Drawing
) -> list[str]:
    """The arrows, as thick as they are urgent, with the numbers of their conditions."""
    every = transitions(steps)
    parts: list[str] = []
    badges: list[str] = []
    for (start, end), numbers in ways.items():
        points = drawing.lines[Arrow(start, end)]
        stroke = max(STROKES[every[number - 1][1].get("urgency")] for number in numbers)
        back = drawing.boxes[end].y < drawing.boxes[start].y
        parts.append(arrow(points, stroke, "6 4" if back else ""))
        text = ", ".join(map(str, numbers))
        # Beside its start: there each arrow is alone.
        x, y = points[0]
        down = 1 if points[1][1] > y else -1
        badges.append(badge(x, y + down * 13, text, width_of(text, 11, True) + 12))
    return [*parts, *badges]


def notes_drawn(
    ways: dict[tuple[str, str], list[int]],
    steps: Any,
    width: float,
    top: float,
    plan: Any,
) -> tuple[list[str], float]:
    """The conditions by their numbers, and what the signs mean; returns where they end."""
    names = {step["slug"]: step["name"] for step in steps}
    parts = [f'<path d="M{MARGIN} {top - 20:g} H{width - MARGIN:g}" stroke="{INK}"/>']
    legend = LEGEND + (PLAN_LEGEND if plan else "")
    notes = [
        (f"{number}.", f"{names[step['slug']]} → {names[way['to']]}: {told(way)}")
        for number, (step, way) in enumerate(transitions(steps), start=1)
    ]
    for mark, text in [*notes, ("", legend)]:
        if mark:
            parts.append(words(MARGIN, top, mark, NOTE, bold=True))
        for line in wrapped(text, width - 2 * MARGIN - 30, NOTE):
            parts.append(words(MARGIN + 30, top, line, NOTE))
            top += NOTE * LINE
        top += 4
    return parts, top


def told(way: Any) -> str:
    """A transition in words: when, how urgent, within what time."""
    parts = [way.get("condition") or "always"]
    if way.get("urgency"):
        parts.append(URGENCY[way["urgency"]])
    if way.get("within_minutes"):
        parts.append(f"within {time_in_words(way['within_minutes'])}")
    return ", ".join(parts)


def time_in_words(minutes: int) -> str:
    """An interval as people say it: 20 minutes, 2 hours, 3 days, 6 weeks."""
    for size, noun in ((10080, "week"), (1440, "day"), (60, "hour")):
        if minutes % size == 0 and (minutes > size or noun == "hour"):
            number = minutes // size
            return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
    return f"{minutes} minute" if minutes == 1 else f"{minutes} minutes"


def description(pathway: Any, planned: dict[str, Any]) -> str:
    """The whole picture in words, for those who do not see it."""
    names = {step["slug"]: step["name"] for step in pathway["steps"]}
    sentences: list[str] = []
    for number, step in enumerate(pathway["steps"], start=1):
        parts = [f"Step {number}, {step['stage']}: {step['name']}"]
        parts.append(f"by {step['service_type']['name']}")
        if step["slug"] in planned:
            lines, _, _ = taken_by(planned[step["slug"]])
            parts.append(" ".join(line.text.lstrip("▶✕? ") for line in lines))
        parts += [f"then {names[way['to']]} ({told(way)})" for way in step["next"]]
        if step["exit"]:
            parts.append("the pathway may end here")
        sentences.append("; ".join(parts) + ".")
    return " ".join(sentences)
