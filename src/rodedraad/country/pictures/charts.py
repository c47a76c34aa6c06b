"""How are a line through the years and a place in a spread drawn as small SVG pictures?

Both are hidden from screen readers: the same figures stand in words or in a table beside them.
"""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from rodedraad.country.queries.figures import Spread
from rodedraad.country.wording import number_shown

_WIDTH, _HEIGHT = 480, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 74, 16, 14, 34
_STRIP = 160
_STEPS = (1, 2, 2.5, 5, 10)


def line_svg(points: Sequence[tuple[int, float]]) -> SafeString:
    """A line through (year, value); broken where a year is missing. Axis need not begin at 0."""
    years = [year for year, _value in points]
    ticks = _ticks([value for _year, value in points])
    low, high = ticks[0], ticks[-1]

    def x(year: int) -> float:
        span = max(years[-1] - years[0], 1)
        return round(_LEFT + (year - years[0]) / span * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(value: float) -> float:
        return round(_TOP + (high - value) / (high - low) * (_HEIGHT - _TOP - _BOTTOM), 1)

    parts = [_open("land-chart", _WIDTH, _HEIGHT)]
    for tick in ticks:
        parts.append(f'<path class="land-grid" d="M{_LEFT} {y(tick)}H{_WIDTH - _RIGHT}"/>')
        text = escape(number_shown(tick))
        parts.append(f'<text class="land-end" x="{_LEFT - 8}" y="{y(tick) + 5}">{text}</text>')
    # Two labels of years side by side need about three years' room.
    step = 1 if len(years) < 5 else 3
    for year in years[::-step]:
        parts.append(f'<text class="land-mid" x="{x(year)}" y="{_HEIGHT - 8}">{year}</text>')
    line = [
        f"{'L' if at and years[at - 1] == year - 1 else 'M'}{x(year)} {y(value)}"
        for at, (year, value) in enumerate(points)
    ]
    parts.append(f'<path class="land-line" d="{"".join(line)}"/>')
    parts += [
        f'<circle class="land-dot" cx="{x(year)}" cy="{y(value)}" r="4"/>' for year, value in points
    ]
    return mark_safe("".join([*parts, "</svg>"]))  # noqa: S308 numbers and escaped text only


def _ticks(values: Sequence[float]) -> list[float]:
    """Three to six round values that enclose the given ones."""
    low, high = min(values), max(values)
    rough = max((high - low) / 4, abs(high) / 100, 1)
    power = 10 ** (len(str(int(rough))) - 1)
    step = next(power * part for part in _STEPS if power * part >= rough)
    first = int(low // step)
    last = max(int(-(-high // step)), first + 1)
    return [at * step for at in range(first, last + 1)]


def strip_svg(value: float, spread: Spread) -> SafeString:
    """The middle 90% and middle half of all municipalities, the median, and this one."""
    low, lower, median, upper, high = spread.quantiles
    first, last = min(low, value), max(high, value)
    span = (last - first) or 1

    def x(figure: float) -> int:
        return round(6 + (figure - first) / span * (_STRIP - 12))

    return mark_safe(  # noqa: S308 numbers only
        _open("land-strip", _STRIP, 20)
        + f'<path class="land-ninety" d="M{x(low)} 10H{x(high)}"/>'
        + f'<path class="land-half" d="M{x(lower)} 10H{x(upper)}"/>'
        + f'<path class="land-median" d="M{x(median)} 3v14"/>'
        + f'<circle class="land-here" cx="{x(value)}" cy="10" r="5"/></svg>'
    )


def _open(css: str, width: int, height: int) -> str:
    return (
        f'<svg class="{css}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'aria-hidden="true" focusable="false">'
    )
