"""On which paper, in which colours, is a picture drawn that also leaves the site as a file?"""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

INK, SOFT, LINE, PAPER = "#1d2a35", "#4b5a67", "#737f8b", "#ffffff"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
SHADES = (PAPER, "#f0f4f5", "#d3e1e7", "#a9c6d2", "#35708b", "#134b64")
FIRST_DARK = 4
ACCENT = SHADES[4]
FOOT = 24


def paper(width: int, height: int, label: str, parts: list[str], said: str) -> SafeString:
    """Return the picture; ``said`` stands under it, such as that its data were drawn.

    Every text in ``parts`` must be escaped.
    """
    tall = height + (FOOT if said else 0)
    under = text(8, height + 14, said, anchor="start") if said else ""
    return mark_safe(  # noqa: S308 parts are escaped where they are made
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {tall}" width="{width}" '
        f'height="{tall}" role="img" aria-label="{escape(label)}" font-family="{FONT}" '
        f'font-size="13"><rect width="{width}" height="{tall}" fill="{PAPER}"/>'
        f"{''.join(parts)}{under}</svg>"
    )


def text(
    x: float, y: float, words: str, *, anchor: str = "middle", fill: str = INK, turn: int = 0
) -> str:
    """One line of text with its baseline at a place."""
    turned = f' transform="rotate({turn} {x:g} {y:g})"' if turn else ""
    return (
        f'<text x="{x:g}" y="{y:g}" fill="{fill}" text-anchor="{anchor}"{turned}>'
        f"{escape(words)}</text>"
    )


def shortened(words: str, most: int) -> str:
    """The words, cut where they do not fit."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
