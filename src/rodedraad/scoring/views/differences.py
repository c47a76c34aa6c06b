"""Where do scorers of a source differ, and which score does a person choose to hold?"""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rodedraad.accounts.origin import request_origin
from rodedraad.coding.models import Coder
from rodedraad.coding.steps import coder_asked, number_given
from rodedraad.coding.visible import shown_to
from rodedraad.errors import Refusal
from rodedraad.networks.asked import networks_step, study_steps
from rodedraad.scoring.models import Score
from rodedraad.scoring.newest import Place, Scored, scores_differing
from rodedraad.scoring.score_actions import score_settle
from rodedraad.scoring.words import score_words
from rodedraad.sources.access import reading_record, sources_for
from rodedraad.sources.models import Source
from rodedraad.studies.access import StudyAccess

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class DifferenceShown:
    """One construct of one source on which scorers differ, with what each says."""

    key: str
    source: Source
    construct: str
    scores: list[tuple[Score, str, bool]]
    reason: str


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def differences(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what differs, a page at a time; write which score holds when a person chose one."""
    access, coder = coder_asked(request, slug)
    allowed = sources_for(access)
    rows = Score.objects.filter(study=access.study, source__in=allowed.values("pk"))
    rows = rows.filter(shown_to(coder, "coder", "round", "source"))
    found = list(scores_differing(rows).items())
    sources = allowed.in_bulk({place[0] for place, _scored in found})
    found.sort(key=lambda one: (one[1].chosen is not None, sources[one[0][0]].title, one[0]))
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            return _settle(request, access, allowed)
        except Refusal as fault:
            refusal = fault
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = [_shown(sources[place[0]], place, scored) for place, scored in page]
    for source in {each.source.pk: each.source for each in shown}.values():
        reading_record(access, source, origin=request_origin(request))
    evidence = (_("Evidence"), reverse("assessment:evidence", args=[slug]))
    texts = (_("From texts"), reverse("scoring:take_over", args=[slug]))
    context = {
        "study": access.study,
        "steps": study_steps(access.study, networks_step(access.study), evidence, texts),
        "page": page,
        "shown": shown,
        "n_open": sum(1 for _place, scored in found if scored.chosen is None),
        "refusal": refusal,
    }
    return render(request, "scoring/differences.html", context, status=422 if refusal else 200)


def _settle(request: HttpRequest, access: StudyAccess, allowed: QuerySet[Source]) -> HttpResponse:
    kind, _dash, rest = request.POST.get("waarover", "").partition("-")
    construct, _dash, pk = rest.partition("-")
    source = allowed.filter(pk=number_given(pk) or 0).first()
    if source is None or kind not in Score.Kind.values:
        raise Http404("There is no such score, or you may not see it.")
    source.study = access.study
    chosen = number_given(request.POST.get("geldt"))
    coder = None
    if chosen is not None:
        coder = get_object_or_404(Coder, study=access.study, pk=chosen)
    elif request.POST.get("geldt") != "niemand":
        raise Refusal("Choose one of the scores that stand there.", code="score_not_given")
    score_settle(
        source, kind, construct, coder, reason=request.POST.get("reden", ""),
        person=access.person, origin=request_origin(request),
    )  # fmt: skip
    said = _("Kept: which score of %(code)s holds.") if coder else _("The choice is taken away.")
    messages.success(request, said % {"code": construct} if coder else said)
    return redirect("scoring:differences", access.study.slug)


def _shown(source: Source, place: Place, scored: Scored) -> DifferenceShown:
    _source, kind, construct = place
    chosen = scored.chosen
    return DifferenceShown(
        key=f"{kind}-{construct}-{source.pk}",
        source=source,
        construct=construct,
        scores=[(one, score_words(one), one is chosen) for one in scored.scores],
        reason=scored.settlement.reason if chosen and scored.settlement else "",
    )
