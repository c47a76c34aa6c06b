"""Which codings and memos does a coder see? In a blind round, only their own until it closes."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from rodedraad.coding.models import STANDING, Coder, Coding, Memo, Round
from rodedraad.sources.models import Source, SourceVersion
from rodedraad.studies.models import Study


def codings_visible(coder: Coder | None, study: Study) -> QuerySet[Coding]:
    """Return the codings of a study that a coder may see now; without a coder, what all may see.

    What is made in an open blind round is seen by who made it only. Who codes a source in an
    open blind round sees nothing of others in that source, whenever they made it.
    """
    alive = Coding.objects.filter(study=study, removed_at=None)
    return alive.filter(_mine(coder, "coder") | ~_hidden(coder, "round", "version__source"))


def memos_visible(coder: Coder | None, study: Study) -> QuerySet[Memo]:
    """Return the memos of a study that a coder may see now, by the same rule.

    A memo on a source, a code or the study stands outside the rounds, yet tells what its writer
    thinks: who codes blind sees only their own.
    """
    alive = Memo.objects.filter(study=study, removed_at=None)
    shown = _mine(coder, "coder") | (
        ~_hidden(coder, "coding__round", "coding__version__source")
        & ~Q(source__in=_blind_sources(coder))
        & ~Q(source=None, coding=None, study__in=_blind_studies(coder))
    )
    return alive.filter(Q(coding=None) | Q(coding__removed_at=None)).filter(shown)


def codings_now(study: Study) -> QuerySet[Coding]:
    """Return the codings that count now: on the newest version of a source that is in the study.

    A coding whose words are lost does not count; a suggestion counts when a person accepted it.
    """
    newer = SourceVersion.objects.filter(
        source=OuterRef("version__source"), number__gt=OuterRef("version__number")
    )
    return codings_standing(study).filter(~Exists(newer), version__source__removed_at=None)


def codings_standing(study: Study) -> QuerySet[Coding]:
    """Return the codings that count now where they stand on the newest version of their source."""
    return Coding.objects.filter(STANDING, study=study)


def shown_to(coder: Coder | None, coder_name: str, round_name: str, source_name: str) -> Q:
    """Return the same rule for rows of another room, by the names of their fields."""
    return _mine(coder, coder_name) | ~_hidden(coder, round_name, source_name)


def _blind_rounds() -> QuerySet[Round]:
    return Round.objects.filter(kind=Round.Kind.BLIND, closed_at=None)


def _mine(coder: Coder | None, name: str) -> Q:
    return Q(**{name: coder}) if coder else Q(pk__in=())


def _hidden(coder: Coder | None, round_name: str, source_name: str) -> Q:
    in_blind = Q(**{f"{round_name}__in": _blind_rounds()})
    return in_blind | Q(**{f"{source_name}__in": _blind_sources(coder)})


def _blind_sources(coder: Coder | None) -> QuerySet[Source]:
    if coder is None:
        return Source.objects.none()
    return Source.objects.filter(coding_rounds__in=_blind_rounds().filter(coders=coder))


def _blind_studies(coder: Coder | None) -> QuerySet[Study]:
    if coder is None:
        return Study.objects.none()
    return Study.objects.filter(coding_rounds__in=_blind_rounds().filter(coders=coder))
