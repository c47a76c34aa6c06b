"""How does a whole study leave as a bundle, and how is one restored?"""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.origin import request_origin
from rodedraad.jobs.actions import job_ask
from rodedraad.studies.access import access_for, maker_for
from rodedraad.studies.models import TeamMember
from rodedraad.transfer.bundle_job import BUNDLE, RESTORE
from rodedraad.transfer.forms import RestoreForm
from rodedraad.transfer.uploads import bundle_path, upload_keep


@require_POST
@login_required
def bundle(request: HttpRequest, slug: str) -> HttpResponse:
    """Have everything of the study written to one file, as long work, for its lead."""
    access = access_for(request.user, slug, TeamMember.Role.LEAD)
    job = job_ask(access.study, BUNDLE, {}, access.person, origin=request_origin(request))
    return redirect("jobs:job", slug, job.pk)


@require_safe
@never_cache
@login_required
def bundle_file(request: HttpRequest, slug: str, key: object) -> FileResponse:
    """Give a lead a bundle of the study that was written this week; that is logged."""
    access = access_for(request.user, slug, TeamMember.Role.LEAD)
    path = bundle_path(str(key))
    ours = access.study.jobs.filter(kind=BUNDLE, result__key=str(key)).exists()
    if not ours or not path.exists():
        raise Http404("This bundle is not on the server any more. Have it written again.")
    if request.method == "GET":
        audit_record(
            person=access.person, action="study_bundle_fetch", object=f"study:{slug}",
            origin=request_origin(request),
        )  # fmt: skip
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{slug}.zip")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def restore(request: HttpRequest) -> HttpResponse:
    """Let an administrator make a study from a bundle, as long work; they lead it."""
    person = maker_for(request.user)
    form = RestoreForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        asked = {
            "file": given.name[:300],
            "slug": form.cleaned_data["slug"],
            "key": upload_keep(given.chunks()),
        }
        job = job_ask(None, RESTORE, asked, person, origin=request_origin(request))
        return redirect("jobs:site_job", job.pk)
    return render(request, "transfer/restore.html", {"form": form})
