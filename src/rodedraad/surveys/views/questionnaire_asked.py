"""Which survey does a page ask for, may this person change it, and where does the page stand?"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rodedraad.accounts.origin import request_origin
from rodedraad.assessment.construct_names import source_names
from rodedraad.networks.asked import study_steps
from rodedraad.studies.access import StudyAccess, access_for
from rodedraad.surveys.models import Survey, SurveyVersion

Step = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SurveyAsked:
    """A survey with the access that a person has to its study."""

    access: StudyAccess
    survey: Survey
    origin: str

    @property
    def may_change(self) -> bool:
        """Whether this person designs questionnaires here."""
        return self.access.may_design

    @property
    def steps(self) -> list[Step]:
        """The way to a page below that of the survey."""
        slug = self.access.study.slug
        here = (survey_title(self.survey), reverse("surveys:survey", args=[slug, self.survey.slug]))
        return [*list_steps(self.access), here]


def survey_asked(request: HttpRequest, slug: str, survey: str) -> SurveyAsked:
    """Return the survey when the person is in the team; who changes something designs here.

    Raises
    ------
    Http404
        When there is no such survey, or the person may not know that there is.
    PermissionDenied
        When someone who does not design asks for a change.
    """
    access = access_for(request.user, slug)
    if request.method == "POST" and not access.may_design:
        raise PermissionDenied
    found = get_object_or_404(access.study.surveys.select_related("wave"), slug=survey)
    found.study = access.study
    return SurveyAsked(access, found, request_origin(request))


def version_asked(
    request: HttpRequest, slug: str, survey: str, number: int, *, making: bool = False
) -> tuple[SurveyAsked, SurveyVersion]:
    """Return a version of a survey; with ``making`` only one that did not go out yet."""
    asked = survey_asked(request, slug, survey)
    if making and not asked.may_change:
        raise Http404("There is no such page, or you do not design questionnaires here.")
    version = get_object_or_404(asked.survey.versions, number=number)
    version.survey = asked.survey
    if making and version.frozen_at is not None:
        raise Http404("This version went out.")
    return asked, version


def list_steps(access: StudyAccess) -> list[Step]:
    """The way to a page below the list of surveys."""
    address = reverse("surveys:list", args=[access.study.slug])
    return study_steps(access.study, (_("Questionnaires"), address))


def survey_title(survey: Survey) -> str:
    """The title of a survey in the language of the page."""
    return (survey.title_en if get_language() == "en" else "") or survey.title_nl


def role_words(survey: Survey) -> list[tuple[str, str]]:
    """The roles that a survey asks: letter and words."""
    names = source_names()
    return [(str(role), names.get(str(role), str(role))) for role in survey.roles]


def row_version_of(request: HttpRequest) -> int:
    """Return which state of a thing the page showed; 0 when it does not say."""
    given = request.POST.get("row_version", "")
    return int(given) if given.isascii() and given.isdigit() else 0
