"""How is the history of a family of municipalities drawn: lives as bars, changes as lines?

Hidden from screen readers: the list of changes beside it says the same.
"""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from rodedraad.country.history import REGISTER_BEGINS, Link, Municipality

_WIDTH, _EDGE, _TOP, _ROW = 480, 12, 30, 42
_LATE = 0.55
_ASIDE = 6


def lives_svg(
    family: Sequence[Municipality], links: Sequence[Link], *, here: str, until: date
) -> SafeString:
    """One bar per municipality from begin to end, and a line per change; dashed when partial."""
    rows = {each.code: at for at, each in enumerate(family)}
    height = _TOP + len(family) * _ROW + 6
    total = (until - REGISTER_BEGINS).days

    def x(when: date) -> float:
        share = min(max((when - REGISTER_BEGINS).days / total, 0), 1)
        return round(_EDGE + share * (_WIDTH - 2 * _EDGE), 1)

    def y(code: str) -> int:
        return _TOP + rows[code] * _ROW + 28

    parts = [
        f'<svg class="land-lives" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
        f'height="{height}" aria-hidden="true" focusable="false">'
    ]
    for year in range(REGISTER_BEGINS.year, until.year + 1, 5):
        at = x(date(year, 1, 1))
        parts.append(f'<path class="land-grid" d="M{at} {_TOP - 6}V{height}"/>')
        place = "land-start" if year == REGISTER_BEGINS.year else "land-mid"
        parts.append(f'<text class="{place}" x="{at}" y="16">{year}</text>')
    for link in links:
        css = "land-tie land-tie-part" if link.partial else "land-tie"
        # Beside the line of those that went there wholly, or it would be hidden by it.
        aside = f"h{_ASIDE}" if link.partial else ""
        line = f"M{x(link.date)} {y(link.from_code)}{aside}V{y(link.to_code)}"
        parts.append(f'<path class="{css}" d="{line}"/>')
    for each in family:
        begin, end = x(each.begin_date or REGISTER_BEGINS), x(each.end_date or until)
        css = "land-life land-life-here" if each.code == here else "land-life"
        parts.append(f'<path class="{css}" d="M{begin} {y(each.code)}H{max(end, begin + 2)}"/>')
        late = begin > _LATE * _WIDTH
        parts.append(_name(each, end if late else begin, y(each.code) - 9, here, late=late))
    return mark_safe("".join([*parts, "</svg>"]))  # noqa: S308 names are escaped


def _name(municipality: Municipality, x: float, y: float, here: str, *, late: bool) -> str:
    place = "land-end" if late else "land-start"
    text = f'<text class="{place}" x="{x}" y="{y}">{escape(municipality.name)}</text>'
    if municipality.code == here:
        return text.replace(place, f"{place} land-strong")
    address = reverse("country:municipality", args=[municipality.code])
    return f'<a href="{address}" tabindex="-1">{text}</a>'
