"""How are the profiles of classes drawn: a row per score, a numbered sign per class on it?"""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from rodedraad.country.wording import number_shown

WIDTH, ROW, LABEL, EDGE, HEAD = 640, 40, 220, 16, 24
SIZE = 9

Mark = tuple[float, float | None, float | None]
"""A mean from 0 to 1, and the ends of its interval where it has one."""


def class_profiles_svg(rows: Sequence[tuple[str, Sequence[Mark]]]) -> SafeString:
    """Draw rows of label and one mark per class, in the order of the classes.

    Classes differ by the number in their sign. Hidden from screen readers: the table beside it has
    the same numbers.
    """
    height = HEAD + ROW * len(rows) + 4
    parts = [
        f'<svg class="cls" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'aria-hidden="true" focusable="false">'
    ]
    for tick in (0, 0.25, 0.5, 0.75, 1):
        x = _x(tick)
        parts.append(
            f'<path class="cls-grid" d="M{x} {HEAD - 4}V{height - 4}"/>'
            f'<text class="cls-tick" x="{x}" y="{HEAD - 9}">{number_shown(tick, 2)}</text>'
        )
    for i, (label, marks) in enumerate(rows):
        y = HEAD + ROW * i + ROW // 2
        parts.append(f'<text class="heat-label" x="0" y="{y + 5}">{escape(label)}</text>')
        for _mean, low, high in marks:
            if low is not None and high is not None:
                parts.append(f'<path class="cls-interval" d="M{_x(low)} {y}H{_x(high)}"/>')
        for number, (mean, _low, _high) in enumerate(marks, start=1):
            parts.append(
                f'<circle class="cls-sign" cx="{_x(mean)}" cy="{y}" r="{SIZE}"/>'
                f'<text class="cls-number" x="{_x(mean)}" y="{y + 4}">{number}</text>'
            )
    parts.append("</svg>")
    return mark_safe("".join(parts))  # noqa: S308 every text in it is escaped above


def _x(value: float) -> int:
    """The place of a score; what lies outside 0 to 1 is drawn at the end."""
    return round(LABEL + EDGE + min(max(value, 0), 1) * (WIDTH - LABEL - 2 * EDGE))
