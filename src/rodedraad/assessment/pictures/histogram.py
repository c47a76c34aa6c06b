"""How is a distribution drawn: bars of municipalities per value, one of them marked?"""

from collections.abc import Collection

import numpy as np
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from rodedraad.country.wording import number_shown

WIDTH, HEIGHT, BASE, TOP = 300, 120, 96, 18
N_BINS = 12


def histogram_svg(
    values: Collection[float], *, marked: float | None, decimals: int, label: str
) -> SafeString:
    """Draw the distribution of at least two different values.

    Whole numbers that span at most twelve have a bar each, others twelve bars of equal width. The
    marked bar is dark, has a triangle above it, and is named in ``label``, which screen readers
    read instead of the picture.
    """
    numbers = np.array(sorted(values), dtype=float)
    edges = _edges(numbers)
    counts, edges = np.histogram(numbers, bins=edges)
    step = WIDTH / len(counts)
    here = None
    if marked is not None:
        here = min(int(np.searchsorted(edges, marked, side="right")) - 1, len(counts) - 1)
    parts = [
        f'<svg class="hist" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-label="{escape(label)}">'
    ]
    for i, count in enumerate(counts):
        tall = 0 if not count else max(2, round((BASE - TOP) * int(count) / int(counts.max())))
        css = "hist-bar hist-here" if i == here else "hist-bar"
        parts.append(
            f'<rect class="{css}" x="{step * i + 1:.1f}" y="{BASE - tall}" '
            f'width="{step - 2:.1f}" height="{tall}"/>'
        )
        if i == here:
            x, y = step * (i + 0.5), BASE - tall - 3
            parts.append(f'<path class="hist-here" d="M{x:.1f} {y}l-6-9h12z"/>')
    low, high = number_shown(numbers[0], decimals), number_shown(numbers[-1], decimals)
    parts.append(
        f'<path class="hist-line" d="M0 {BASE}H{WIDTH}"/>'
        f'<text class="hist-text" x="0" y="{HEIGHT - 6}">{low}</text>'
        f'<text class="hist-text hist-end" x="{WIDTH}" y="{HEIGHT - 6}">{high}</text></svg>'
    )
    return mark_safe("".join(parts))  # noqa: S308 the label is escaped above


def _edges(numbers: np.ndarray) -> np.ndarray:
    low, high = numbers[0], numbers[-1]
    whole = bool((numbers == np.round(numbers)).all())
    if whole and high - low < N_BINS:
        return np.arange(low - 0.5, high + 1)
    return np.linspace(low, high, N_BINS + 1)
