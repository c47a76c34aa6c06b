"""Where in the country do the chosen municipalities and their reserves lie?

Shape and pattern tell them apart, not colour alone: chosen areas are filled and carry a number in
a circle, reserves are hatched and carry the number of the case they stand in for, with a letter.
The picture is hidden from screen readers; the table beside it says the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from rodedraad.country.pictures.shapes import HEIGHT, WIDTH, Shapes
from rodedraad.studies.models import Case
from rodedraad.studies.queries.case_list import ChosenCases

HATCH = (
    '<defs><pattern id="rd-reserve" width="9" height="9" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path class="rd-map-hatch" d="M4 0v9"/></pattern></defs>'
)
LETTERS = "abcdefghij"
HALF = {"chosen": (21, 21), "reserve": (20, 14)}
DIRECTIONS = ((0, -1), (1, 0), (0, 1), (-1, 0), (1, -1), (1, 1), (-1, 1), (-1, -1))
STEPS = (30, 45, 60, 80)
SQUARE = 2 * max(max(half) for half in HALF.values())


@dataclass(frozen=True, slots=True)
class Mark:
    """A number in a circle or a frame; away from its place when another mark stands there."""

    kind: str
    label: str
    place: tuple[int, int]
    at: tuple[int, int]

    def meets(self, other: "Mark") -> bool:
        """Whether the two would cover each other."""
        (half_x, half_y), (other_x, other_y) = HALF[self.kind], HALF[other.kind]
        return (
            abs(self.at[0] - other.at[0]) < half_x + other_x
            and abs(self.at[1] - other.at[1]) < half_y + other_y
        )

    def fits(self, others: Sequence["Mark"]) -> bool:
        """Whether it lies inside the picture and covers no other."""
        half_y = HALF[self.kind][1]
        return half_y <= self.at[1] <= HEIGHT - half_y and not any(map(self.meets, others))

    def svg(self) -> str:
        """Draw the circle or frame with its label."""
        (x, y), (half_x, half_y) = self.at, HALF[self.kind]
        around = (
            f'<circle cx="{x}" cy="{y}" r="{half_x - 2}"/>'
            if self.kind == "chosen"
            else f'<rect x="{x - half_x + 1}" y="{y - half_y + 1}" width="{2 * half_x - 2}" '
            f'height="{2 * half_y - 2}" rx="3"/>'
        )
        return (
            f'<g class="rd-map-mark rd-map-mark-{self.kind}">{around}'
            f'<text x="{x}" y="{y}">{escape(self.label)}</text></g>'
        )

    def lead(self) -> str:
        """Draw the line to its place; nothing when it stands there."""
        (x, y), (place_x, place_y) = self.at, self.place
        return f"M{x} {y}L{place_x} {place_y}" if self.at != self.place else ""


class Marks:
    """The marks that were placed; each new one is laid beside those near it only."""

    def __init__(self) -> None:
        self.placed: list[Mark] = []
        self._squares: dict[tuple[int, int], list[Mark]] = {}

    def put(self, mark: Mark) -> None:
        """Place a mark at the nearest spot where it covers no other, when there is one."""
        x, y = mark.place
        spots = [
            (x, y),
            *((x + step * dx, y + step * dy) for step in STEPS for dx, dy in DIRECTIONS),
        ]
        moved = (replace(mark, at=spot) for spot in spots)
        placed = next((each for each in moved if each.fits(self._near(each))), mark)
        self.placed.append(placed)
        self._squares.setdefault(_square(placed.at), []).append(placed)

    def _near(self, mark: Mark) -> list[Mark]:
        column, row = _square(mark.at)
        around = [(column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        return [each for square in around for each in self._squares.get(square, ())]


def _square(at: tuple[int, int]) -> tuple[int, int]:
    """Return in which square a spot lies; two marks that meet lie in squares that touch."""
    return at[0] // SQUARE, at[1] // SQUARE


def cases_map(shapes: Shapes, found: ChosenCases) -> SafeString:
    """Draw the country with the cases that it has on this date; others are left out."""
    land = "".join(shape.path for shape in shapes.areas.values())
    areas: list[str] = []
    marks = Marks()
    for case, label in _labelled(found):
        shape = shapes.areas.get(case.unit_code)
        if shape is None:
            continue
        kind = "chosen" if case.role == Case.Role.MAIN else "reserve"
        areas.append(
            f'<path class="rd-map-{kind}" d="{shape.path}">'
            f"<title>{escape(label)} {escape(case.name)}</title></path>"
        )
        marks.put(Mark(kind, label, shape.inside, shape.inside))
    leads = "".join(mark.lead() for mark in marks.placed)
    return mark_safe(  # noqa: S308 every text in it is escaped above
        f'<svg class="rd-map" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'aria-hidden="true" focusable="false">{HATCH}<path class="rd-map-land" d="{land}"/>'
        f'{"".join(areas)}<path class="rd-map-lead" d="{leads}"/>'
        f"{''.join(mark.svg() for mark in reversed(marks.placed))}</svg>"
    )


def _labelled(found: ChosenCases) -> Iterator[tuple[Case, str]]:
    """Yield each case with what stands in its mark, the chosen first."""
    for chosen in found.cases:
        yield chosen.case, str(chosen.case.rank)
    for chosen in found.cases:
        for letter, reserve in zip(LETTERS, chosen.reserves, strict=False):
            yield reserve, f"{chosen.case.rank}{letter}"
