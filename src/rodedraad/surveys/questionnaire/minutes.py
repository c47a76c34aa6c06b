"""About how long does a questionnaire take? A rule of thumb of ours, until it is measured.

Reading goes at 200 words a minute (Brysbaert 2019 finds 238 for silent reading of English; slower
here, since each word counts). Answering adds seconds by kind, which are our own estimate: nothing
is measured yet. ``Survey.minutes`` is what people are told, and is set by a person.
"""

from collections.abc import Mapping
from math import ceil
from typing import Any

from rodedraad.surveys.questionnaire.conditions import for_role
from rodedraad.surveys.questionnaire.texts import Element, questions_of, text_in, texts_of

WORDS_A_SECOND = 200 / 60
SECONDS = {
    "radiogroup": 4.0, "dropdown": 5.0, "buttongroup": 4.0, "boolean": 3.0, "rating": 4.0,
    "checkbox": 6.0, "tagbox": 7.0, "ranking": 20.0, "text": 8.0, "comment": 40.0,
    "multipletext": 15.0, "matrix": 0.0, "matrixdropdown": 30.0, "matrixdynamic": 40.0,
    "paneldynamic": 60.0, "slider": 6.0, "html": 0.0, "expression": 0.0, "image": 2.0,
    "imagepicker": 6.0, "imagemap": 8.0, "file": 40.0, "signaturepad": 15.0, "empty": 0.0,
}  # fmt: skip
A_ROW = 3.0
"""Seconds to answer a row of a matrix, besides reading it."""


def seconds_expected(question: Element) -> float:
    """Return about how many seconds a question takes."""
    kind = str(question.get("type"))
    words = sum(len(nl.split()) for way, (nl, _en) in texts_of(question) if "columns" not in way)
    rows = len(question.get("rows") or ()) if kind == "matrix" else 0
    return words / WORDS_A_SECOND + SECONDS.get(kind, 10.0) + rows * A_ROW


def minutes_expected(definition: Mapping[str, Any], role: str = "") -> int:
    """Return about how many minutes a role needs when it is asked everything, rounded up."""
    own = for_role(definition, role) if role else definition
    pages = own.get("pages") or ()
    above = sum(len(text_in(page.get("description"), "nl").split()) for page in pages)
    total = above / WORDS_A_SECOND + sum(map(seconds_expected, questions_of(own)))
    return ceil(total / 60)
