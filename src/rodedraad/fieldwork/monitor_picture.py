"""How is drawn where the people of each case stand: one bar of parts for each?"""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WIDTH, LEFT, RIGHT, ROW, EDGE = 720, 190, 60, 24, 8
LONGEST = 26
KEY, KEYS_A_LINE, KEY_WIDTH = 22, 4, 176
INK, LINE, PAPER = "#1d2a35", "#737f8b", "#ffffff"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
FILLS = ("#134b64", "#35708b", "#a9c6d2", "#e4ecef", "#c9ced3", "#8b949d", "#ffffff")


def stacked_svg(
    rows: Sequence[tuple[str, Sequence[int]]], keys: Sequence[str], *, label: str
) -> SafeString:
    """Draw for each row its numbers as parts of the whole; ``keys`` names the parts in order.

    The table beside it holds the same numbers. Bars have the same length, so that cases of
    different size compare; behind each stands how many people it is.
    """
    fills = FILLS if len(keys) > 2 else (FILLS[0], FILLS[3])
    lines = -(-len(keys) // KEYS_A_LINE)
    top = EDGE + KEY * lines + 6
    height = top + ROW * len(rows) + EDGE
    parts = [_key(at, name, fills[at]) for at, name in enumerate(keys)]
    for at, (name, numbers) in enumerate(rows):
        parts.append(_bar(top + ROW * at, name, numbers, fills))
    return mark_safe(  # noqa: S308 every text in it is escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" aria-label="{escape(label)}" font-family="{FONT}" '
        f'font-size="13"><rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>'
        f"{''.join(parts)}</svg>"
    )


def _key(at: int, name: str, fill: str) -> str:
    x, y = EDGE + KEY_WIDTH * (at % KEYS_A_LINE), EDGE + KEY * (at // KEYS_A_LINE)
    return (
        f'<rect x="{x}" y="{y}" width="14" height="14" fill="{fill}" stroke="{LINE}"/>'
        f'<text x="{x + 20}" y="{y + 12}" fill="{INK}">{escape(name)}</text>'
    )


def _bar(y: float, name: str, numbers: Sequence[int], fills: Sequence[str]) -> str:
    whole, room, x = sum(numbers), WIDTH - LEFT - RIGHT, float(LEFT)
    shown = name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"
    drawn = [f'<text x="{EDGE}" y="{y + 16}" fill="{INK}">{escape(shown)}</text>']
    for fill, number in zip(fills, numbers, strict=True):
        if number:
            wide = room * number / whole
            drawn.append(
                f'<rect x="{x:.1f}" y="{y + 3}" width="{wide:.1f}" height="{ROW - 6}" '
                f'fill="{fill}" stroke="{LINE}"/>'
            )
            x += wide
    drawn.append(f'<text x="{WIDTH - RIGHT + 8}" y="{y + 16}" fill="{INK}">{whole}</text>')
    return "".join(drawn)
