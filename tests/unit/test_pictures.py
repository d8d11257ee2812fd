"""Pictures: nothing lies on anything else, no word leaves its box, and all of it is said in words."""

import re
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_model.pictures.cards import PADDING, Line, card
from graph_model.pictures.coverage import svg_of_coverage
from graph_model.pictures.impact import svg_of_impact
from graph_model.pictures.layers import Arrow, Box, layered
from graph_model.pictures.mermaid import mermaid_of_pathway
from graph_model.pictures.pathway import svg_of_pathway, time_in_words
from graph_model.pictures.text import width_of, wrapped

SVG = "{http://www.w3.org/2000/svg}"


def step(slug: str, *next: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "name": f"The step {slug}",
        "stage": "One",
        "service_type": {"code": "25", "name": "Urgent care"},
        "entry_criteria": [],
        "next": list(next),
        "exit": False,
        **more,
    }


ABOUT = {"as_of": date(2016, 11, 30), "historical": True}
EMPTY_IMPACT: Any = {
    "as_of": date(2016, 11, 30),
    "directory": ABOUT,
    "contracts": [],
    "procured": [],
    "services": [],
    "services_that_go_on": [],
    "needs_left_uncovered": [],
    "broken_steps": [],
}
PATHWAY: Any = {
    "slug": "after-a-fall",
    "name": 'After a fall: "R&D" <draft>',
    "version": 2,
    "status": "PUBLISHED",
    "directory": ABOUT,
    "steps": [
        step(
            "call",
            {
                "to": "visit",
                "condition": "not hurt",
                "urgency": "URGENT",
                "within_minutes": 120,
            },
            {"to": "ambulance", "condition": "hurt", "urgency": "EMERGENCY"},
        ),
        step("visit", {"to": "call"}, stage="Two", exit=True),
        step("ambulance", stage="Two", exit=True),
    ],
}
PLAN: Any = {
    "as_of": date(2016, 11, 30),
    "place": {"name": "Rugby"},
    "steps": [
        {
            "step": {"slug": "call"},
            "option": {"service": {"name": "NHS 111", "provider": {"name": "Care UK"}}},
            "alternatives": [{}],
            "gap": None,
        },
        {
            "step": {"slug": "visit"},
            "option": None,
            "alternatives": [],
            "gap": "Nobody is commissioned.",
        },
        {
            "step": {"slug": "ambulance"},
            "option": None,
            "alternatives": [],
            "gap": None,
        },
    ],
}


def parsed(svg: str) -> ElementTree.Element:
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title")
    return root


def said(svg: str) -> str:
    return parsed(svg).findtext(f"{SVG}desc") or ""


def test_a_picture_of_a_pathway_says_all_of_it_in_words():
    assert said(svg_of_pathway(PATHWAY)) == (
        "Version 2, published. Historical directory, 30 November 2016. Do not refer anyone from "
        "it. Step 1, One: The step call; by Urgent care; then The step visit (not hurt, urgent, "
        "within 2 hours); then The step ambulance (hurt, emergency). "
        "Step 2, Two: The step visit; by Urgent care; then The step call (always); the pathway "
        "may end here. "
        "Step 3, Two: The step ambulance; by Urgent care; the pathway may end here."
    )


def test_a_picture_of_a_plan_says_who_takes_each_step_or_why_nobody_does():
    svg = svg_of_pathway(PATHWAY, PLAN)

    words = said(svg)
    assert "NHS 111 (Care UK) and 1 more" in words
    assert "Gap: Nobody is commissioned." in words
    assert "Not known who takes it" in words
    assert 'fill="url(#gap)"' in svg
    assert 'fill="url(#unknown)"' in svg
    assert "planned for Rugby on 30 November 2016" in svg


def test_who_may_take_a_step_is_not_shown_as_who_takes_it():
    doubt = "NHS 111 may take it. Not known: contract."
    first = {**PLAN["steps"][0], "state": "IN_DOUBT", "explanation": doubt}
    plan = {**PLAN, "steps": [first, *PLAN["steps"][1:]]}

    svg = svg_of_pathway(PATHWAY, plan)

    assert "NHS 111 may take it. Not known: contract. and 1 more" in said(svg)
    assert ">▶ NHS 111" not in svg


def test_a_plan_for_a_moment_says_at_what_time():
    at = datetime(2016, 12, 5, 12, tzinfo=UTC)

    svg = svg_of_pathway(PATHWAY, {**PLAN, "at": at, "time_asked": True})

    assert "planned for Rugby at 12:00 on Monday 5 December 2016" in said(svg)


def test_every_picture_of_a_historical_directory_shows_its_notice():
    coverage = {"as_of": date(2016, 11, 30), "pathway": None, "needs": [], "rows": []}
    told = "Historical directory, 30 November 2016. Do not refer anyone from it."

    for svg in (
        svg_of_pathway(PATHWAY),
        svg_of_pathway(PATHWAY, PLAN),
        svg_of_coverage({**coverage, "directory": ABOUT}),
        svg_of_impact(EMPTY_IMPACT),
    ):
        shown = [text.text for text in parsed(svg).iter(f"{SVG}text")]
        assert told in shown
        assert told in said(svg)
    assert f'notice["{told}"]' in mermaid_of_pathway(PATHWAY)
    live = svg_of_coverage({**coverage, "directory": {**ABOUT, "historical": False}})
    assert "Historical" not in live


def test_a_picture_of_no_contract_says_so():
    svg = svg_of_impact(EMPTY_IMPACT)

    assert "No contract is known that ends" in svg
    assert "One whose end no source states is not counted." in svg


def test_no_letter_is_smaller_than_eleven():
    for svg in (svg_of_pathway(PATHWAY, PLAN), svg_of_impact(EMPTY_IMPACT)):
        sizes = [
            float(each.get("font-size", 0)) for each in parsed(svg).iter(f"{SVG}text")
        ]
        assert min(sizes) >= 11


@pytest.mark.parametrize("plan", [None, PLAN])
def test_no_word_leaves_the_picture(plan: Any):
    root = parsed(svg_of_pathway(PATHWAY, plan))
    width = float(root.get("width", 0))

    for text in root.iter(f"{SVG}text"):
        size = float(text.get("font-size", 0))
        bold = text.get("font-weight") == "bold"
        wide = width_of(text.text or "", size, bold)
        start = float(text.get("x", 0))
        if text.get("text-anchor") == "middle":
            start -= wide / 2
        assert start >= 0
        assert start + wide <= width


def test_the_urgent_arrow_is_thicker_and_the_way_back_is_broken():
    paths = re.findall(
        r'stroke-width="([\d.]+)"( stroke-dasharray="6 4")?[^>]*marker-end',
        svg_of_pathway(PATHWAY),
    )

    assert paths == [
        ("1.4", ""),
        ("2.4", ""),
        ("3.4", ""),
        ("1.3", ' stroke-dasharray="6 4"'),
    ]


def test_mermaid_text_has_stages_steps_and_conditions_and_no_stray_signs():
    text = mermaid_of_pathway(PATHWAY, PLAN)

    assert text.splitlines()[0] == "flowchart TD"
    assert '  subgraph g2["Two"]' in text
    assert '    s2[["The step visit<br/>Urgent care<br/>' in text
    assert '  s1 ==>|"not hurt, urgent, within 2 hours"| s2' in text
    assert '  s2 -->|"always"| s1' in text
    assert "  class s2 gap" in text
    assert "  class s3 unknown" in text
    assert text.count('"') % 2 == 0


def test_mermaid_takes_no_text_for_its_own_language():
    pathway = {**PATHWAY, "steps": [step("a", exit=True, name='end"] --> b[x|y]')]}

    text = mermaid_of_pathway(pathway)

    assert '[["end#quot;#93; --#gt; b#91;x#124;y#93;<br/>Urgent care"]]' in text


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1 minute"),
        (20, "20 minutes"),
        (60, "1 hour"),
        (90, "90 minutes"),
        (360, "6 hours"),
        (1440, "24 hours"),
        (4320, "3 days"),
        (20160, "2 weeks"),
    ],
)
def test_an_interval_is_told_as_people_say_it(minutes: int, words: str):
    assert time_in_words(minutes) == words


def test_a_matrix_shows_each_state_by_sign_and_pattern_and_says_it():
    rows = [
        {
            "commissioner": {"name": "NHS North CCG"},
            "cells": [
                {"state": state} for state in ("COVERED", "OVERLAP", "GAP", "UNKNOWN")
            ],
        }
    ]
    needs = [{"name": name} for name in ("Falls", "Fever", "Teeth", "Eyes")]

    svg = svg_of_coverage(
        {
            "as_of": date(2016, 11, 30),
            "directory": ABOUT,
            "pathway": None,
            "needs": needs,
            "rows": rows,
        }
    )

    assert said(svg) == (
        "Historical directory, 30 November 2016. Do not refer anyone from it. NHS North CCG: covered: Falls; overlap: Fever; gap: Teeth; unknown: Eyes."
    )
    assert svg.count('fill="url(#gap)"') == 2  # a cell, and the legend
    assert "Coverage on 30 November 2016" in svg


def test_an_impact_shows_what_stops_and_for_whom():
    svg = svg_of_impact(
        {
            "as_of": date(2016, 11, 30),
            "directory": ABOUT,
            "contracts": [{"slug": "c", "title": "A contract"}],
            "procured": [("c", "s")],
            "services": [
                {
                    "slug": "s",
                    "name": "A service",
                    "provider": {"name": "A trust"},
                }
            ],
            "services_that_go_on": [{"name": "Another service"}],
            "needs_left_uncovered": [
                {
                    "commissioner": {"slug": "north", "name": "NHS North CCG"},
                    "need": {"code": "falls", "name": "Falls"},
                    "state": "GAP",
                    "stopped": ["s"],
                }
            ],
            "broken_steps": [
                {
                    "pathway": {"slug": "p", "name": "A pathway"},
                    "step": {"slug": "visit", "name": "A visit"},
                    "commissioner": {"slug": "north", "name": "NHS North CCG"},
                    "stopped": ["s"],
                }
            ],
        }
    )

    assert said(svg) == (
        "Historical directory, 30 November 2016. Do not refer anyone from it. "
        "What stops if this contract ends. Contracts: A contract. Services that stop: A service. "
        "Left uncovered: Falls for NHS North CCG (gap). Steps that break: A visit in A pathway "
        "for NHS North CCG."
    )
    assert svg.count("marker-end") == 3
    assert "go on: Another service." in svg


@given(st.text(max_size=200), st.floats(40, 400))
def test_no_line_is_wider_than_its_room_but_for_a_single_letter(
    text: str, width: float
):
    lines = wrapped(text, width, 12)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line, 12) <= width or len(line) == 1 for line in lines)


def test_a_card_is_as_high_as_its_lines_need():
    short = card(200, [Line("A word", 12)])
    long = card(200, [Line("A word " * 40, 12)])

    assert len(short.lines) == 1
    assert long.height - 2 * PADDING == pytest.approx(len(long.lines) * 12 * 1.3)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Box], list[Arrow]]:
    """Boxes in up to five rows, and arrows between different ones."""
    rows = draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    boxes = [
        Box(f"{row}.{number}", 200, draw(st.integers(40, 120)), row)
        for row, count in enumerate(rows)
        for number in range(count)
    ]
    pairs = [(a.key, b.key) for a in boxes for b in boxes if a.row != b.row]
    chosen = (
        draw(st.lists(st.sampled_from(pairs), unique=True, max_size=14))
        if pairs
        else []
    )
    return boxes, [Arrow(start, end) for start, end in chosen]


@given(graphs())
@settings(max_examples=150, deadline=None)
def test_no_box_lies_on_another_and_no_arrow_crosses_one(graph):
    boxes, arrows = graph

    drawing = layered(boxes, arrows, left=50)

    placed = list(drawing.boxes.values())
    assert len(placed) == len(boxes)
    for number, a in enumerate(placed):
        assert a.x >= 50
        assert a.x + a.width <= drawing.width + 1
        for b in placed[:number]:
            assert (
                a.x + a.width <= b.x
                or b.x + b.width <= a.x
                or a.y + a.height <= b.y
                or b.y + b.height <= a.y
            )
    for arrow in arrows:
        points = drawing.lines[arrow]
        start, end = drawing.boxes[arrow.start], drawing.boxes[arrow.end]
        assert start.x <= points[0][0] <= start.x + start.width
        assert end.x <= points[-1][0] <= end.x + end.width
        for (x1, y1), (x2, y2) in pairwise(points):
            assert x1 == x2 or y1 == y2
            for box in placed:
                inside_x = max(x1, x2) > box.x and min(x1, x2) < box.x + box.width
                inside_y = max(y1, y2) > box.y and min(y1, y2) < box.y + box.height
                assert not (inside_x and inside_y)
