"""How is a network drawn on the map: points where municipalities lie, lines between partners?

The picture is for the eye and the pointer: it is hidden from screen readers and its links are no
tab stops. The tables beside it have the same facts and links.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from rodedraad.country.pictures.shapes import HEIGHT, WIDTH, Shapes

N_WIDTHS = 3
# A circle, square, triangle and diamond of about equal area around (0, 0).
_SYMBOLS = (
    "m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
    "m-5.3-5.3h10.6v10.6h-10.6z",
    "m0-7.5l7 12.5h-14z",
    "m0-7.5l7.5 7.5l-7.5 7.5l-7.5-7.5z",
)
_FILLS = ("full", "half", "open")
N_SIGNS = len(_SYMBOLS) * len(_FILLS)


@dataclass(frozen=True)
class Node:
    """One municipality: its code, group (from 0; null: in none) with letter, tooltip, address."""

    code: str
    group: int | None
    letter: str
    words: str
    url: str


def network_svg(
    shapes: Shapes,
    nodes: Sequence[Node],
    pairs: Sequence[tuple[int, int, int]],
    *,
    chosen: str = "",
) -> SafeString:
    """Draw the network; ``pairs`` are (node, node, number), the lines of ``chosen`` stand out.

    Lines within a group are whole, lines between groups dashed; a wider line is a larger number.
    Nodes without a shape on the map are left out, with their lines.
    """
    places = {
        i: shapes.areas[node.code].inside
        for i, node in enumerate(nodes)
        if node.code in shapes.areas
    }
    land = "".join(shape.path for shape in shapes.areas.values())
    parts = [
        f'<svg class="net" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'aria-hidden="true" focusable="false"><path class="net-land" d="{land}"/>'
    ]
    parts += [
        f'<path class="{css}" d="{path}"/>'
        for css, path in _lines(nodes, pairs, places, chosen).items()
    ]
    for i, (x, y) in places.items():
        node = nodes[i]
        here = " net-chosen" if node.code == chosen else ""
        parts.append(
            f'<a tabindex="-1" href="{escape(node.url)}"><title>{escape(node.words)}</title>'
            f'<path class="{sign_css(node.group)}{here}" d="M{x} {y}{sign_path(node.group)}"/></a>'
        )
    for letter, (x, y) in _middles(nodes, places).items():
        parts.append(f'<text class="net-group" x="{x}" y="{y}">{letter}</text>')
    parts.append("</svg>")
    return mark_safe("".join(parts))  # noqa: S308 every text in it is escaped above


def sign_svg(group: int | None) -> SafeString:
    """The sign of a group, for the legend."""
    return mark_safe(  # noqa: S308 made by us
        '<svg class="net-sign" viewBox="-10 -10 20 20" width="20" height="20" aria-hidden="true" '
        f'focusable="false"><path class="{sign_css(group)}" d="M0 0{sign_path(group)}"/></svg>'
    )


def sign_path(group: int | None) -> str:
    """The outline of the sign of a group, relative to its middle."""
    return _SYMBOLS[0 if group is None else group % len(_SYMBOLS)]


def sign_css(group: int | None) -> str:
    """How the sign of a group is filled."""
    fill = "none" if group is None else _FILLS[group // len(_SYMBOLS) % len(_FILLS)]
    return f"net-node net-{fill}"


def _lines(
    nodes: Sequence[Node],
    pairs: Sequence[tuple[int, int, int]],
    places: Mapping[int, tuple[int, int]],
    chosen: str,
) -> dict[str, str]:
    """The lines as path data per class, those that matter most last."""
    drawn = [pair for pair in pairs if pair[0] in places and pair[1] in places]
    low = min((n for _i, _j, n in drawn), default=0)
    span = max((n for _i, _j, n in drawn), default=0) - low + 1
    found: dict[str, list[str]] = {}
    for i, j, number in drawn:
        width = 1 + (number - low) * N_WIDTHS // span
        same = nodes[i].group is not None and nodes[i].group == nodes[j].group
        css = f"net-line net-wide-{width} {'net-within' if same else 'net-between'}"
        if chosen:
            own = chosen in (nodes[i].code, nodes[j].code)
            css += " net-own" if own else " net-faint"
        (x, y), (x2, y2) = places[i], places[j]
        found.setdefault(css, []).append(f"M{x} {y}L{x2} {y2}")
    ordered = sorted(found, key=lambda css: ("net-own" in css, css))
    return {css: "".join(found[css]) for css in ordered}


def _middles(
    nodes: Sequence[Node], places: Mapping[int, tuple[int, int]]
) -> dict[str, tuple[int, int]]:
    members: dict[str, list[tuple[int, int]]] = {}
    for i, place in places.items():
        if nodes[i].group is not None:
            members.setdefault(nodes[i].letter, []).append(place)
    return {
        letter: (
            round(sum(x for x, _y in found) / len(found)),
            round(sum(y for _x, y in found) / len(found)),
        )
        for letter, found in sorted(members.items())
    }
