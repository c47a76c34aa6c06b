"""How is a square table of likeness drawn: one cell per pair, darker is more alike?

The picture is for the eye and the pointer: it is hidden from screen readers and its links are no
tab stops. The table beside it has the same numbers and the same links.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

N_SHADES = 5
CELL_WITH_TEXT, CELL = 40, 19
HEAD, LEFT, FOOT = 28, 28, 8
PER_LETTER, PER_SMALL_LETTER = 6.9, 6.5
LETTERS_PER_LINE, LINE = 38, 15


@dataclass(frozen=True)
class Cell:
    """One cell: its shade 1-5 (0: not known), its number as text, its tooltip and address."""

    shade: int
    text: str
    words: str
    url: str


def shade_of(share: float | None) -> int:
    """Return the shade of a number from 0 to 1: five steps of equal width; below 0 as 0.

    >>> shade_of(0.0), shade_of(0.5), shade_of(1.0), shade_of(None)
    (1, 3, 5, 0)
    """
    if share is None:
        return 0
    return min(N_SHADES, int(max(share, 0.0) * N_SHADES) + 1)


def heatmap_svg(
    labels: Sequence[str], cell_of: Callable[[int, int], Cell], *, with_text: bool
) -> SafeString:
    """Draw the table; rows and columns have the same numbers, the labels stand on the right.

    So that on a narrow screen the cells come first. Where cells are high enough, a long label
    stands on two lines.
    """
    size = CELL_WITH_TEXT if with_text else CELL
    right = LEFT + size * len(labels) + 10
    lines = [wrap(label, LETTERS_PER_LINE) if with_text else [label] for label in labels]
    longest = max((len(line) for each in lines for line in each), default=0)
    width = right + round((PER_LETTER if with_text else PER_SMALL_LETTER) * longest)
    dense = "" if with_text else " heat-dense"
    height = HEAD + size * len(labels) + FOOT
    parts = [
        f'<svg class="heat{dense}" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" aria-hidden="true" focusable="false">'
    ]
    for i, label_lines in enumerate(lines):
        middle = size * i + size // 2
        parts.append(
            f'<text class="heat-number" x="{LEFT // 2}" y="{HEAD + middle}">{i + 1}</text>'
            f'<text class="heat-number" x="{LEFT + middle}" y="{HEAD - 10}">{i + 1}</text>'
        )
        for at, line in enumerate(label_lines):
            y = HEAD + middle + round((at - (len(label_lines) - 1) / 2) * LINE)
            parts.append(f'<text class="heat-label" x="{right}" y="{y}">{escape(line)}</text>')
        for j in range(len(labels)):
            x, y = LEFT + size * j, HEAD + size * i
            if i == j:
                parts.append(_square(x, y, size, "heat-same"))
                continue
            cell = cell_of(i, j)
            text = (
                f'<text class="heat-text heat-on-{cell.shade}" x="{x + size // 2}" '
                f'y="{y + size // 2}">{escape(cell.text)}</text>'
                if with_text
                else ""
            )
            parts.append(
                f'<a tabindex="-1" href="{escape(cell.url)}"><title>{escape(cell.words)}</title>'
                f"{_square(x, y, size, f'heat-{cell.shade}')}{text}</a>"
            )
    parts.append("</svg>")
    return mark_safe("".join(parts))  # noqa: S308 every text in it is escaped above


def _square(x: int, y: int, size: int, css: str) -> str:
    return (
        f'<rect class="heat-cell {css}" x="{x + 1}" y="{y + 1}" width="{size - 2}" '
        f'height="{size - 2}"/>'
    )
