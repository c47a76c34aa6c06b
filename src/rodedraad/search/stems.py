"""What is the stem of a word, as the index of the database knows it?

Small words, such as 'de' and 'niet', have none: they are not in the index.
"""

from collections.abc import Iterable, Sequence

from django.db import connection

from rodedraad.search.matching import Matcher, Stem
from rodedraad.search.query import WILD, Node, terms_of

KEPT_AT_MOST = 300_000
ASK = "SELECT word, ts_lexize('dutch_stem', word) FROM unnest(%s::text[]) AS word"

_known: dict[str, Stem] = {}


def stems_of(words: Iterable[str]) -> dict[str, Stem]:
    """Return the stem of each word; what is not known yet is asked in one query.

    The stem of a word never changes, so this process remembers it.
    """
    asked = words if isinstance(words, set) else set(words)
    found = {word: _known[word] for word in asked & _known.keys()}
    missing = asked - found.keys()
    if missing:
        with connection.cursor() as cursor:
            cursor.execute(ASK, [sorted(missing)])
            new = {word: tuple(stem or ()) for word, stem in cursor.fetchall()}
        if len(_known) + len(new) > KEPT_AT_MOST:
            _known.clear()
        _known.update(new)
        found |= new
    return found


def matcher_for(query: Node, texts: Iterable[Sequence[str]]) -> Matcher:
    """Return what looks for a question in texts, each a list of its words."""
    terms = list(terms_of(query))
    asked = {word for term in terms for word in term.words}
    if all(term.exact or set(term.words) <= {word for word in term.words if WILD & set(word)}
           for term in terms):  # fmt: skip
        return Matcher(query, stems_of(asked))
    return Matcher(query, stems_of(asked.union(*texts)))


def stems_forget() -> None:
    """Forget all stems, as a new process would."""
    _known.clear()
