"""What stands at the top of a picture: its title, what a reader must know first, and what it is of."""

from typing import Any

from graph_model.directory import notice_of
from graph_model.pictures.svg import LINE, MARGIN, box, words
from graph_model.pictures.text import wrapped

HEAD = 22
NOTE = 12


def notice_on(row: Any) -> str:
    """The notice of the directory that a row is from; empty for a live one."""
    about = row.get("directory")
    return (notice_of(about) if about else None) or ""


def heading(
    title: str, notice: str, under: str, width: float
) -> tuple[list[str], float]:
    """The parts of a heading in a picture of that width, and where they end.

    The notice stands in a frame of its own: nobody may take a picture of the past for advice.
    """
    parts: list[str] = []
    top = MARGIN
    for line in wrapped(title, width - 2 * MARGIN, HEAD, bold=True):
        top += HEAD * LINE
        parts.append(words(MARGIN, top - 6, line, HEAD, bold=True))
    if notice:
        frame = box(MARGIN, top + 6, width - 2 * MARGIN, 26, stroke=2, radius=0)
        parts.append(frame)
        parts.append(words(MARGIN + 10, top + 23, notice, NOTE, bold=True))
        top += 38
    for line in wrapped(under, width - 2 * MARGIN, NOTE):
        top += NOTE * LINE
        parts.append(words(MARGIN, top, line, NOTE))
    return parts, top
