"""Which sentence a person reads when something is refused: one for each code, in two languages."""

from rodedraad.errors import Refusal
from rodedraad.web.refusal_words import (
    agreement,
    classes,
    coding,
    deidentification,
    fieldwork,
    general,
    methods,
    overviews,
    scoring,
    search,
    sources,
    suggestions,
    surveys,
    transfer,
    types,
)

PARTS = (
    agreement,
    classes,
    coding,
    deidentification,
    fieldwork,
    general,
    methods,
    overviews,
    scoring,
    search,
    sources,
    suggestions,
    surveys,
    transfer,
    types,
)
SENTENCES = {code: words for part in PARTS for code, words in part.SENTENCES.items()}


def refusal_sentence(refusal: Refusal) -> str | None:
    """Return the sentence of its code with the data of this refusal in it; None if it has none."""
    sentence = SENTENCES.get(refusal.code)
    return None if sentence is None else str(sentence) % dict(refusal.context)
