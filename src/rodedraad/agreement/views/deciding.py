"""How does a person open the consensus, settle a difference, or take that back?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rodedraad.accounts.origin import request_origin
from rodedraad.agreement.differences import differences_of, open_after
from rodedraad.agreement.models import Settled, Spot
from rodedraad.agreement.reading import closed_require
from rodedraad.agreement.rounds import consensus_of, consensus_open
from rodedraad.agreement.settling import Decision, agreed_take_over, settled_undo, spot_settle
from rodedraad.agreement.steps import Asked, round_coded_by, round_led_by
from rodedraad.coding.models import Code, Coder, Round
from rodedraad.coding.tree import code_lines
from rodedraad.errors import Refusal
from rodedraad.studies.models import Study

NUMBER_AT_MOST = 9


@require_POST
@login_required
def consensus(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Open the consensus round of a closed blind round."""
    asked = round_led_by(request, slug, number)
    closed_require(asked.round)
    consensus_open(asked.round, person=asked.access.person, origin=request_origin(request))
    messages.success(request, _("The consensus is open. Its coders settle the differences."))
    return redirect("agreement:differences", slug, number)


@require_POST
@login_required
def take_over(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Put everything on which all agree in the consensus."""
    asked, of, coder = _asked(request, slug, number)
    done = agreed_take_over(of, coder)
    said = ngettext("One place is taken over.", "%(n)s places are taken over.", done.taken)
    messages.success(request, said % {"n": done.taken})
    if done.left:
        said = ngettext(
            "One place is not: its text or code is not in use any more.",
            "%(n)s places are not: their text or code is not in use any more.",
            done.left,
        )
        messages.warning(request, said % {"n": done.left})
    return redirect("agreement:differences", asked.study.slug, number)


@require_POST
@login_required
def settle(request: HttpRequest, slug: str, number: int, spot: int) -> HttpResponse:
    """Settle one difference, and go to the next that waits."""
    asked, of, coder = _asked(request, slug, number)
    found = _spot(asked, spot)
    spot_settle(of, found, coder, _decision(request, asked.study, found))
    after = open_after(found, differences_of(asked.round, asked.sources()), of)
    if after is None:
        messages.success(request, _("All differences are settled."))
        return redirect("agreement:differences", slug, number)
    messages.success(request, _("Settled. This is the next difference."))
    return redirect("agreement:difference", slug, number, after.pk)


@require_POST
@login_required
def undo(request: HttpRequest, slug: str, number: int, spot: int) -> HttpResponse:
    """Take back what was decided about a place."""
    asked, of, coder = _asked(request, slug, number)
    settled_undo(of, _spot(asked, spot), coder)
    messages.success(request, _("The decision is taken back."))
    return redirect("agreement:difference", slug, number, spot)


def _asked(request: HttpRequest, slug: str, number: int) -> tuple[Asked, Round, Coder]:
    asked = round_coded_by(request, slug, number)
    closed_require(asked.round)
    of = consensus_of(asked.round)
    if of is None or asked.coder is None:
        raise Http404("There is no consensus of this round yet.")
    return asked, of, asked.coder


def _spot(asked: Asked, number: int) -> Spot:
    found = differences_of(asked.round, asked.sources())
    spot = get_object_or_404(found.select_related("source", "code", "version"), pk=number)
    spot.round = asked.round
    return spot


def _decision(request: HttpRequest, study: Study, spot: Spot) -> Decision:
    given = request.POST
    choice, _sep, whose = given.get("choice", "").partition(":")
    reason = given.get("reason", "")
    if choice == Settled.Choice.NONE:
        return Decision(choice=choice, reason=reason)
    if choice == Settled.Choice.VERSION:
        coder = Coder.objects.filter(study=study, pk=_number(whose) or 0).first()
        return Decision(choice=choice, version_of=coder, reason=reason)
    start, end = _number(given.get("start")), _number(given.get("end"))
    whole = given.get("whole") == "1" or (spot.start is None and start is None)
    return Decision(
        choice=Settled.Choice.OTHER,
        code=_code(study, given.get("code", "")),
        place=None if whole or start is None or end is None else (start, end),
        quote=None if whole else given.get("quote") or None,
        valence=_choice(given.get("valence"), (-1, 0, 1)),
        strength=_choice(given.get("strength"), (0, 1, 2, 3)),
        reason=reason,
    )


def _code(study: Study, written: str) -> Code:
    asked = " ".join(written.split()).casefold()
    lines = code_lines(study)
    found = [line.code for line in lines if line.path.casefold() == asked]
    found = found or [line.code for line in lines if line.code.name.casefold() == asked]
    if len(found) != 1:
        raise Refusal(
            f"There is no code '{written[:80]}', or more than one. Choose one from the list.",
            code="code_unknown",
            name=written[:80],
        )
    return found[0]


def _number(given: str | None) -> int | None:
    fits = given is not None and given.isdecimal() and len(given) <= NUMBER_AT_MOST
    return int(given) if fits and given else None


def _choice(given: str | None, known: tuple[int, ...]) -> int | None:
    return next((one for one in known if str(one) == given), None)
