"""How does a survey stand: its versions, its promise, and whether people can answer?"""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from rodedraad.assessment.construct_names import source_names
from rodedraad.errors import Refusal
from rodedraad.overviews.disclosure import LEAST
from rodedraad.surveys.models import Survey
from rodedraad.surveys.questionnaire.checking import faults_of
from rodedraad.surveys.questionnaire.freezing import version_freeze, version_next
from rodedraad.surveys.questionnaire.minutes import minutes_expected
from rodedraad.surveys.questionnaire.roles_changed import roles_changed
from rodedraad.surveys.questionnaire.running import OWN_AT_MOST, survey_change, survey_turn
from rodedraad.surveys.views.questionnaire_asked import (
    SurveyAsked,
    list_steps,
    role_words,
    row_version_of,
    survey_asked,
    survey_title,
)
from rodedraad.surveys.views.questionnaire_list import IN
from rodedraad.surveys.wording import COMPARABLE, MODES, PROMISES, STATES

DONE = {
    "open": gettext_lazy("The survey is open: people can answer."),
    "paused": gettext_lazy("The survey is paused: people see that it goes on later."),
    "closed": gettext_lazy("The survey is closed."),
}


class SettingsForm(forms.Form):
    """What of a survey can change; the mode only until a version went out."""

    title_nl = forms.CharField(label=gettext_lazy("Title in Dutch"), max_length=200)
    title_en = forms.CharField(
        label=gettext_lazy("Title in English"), max_length=200, required=False
    )
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Whom it asks"), widget=forms.CheckboxSelectMultiple
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes that people are told"), min_value=1, max_value=120,
        required=False,
        help_text=gettext_lazy("Measure it with a few people; the estimate is a rule of thumb."),
    )  # fmt: skip
    own_questions = forms.IntegerField(
        label=gettext_lazy("Most questions a municipality may add itself"),
        min_value=0, max_value=OWN_AT_MOST,
    )  # fmt: skip
    opens_at = forms.DateTimeField(
        label=gettext_lazy("Opens at"), required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    closes_at = forms.DateTimeField(
        label=gettext_lazy("Closes at"), required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    mode = forms.ChoiceField(label=gettext_lazy("Promise"), widget=forms.RadioSelect)

    def __init__(self, survey: Survey, *args: Any, is_out: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [
            (code, name) for code, name in source_names().items() if len(code) == 1
        ]
        self.fields["mode"].choices = [
            (key, f"{words}: {PROMISES[key]}") for key, words in MODES.items()
        ]
        if is_out:
            del self.fields["mode"]
        if survey.state != Survey.State.DRAFT:
            del self.fields["own_questions"]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def survey(request: HttpRequest, slug: str, survey: str) -> HttpResponse:
    """Show a survey; freeze or begin a version, open, pause or close it."""
    asked = survey_asked(request, slug, survey)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            _done(request, asked)
        except Refusal as fault:
            refusal = fault
        else:
            return redirect("surveys:survey", slug, survey)
    versions = list(asked.survey.versions.order_by("-number"))
    newest = versions[0]
    faults = faults_of(newest.definition, asked.survey.roles) if newest.frozen_at is None else []
    out = next((one for one in versions if one.frozen_at is not None), None)
    n_in = asked.survey.responses.filter(state__in=IN).count()
    context = {
        "study": asked.access.study,
        "steps": list_steps(asked.access),
        "survey": asked.survey,
        "title": survey_title(asked.survey),
        "state": STATES[asked.survey.state],
        "mode": MODES[asked.survey.mode],
        "promise": PROMISES[asked.survey.mode],
        "roles": role_words(asked.survey),
        "newest": newest,
        "is_out": any(one.frozen_at for one in versions),
        "versions": [
            (one, COMPARABLE[one.comparable], versions[at + 1].number if versions[at + 1 :] else 0)
            for at, one in enumerate(versions)
        ],
        "comparable": COMPARABLE.items(),
        "n_errors": sum(one.is_error for one in faults),
        "n_faults": len(faults),
        "minutes": minutes_expected(newest.definition),
        "n_in": n_in,
        "few": 0 < n_in < LEAST,
        "least": LEAST,
        "may_change": asked.may_change,
        "roles_changed": roles_changed(asked.survey, out) if out is not None else [],
        "refusal": refusal,
    }
    return render(request, "surveys/survey.html", context, status=422 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings(request: HttpRequest, slug: str, survey: str) -> HttpResponse:
    """Change title, roles, minutes, dates, and the promise while nothing went out."""
    asked = survey_asked(request, slug, survey)
    is_out = asked.survey.versions.exclude(frozen_at=None).exists()
    begin = {name: getattr(asked.survey, name) for name in SettingsForm.base_fields}
    form = SettingsForm(asked.survey, request.POST or None, initial=begin, is_out=is_out)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            survey_change(asked.survey, form.cleaned_data, row_version=row_version_of(request))
        except Refusal as fault:
            refusal = fault
        else:
            messages.success(request, _("Saved."))
            return redirect("surveys:survey", slug, survey)
    context = {
        "study": asked.access.study,
        "steps": asked.steps,
        "survey": asked.survey,
        "form": form,
        "is_out": is_out,
        "may_change": asked.may_change,
        "promise": PROMISES[asked.survey.mode],
        "refusal": refusal,
    }
    failed = request.method == "POST"
    return render(request, "surveys/settings.html", context, status=422 if failed else 200)


def _done(request: HttpRequest, asked: SurveyAsked) -> None:
    what, at = request.POST.get("doe", ""), row_version_of(request)
    person, origin = asked.access.person, asked.origin
    if what == "vastzetten":
        version = get_object_or_404(
            asked.survey.versions, number=_number(request.POST.get("versie", ""))
        )
        version_freeze(version, row_version=at, person=person, origin=origin)
        messages.success(
            request, _("Version %(n)s went out and is never changed again.") % {"n": version.number}
        )
    elif what == "nieuwe-versie":
        note, comparable = request.POST.get("note", ""), request.POST.get("comparable", "")
        made = version_next(asked.survey, note=note, comparable=comparable)
        messages.success(request, _("Version %(n)s is begun as a copy.") % {"n": made.number})
    else:
        survey_turn(asked.survey, what, row_version=at, person=person, origin=origin)
        messages.success(request, DONE[what])


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() else 0
