"""Which studies are there for me, what is one about, and how does a wave become fixed?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.studies.access import Role, access_for
from rodedraad.studies.actions import framework_next, wave_freeze
from rodedraad.studies.queries.study_list import studies_listed
from rodedraad.studies.queries.study_page import study_counts, team_of, waves_of

ROWS_PER_PAGE = 50


@require_safe
@login_required
def study_list(request: HttpRequest) -> HttpResponse:
    """List the studies in whose team one is."""
    found = studies_listed(request.user)  # type: ignore[arg-type]
    page = Paginator(found, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "studies/list.html", {"page": page})


@require_safe
@login_required
def study_page(request: HttpRequest, study: str) -> HttpResponse:
    """Show one study: questions, waves, rules, what to know, team."""
    access = access_for(request.user, study)
    context = {
        "study": access.study,
        "access": access,
        "counts": study_counts(access.study),
        "waves": waves_of(access.study),
        "team": team_of(access.study),
    }
    return render(request, "studies/study.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def wave_page(request: HttpRequest, study: str, wave: int) -> HttpResponse:
    """Let the lead freeze a wave, or give it a version of the framework of its own."""
    access = access_for(request.user, study, Role.LEAD)
    found = get_object_or_404(waves_of(access.study), pk=wave)
    if request.method != "POST":
        return render(request, "studies/wave.html", {"study": access.study, "wave": found})
    if request.POST.get("do") == "freeze":
        wave_freeze(found, person=access.person, origin=request_origin(request))
        messages.success(request, _("Wave %(wave)s is frozen.") % {"wave": found.label})
    else:
        made = framework_next(found, person=access.person, origin=request_origin(request))
        done = _("Wave %(wave)s uses version %(version)s of the framework.")
        messages.success(request, done % {"wave": found.label, "version": made.version})
    return redirect("studies:study", access.study.slug)
