"""How was every number worked out: all runs of a study, and one of them?"""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rodedraad.assessment.evidence_form import asked_by, evidence_kind_words
from rodedraad.assessment.models import Evidence
from rodedraad.assessment.queries import run_filters
from rodedraad.assessment.runs_shown import run_of, runs_of, runs_shown
from rodedraad.networks.asked import networks_step, study_asked, study_steps

RUNS_PER_PAGE = 50
SHORT = 80
PAGES = {
    "congruence": "assessment:congruence",
    "complexity": "assessment:complexity",
    "participation": "assessment:complexity",
    "change": "assessment:change",
    "communities": "assessment:network",
}


@dataclass(frozen=True)
class Parameter:
    """One parameter of a run; ``n`` is the number of its parts when it is long."""

    name: str
    text: str
    n: int | None


@require_safe
@login_required
def runs(request: HttpRequest, slug: str) -> HttpResponse:
    """Show all runs, newest first: what, when, who, from which rows, and whether stale."""
    study = study_asked(request, slug)
    page = Paginator(runs_of(study), RUNS_PER_PAGE).get_page(request.GET.get("page"))
    shown = runs_shown(study, page)
    context = {
        "study": study,
        "steps": study_steps(study, networks_step(study)),
        "page": page,
        "runs": shown,
        "n_stale": sum(each.stale for each in shown),
    }
    return render(request, "assessment/runs.html", context)


@require_safe
@login_required
def run(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show one run: everything it rests on, and where its outcome is shown."""
    study = study_asked(request, slug)
    shown = run_of(study, pk)
    above = (_("Runs"), reverse("assessment:runs", args=[study.slug]))
    page = PAGES.get(shown.run.kind)
    inputs = [asked_by(row_filter) for row_filter in run_filters(shown.run)]
    kinds = {kind: evidence_kind_words(kind) for kind in Evidence.Kind.values}
    context = {
        "study": study,
        "steps": study_steps(study, networks_step(study), above),
        "shown": shown,
        "address": reverse(page, args=[study.slug]) if page else "",
        "inputs": [
            (", ".join(kinds.get(value, value) for value in asked.values()), urlencode(asked))
            for asked in inputs
        ],
        "parameters": [_parameter(*each) for each in sorted(shown.run.parameters.items())],
        "seconds": (shown.run.finished_at - shown.run.started_at).total_seconds(),
    }
    return render(request, "assessment/run.html", context)


def _parameter(name: str, value: Any) -> Parameter:
    text = json.dumps(value, ensure_ascii=False)
    if len(text) <= SHORT:
        return Parameter(name, text, None)
    n = len(value) if isinstance(value, dict | list) else None
    return Parameter(name, json.dumps(value, ensure_ascii=False, indent=1), n)
