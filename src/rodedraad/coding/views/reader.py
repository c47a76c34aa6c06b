"""How does a person read a text with its codings, and see what others do meanwhile?"""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.coding.carry import codings_carried, codings_to_carry
from rodedraad.coding.marked import shown
from rodedraad.coding.marks import marks_in
from rodedraad.coding.models import Coder, Coding, Round
from rodedraad.coding.palette import palette
from rodedraad.coding.standing import standing
from rodedraad.coding.steps import coder_asked, number_given, version_newest
from rodedraad.coding.visible import codings_visible, memos_visible
from rodedraad.coding.wording import ANCHORS
from rodedraad.sources.access import reading_record, source_for
from rodedraad.sources.models import Source, SourceVersion
from rodedraad.sources.queries import Window, deidentify_due, text_window
from rodedraad.sources.steps import source_steps
from rodedraad.studies.access import StudyAccess

LISTED_AT_MOST = 200
RECENT = 9


@require_safe
@login_required
def reader(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Show a window of the newest text with the codings that the coder may see.

    ``vanaf`` asks the number of the first paragraph, ``plek`` a position in the text instead;
    ``suggesties`` asks to show what the machine suggests.
    """
    access, coder, source = reader_asked(request, slug, uuid)
    version = version_newest(source, number_given(request.GET.get("plek")))
    start = getattr(version, "paragraph_at", None)
    window = text_window(version, start or number_given(request.GET.get("vanaf")) or 1)
    reading_record(access, source, origin=request_origin(request))
    codings = _numbered(_seen(coder, version), window)
    first, last = _ends(window)
    marks = marks_in(coder, version, first, last)
    marks_shown = marks if request.GET.get("suggesties") == "1" else []
    now = standing(coder, version)
    offered = palette(access.study, now.clock)
    context = {
        "study": access.study,
        "steps": source_steps(source),
        "source": source,
        "text_version": version,
        "window": window,
        "paragraphs": [shown(row, codings, marks_shown) for row in window.paragraphs],
        "codings": [
            (one, one.coder_id == coder.pk, ANCHORS[one.anchor]) for one in codings[:LISTED_AT_MOST]
        ],
        "n_more": max(0, len(codings) - LISTED_AT_MOST),
        "palette": offered,
        "recent": [offered.codes[pk] for pk in now.recent if pk in offered.codes][:RECENT],
        "round": now.in_round,
        "deidentify_due": deidentify_due(source, version),
        "is_blind": now.in_round is not None and now.in_round.kind == Round.Kind.BLIND,
        "memos": memos_listed(access, coder, source=source),
        "marks": marks,
        "marks_shown": marks_shown,
        "stand": now.mark,
        "undo": now.can_undo,
        "redo": now.can_redo,
        "address": request.path,
        "here": f"{request.path}?vanaf={window.first or 1}",
        **_carried(source, coder, version),
    }
    return render(request, "coding/reader.html", context)


@require_safe
@login_required
def stand(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Tell whether what this coder sees in a source changed: 304 when it did not."""
    _access, coder, source = reader_asked(request, slug, uuid)
    mark = standing(coder, version_newest(source)).mark
    is_same = request.headers.get("If-None-Match") == f'"{mark}"'
    answer = HttpResponse(status=304) if is_same else JsonResponse({"stand": mark})
    answer["ETag"] = f'"{mark}"'
    answer["Cache-Control"] = "no-store"
    return answer


def reader_asked(request: HttpRequest, slug: str, uuid: UUID) -> tuple[StudyAccess, Coder, Source]:
    """Return a source for who may code it, and which coder they are; 404 for others."""
    access, coder = coder_asked(request, slug)
    return access, coder, source_for(access, uuid)


def memos_listed(access: StudyAccess, coder: Coder, **about: object) -> list[tuple[object, bool]]:
    """Return the memos about one thing that a coder may see, and whether each is their own."""
    found = memos_visible(coder, access.study).filter(**about).select_related("coder")
    return [(one, one.coder_id == coder.pk) for one in found]


def _seen(coder: Coder, version: SourceVersion) -> QuerySet[Coding]:
    return codings_visible(coder, coder.study).filter(version=version)


def _carried(source: Source, coder: Coder, version: SourceVersion) -> dict[str, int]:
    if version.number == 1:
        return {"n_to_carry": 0, "n_carried": 0}
    seen = _seen(coder, version).order_by().values("pk")
    return {
        "n_to_carry": codings_to_carry(source).count(),
        "n_carried": codings_carried(version).filter(pk__in=seen).count(),
    }


def _ends(window: Window) -> tuple[int, int]:
    """Return the range of the text that a window shows."""
    rows = window.paragraphs
    return (rows[0].start, rows[-1].end) if rows else (0, 0)


def _numbered(seen: QuerySet[Coding], window: Window) -> list[Coding]:
    """Return the codings that touch what is shown, and those of the whole source, numbered."""
    first, last = _ends(window)
    touching = Q(start__lt=last, end__gt=first) | Q(start=None)
    found = seen.filter(touching).exclude(anchor=Coding.Anchor.LOST)
    listed = list(found.select_related("code", "coder")) if window.paragraphs else []
    for number, coding in enumerate(listed, 1):
        coding.shown_number = number  # type: ignore[attr-defined]
    return listed
