"""How do cases that answered and cases that did not lie on each known figure: small multiples?"""

from collections.abc import Sequence

import numpy as np
from django.utils.safestring import SafeString

from rodedraad.overviews.pictures.paper import ACCENT, INK, LINE, SOFT, paper, shortened, text

WIDE, TALL, ACROSS, LEFT = 250, 108, 3, 12


def silent_svg(
    panels: Sequence[tuple[str, Sequence[float], Sequence[float]]],
    *,
    label: str,
    answered: str,
    silent: str,
    said: str,
) -> SafeString:
    """Draw a panel for each figure: a dot for each case, those that answered above the others.

    A panel is as wide as its own values; the line in each row is the median.
    """
    parts: list[str] = []
    for i, (title, one, other) in enumerate(panels):
        x, y = LEFT + (i % ACROSS) * (WIDE + 16), 8 + (i // ACROSS) * (TALL + 18)
        known = [*one, *other]
        low, high = (min(known), max(known)) if known else (0.0, 1.0)
        span = (high - low) or 1.0
        parts.append(text(x, y + 14, shortened(title, 36), anchor="start"))
        for row, (words, values, fill) in enumerate(
            ((answered, one, ACCENT), (silent, other, SOFT))
        ):
            line = y + 40 + row * 34
            parts.append(text(x, line - 8, f"{words} (n={len(values)})", anchor="start", fill=INK))
            parts.append(
                f'<line x1="{x}" y1="{line + 4}" x2="{x + WIDE}" y2="{line + 4}" stroke="{LINE}"/>'
            )
            for value in values:
                at = x + (value - low) / span * WIDE
                parts.append(
                    f'<circle cx="{at:.1f}" cy="{line + 4}" r="4" fill="{fill}" '
                    'fill-opacity="0.45"/>'
                )
            if len(values):
                at = x + (float(np.median(values)) - low) / span * WIDE
                parts.append(
                    f'<line x1="{at:.1f}" y1="{line - 4}" x2="{at:.1f}" y2="{line + 12}" '
                    f'stroke="{INK}" stroke-width="2.5"/>'
                )
    lines = -(-len(panels) // ACROSS)
    wide = LEFT * 2 + ACROSS * (WIDE + 16)
    return paper(wide, 8 + lines * (TALL + 18), label, parts, said)
