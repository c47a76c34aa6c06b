"""Which rounds does a study have, what is to be coded in one, and what is done?"""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.agreement.models import Finished
from rodedraad.agreement.rounds import (
    codings_by_source,
    consensus_of,
    source_finish,
    source_unfinish,
)
from rodedraad.agreement.steps import round_coded_by, round_read_by, rounds_steps
from rodedraad.agreement.wording import KINDS, KINDS_SHORT, UNITS
from rodedraad.coding.models import Coder, Coding, Round
from rodedraad.sources.access import sources_asked
from rodedraad.sources.steps import study_steps

PER_PAGE = 50


@require_safe
@login_required
def rounds(request: HttpRequest, slug: str) -> HttpResponse:
    """List the rounds, and of each how far every coder is.

    Of others in an open blind round only what they finished is told.
    """
    access = sources_asked(request.user, slug)
    coder = Coder.objects.filter(study=access.study, person=access.person).first()
    found = access.study.coding_rounds.annotate(n_sources=Count("sources")).order_by("-number")
    page = Paginator(found.prefetch_related("coders"), PER_PAGE).get_page(request.GET.get("page"))
    done = _counted(Finished.objects.filter(round__in=[one.pk for one in page]))
    coded = _coded(page, coder)
    context = {
        "study": access.study,
        "steps": study_steps(access.study),
        "page": page,
        "rows": [
            (
                one,
                KINDS_SHORT[one.kind],
                [
                    (who, done.get((one.pk, who.pk), 0), coded.get((one.pk, who.pk)))
                    for who in one.coders.all()
                ],
            )
            for one in page
        ],
        "may_open": access.may_lead,
    }
    return render(request, "agreement/rounds.html", context)


@require_safe
@login_required
def round_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one round: what is to be coded, and who finished what."""
    asked = round_read_by(request, slug, number)
    of = asked.round
    coders = list(of.coders.all())
    mine = asked.coder if asked.coder in coders else None
    sources = asked.sources().select_related("case").order_by("title", "pk")
    page = Paginator(sources, PER_PAGE).get_page(request.GET.get("page"))
    done = set(
        Finished.objects.filter(round=of, source__in=[one.pk for one in page]).values_list(
            "source", "coder"
        )
    )
    n_mine = codings_by_source(of, mine) if mine else {}
    context = {
        "study": asked.study,
        "steps": rounds_steps(asked.study),
        "round": of,
        "kind": KINDS[of.kind],
        "unit": UNITS.get(of.unit, ""),
        "coders": coders,
        "mine": mine,
        "page": page,
        "rows": [
            (one, n_mine.get(one.pk, 0), [(who, (one.pk, who.pk) in done) for who in coders],
             bool(mine) and (one.pk, mine.pk) in done)
            for one in page
        ],
        "is_open": of.closed_at is None,
        "is_blind": of.kind == Round.Kind.BLIND,
        "consensus": consensus_of(of) if of.kind == Round.Kind.BLIND else None,
        "may_close": asked.access.may_lead and of.closed_at is None,
    }  # fmt: skip
    return render(request, "agreement/round.html", context)


@require_POST
@login_required
def finish(request: HttpRequest, slug: str, number: int, uuid: UUID) -> HttpResponse:
    """Say that one is done with a source, or take that back."""
    asked = round_coded_by(request, slug, number)
    source = get_object_or_404(asked.sources(), uuid=uuid)
    if asked.coder is None:
        return redirect("agreement:round", slug, number)
    if request.POST.get("what") == "undo":
        source_unfinish(asked.round, asked.coder, source, origin=request_origin(request))
        said = _("‘%(title)s’ is on your list again.")
    else:
        source_finish(asked.round, asked.coder, source, origin=request_origin(request))
        said = _("You finished ‘%(title)s’.")
    messages.success(request, said % {"title": source.title})
    return redirect("agreement:round", slug, number)


def _counted(finished: Iterable[Finished]) -> dict[tuple[int, int], int]:
    rows = finished.values("round", "coder").annotate(n=Count("pk"))  # type: ignore[attr-defined]
    return {(row["round"], row["coder"]): row["n"] for row in rows.order_by()}


def _coded(rounds_shown: Iterable[Round], coder: Coder | None) -> dict[tuple[int, int], int]:
    """Count the sources that coders put a code in; of others, not in an open blind round."""
    told = [one.pk for one in rounds_shown]
    rows = (
        Coding.objects.filter(round__in=told, removed_at=None)
        .values("round", "round__kind", "round__closed_at", "coder")
        .annotate(n=Count("version__source", distinct=True))
        .order_by()
    )
    return {
        (row["round"], row["coder"]): row["n"]
        for row in rows
        if row["round__kind"] != Round.Kind.BLIND
        or row["round__closed_at"] is not None
        or (coder is not None and row["coder"] == coder.pk)
    }
