"""Who takes part in a study, and how people come in: a list without names, a form, a file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.origin import request_origin
from rodedraad.errors import Refusal
from rodedraad.fieldwork.access import (
    contact_reading_set,
    contacts_asked,
    fieldwork_asked,
    may_read_contacts,
)
from rodedraad.fieldwork.forms import PeopleFileForm, PersonForm
from rodedraad.fieldwork.links import subjects_of
from rodedraad.fieldwork.models import Participation
from rodedraad.fieldwork.people import people_add
from rodedraad.fieldwork.people_file import (
    COLUMNS,
    MOST_FAULTS,
    PeopleRefusal,
    people_read,
    roles_known,
)
from rodedraad.fieldwork.people_list import (
    cases_of,
    participation_with,
    people_of,
    reach_of,
    readers_of,
    waves_of,
)
from rodedraad.fieldwork.steps import fieldwork_steps, people_steps
from rodedraad.fieldwork.vault import contacts_open
from rodedraad.fieldwork.wording import REASONS, STATES
from rodedraad.studies.access import StudyAccess

PER_PAGE = 50


@require_safe
@login_required
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """List the participations of a study by pseudonym, without any name."""
    access = fieldwork_asked(request.user, slug)
    page = _page(request, access)
    context = _listed(request, access, page) | {
        "reasons": REASONS,
        "readers": readers_of(access.study),
        "cases": cases_of(access.study),
        "waves": waves_of(access.study),
        "roles": roles_known(),
        "states": STATES,
        "n_planned": people_of(access.study, {"state": Participation.State.PLANNED}).count(),
        "is_open": bool(subjects_of(access.study)),
    }
    return render(request, "fieldwork/people.html", context)


@require_POST
@never_cache
@login_required
def opened(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who the people of one page of the list are, after writing down who asked and why."""
    access = contacts_asked(request.user, slug)
    reason = request.POST.get("reason", "")
    if reason not in REASONS:
        raise Refusal("Choose why you must see who these people are.", code="contact_reason")
    page = _page(request, access)
    shown = contacts_open(
        access.study,
        page.object_list,
        reason=reason,
        person=access.person,
        origin=request_origin(request),
    )
    rows = [(each, shown.get(each.uuid)) for each in page.object_list]
    context = _listed(request, access, page) | {"rows": rows}
    return render(request, "fieldwork/people_open.html", context)


@require_POST
@login_required
def find(request: HttpRequest, slug: str) -> HttpResponse:
    """Go to the person with a mail address, after writing down that somebody was looked up."""
    access = contacts_asked(request.user, slug)
    found = participation_with(access.study, request.POST.get("mail", ""))
    audit_record(
        person=access.person,
        action="contacts_read",
        object=f"study:{slug} contacts:{int(found is not None)} reason:question",
        origin=request_origin(request),
    )
    if found is None:
        messages.warning(request, _("Nobody with this mail address takes part in this study."))
        return redirect("fieldwork:people", slug)
    return redirect("fieldwork:person", slug, found.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def person_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Let one person be brought in with a form."""
    access = contacts_asked(request.user, slug)
    form = PersonForm(access.study, request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            made = people_add(
                form.cleaned_data["wave"],
                [form.person_given()],
                person=access.person,
                origin=request_origin(request),
            )
        except Refusal as caught:
            refusal = caught
        else:
            messages.success(request, _("%(pseudonym)s takes part.") % vars(made[0]))
            return redirect("fieldwork:person", slug, made[0].uuid)
    context = {
        "study": access.study,
        "steps": people_steps(access.study),
        "form": form,
        "refusal": refusal,
        "waves": waves_of(access.study),
    }
    return render(request, "fieldwork/person_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def file(request: HttpRequest, slug: str) -> HttpResponse:
    """Let people be brought in from a file, checked whole before anything is written."""
    access = contacts_asked(request.user, slug)
    form = PeopleFileForm(access.study, request.POST or None, request.FILES or None)
    context: dict[str, object] = {
        "study": access.study,
        "steps": people_steps(access.study),
        "form": form,
        "columns": COLUMNS.values(),
        "roles": roles_known(),
        "waves": waves_of(access.study),
    }
    if request.method == "POST" and form.is_valid():
        wave, given = form.cleaned_data["wave"], form.cleaned_data["file"]
        try:
            made = people_add(
                wave,
                people_read(wave, given.read(), given.name),
                person=access.person,
                origin=request_origin(request),
            )
        except PeopleRefusal as refusal:
            context["faults"] = refusal.faults[:MOST_FAULTS]
            context["n_faults"] = len(refusal.faults)
        except Refusal as refusal:
            context["refusal"] = refusal
        else:
            n = len(made)
            done = ngettext("%(n)s person came in.", "%(n)s people came in.", n) % {"n": n}
            messages.success(request, done)
            return redirect("fieldwork:people", slug)
    return render(request, "fieldwork/people_file.html", context)


@require_POST
@login_required
def reader_set(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let a researcher see contact data, or not any more."""
    access = fieldwork_asked(request.user, slug)
    allowed = request.POST.get("allowed")
    if allowed not in ("0", "1"):
        raise Http404("There is no such choice.")
    contact_reading_set(access, pk, allowed=allowed == "1", origin=request_origin(request))
    return redirect("fieldwork:people", slug)


def _page(request: HttpRequest, access: StudyAccess) -> Page[Participation]:
    asked = {name: request.GET.get(name, "") for name in ("case", "role", "state", "wave", "reach")}
    found = people_of(access.study, asked)
    return Paginator(found, PER_PAGE).get_page(request.GET.get("page"))


def _listed(
    request: HttpRequest, access: StudyAccess, page: Page[Participation]
) -> dict[str, object]:
    shown = list(page.object_list)
    reach = reach_of(shown)
    return {
        "study": access.study,
        "steps": fieldwork_steps(access.study),
        "page": page,
        "rows": [(each, reach.get(str(each.uuid), "")) for each in shown],
        "may_read": may_read_contacts(access),
        "may_lead": access.may_lead,
        "asked": request.GET,
        "query": request.GET.urlencode(),
    }
