"""How does a report in a file say that a conclusion in it is stale?"""

from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils import translation

from rodedraad.assessment.run_titles import run_title


def stale_titles(kinds: Iterable[str], language: str) -> list[str]:
    """Return what the stale conclusions are called."""
    return [run_title(kind, language) for kind in kinds]


def stale_notice(kinds: Iterable[str], language: str) -> str:
    """Return a notice in HTML that names the stale conclusions; empty when there are none."""
    titles = stale_titles(kinds, language)
    if not titles:
        return ""
    with translation.override(language):
        return render_to_string("reports/part/stale.html", {"stale": titles}).strip()
