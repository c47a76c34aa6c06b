"""How is a table of codes drawn: one hue, darker is more, with the number in every cell?"""

from django.utils.safestring import SafeString

from rodedraad.overviews.grid import Cell, Part
from rodedraad.overviews.pictures.paper import (
    FIRST_DARK,
    INK,
    LINE,
    PAPER,
    SHADES,
    paper,
    shortened,
    text,
)

LEFT, HEAD, WIDE, HIGH, EDGE = 270, 150, 58, 30, 8
LONGEST, LONGEST_HEAD, INDENT = 34, 24, 10


def heat_svg(part: Part, *, label: str, said: str = "") -> SafeString:
    """Draw rows and columns; what there is no material for is struck out, what is hidden dotted."""
    parts: list[str] = []
    for j, column in enumerate(part.columns):
        x = LEFT + WIDE * j + WIDE / 2
        parts.append(
            text(x, HEAD - 10, shortened(column.label, LONGEST_HEAD), anchor="start", turn=-45)
        )
    for i, (row, cells) in enumerate(part.lines):
        y = HEAD + HIGH * i
        depth = INDENT * row.depth
        name = shortened(row.label, LONGEST - row.depth)
        parts.append(text(EDGE + depth, y + HIGH / 2 + 4, name, anchor="start"))
        parts += [_cell(LEFT + WIDE * j, y, cell) for j, cell in enumerate(cells)]
    width = LEFT + WIDE * len(part.columns) + HEAD
    return paper(width, HEAD + HIGH * len(part.rows) + EDGE, label, parts, said)


def _cell(x: int, y: int, cell: Cell) -> str:
    box = (
        f'<rect x="{x + 1}" y="{y + 1}" width="{WIDE - 2}" height="{HIGH - 2}" '
        f'fill="{SHADES[cell.shade]}" stroke="{LINE}" stroke-width="0.5"'
    )
    if cell.state == "unseen":
        return f'{box}/><path d="M{x + 1} {y + HIGH - 1}L{x + WIDE - 1} {y + 1}" stroke="{LINE}"/>'
    if cell.state == "hidden":
        return f'{box} stroke-dasharray="2 3"/>{text(x + WIDE / 2, y + HIGH / 2 + 4, "…")}'
    ink = PAPER if cell.shade >= FIRST_DARK else INK
    return f"{box}/>{text(x + WIDE / 2, y + HIGH / 2 + 4, cell.text, fill=ink)}"
