"""What does a source say: its text a window at a time, its versions, its original?"""

from io import BytesIO
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.origin import request_origin
from rodedraad.sources.access import (
    is_deidentified,
    may_read_raw,
    reading_record,
    source_for,
    sources_asked,
    sources_for,
)
from rodedraad.sources.models import SourceVersion
from rodedraad.sources.queries import deidentify_due, paragraph_at, text_window, versions_of
from rodedraad.sources.steps import list_steps
from rodedraad.sources.store import original_path, original_read
from rodedraad.sources.wording import KINDS, LEVELS, PARAGRAPHS, notice_sentences

NUMBER_AT_MOST = 9
ALIKE = 10


@require_safe
@login_required
def source(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Show one source: what is known of it, and a window of its text.

    ``versie`` asks an earlier version, ``vanaf`` the number of the first paragraph, ``plek`` a
    position in the text instead.
    """
    access = sources_asked(request.user, slug)
    found = source_for(access, uuid)
    versions = versions_of(found)
    made_unknown = [row for row in versions if row.deidentified]
    reads_raw = not made_unknown or may_read_raw(access, found)
    versions = versions if reads_raw else made_unknown
    version = _version(versions, _number(request, "versie"))
    place = _number(request, "plek")
    start = paragraph_at(version, place) if place is not None else _number(request, "vanaf") or 1
    window = text_window(version, start)
    reading_record(access, found, version, origin=request_origin(request))
    context = {
        "study": access.study,
        "steps": list_steps(access.study),
        "source": found,
        "kind": KINDS[found.kind],
        "level": LEVELS[found.confidentiality],
        "versions": versions,
        "version": version,
        "is_newest": version == versions[0],
        "notices": notice_sentences(version.notices),
        "window": window,
        "paragraphs": [(row, PARAGRAPHS[row.kind]) for row in window.paragraphs],
        "may_change": access.may_design,
        "alike": found.alike.filter(other__in=sources_for(access)).select_related("other")[:ALIKE],
        "deidentify_due": deidentify_due(found, version),
        "has_original": reads_raw and original_path(found.sha256).exists(),
    }
    return render(request, "sources/source.html", context)


@require_GET
@login_required
def original(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponseBase:
    """Give the file as it came, to be saved: never to be shown by the browser."""
    access = sources_asked(request.user, slug)
    found = source_for(access, uuid)
    if is_deidentified(found) and not may_read_raw(access, found):
        raise Http404(_("You may not see the original of this source."))
    content = original_read(found.sha256)
    audit_record(
        person=access.person,
        action="source_download",
        object=f"study:{access.study.slug} source:{found.uuid}",
        origin=request_origin(request),
    )
    answer = FileResponse(
        BytesIO(content),
        as_attachment=True,
        filename=found.file_name,
        content_type="application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Length"] = str(len(content))
    return answer


def _version(versions: list[SourceVersion], number: int | None) -> SourceVersion:
    for version in versions:
        if number in {None, version.number}:
            return version
    raise Http404(_("This source has no such version."))


def _number(request: HttpRequest, name: str) -> int | None:
    """Return a number of the address, or None when there is none that can be meant."""
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) <= NUMBER_AT_MOST else None
