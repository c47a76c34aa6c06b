"""How does a researcher take back rows that were brought in wrongly, or bring them in again?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from rodedraad.accounts.origin import request_origin
from rodedraad.assessment.evidence.withdrawing import (
    import_bring_back,
    import_withdraw,
    sources_brought_in,
)
from rodedraad.assessment.evidence_words import evidence_kind_words, withdrawal_words
from rodedraad.assessment.models import Withdrawal
from rodedraad.errors import Refusal
from rodedraad.networks.asked import networks_step, person_of, study_asked, study_steps
from rodedraad.studies.access import DESIGNERS
from rodedraad.studies.models import Study

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def evidence_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was brought in and what was taken back; do either when a person says why."""
    study = study_asked(request, slug, *DESIGNERS)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            return _done(request, study)
        except Refusal as fault:
            refusal = fault
    above = (_("Evidence"), reverse("assessment:evidence", args=[study.slug]))
    withdrawals = Withdrawal.objects.filter(study=study).select_related("person", "undone_by")
    page = Paginator(withdrawals, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "study": study,
        "steps": study_steps(study, networks_step(study), above),
        "brought_in": [(one, evidence_kind_words(one.kind)) for one in sources_brought_in(study)],
        "page": page,
        "withdrawals": [(one, *withdrawal_words(one)) for one in page],
        "refusal": refusal,
        "reason": request.POST.get("reden", ""),
    }
    return render(request, "assessment/evidence_back.html", context, status=422 if refusal else 200)


def _done(request: HttpRequest, study: Study) -> HttpResponse:
    given = request.POST
    origin, reason = request_origin(request), given.get("reden", "")
    person = person_of(request)
    if given.get("opnieuw", "").isdecimal():
        asked = get_object_or_404(Withdrawal, study=study, pk=int(given["opnieuw"][:18]))
        made = import_bring_back(asked, reason=reason, person=person, origin=origin)
        said = ngettext(
            "%(n)s row is brought in again.", "%(n)s rows are brought in again.", made.n_rows
        )
    else:
        number = given.get("welke", "")
        found = next((one for one in sources_brought_in(study) if str(one.newest) == number), None)
        if found is None:
            raise _none(number)
        wave = study.waves.filter(label=found.wave).first()
        if wave is None:
            raise Http404(_("There is no such wave."))
        made = import_withdraw(
            wave, found.kind, found.source, reason=reason, person=person, origin=origin
        )
        said = ngettext("%(n)s row is taken back.", "%(n)s rows are taken back.", made.n_rows)
    messages.success(request, said % {"n": made.n_rows})
    return redirect("assessment:evidence_back", study.slug)


def _none(number: str) -> Refusal:
    if not number:
        return Refusal("Choose which rows to take back.", code="withdrawal_which")
    return Refusal(
        "There are no such rows in the evidence. Look at the list again.",
        code="withdrawal_nothing",
    )
