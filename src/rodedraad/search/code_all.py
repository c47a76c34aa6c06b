"""How do the passages that were found get a code, all at once?"""

from collections.abc import Iterable

from rodedraad.coding.actions.codings_many import codings_add_many
from rodedraad.coding.models import Change, Code, Coder, Coding
from rodedraad.errors import Refusal
from rodedraad.search.context import sentence_at
from rodedraad.search.hits import Found, Hit, Range

HIT, SENTENCE, PARAGRAPH = "vindplaats", "zin", "alinea"
EXTENTS = (SENTENCE, HIT, PARAGRAPH)
MANY = "codings_add_many"


def hits_code(coder: Coder, code: Code, hits: Iterable[Hit], extent: str) -> tuple[int, int]:
    """Put a code on what was found, in one step; return how many codings came and were there.

    ``extent``: the words that were found, the sentence they are in, or the whole paragraph.
    """
    places = {(hit.text.version, place) for hit in hits for place in ranges_of(hit, extent)}
    made = codings_add_many(coder, code, places, origin=Coding.Origin.SEARCH)
    return len(made), len(places) - len(made)


def ranges_of(hit: Hit, extent: str) -> list[Range]:
    """Return the ranges in the whole text that a hit gives; its paragraph when it has no place."""
    row = hit.paragraph
    whole = sentence_at(row.text, (0, len(row.text)))
    match extent:
        case "vindplaats":
            ranges = hit.places or [whole]
        case "zin":
            ranges = [sentence_at(row.text, place) for place in hit.places] or [whole]
        case _:
            ranges = [whole]
    joined: list[Range] = []
    for start, end in sorted({(row.start + start, row.start + end) for start, end in ranges}):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def action_newest(coder: Coder | None) -> str:
    """Return the last step of a coder by its name, without reading what was in it."""
    steps = Change.objects.filter(coder=coder).order_by("-pk")
    return steps.values_list("action", flat=True).first() or ""


def seen_mark(found: Found) -> str:
    """Return what tells whether the same would be found again: so many, in these versions."""
    newest = max((text.version for text in found.texts), default=0)
    return f"{found.n}-{newest}"


def hits_picked(found: Found, *, kept: set[int], shown: set[int], every: bool) -> list[Hit]:
    """Return the hits that a person kept: of those shown, or of all but those they took out.

    Raises
    ------
    Refusal
        ``search_wide`` when there are too many to take all, ``search_nothing`` when none is kept.
    """
    if every and found.is_many:
        raise too_many()
    if every:
        hits = [hit for hit in found.every() if hit.paragraph.pk not in shown - kept]
    else:
        hits = found.those(kept)
    if not hits:
        raise Refusal(
            "No passage was kept, so none got a code. Tick at least one.", code="search_nothing"
        )
    return hits


def too_many() -> Refusal:
    """Return the refusal to do something with more than can be looked at."""
    return Refusal(
        "There are too many answers for this. Add a word or a condition first.",
        code="search_wide",
    )
