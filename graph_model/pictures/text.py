"""How wide words are, and where their lines break."""

from collections.abc import Iterable

# Widths of letters in Arial, Helvetica and Liberation Sans, in thousandths of the size; others are as
# wide as the widest of these, so that no text is longer than it was taken for.
WIDTHS = {
    222: "ijl'",
    278: " ft.,:;/!I[]\\|",
    333: "r-()`",
    355: '"',
    389: "*",
    500: "ckszxvyJ",
    556: "abdeghnopqu0123456789L?$_",
    584: "+<>=~",
    611: "FTZ",
    667: "ABEKPSVXY&",
    722: "CDHNRUw",
    778: "GOQ",
    833: "mM",
    944: "W",
    1000: "%—…→",
}
WIDTH_OF = {letter: width for width, letters in WIDTHS.items() for letter in letters}
WIDEST = 944
BOLD = 1.08  # how much wider bold letters are
# Where none of these is installed the viewer takes another, such as DejaVu Sans, which is wider.
ROOM = 1.16


def width_of(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is, in pixels."""
    width = sum(WIDTH_OF.get(letter, WIDEST) for letter in text) * size / 1000 * ROOM
    return width * BOLD if bold else width


def wrapped(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """The lines of a text that fit into a width; a word that is longer is broken."""
    lines: list[str] = []
    line = ""
    for word in pieces(text.split(), width, size, bold):
        longer = f"{line} {word}" if line else word
        if width_of(longer, size, bold) <= width or not line:
            line = longer
        else:
            lines.append(line)
            line = word
    return [*lines, line] if line else lines


def pieces(
    words: Iterable[str], width: float, size: float, bold: bool
) -> Iterable[str]:
    """The words, those that are too long for a line in parts."""
    for word in words:
        piece = ""
        for letter in word:
            if width_of(piece + letter, size, bold) > width and piece:
                yield piece
                piece = ""
            piece += letter
        yield piece
