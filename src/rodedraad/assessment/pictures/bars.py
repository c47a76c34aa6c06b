"""How are a few named numbers drawn: one neutral bar each, with its number beside it?"""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WIDTH, ROW, LABEL, NUMBER = 560, 30, 210, 70


def bars_svg(rows: Sequence[tuple[str, float, str]]) -> SafeString:
    """Draw rows of label, value from 0, and the number as text, in the order given.

    Hidden from screen readers: the table beside it has the same numbers.
    """
    most = max((value for _, value, _ in rows), default=0) or 1
    height = ROW * len(rows) + 4
    parts = [
        f'<svg class="bars" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'aria-hidden="true" focusable="false">'
    ]
    for i, (label, value, number) in enumerate(rows):
        y = ROW * i + 2
        long = round((WIDTH - LABEL - NUMBER) * value / most)
        parts.append(
            f'<text class="heat-label" x="0" y="{y + ROW // 2}">{escape(label)}</text>'
            f'<rect class="hist-bar" x="{LABEL}" y="{y + 3}" width="{long}" height="{ROW - 8}"/>'
            f'<text class="bars-number" x="{LABEL + long + 8}" y="{y + ROW // 2}">'
            f"{escape(number)}</text>"
        )
    parts.append(f'<path class="hist-line" d="M{LABEL} 0V{height}"/></svg>')
    return mark_safe("".join(parts))  # noqa: S308 every text in it is escaped above
