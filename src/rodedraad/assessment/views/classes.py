"""Which people or cases score alike: ask for latent classes, all that were found, one search?"""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.assessment.class_runs import (
    CASES,
    KIND,
    MOST_CONSTRUCTS,
    RESPONDENTS,
    class_constructs,
)
from rodedraad.assessment.classes_shown import (
    COMPARED_COLUMNS,
    PROFILE_COLUMNS,
    cases_shown,
    classes_snippet,
    compared_csv_rows,
    item_name,
    profile_csv_rows,
    profiles_seen,
    sizes_shown,
)
from rodedraad.assessment.conclusions.latent_classes import SIZES
from rodedraad.assessment.construct_names import construct_names, source_names
from rodedraad.assessment.models import Evidence
from rodedraad.assessment.notice_words import notice_sentences
from rodedraad.assessment.pictures.class_profiles import class_profiles_svg
from rodedraad.assessment.runs_shown import RunShown, run_of, runs_of, runs_shown
from rodedraad.assessment.study_parts import case_names, run_wave
from rodedraad.country.wording import number_shown
from rodedraad.jobs.actions import job_ask
from rodedraad.networks.asked import person_of, study_asked, study_steps
from rodedraad.studies.access import DESIGNERS, may_design
from rodedraad.studies.csv_file import csv_response
from rodedraad.studies.models import Study, Wave

SHOWN_AT_MOST = 50


class ClassesForm(forms.Form):
    """Of whom classes are sought, on what, and how many."""

    def __init__(self, data: QueryDict | None, wave: Wave, has_measures: bool) -> None:
        super().__init__(data)
        units = [(RESPONDENTS, _("people who answered"))]
        if has_measures:
            units.append((CASES, _("cases, on measures and attitudes")))
        self.fields["wie"] = forms.ChoiceField(label=_("Classes of"), choices=units)
        names = construct_names(wave)
        constructs = [
            (each.code, f"{each.code} {names[each.code]}") for each in class_constructs(wave)
        ]
        self.fields["construct"] = forms.MultipleChoiceField(
            label=_("Scores that make the classes"),
            choices=constructs,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("For people who answered: two or more. For cases this is fixed."),
        )
        self.fields["aantal"] = forms.TypedChoiceField(
            label=_("Number of classes"),
            choices=[("", _("as the BIC says")), *((n, str(n)) for n in SIZES)],
            coerce=int,
            empty_value=None,
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """Two scores or more make classes of people."""
        given = super().clean() or {}
        n = len(given.get("construct") or ())
        if given.get("wie") == RESPONDENTS and not 2 <= n <= MOST_CONSTRUCTS:
            self.add_error(
                "construct", _("Choose from 2 to %(most)s scores.") % {"most": MOST_CONSTRUCTS}
            )
        return given


@require_safe
@login_required
def all_classes(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was found so far, and the form that asks for more."""
    study = study_asked(request, slug)
    return _page(request, study, None)


@require_POST
@login_required
def classes_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Put the search in the queue of long work, and go to its page."""
    study = study_asked(request, slug, *DESIGNERS)
    wave = _wave(study)
    if wave is None:
        raise Http404(_("This study has no answers."))
    form = ClassesForm(request.POST, wave, _has_measures(wave))
    if not form.is_valid():
        return _page(request, study, form)
    asked = form.cleaned_data
    job = job_ask(
        study,
        KIND,
        {
            "wave": wave.label,
            "unit": asked["wie"],
            "constructs": asked["construct"] if asked["wie"] == RESPONDENTS else [],
            "n_classes": asked["aantal"],
        },
        person_of(request),
        origin=request_origin(request),
    )
    return redirect("jobs:job", study.slug, job.pk)


@require_safe
@login_required
def classes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show one search: how many classes, what they are like, how sure, and beside the rule."""
    study = study_asked(request, slug)
    shown = _shown(study, pk)
    run, result = shown.run, shown.run.result
    wave = run_wave(run, study)
    if wave is None:
        raise Http404(_("This study has no such run."))
    names = construct_names(wave)
    attitudes = run.parameters.get("attitudes", {})
    called = {code: item_name(code, names, attitudes) for code in result["items"]}
    above = (_("Latent classes"), reverse("assessment:classes_list", args=[study.slug]))
    numbers = list(range(1, result["n_classes"] + 1))
    designs = may_design(person_of(request), study)
    profiles = profiles_seen(result, may_design=designs)
    context: dict[str, Any] = {
        "study": study,
        "steps": study_steps(study, above),
        "shown": shown,
        "wave": wave,
        "result": result,
        "of_cases": result["unit"] == CASES,
        "sizes": sizes_shown(result),
        "numbers": numbers,
        "shares": [number_shown(each["estimate"] * 100) for each in result["shares"]],
        "picture": class_profiles_svg(
            [
                (called[profile["item"]], [_mark(mean) for mean in profile["means"]])
                for profile in profiles
            ]
        ),
        "profiles": [
            (called[profile["item"]], [_estimate(mean) for mean in profile["means"]])
            for profile in profiles
        ],
        "certainty": [number_shown(result["certainty"][n - 1][n - 1] * 100) for n in numbers],
        "remarks": notice_sentences(result["notices"], called),
        "snippet": classes_snippet(run, wave.label, study.slug),
        "may_design": designs,
        "some_hidden": len(profiles) < len(result["profiles"]),
    }
    if result["unit"] == CASES:
        context |= {
            "cases": cases_shown(result, case_names(study)),
            "rule": result["rule"],
            "rule_remarks": notice_sentences(result["rule"]["notices"], called),
        }
    else:
        people = source_names()
        context["roles"] = [
            (people.get(role, role), [number_shown(share["estimate"] * 100) for share in shares])
            for role, shares in result["by_role"].items()
        ]
    return render(request, "assessment/classes.html", context)


@require_safe
@login_required
def classes_file(request: HttpRequest, slug: str, pk: int, what: str) -> HttpResponse:
    """Give the profiles, or the numbers of classes compared, as a file."""
    study = study_asked(request, slug)
    result = _shown(study, pk).run.result
    if what == "profielen":
        profiles = profiles_seen(result, may_design=may_design(person_of(request), study))
        rows = profile_csv_rows(result, profiles)
        return csv_response(f"{study.slug}-profielen", PROFILE_COLUMNS, rows)
    return csv_response(f"{study.slug}-aantallen", COMPARED_COLUMNS, compared_csv_rows(result))


def _page(request: HttpRequest, study: Study, form: ClassesForm | None) -> HttpResponse:
    wave = _wave(study)
    may_ask = may_design(person_of(request), study)
    runs = runs_of(study).filter(kind=KIND).defer(None)[:SHOWN_AT_MOST]
    if form is None and wave is not None and may_ask:
        form = ClassesForm(None, wave, _has_measures(wave))
    context = {
        "study": study,
        "steps": study_steps(study),
        "wave": wave,
        "form": form,
        "rows": [
            {
                "shown": each,
                "of_cases": each.run.result["unit"] == CASES,
                "items": each.run.result["items"],
                "n": each.run.result["n"],
                "n_classes": each.run.result["n_classes"],
                "by_person": each.run.result["chosen_by"] == "person",
            }
            for each in runs_shown(study, runs)
        ],
    }
    return render(request, "assessment/classes_list.html", context)


def _wave(study: Study) -> Wave | None:
    """The newest wave that has answers."""
    waves = study.waves.select_related("framework").order_by("-reference_date")
    return next((wave for wave in waves if _has(wave, Evidence.Kind.ANSWER)), None)


def _has_measures(wave: Wave) -> bool:
    return _has(wave, Evidence.Kind.MEASURE)


def _has(wave: Wave, kind: str) -> bool:
    return Evidence.objects.filter(study=wave.study_id, wave=wave, kind=kind).exists()


def _shown(study: Study, pk: int) -> RunShown:
    shown = run_of(study, pk)
    if shown.run.kind != KIND:
        raise Http404(_("This study has no such run."))
    return shown


def _mark(mean: dict[str, Any]) -> tuple[float, float | None, float | None]:
    interval = mean["interval"] or {}
    return mean["estimate"], interval.get("low"), interval.get("high")


def _estimate(mean: dict[str, Any]) -> str:
    value, low, high = _mark(mean)
    if low is None:
        return number_shown(value, 2)
    return f"{number_shown(value, 2)} ({number_shown(low, 2)} – {number_shown(high, 2)})"
