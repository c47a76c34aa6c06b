"""What came into a study from other programs, and how does it leave for these?"""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.jobs.actions import job_ask
from rodedraad.sources.steps import study_steps
from rodedraad.studies.access import DESIGNERS, access_for
from rodedraad.studies.models import Study
from rodedraad.transfer.forms import ProjectForm
from rodedraad.transfer.models import Import
from rodedraad.transfer.refi.exporting import Asked, refi_export
from rodedraad.transfer.refi.left_out import left_out_of
from rodedraad.transfer.refi.reasons import IN, OUT
from rodedraad.transfer.refi.taking_back import import_take_back
from rodedraad.transfer.uploads import upload_keep
from rodedraad.transfer.wording import THINGS

Step = tuple[str, str]
IMPORTS_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def exchange(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what came in and what would go out; take a file in as long work."""
    access = access_for(request.user, slug, *DESIGNERS)
    form = ProjectForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        asked = {
            "file": Path(given.name).name[:300],
            "key": upload_keep(given.chunks()),
            "kind": form.cleaned_data["kind"],
            "who": form.cleaned_data["who"],
            "origin": request_origin(request),
        }
        job = job_ask(
            access.study, "refi_import", asked, access.person, origin=request_origin(request)
        )
        return redirect("jobs:job", slug, job.pk)
    left_out = left_out_of(access.study, Asked(access.study, access).sources())
    context = {
        "study": access.study,
        "steps": study_steps(access.study),
        "form": form,
        "imports": access.study.imports.defer("report", "added").select_related("person")[
            :IMPORTS_SHOWN
        ],
        "left_out": [(OUT[name], n) for name, n in left_out.items()],
        "may_lead": access.may_lead,
        "may_restore": access.person.is_administrator,
    }
    return render(request, "transfer/exchange.html", context)


@require_safe
@login_required
def imported(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show what an import brought, and what of its file did not come along and why."""
    access = access_for(request.user, slug, *DESIGNERS)
    one = get_object_or_404(access.study.imports.select_related("person"), pk=pk)
    report: dict[str, Any] = one.report
    context = {
        "study": access.study,
        "steps": exchange_steps(access.study),
        "one": one,
        "counts": [
            (title, report["added"].get(name, 0), report["known"].get(name, 0))
            for name, title in THINGS.items()
        ],
        "reasons": [
            (reason, IN.get(reason["reason"], reason["reason"])) for reason in report["reasons"]
        ],
        "remarks": report["faults"],
    }
    return render(request, "transfer/import.html", context)


@require_POST
@login_required
def take_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take away what an import added and nobody worked on since."""
    access = access_for(request.user, slug, *DESIGNERS)
    one = get_object_or_404(Import, study=access.study, pk=pk)
    stays = import_take_back(one, person=access.person, origin=request_origin(request))
    messages.success(request, _("The import is taken back."))
    if sum(stays.values()):
        said = _("%(n)s things stay, because somebody worked on them or with them since.")
        messages.info(request, said % {"n": sum(stays.values())})
    return redirect("transfer:exchange", slug)


@require_POST
@login_required
def project(request: HttpRequest, slug: str) -> FileResponse:
    """Give the study as a project, or its codes as a codebook."""
    access = access_for(request.user, slug, *DESIGNERS)
    suffix = ".qdc" if request.POST.get("form") == "qdc" else ".qdpx"
    asked = Asked(access.study, access, personal=request.POST.get("personal") == "yes")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{slug}{suffix}"
        refi_export(asked, path, origin=request_origin(request))
        content = path.open("rb")
    return FileResponse(content, as_attachment=True, filename=path.name)


def exchange_steps(study: Study) -> list[Step]:
    """The steps above a page about one import."""
    return [*study_steps(study), (_("Exchange"), reverse("transfer:exchange", args=[study.slug]))]
