"""How is the map of the Netherlands drawn as SVG, without any style in it?

The picture is for the eye and the pointer: it is hidden from screen readers and its links are
no tab stops. Whoever uses a keyboard or a screen reader has the same facts, with the same links,
in the table and the search field beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from rodedraad.country.pictures.shapes import HEIGHT, WIDTH, Point, Shapes

HATCH = (
    '<defs><pattern id="land-hatch" width="10" height="10" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path class="land-hatch" d="M5 0v10"/></pattern></defs>'
)


@dataclass(frozen=True)
class Area:
    """How one municipality looks: its class in the style sheet, and what its tooltip says."""

    css: str
    words: str
    hatched: bool = False


@dataclass(frozen=True)
class Mark:
    """A number on the map that a list beside the map explains."""

    text: str
    at: Point


def map_svg(
    shapes: Shapes,
    areas: Mapping[str, Area],
    *,
    outline: str = "",
    marks: Iterable[Mark] = (),
) -> SafeString:
    """The picture; every municipality leads to its own page. ``outline`` is drawn on top."""
    # One reverse() for all: the code is the only part that differs.
    address = reverse("country:municipality", args=["GM0000"])
    parts = [
        f'<svg class="land-map" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'aria-hidden="true" focusable="false">{HATCH}'
    ]
    for code, shape in shapes.areas.items():
        area = areas[code]
        vague = " land-approximate" if shape.quality == "approximate" else ""
        hatch = f'<path fill="url(#land-hatch)" d="{shape.path}"/>' if area.hatched else ""
        parts.append(
            f'<a href="{address.replace("GM0000", code)}" tabindex="-1">'
            f"<title>{escape(area.words)}</title>"
            f'<path class="land-area {area.css}{vague}" d="{shape.path}"/>{hatch}</a>'
        )
    if outline:
        parts.append(f'<path class="land-outline" d="{outline}"/>')
    for mark in marks:
        x, y = mark.at
        parts.append(f'<text class="land-mark" x="{x}" y="{y}">{escape(mark.text)}</text>')
    parts.append("</svg>")
    return mark_safe("".join(parts))  # noqa: S308 every text in it is escaped above


def place_svg(country_path: str, path: str) -> SafeString:
    """A small map with one place in the country; hidden from screen readers."""
    return mark_safe(  # noqa: S308 path data is made by us
        f'<svg class="land-place" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" '
        f'focusable="false"><path class="land-country" d="{country_path}"/>'
        f'<path d="{path}"/></svg>'
    )
