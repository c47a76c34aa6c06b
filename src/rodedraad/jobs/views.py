"""Which pages show long work: all jobs of a study, and one job with its progress?"""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from rodedraad.accounts.models import Person
from rodedraad.accounts.origin import request_origin
from rodedraad.jobs.actions import job_ask, job_cancel
from rodedraad.jobs.kinds import kind_of
from rodedraad.jobs.locks import worker_is_present
from rodedraad.jobs.queries import job_of, jobs_before, jobs_of
from rodedraad.jobs.shown import JobShown
from rodedraad.studies.access import DESIGNERS, access_for, maker_for

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
def job(request: HttpRequest, slug: str | None, pk: int) -> HttpResponse:
    """Show one job: how far it is, what came of it, or why it failed and what to do then."""
    asked = _asked(request, slug, pk)
    found = asked.shown.job
    context = {
        "study": found.study,
        "shown": asked.shown,
        "may_act": asked.may_act,
        "before": jobs_before(found),
        "no_worker": found.is_open and not worker_is_present(),
    }
    return render(request, "jobs/job.html", context)


@require_safe
@never_cache
@login_required
def progress(request: HttpRequest, slug: str | None, pk: int) -> HttpResponse:
    """Tell a page that is open how far the job is."""
    shown = _asked(request, slug, pk).shown
    found = shown.job
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
def cancel(request: HttpRequest, slug: str | None, pk: int) -> HttpResponse:
    """Cancel a job."""
    asked = _acting(request, slug, pk)
    found = job_cancel(asked.shown.job, person=asked.person, origin=request_origin(request))
    if found.is_open:
        messages.success(request, _("The work stops at its next step."))
    return redirect(asked.shown.address)


@require_POST
@login_required
def again(request: HttpRequest, slug: str | None, pk: int) -> HttpResponse:
    """Ask for the same work again, after it failed or was cancelled."""
    asked = _acting(request, slug, pk)
    found = asked.shown.job
    if not asked.shown.may_be_asked_again:
        return redirect(asked.shown.address)
    origin = request_origin(request)
    new = job_ask(found.study, found.kind, found.parameters, asked.person, origin=origin)
    return redirect(JobShown(new).address)


@dataclass(frozen=True)
class _Asked:
    """A job that a person may see, and whether they may cancel it or ask it again."""

    shown: JobShown
    person: Person
    may_act: bool


def _asked(request: HttpRequest, slug: str | None, pk: int) -> _Asked:
    """Return a job of a study for its team, one of the site for an administrator; 404 or 403."""
    if slug is None:
        return _Asked(JobShown(job_of(None, pk)), maker_for(request.user), may_act=True)
    access = access_for(request.user, slug)
    found = job_of(access.study, pk)
    kind = kind_of(found.kind)
    may_act = access.role in (kind.roles if kind else DESIGNERS)
    return _Asked(JobShown(found), access.person, may_act=may_act)


def _acting(request: HttpRequest, slug: str | None, pk: int) -> _Asked:
    asked = _asked(request, slug, pk)
    if not asked.may_act:
        raise Http404("There is no such job, or its work is not yours to decide on.")
    return asked
