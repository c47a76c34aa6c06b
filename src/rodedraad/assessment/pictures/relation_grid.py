"""How is a family of relations drawn: one small axis per pair, with a dot and its interval?

The picture is for the eye and the pointer: it is hidden from screen readers and its links are no
tab stops. The table beside it has the same numbers and the same links.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT, LEFT, HEAD, FOOT = 118, 40, 46, 34, 30
MARGIN, RADIUS = 12, 6


@dataclass(frozen=True)
class Dot:
    """One pair: its estimate and interval from -1 to 1, whether it is clear, words and address."""

    estimate: float | None
    low: float | None
    high: float | None
    clear: bool
    words: str
    url: str


def relation_grid_svg(
    rows: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, str]],
    dots: Mapping[tuple[str, str], Dot],
) -> SafeString:
    """Draw rows (code and label) by columns; a filled dot is clear, an open one is not.

    The line through a dot is its interval. A pair that was not tested has a dash.
    """
    width, height = LEFT + WIDTH * len(columns) + 6, HEAD + HEIGHT * len(rows) + FOOT
    parts = [
        f'<svg class="rel-grid" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" aria-hidden="true" focusable="false">'
    ]
    for j, (_column, label) in enumerate(columns):
        x = LEFT + WIDTH * j + WIDTH / 2
        bottom = HEAD + HEIGHT * len(rows)
        parts.append(
            f'<text class="rel-head" x="{x:g}" y="16">{escape(label)}</text>'
            f'<path class="rel-zero" d="M{x:g} {HEAD - 8}V{bottom}"/>'
        )
        for value, shown in ((-1, "\N{MINUS SIGN}1"), (0, "0"), (1, "1")):
            parts.append(
                f'<text class="rel-tick" x="{_x(j, value):g}" y="{bottom + 18}">{shown}</text>'
            )
    for i, (row, label) in enumerate(rows):
        y = HEAD + HEIGHT * i + HEIGHT / 2
        parts.append(
            f'<path class="rel-row" d="M0 {y + HEIGHT / 2:g}H{width}"/>'
            f'<text class="rel-code" x="4" y="{y:g}">{escape(label)}</text>'
        )
        for j, (column, _label) in enumerate(columns):
            parts.append(_cell(j, y, dots[row, column]))
    parts.append("</svg>")
    return mark_safe("".join(parts))  # noqa: S308 every text in it is escaped above


def dot_sign_svg(*, clear: bool) -> SafeString:
    """The sign of the legend: a dot with its line."""
    css = "rel-dot rel-clear" if clear else "rel-dot"
    return mark_safe(  # noqa: S308 no text of others in it
        '<svg viewBox="0 0 44 20" width="44" height="20" aria-hidden="true" focusable="false">'
        f'<path class="rel-line" d="M4 10H40"/><circle class="{css}" cx="22" cy="10" '
        f'r="{RADIUS}"/></svg>'
    )


def _cell(j: int, y: float, dot: Dot) -> str:
    left = LEFT + WIDTH * j
    inside = (
        f"<title>{escape(dot.words)}</title>"
        f'<rect class="rel-cell" x="{left + 1}" y="{y - HEIGHT / 2 + 1:g}" width="{WIDTH - 2}" '
        f'height="{HEIGHT - 2}"/>'
    )
    if dot.estimate is None:
        inside += f'<text class="rel-none" x="{left + WIDTH / 2:g}" y="{y:g}">–</text>'
    else:
        if dot.low is not None and dot.high is not None:
            inside += (
                f'<path class="rel-line" d="M{_x(j, dot.low):.1f} {y:g}H{_x(j, dot.high):.1f}"/>'
            )
        css = "rel-dot rel-clear" if dot.clear else "rel-dot"
        inside += f'<circle class="{css}" cx="{_x(j, dot.estimate):.1f}" cy="{y:g}" r="{RADIUS}"/>'
    return f'<a tabindex="-1" href="{escape(dot.url)}">{inside}</a>'


def _x(j: int, value: float) -> float:
    half = WIDTH / 2 - MARGIN
    return LEFT + WIDTH * j + WIDTH / 2 + half * value
