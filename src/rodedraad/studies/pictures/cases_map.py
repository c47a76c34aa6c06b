"""Where in the country do the chosen municipalities and their reserves lie?

Shape and pattern tell them apart, not colour alone: chosen areas are filled and carry a number in
a circle, reserves are hatched and carry the number of the case they stand in for, with a letter.
The picture is hidden from screen readers; the table beside it says the same.
"""

from collections.abc import Iterator

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


def cases_map(shapes: Shapes, found: ChosenCases) -> SafeString:
    """Draw the country with the cases that it has on this date; others are left out."""
    land = "".join(shape.path for shape in shapes.areas.values())
    areas, marks = [], []
    for case, label in _labelled(found):
        shape = shapes.areas.get(case.unit_code)
        if shape is None:
            continue
        kind = "chosen" if case.role == Case.Role.MAIN else "reserve"
        x, y = shape.inside
        areas.append(
            f'<path class="rd-map-{kind}" d="{shape.path}">'
            f"<title>{escape(label)} {escape(case.name)}</title></path>"
        )
        marks.append(_mark(kind, label, x, y))
    return mark_safe(  # noqa: S308 every text in it is escaped above
        f'<svg class="rd-map" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'aria-hidden="true" focusable="false">{HATCH}<path class="rd-map-land" d="{land}"/>'
        f"{''.join(areas)}{''.join(reversed(marks))}</svg>"
    )


def _mark(kind: str, label: str, x: int, y: int) -> str:
    around = (
        f'<circle cx="{x}" cy="{y}" r="19"/>'
        if kind == "chosen"
        else f'<rect x="{x - 16}" y="{y - 12}" width="32" height="24" rx="3"/>'
    )
    text = f'<text x="{x}" y="{y}">{escape(label)}</text>'
    return f'<g class="rd-map-mark rd-map-mark-{kind}">{around}{text}</g>'


def _labelled(found: ChosenCases) -> Iterator[tuple[Case, str]]:
    """Yield each case with what stands in its mark, the chosen first."""
    for chosen in found.cases:
        yield chosen.case, str(chosen.case.rank)
    for chosen in found.cases:
        for letter, reserve in zip(LETTERS, chosen.reserves, strict=False):
            yield reserve, f"{chosen.case.rank}{letter}"
