"""Which surveys does a study have, and how is one made?"""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.assessment.construct_names import source_names
from rodedraad.errors import Refusal
from rodedraad.networks.asked import study_steps
from rodedraad.overviews.disclosure import LEAST
from rodedraad.studies.access import DESIGNERS, access_for
from rodedraad.studies.models import Study
from rodedraad.surveys.models import Response, Survey, SurveyVersion
from rodedraad.surveys.questionnaire.running import EMPTY, FRAMEWORK, OWN_AT_MOST, survey_make
from rodedraad.surveys.views.questionnaire_asked import list_steps, survey_title
from rodedraad.surveys.wording import MODES, PROMISES, STATES

IN = (Response.State.COMPLETE, Response.State.RECEIVED)


class SurveyForm(forms.Form):
    """What a survey needs to begin."""

    title_nl = forms.CharField(label=gettext_lazy("Title in Dutch"), max_length=200)
    title_en = forms.CharField(
        label=gettext_lazy("Title in English"), max_length=200, required=False
    )
    wave = forms.ModelChoiceField(label=gettext_lazy("Wave"), queryset=None, empty_label=None)
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Whom it asks"), widget=forms.CheckboxSelectMultiple
    )
    start = forms.ChoiceField(label=gettext_lazy("Begin with"))
    own_questions = forms.IntegerField(
        label=gettext_lazy("Most questions a municipality may add itself"),
        min_value=0, max_value=OWN_AT_MOST, initial=0,
    )  # fmt: skip

    def __init__(self, study: Study, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wave"].queryset = study.waves.all()
        self.fields["roles"].choices = [
            (code, name) for code, name in source_names().items() if len(code) == 1
        ]
        self.fields["start"].choices = [
            (FRAMEWORK, _("the statements of the framework for these roles")),
            (EMPTY, _("an empty questionnaire")),
            *(
                (str(one.pk), _("a copy of %(survey)s") % {"survey": one.title_nl})
                for one in study.surveys.all()
            ),
        ]


@require_safe
@login_required
def surveys(request: HttpRequest, slug: str) -> HttpResponse:
    """List the surveys of a study with state, mode, roles, version and responses."""
    access = access_for(request.user, slug)
    names = source_names()
    came_in = Response.objects.filter(survey=OuterRef("pk"), state__in=IN).order_by()
    counted = came_in.values("survey").annotate(n=Count("pk")).values("n")
    found = access.study.surveys.select_related("wave").annotate(
        n_in=Coalesce(Subquery(counted), 0),
        number=Max("versions__number"),
        number_out=Max("versions__number", filter=Q(versions__frozen_at__isnull=False)),
    )
    context = {
        "study": access.study,
        "steps": study_steps(access.study),
        "rows": [
            {
                "survey": one,
                "title": survey_title(one),
                "state": STATES[one.state],
                "mode": MODES[one.mode],
                "roles": ", ".join(names.get(str(role), str(role)) for role in one.roles),
                "few": 0 < one.n_in < LEAST,
            }
            for one in found
        ],
        "least": LEAST,
        "may_change": access.may_design,
    }
    return render(request, "surveys/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def survey_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask what a survey needs to begin, and make it."""
    access = access_for(request.user, slug, *DESIGNERS)
    form = SurveyForm(access.study, request.POST or None)
    mode = request.POST.get("mode", Survey.Mode.CONFIDENTIAL)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid() and mode in Survey.Mode.values:
        given = form.cleaned_data
        start = given.pop("start")
        try:
            made = survey_make(
                access.study, **given, mode=mode, start=_start(access.study, start),
                person=access.person, origin=request_origin(request),
            )  # fmt: skip
        except Refusal as fault:
            refusal = fault
        else:
            messages.success(request, _("The survey is made. Nobody can see it yet."))
            return redirect("surveys:survey", slug, made.slug)
    context = {
        "study": access.study,
        "steps": list_steps(access),
        "form": form,
        "modes": [(key, words, PROMISES[key], key == mode) for key, words in MODES.items()],
        "refusal": refusal,
    }
    failed = request.method == "POST"
    return render(request, "surveys/new.html", context, status=422 if failed else 200)


def _start(study: Study, given: str) -> str | SurveyVersion:
    if given in (FRAMEWORK, EMPTY):
        return given
    return SurveyVersion.objects.filter(survey__study=study, survey=given).latest("number")
