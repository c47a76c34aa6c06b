"""How much of a study has no place in a project? Four questions, for a page that must be quick."""

from typing import Any

from django.db.models import Count, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from rodedraad.coding.models import Code, Coding, Round
from rodedraad.sources.models import Source, SourceVersion
from rodedraad.studies.models import Case, Study


def left_out_of(study: Study, sources: QuerySet[Source]) -> dict[str, int]:
    """Return how much of a study does not go along, by reason; see ``reasons.OUT``.

    ``sources`` go along. What is in an open blind round counts for nothing.
    """
    blind = study.coding_rounds.filter(kind=Round.Kind.BLIND, closed_at=None)
    codings, codes = _codings_counted(study, blind), _codes_counted(study)
    there, whole = _sources_counted(study, sources), _whole_counted(study, sources, blind)
    found = {
        "codebook-version": whole["n_books"],
        "text-version": whole["n_versions"] - there["going"],
        "original-file": there["files"],
        "round": codings["round"],
        "judgement": codings["judgement"],
        "pattern": codes["pattern"],
        "construct": codes["construct"],
        "blind": whole["n_blind"],
        "lost": codings["lost"],
        "personal": there["alive"] - there["going"],
        "removed": there["removed"],
        "history": whole["n_history"],
        "case-frame": whole["n_cases"],
    }
    return {name: n for name, n in found.items() if n > 0}


def _codings_counted(study: Study, blind: QuerySet[Round]) -> dict[str, int]:
    unasked = Q(origin=Coding.Origin.SUGGESTION, accepted_at=None)
    codings = Coding.objects.filter(study=study, removed_at=None).exclude(round__in=blind)
    return codings.aggregate(
        round=Count("pk", filter=Q(round__isnull=False)),
        judgement=Count("pk", filter=Q(valence__isnull=False) | Q(strength__isnull=False)),
        lost=Count("pk", filter=Q(anchor=Coding.Anchor.LOST) | unasked),
    )


def _codes_counted(study: Study) -> dict[str, int]:
    return Code.objects.filter(study=study, retired_at=None).aggregate(
        pattern=Count("pk", filter=~Q(pattern=Code.Pattern.SOLID)),
        construct=Count("pk", filter=~Q(construct="")),
    )


def _sources_counted(study: Study, sources: QuerySet[Source]) -> dict[str, int]:
    goes = Q(pk__in=sources.order_by().values("pk"))
    return Source.objects.filter(study=study).aggregate(
        going=Count("pk", filter=goes),
        files=Count("pk", filter=goes & ~Q(media_type__startswith="text/")),
        alive=Count("pk", filter=Q(removed_at=None)),
        removed=Count("pk", filter=Q(removed_at__isnull=False)),
    )


def _whole_counted(
    study: Study, sources: QuerySet[Source], blind: QuerySet[Round]
) -> dict[str, int]:
    return Study.objects.values(
        n_books=_number(study.codebook_versions.all()),
        n_versions=_number(
            SourceVersion.objects.filter(source__in=sources.order_by().values("pk"))
        ),
        n_blind=_number(blind),
        n_history=_number(study.coding_changes.all()),
        n_cases=_number(Case.objects.filter(study=study, sources=None)),
    ).get(pk=study.pk)


def _number(things: QuerySet[Any]) -> Coalesce:
    """Ask how many things there are, within another question."""
    one = things.order_by().values(one=Value(1))
    return Coalesce(Subquery(one.annotate(n=Count("*")).values("n")), 0)
