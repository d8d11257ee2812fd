"""Where boxes stand and how arrows run: rows from top to bottom, boxes of a row side by side.

Arrows go from row to row. One that skips rows passes each of them through a place of its own, between the boxes;
one that goes back up is laid out as if it went down. So no arrow crosses a box.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

GAP = 28  # between the boxes of a row
PASSAGE = 12  # the width of the place where an arrow passes a row
LANE = 13  # between arrows that run side by side in the space between rows
PORT = 14  # the least distance of two arrows at a box
ROOM = 26  # above and below the lanes of a space
SWEEPS = 12

Point = tuple[float, float]
Key = Hashable


@dataclass
class Box:
    """Something with a size, in a row."""

    key: Key
    width: float
    height: float
    row: int
    x: float = 0  # its left side
    y: float = 0  # its upper side

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True)
class Arrow:
    """A way from a box to a box of another row."""

    start: Key
    end: Key


@dataclass
class Drawing:
    """Where everything is, and how large the whole is."""

    boxes: dict[Key, Box]
    lines: dict[Arrow, list[Point]]  # from start to end
    width: float
    height: float
    rows: list[tuple[float, float]] = field(default_factory=list)  # top and bottom


def layered(boxes: Sequence[Box], arrows: Sequence[Arrow], left: float = 0) -> Drawing:
    """Lay out boxes, whose rows are given, and arrows between different rows."""
    placed = {box.key: box for box in boxes}
    chains = {arrow: chain_of(arrow, placed) for arrow in arrows}
    rows = ordered_rows(list(placed.values()), chains)
    width = set_x(rows, left)
    bundles = ports_of(rows, chains)
    lanes, tops = set_y(rows, bundles)
    lines = {
        arrow: line_of(arrow, chain, placed, bundles, lanes, tops)
        for arrow, chain in chains.items()
    }
    drawn = {key: box for key, box in placed.items() if not is_passage(key)}
    spans = [(tops[row], tops[row] + height_of(rows[row])) for row in range(len(rows))]
    return Drawing(drawn, lines, width, spans[-1][1] if spans else 0, spans)


def is_passage(key: Key) -> bool:
    return isinstance(key, tuple) and key[:1] == ("passage",)


def chain_of(arrow: Arrow, placed: dict[Key, Box]) -> list[Key]:
    """The boxes and passages on the way of an arrow, from top to bottom; makes the passages."""
    upper, lower = sorted((arrow.start, arrow.end), key=lambda key: placed[key].row)
    chain: list[Key] = [upper]
    for row in range(placed[upper].row + 1, placed[lower].row):
        key = ("passage", arrow, row)
        placed[key] = Box(key, PASSAGE, 0, row)
        chain.append(key)
    return [*chain, lower]


def ordered_rows(boxes: list[Box], chains: dict[Arrow, list[Key]]) -> list[list[Box]]:
    """The rows, each in an order in which few arrows cross: sweeps of barycentres, the best one kept."""
    rows: list[list[Box]] = [
        [] for _ in range(1 + max((b.row for b in boxes), default=-1))
    ]
    for box in boxes:
        rows[box.row].append(box)
    above: dict[Key, list[Key]] = defaultdict(list)
    below: dict[Key, list[Key]] = defaultdict(list)
    for chain in chains.values():
        for upper, lower in pairwise(chain):
            below[upper].append(lower)
            above[lower].append(upper)
    best, fewest = [list(row) for row in rows], crossings(rows, below)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        for row in rows if down else reversed(rows):
            sort_row(row, rows, above if down else below)
        count = crossings(rows, below)
        if count < fewest:
            best, fewest = [list(row) for row in rows], count
    return best


def sort_row(
    row: list[Box], rows: list[list[Box]], neighbours: dict[Key, list[Key]]
) -> None:
    """Put a row in the order of the middle of its neighbours; who has none keeps the place."""
    place = places(rows)
    row.sort(
        key=lambda box: (
            sum(place[key] for key in neighbours[box.key]) / len(neighbours[box.key])
            if neighbours[box.key]
            else place[box.key]
        )
    )


def places(rows: list[list[Box]]) -> dict[Key, float]:
    """Where in its row each box stands, from 0 to 1."""
    return {
        box.key: (number + 0.5) / len(row)
        for row in rows
        for number, box in enumerate(row)
    }


def crossings(rows: list[list[Box]], below: dict[Key, list[Key]]) -> int:
    """How many pairs of arrows cross."""
    place = places(rows)
    count = 0
    for row in rows:
        pieces = [
            (place[box.key], place[lower]) for box in row for lower in below[box.key]
        ]
        count += sum(
            (a[0] - b[0]) * (a[1] - b[1]) < 0
            for number, a in enumerate(pieces)
            for b in pieces[:number]
        )
    return count


def set_x(rows: list[list[Box]], left: float) -> float:
    """Set the boxes of each row side by side, each row in the middle; returns the width of all."""
    widths = [sum(box.width for box in row) + GAP * (len(row) - 1) for row in rows]
    width = max(widths, default=0)
    for row, own in zip(rows, widths, strict=True):
        x = left + (width - own) / 2
        for box in row:
            box.x = x
            x += box.width + GAP
    return left + width


@dataclass
class Piece:
    """A part of an arrow's way in the space below a row: from x to x, in a lane."""

    start: float
    end: float
    lane: int = 0


Bundles = list[dict[tuple[Arrow, Key], Piece]]


def ports_of(rows: list[list[Box]], chains: dict[Arrow, list[Key]]) -> Bundles:
    """For the space below each row the pieces of arrows in it, each with its ports and lane."""
    by_key = {box.key: box for row in rows for box in row}
    leaving: dict[Key, list[tuple[Arrow, Key]]] = defaultdict(list)
    coming: dict[Key, list[tuple[Arrow, Key]]] = defaultdict(list)
    for arrow, chain in chains.items():
        for upper, lower in pairwise(chain):
            leaving[upper].append((arrow, lower))
            coming[lower].append((arrow, upper))
    bundles: Bundles = []
    for row in rows:
        bundle: dict[tuple[Arrow, Key], Piece] = {}
        for box in row:
            ends = sorted(leaving[box.key], key=lambda end: by_key[end[1]].middle)
            for number, (arrow, lower) in enumerate(ends):
                start = port(box, number, len(ends))
                others = sorted(coming[lower], key=lambda end: by_key[end[1]].middle)
                end = port(by_key[lower], others.index((arrow, box.key)), len(others))
                bundle[arrow, box.key] = Piece(start, end)
        straighten(bundle)
        assign_lanes(list(bundle.values()))
        bundles.append(bundle)
    return bundles


def port(box: Box, number: int, count: int) -> float:
    """Where the arrow of this number meets a box, of as many as there are on that side."""
    distance = min(PORT * 3, (box.width - PORT) / max(count, 1))
    return box.middle + (number - (count - 1) / 2) * distance


def straighten(bundle: dict[tuple[Arrow, Key], Piece]) -> None:
    """Keep upright parts apart that are no part of one straight line."""
    pieces = list(bundle.values())
    for piece in pieces:
        if abs(piece.start - piece.end) < 13:  # too little for a bend
            piece.end = piece.start
            continue
        while any(
            other is not piece and abs(other.start - piece.end) < 5 for other in pieces
        ):
            piece.end += 6


def assign_lanes(pieces: list[Piece]) -> None:
    """Give each piece that runs sideways the first lane in which it touches no other.

    Those that go to the right are laid from the right, so that they do not cross those beside them.
    """
    ends: list[list[tuple[float, float]]] = []
    sideways = [piece for piece in pieces if piece.start != piece.end]
    right = sorted((p for p in sideways if p.end > p.start), key=lambda p: -p.start)
    left = sorted((p for p in sideways if p.end < p.start), key=lambda p: p.start)
    for piece in [*right, *left]:
        low, high = sorted((piece.start, piece.end))
        lane = 0
        while lane < len(ends) and any(
            low < b + 8 and a - 8 < high for a, b in ends[lane]
        ):
            lane += 1
        if lane == len(ends):
            ends.append([])
        ends[lane].append((low, high))
        piece.lane = lane


def set_y(rows: list[list[Box]], bundles: Bundles) -> tuple[list[int], list[float]]:
    """Set the rows below each other, with room for the lanes between; returns lanes and tops."""
    lanes: list[int] = []
    tops: list[float] = []
    y = 0.0
    for row, bundle in zip(rows, bundles, strict=True):
        tops.append(y)
        height = height_of(row)
        for box in row:
            box.y = y
            if is_passage(box.key):
                box.height = height
        count = 1 + max((piece.lane for piece in bundle.values()), default=0)
        lanes.append(count)
        y += height + 2 * ROOM + LANE * (count - 1)
    return lanes, tops


def height_of(row: list[Box]) -> float:
    return max((box.height for box in row if not is_passage(box.key)), default=0)


def line_of(
    arrow: Arrow,
    chain: list[Key],
    placed: dict[Key, Box],
    bundles: Bundles,
    lanes: list[int],
    tops: list[float],
) -> list[Point]:
    """The corners of an arrow's way, from its start to its end."""
    points: list[Point] = []
    x: float | None = None
    for upper, lower in pairwise(chain):
        box = placed[upper]
        piece = bundles[box.row][arrow, upper]
        start = (
            piece.start if x is None else x
        )  # a passage is left where it was entered
        x = piece.end
        bottom = box.y + box.height
        base = tops[box.row] + max(
            (other.height for other in placed.values() if other.row == box.row),
            default=0,
        )
        lane = base + ROOM + LANE * piece.lane
        points += [(start, bottom), (start, lane), (piece.end, lane)]
        points.append((piece.end, placed[lower].y))
    points = without_doubles(points)
    return points if placed[arrow.start].row < placed[arrow.end].row else points[::-1]


def without_doubles(points: list[Point]) -> list[Point]:
    """The corners, each once, without those on a straight line."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and (
            kept[-2][0] == kept[-1][0] == point[0]
            or kept[-2][1] == kept[-1][1] == point[1]
        ):
            kept.pop()
        kept.append(point)
    return kept
