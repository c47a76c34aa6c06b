"""Which suggestions are shown, and from which sources may the machine learn and suggest?"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from rodedraad.coding.models import Round
from rodedraad.errors import Refusal
from rodedraad.sources.models import Source, SourceVersion
from rodedraad.studies.models import Study
from rodedraad.suggestions.models import StudySuggestions, Suggestion

OPEN = Q(rejected_at=None) & (Q(coding=None) | Q(coding__removed_at__isnull=False))
"""Nobody decided, or the coding that was made of it was taken away again."""


def suggestions_require(study: Study) -> None:
    """Refuse when the lead of a study did not turn suggestions on."""
    if not StudySuggestions.objects.filter(study=study, is_on=True).exists():
        raise Refusal(
            "Suggestions are off in this study. The lead can turn them on.", code="suggestions_off"
        )


def sources_free(study: Study) -> QuerySet[Source]:
    """Return the sources of a study that are in no open blind round."""
    blind = Round.objects.filter(study=study, kind=Round.Kind.BLIND, closed_at=None)
    inside = Source.objects.filter(coding_rounds__in=blind).order_by().values("pk")
    return Source.objects.filter(study=study, removed_at=None).exclude(pk__in=inside)


def suggestions_visible(study: Study) -> QuerySet[Suggestion]:
    """Return the suggestions of a study that may be shown, decided or not.

    None when the lead did not turn them on; none for a source in an open blind round, for a text
    that has a newer version, or for a code that cannot be used any more.
    """
    newer = SourceVersion.objects.filter(
        source=OuterRef("version__source"), number__gt=OuterRef("version__number")
    )
    return Suggestion.objects.filter(
        ~Exists(newer),
        study=study,
        study__suggesting__is_on=True,
        version__source__in=sources_free(study).order_by().values("pk"),
        code__retired_at=None,
        code__is_codable=True,
    )
