"""In which texts of a study are people still known, which names stay, and who reads raw talks?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.deidentification.access import KEY_HOLDERS, raw_reading_set
from rodedraad.deidentification.models import StayingName
from rodedraad.deidentification.queries import sources_to_review
from rodedraad.deidentification.staying import staying_add, staying_counts, staying_remove
from rodedraad.sources.access import may_read_raw, sources_asked, sources_for
from rodedraad.sources.steps import list_steps
from rodedraad.studies.access import DESIGNERS, access_for
from rodedraad.studies.models import TeamMember

SOURCES_PER_PAGE = 50


@require_safe
@login_required
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the texts in which people speak with how far each is, the names that stay, readers."""
    access = sources_asked(request.user, slug)
    listed = sources_to_review(sources_for(access))
    page = Paginator(listed, SOURCES_PER_PAGE).get_page(request.GET.get("page"))
    team = TeamMember.objects.filter(
        study=access.study, role__in=(TeamMember.Role.LEAD, TeamMember.Role.RESEARCHER)
    )
    context = {
        "study": access.study,
        "steps": list_steps(access.study),
        "page": page,
        "rows": [(source, may_read_raw(access, source)) for source in page],
        "staying": StayingName.objects.filter(study=access.study),
        "counts": staying_counts(access.study),
        "readers": team.select_related("person").order_by("role", "person__name"),
        "may_change": access.may_design,
        "may_lead": access.may_lead,
        "may_open_key": access.role in KEY_HOLDERS,
    }
    return render(request, "deidentification/overview.html", context)


@require_POST
@login_required
def names_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add names that stay, one on each line."""
    access = access_for(request.user, slug, *DESIGNERS)
    n = staying_add(
        access.study,
        request.POST.get("names", ""),
        person=access.person,
        origin=request_origin(request),
    )
    said = ngettext("%(n)s name is added.", "%(n)s names are added.", n)
    messages.success(request, said % {"n": n})
    return redirect("deidentification:overview", slug)


@require_POST
@login_required
def name_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a name off the list."""
    access = access_for(request.user, slug, *DESIGNERS)
    staying_remove(access.study, pk, person=access.person, origin=request_origin(request))
    messages.success(request, _("The name is taken off the list."))
    return redirect("deidentification:overview", slug)


@require_POST
@login_required
def reader_set(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let a researcher read talks as they were said, or not any more."""
    access = access_for(request.user, slug, TeamMember.Role.LEAD)
    allowed = request.POST.get("allowed") == "1"
    member = raw_reading_set(access, pk, allowed=allowed, origin=request_origin(request))
    said = (
        _("%(name)s may read raw talks from now on.")
        if allowed
        else _("%(name)s may not read raw talks any more.")
    )
    messages.success(request, said % {"name": member.person.name})
    return redirect("deidentification:overview", slug)
