"""Which tables with lines stand on a page of a PDF, and which words are in their cells?

Only tables whose lines are drawn are found: a table of words in columns without lines stays lines
of text, because columns of a page look the same. Sizes are in points, from the bottom left.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pypdfium2.raw import FPDF_PAGEOBJ_PATH

from rodedraad.sources.extraction.pdf_lines import Line, page_lines

THIN = 2.5
NEAR = 3.0
LINE_AT_LEAST = 10.0
OBJECTS_AT_MOST = 20_000
LINES_AT_MOST = 400
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PageRead:
    """The lines of a page, and the rows of its tables with a tab between cells."""

    lines: list[Line]
    rows: tuple[str, ...] = ()
    n_tables: int = 0
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: where its rows and columns begin and end, from top to bottom and left to right."""

    rows: tuple[float, ...]
    columns: tuple[float, ...]


def page_read(page: Any, *, tables: bool) -> PageRead:
    """Return the lines of a page; with ``tables`` those of its tables apart, below the rest."""
    text = page.get_textpage()
    lines = page_lines(text)
    grids = grids_of(_boxes(page)) if tables else []
    tabled = [(grid, rows) for grid in grids if (rows := _rows(text, grid))]
    if not tabled:
        return PageRead(lines)
    outside = [line for line in lines if not any(_is_in(text, line, grid) for grid, _ in tabled)]
    in_cells = Counter(
        letter for _, rows in tabled for row in rows for letter in "".join("".join(row).split())
    )
    if _letters(lines) - _letters(outside) != in_cells:
        return PageRead(lines, is_unsure=True)
    joined = tuple("\t".join(row) for _, rows in tabled for row in rows)
    return PageRead(outside, joined, len(tabled))


def _letters(lines: Sequence[Line]) -> Counter[str]:
    """Count the letters of lines, spaces and broken words aside."""
    return Counter(letter for line in lines for letter in line.text if not letter.isspace())


def _is_in(text: Any, line: Line, grid: Grid) -> bool:
    """Tell whether a line stands in a table: its first and its last letter do."""
    words = line.text.strip()
    if not words or line.start is None:
        return False
    first = line.start + line.text.index(words)
    return all(
        grid.columns[0] - NEAR <= left and right <= grid.columns[-1] + NEAR
        and grid.rows[-1] - NEAR <= bottom and top <= grid.rows[0] + NEAR
        for left, bottom, right, top in map(text.get_charbox, (first, first + len(words) - 1))
    )  # fmt: skip


def grids_of(boxes: Iterable[Box]) -> list[Grid]:
    """Return the tables that thin boxes draw: two rows and two columns at least."""
    across: list[Box] = []
    down: list[Box] = []
    for left, bottom, right, top in boxes:
        width, height = right - left, top - bottom
        if height <= THIN and width >= LINE_AT_LEAST:
            across.append((left, bottom, right, top))
        elif width <= THIN and height >= LINE_AT_LEAST:
            down.append((left, bottom, right, top))
    if len(across) + len(down) > LINES_AT_MOST:
        return []
    grids: list[Grid] = []
    for group in _touching([*across, *down]):
        rows = _merged(box[1] for box in group if box in across)
        columns = _merged(box[0] for box in group if box in down)
        if len(rows) >= 3 and len(columns) >= 3:
            grids.append(Grid(tuple(reversed(rows)), tuple(columns)))
    return sorted(grids, key=lambda grid: -grid.rows[0])


def _boxes(page: Any) -> list[Box]:
    """Return the thin boxes of what is drawn on a page; the sides of a rectangle are four."""
    boxes: list[Box] = []
    for number, drawn in enumerate(page.get_objects(filter=(FPDF_PAGEOBJ_PATH,), max_depth=4)):
        if number >= OBJECTS_AT_MOST:
            break
        left, bottom, right, top = drawn.get_bounds()
        if min(right - left, top - bottom) <= THIN:
            boxes.append((left, bottom, right, top))
        else:
            boxes += [
                (left, bottom, right, bottom), (left, top, right, top),
                (left, bottom, left, top), (right, bottom, right, top),
            ]  # fmt: skip
    return boxes


def _touching(boxes: Sequence[Box]) -> list[list[Box]]:
    """Return the boxes in groups that touch."""
    groups: list[list[Box]] = []
    for box in boxes:
        near = [group for group in groups if any(_touch(box, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([box, *(other for group in near for other in group)])
    return groups


def _touch(one: Box, other: Box) -> bool:
    return (
        one[0] - NEAR <= other[2]
        and other[0] - NEAR <= one[2]
        and one[1] - NEAR <= other[3]
        and other[1] - NEAR <= one[3]
    )


def _merged(places: Iterable[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > NEAR:
            found.append(place)
    return found


def _rows(text: Any, grid: Grid) -> list[list[str]]:
    """Return the words in the cells of a table; none when its lines run through words."""
    rows: list[list[str]] = []
    for top, bottom in pairwise(grid.rows):
        row = [_within(text, left, bottom, right, top) for left, right in pairwise(grid.columns)]
        whole = _within(text, grid.columns[0], bottom, grid.columns[-1], top)
        if Counter("".join("".join(row).split())) != Counter("".join(whole.split())):
            return []
        rows.append(row)
    filled = [row for row in rows if any(row)]
    wide = sum(sum(bool(cell) for cell in row) > 1 for row in filled)
    return filled if wide > 1 else []


def _within(text: Any, left: float, bottom: float, right: float, top: float) -> str:
    return " ".join(text.get_text_bounded(left, bottom, right, top, errors="ignore").split())
