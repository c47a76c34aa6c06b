"""How is the score of a case drawn: its sources side by side on one line from 0 to 1?

The picture is for the eye: the numbers stand beside it in the same row of the table. Sources
differ in form, not in colour alone.
"""

from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT, EDGE = 170, 26, 9
MIDDLE = HEIGHT / 2
SIZE = 5.5


def score_strip(
    *,
    combined: float | None,
    survey: float | None,
    document: float | None,
    interview: float | None,
    conflict: bool = False,
) -> SafeString:
    """Draw a disc (survey), square (documents), diamond (interviews), and a bar (combined).

    A line joins the outermost; it is broken when they contradict each other.
    """
    known = [value for value in (survey, document, interview) if value is not None]
    parts = [f'<path class="sc-axis" d="M{EDGE} {MIDDLE}H{WIDTH - EDGE}{_ticks()}"/>']
    if len(known) > 1:
        css = "sc-span sc-broken" if conflict else "sc-span"
        parts.append(f'<path class="{css}" d="M{_x(min(known))} {MIDDLE}H{_x(max(known))}"/>')
    if combined is not None:
        parts.append(f'<path class="sc-bar" d="M{_x(combined)} 2V{HEIGHT - 2}"/>')
    parts += [
        source_sign(name, _x(value))
        for name, value in (("document", document), ("interview", interview), ("survey", survey))
        if value is not None
    ]
    return _svg("".join(parts), WIDTH)


def source_legend_sign(name: str) -> SafeString:
    """Draw the sign of one source, or of ``combined``, for a legend."""
    middle = 12
    if name == "combined":
        return _svg(f'<path class="sc-bar" d="M{middle} 2V{HEIGHT - 2}"/>', 2 * middle)
    return _svg(source_sign(name, middle), 2 * middle)


def source_sign(name: str, x: float) -> str:
    """Return the form of a source at a place."""
    if name == "survey":
        return f'<circle class="sc-survey" cx="{x}" cy="{MIDDLE}" r="{SIZE}"/>'
    if name == "document":
        return (
            f'<rect class="sc-document" x="{x - SIZE + 0.5:g}" y="{MIDDLE - SIZE + 0.5:g}" '
            f'width="{2 * SIZE - 1:g}" height="{2 * SIZE - 1:g}"/>'
        )
    reach = SIZE + 1.5
    return (
        f'<path class="sc-interview" d="M{x:g} {MIDDLE - reach:g}l{reach} {reach}l-{reach} {reach}'
        f'l-{reach} -{reach}z"/>'
    )


def _ticks() -> str:
    return "".join(f"M{_x(share)} {MIDDLE - 4}v8" for share in (0.0, 0.5, 1.0))


def _x(share: float) -> float:
    return round(EDGE + share * (WIDTH - 2 * EDGE), 1)


def _svg(content: str, width: int) -> SafeString:
    return mark_safe(  # noqa: S308 numbers and our own words only
        f'<svg class="sc-strip" viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}" '
        f'aria-hidden="true" focusable="false">{content}</svg>'
    )
