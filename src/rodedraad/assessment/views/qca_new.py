"""How does a person set up a QCA: choose the sets, calibrate each on its plot, work it out?"""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rodedraad.assessment.conclusions.case_table import CaseTable, case_table
from rodedraad.assessment.construct_names import construct_names
from rodedraad.assessment.qca_form import ANCHORS, ChoiceForm, QcaForm, start_of, suggested
from rodedraad.assessment.qca_runs import KIND, qca_choices, qca_make
from rodedraad.assessment.qca_sets import set_shown
from rodedraad.assessment.queries import evidence_table
from rodedraad.assessment.relation_runs import items_of, table_filters
from rodedraad.assessment.runs_shown import run_of
from rodedraad.assessment.study_parts import case_names
from rodedraad.errors import Refusal
from rodedraad.networks.asked import person_of, study_asked, study_steps
from rodedraad.studies.access import DESIGNERS
from rodedraad.studies.models import Study, Wave


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the sets, calibrate each on its plot, and work the analysis out."""
    study = study_asked(request, slug, *DESIGNERS)
    above = (_("Combinations of conditions"), reverse("assessment:qca_list", args=[study.slug]))
    context: dict[str, Any] = {"study": study, "steps": study_steps(study, above)}
    wave = _wave_asked(request, study)
    conditions, outcomes = qca_choices(wave) if wave else ([], [])
    if wave is None or not conditions or not outcomes:
        return render(request, "assessment/qca_new.html", context)
    names = construct_names(wave)
    choice = ChoiceForm(request.GET, names, conditions, outcomes)
    context |= {"wave": wave, "choice": choice, "ready": True}
    if not choice.is_valid():
        return render(request, "assessment/qca_new.html", context)
    outcome = choice.cleaned_data["uitkomst"]
    chosen = list(dict.fromkeys(choice.cleaned_data["voorwaarde"]))
    asked = {"meting": wave.label, "uitkomst": outcome, "voorwaarde": chosen}
    table = _table(study, wave, outcome, chosen)
    start, given = _start(study, request.GET.get("naar", "")), None
    if request.method == "POST":
        start = _posted(request, table)
        given = start if start.get("doe") == "bereken" else None
    form = QcaForm(given, names=names, outcome=outcome, conditions=chosen, start=start)
    if given is not None and form.is_valid():
        try:
            run = qca_make(study, wave, form.plan(), person_of(request))
        except Refusal as refusal:
            context["refusal"] = refusal
        else:
            return redirect("assessment:qca", study.slug, run.pk)
    cases = case_names(study)
    context |= {
        "form": form,
        "sets": [set_shown(form, each, table, cases) for each in form.sets],
        "n_complete": table.frame().drop_nulls().height,
        "n_cases": len(table.cases),
        "query": urlencode(asked, doseq=True),
        "extra": "reden" in form.fields,
    }
    return render(request, "assessment/qca_new.html", context)


def _posted(request: HttpRequest, table: CaseTable) -> dict[str, Any]:
    """What was filled in, with anchors suggested by gaps or groups when that was asked."""
    given: dict[str, Any] = {key: request.POST[key] for key in request.POST}
    way = given.get("doe", "")
    if way not in {"gaten", "groepen"}:
        return given
    for code, column in table.scores.items():
        found = suggested([score.value for score in column.values()], way)
        if found is not None:
            given |= {f"{code}-{field}": getattr(found, anchor) for field, anchor, *_r in ANCHORS}
    return given


def _start(study: Study, earlier: str) -> dict[str, Any]:
    """The form as an earlier run asked it; empty when none is named."""
    if not earlier:
        return {}
    if not (earlier.isascii() and earlier.isdigit() and len(earlier) <= 18):
        raise Http404(_("This study has no such run."))
    run = run_of(study, int(earlier)).run
    return start_of(run.parameters, run.subject) if run.kind == KIND else {}


def _table(study: Study, wave: Wave, outcome: str, conditions: list[str]) -> CaseTable:
    codes = [*conditions, outcome]
    rows = evidence_table(study, *table_filters(wave, codes))
    return case_table(rows, factors=conditions, outcomes=[outcome], items=items_of(wave, codes))


def _wave_asked(request: HttpRequest, study: Study) -> Wave | None:
    """The wave that is asked, else the newest with something to analyse."""
    label = request.GET.get("meting")
    waves = list(study.waves.select_related("framework").order_by("-reference_date"))
    if label:
        return next((wave for wave in waves if wave.label == label), None)
    return next((wave for wave in waves if all(qca_choices(wave))), None)
