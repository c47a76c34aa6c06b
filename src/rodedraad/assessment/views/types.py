"""Which types of change are there, and what goes together with them?"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.assessment.construct_names import construct_names
from rodedraad.assessment.filters import evidence_rows
from rodedraad.assessment.notice_words import notice_sentences
from rodedraad.assessment.pictures.bars import bars_svg
from rodedraad.assessment.pictures.heatmap import N_SHADES
from rodedraad.assessment.runs_shown import nothing_made
from rodedraad.assessment.study_parts import case_names
from rodedraad.assessment.type_background import Background, backgrounds, compared
from rodedraad.assessment.type_decisions import LEAST_DECIDED, decisions_holding, human_and_rule
from rodedraad.assessment.type_runs import CHANGE_TYPE, type_filters, types_make
from rodedraad.assessment.types_shown import (
    TYPE_COLUMNS,
    cell_names,
    type_csv_rows,
    type_words,
    types_asked,
    types_newest,
    types_shown,
    types_snippet,
)
from rodedraad.country.wording import number_shown
from rodedraad.jobs.actions import job_ask
from rodedraad.methods.relations.cross_table import CrossTable
from rodedraad.methods.rulesets.change_types import TYPE_LABELS
from rodedraad.networks.asked import person_of, study_asked, study_steps
from rodedraad.studies.access import DESIGNERS, may_design
from rodedraad.studies.csv_file import csv_response

CASES_PER_PAGE = 48
ROWS_AT_ONCE = 10_000


@require_safe
@login_required
def types(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how many cases have which type, every case with its cells, and what goes with it."""
    study = study_asked(request, slug)
    all_scores = may_design(person_of(request), study)
    wave, shown = types_newest(study, request.GET.get("meting", ""))
    context: dict[str, Any] = {
        "study": study,
        "steps": study_steps(study),
        "shown": shown,
        "may_work_out": all_scores,
        "waves": [each.label for each in study.waves.all()],
        "wave": wave,
    }
    if shown is None or wave is None:
        return render(request, "assessment/types.html", context)
    run, holding = shown.run, decisions_holding(study, wave, CHANGE_TYPE)
    cases = types_shown(run, case_names(study), holding, study.slug)
    chosen = request.GET.get("type", "")
    listed = [each for each in cases if not chosen or each.holds == chosen]
    counts = [(label, sum(each.holds == label for each in cases)) for label in TYPE_LABELS]
    label_of = {each.code: each.holds for each in cases}
    context |= {
        "result": run.result,
        "n_cases": len(cases),
        "counts": [(label, type_words(label), n) for label, n in counts],
        "picture": bars_svg([(type_words(label), n, str(n)) for label, n in counts]),
        "n_uncertain": sum(each.case["uncertain"] for each in cases),
        "least_decided": LEAST_DECIDED,
        "human": human_and_rule(run, holding),
        "chosen": chosen,
        "page": Paginator(listed, CASES_PER_PAGE).get_page(request.GET.get("page")),
        "cell_names": cell_names().items(),
        "shades": _shades(),
        "comparisons": [_comparison(label_of, each) for each in backgrounds(study, wave)],
        "thresholds": run.result["thresholds"],
        "remarks": notice_sentences(run.result["notices"], construct_names(wave)),
        "snippet": types_snippet(run, study.slug) if all_scores else "",
        "query": urlencode({"meting": wave.label}),
    }
    return render(request, "assessment/types.html", context)


@require_safe
@login_required
def types_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the types of all cases as a file."""
    study = study_asked(request, slug)
    wave, shown = types_asked(study, request.GET.get("meting", ""))
    holding = decisions_holding(study, wave, CHANGE_TYPE)
    cases = types_shown(shown.run, case_names(study), holding, study.slug)
    all_scores = may_design(person_of(request), study)
    rows = type_csv_rows(cases, all_scores=all_scores)
    return csv_response(f"{study.slug}-types", TYPE_COLUMNS, rows)


@require_POST
@login_required
def types_work_out(request: HttpRequest, slug: str) -> HttpResponse:
    """Work out the types of the newest wave with evidence: now, or as long work when large."""
    study = study_asked(request, slug, *DESIGNERS)
    for wave in study.waves.select_related("framework").order_by("-reference_date"):
        n_rows = evidence_rows(study, type_filters(wave)).count()
        if n_rows > ROWS_AT_ONCE:
            job = job_ask(
                study,
                CHANGE_TYPE,
                {"wave": wave.label},
                person_of(request),
                origin=request_origin(request),
            )
            return redirect("jobs:job", study.slug, job.pk)
        if n_rows and types_make(study, wave, person_of(request)):
            break
    else:
        messages.warning(request, nothing_made())
    return redirect("assessment:types", study.slug)


def _shades() -> list[tuple[int, str, str]]:
    return [
        (n, number_shown((n - 1) / N_SHADES, 1), number_shown(n / N_SHADES, 1))
        for n in range(1, N_SHADES + 1)
    ]


def _comparison(
    label_of: dict[str, str], background: Background
) -> tuple[str, CrossTable, list[tuple[str, tuple[int, ...]]]]:
    """Title, the table, and its rows with the types in words."""
    table = compared(label_of, background, TYPE_LABELS)
    words = [type_words(label) for label in table.rows]
    return background.title, table, list(zip(words, table.counts, strict=True))
