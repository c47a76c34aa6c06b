"""Who was invited, takes part or refuses, and what was put right afterwards?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.accounts.origin import request_origin
from rodedraad.studies.access import DESIGNERS, access_for
from rodedraad.studies.csv_file import csv_response
from rodedraad.studies.forms.log import StepForm
from rodedraad.studies.invitations import (
    case_accept,
    case_invite,
    case_refuse,
    step_last,
    step_undo,
)
from rodedraad.studies.models import Case, SelectionEvent, SelectionPlan
from rodedraad.studies.queries.case_list import chosen_cases, plan_newest
from rodedraad.studies.queries.log import CSV_COLUMNS, log_events, log_rows

ROWS_PER_PAGE = 50
Kind = SelectionEvent.Kind


@require_safe
@login_required
def log_page(request: HttpRequest, study: str) -> HttpResponse:
    """Show where each chosen case stands, and every line of the log."""
    access = access_for(request.user, study)
    plan = plan_newest(access.study)
    events = log_events(access.study)
    context: dict[str, object] = {
        "study": access.study,
        "access": access,
        "plan": plan,
        "page": Paginator(events, ROWS_PER_PAGE).get_page(request.GET.get("page")),
    }
    if plan is not None:
        context |= {"found": chosen_cases(plan), "last": step_last(plan)}
    return render(request, "studies/log.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def step_page(request: HttpRequest, study: str, case: int) -> HttpResponse:
    """Let a researcher log the next step of one chosen case."""
    access = access_for(request.user, study, *DESIGNERS)
    plan = plan_newest(access.study)
    if plan is None:
        raise Http404("No cases were chosen yet.")
    found = next((each for each in chosen_cases(plan).cases if each.case.pk == case), None)
    if found is None:
        raise Http404("This is not one of the chosen cases.")
    form = StepForm(found.state, request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = _step(plan, found.case, form.cleaned_data, access.person)
        messages.success(request, told)
        return redirect("studies:log", access.study.slug)
    return render(
        request, "studies/step.html", {"study": access.study, "found": found, "form": form}
    )


@require_POST
@login_required
def undo(request: HttpRequest, study: str) -> HttpResponse:
    """Take back the last step, by lines that correct it."""
    access = access_for(request.user, study, *DESIGNERS)
    plan, seen = plan_newest(access.study), request.POST.get("step", "")
    if plan is None or not seen.isdecimal():
        raise Http404("There is no such step.")
    done = step_undo(plan, person=access.person, seen=int(seen))
    told = _("The last step of %(name)s is undone. The log keeps both.")
    messages.success(request, told % {"name": done.case.name})
    return redirect("studies:log", access.study.slug)


@require_safe
@login_required
def log_file(request: HttpRequest, study: str) -> HttpResponse:
    """Give the whole log as a file."""
    access = access_for(request.user, study)
    audit_record(
        person=access.person,
        action="selection_download",
        object=f"study:{access.study.slug} log",
        origin=request_origin(request),
    )
    return csv_response(f"{access.study.slug}-log", CSV_COLUMNS, log_rows(access.study))


def _step(plan: SelectionPlan, case: Case, given: dict[str, str], person: Person) -> str:
    """Log the step and return what to tell about it."""
    if given["kind"] == Kind.INVITED:
        case_invite(plan, case, person=person)
        return _("%(name)s is invited.") % {"name": case.name}
    if given["kind"] == Kind.ACCEPTED:
        case_accept(plan, case, person=person)
        return _("%(name)s takes part.") % {"name": case.name}
    reserve = case_refuse(plan, case, reason=given["reason"], person=person)
    if reserve is None:
        told = _("%(name)s refuses. There is no reserve left: the place stays empty.")
        return told % {"name": case.name}
    told = _("%(name)s refuses. %(reserve)s takes its place.")
    return told % {"name": case.name, "reserve": reserve.name}
