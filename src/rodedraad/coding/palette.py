"""Which codes does the page for coding offer? It is made once for each state of a codebook."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from rodedraad.coding.models import Code
from rodedraad.coding.tree import code_lines
from rodedraad.studies.models import Study

KEPT_AT_MOST = 64


@dataclass(frozen=True, slots=True)
class Palette:
    """The codes that can be used, and how a page offers them: to type, and as a tree."""

    codes: Mapping[int, Code]
    options: SafeString
    tree: SafeString


def palette(study: Study, clock: str) -> Palette:
    """Return the codes of a study; ``clock`` says in which state its codebook is now."""
    return _made(study.pk, clock, get_language())


@lru_cache(maxsize=KEPT_AT_MOST)
def _made(study_id: int, _clock: str, _language: str | None) -> Palette:
    lines = [line for line in code_lines(Study(pk=study_id)) if line.code.is_codable]
    return Palette(
        {line.code.pk: line.code for line in lines},
        render_to_string("coding/part/options.html", {"lines": lines}),
        render_to_string("coding/part/tree.html", {"lines": lines}),
    )
