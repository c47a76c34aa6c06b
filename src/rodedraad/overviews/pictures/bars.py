"""How are a few codes drawn with the share of sources they occur in: one bar each?"""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from rodedraad.overviews.pictures.paper import ACCENT, LINE, paper, shortened, text

WIDTH, ROW, LEFT, RIGHT, EDGE = 640, 30, 270, 70, 8
LONGEST = 36


def bars_svg(rows: Sequence[tuple[str, float, str]], *, label: str, said: str = "") -> SafeString:
    """Draw rows of label, share of 0 to 1, and the number as text, in the order given."""
    parts = []
    for i, (name, share, number) in enumerate(rows):
        y = EDGE + ROW * i
        wide = round((WIDTH - LEFT - RIGHT) * share)
        parts.append(text(EDGE, y + ROW / 2 + 4, shortened(name, LONGEST), anchor="start"))
        parts.append(
            f'<rect x="{LEFT}" y="{y + 4}" width="{wide}" height="{ROW - 8}" fill="{ACCENT}"/>'
        )
        parts.append(text(LEFT + wide + 8, y + ROW / 2 + 4, number, anchor="start"))
    height = EDGE * 2 + ROW * len(rows)
    parts.append(f'<path d="M{LEFT} {EDGE}V{height - EDGE}" stroke="{LINE}"/>')
    return paper(WIDTH, height, label, parts, said)
