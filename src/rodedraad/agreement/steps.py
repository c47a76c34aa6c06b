"""Where does a page about a round stand, who asks for it, and which sources may they see?"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from rodedraad.coding.models import Coder, Round
from rodedraad.coding.steps import coder_asked
from rodedraad.sources.access import sources_asked, sources_for
from rodedraad.sources.models import Source
from rodedraad.sources.steps import study_steps
from rodedraad.studies.access import Role, StudyAccess, access_for
from rodedraad.studies.models import Study

Step = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for a page about which round; ``coder`` is None for who does not code."""

    access: StudyAccess
    coder: Coder | None
    round: Round

    @property
    def study(self) -> Study:
        """The study of the round."""
        return self.access.study

    def sources(self) -> QuerySet[Source]:
        """The sources of the round that this person may see now.

        Of a closed round, not what they code blind again at this moment.
        """
        found = sources_for(self.access).filter(coding_rounds=self.round)
        if self.round.closed_at is None or self.coder is None:
            return found
        again = Round.objects.filter(kind=Round.Kind.BLIND, closed_at=None, coders=self.coder)
        return found.exclude(pk__in=Source.objects.filter(coding_rounds__in=again).values("pk"))


def rounds_steps(study: Study) -> list[Step]:
    """The steps above a page about one round, the list among them."""
    return [*study_steps(study), (_("Rounds"), reverse("agreement:rounds", args=[study.slug]))]


def round_steps(of: Round) -> list[Step]:
    """The steps above a page about a part of a round, the round among them."""
    address = reverse("agreement:round", args=[of.study.slug, of.number])
    return [*rounds_steps(of.study), (of.label, address)]


def round_read_by(request: HttpRequest, slug: str, number: int) -> Asked:
    """Return a round for who may see sources in the study; 404 for others."""
    access = sources_asked(request.user, slug)
    coder = Coder.objects.filter(study=access.study, person=access.person).first()
    return Asked(access, coder, _round(access.study, number))


def round_coded_by(request: HttpRequest, slug: str, number: int) -> Asked:
    """Return a round for who may code in the study; 404 for others."""
    access, coder = coder_asked(request, slug)
    return Asked(access, coder, _round(access.study, number))


def round_led_by(request: HttpRequest, slug: str, number: int) -> Asked:
    """Return a round for the lead of the study; 404 for others."""
    access = access_for(request.user, slug, Role.LEAD)
    return Asked(access, None, _round(access.study, number))


def _round(study: Study, number: int) -> Round:
    found = get_object_or_404(study.coding_rounds.select_related("settles"), number=number)
    found.study = study
    return found
