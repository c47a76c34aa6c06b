"""How is a steering mode drawn: a square of room by frames, with a sign for each side?"""

from collections.abc import Sequence

from django.utils.safestring import SafeString, mark_safe

SIZE, MARGIN = 120, 6


def quadrant_svg(sides: Sequence[tuple[str, float, float]], *, cut: float) -> SafeString:
    """Draw each side: ``square`` or ``circle``, room (to the right) and frames (upwards), 0-1.

    Hidden from screen readers: the table has the numbers.
    """
    middle = _at(cut)
    parts = [
        f'<svg class="quadrant" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" height="{SIZE}" '
        'aria-hidden="true" focusable="false">'
        f'<rect class="quadrant-edge" x="1" y="1" width="{SIZE - 2}" height="{SIZE - 2}"/>'
        f'<path class="quadrant-cut" d="M{middle:.1f} 1V{SIZE - 1}'
        f'M1 {SIZE - middle:.1f}H{SIZE - 1}"/>'
    ]
    for sign, room, frames in sides:
        x, y = _at(room), SIZE - _at(frames)
        if sign == "square":
            parts.append(
                f'<rect class="quadrant-square" x="{x - 6:.1f}" y="{y - 6:.1f}" width="12" '
                'height="12"/>'
            )
        else:
            parts.append(f'<circle class="quadrant-circle" cx="{x:.1f}" cy="{y:.1f}" r="6.5"/>')
    parts.append("</svg>")
    return mark_safe("".join(parts))  # noqa: S308 numbers only


def _at(value: float) -> float:
    return MARGIN + value * (SIZE - 2 * MARGIN)
