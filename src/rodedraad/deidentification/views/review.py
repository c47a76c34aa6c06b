"""How does a person look at every place where people can be known, and make the text?"""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.deidentification.access import raw_reading_record, review_asked
from rodedraad.deidentification.finding import KIND
from rodedraad.deidentification.making import names_left, text_make
from rodedraad.deidentification.models import Mark, Review
from rodedraad.deidentification.queries import (
    kind_counts,
    marks_shown,
    next_open,
    persons_shown,
    pieces,
    review_of,
    version_raw,
)
from rodedraad.deidentification.review import (
    mark_apart,
    mark_change,
    mark_decide,
    marks_add,
    marks_decide,
    may_undo,
    person_link,
    step_undo,
)
from rodedraad.deidentification.steps import overview_steps
from rodedraad.deidentification.wording import FIELDS_LEFT, KINDS
from rodedraad.errors import Refusal
from rodedraad.jobs.actions import job_ask
from rodedraad.jobs.queries import job_open
from rodedraad.sources.models import Source, SourceVersion
from rodedraad.sources.queries import paragraph_at, text_window
from rodedraad.studies.access import StudyAccess

NUMBER_AT_MOST = 9


@require_safe
@login_required
def review(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Show a window of the raw text with its marks, and beside it what to decide.

    ``vanaf`` asks the number of the first paragraph, ``plek`` a position in the text instead.
    """
    access, source, version = _asked(request, slug, uuid)
    found = review_of(version)
    place = _number(request.GET.get("plek"))
    start = paragraph_at(version, place) if place is not None else None
    window = text_window(version, start or _number(request.GET.get("vanaf")) or 1)
    raw_reading_record(access, version, origin=request_origin(request))
    context = {
        "study": access.study,
        "steps": [*overview_steps(access.study), (source.title, _source_page(slug, source))],
        "source": source,
        "version": version,
        "review": found,
        "job": job_open(access.study, KIND, {"version": version.pk}),
        "window": window,
        "kinds": KINDS.items(),
    }
    if found is not None:
        shown = marks_shown(found, window.paragraphs)
        counts = kind_counts(found)
        last = window.paragraphs[-1].end if window.paragraphs else 0
        context |= {
            "marks": shown,
            "paragraphs": [(row, pieces(row, shown)) for row in window.paragraphs],
            "counts": counts,
            "n": sum(row.n for row in counts),
            "n_open": sum(row.n_open for row in counts),
            "n_decided": sum(row.n - row.n_open for row in counts),
            "next_open": next_open(found, last) if any(row.n_open for row in counts) else None,
            "persons": persons_shown(found),
            "undo": may_undo(found, access.person),
            "left": [FIELDS_LEFT[name] for name in names_left(found)] if found.made else [],
        }
    return render(request, "deidentification/review.html", context)


@require_POST
@login_required
def find(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Ask a worker to look for people in the text."""
    access, _source, version = _asked(request, slug, uuid)
    origin = request_origin(request)
    job = job_ask(access.study, KIND, {"version": version.pk}, access.person, origin=origin)
    return redirect("jobs:job", slug, job.pk)


@require_POST
@login_required
def decide(request: HttpRequest, slug: str, uuid: UUID, pk: int) -> HttpResponse:
    """Accept or reject one place, or open it again."""
    access, source, found = _reviewing(request, slug, uuid)
    mark = mark_decide(
        found, pk, _version_seen(request), request.POST.get("decision", ""), person=access.person
    )
    return _back(request, slug, source, mark)


@require_POST
@login_required
def decide_like(request: HttpRequest, slug: str, uuid: UUID, pk: int) -> HttpResponse:
    """Accept or reject every open place with the same words."""
    access, source, found = _reviewing(request, slug, uuid)
    n = marks_decide(found, request.POST.get("decision", ""), like=pk, person=access.person)
    _said_n(request, n)
    return _back(request, slug, source, found.marks.filter(pk=pk).first())


@require_POST
@login_required
def decide_kind(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Accept or reject every open place of a kind."""
    access, source, found = _reviewing(request, slug, uuid)
    given = request.POST
    kind = given.get("kind", "")
    n = marks_decide(found, given.get("decision", ""), kind=kind, person=access.person)
    _said_n(request, n)
    return _back(request, slug, source)


@require_POST
@login_required
def change(request: HttpRequest, slug: str, uuid: UUID, pk: int) -> HttpResponse:
    """Keep a place as another kind, with other words, or with another replacement."""
    access, source, found = _reviewing(request, slug, uuid)
    given = request.POST
    mark = mark_change(
        found,
        pk,
        _version_seen(request),
        kind=given.get("kind", ""),
        words=given.get("words", "").replace("\r\n", "\n"),
        replacement=given.get("replacement", ""),
        person=access.person,
    )
    return _back(request, slug, source, mark)


@require_POST
@login_required
def apart(request: HttpRequest, slug: str, uuid: UUID, pk: int) -> HttpResponse:
    """Say that one place is of somebody else."""
    access, source, found = _reviewing(request, slug, uuid)
    mark = mark_apart(found, pk, _version_seen(request), person=access.person)
    return _back(request, slug, source, mark)


@require_POST
@login_required
def add(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Mark words that nothing found, wherever they stand in the text."""
    access, source, found = _reviewing(request, slug, uuid)
    given = request.POST
    words = given.get("words", "").replace("\r\n", "\n")
    made = marks_add(found, words, given.get("kind", ""), person=access.person)
    said = ngettext("%(n)s place is marked.", "%(n)s places are marked.", len(made))
    messages.success(request, said % {"n": len(made)})
    return _back(request, slug, source)


@require_POST
@login_required
def link(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Say that one person of this text is another person of the study."""
    access, source, found = _reviewing(request, slug, uuid)
    number, to = _number(request.POST.get("number")), _number(request.POST.get("to"))
    target = person_link(found, number or 0, to or 0, person=access.person)
    said = _("Person %(number)s is now person %(to)s in this text.")
    messages.success(request, said % {"number": number, "to": target.number})
    return _back(request, slug, source)


@require_POST
@login_required
def undo(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Take back one's newest step in this text."""
    access, source, found = _reviewing(request, slug, uuid)
    step = step_undo(found, person=access.person)
    messages.success(request, _("The step is taken back."))
    first = found.marks.filter(pk=step.after[0]["mark"]).first() if step.after else None
    return _back(request, slug, source, first)


@require_POST
@login_required
def make(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Make the text in which people are not known any more."""
    access, source, found = _reviewing(request, slug, uuid)
    made = text_make(found, person=access.person, origin=request_origin(request))
    said = _("Version %(n)s is made. The team reads that one from now on.")
    messages.success(request, said % {"n": made.number})
    return redirect(_page(slug, source))


def _asked(
    request: HttpRequest, slug: str, uuid: UUID
) -> tuple[StudyAccess, Source, SourceVersion]:
    access, source = review_asked(request.user, slug, uuid)
    version = version_raw(source)
    if version is None:
        raise Http404("This source has no text to look at.")
    return access, source, version


def _reviewing(request: HttpRequest, slug: str, uuid: UUID) -> tuple[StudyAccess, Source, Review]:
    access, source, version = _asked(request, slug, uuid)
    found = review_of(version)
    if found is None:
        raise Refusal(
            "Nobody looked for people in this text yet. Look for people first.",
            code="review_missing",
        )
    return access, source, found


def _back(
    request: HttpRequest, slug: str, source: Source, mark: Mark | None = None
) -> HttpResponse:
    vanaf = _number(request.POST.get("vanaf")) or 1
    anchor = f"#mark-{mark.pk}" if mark is not None else "#decide"
    return redirect(f"{_page(slug, source)}?vanaf={vanaf}{anchor}")


def _page(slug: str, source: Source) -> str:
    return reverse("deidentification:review", args=[slug, source.uuid])


def _source_page(slug: str, source: Source) -> str:
    return reverse("sources:source", args=[slug, source.uuid])


def _said_n(request: HttpRequest, n: int) -> None:
    said = ngettext("Decided on %(n)s place.", "Decided on %(n)s places.", n)
    messages.success(request, said % {"n": n})


def _version_seen(request: HttpRequest) -> int:
    return _number(request.POST.get("row_version")) or 0


def _number(given: str | None) -> int | None:
    """Return a number as it was typed, or None when there is none that can be meant."""
    given = (given or "").strip()
    return int(given) if given.isdecimal() and len(given) <= NUMBER_AT_MOST else None
