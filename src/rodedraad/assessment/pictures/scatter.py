"""How do cases lie on two scores of 0-1: a point per case, with its name where there is room?"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from rodedraad.country.wording import number_shown

SIDE, LEFT, TOP, RIGHT, FOOT = 440, 62, 14, 110, 58
PER_LETTER, LINE, GAP = 6.9, 15, 10
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
SHAPES = {
    "circle": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z",
    "square": "M-4.8 -4.8h9.6v9.6h-9.6z",
    "triangle": "M0 -6.4L6 4.6H-6z",
    "diamond": "M0 -6.6L5.6 0L0 6.6L-5.6 0z",
}


@dataclass(frozen=True)
class Point:
    """One case: where it lies from 0 to 1, its name, and the shape of its sign."""

    x: float
    y: float
    name: str
    shape: str = "circle"
    filled: bool = True


@dataclass(frozen=True)
class Box:
    """Where a text or a sign lies."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        """Whether they overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class Taken:
    """The boxes where something lies; each asks only those that lie as high as it does."""

    def __init__(self) -> None:
        self._rows: dict[int, list[Box]] = {}

    def add(self, box: Box) -> None:
        """Say that something lies here."""
        for row in self._crossed(box):
            self._rows.setdefault(row, []).append(box)

    def touches(self, box: Box) -> bool:
        """Whether it overlaps something that lies here."""
        return any(
            box.touches(other) for row in self._crossed(box) for other in self._rows.get(row, ())
        )

    @staticmethod
    def _crossed(box: Box) -> range:
        return range(int(box.top // LINE), int(box.bottom // LINE) + 1)


def scatter_svg(
    points: Sequence[Point],
    *,
    x_label: str,
    y_label: str,
    label: str,
    diagonal: bool = False,
    middle: bool = False,
) -> SafeString:
    """Draw the points on axes of 0-1; points on one place are drawn once, with all their names.

    It can have the focus, so that a narrow screen scrolls it by keyboard.
    ``diagonal``: the line x = y; ``middle``: lines at 0.5. ``label`` is read instead of the
    picture; names without room stand in the table beside it and in the tooltip of the point.
    """
    width, height = LEFT + SIDE + RIGHT, TOP + SIDE + FOOT
    parts = [
        f'<svg class="scatter" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" tabindex="0" aria-label="{escape(label)}">',
        *_axes(x_label, y_label),
    ]
    if middle:
        parts.append(
            f'<path class="scatter-middle" d="M{_x(0.5):g} {TOP}v{SIDE}'
            f'M{LEFT} {_y(0.5):g}h{SIDE}"/>'
        )
    if diagonal:
        parts.append(
            f'<path class="scatter-diagonal" d="M{LEFT} {TOP + SIDE}L{LEFT + SIDE} {TOP}"/>'
        )
    places = _places(points)
    taken = Taken()
    for x, y in places:
        taken.add(Box(_x(x) - 7, _y(y) - 7, _x(x) + 7, _y(y) + 7))
    for (x, y), here in places.items():
        names = ", ".join(point.name for point in here)
        first = here[0]
        css = "scatter-point" if first.filled else "scatter-point scatter-open"
        parts.append(
            f'<g transform="translate({_x(x):.1f} {_y(y):.1f})"><title>{escape(names)}: '
            f"{number_shown(x, 2)}; {number_shown(y, 2)}</title>"
            f'<path class="{css}" d="{SHAPES[first.shape]}"/></g>'
        )
        parts.append(_name(x, y, names, taken))
    parts.append("</svg>")
    return mark_safe("".join(parts))  # noqa: S308 every text in it is escaped above


def sign_of(shape: str, *, filled: bool) -> SafeString:
    """The sign of a legend."""
    css = "scatter-point" if filled else "scatter-point scatter-open"
    return mark_safe(  # noqa: S308 no text of others in it
        '<svg viewBox="-10 -10 20 20" width="20" height="20" aria-hidden="true" '
        f'focusable="false"><path class="{css}" d="{SHAPES[shape]}"/></svg>'
    )


def _places(points: Sequence[Point]) -> dict[tuple[float, float], list[Point]]:
    places: dict[tuple[float, float], list[Point]] = {}
    for point in points:
        places.setdefault((round(point.x, 3), round(point.y, 3)), []).append(point)
    return places


def _axes(x_label: str, y_label: str) -> list[str]:
    bottom = TOP + SIDE
    parts = [f'<path class="scatter-frame" d="M{LEFT} {TOP}V{bottom}H{LEFT + SIDE}"/>']
    for value in TICKS:
        shown = number_shown(value, 2 if value in {0.25, 0.75} else 1)
        parts.append(
            f'<text class="scatter-tick" x="{_x(value):g}" y="{bottom + 18}">{shown}</text>'
            f'<text class="scatter-tick scatter-left" x="{LEFT - 8}" y="{_y(value):g}">'
            f"{shown}</text>"
        )
    middle = TOP + SIDE / 2
    parts.append(
        f'<text class="scatter-label" x="{LEFT + SIDE / 2:g}" y="{bottom + 44}">'
        f"{escape(x_label)}</text>"
        f'<text class="scatter-label" transform="translate(16 {middle:g}) rotate(-90)">'
        f"{escape(y_label)}</text>"
    )
    return parts


def _name(x: float, y: float, names: str, taken: Taken) -> str:
    """The names beside the point where there is room; nothing where there is none."""
    wide, at_x, at_y = PER_LETTER * len(names), _x(x), _y(y)
    for anchor, left, top in (
        ("start", at_x + GAP, at_y - LINE / 2),
        ("end", at_x - GAP - wide, at_y - LINE / 2),
        ("middle", at_x - wide / 2, at_y - LINE - 7),
        ("middle", at_x - wide / 2, at_y + 7),
    ):
        box = Box(left, top, left + wide, top + LINE)
        inside = left >= LEFT and box.right <= LEFT + SIDE + RIGHT and top >= 0
        if not inside or box.bottom > TOP + SIDE or taken.touches(box):
            continue
        taken.add(box)
        place = {"start": left, "end": box.right, "middle": at_x}[anchor]
        return (
            f'<text class="scatter-name scatter-{anchor}" x="{place:.1f}" '
            f'y="{top + LINE / 2:.1f}">{escape(names)}</text>'
        )
    return ""


def _x(value: float) -> float:
    return LEFT + SIDE * value


def _y(value: float) -> float:
    return TOP + SIDE * (1 - value)
