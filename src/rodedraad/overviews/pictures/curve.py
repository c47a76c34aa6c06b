"""How is saturation drawn: codes found against sources, with the band of other orders?"""

from collections.abc import Sequence

import numpy as np
from django.utils.safestring import SafeString

from rodedraad.country.wording import number_shown
from rodedraad.methods.saturation import Saturation
from rodedraad.overviews.pictures.paper import ACCENT, INK, LINE, SHADES, SOFT, paper, text

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BASE = 640, 360, 60, 24, 48, 310
POINTS = 200
N_TICKS = 5


def curve_svg(
    curve: Saturation, *, label: str, across: str, keys: tuple[str, str, str], own: bool,
    said: str = "",
) -> SafeString:  # fmt: skip
    """Draw the curve in the order of adding (if ``own``), the mean and the band of chance orders.

    ``keys`` names these three; ``across`` what lies along the lower axis.
    """
    n, most = curve.mean.size, max(curve.n_codes, 1)
    at = np.unique(np.linspace(0, n - 1, min(n, POINTS)).round().astype(int))

    def x(place: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (place + 1) / n

    def y(value: float) -> float:
        return BASE - (BASE - TOP) * value / most

    def line(values: Sequence[float]) -> str:
        return " ".join(f"{x(i):.1f},{y(value):.1f}" for i, value in zip(at, values, strict=True))

    back = [f"{x(i):.1f},{y(float(curve.low[i])):.1f}" for i in at[::-1]]
    parts = [
        f'<polygon points="{line(curve.high[at].tolist())} {" ".join(back)}" fill="{SHADES[2]}"/>',
        f'<polyline points="{line(curve.mean[at].tolist())}" fill="none" stroke="{ACCENT}" '
        'stroke-width="2" stroke-dasharray="6 4"/>',
    ]
    if own:
        parts.append(
            f'<polyline points="{line(curve.found[at].tolist())}" fill="none" stroke="{INK}" '
            'stroke-width="2.5"/>'
        )
    parts.append(f'<path d="M{LEFT} {TOP}V{BASE}H{WIDTH - RIGHT}" fill="none" stroke="{LINE}"/>')
    parts += [text(LEFT - 8, y(v) + 4, number_shown(v), anchor="end") for v in _ticks(most)]
    parts += [text(x(v - 1), BASE + 18, number_shown(v)) for v in _ticks(n) if v]
    parts.append(text((LEFT + WIDTH - RIGHT) / 2, BASE + 38, across, fill=SOFT))
    return paper(WIDTH, HEIGHT, label, [*parts, *_keys(keys, own=own)], said)


def _ticks(most: int) -> list[int]:
    return sorted({round(most * i / N_TICKS) for i in range(N_TICKS + 1)})


def _keys(keys: tuple[str, str, str], *, own: bool) -> list[str]:
    marks = (
        f'stroke="{INK}" stroke-width="2.5"',
        f'stroke="{ACCENT}" stroke-width="2" stroke-dasharray="6 4"',
        f'stroke="{SHADES[2]}" stroke-width="12"',
    )
    parts, left = [], LEFT
    for words, mark in list(zip(keys, marks, strict=True))[0 if own else 1 :]:
        parts.append(f'<path d="M{left} 20h24" {mark}/>')
        parts.append(text(left + 30, 24, words, anchor="start"))
        left += 46 + round(6.6 * len(words))
    return parts
