"""How far is each mailing, and who would get the next mail: counted in the database."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from rodedraad.fieldwork.links import Subject
from rodedraad.fieldwork.mailing import STEPS, participations_fitting
from rodedraad.fieldwork.models import Mailing, Message
from rodedraad.fieldwork.models.mail import Step
from rodedraad.studies.models import Study

State = Message.State


@dataclass(frozen=True, slots=True)
class Fitting:
    """How many people fit each step for one subject."""

    subject: Subject
    counts: Sequence[tuple[str, int]]


def mailings_of(study: Study) -> QuerySet[Mailing]:
    """Return the mailings of a study, the newest first, each with how many came to each end."""
    counted = {
        f"n_{state}": Count("messages", filter=Q(messages__state=state)) for state in State.values
    }
    return Mailing.objects.filter(study=study).annotate(**counted).order_by("-pk")


def fitting_of(study: Study, subjects: Sequence[Subject]) -> list[Fitting]:
    """Return how many people would get each step now, as far as study data know.

    An invitation, and thanks, come once: who has them already is not counted again.
    """
    return [
        Fitting(subject, [(step, _n_fitting(study, subject.about, step)) for step in STEPS])
        for subject in subjects
    ]


def _n_fitting(study: Study, about: str, step: str) -> int:
    fitting = participations_fitting(study, about, step)
    if step != Step.REMINDER:
        there = Message.objects.filter(mailing__about=about, mailing__step=step)
        fitting = fitting.exclude(Exists(there.filter(participation=OuterRef("pk"))))
    return fitting.count()


def mail_is_sent() -> bool:
    """Tell whether this installation sends mail, or writes it to a file or screen instead."""
    return not settings.EMAIL_BACKEND.endswith(("filebased.EmailBackend", "console.EmailBackend"))
