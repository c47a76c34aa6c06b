"""At which places do coders differ, and what did each of them say there?"""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.agreement.differences import (
    beside,
    codings_there,
    decisions_of,
    differences_of,
    differences_placed,
    paragraphs_around,
    place_of,
    progress_of,
    versions_at,
    who_gave,
)
from rodedraad.agreement.forms import DifferencesForm
from rodedraad.agreement.models import Settled, Spot
from rodedraad.agreement.reading import closed_require
from rodedraad.agreement.rounds import consensus_of, n_compared
from rodedraad.agreement.settling import settled_standing
from rodedraad.agreement.shown import code_named, code_path
from rodedraad.agreement.steps import Asked, round_coded_by, round_steps
from rodedraad.agreement.wording import CHOICES
from rodedraad.coding.marked import pieces
from rodedraad.coding.models import Round
from rodedraad.coding.tree import code_lines
from rodedraad.sources.access import reading_record
from rodedraad.sources.models import Source

PER_PAGE = 25


@require_safe
@login_required
def differences(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """List the differences of a closed blind round; words of talks stand on their own page only."""
    asked = _asked(request, slug, number)
    of = asked.round
    sources = asked.sources()
    all_of = differences_of(of, sources)
    consensus = consensus_of(of, asked.coder)
    paths = code_path(asked.study)
    progress, n_agreed = progress_of(of, sources, consensus)
    form = DifferencesForm(
        paths,
        sources.filter(pk__in=all_of.values("source")).order_by("title"),
        request.GET,
    )
    found = _filtered(all_of, form, consensus)
    page = Paginator(found.select_related("source", "code"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    told = who_gave(page)
    decided = decisions_of(consensus, page)
    context = {
        "study": asked.study,
        "steps": round_steps(of),
        "round": of,
        "consensus": consensus,
        "form": form,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "page": page,
        "rows": [
            (
                spot,
                code_named(paths, spot.code),
                "" if spot.source.confidentiality == Source.Confidentiality.PERSONAL
                else told[spot.pk][0],
                told[spot.pk][1],
                _said(decided.get(spot.pk)),
            )
            for spot in page
        ],
        "progress": progress,
        "n_agreed": n_agreed,
        "n_compared": partial(n_compared, of),  # asked when there are no rows
        "may_open": asked.access.may_lead and consensus is None,
        "may_settle": _may_settle(consensus),
    }  # fmt: skip
    return render(request, "agreement/differences.html", context)


@require_safe
@login_required
def difference(request: HttpRequest, slug: str, number: int, spot: int) -> HttpResponse:
    """Show one place in its context, who coded what there, and let a coder settle it."""
    asked = _asked(request, slug, number)
    of = asked.round
    consensus = consensus_of(of, asked.coder)
    all_of = differences_placed(differences_of(of, asked.sources()), consensus)
    rows = all_of.select_related("source", "code", "version").defer("version__text")
    found = get_object_or_404(rows, pk=spot)
    found.round = of
    reading_record(asked.access, found.source, origin=request_origin(request))
    there = codings_there(found, consensus)
    versions = versions_at(found, there)
    shown = [coding for one in versions for coding in one.codings]
    for number_shown, coding in enumerate(shown, 1):
        coding.shown_number = number_shown
    place = place_of(found)
    decision = decisions_of(consensus, [found]).get(found.pk)
    context = {
        "study": asked.study,
        "steps": [*round_steps(of), (_("Differences"), _list_address(slug, number))],
        "round": of,
        "consensus": consensus,
        "spot": found,
        "versions": versions,
        "beside": beside(found, there),
        "paragraphs": [
            (row, pieces(row.start, row.text, shown)) for row in paragraphs_around(found)
        ],
        "lines": [line for line in code_lines(asked.study) if line.code.is_codable],
        "decision": decision,
        "decision_said": _said(decision),
        "before": place.before,
        "after": place.after,
        "place": place.number,
        "progress": place.progress,
        "may_settle": _may_settle(consensus),
    }
    return render(request, "agreement/difference.html", context)


def _asked(request: HttpRequest, slug: str, number: int) -> Asked:
    asked = round_coded_by(request, slug, number)
    closed_require(asked.round)
    return asked


def _filtered(
    all_of: QuerySet[Spot], form: DifferencesForm, consensus: Round | None
) -> QuerySet[Spot]:
    found = all_of
    if not form.is_valid():
        return found.none()
    given = form.cleaned_data
    if given["code"]:
        found = found.filter(code=given["code"])
    if given["bron"]:
        found = found.filter(source=given["bron"])
    settled = settled_standing(consensus).values("spot") if consensus else []
    if given["stand"] == "open":
        found = found.exclude(pk__in=settled)
    if given["stand"] == "klaar":
        found = found.filter(pk__in=settled)
    return found


def _said(decision: Settled | None) -> str:
    if decision is None:
        return ""
    words = str(CHOICES[decision.choice])
    return words % {"name": decision.version_of.name} if decision.version_of else words


def _may_settle(consensus: Round | None) -> bool:
    is_open = consensus is not None and consensus.closed_at is None
    return is_open and getattr(consensus, "is_mine", False)


def _list_address(slug: str, number: int) -> str:
    return reverse("agreement:differences", args=[slug, number])
