"""Which codings does a text have, and which must a person look at since the text changed?"""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.coding.carry import codings_carried, codings_carry, codings_to_carry
from rodedraad.coding.steps import reader_steps, version_newest
from rodedraad.coding.tree import code_lines
from rodedraad.coding.views.reader import reader_asked
from rodedraad.coding.visible import codings_visible
from rodedraad.coding.wording import ANCHORS
from rodedraad.sources.access import raw_hidden, reading_record

ROWS = 100
LOOKED_AT = 50


@require_safe
@login_required
def jump_list(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """List the codings of a text with the way to each place; ``code`` and ``wie`` narrow it."""
    access, coder, source = reader_asked(request, slug, uuid)
    version = version_newest(source)
    reading_record(access, source, origin=request_origin(request))
    seen = codings_visible(coder, access.study).filter(version=version)
    lines = code_lines(access.study)
    code = next((one.code for one in lines if str(one.code.uuid) == request.GET.get("code")), None)
    is_mine = request.GET.get("wie") == "ik"
    seen = seen.filter(code=code) if code else seen
    seen = seen.filter(coder=coder) if is_mine else seen
    rows = seen.select_related("code", "coder").order_by(F("start").asc(nulls_first=True), "pk")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "study": access.study,
        "steps": reader_steps(source),
        "source": source,
        "page": page,
        "rows": [(one, ANCHORS[one.anchor]) for one in page],
        "lines": lines,
        "chosen": code,
        "is_mine": is_mine,
    }
    return render(request, "coding/list.html", context)


@require_safe
@login_required
def carried(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """List the codings that moved, are unsure or were lost on the way to the newest text."""
    access, coder, source = reader_asked(request, slug, uuid)
    version = version_newest(source)
    reading_record(access, source, origin=request_origin(request))
    seen = codings_visible(coder, access.study).filter(version=version).order_by().values("pk")
    page = Paginator(codings_carried(version).filter(pk__in=seen), LOOKED_AT).get_page(
        request.GET.get("page")
    )
    raw = {one.carried_from.version for one in page if one.carried_from}
    hidden = {version.pk for version in raw if raw_hidden(access, source, version)}
    for version in raw:
        if version.pk not in hidden:
            reading_record(access, source, version, origin=request_origin(request))
    context = {
        "study": access.study,
        "steps": reader_steps(source),
        "source": source,
        "page": page,
        "hidden": hidden,
        "rows": [
            (one, ANCHORS[one.anchor], one.coder_id == coder.pk or one.coder.person_id is None)
            for one in page
        ],
        "n_to_carry": codings_to_carry(source).count(),
        "here": request.get_full_path(),
    }
    return render(request, "coding/carried.html", context)


@require_POST
@login_required
def carry(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Put the codings of earlier versions of the text on the newest one."""
    _access, coder, source = reader_asked(request, slug, uuid)
    counts = codings_carry(source, coder, origin=request_origin(request)).counts
    said = ", ".join(f"{ANCHORS[anchor]}: {n}" for anchor, n in counts.items())
    messages.success(request, _("The codings stand on the new text. %(what)s.") % {"what": said})
    return redirect("coding:carried", slug, uuid)
