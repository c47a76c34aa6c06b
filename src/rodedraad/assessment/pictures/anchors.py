"""How is a set calibrated on sight: the scores of the cases in order, with three anchors?"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

LEFT, WIDTH, TOP, FOOT, RIGHT = 20, 340, 40, 30, 150
ROOM, TALLEST, SHORTEST = 300, 17, 2
NAMED_FROM = 11
TICKS = ((0.0, "0"), (0.25, "0,25"), (0.5, "0,5"), (0.75, "0,75"), (1.0, "1"))


@dataclass(frozen=True)
class Anchor:
    """One anchor: where it lies, what it is called, and the number field that holds it."""

    value: float | None
    short: str
    name: str
    field: str


def anchors_svg(
    scores: Sequence[tuple[str, float]], anchors: Sequence[Anchor], *, label: str, comma: bool
) -> SafeString:
    """Draw a dot per case, lowest score below, and a line per anchor.

    Without a script the lines stand where the number fields say; with one they can be moved with
    the pointer and the arrow keys (``qca_anchors.js``). ``comma``: decimals as in Dutch.
    """
    tall = max(SHORTEST, min(TALLEST, ROOM // max(1, len(scores))))
    bottom = TOP + tall * len(scores) + 8
    parts = [
        f'<svg class="qca-anchors" viewBox="0 0 {LEFT + WIDTH + RIGHT} {bottom + FOOT}" '
        f'width="{LEFT + WIDTH + RIGHT}" height="{bottom + FOOT}" role="img" tabindex="0" '
        f'aria-label="{escape(label)}" data-left="{LEFT}" data-width="{WIDTH}">',
        f'<path class="scatter-frame" d="M{LEFT} {bottom}h{WIDTH}"/>',
    ]
    for value, shown in TICKS:
        text = shown if comma else shown.replace(",", ".")
        parts.append(
            f'<text class="scatter-tick" x="{_x(value):g}" y="{bottom + 18}">{text}</text>'
        )
    for place, (name, score) in enumerate(sorted(scores, key=lambda each: (-each[1], each[0]))):
        y = TOP + tall * place + tall / 2 + 4
        parts.append(
            f'<circle class="scatter-point" cx="{_x(score):.1f}" cy="{y:g}" r="4">'
            f"<title>{escape(name)}</title></circle>"
        )
        if tall >= NAMED_FROM:
            parts.append(
                f'<text class="scatter-name scatter-start" x="{LEFT + WIDTH + 12}" '
                f'y="{y:g}">{escape(name)}</text>'
                f'<path class="qca-lead" d="M{_x(score) + 8:.1f} {y:g}H{LEFT + WIDTH + 8}"/>'
            )
    for anchor in anchors:
        if anchor.value is not None:
            parts.append(_line(anchor, bottom))
    parts.append("</svg>")
    return mark_safe("".join(parts))  # noqa: S308 every text in it is escaped above


def _line(anchor: Anchor, bottom: int) -> str:
    x = _x(min(1.0, max(0.0, anchor.value or 0.0)))
    return (
        f'<g class="qca-anchor" data-field="{escape(anchor.field)}" '
        f'data-name="{escape(anchor.name)}" transform="translate({x:.1f} 0)">'
        f'<rect class="qca-grip" x="-14" y="6" width="28" height="{bottom - 6}"/>'
        f'<path class="qca-line" d="M0 28V{bottom}"/>'
        f'<path class="qca-handle" d="M-13 8h26v16H5L0 30L-5 24H-13z"/>'
        f'<text class="qca-letter" x="0" y="16">{escape(anchor.short)}</text></g>'
    )


def _x(value: float) -> float:
    return LEFT + WIDTH * value
