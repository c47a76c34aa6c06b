"""What of the look for people goes when somebody takes words back: the marks in them."""

from collections.abc import Iterable

from rodedraad.deidentification.models import Mark
from rodedraad.sources.erasing import Erased


def marks_erase(erased: Erased) -> Iterable[str]:
    """Remove the marks in the words; a mark holds a place and what to put there, no words."""
    rows = Mark.objects.filter(review__version__in=list(erased.places))
    gone = [
        pk
        for pk, version, start, end in rows.values_list("pk", "review__version", "start", "end")
        if erased.touches(version, start, end)
    ]
    Mark.objects.filter(pk__in=gone).delete()
    return ()
