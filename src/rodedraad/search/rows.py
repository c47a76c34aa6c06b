"""Which row of a table does each place that was found give?"""

from collections.abc import Iterable, Iterator

from rodedraad.coding.models import Coding, Memo
from rodedraad.search.context import in_context
from rodedraad.search.hits import Hit
from rodedraad.search.passages import Told
from rodedraad.search.scope import Text

OF_TEXT = ("source", "case", "date", "kind", "role")
HIT_COLUMNS = (*OF_TEXT, "paragraph", "label", "start", "end", "left", "hit", "right")
TOLD_COLUMNS = (*OF_TEXT, "code", "coder", "start", "end", "left", "hit", "right", "text")

Row = tuple[object, ...]


def hit_rows(hits: Iterable[Hit]) -> Iterator[Row]:
    """Give a row for each place; ``start`` and ``end`` are positions in the whole text.

    A paragraph that answers without a place in it gives one row, without ``hit``.
    """
    for hit in hits:
        row = hit.paragraph
        facts = (*_of(hit.text), row.number, row.label)
        for place in hit.places or [(0, 0)]:
            one = in_context(row.text, place)
            yield (*facts, row.start + one.start, row.start + one.end, one.left, one.hit, one.right)


def told_rows(answers: Iterable[Told[Coding]] | Iterable[Told[Memo]]) -> Iterator[Row]:
    """Give a row for each place in a coded passage or memo; positions count from its beginning."""
    for told in answers:
        thing = told.thing
        words = thing.quote if isinstance(thing, Coding) else thing.text
        facts = (*_of(told.text), thing.code.name if thing.code else "", thing.coder.name)
        for one in told.contexts:
            yield (*facts, one.start, one.end, one.left, one.hit, one.right, words)


def _of(text: Text | None) -> Row:
    if text is None:
        return ("", "", None, "", "")
    return text.title, text.case_name, text.date, text.kind, text.role
