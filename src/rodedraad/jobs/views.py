"""Which pages show the long work of a study: all jobs, and one job with its progress?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.jobs.actions import job_ask, job_cancel
from rodedraad.jobs.locks import worker_is_present
from rodedraad.jobs.queries import job_of, jobs_before, jobs_of
from rodedraad.jobs.shown import JobShown
from rodedraad.studies.access import DESIGNERS, access_for

JOBS_PER_PAGE = 50


@require_safe
@login_required
def jobs(request: HttpRequest, slug: str) -> HttpResponse:
    """Show all jobs, the newest first: what, who, how far."""
    access = access_for(request.user, slug)
    page = Paginator(jobs_of(access.study), JOBS_PER_PAGE).get_page(request.GET.get("page"))
    shown = [JobShown(job) for job in page]
    context = {
        "study": access.study,
        "page": page,
        "jobs": shown,
        "no_worker": any(each.job.is_open for each in shown) and not worker_is_present(),
    }
    return render(request, "jobs/jobs.html", context)


@require_safe
@never_cache
@login_required
def job(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show one job: how far it is, what came of it, or why it failed and what to do then."""
    access = access_for(request.user, slug)
    found = job_of(access.study, pk)
    context = {
        "study": access.study,
        "access": access,
        "shown": JobShown(found),
        "before": jobs_before(found),
        "no_worker": found.is_open and not worker_is_present(),
    }
    return render(request, "jobs/job.html", context)


@require_safe
@never_cache
@login_required
def progress(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Tell a page that is open how far the job is."""
    found = job_of(access_for(request.user, slug).study, pk)
    shown = JobShown(found)
    answer = {
        "state": found.state,
        "is_open": found.is_open,
        "state_words": shown.state,
        "progress_words": shown.progress,
        "done": min(found.done, found.total),
        "total": found.total,
    }
    return JsonResponse(answer)


@require_POST
@login_required
def cancel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Cancel a job."""
    access = access_for(request.user, slug, *DESIGNERS)
    found = job_of(access.study, pk)
    found = job_cancel(found, person=access.person, origin=request_origin(request))
    if found.is_open:
        messages.success(request, _("The work stops at its next step."))
    return redirect("jobs:job", slug, pk)


@require_POST
@login_required
def again(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask for the same work again, after it failed or was cancelled."""
    access = access_for(request.user, slug, *DESIGNERS)
    found = job_of(access.study, pk)
    if not JobShown(found).may_be_asked_again:
        return redirect("jobs:job", slug, pk)
    new = job_ask(
        access.study,
        found.kind,
        found.parameters,
        access.person,
        origin=request_origin(request),
    )
    return redirect("jobs:job", slug, new.pk)
