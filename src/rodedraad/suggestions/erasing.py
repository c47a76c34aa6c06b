"""What of suggestions goes when somebody takes words back: each that quotes them."""

from collections.abc import Iterable

from rodedraad.sources.erasing import Erased
from rodedraad.suggestions.models import Suggestion


def suggestions_erase(erased: Erased) -> Iterable[str]:
    """Remove the suggestions on the words; a coding that was made of one has its own end."""
    rows = Suggestion.objects.filter(version__in=list(erased.places))
    gone = [
        pk
        for pk, version, start, end in rows.values_list("pk", "version", "start", "end")
        if erased.touches(version, start, end)
    ]
    Suggestion.objects.filter(pk__in=gone).delete()
    return ()
