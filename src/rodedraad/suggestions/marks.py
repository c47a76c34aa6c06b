"""Which suggestions stand in a part of a text, for the page on which one reads and codes?"""

from django.urls import reverse
from django.utils.translation import gettext as _

from rodedraad.coding.marks import Mark
from rodedraad.coding.models import Coder
from rodedraad.sources.models import SourceVersion
from rodedraad.suggestions.visible import OPEN, suggestions_visible


def marks_of(coder: Coder, version: SourceVersion, start: int, end: int) -> list[Mark]:
    """Return the suggestions nobody decided about that touch a range of a text."""
    found = suggestions_visible(coder.study).filter(OPEN, version=version)
    page = reverse("suggestions:suggestions", args=[coder.study.slug])
    return [
        Mark(one.start, one.end, one.code.name, _("suggestion"), f"{page}?een={one.uuid}")
        for one in found.filter(start__lt=end, end__gt=start).select_related("code")
    ]
