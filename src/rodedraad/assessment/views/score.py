"""What do all cases score on one construct, and one case on all constructs?"""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rodedraad.assessment.construct_names import source_names
from rodedraad.assessment.notice_words import notice_sentences
from rodedraad.assessment.runs_shown import RunShown, runs_shown
from rodedraad.assessment.score_runs import score_latest, scores_of_cases
from rodedraad.assessment.score_snippet import score_snippet
from rodedraad.assessment.scores_asked import in_wave, scores_step, wave_asked
from rodedraad.assessment.scores_lines import role_table, score_line, source_signs
from rodedraad.assessment.scores_shown import (
    ScaleShown,
    icc1_words,
    icc2_words,
    limits_shown,
    scales_shown,
)
from rodedraad.networks.asked import person_of, study_asked, study_steps
from rodedraad.studies.access import may_design
from rodedraad.studies.models import Case, Item, Study, Wave

ROWS_PER_PAGE = 50


@require_safe
@login_required
def score(request: HttpRequest, slug: str, subject: str) -> HttpResponse:
    """Show one construct: its cases with all sources, and how firm its scale is."""
    study = study_asked(request, slug)
    everything = may_design(person_of(request), study)
    wave, shown, scale = _score_asked(request, study, subject)
    result = shown.run.result
    cases = {case.unit_code: case for case in Case.objects.filter(study=study)}
    codes = sorted(result["cases"], key=lambda code: _name(cases, code).casefold())
    page = Paginator(codes, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    roles = source_names()
    lines = [
        score_line(
            study,
            wave,
            shown,
            scale,
            code,
            title=_name(cases, code),
            address=in_wave(reverse("assessment:case_scores", args=[slug, code]), wave),
            note=cases[code].stratum if code in cases else "",
            roles=roles,
            everything=everything,
        )
        for code in page
    ]
    reliability, icc = result["reliability"], result["icc"]
    context = {
        "study": study,
        "steps": study_steps(study, scores_step(study, wave)),
        "wave": wave,
        "shown": shown,
        "scale": scale,
        "result": result,
        "lines": lines,
        "by_role": role_table(lines, roles),
        "page": page,
        "signs": source_signs(),
        "may_work_out": everything,
        "everything": everything,
        "some_hidden": any(line.seen.some_hidden for line in lines),
        "items": _items(wave, scale, reliability),
        "alpha_limits": limits_shown(reliability.get("alpha_interval")),
        "omega_limits": limits_shown(reliability.get("omega_interval")),
        "icc1_limits": limits_shown(icc.get("icc1_interval")),
        "icc2_limits": limits_shown(icc.get("icc2_interval")),
        "icc1_words": icc1_words(icc.get("icc1")),
        "icc2_words": icc2_words(icc.get("icc2")),
        "remarks": notice_sentences(
            result["notices"], {code: case.name for code, case in cases.items()}
        ),
        "snippet": score_snippet(shown.run, wave.label, study.slug) if everything else "",
    }
    return render(request, "assessment/score.html", context)


@require_safe
@login_required
def case_scores(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Show all constructs of one case, each with its sources and roles."""
    study = study_asked(request, slug)
    everything = may_design(person_of(request), study)
    wave, _waves = wave_asked(request, study)
    case = Case.objects.filter(study=study, unit_code=code).first()
    if wave is None or case is None:
        raise Http404(_("There are no scores of this case."))
    runs, scales = scores_of_cases(study, wave, [code]), scales_shown(wave)
    chosen = [runs[s] for s in scales if s in runs and code in runs[s].result["cases"]]
    if not chosen:
        raise Http404(_("There are no scores of this case."))
    roles = source_names()
    lines = [
        score_line(
            study,
            wave,
            shown,
            scales[shown.run.subject],
            code,
            title=f"{scales[shown.run.subject].code} {scales[shown.run.subject].name}",
            address=in_wave(reverse("assessment:score", args=[slug, shown.run.subject]), wave),
            note=_("high = more of an obstacle") if scales[shown.run.subject].obstacle else "",
            roles=roles,
            everything=everything,
        )
        for shown in runs_shown(study, chosen)
    ]
    context = {
        "study": study,
        "steps": study_steps(study, scores_step(study, wave)),
        "wave": wave,
        "case": case,
        "lines": lines,
        "by_role": role_table(lines, roles),
        "signs": source_signs(),
        "may_work_out": everything,
        "everything": everything,
        "stale": any(line.shown.stale for line in lines),
        "some_hidden": any(line.seen.some_hidden for line in lines),
    }
    return render(request, "assessment/case_scores.html", context)


def _score_asked(
    request: HttpRequest, study: Study, subject: str
) -> tuple[Wave, RunShown, ScaleShown]:
    wave, _waves = wave_asked(request, study)
    run = score_latest(study, wave, subject) if wave else None
    scale = scales_shown(wave).get(subject) if wave else None
    if wave is None or run is None or scale is None:
        raise Http404(_("There are no scores of this construct."))
    return wave, runs_shown(study, [run])[0], scale


def _items(wave: Wave, scale: ScaleShown, reliability: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The items of the scale with their words and how they go with the rest."""
    stored = {each["item"]: each for each in reliability.get("items", ())}
    items = Item.objects.filter(
        construct__framework=wave.framework, construct__code=scale.code, code__in=stored
    ).order_by("order")
    return [{**stored[item.code], "item": item} for item in items]


def _name(cases: Mapping[str, Case], code: str) -> str:
    return cases[code].name if code in cases else code
