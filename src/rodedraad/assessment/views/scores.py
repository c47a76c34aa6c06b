"""What does each case score on each construct: all together, as a file, worked out again?"""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.assessment.construct_names import source_names
from rodedraad.assessment.models import Run
from rodedraad.assessment.pictures.heatmap import N_SHADES
from rodedraad.assessment.runs_shown import runs_shown
from rodedraad.assessment.score_runs import (
    scales_of,
    scored_cases,
    scores_latest,
    scores_make,
    scores_of_cases,
)
from rodedraad.assessment.scores_asked import in_wave, rows_to_score, wave_asked
from rodedraad.assessment.scores_shown import (
    SCORE_COLUMNS,
    cell_of,
    scales_shown,
    score_csv_rows,
)
from rodedraad.country.wording import number_shown
from rodedraad.jobs.actions import job_ask
from rodedraad.networks.asked import person_of, study_asked, study_steps
from rodedraad.studies.access import DESIGNERS, may_design
from rodedraad.studies.csv_file import csv_response
from rodedraad.studies.models import Case

ROWS_PER_PAGE = 25
ROWS_AT_ONCE = 100_000
"""Up to so many rows of evidence, scores are worked out while the page waits."""
JOB = "scores"


@require_safe
@login_required
def scores(request: HttpRequest, slug: str) -> HttpResponse:
    """Show cases by constructs, by name or by stratum; never by score."""
    study = study_asked(request, slug)
    everything = may_design(person_of(request), study)
    wave, waves = wave_asked(request, study)
    context: dict[str, Any] = {
        "study": study,
        "steps": study_steps(study),
        "may_work_out": everything,
        "wave": wave,
        "waves": waves,
    }
    if wave is None:
        return render(request, "assessment/scores.html", context)
    codes, by_stratum = scored_cases(study, wave), request.GET.get("orde") == "stratum"
    cases = list(Case.objects.filter(study=study, unit_code__in=codes))
    cases.sort(key=lambda case: (case.stratum if by_stratum else "", case.name.casefold()))
    page = Paginator(cases, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    runs = scores_of_cases(study, wave, [case.unit_code for case in page])
    scales = scales_shown(wave)
    columns = [
        (scales[shown.run.subject], shown)
        for shown in runs_shown(study, [runs[subject] for subject in scales if subject in runs])
    ]
    to_score = rows_to_score(study, wave, (shown.scale for shown in scales.values()))
    roles = source_names()
    asked = {
        role for run in runs.values() for case in _cases(run).values() for role in case["roles"]
    }
    role = request.GET.get("rol", "")
    if role and role not in roles:
        raise Http404(_("There is no such role."))
    rows = [
        (
            case,
            [
                cell_of(_cases(shown.run).get(case.unit_code), role, everything=everything)
                for _scale, shown in columns
            ],
        )
        for case in page
    ]
    context |= {
        "columns": columns,
        "rows": rows,
        "page": page,
        "by_stratum": by_stratum,
        "role": role,
        "role_name": roles.get(role, ""),
        "roles": [(code, name) for code, name in roles.items() if code in asked],
        "everything": everything,
        "stale": [shown.run.subject for _scale, shown in columns if shown.stale],
        "behind": len(to_score.keys() - runs.keys()),
        "some_hidden": any(cell.hidden for _case, cells in rows for cell in cells),
        "some_unpublished": any(cell.unpublished for _case, cells in rows for cell in cells),
        "some_conflict": any(cell.conflict for _case, cells in rows for cell in cells),
        "shades": _shades(),
        "firm": _firm([shown.run for _scale, shown in columns]),
    }
    return render(request, "assessment/scores.html", context)


@require_safe
@login_required
def scores_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give scores as a file: all, or those of one construct or one case."""
    study = study_asked(request, slug)
    wave, _waves = wave_asked(request, study)
    if wave is None:
        raise Http404(_("There are no scores yet."))
    subject, code = request.GET.get("construct", ""), request.GET.get("gemeente", "")
    runs = scores_of_cases(study, wave, [code]) if code else scores_latest(study, wave)
    scales = scales_shown(wave)
    chosen = [runs[s] for s in scales if s in runs and subject in {"", s}]
    cases = {each.unit_code: (each.name, each.stratum) for each in Case.objects.filter(study=study)}
    everything = may_design(person_of(request), study)
    rows = score_csv_rows(chosen, scales, cases, everything=everything)
    name = "-".join(part for part in (study.slug, "scores", wave.label, subject, code) if part)
    return csv_response(name, SCORE_COLUMNS, rows)


@require_POST
@login_required
def scores_work_out(request: HttpRequest, slug: str) -> HttpResponse:
    """Work out the scores of a wave now, or as long work when there are many rows."""
    study = study_asked(request, slug, *DESIGNERS)
    wave, _waves = wave_asked(request, study)
    if wave is None:
        raise Http404(_("There is nothing to work out yet."))
    if sum(rows_to_score(study, wave, scales_of(wave)).values()) > ROWS_AT_ONCE:
        job = job_ask(
            study,
            JOB,
            {"wave": wave.label},
            person_of(request),
            origin=request_origin(request),
        )
        return redirect("jobs:job", study.slug, job.pk)
    made = scores_make(study, wave, person_of(request))
    n = sum(is_new for _run, is_new in made)
    messages.success(
        request, _("%(n)s of %(of)s scores were worked out again.") % {"n": n, "of": len(made)}
    )
    return redirect(in_wave(reverse("assessment:scores", args=[study.slug]), wave))


def _firm(runs: Sequence[Run]) -> list[tuple[str, list[str]]]:
    """How firm each scale is, one row per figure, as words for the foot of the matrix."""
    figures = (
        (_("Alpha"), [run.result["reliability"].get("alpha") for run in runs]),
        (_("Omega"), [run.result["reliability"].get("omega") for run in runs]),
        (_("ICC(1)"), [run.result["icc"].get("icc1") for run in runs]),
        (_("ICC(2)"), [run.result["icc"].get("icc2") for run in runs]),
    )
    found = [(name, [number_shown(value, 2) for value in values]) for name, values in figures]
    unknown = [run.result["dont_know_share"] for run in runs]
    found.append(
        (_("Don’t know, %"), [number_shown(None if s is None else 100 * s) for s in unknown])
    )
    counts = [run.result["counts"] for run in runs]
    found.append((_("People with a score"), [number_shown(each["scored"]) for each in counts]))
    found.append((_("Cases"), [number_shown(each["cases"]) for each in counts]))
    return found


def _cases(run: Run) -> dict[str, Any]:
    return run.result["cases"]


def _shades() -> list[tuple[int, str, str]]:
    return [
        (n, number_shown((n - 1) / N_SHADES, 1), number_shown(n / N_SHADES, 1))
        for n in range(1, N_SHADES + 1)
    ]
