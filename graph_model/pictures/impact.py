"""What stops if contracts end, as a picture: contracts, services, needs and steps below each other."""

from dataclasses import dataclass
from typing import Any

from graph_model.matching.case import day_in_words
from graph_model.pictures.cards import Card, Line, card, drawn
from graph_model.pictures.heading import NOTE, heading, notice_on
from graph_model.pictures.layers import Arrow, Box, layered
from graph_model.pictures.svg import LINE, MARGIN, arrow, picture, words
from graph_model.pictures.text import wrapped

WIDTH = 200
SIDE = 130  # the room for the names of the rows
WIDEST_ROW = 6
ROWS = (
    "Contracts",
    "Services that stop",
    "No longer surely covered",
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
    title = f"What stops if {what}" if count else "No contract is known that ends"
    under = f"As of {day_in_words(impact['as_of'])}."
    if not count:
        under += " One whose end no source states is not counted."
    if impact["services_that_go_on"]:
        others = [each["name"] for each in impact["services_that_go_on"]]
        under += f" Under other contracts too, and so go on: {', '.join(others)}."
    if not impact["services"]:
        under += " No service stops."
    if impact["needs_left_uncovered"]:
        under += (
            " ✕ is a gap: a source says that nothing else is commissioned. ? is what nobody can "
            "tell: the directory holds nothing else that surely covers it."
        )
    width = max(drawing.width + MARGIN, 640)
    notice = notice_on(impact)
    parts, top = heading(title, notice, under, width)
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
    said = " ".join(filter(None, [notice, description(impact, title)]))
    return picture(width, height, title, said, parts)


@dataclass(frozen=True)
class Loss:
    """What the same services' end takes from the people of one or several commissioners."""

    services: tuple[str, ...]
    whats: tuple[str, ...]  # needs with their signs, or steps
    pathway: str
    people: list[str]


def losses_of(impact: Any) -> dict[tuple[str, ...], Loss]:
    """The needs and the steps that are lost, in as few boxes as say whose services and people they are."""
    whats: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for each in impact["needs_left_uncovered"]:
        sign = "✕" if each["state"] == "GAP" else "?"
        of_whom = ("", each["commissioner"]["name"], tuple(each["stopped"]))
        whats.setdefault(of_whom, []).append(f"{sign} {each['need']['name']}")
    for each in impact["broken_steps"]:
        pathway, who = each["pathway"]["name"], each["commissioner"]["name"]
        whats.setdefault((pathway, who, tuple(each["stopped"])), []).append(
            each["step"]["name"]
        )
    alike: dict[tuple[str, ...], Loss] = {}
    for (pathway, who, services), lost in whats.items():
        key = ("3" if pathway else "2", pathway, *services, *lost)
        new = Loss(services, tuple(lost), pathway, [])
        alike.setdefault(key, new).people.append(who)
    return alike


def cards_of(impact: Any) -> dict[tuple[str, ...], Card]:
    """A box for each contract, service, need left uncovered and broken step."""
    cards: dict[tuple[str, ...], Card] = {}
    for contract in impact["contracts"]:
        lines = [
            Line(contract["title"], 12.5, bold=True),
            Line("ends", 12, italic=True),
        ]
        cards["0", contract["slug"]] = card(WIDTH, lines, dash="7 4", stroke=2)
    for service in impact["services"]:
        provider = (service.get("provider") or {}).get("name")
        lines = [Line(service["name"], 12.5, bold=True)]
        lines += [Line(provider, 12, italic=True)] if provider else []
        cards["1", service["slug"]] = card(WIDTH, lines)
    for key, loss in losses_of(impact).items():
        lines = [Line(text, 12.5, bold=True) for text in loss.whats]
        lines += [Line(loss.pathway, 12, italic=True)] if loss.pathway else []
        lines.append(Line(", ".join(loss.people), 12))
        if loss.pathway:
            cards[key] = card(WIDTH, lines, dash="2 4", stroke=2)
        else:
            is_gap = all(text.startswith("✕") for text in loss.whats)
            cards[key] = card(WIDTH, lines, fill="gap" if is_gap else "unknown")
    return cards


def arrows_of(impact: Any, cards: dict[tuple[str, ...], Card]) -> list[Arrow]:
    """From contracts to their services, and from those to the needs and steps of the people who lose them."""
    found = [
        (("0", contract), ("1", service)) for contract, service in impact["procured"]
    ]
    for key, loss in losses_of(impact).items():
        found += [(("1", service), key) for service in loss.services]
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
