"""How do files come into a study: many at once, with what is known of them?"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.errors import Refusal
from rodedraad.jobs.locks import worker_is_present
from rodedraad.jobs.shown import JobShown
from rodedraad.sources.access import sources_for
from rodedraad.sources.batches import batch_make
from rodedraad.sources.cases import cases_suggested
from rodedraad.sources.folder import refused_answer
from rodedraad.sources.forms import FilesForm
from rodedraad.sources.models import Batch, Source, Upload
from rodedraad.sources.steps import list_steps
from rodedraad.sources.uploads import upload_whole, uploads_open
from rodedraad.sources.wording import told_shown
from rodedraad.studies.access import DESIGNERS, StudyAccess, access_for
from rodedraad.studies.models import TeamMember

STATES = ("refused", "known", "added")
BACK = "sources_back"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form; keep the files that are sent, and ask a worker to add them.

    The script of the page sends files in pieces before it sends the form; without it, the form
    brings them.
    """
    access = access_for(request.user, slug, *DESIGNERS)
    waiting = list(uploads_open(access.study, access.person))
    whole = [upload for upload in waiting if upload.is_whole]
    sent = request.method == "POST"
    form = FilesForm(
        access.study,
        request.POST if sent else None,
        request.FILES if sent else None,
        has_files=bool(whole),
    )
    if not sent:
        form.initial.update(_begins_with(request, slug))
    if sent and form.is_valid():
        kept, refused = _kept(access, form.cleaned_data["files"])
        batch = batch_make(
            access.study,
            access.person,
            [*whole, *kept],
            form.facts(),
            options=form.options(),
            again=form.cleaned_data["again"],
            refused=refused,
            origin=request_origin(request),
        )
        return redirect("sources:batch", slug, batch.pk)
    context = {
        "study": access.study,
        "steps": list_steps(access.study),
        "form": form,
        "whole": whole,
        "halfway": [upload for upload in waiting if not upload.is_whole],
    }
    return render(request, "sources/add.html", context)


@require_safe
@never_cache
@login_required
def batch(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show what became of files that were added together, or how far it is."""
    access = access_for(request.user, slug, *DESIGNERS)
    found = get_object_or_404(Batch.objects.select_related("job"), pk=pk, study=access.study)
    if found.person != access.person and access.role != TeamMember.Role.LEAD:
        raise Http404("Another person added these files.")
    told = sorted(found.told, key=lambda answer: STATES.index(answer["state"]))
    added = {answer["source"]: answer["file"] for answer in told if answer["state"] == "added"}
    sources = sources_for(access).filter(uuid__in=added)
    without = {str(one.uuid): one for one in sources if one.case_id is None}
    suggested = cases_suggested(
        {uuid: added[uuid] for uuid in without}, access.study.cases.order_by("name")
    )
    seen = {str(one.uuid) for one in sources}
    job = found.job
    context = {
        "study": access.study,
        "steps": list_steps(access.study),
        "batch": found,
        "back": request.session.get(BACK, ""),
        "shown": JobShown(job) if job else None,
        "is_open": job is not None and job.is_open,
        "no_worker": job is not None and job.is_open and not worker_is_present(),
        "told": told_shown(told, slug, seen),
        "counts": {state: sum(a["state"] == state for a in told) for state in STATES},
        "suggested": [(without[uuid], added[uuid], case) for uuid, case in suggested.items()],
    }
    return render(request, "sources/batch.html", context)


def _begins_with(request: HttpRequest, slug: str) -> dict[str, str]:
    """Return what the form begins with when a page of another room asks for one text.

    ``terug`` is the address in this study that the page with the result leads back to.
    """
    back = request.GET.get("terug", "")
    if not back.startswith(f"/studies/{slug}/"):
        request.session.pop(BACK, None)
        return {}
    request.session[BACK] = back
    given = {name: request.GET[name] for name in ("kind", "case") if name in request.GET}
    if given.get("kind") == Source.Kind.TRANSCRIPT:
        given["confidentiality"] = Source.Confidentiality.PERSONAL
    return given


def _kept(
    access: StudyAccess, files: list[UploadedFile]
) -> tuple[list[Upload], list[dict[str, Any]]]:
    """Keep the files that came with the form; tell of those that are not taken."""
    kept: list[Upload] = []
    refused: list[dict[str, Any]] = []
    for file in files:
        try:
            with transaction.atomic():
                kept.append(upload_whole(access.study, access.person, file))
        except Refusal as refusal:
            refused.append(refused_answer(str(file.name), refusal))
    return kept, refused
