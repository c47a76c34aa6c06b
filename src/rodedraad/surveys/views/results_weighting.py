"""How do those who answered differ from all, and how are answers weighted for that?"""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.country.current import current_country
from rodedraad.country.queries.choices import choice_named
from rodedraad.errors import Refusal
from rodedraad.studies.access import DESIGNERS
from rodedraad.surveys.models import SurveyWeights
from rodedraad.surveys.results.answers_now import answers_now
from rodedraad.surveys.results.background import PART, SIZE, VARIABLES, population_of
from rodedraad.surveys.results.nonresponse import FigureCompared, asked_by_case, nonresponse
from rodedraad.surveys.results.silent_picture import silent_svg
from rodedraad.surveys.results.weighting import (
    INHABITANTS,
    METHODS,
    MUNICIPALITIES,
    POPULATIONS,
    POST,
    RAKE,
    WeightsAsked,
    asked_of,
    cells_of,
    fingerprint_of,
    weights_make,
)
from rodedraad.surveys.views.results_asked import share_shown, survey_asked

HIGHEST = ("", "2", "3", "5", "10")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def weights(request: HttpRequest, slug: str, survey: str) -> HttpResponse:
    """Show what weighting would do, and what was kept; make weights when asked."""
    asked = survey_asked(request, slug, survey, *DESIGNERS)
    way = _way(request.POST if request.method == "POST" else request.GET)
    refusal: Refusal | None = None
    context: dict[str, Any] = asked.context("results_weights")
    try:
        population = population_of(asked.survey)
    except Refusal as fault:
        context |= {"impossible": fault}
        return render(request, "surveys/results/weights.html", context)
    if request.method == "POST":
        try:
            made = weights_make(
                asked.survey, way, person=asked.access.person, origin=request_origin(request)
            )
        except Refusal as fault:
            refusal = fault
        else:
            messages.success(request, _("Weights are made and kept."))
            return redirect(f"{request.path}?gemaakt={made.pk}")
    answers = answers_now(asked.survey)
    n_of = answers.by_case()
    cells = cells_of(way, population, n_of) if set(n_of) <= set(population.codes) else []
    kept = [_kept(one) for one in asked.survey.weights.select_related("person")[:10]]
    for one in kept:
        now = fingerprint_of(asked_of(one["weights"]), population, n_of)
        one["is_stale"] = now != one["weights"].fingerprint
    context |= {
        "n": answers.counted.height,
        "n_cases": len(n_of),
        "year": population.year,
        "way": way,
        "highest": "" if way.highest is None else f"{way.highest:g}",
        "methods": [(RAKE, _("each apart (raking)")), (POST, _("crossed (post-stratification)"))],
        "variables": list(_variable_words().items()),
        "populations": [
            (MUNICIPALITIES, _("municipalities: each counts the same, however many answered")),
            (INHABITANTS, _("inhabitants: each response counts the same to begin with")),
        ],
        "bounds": [(one, _("no limit") if not one else _("%(n)s times the mean") % {"n": one})
                   for one in HIGHEST],
        "cells": [_cell(asdict(cell)) for cell in cells],
        "strange": sorted(set(n_of) - set(population.codes)),
        "empty": [_label(cell.label) for cell in cells if cell.is_empty],
        "kept": kept,
        "refusal": refusal,
    }  # fmt: skip
    status = 422 if refusal else 200
    return render(request, "surveys/results/weights.html", context, status=status)


@require_safe
@login_required
def silent(request: HttpRequest, slug: str, survey: str) -> HttpResponse:
    """Show who did not answer, by stratum, and how cases that answered differ from the others."""
    asked = survey_asked(request, slug, survey, *DESIGNERS)
    context: dict[str, Any] = asked.context("results_silent")
    try:
        population = population_of(asked.survey)
    except Refusal as fault:
        context |= {"impossible": fault}
        return render(request, "surveys/results/silent.html", context)
    found = nonresponse(
        asked_by_case(asked.survey), answers_now(asked.survey).by_case(), population
    )
    names = _figure_words([one.key for one in found.figures])
    words = _variable_words()
    label = _("Cases that answered and cases that did not, by figure")
    context |= {
        "found": found,
        "strata": [
            (words[one.variable], _label(one.label), one, share_shown(one.share_cases),
             share_shown(one.share))
            for one in found.strata
        ],
        "figures": [(names[one.key], one, _interval(one)) for one in found.figures],
        "label": label,
        "picture": silent_svg(
            [(names[one.key], one.answered, one.silent) for one in found.figures], label=label,
            answered=_("answered"), silent=_("did not"),
            said=_("Simulated data") if asked.access.study.simulated else "",
        ),
    }  # fmt: skip
    return render(request, "surveys/results/silent.html", context)


def _way(given: QueryDict) -> WeightsAsked:
    variables = tuple(one for one in VARIABLES if one in given.getlist("naar")) or VARIABLES
    method, population = given.get("manier", RAKE), given.get("telt", MUNICIPALITIES)
    highest = given.get("hoogste", "5")
    return WeightsAsked(
        method=method if method in METHODS else RAKE,
        variables=variables,
        population=population if population in POPULATIONS else MUNICIPALITIES,
        highest=float(highest) if highest in HIGHEST and highest else None,
    )


def _variable_words() -> dict[str, str]:
    return {SIZE: _("Size of the municipality"), PART: _("Part of the country")}


def _label(label: str) -> str:
    return label.replace("<20k", _("under 20,000")).replace(">100k", _("100,000 and more")).replace(
        "20-50k", _("20,000 to 50,000")
    ).replace("50-100k", _("50,000 to 100,000"))  # fmt: skip


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    names = _variable_words()
    return cell | {
        "variable": " · ".join(names[one] for one in cell["variable"].split(" · ")),
        "label": _label(cell["label"]),
        "share": share_shown(cell["share"]),
        "before": share_shown(cell["before"]),
        "after": share_shown(cell["after"]),
    }


def _kept(one: SurveyWeights) -> dict[str, Any]:
    asked, names = asked_of(one), _variable_words()
    crossed = asked.method == POST
    return {
        "weights": one,
        "words": (" × " if crossed else " + ").join(names[each] for each in asked.variables),
        "cells": [_cell(cell) for cell in one.result["cells"]],
        "limit": asked.highest,
        "is_stale": False,
    }


def _figure_words(keys: list[str]) -> dict[str, str]:
    country = current_country()
    found = {"inhabitants": _("Inhabitants")}
    for key in set(keys) - {"inhabitants"}:
        choice = choice_named(country, key)
        unit = f" ({choice.unit})" if choice and choice.unit else ""
        found[key] = f"{choice.title if choice else key}{unit}"
    return found


def _interval(one: FigureCompared) -> tuple[float, float] | None:
    interval = one.difference.interval
    return None if interval is None else (interval.low, interval.high)
