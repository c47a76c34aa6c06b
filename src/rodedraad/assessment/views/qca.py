"""Which combinations of factors go with an outcome: analyses, one of them, and a new one?"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rodedraad.assessment.construct_names import construct_code, construct_names, sources_words
from rodedraad.assessment.notice_words import notice_sentences
from rodedraad.assessment.pictures.scatter import sign_of
from rodedraad.assessment.qca_runs import KIND
from rodedraad.assessment.qca_shown import (
    ROLES,
    membership_csv,
    models_text,
    qca_snippet,
    solutions_shown,
    truth_csv,
    truth_rows,
)
from rodedraad.assessment.queries import latest_by_subject
from rodedraad.assessment.runs_shown import RunShown, run_of, runs_shown
from rodedraad.assessment.study_parts import case_names, run_wave
from rodedraad.networks.asked import person_of, study_asked, study_steps
from rodedraad.studies.access import may_design
from rodedraad.studies.csv_file import csv_response
from rodedraad.studies.models import Study, Wave

ABOUT_SINGLE_CASES = frozenset({"half_memberships"})


@require_safe
@login_required
def analyses(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the newest analysis under each name, so that a team can lay them side by side."""
    study = study_asked(request, slug)
    shown = runs_shown(study, latest_by_subject(study, KIND).values())
    wave = study.waves.order_by("-reference_date").first()
    names = construct_names(wave) if wave else {}
    context = {
        "study": study,
        "steps": study_steps(study),
        "may_make": may_design(person_of(request), study),
        "rows": [
            {
                "shown": each,
                "outcome": _named(each.run.result["outcome_code"], names),
                "conditions": [construct_code(code) for code in each.run.result["conditions"]],
                "models": models_text(each.run.result["intermediate"]),
                "n_models": each.run.result["intermediate"]["n_models"],
                "fit": next(iter(each.run.result["intermediate"]["fit"]), None),
                "cuts": each.run.result["cuts"],
                "n_cases": each.run.result["n_cases"],
            }
            for each in shown
        ],
    }
    return render(request, "assessment/qca_list.html", context)


@require_safe
@login_required
def analysis(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show one analysis: truth table, necessity, the three solutions, cases and robustness."""
    study = study_asked(request, slug)
    shown, wave = _shown(study, pk)
    run, with_cases = shown.run, may_design(person_of(request), study)
    document, names, cases = run.result, construct_names(wave), case_names(study)
    outcome = construct_code(document["outcome_code"])
    above = (_("Combinations of conditions"), reverse("assessment:qca_list", args=[study.slug]))
    codes = [*document["conditions"], document["outcome_code"]]
    again = {
        "meting": wave.label, "uitkomst": document["outcome_code"],
        "voorwaarde": document["conditions"], "naar": run.pk,
    }  # fmt: skip
    notices = [
        each for each in document["notices"] if with_cases or each["code"] not in ABOUT_SINGLE_CASES
    ]
    context = {
        "study": study,
        "steps": study_steps(study, above),
        "shown": shown,
        "wave": wave,
        "document": document,
        "name": run.subject,
        "outcome": outcome,
        "outcome_name": names.get(document["outcome_code"], outcome),
        "with_cases": with_cases,
        "codes": [
            (
                construct_code(code),
                names.get(code, code),
                sources_words(document["sources"][code], document["scores"][code]),
                document["calibrations"][code],
            )
            for code in codes
        ],
        "notices": notice_sentences(notices, {**cases, **names}),
        "truth": truth_rows(document, cases),
        "necessity": document["necessity"],
        "solutions": solutions_shown(
            document, cases, outcome, document["robustness"], with_cases=with_cases
        ),
        "negated": solutions_shown(
            document["negated"], cases, f"~{outcome}", None, with_cases=with_cases
        ),
        "negated_truth": truth_rows(document["negated"], cases),
        "signs": [
            (sign_of(shape, filled=filled), words) for words, shape, filled in ROLES.values()
        ],
        "memberships": _memberships(document, cases, codes) if with_cases else [],
        "again": urlencode(again, doseq=True),
        "snippet": qca_snippet(run, wave.label, study.slug) if with_cases else "",
    }  # fmt: skip
    return render(request, "assessment/qca.html", context)


@require_safe
@login_required
def analysis_file(request: HttpRequest, slug: str, pk: int, what: str) -> HttpResponse:
    """Give the truth table, or to who may design the memberships, as a file."""
    study = study_asked(request, slug)
    shown, _wave = _shown(study, pk)
    document, with_cases = shown.run.result, may_design(person_of(request), study)
    name = f"{study.slug}-qca-{pk}-{what}"
    if what == "waarheidstabel":
        columns = ["row", *document["conditions"], "out", "n", "consistency", "pri",
                   "contradictory", *(["cases"] if with_cases else [])]  # fmt: skip
        return csv_response(name, columns, truth_csv(document, with_cases=with_cases))
    if not with_cases:
        raise Http404(_("These are for the researchers of the study."))
    codes = [*document["conditions"], document["outcome_code"]]
    columns = ["case", "name", *(f"score_{code}" for code in codes), *codes]
    return csv_response(name, columns, membership_csv(document, case_names(study)))


def _shown(study: Study, pk: int) -> tuple[RunShown, Wave]:
    shown = run_of(study, pk)
    wave = run_wave(shown.run, study)
    if shown.run.kind != KIND or wave is None:
        raise Http404(_("This study has no such run."))
    return shown, wave


def _memberships(
    document: Mapping[str, Any], cases: Mapping[str, str], codes: list[str]
) -> list[tuple[str, list[float]]]:
    found = [
        (cases.get(case, case), [document["memberships"][case][code] for code in codes])
        for case in document["cases"]
    ]
    return sorted(found, key=lambda each: each[0].casefold())


def _named(code: str, names: Mapping[str, str]) -> str:
    return f"{construct_code(code)} {names.get(code, code)}"
