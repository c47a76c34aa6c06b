"""How are answers drawn: one bar for each row, with a part for each answer, in neutral shades?"""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString

from rodedraad.overviews.pictures.paper import INK, LINE, PAPER, SHADES, paper, shortened, text

LABEL, BAR, NUMBER, ROW, TOP, LEGEND_WIDE = 250, 520, 60, 30, 58, 150
MISSING_SHADE = "#e4e4e4"
LEAST_SHOWN = 0.07

Shares = Sequence[float | None]


def stacked_svg(
    rows: Sequence[tuple[str, bool, str, Shares]],
    legend: Sequence[tuple[str, bool]],
    *,
    label: str,
    hidden: str,
    said: str,
) -> SafeString:
    """Draw rows of label, whether it is a part of the row above, number of people and shares.

    ``legend``: what each share is, and whether it is no answer (``weet niet``). A row of which a
    share is not known gets the words of ``hidden``.
    """
    fills = _fills([missing for _words, missing in legend])
    per_line = max(1, (LABEL + BAR + NUMBER) // LEGEND_WIDE)
    lines = -(-len(legend) // per_line)
    top = 14 + 22 * lines
    parts: list[str] = []
    for i, ((words, _missing), fill) in enumerate(zip(legend, fills, strict=True)):
        x, y = 8 + LEGEND_WIDE * (i % per_line), 8 + 22 * (i // per_line)
        parts.append(
            f'<rect x="{x}" y="{y}" width="14" height="14" fill="{fill}" stroke="{LINE}"/>'
        )
        parts.append(text(x + 20, y + 12, shortened(words, 19), anchor="start"))
    for i, (words, is_part, n, shares) in enumerate(rows):
        y = top + ROW * i
        x = 24 if is_part else 8
        parts.append(
            f"<g><title>{escape(words)}</title>"
            + text(x, y + 18, shortened(words, 30 if is_part else 34), anchor="start")
            + "</g>"
        )
        parts.append(text(LABEL + BAR + NUMBER - 8, y + 18, n, anchor="end"))
        parts += _bar(y, shares, fills) if all(s is not None for s in shares) else [
            text(LABEL + 4, y + 18, hidden, anchor="start")
        ]  # fmt: skip
    return paper(LABEL + BAR + NUMBER, top + ROW * len(rows) + 8, label, parts, said)


def _bar(y: int, shares: Shares, fills: Sequence[str]) -> list[str]:
    parts: list[str] = []
    x = float(LABEL)
    for share, fill in zip(shares, fills, strict=True):
        wide = BAR * (share or 0.0)
        if wide <= 0:
            continue
        parts.append(
            f'<rect x="{x:.1f}" y="{y + 4}" width="{wide:.1f}" height="{ROW - 9}" fill="{fill}" '
            f'stroke="{LINE}" stroke-width="0.75"/>'
        )
        if (share or 0) >= LEAST_SHOWN:
            ink = PAPER if fill in SHADES[4:] else INK
            parts.append(text(x + wide / 2, y + 18, f"{100 * (share or 0):.0f}%", fill=ink))
        x += wide
    return parts


def _fills(missing: Sequence[bool]) -> list[str]:
    """A shade from light to dark for each answer in order; grey and white for no answer."""
    n = max(1, sum(not each for each in missing))
    answers = iter(SHADES[1 + round(i * 4 / max(1, n - 1))] for i in range(n))
    rest = iter((MISSING_SHADE, PAPER) * len(missing))
    return [next(rest) if each else next(answers) for each in missing]
