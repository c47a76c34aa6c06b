"""How do files come into a study: many at once, with what is known of them?"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rodedraad.accounts.origin import request_origin
from rodedraad.errors import Refusal
from rodedraad.sources.actions import source_add
from rodedraad.sources.extraction.extracting import too_large_refusal
from rodedraad.sources.extraction.limits import LIMITS
from rodedraad.sources.forms import FilesForm
from rodedraad.sources.models import Source
from rodedraad.sources.steps import list_steps
from rodedraad.sources.wording import notice_sentences
from rodedraad.studies.access import DESIGNERS, StudyAccess, access_for

BAD_REQUEST = 400


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form; add the files that are sent, each whole or not at all, and tell of each.

    The script of the page sends one file at a time, and asks for ``part`` of the page.
    """
    access = access_for(request.user, slug, *DESIGNERS)
    sent = request.method == "POST"
    form = FilesForm(access.study, request.POST if sent else None, request.FILES if sent else None)
    told: list[dict[str, Any]] = []
    if sent and form.is_valid():
        told = [_added(request, access, form, file) for file in form.cleaned_data["files"]]
    if "part" in request.POST:
        status = 200 if told else BAD_REQUEST
        return render(
            request, "sources/part/told.html", {"told": told, "form": form}, status=status
        )
    context = {
        "study": access.study,
        "steps": list_steps(access.study),
        "form": form,
        "told": told,
        "n_added": sum(answer["state"] == "added" for answer in told),
        "n_files": len(told),
    }
    return render(request, "sources/add.html", context)


def _added(
    request: HttpRequest, access: StudyAccess, form: FilesForm, file: UploadedFile
) -> dict[str, Any]:
    """Add one file; tell its name, what became of it and why."""
    name = str(file.name)
    try:
        if (file.size or 0) > LIMITS.file_bytes:
            raise too_large_refusal(file.size or 0)
        source = source_add(
            access.study,
            file.read(),
            name,
            form.facts(),
            person=access.person,
            origin=request_origin(request),
            again=form.cleaned_data["again"],
            options=form.options(),
        )
    except Refusal as refusal:
        state = "known" if refusal.code == "source_known" else "refused"
        return {"file": name, "state": state, "refusal": refusal}
    return {
        "file": name,
        "state": "added",
        "notices": notice_sentences(_notices(source)),
        "address": reverse("sources:source", args=[access.study.slug, source.uuid]),
    }


def _notices(source: Source) -> list[dict[str, Any]]:
    return source.versions.values_list("notices", flat=True).get()
