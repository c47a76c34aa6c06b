"""How do the chosen lie among all units, and among draws by lot, on one small line each?

The pictures are for the eye: the numbers stand beside them in the same row of the table.
"""

from collections.abc import Sequence
from math import log

from django.utils.safestring import SafeString, mark_safe

WIDTH, EDGE = 240, 8
FRAME_Y, CHOSEN_Y, HEIGHT = 10, 27, 38
MIDDLE = 14


def balance_strip(frame: Sequence[float], chosen: Sequence[float], *, logged: bool) -> SafeString:
    """Draw every unit of the frame as a line (above) and every chosen one as a dot (below).

    The tall line in each half is its mean. With ``logged`` the scale is that of the logarithm.
    """
    scale = log if logged else float
    low, high = scale(frame[0]), scale(frame[-1])
    places = sorted({_place(scale(value), low, high) for value in frame})
    ticks = "".join(f"M{x} {FRAME_Y - 6}v12" for x in places)
    dots = "".join(
        f'<circle class="rd-strip-dot" cx="{_place(scale(value), low, high)}" '
        f'cy="{CHOSEN_Y}" r="4"/>'
        for value in chosen
    )
    means = "".join(
        f"M{_place(_mean(values, logged), low, high)} {y}v{length}"
        for values, y, length in ((frame, 0, 19), (chosen, 19, 17))
    )
    return _svg(
        HEIGHT,
        f'<path class="rd-strip-frame" d="{ticks}"/>{dots}'
        f'<path class="rd-strip-mean" d="{means}"/>',
    )


def spread_strip(chosen: float, *, mean: float, low: float, high: float) -> SafeString:
    """Draw the middle 95% of the draws as a bar, their mean as a line, the chosen as a dot."""
    top = max(chosen, high)
    at = {name: _place(x, 0.0, top) for name, x in
          (("chosen", chosen), ("mean", mean), ("low", low), ("high", high))}  # fmt: skip
    return _svg(
        2 * MIDDLE,
        f'<path class="rd-strip-axis" d="M{EDGE} {MIDDLE}H{WIDTH - EDGE}"/>'
        f'<path class="rd-strip-bar" d="M{at["low"]} {MIDDLE}H{at["high"]}"/>'
        f'<path class="rd-strip-mean" d="M{at["mean"]} {MIDDLE - 10}v20"/>'
        f'<circle class="rd-strip-dot" cx="{at["chosen"]}" cy="{MIDDLE}" r="6"/>',
    )


def _mean(values: Sequence[float], logged: bool) -> float:
    mean = sum(values) / len(values)
    return log(mean) if logged else mean


def _place(value: float, low: float, high: float) -> float:
    share = (value - low) / (high - low) if high > low else 0.5
    return round(EDGE + share * (WIDTH - 2 * EDGE), 1)


def _svg(height: int, content: str) -> SafeString:
    return mark_safe(  # noqa: S308 numbers and our own words only
        f'<svg class="rd-strip" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'aria-hidden="true" focusable="false">{content}</svg>'
    )
