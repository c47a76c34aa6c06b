"""How are cases chosen: with a look at the places first, and beside earlier choices?"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.country.current import current_country
from rodedraad.errors import Refusal
from rodedraad.studies.access import DESIGNERS, StudyAccess, access_for
from rodedraad.studies.forms.selection import SelectionForm, seed_new
from rodedraad.studies.frame import case_frame
from rodedraad.studies.queries.comparison import plans_compared
from rodedraad.studies.queries.plans import indicator_choices, plans_listed, spread_rows
from rodedraad.studies.selection import (
    ALL,
    selection_plan_make,
    selection_quota,
    selection_sizes,
    under_way,
)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def selection_page(request: HttpRequest, study: str) -> HttpResponse:
    """Show the form, the places per stratum that it gives, and earlier choices; choose on POST."""
    access = access_for(request.user, study, *(DESIGNERS if request.method == "POST" else ()))
    plans = plans_listed(access.study)
    context: dict[str, object] = {
        "study": access.study,
        "access": access,
        "plans": [(plan, _smallest(plan)) for plan in plans],
        "under_way": under_way(access.study),
    }
    if not access.may_design or (context["under_way"] and request.method != "POST"):
        return render(request, "studies/selection.html", context)
    country = current_country()
    form = SelectionForm(access.study, country, _data(request))
    context["form"] = form
    if form.is_bound and form.is_valid():
        try:
            if request.method == "POST":
                return _chosen(request, access, form)
            context["preview"] = _preview(access, form)
            context["pairs"] = _pairs(form)
        except Refusal as refusal:
            context["refusal"] = refusal
    return render(request, "studies/selection.html", context)


@require_safe
@login_required
def compare_page(request: HttpRequest, study: str, first: int, second: int) -> HttpResponse:
    """Show two choices side by side: how each was made, and which cases they share."""
    access = access_for(request.user, study)
    plans = access.study.selection_plans.select_related("created_by")
    one, other = (get_object_or_404(plans, number=number) for number in (first, second))
    country = current_country()
    titles = {
        plan.pk: [
            each.title
            for each in indicator_choices(country, plan.reference_date.year)
            if each.key in plan.indicators
        ]
        for plan in (one, other)
    }
    context = {
        "study": access.study,
        "plans": [(plan, spread_rows(plan), titles[plan.pk]) for plan in (one, other)],
        "comparison": plans_compared(one, other),
    }
    return render(request, "studies/compare.html", context)


def _data(request: HttpRequest) -> QueryDict | None:
    """Return what was filled in, with another seed if that was asked."""
    if request.method == "POST":
        return request.POST
    if "method" not in request.GET:
        return None
    data = request.GET.copy()
    if data.pop("nieuw", None):
        data["seed"] = str(seed_new())
    return data


def _preview(access: StudyAccess, form: SelectionForm) -> dict[str, Any]:
    """Return the size of the frame and the places per stratum; null places are not fixed yet."""
    asked = form.asked()
    frame = case_frame(
        access.study,
        current_country(),
        asked["reference_date"],
        strata=asked["strata"],
        indicators=asked["indicators"],
    )
    by_quota = asked["method"] not in {ALL, "matched_pairs"}
    strata = selection_quota(frame, asked["n_cases"]) if by_quota else selection_sizes(frame)
    n_cases = len(frame.units) if asked["method"] == ALL else asked["n_cases"]
    return {
        "n_frame": len(frame.units),
        "n_cases": n_cases,
        "strata": strata,
        "by_quota": by_quota,
        "method": asked["method"],
    }


def _pairs(form: SelectionForm) -> list[tuple[str, str]]:
    """Return what was filled in as names and values, for the form that chooses."""
    data = form.data
    return [(name, value) for name in form.fields for value in data.getlist(name)]  # type: ignore[attr-defined]


def _chosen(request: HttpRequest, access: StudyAccess, form: SelectionForm) -> HttpResponse:
    plan = selection_plan_make(
        study=access.study,
        country=current_country(),
        person=access.person,
        origin=request_origin(request),
        **form.asked(),
    )
    done = _("Choice %(number)s is made: %(n)s cases.")
    messages.success(request, done % {"number": plan.number, "n": plan.n_cases})
    return redirect("studies:cases", access.study.slug)


def _smallest(plan: Any) -> Any:
    """Return the row of the smallest distance of a plan; null without figures."""
    return next((row for row in spread_rows(plan) if row.name == "smallest"), None)
