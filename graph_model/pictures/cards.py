"""Boxes with lines of text in them."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph_model.pictures.svg import LINE, box, words
from graph_model.pictures.text import wrapped

PADDING = 10


@dataclass(frozen=True)
class Line:
    """A line of a card, wrapped to its width."""

    text: str
    size: float
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Card:
    """A box with text, all of which has room."""

    width: float
    lines: tuple[Line, ...]
    fill: str = "#ffffff"
    stroke: float = 1.4
    dash: str = ""
    double: bool = False

    @property
    def height(self) -> float:
        return 2 * PADDING + sum(line.size * LINE for line in self.lines)


def card(width: float, lines: Iterable[Line], **style) -> Card:
    """A card whose lines are wrapped to its width."""
    inner = width - 2 * PADDING
    return Card(
        width,
        tuple(
            Line(part, line.size, line.bold, line.italic)
            for line in lines
            for part in wrapped(line.text, inner, line.size, line.bold)
        ),
        **style,
    )


def drawn(card: Card, x: float, y: float, height: float | None = None) -> list[str]:
    """A card at a place; a double outline marks an end."""
    tall = height or card.height
    parts = [
        box(x, y, card.width, tall, stroke=card.stroke, dash=card.dash, fill=card.fill)
    ]
    if card.double:
        parts.append(box(x + 3, y + 3, card.width - 6, tall - 6, stroke=1, radius=4))
    elif card.fill in ("gap", "unknown"):  # the words stand on paper
        parts.append(
            f'<rect x="{x + 6:g}" y="{y + 6:g}" width="{card.width - 12:g}" height="{tall - 12:g}"'
            ' fill="#ffffff"/>'
        )
    base = y + PADDING
    for line in card.lines:
        base += line.size * LINE
        parts.append(
            words(
                x + PADDING,
                base - line.size * (LINE - 1),
                line.text,
                line.size,
                bold=line.bold,
                italic=line.italic,
            )
        )
    return parts
