"""How far do the coders of a closed round agree, by code and overall?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.agreement.models import AgreementResult
from rodedraad.agreement.reading import closed_require, round_read
from rodedraad.agreement.results import result_make, result_of, stale_of
from rodedraad.agreement.round_job import AGREEMENT, is_long
from rodedraad.agreement.shown import (
    COLUMNS,
    code_rows,
    csv_rows,
    measures_of,
    notices_shown,
    overall_rows,
    picture,
    picture_measures,
)
from rodedraad.agreement.steps import Asked, round_coded_by, round_read_by, round_steps
from rodedraad.agreement.unit_table import unit_columns, unit_rows
from rodedraad.agreement.wording import DRAWN, MEANINGS, MEASURES, UNITS, UNITS_MANY
from rodedraad.jobs.actions import job_ask
from rodedraad.studies.csv_file import csv_response

PER_PAGE = 40


@require_safe
@login_required
def result(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the agreement as it was worked out when the round closed."""
    asked = round_read_by(request, slug, number)
    closed_require(asked.round)
    found = result_of(asked.round)
    context = {
        "study": asked.study,
        "steps": round_steps(asked.round),
        "round": asked.round,
        "may_work": asked.access.may_design,
    }
    if found is not None:
        context |= _shown(request, asked, found)
    return render(request, "agreement/result.html", context)


@require_POST
@login_required
def again(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Work out the agreement anew; what was kept before stays."""
    asked = round_coded_by(request, slug, number)
    if asked.round.closed_at is not None and is_long(asked.round):
        job = job_ask(
            asked.study, AGREEMENT, {"round": number}, asked.access.person,
            origin=request_origin(request),
        )  # fmt: skip
        return redirect("jobs:job", slug, job.pk)
    result_make(asked.round, person=asked.access.person)
    messages.success(request, _("The agreement is worked out."))
    return redirect("agreement:result", slug, number)


@require_safe
@login_required
def table(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give every figure as CSV."""
    asked = round_read_by(request, slug, number)
    closed_require(asked.round)
    found = result_of(asked.round)
    if found is None:
        raise Http404("The agreement of this round is not worked out.")
    rows = csv_rows(asked.study, found.result)
    return csv_response(f"{slug}-ronde-{number}-overeenstemming", COLUMNS, rows)


@require_safe
@login_required
def units(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give what each coder said of each unit as CSV, of the sources that this person may see."""
    asked = round_read_by(request, slug, number)
    read = round_read(asked.round)
    seen = set(asked.sources().values_list("pk", flat=True))
    return csv_response(
        f"{slug}-ronde-{number}-eenheden", unit_columns(read), unit_rows(read, seen)
    )


def _shown(request: HttpRequest, asked: Asked, found: AgreementResult) -> dict[str, object]:
    kept = found.result
    rows = code_rows(asked.study, kept)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    choices = picture_measures(kept)
    wanted = request.GET.get("maat", "")
    measure = wanted if wanted in dict(choices) else "krippendorff"
    measures = measures_of(kept)
    return {
        "found": found,
        "kept": kept,
        "stale": stale_of(found),
        "page": page,
        "dots": picture(list(page), measure),
        "measure": measure,
        "measure_name": MEASURES[measure],
        "choices": choices,
        "columns": [(MEASURES[name], name == "percent") for name in measures],
        "meanings": [(MEASURES[name], MEANINGS[name]) for name in measures],
        "overall": overall_rows(kept),
        "notices": notices_shown(kept),
        "unit": UNITS[kept["unit"]],
        "units_many": UNITS_MANY[kept["unit"]],
        "drawn": DRAWN[kept["resampling"]["drawn"]],
        "n_missing": len(kept["missing"]),
    }
