"""How much of what points to persons is found, and how much of what is found does so?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rodedraad.methods.deidentify.spans import KINDS, Kind, Span


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Counts and shares for one class; a share of nothing is None.

    ``n_covered`` of ``n_marked`` were replaced whole, as whatever class: nothing of them is
    left to read. ``n_right`` of ``n_found`` touch something marked of their own class.
    """

    n_marked: int
    n_covered: int
    n_found: int
    n_right: int
    recall: float | None
    precision: float | None


def accuracy_by_kind(
    texts: Iterable[tuple[Iterable[Span], Iterable[Span]]],
) -> Mapping[Kind, Accuracy]:
    """Recall and precision by class, over texts given as (marked by a person, found).

    >>> jan = Span("person", 0, 3, "Jan", "likely", "first_name")
    >>> accuracy_by_kind([([jan], [jan]), ([jan], [])])["person"].recall
    0.5
    """
    marked = dict.fromkeys(KINDS, 0)
    covered, found, right = marked.copy(), marked.copy(), marked.copy()
    for wanted, got in ((tuple(wanted), tuple(got)) for wanted, got in texts):
        for span in wanted:
            marked[span.kind] += 1
            covered[span.kind] += _covered(span, got)
        for span in got:
            found[span.kind] += 1
            right[span.kind] += any(
                span.kind == other.kind and span.start < other.end and other.start < span.end
                for other in wanted
            )
    return {
        kind: Accuracy(
            marked[kind],
            covered[kind],
            found[kind],
            right[kind],
            covered[kind] / marked[kind] if marked[kind] else None,
            right[kind] / found[kind] if found[kind] else None,
        )
        for kind in KINDS
    }


def _covered(span: Span, found: tuple[Span, ...]) -> bool:
    return all(
        any(other.start <= place < other.end for other in found)
        for place, letter in enumerate(span.text, span.start)
        if letter.isalnum()
    )
