"""How does a whole study leave as a bundle, and how is one restored?"""

import tempfile
from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rodedraad.accounts.origin import request_origin
from rodedraad.errors import Refusal
from rodedraad.studies.access import access_for, maker_for
from rodedraad.studies.models import TeamMember
from rodedraad.transfer.bundle.restoring import bundle_restore
from rodedraad.transfer.bundle.writing import bundle_write
from rodedraad.transfer.forms import RestoreForm


@require_POST
@login_required
def bundle(request: HttpRequest, slug: str) -> FileResponse:
    """Give the lead everything of the study in one file."""
    access = access_for(request.user, slug, TeamMember.Role.LEAD)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{slug}.zip"
        bundle_write(access.study, path, person=access.person, origin=request_origin(request))
        content = path.open("rb")
    return FileResponse(content, as_attachment=True, filename=path.name)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def restore(request: HttpRequest) -> HttpResponse:
    """Let an administrator make a study from a bundle; they lead it."""
    person = maker_for(request.user)
    form = RestoreForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        with tempfile.NamedTemporaryFile(suffix=".zip") as file:
            for chunk in form.cleaned_data["file"].chunks():
                file.write(chunk)
            file.flush()
            try:
                study = bundle_restore(
                    Path(file.name), slug=form.cleaned_data["slug"], lead=person, person=person,
                    origin=request_origin(request),
                )  # fmt: skip
            except Refusal as refusal:
                context["refusal"] = refusal
            else:
                messages.success(request, _("The study is restored. You lead it."))
                return redirect("studies:study", study.slug)
    return render(request, "transfer/restore.html", context)
