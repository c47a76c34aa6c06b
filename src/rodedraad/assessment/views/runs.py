"""How was every number worked out: all runs of a study, and one of them?"""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rodedraad.assessment.evidence_form import asked_by
from rodedraad.assessment.evidence_words import about_titles, filter_words
from rodedraad.assessment.queries import run_filters
from rodedraad.assessment.runs_shown import run_of, runs_of, runs_shown
from rodedraad.assessment.settings_shown import settings_shown
from rodedraad.country.current import current_country
from rodedraad.networks.asked import study_asked, study_steps

RUNS_PER_PAGE = 50
PAGES = {
    "congruence": "assessment:congruence",
    "complexity": "assessment:complexity",
    "participation": "assessment:complexity",
    "change": "assessment:change",
    "communities": "assessment:network",
    "relations": "assessment:relations",
    "qca": "assessment:qca_list",
    "scores": "assessment:scores",
    "change_type": "assessment:types",
    "steering": "assessment:steering",
}


@require_safe
@login_required
def runs(request: HttpRequest, slug: str) -> HttpResponse:
    """Show all runs, newest first: what, when, who, from which rows, and whether stale."""
    study = study_asked(request, slug)
    page = Paginator(runs_of(study), RUNS_PER_PAGE).get_page(request.GET.get("page"))
    shown = runs_shown(study, page)
    context = {
        "study": study,
        "steps": study_steps(study),
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
    country = current_country()
    titles = about_titles(country)
    names = {code: each.name for code, each in country.municipalities.items()}
    context = {
        "study": study,
        "steps": study_steps(study, above),
        "shown": shown,
        "address": reverse(page, args=[study.slug]) if page else "",
        "inputs": [
            (filter_words(row_filter, titles, names), urlencode(asked_by(row_filter)))
            for row_filter in run_filters(shown.run)
        ],
        "settings": settings_shown(shown.run.parameters, country),
        "seconds": (shown.run.finished_at - shown.run.started_at).total_seconds(),
    }
    return render(request, "assessment/run.html", context)
