"""Why has a case its type of change, how sure is that, and what does a person decide?"""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.assessment.construct_names import construct_names
from rodedraad.assessment.models import Evidence
from rodedraad.assessment.pictures.bars import bars_svg
from rodedraad.assessment.pictures.type_cells import cells_svg, variants_svg
from rodedraad.assessment.runs_shown import RunShown
from rodedraad.assessment.study_parts import case_names
from rodedraad.assessment.templatetags.shown_numbers import percent
from rodedraad.assessment.type_decisions import (
    REASON_LENGTH,
    decision_history,
    decisions_holding,
    type_decide,
    type_withdraw,
)
from rodedraad.assessment.type_runs import CHANGE_TYPE
from rodedraad.assessment.types_shown import (
    TypeShown,
    attitude_rows,
    cell_names,
    changes_shown,
    gap_shown,
    may_show_attitudes,
    measure_names,
    source_words,
    status_names,
    type_letter,
    type_words,
    types_asked,
    types_shown,
    types_snippet,
    why_shown,
)
from rodedraad.country.wording import number_shown
from rodedraad.methods.rulesets.change_types import TYPE_LABELS
from rodedraad.methods.rulesets.measures import CELLS
from rodedraad.methods.rulesets.type_sources import SOURCE_KINDS
from rodedraad.methods.told_apart import places_apart
from rodedraad.networks.asked import person_of, study_asked, study_steps
from rodedraad.studies.access import DESIGNERS, may_design
from rodedraad.studies.models import Case, Study, Wave


class DecisionForm(forms.Form):
    """A label and a reason; the empty label withdraws the decision that holds."""

    def __init__(self, *args: Any, withdrawable: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(label, type_words(label)) for label in TYPE_LABELS]
        if withdrawable:
            choices = [*choices, ("", _("no decision: the rule holds again"))]
        self.fields["type"] = forms.ChoiceField(
            label=_("Type"), choices=choices, required=not withdrawable
        )
        self.fields["reden"] = forms.CharField(
            label=_("Reason"),
            widget=forms.Textarea(attrs={"rows": 3}),
            min_length=REASON_LENGTH,
            max_length=2000,
            help_text=_("Why this type fits better, and what shows it. No names of people."),
        )


@require_safe
@login_required
def type_of_case(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Show why one case has its type, how sure that is, and what people decided."""
    study = study_asked(request, slug)
    wave, shown = types_asked(study, request.GET.get("meting", ""))
    return _case_page(request, study, wave, shown, code, None)


@require_POST
@login_required
def type_decision(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Let a researcher give a case another type, or take that back, with the reason."""
    study = study_asked(request, slug, *DESIGNERS)
    wave, shown = types_asked(study, request.POST.get("meting", ""))
    case = Case.objects.filter(study=study, unit_code=code).first()
    if case is None:
        raise Http404(_("This case is not in this run."))
    holds = code in decisions_holding(study, wave, CHANGE_TYPE)
    form = DecisionForm(request.POST, withdrawable=holds)
    if not form.is_valid():
        return _case_page(request, study, wave, shown, code, form)
    given: dict[str, Any] = {
        "study": study,
        "wave": wave,
        "case": case,
        "typology": CHANGE_TYPE,
        "reason": form.cleaned_data["reden"],
        "run": shown.run,
        "person": person_of(request),
        "origin": request_origin(request),
    }
    if label := form.cleaned_data["type"]:
        type_decide(label=label, **given)
        said = _("%(name)s is now: %(label)s. The rule’s own type stays visible.")
        messages.success(request, said % {"name": case.name, "label": type_words(label)})
    else:
        type_withdraw(**given)
        messages.success(request, _("The rule holds again for %(name)s.") % {"name": case.name})
    address = reverse("assessment:type", args=[study.slug, code])
    return redirect(f"{address}?{urlencode({'meting': wave.label})}")


def _case_page(
    request: HttpRequest,
    study: Study,
    wave: Wave,
    shown: RunShown,
    code: str,
    form: DecisionForm | None,
) -> HttpResponse:
    holding = decisions_holding(study, wave, CHANGE_TYPE)
    cases = types_shown(shown.run, case_names(study), holding, study.slug)
    each = next((one for one in cases if one.code == code), None)
    if each is None:
        raise Http404(_("This case is not in this run."))
    stored = Case.objects.get(study=study, unit_code=code)
    all_scores = may_design(person_of(request), study)
    if form is None and all_scores:
        first = {"type": each.holds}
        form = DecisionForm(initial=first, withdrawable=each.decision is not None)
    case, names = each.case, construct_names(wave)
    codes: dict[str, str] = shown.run.result["attitudes"]
    attitudes: dict[str, str] = {name: name for name in case["attitudes"]}
    attitudes |= {name: names.get(construct) or construct for name, construct in codes.items()}
    open_to_all = may_show_attitudes(case, all_scores=all_scores)
    above = (_("Types of change"), reverse("assessment:types", args=[study.slug]))
    drawn = shown.run.result["resamples"]
    shares = [(type_words(label), case["bootstrap"][label]) for label in TYPE_LABELS if drawn]
    context = {
        "study": study,
        "steps": study_steps(study, above),
        "shown": shown,
        "wave": wave,
        "each": each,
        "case": case,
        "why": why_shown(case, all_scores=all_scores),
        "flags": case["flags"],
        "cells": _cells(each, shown.run.result["thresholds"]["cell"]),
        "gap": gap_shown(case, shown.run.result["thresholds"]["gap"]) if open_to_all else {},
        "picture": cells_svg(case["cells"]),
        "measures": _measures(study, wave, each),
        "sources": [(source_words(kind), case["n_sources"][kind]) for kind in SOURCE_KINDS],
        "source_titles": [source_words(kind) for kind in SOURCE_KINDS],
        "attitudes": attitude_rows(case, attitudes, all_scores=all_scores),
        "attitude_evidence": [
            (f"{construct} {attitudes[name]}", _evidence(study, wave, code, construct=construct))
            for name, construct in sorted(codes.items(), key=lambda pair: pair[1])
        ],
        "open_to_all": open_to_all,
        "changes": changes_shown(case, measure_names(), attitudes, all_scores=all_scores),
        "variants": _variants(each),
        "letters": [(type_letter(label), type_words(label)) for label in TYPE_LABELS],
        "resamples": drawn,
        "bars": bars_svg([(label, share, percent(share)) for label, share in shares]),
        "shares": shares,
        "form": form,
        "history": [
            (decision, type_words(decision.label) if decision.label else "")
            for decision in decision_history(stored, wave, CHANGE_TYPE)
        ],
        "thresholds": shown.run.result["thresholds"],
        "all_evidence": _evidence(study, wave, code),
        "query": urlencode({"meting": wave.label}),
        "snippet": types_snippet(shown.run, study.slug) if all_scores else "",
    }
    return render(request, "assessment/type.html", context)


def _cells(each: TypeShown, cut: float) -> list[tuple[str, str, str, bool]]:
    """Code, name, number and whether it is under the threshold, of every cell."""
    names, values = cell_names(), each.case["cells"]
    missing = each.case["missing_cells"]
    return [
        (
            cell,
            names[cell],
            number_shown(values[cell], places_apart(values[cell], cut)),
            cell in missing,
        )
        for cell in CELLS
    ]


def _measures(study: Study, wave: Wave, each: TypeShown) -> list[dict[str, Any]]:
    names, statuses = measure_names(), status_names()
    return [
        {
            "code": code,
            "name": names.get(code, code),
            "status": statuses[stored["status"]],
            "by_kind": [
                "–" if stored[kind] == -1 else statuses[stored[kind]] for kind in SOURCE_KINDS
            ],
            "apart": stored["apart"],
            "url": _evidence(study, wave, each.code, construct=code, kind=Evidence.Kind.MEASURE),
        }
        for code, stored in each.case["measures"].items()
    ]


def _evidence(study: Study, wave: Wave, code: str, *, construct: str = "", kind: str = "") -> str:
    asked = {"meting": wave.label, "gemeente": code, "construct": construct, "soort": kind}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('assessment:evidence', args=[study.slug])}?{query}"


def _variants(each: TypeShown) -> Any:
    labels = [TYPE_LABELS[i] for i in each.case["variants"]]
    return variants_svg(
        [type_letter(label) for label in labels],
        [label == each.rule for label in labels],
        {"breadth": _("breadth"), "cell": _("cell"), "gap": _("gap")},
        label=_("%(n)s of 27 variants of the thresholds give %(label)s.")
        % {"n": each.stability, "label": each.rule_label},
    )
