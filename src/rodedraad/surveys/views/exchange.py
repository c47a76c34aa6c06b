"""How do questionnaires of other programs come in, and how do answers leave as files?"""

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.origin import request_origin
from rodedraad.assessment.construct_names import source_names
from rodedraad.errors import Refusal
from rodedraad.exchange.questionnaire.refusals import too_large
from rodedraad.exchange.questionnaire.result import ReadSurvey
from rodedraad.exchange.survey_file import MOST_BYTES, survey_of
from rodedraad.exchange.xlsform.writing import xlsform_written
from rodedraad.jobs.actions import job_ask
from rodedraad.jobs.models import Job
from rodedraad.overviews.disclosure import LEAST
from rodedraad.studies.access import DESIGNERS, access_for
from rodedraad.studies.models import Study
from rodedraad.surveys.exchange_answers import (
    COARSENINGS,
    KEEP,
    MARKED,
    WITHOUT,
    Wanted,
    answers_described,
    combinations_by,
    known_of,
)
from rodedraad.surveys.exchange_codebook import codebook_of
from rodedraad.surveys.exchange_files import FORMS, LARGE, file_make
from rodedraad.surveys.exchange_import import (
    Checkedness,
    definition_checked,
    survey_import,
    title_of,
)
from rodedraad.surveys.exchange_job import KIND, file_waiting
from rodedraad.surveys.exchange_marks import MARKS
from rodedraad.surveys.exchange_wording import (
    COARSE_WORDS,
    IMPORT_WORDS,
    LEFT_WORDS,
    MARK_WORDS,
)
from rodedraad.surveys.models import Response, Survey
from rodedraad.surveys.views.questionnaire_asked import (
    SurveyAsked,
    list_steps,
    survey_asked,
    survey_title,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class BringInForm(forms.Form):
    """A file, and for which wave and whom its questions are."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLSForm (.xlsx, .xls), LimeSurvey (.lss, .lsg, .lsq) or SurveyJS "
                               "(.json), at most 20 MB."),
    )  # fmt: skip
    wave = forms.ModelChoiceField(label=gettext_lazy("Wave"), queryset=None, empty_label=None)
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Whom it asks"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, study: Study, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wave"].queryset = study.waves.all()
        self.fields["roles"].choices = [
            (code, name) for code, name in source_names().items() if len(code) == 1
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def bring_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a questionnaire in as a draft, and show what of it did not come along and why."""
    access = access_for(request.user, slug, *DESIGNERS)
    form = BringInForm(access.study, request.POST or None, request.FILES or None)
    context: dict[str, Any] = {
        "study": access.study, "steps": list_steps(access), "form": form,
    }  # fmt: skip
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                context |= _brought_in(request, access.person, form)
                status = 200
            except Refusal as refusal:
                context["refusal"] = refusal
    return render(request, "surveys/exchange/bring_in.html", context, status=status)


def _brought_in(request: HttpRequest, person: Any, form: BringInForm) -> dict[str, Any]:
    given = form.cleaned_data["file"]
    if given.size > MOST_BYTES:
        raise too_large("The file", MOST_BYTES)
    read = survey_of(given.read())
    checked = definition_checked(read.definition)
    told: dict[str, Any] = _report(read, checked)
    if checked.is_valid and checked.definition["pages"]:
        told["made"] = survey_import(
            form.cleaned_data["wave"], checked,
            title=title_of(checked.definition, Path(given.name).stem),
            roles=form.cleaned_data["roles"], mode=Survey.Mode.CONFIDENTIAL, person=person,
            origin=request_origin(request),
        )  # fmt: skip
    return told


def _report(read: ReadSurvey, checked: Checkedness) -> dict[str, Any]:
    return {
        "read": read,
        "checked": checked,
        "remarks": [
            (one, IMPORT_WORDS[one.reason])
            for one in sorted(read.remarks, key=lambda one: not one.is_question)
        ],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def files(request: HttpRequest, slug: str, survey: str) -> HttpResponse | FileResponse:
    """Show which files there are and how unique people are in them; give one."""
    asked = _asked(request, slug, survey)
    refusal: Refusal | None = None
    given = request.POST if request.method == "POST" else request.GET
    try:
        wanted = _wanted(given)
        if request.method == "POST":
            return _file_given(request, asked, wanted)
    except Refusal as fault:
        refusal, wanted = fault, Wanted()
    known = known_of(asked.survey)
    context = {
        "study": asked.access.study,
        "steps": asked.steps,
        "survey": asked.survey,
        "title": survey_title(asked.survey),
        "forms": [(key, one) for key, one in FORMS.items()],
        "n": known.height,
        "least": LEAST,
        "wanted": wanted,
        "left": [(key, LEFT_WORDS[key]) for key in (MARKED, WITHOUT)],
        "marks": [(key, MARK_WORDS[key]) for key in MARKS],
        "coarse": [(key, COARSE_WORDS[key]) for key in COARSENINGS],
        "unique": combinations_by(known, wanted),
        "is_anonymous": asked.survey.mode == Survey.Mode.ANONYMOUS,
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render(request, "surveys/exchange/files.html", context, status=status)


def _wanted(given: QueryDict) -> Wanted:
    """Return what the form asks; a first look, where nothing is chosen yet, has all of it."""
    is_first = "chosen" not in given
    return Wanted(
        given.get("case", KEEP),
        given.get("role", KEEP),
        get_language() or "nl",
        left_out=given.get("left_out", MARKED),
        marks=MARKS if is_first else tuple(given.getlist("marks")),
    )


def _file_given(
    request: HttpRequest, asked: SurveyAsked, wanted: Wanted
) -> HttpResponse | FileResponse:
    form = request.POST.get("form", "")
    complete = Response.objects.filter(survey=asked.survey, state=Response.State.COMPLETE)
    if form in FORMS and complete.count() >= LARGE:
        told = {
            "survey": asked.survey.pk, "form": form, "case": wanted.case, "role": wanted.role,
            "language": wanted.language, "origin": asked.origin, "left_out": wanted.left_out,
            "marks": list(wanted.marks),
        }  # fmt: skip
        job = job_ask(asked.access.study, KIND, told, asked.access.person, origin=asked.origin)
        return redirect("jobs:job", asked.access.study.slug, job.pk)
    with tempfile.TemporaryDirectory() as folder:
        path = file_make(
            asked.survey, form, wanted, Path(folder), person=asked.access.person,
            origin=asked.origin,
        )  # fmt: skip
        return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


@require_safe
@login_required
def file_made(request: HttpRequest, slug: str, survey: str, pk: int) -> FileResponse:
    """Give the person who asked the file that was made as long work."""
    asked = _asked(request, slug, survey)
    job = get_object_or_404(
        Job, pk=pk, study=asked.access.study, kind=KIND, person=asked.access.person
    )
    path = file_waiting(job)
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


@require_safe
@login_required
def codebook(request: HttpRequest, slug: str, survey: str) -> HttpResponse:
    """Show every variable of the files, with its whole text and its codes."""
    asked = _asked(request, slug, survey)
    answers = answers_described(asked.survey, Wanted(language=get_language() or "nl"))
    context = {
        "study": asked.access.study,
        "steps": asked.steps,
        "survey": asked.survey,
        "title": survey_title(asked.survey),
        "entries": codebook_of(answers),
    }
    return render(request, "surveys/exchange/codebook.html", context)


@require_POST
@login_required
def xlsform(request: HttpRequest, slug: str, survey: str) -> HttpResponse:
    """Give the newest version of the questionnaire as an XLSForm."""
    asked = _asked(request, slug, survey)
    version = asked.survey.versions.order_by("-number").first()
    if version is None:
        raise Http404
    content, told = xlsform_written(version.definition, asked.survey.slug)
    audit_record(
        person=asked.access.person, action="survey_xlsform", origin=asked.origin,
        object=f"study:{slug} {asked.survey.slug} v{version.number} left:{told.reported}",
    )  # fmt: skip
    if told.reported:
        said = _("%(n)s questions are not in the XLSForm, because it has no such kind of question.")
        messages.warning(request, said % {"n": told.reported})
    name = f"{asked.survey.slug}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _asked(request: HttpRequest, slug: str, survey: str) -> SurveyAsked:
    """Return the survey for lead and researchers; others get a 404: answers are not for them."""
    access_for(request.user, slug, *DESIGNERS)
    return survey_asked(request, slug, survey)
