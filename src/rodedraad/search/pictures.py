"""How are the numbers of hits drawn: one neutral bar each, with its number beside it?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from rodedraad.search.scope import Text

WIDTH, ROW, LABEL, NUMBER = 560, 28, 200, 70
LETTERS = 28
DRAWN_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Group:
    """A case or year: how many hits, in how many of the sources that were searched in it."""

    name: str
    hits: int
    sources: int
    searched: int


def groups_by(texts: Sequence[Text], counts: Counter[int], *, year: bool) -> list[Group]:
    """Count hits by case, most first, or by year in order; what has none comes last."""
    names: dict[str, list[Text]] = {}
    for text in texts:
        name = (str(text.date.year) if text.date else "") if year else text.case_name
        names.setdefault(name, []).append(text)
    nameless = _("without a date") if year else _("without a case")
    groups = [
        Group(
            name or nameless,
            sum(counts[text.version] for text in under),
            sum(counts[text.version] > 0 for text in under),
            len(under),
        )
        for name, under in sorted(names.items(), key=lambda pair: (not pair[0], pair[0]))
    ]
    return groups if year else sorted(groups, key=lambda one: (one.name == nameless, -one.hits))


def bars_svg(groups: Sequence[Group]) -> SafeString:
    """Draw the number of hits of each group, the first twenty.

    Hidden from screen readers: the table beside it has the same numbers, of all.
    """
    drawn = groups[:DRAWN_AT_MOST]
    most = max((one.hits for one in drawn), default=0) or 1
    height = ROW * len(drawn) + 4
    parts = [
        f'<svg class="sea-bars" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" aria-hidden="true" focusable="false">'
    ]
    for at, one in enumerate(drawn):
        y = ROW * at + 2
        long = round((WIDTH - LABEL - NUMBER) * one.hits / most)
        name = Truncator(one.name).chars(LETTERS)
        parts.append(
            f'<text x="0" y="{y + ROW // 2 + 3}">{escape(name)}</text>'
            f'<rect x="{LABEL}" y="{y + 2}" width="{long}" height="{ROW - 8}"/>'
            f'<text x="{LABEL + long + 8}" y="{y + ROW // 2 + 3}">{one.hits}</text>'
        )
    parts.append(f'<path d="M{LABEL} 0V{height}"/></svg>')
    return mark_safe("".join(parts))  # noqa: S308 every text in it is escaped above
