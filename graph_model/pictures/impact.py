"""What stops if contracts end, as a picture: contracts, services, needs and steps below each other."""

from typing import Any

from graph_model.matching.case import day_in_words
from graph_model.pictures.cards import Card, Line, card, drawn
from graph_model.pictures.layers import Arrow, Box, layered
from graph_model.pictures.svg import LINE, MARGIN, arrow, picture, words
from graph_model.pictures.text import wrapped

WIDTH = 200
SIDE = 130  # the room for the names of the rows
HEAD = 22
NOTE = 12
WIDEST_ROW = 6
ROWS = (
    "Contracts",
    "Services that stop",
    "What nobody covers then",
    "Steps that break",
)


def svg_of_impact(impact: Any) -> str:
    """The graph of a ContractImpactRow."""
    cards = cards_of(impact)
    arrows = arrows_of(impact, cards)
    rows, names = spread(cards)
    drawing = layered(
        [Box(key, each.width, each.height, rows[key]) for key, each in cards.items()],
        arrows,
        left=MARGIN + SIDE,
    )
    count = len(impact["contracts"])
    what = "this contract ends" if count == 1 else f"these {count} contracts end"
    title = f"What stops if {what}"
    under = f"As of {day_in_words(impact['as_of'])}."
    if impact["services_that_go_on"]:
        others = [each["name"] for each in impact["services_that_go_on"]]
        under += f" Under other contracts too, and so go on: {', '.join(others)}."
    if not impact["services"]:
        under += " No service stops."
    width = max(drawing.width + MARGIN, 640)
    parts = [words(MARGIN, MARGIN + HEAD, title, HEAD, bold=True)]
    top = MARGIN + HEAD * LINE
    for line in wrapped(under, width - 2 * MARGIN, NOTE):
        top += NOTE * LINE
        parts.append(words(MARGIN, top, line, NOTE))
    top += 24
    parts.append(f'<g transform="translate(0 {top:g})">')
    for row, name in names.items():
        for number, line in enumerate(wrapped(name, SIDE - 14, NOTE, bold=True)):
            y = drawing.rows[row][0] + 16 + number * NOTE * LINE
            parts.append(words(MARGIN, y, line, NOTE, bold=True))
    parts += [arrow(points) for points in drawing.lines.values()]
    for key, each in cards.items():
        place = drawing.boxes[key]
        parts += drawn(each, place.x, place.y)
    parts.append("</g>")
    height = top + drawing.height + MARGIN
    return picture(width, height, title, description(impact, title), parts)


def cards_of(impact: Any) -> dict[tuple[str, ...], Card]:
    """A box for each contract, service, need left uncovered and broken step."""
    cards: dict[tuple[str, ...], Card] = {}
    for contract in impact["contracts"]:
        lines = [
            Line(contract["title"], 12.5, bold=True),
            Line("ends", 11, italic=True),
        ]
        cards["0", contract["slug"]] = card(WIDTH, lines, dash="7 4", stroke=2)
    for service in impact["services"]:
        provider = (service.get("provider") or {}).get("name")
        lines = [Line(service["name"], 12.5, bold=True)]
        lines += [Line(provider, 11, italic=True)] if provider else []
        cards["1", service["slug"]] = card(WIDTH, lines)
    for each in impact["needs_left_uncovered"]:
        who, need = each["commissioner"], each["need"]
        sign = "✕" if each["state"] == "GAP" else "?"
        pattern = "gap" if each["state"] == "GAP" else "unknown"
        lines = [Line(f"{sign} {need['name']}", 12.5, bold=True), Line(who["name"], 11)]
        key = ("2", who["slug"], need["code"])
        cards[key] = card(WIDTH, lines, fill=pattern)
    for each in impact["broken_steps"]:
        step, who = each["step"], each["commissioner"]
        lines = [
            Line(step["name"], 12.5, bold=True),
            Line(each["pathway"]["name"], 11, italic=True),
            Line(who["name"], 11),
        ]
        key = ("3", each["pathway"]["slug"], step["slug"], who["slug"])
        cards[key] = card(WIDTH, lines, dash="2 4", stroke=2)
    return cards


def arrows_of(impact: Any, cards: dict[tuple[str, ...], Card]) -> list[Arrow]:
    """From contracts to their services, and from those to the needs and steps that lose them."""
    found: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for contract in impact["contracts"]:
        for service in contract.get("services") or []:
            found.append((("0", contract["slug"]), ("1", service["slug"])))
    for service in impact["services"]:
        start = ("1", service["slug"])
        met = {need["code"] for need in service.get("needs") or []}
        kind = (service.get("service_type") or service.get("type") or {}).get("code")
        for each in impact["needs_left_uncovered"]:
            if each["need"]["code"] in met:
                end = ("2", each["commissioner"]["slug"], each["need"]["code"])
                found.append((start, end))
        for each in impact["broken_steps"]:
            if each["step"].get("service_type", {}).get("code") == kind:
                key = each["pathway"]["slug"], each["step"]["slug"]
                found.append((start, ("3", *key, each["commissioner"]["slug"])))
    return [
        Arrow(start, end)
        for start, end in dict.fromkeys(found)
        if start in cards and end in cards
    ]


def spread(
    cards: dict[tuple[str, ...], Card],
) -> tuple[dict[tuple[str, ...], int], dict[int, str]]:
    """The row of each box, long rows in several; and the name of each row that begins a kind."""
    rows: dict[tuple[str, ...], int] = {}
    names: dict[int, str] = {}
    row = 0
    for kind, name in enumerate(ROWS):
        keys = [key for key in cards if key[0] == str(kind)]
        if keys:
            names[row] = name
        for number, key in enumerate(keys):
            rows[key] = row + number // WIDEST_ROW
        row += -(-len(keys) // WIDEST_ROW)
    return rows, names


def description(impact: Any, title: str) -> str:
    """The graph in words."""
    contracts = ", ".join(each["title"] for each in impact["contracts"]) or "none"
    services = ", ".join(each["name"] for each in impact["services"]) or "none"
    needs = [
        f"{each['need']['name']} for {each['commissioner']['name']} ({each['state'].lower()})"
        for each in impact["needs_left_uncovered"]
    ]
    steps = [
        f"{each['step']['name']} in {each['pathway']['name']} for {each['commissioner']['name']}"
        for each in impact["broken_steps"]
    ]
    return (
        f"{title}. Contracts: {contracts}. Services that stop: {services}. Left uncovered: "
        f"{', '.join(needs) or 'nothing'}. Steps that break: {', '.join(steps) or 'none'}."
    )
