"""How are the four cells of a change type, and its threshold variants, drawn?

Lightness tells, and every square has its number or its letter, so that no colour is needed.
"""

from collections.abc import Mapping, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from rodedraad.assessment.pictures.heatmap import shade_of
from rodedraad.country.wording import NOTHING, number_shown
from rodedraad.methods.rulesets.measures import CELLS

SQUARE_WIDTH, SQUARE_HEIGHT = 64, 44
VARIANT, GAP_BETWEEN, LEFT, HEAD = 34, 26, 58, 46
STEPS = ("\N{MINUS SIGN}", "0", "+")


def cells_svg(cells: Mapping[str, float | None], *, label: str = "") -> SafeString:
    """Draw A B over C D, each with its letter and its number.

    Without ``label`` the picture is hidden from screen readers: the numbers stand beside it.
    """
    width, height = 2 * SQUARE_WIDTH, 2 * SQUARE_HEIGHT
    parts = [
        f'<svg class="type-cells" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" {_read_as(label)}>'
    ]
    for i, cell in enumerate(CELLS):
        x, y = SQUARE_WIDTH * (i % 2), SQUARE_HEIGHT * (i // 2)
        value = cells[cell]
        shade = shade_of(value)
        text = NOTHING if value is None else number_shown(value, 2)
        parts.append(
            f'<rect class="heat-{shade}" x="{x + 1}" y="{y + 1}" width="{SQUARE_WIDTH - 2}" '
            f'height="{SQUARE_HEIGHT - 2}"/>'
            f'<text class="type-letter heat-on-{shade}" x="{x + 8}" y="{y + 14}">{cell}</text>'
            f'<text class="heat-text heat-on-{shade}" x="{x + SQUARE_WIDTH // 2}" '
            f'y="{y + SQUARE_HEIGHT // 2 + 6}">{text}</text>'
        )
    parts.append("</svg>")
    return mark_safe("".join(parts))  # noqa: S308 numbers and letters of our own


def variants_svg(
    letters: Sequence[str], same: Sequence[bool], titles: Mapping[str, str], *, label: str
) -> SafeString:
    """Draw the 27 variants: three squares of three by three, the letter of the type in each.

    ``letters`` and ``same`` (is it the label itself?) are in the order of the rule: breadth, then
    cell, then gap. ``titles`` names ``breadth``, ``cell`` and ``gap``. A square with another type
    has a dashed border.
    """
    block = 3 * VARIANT
    width = LEFT + 3 * block + 2 * GAP_BETWEEN + 4
    height = HEAD + block + 24
    parts = [
        f'<svg class="type-variants" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" {_read_as(label)}>',
        f'<text class="heat-label" x="0" y="{HEAD + block + 16}">{escape(titles["cell"])}</text>',
        f'<text class="heat-label" x="0" y="12">{escape(titles["breadth"])}</text>',
    ]
    for row, step in enumerate(STEPS):
        y = HEAD + VARIANT * row + VARIANT // 2
        parts.append(f'<text class="heat-number" x="{LEFT - 14}" y="{y}">{step}</text>')
    for panel, step in enumerate(STEPS):
        left = LEFT + panel * (block + GAP_BETWEEN)
        title = f"{titles['gap']} {step}"
        parts.append(f'<text class="heat-label" x="{left}" y="{HEAD - 14}">{escape(title)}</text>')
        for column, cell_step in enumerate(STEPS):
            x = left + VARIANT * column
            parts.append(
                f'<text class="heat-number" x="{x + VARIANT // 2}" y="{HEAD + block + 16}">'
                f"{cell_step}</text>"
            )
            for row in range(3):
                at = row * 9 + column * 3 + panel
                y = HEAD + VARIANT * row
                css = "type-same" if same[at] else "type-other"
                parts.append(
                    f'<rect class="{css}" x="{x + 2}" y="{y + 2}" width="{VARIANT - 4}" '
                    f'height="{VARIANT - 4}"/><text class="heat-text heat-on-1" '
                    f'x="{x + VARIANT // 2}" y="{y + VARIANT // 2}">{escape(letters[at])}</text>'
                )
    parts.append("</svg>")
    return mark_safe("".join(parts))  # noqa: S308 every text in it is escaped above


def _read_as(label: str) -> str:
    if label:
        return f'role="img" aria-label="{escape(label)}"'
    return 'aria-hidden="true" focusable="false"'
