"""How does the script of the page send a file in pieces, and go on after the connection broke?

Answers are small JSON: ``offset`` says where the file is, ``address`` where pieces go. A file that
is not taken gives ``refused``: a piece of the page that says why.
"""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from rodedraad.errors import Refusal
from rodedraad.sources.models import Upload
from rodedraad.sources.uploads import (
    PIECE_BYTES,
    UploadElsewhere,
    upload_append,
    upload_begin,
    upload_for,
    uploads_open,
    uploads_remove,
)
from rodedraad.studies.access import DESIGNERS, StudyAccess, access_for

CONFLICT = 409
NUMBER_AT_MOST = 15


@require_POST
@never_cache
@login_required
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin to send a file, or go on with it: by its name, size and time of change."""
    access = access_for(request.user, slug, *DESIGNERS)
    name = request.POST.get("name", "")
    try:
        upload = upload_begin(
            access.study,
            access.person,
            name,
            _number(request.POST.get("size", "")),
            _number(request.POST.get("modified", "")),
        )
    except Refusal as refusal:
        told = [{"file": name, "state": "refused", "refusal": refusal}]
        html = render_to_string("sources/part/told.html", {"told": told}, request)
        return JsonResponse({"refused": html})
    return JsonResponse(
        {
            "id": str(upload.uuid),
            "offset": upload.received,
            "piece": PIECE_BYTES,
            "address": reverse("sources:upload", args=[slug, upload.uuid]),
            "remove": reverse("sources:upload_remove", args=[slug, upload.uuid]),
        }
    )


@require_POST
@never_cache
@login_required
def piece(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Take a piece of a file: the body, at ``Upload-Offset``, of which ``Piece-Sha256`` is."""
    access = access_for(request.user, slug, *DESIGNERS)
    upload = _own(access, uuid)
    try:
        offset = upload_append(
            upload,
            _number(request.headers.get("Upload-Offset", "")),
            request.read(PIECE_BYTES + 1),
            request.headers.get("Piece-Sha256", ""),
        )
    except UploadElsewhere as elsewhere:
        return JsonResponse({"offset": elsewhere.offset}, status=CONFLICT)
    return JsonResponse({"offset": offset})


@require_POST
@login_required
def remove(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Stop sending a file: what arrived of it is removed."""
    access = access_for(request.user, slug, *DESIGNERS)
    uploads_remove([_own(access, uuid)])
    return redirect("sources:add", slug)


@require_POST
@login_required
def remove_all(request: HttpRequest, slug: str) -> HttpResponse:
    """Remove everything this person sent and did not add."""
    access = access_for(request.user, slug, *DESIGNERS)
    uploads_remove(uploads_open(access.study, access.person))
    return redirect("sources:add", slug)


def _own(access: StudyAccess, uuid: UUID) -> Upload:
    upload = upload_for(access.study, access.person, uuid)
    if upload is None:
        raise Http404("You are not sending such a file.")
    return upload


def _number(given: str) -> int:
    """Return a whole number; 0 when it is none that can be meant."""
    return int(given) if given.isdecimal() and len(given) <= NUMBER_AT_MOST else 0
