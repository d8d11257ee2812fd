"""The parts of an SVG picture that is read in black and white, and by those who hear it."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from graph_model.pictures.layers import Point

FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"
INK = "#1a1a1a"
PAPER = "#ffffff"
MARGIN = 24
LINE = 1.3  # lines of text, in sizes of the letters

# Patterns tell states apart where there is no colour.
DEFINITIONS = f"""<defs>
<pattern id="gap" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="8" height="8" fill="{PAPER}"/><rect width="2" height="8" fill="#9a9a9a"/></pattern>
<pattern id="unknown" width="7" height="7" patternUnits="userSpaceOnUse">
<rect width="7" height="7" fill="{PAPER}"/><circle cx="3" cy="3" r="1" fill="#8a8a8a"/></pattern>
<marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="10" markerHeight="10"
 markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0 L10 5 L0 10 z" fill="{INK}"/></marker>
</defs>"""


def picture(
    width: float, height: float, title: str, description: str, parts: Iterable[str]
) -> str:
    """A whole SVG document. Its title and description are what a screen reader says."""
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"'
                f' aria-labelledby="title description" font-family={quoteattr(FONT)}'
                f' fill="{INK}">'
            ),
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="description">{escape(description)}</desc>',
            DEFINITIONS,
            f'<rect width="{width:g}" height="{height:g}" fill="{PAPER}"/>',
            *parts,
            "</svg>",
            "",
        ]
    )


def words(
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    anchor: str = "start",
    turned: bool = False,
) -> str:
    """A line of text on its base line."""
    style = ' font-weight="bold"' if bold else ""
    style += ' font-style="italic"' if italic else ""
    style += f' text-anchor="{anchor}"' if anchor != "start" else ""
    style += f' transform="rotate(-55 {x:g} {y:g})"' if turned else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}"{style}>{escape(text)}</text>'
    )


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str = PAPER,
    stroke: float = 1.4,
    dash: str = "",
    radius: float = 6,
) -> str:
    """A rectangle; `fill` is a colour or the name of a pattern."""
    paint = f"url(#{fill})" if fill in ("gap", "unknown") else fill
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}"'
        f' fill="{paint}" stroke="{INK}" stroke-width="{stroke:g}"{dashes}/>'
    )


def arrow(points: list[Point], stroke: float = 1.4, dash: str = "") -> str:
    """A line with corners and a tip at its end."""
    path = " L".join(f"{x:g} {y:g}" for x, y in points)
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="M{path}" fill="none" stroke="{INK}" stroke-width="{stroke:g}"'
        f'{dashes} stroke-linejoin="round" marker-end="url(#tip)"/>'
    )


def badge(x: float, y: float, text: str, width: float) -> str:
    """A number on an arrow, on paper of its own."""
    return (
        f'<rect x="{x - width / 2:g}" y="{y - 9:g}" width="{width:g}" height="18" rx="9"'
        f' fill="{PAPER}" stroke="{INK}" stroke-width="1"/>'
        + words(x, y + 4, text, 11, bold=True, anchor="middle")
    )
