"""Which survey does a page of results ask for, who looks, and where does the page stand?"""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rodedraad.networks.asked import Step, study_steps
from rodedraad.studies.access import StudyAccess, access_for
from rodedraad.surveys.models import Survey


@dataclass(frozen=True, slots=True)
class SurveyAsked:
    """The survey of a page, and what the person who looks may do in its study."""

    access: StudyAccess
    survey: Survey

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return text_shown({"nl": self.survey.title_nl, "en": self.survey.title_en})

    def context(self, here: str) -> dict[str, object]:
        """Return what every page of results is given."""
        study, survey = self.access.study, self.survey
        return {
            "study": study,
            "survey": survey,
            "survey_title": self.title,
            "steps": self._steps(here),
            "pages": [
                (name, words, reverse(f"surveys:{name}", args=[study.slug, survey.slug]))
                for name, words in pages_words()
                if self.access.may_design or name == "results"
            ],
            "here": here,
            "may_design": self.access.may_design,
        }

    def _steps(self, here: str) -> list[Step]:
        study, survey = self.access.study, self.survey
        steps: list[Step] = [(_("Surveys"), _address("surveys:list", study.slug))]
        steps.append((self.title, _address("surveys:survey", study.slug, survey.slug)))
        if here != "results":
            steps.append((_("Results"), _address("surveys:results", study.slug, survey.slug)))
        return study_steps(study, *steps)


def survey_asked(request: HttpRequest, slug: str, survey: str, *roles: str) -> SurveyAsked:
    """Return the survey when the person may see it in a study of theirs; else ``Http404``."""
    access = access_for(request.user, slug, *roles)
    found = (
        Survey.objects.filter(study=access.study, slug=survey)
        .select_related("wave", "wave__framework")
        .first()
    )
    if found is None:
        raise Http404("There is no such survey in this study.")
    found.study = access.study
    found.wave.study = access.study
    return SurveyAsked(access, found)


def pages_words() -> list[tuple[str, str]]:
    """The pages of results, by name, in words."""
    return [
        ("results", _("Answers")),
        ("results_items", _("Statements")),
        ("results_flagged", _("What stands out")),
        ("results_silent", _("Who did not answer")),
        ("results_weights", _("Weights")),
        ("results_evidence", _("Into the evidence")),
        ("results_open", _("Open answers")),
    ]


def text_shown(texts: object) -> str:
    """Return a text of a questionnaire in the language of the page; Dutch when it has no other."""
    if not isinstance(texts, dict):
        return str(texts or "")
    return str(texts.get(get_language() or "nl") or texts.get("nl") or "")


def share_shown(share: float | None) -> str:
    """Return a share as a percentage, a dash when it is not shown."""
    return "–" if share is None else f"{100 * share:.0f}%"


def _address(name: str, *arguments: str) -> str:
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
