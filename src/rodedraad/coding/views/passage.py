"""How does a coding come, change, get confirmed and go, without losing one's place?"""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rodedraad.accounts.origin import request_origin
from rodedraad.coding.actions.codings import (
    coding_add,
    coding_change,
    coding_confirm,
    coding_remove,
)
from rodedraad.coding.models import Code, Coder, Coding
from rodedraad.coding.steps import choice_given, coder_asked, gone_back, number_given, reader_steps
from rodedraad.coding.tree import code_lines
from rodedraad.coding.views.reader import memos_listed, reader_asked
from rodedraad.coding.visible import codings_visible
from rodedraad.coding.wording import ANCHORS
from rodedraad.errors import Refusal
from rodedraad.sources.access import raw_hidden, reading_record, source_named
from rodedraad.sources.models import Source
from rodedraad.studies.access import StudyAccess
from rodedraad.studies.models import Study

VALENCES = (-1, 0, 1)
STRENGTHS = (0, 1, 2, 3)
Range = tuple[int, int]


@require_POST
@login_required
def add(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Put a code on the passage that was selected, or on the whole source."""
    access, coder = coder_asked(request, slug)
    source = source_named(access, uuid)
    given = request.POST
    place = _place(request)
    made = coding_add(
        coder,
        number_given(given.get("version")) or 0,
        _code(access.study, given.get("code", ""), given.get("quick", "")),
        place=place,
        quote=given.get("quote") or None if place else None,
        valence=choice_given(given.get("valence"), VALENCES),
        strength=choice_given(given.get("strength"), STRENGTHS),
    )
    messages.success(request, _("Coded: %(code)s.") % {"code": made.code.name})
    return _back(request, slug, source)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def passage(request: HttpRequest, slug: str, uuid: UUID, coding: UUID) -> HttpResponse:
    """Show one coding with its memos, and change it."""
    access, coder, source = reader_asked(request, slug, uuid)
    found = _found(access, coder, source, coding)
    if raw_hidden(access, source, found.version):
        raise Http404("This coding is on the text from before people were made unknown.")
    if request.method == "POST":
        given = request.POST
        coding_change(
            coder,
            found,
            row_version=number_given(given.get("row_version")) or 0,
            code=_code(access.study, given.get("code", ""), kept=found.code),
            place=_place(request),
            quote=given.get("quote") or None,
            valence=choice_given(given.get("valence"), VALENCES),
            strength=choice_given(given.get("strength"), STRENGTHS),
        )
        messages.success(request, _("The coding is changed."))
        return _back(request, slug, source)
    reading_record(access, source, found.version, origin=request_origin(request))
    lines = code_lines(access.study)
    context = {
        "study": access.study,
        "steps": reader_steps(source),
        "source": source,
        "coding": found,
        "code_path": next((one.path for one in lines if one.code == found.code), found.code.name),
        "lines": [line for line in lines if line.code.is_codable],
        "sure": ANCHORS[found.anchor],
        "may_change": found.coder_id == coder.pk or found.coder.person_id is None,
        "memos": memos_listed(access, coder, coding=found),
        "here": request.path,
        "back": f"{reverse('coding:reader', args=[slug, uuid])}?plek={found.start or 0}",
    }
    return render(request, "coding/passage.html", context)


@require_POST
@login_required
def confirm(request: HttpRequest, slug: str, uuid: UUID, coding: UUID) -> HttpResponse:
    """Say that a coding is right as it stands, in this text and under the codebook of now."""
    access, coder, source = reader_asked(request, slug, uuid)
    found = _found(access, coder, source, coding)
    coding_confirm(coder, found, row_version=number_given(request.POST.get("row_version")) or 0)
    messages.success(request, _("Confirmed: %(code)s.") % {"code": found.code.name})
    return _back(request, slug, source)


@require_POST
@login_required
def remove(request: HttpRequest, slug: str, uuid: UUID, coding: UUID) -> HttpResponse:
    """Take a coding away; undo brings it back."""
    access, coder, source = reader_asked(request, slug, uuid)
    found = _found(access, coder, source, coding)
    coding_remove(coder, found, row_version=number_given(request.POST.get("row_version")) or 0)
    messages.success(request, _("The coding is taken away. Undo brings it back."))
    return _back(request, slug, source)


def _found(access: StudyAccess, coder: Coder, source: Source, uuid: UUID) -> Coding:
    seen = codings_visible(coder, access.study).filter(version__source=source)
    rows = seen.select_related("code", "coder", "carried_from", "codebook_version", "version")
    return get_object_or_404(rows.defer("version__text", "codebook_version__codes"), uuid=uuid)


def _place(request: HttpRequest) -> Range | None:
    """Return the range that was selected; None for the whole source."""
    given = request.POST
    if given.get("whole") == "1":
        return None
    start, end = number_given(given.get("start")), number_given(given.get("end"))
    if start is None or end is None:
        raise Refusal("Select a passage first.", code="coding_no_passage")
    return start, end


def _code(study: Study, written: str, quick: str = "", kept: Code | None = None) -> Code:
    """Return the code that was written: its whole path, or its name when there is one so called.

    ``quick`` is the uuid of a code that was chosen from those used last.
    """
    alive = Code.objects.filter(study=study, retired_at=None)
    if quick:
        return get_object_or_404(alive, uuid=quick)
    asked = " ".join(written.split())
    if kept is not None and asked.casefold() == kept.name.casefold():
        return kept
    found = list(alive.filter(name__iexact=asked)[:2])
    if len(found) != 1:
        lines = code_lines(study)
        found = [line.code for line in lines if line.path.casefold() == asked.casefold()]
    if len(found) != 1:
        raise Refusal(
            f"There is no code '{written[:80]}', or more than one. Choose one from the list.",
            code="code_unknown",
            name=written[:80],
        )
    return found[0]


def _back(request: HttpRequest, slug: str, source: Source) -> HttpResponse:
    """Go back to the page that it was asked on, or to the part of the text that was shown."""
    address = reverse("coding:reader", args=[slug, source.uuid])
    first = number_given(request.POST.get("vanaf")) or 1
    return gone_back(request, f"{address}?vanaf={first}#text")
