"""How does a person read a text with its codings, and add or take away one?"""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.coding.actions.codings import coding_add, coding_remove
from rodedraad.coding.carry import codings_carried, codings_carry, codings_to_carry
from rodedraad.coding.changes import redo_next, undo_next
from rodedraad.coding.marked import pieces
from rodedraad.coding.models import Code, Coder, Coding, Round
from rodedraad.coding.rounds import round_now
from rodedraad.coding.steps import coder_asked
from rodedraad.coding.tree import code_lines
from rodedraad.coding.visible import codings_visible
from rodedraad.coding.wording import ANCHORS
from rodedraad.errors import Refusal
from rodedraad.sources.access import reading_record, source_for
from rodedraad.sources.models import Paragraph, Source, SourceVersion
from rodedraad.sources.queries import paragraph_at, text_window
from rodedraad.sources.steps import source_steps
from rodedraad.studies.access import StudyAccess
from rodedraad.studies.models import Study

NUMBER_AT_MOST = 9


@require_safe
@login_required
def reader(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Show a window of the newest text with the codings that the coder may see.

    ``vanaf`` asks the number of the first paragraph, ``plek`` a position in the text instead.
    """
    access, coder, source = _asked(request, slug, uuid)
    version = _newest(source)
    place = _number(request.GET.get("plek"))
    start = paragraph_at(version, place) if place is not None else None
    window = text_window(version, start or _number(request.GET.get("vanaf")) or 1)
    reading_record(access, source, origin=request_origin(request))
    codings = _codings(access, coder, version, window.paragraphs)
    in_round = round_now(coder, source)
    context = {
        "study": access.study,
        "steps": source_steps(source),
        "source": source,
        "text_version": version,
        "window": window,
        "paragraphs": [(row, pieces(row.start, row.text, codings)) for row in window.paragraphs],
        "codings": [(one, one.coder_id == coder.pk, ANCHORS[one.anchor]) for one in codings],
        "lines": [line for line in code_lines(access.study) if line.code.is_codable],
        "round": in_round,
        "is_blind": in_round is not None and in_round.kind == Round.Kind.BLIND,
        "n_to_carry": codings_to_carry(source).count() if version.number > 1 else 0,
        "carried": codings_carried(version).filter(pk__in=_seen(access, coder, version)),
        "undo": undo_next(coder),
        "redo": redo_next(coder),
        "here": request.get_full_path(),
    }
    return render(request, "coding/reader.html", context)


@require_POST
@login_required
def add(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Put a code on the passage that was selected, or on the whole source."""
    access, coder, source = _asked(request, slug, uuid)
    given = request.POST
    whole = given.get("whole") == "1"
    start, end = _number(given.get("start")), _number(given.get("end"))
    if not whole and (start is None or end is None):
        raise Refusal("Select a passage first.", code="coding_no_passage")
    place = None if whole or start is None or end is None else (start, end)
    made = coding_add(
        coder,
        _number(given.get("version")) or 0,
        _code(access.study, given.get("code", "")),
        place=place,
        quote=None if whole else given.get("quote") or None,
        in_round=round_now(coder, source),
        valence=_choice(given.get("valence"), (-1, 0, 1)),
        strength=_choice(given.get("strength"), (0, 1, 2, 3)),
    )
    messages.success(request, _("Coded: %(code)s.") % {"code": made.code.name})
    return _back(request, slug, source)


@require_POST
@login_required
def remove(request: HttpRequest, slug: str, uuid: UUID, coding: UUID) -> HttpResponse:
    """Take a coding away; undo brings it back."""
    access, coder, source = _asked(request, slug, uuid)
    seen = codings_visible(coder, access.study).filter(version__source=source)
    found = get_object_or_404(seen, uuid=coding)
    coding_remove(coder, found, row_version=_number(request.POST.get("row_version")) or 0)
    messages.success(request, _("The coding is taken away. Undo brings it back."))
    return _back(request, slug, source)


@require_POST
@login_required
def carry(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Put the codings of earlier versions of the text on the newest one."""
    _access, coder, source = _asked(request, slug, uuid)
    counts = codings_carry(source, coder, origin=request_origin(request)).counts
    said = ", ".join(f"{ANCHORS[anchor]}: {n}" for anchor, n in counts.items())
    messages.success(request, _("The codings stand on the new text. %(what)s.") % {"what": said})
    return redirect("coding:reader", slug, uuid)


def _asked(request: HttpRequest, slug: str, uuid: UUID) -> tuple[StudyAccess, Coder, Source]:
    access, coder = coder_asked(request, slug)
    return access, coder, source_for(access, uuid)


def _newest(source: Source) -> SourceVersion:
    version = source.versions.defer("text").order_by("-number").first()
    if version is None:
        raise Http404("This source has no text.")
    return version


def _seen(access: StudyAccess, coder: Coder, version: SourceVersion) -> QuerySet[Coding]:
    return codings_visible(coder, access.study).filter(version=version)


def _codings(
    access: StudyAccess, coder: Coder, version: SourceVersion, shown: list[Paragraph]
) -> list[Coding]:
    """Return the codings that touch what is shown, and those of the whole source, numbered."""
    seen = _seen(access, coder, version).select_related("code", "coder")
    if not shown:
        return []
    first, last = shown[0].start, shown[-1].end
    touching = Q(start__lt=last, end__gt=first) | Q(start=None)
    found = list(seen.filter(touching).exclude(anchor=Coding.Anchor.LOST))
    for number, coding in enumerate(found, 1):
        coding.shown_number = number
    return found


def _code(study: Study, written: str) -> Code:
    """Return the code that was written: its whole path, or its name when there is one so called."""
    asked = " ".join(written.split())
    found = list(Code.objects.filter(study=study, retired_at=None, name__iexact=asked)[:2])
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
    """Go back to the part of the text that was shown."""
    address = reverse("coding:reader", args=[slug, source.uuid])
    return redirect(f"{address}?vanaf={_number(request.POST.get('vanaf')) or 1}#text")


def _number(given: str | None) -> int | None:
    """Return a number that was sent, or None when there is none that can be meant."""
    fits = given is not None and given.isdecimal() and len(given) <= NUMBER_AT_MOST
    return int(given) if fits and given else None


def _choice(given: str | None, known: tuple[int, ...]) -> int | None:
    return next((one for one in known if str(one) == given), None)
