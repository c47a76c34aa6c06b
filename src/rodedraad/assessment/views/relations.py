"""Which factors hang together with which outcomes: all cases and pairs, one pair, and as files?"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rodedraad.assessment.conclusions.case_table import BREADTH
from rodedraad.assessment.construct_names import (
    construct_code,
    construct_names,
    source_names,
    sources_words,
)
from rodedraad.assessment.models import Evidence
from rodedraad.assessment.notice_words import notice_sentences
from rodedraad.assessment.pictures.heatmap import N_SHADES
from rodedraad.assessment.pictures.relation_grid import dot_sign_svg, relation_grid_svg
from rodedraad.assessment.pictures.scatter import Point, scatter_svg
from rodedraad.assessment.relation_runs import KIND, relations_make
from rodedraad.assessment.relations_shown import (
    MATRIX_COLUMNS,
    RELATION_COLUMNS,
    Pair,
    dot_of,
    interval_shown,
    matrix_csv_rows,
    matrix_rows,
    may_show,
    p_shown,
    pairs_shown,
    relation_csv_rows,
    relations_snippet,
)
from rodedraad.assessment.runs_shown import RunShown, nothing_made, run_newest
from rodedraad.assessment.study_parts import case_names, run_wave
from rodedraad.country.wording import number_shown
from rodedraad.networks.asked import person_of, study_asked, study_steps
from rodedraad.studies.access import DESIGNERS, may_design
from rodedraad.studies.csv_file import csv_response
from rodedraad.studies.models import Study, Wave

CASES_PER_PAGE = 50


@require_safe
@login_required
def relations(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the matrix of cases first, then every factor beside every outcome."""
    study = study_asked(request, slug)
    shown, all_scores = run_newest(study, KIND), may_design(person_of(request), study)
    context: dict[str, Any] = {
        "study": study,
        "steps": study_steps(study),
        "shown": shown,
        "may_work_out": all_scores,
    }
    if shown is None:
        return render(request, "assessment/relations.html", context)
    result, wave = shown.run.result, _wave(shown, study)
    names, cases, sources = construct_names(wave), case_names(study), source_names()
    pairs = pairs_shown(shown.run, study.slug, names, cases | sources)
    codes = [*result["factors"], *result["outcomes"]]
    rows = matrix_rows(result, cases, all_scores=all_scores)
    context |= {
        "wave": wave,
        "result": result,
        "columns": [(construct_code(code), names.get(code, code)) for code in codes],
        "n_factors": len(result["factors"]),
        "n_outcomes": len(result["outcomes"]),
        "page": Paginator(rows, CASES_PER_PAGE).get_page(request.GET.get("page")),
        "missing": [result["n_missing"][code] for code in codes],
        "some_hidden": any(cell.hidden for _code, _name, cells in rows for cell in cells),
        "n_pairs": len(pairs),
        "pairs": [(pair, *_numbers(pair)) for pair in pairs],
        "picture": _grid(result, pairs) if result["n_tested"] else "",
        "signs": [
            (dot_sign_svg(clear=True), _("clear: p after Holm below 0.05")),
            (dot_sign_svg(clear=False), _("not shown: p after Holm 0.05 or more")),
        ],
        "from_whom": [
            (construct_code(code), names.get(code, code), _whose(result, code)) for code in codes
        ],
        "remarks": notice_sentences(result["notices"], names),
        "shades": [
            (n, number_shown((n - 1) / N_SHADES, 1), number_shown(n / N_SHADES, 1))
            for n in range(1, N_SHADES + 1)
        ],
        "snippet": relations_snippet(shown.run, wave.label, study.slug) if all_scores else "",
    }
    return render(request, "assessment/relations.html", context)


@require_safe
@login_required
def relation(request: HttpRequest, slug: str, factor: str, outcome: str) -> HttpResponse:
    """Show one factor beside one outcome: the cases, and the relation without each of them."""
    study = study_asked(request, slug)
    shown, all_scores = _shown(study), may_design(person_of(request), study)
    result, wave = shown.run.result, _wave(shown, study)
    names, cases = construct_names(wave), case_names(study)
    pairs = pairs_shown(shown.run, study.slug, names, cases | source_names())
    pair = next((p for p in pairs if (p.factor, p.outcome) == (factor, outcome)), None)
    stored = next(
        (r for r in result["relations"] if (r["factor"], r["outcome"]) == (factor, outcome)), None
    )
    if pair is None or stored is None:
        raise Http404(_("This pair was not related."))
    points = _points(result, pair, cases, all_scores=all_scores)
    above = (_("Factors and outcomes"), reverse("assessment:relations", args=[study.slug]))
    context = {
        "study": study,
        "steps": study_steps(study, above),
        "shown": shown,
        "wave": wave,
        "pair": pair,
        "numbers": _numbers(pair),
        "whose": [
            (pair.factor_name, _whose(result, factor)),
            (pair.outcome_name, _whose(result, outcome)),
        ],
        "picture": _scatter(pair, points) if points else "",
        "points": [(p, stored["without"].get(code)) for code, p in points],
        "hidden": stored["n"] - len(points),
        "least": stored["tested"]["leave_one_out"] if stored["tested"] else None,
        "evidence": [_evidence(study, wave, code) for code in (factor, outcome)],
        "snippet": relations_snippet(shown.run, wave.label, study.slug) if all_scores else "",
    }
    return render(request, "assessment/relation.html", context)


@require_safe
@login_required
def relations_file(request: HttpRequest, slug: str, what: str) -> HttpResponse:
    """Give the matrix of cases, or all pairs, as a file."""
    study = study_asked(request, slug)
    result = _shown(study).run.result
    if what == "matrix":
        columns = (*MATRIX_COLUMNS, *result["factors"], *result["outcomes"])
        all_scores = may_design(person_of(request), study)
        rows = matrix_csv_rows(result, case_names(study), all_scores=all_scores)
        return csv_response(f"{study.slug}-matrix", columns, rows)
    return csv_response(f"{study.slug}-samenhang", RELATION_COLUMNS, relation_csv_rows(result))


@require_POST
@login_required
def relations_work_out(request: HttpRequest, slug: str) -> HttpResponse:
    """Work the relations out for the newest wave that has answers or scores, and show them."""
    study = study_asked(request, slug, *DESIGNERS)
    for wave in study.waves.order_by("-reference_date"):
        if relations_make(study, wave, person=person_of(request)) is not None:
            break
    else:
        messages.warning(request, nothing_made())
    return redirect("assessment:relations", study.slug)


def _shown(study: Study) -> RunShown:
    shown = run_newest(study, KIND)
    if shown is None:
        raise Http404(_("This has not been worked out yet."))
    return shown


def _wave(shown: RunShown, study: Study) -> Wave:
    wave = run_wave(shown.run, study)
    if wave is None:
        raise Http404(_("The wave of this run is not there."))
    return wave


def _numbers(pair: Pair) -> tuple[str, str, str, str, str]:
    """Estimate, interval, p, p after Holm and after Benjamini-Hochberg, as text."""
    if pair.tested is None:
        return "–", "–", "–", "–", "–"
    tested = pair.tested
    return (
        number_shown(tested["estimate"], 2),
        interval_shown(tested["interval"]),
        p_shown(tested["p"]),
        p_shown(tested["p_holm"]),
        p_shown(tested["p_bh"]),
    )


def _whose(result: dict[str, Any], code: str) -> str:
    return sources_words(result["sources"][code], result["scores"][code]) or "–"


def _evidence(study: Study, wave: Wave, code: str) -> tuple[str, str]:
    """The code and the address of its rows in the evidence table."""
    asked = {"meting": wave.label}
    asked |= {"soort": Evidence.Kind.MEASURE} if code == BREADTH else {"construct": code}
    address = reverse("assessment:evidence", args=[study.slug])
    return construct_code(code), f"{address}?{urlencode(asked)}"


def _grid(result: dict[str, Any], pairs: list[Pair]) -> SafeString:
    return relation_grid_svg(
        [(code, construct_code(code)) for code in result["factors"]],
        [(code, construct_code(code)) for code in result["outcomes"]],
        {(pair.factor, pair.outcome): dot_of(pair) for pair in pairs},
    )


def _points(
    result: dict[str, Any], pair: Pair, cases: dict[str, str], *, all_scores: bool
) -> list[tuple[str, Point]]:
    """The cases known on both, by name, as far as both scores may be shown."""
    x, y = result["scores"][pair.factor], result["scores"][pair.outcome]
    found = [
        (case, Point(x[case]["value"], y[case]["value"], str(cases.get(case, case))))
        for case in result["cases"]
        if case in x
        and case in y
        and may_show(x[case], all_scores=all_scores)
        and may_show(y[case], all_scores=all_scores)
    ]
    return sorted(found, key=lambda each: each[1].name.casefold())


def _scatter(pair: Pair, points: list[tuple[str, Point]]) -> SafeString:
    words = _("%(n)s cases on %(factor)s (across) and %(outcome)s (upwards); see the table.") % {
        "n": len(points),
        "factor": pair.factor_name,
        "outcome": pair.outcome_name,
    }
    factor, outcome = pair.codes
    return scatter_svg(
        [point for _code, point in points],
        x_label=f"{factor} {pair.factor_name}",
        y_label=f"{outcome} {pair.outcome_name}",
        label=words,
    )
