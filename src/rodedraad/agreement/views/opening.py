"""How does the lead open a round and close it?"""

import re
from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rodedraad.accounts.models import Person
from rodedraad.accounts.origin import request_origin
from rodedraad.agreement.forms import RoundForm, SourcesForm
from rodedraad.agreement.round_job import CLOSE, is_long
from rodedraad.agreement.rounds import (
    RoundFacts,
    coding_round_close,
    coding_round_open,
    not_finished,
)
from rodedraad.agreement.steps import round_led_by, round_steps, rounds_steps
from rodedraad.coding.models import Round
from rodedraad.coding.rounds import coder_for
from rodedraad.coding.tree import code_lines
from rodedraad.errors import Refusal
from rodedraad.jobs.actions import job_ask
from rodedraad.sources.access import sources_for
from rodedraad.sources.models import Source
from rodedraad.sources.wording import KINDS as SOURCE_KINDS
from rodedraad.studies.access import DESIGNERS, Role, StudyAccess, access_for

SHOWN_AT_MOST = 200
UUID_WRITTEN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a round; searching for sources keeps what was chosen."""
    access = access_for(request.user, slug, Role.LEAD)
    given = request.POST or None
    lines = [line for line in code_lines(access.study) if line.code.is_codable]
    people = _people(access)
    searching = given is not None and "search" in given
    form = RoundForm([(str(one.pk), str(one)) for one in people], lines, given)
    if given is None or searching:
        form = RoundForm(
            [(str(one.pk), str(one)) for one in people], lines,
            initial=_typed(given.dict() | {"people": given.getlist("people")}) if given else None,
        )  # fmt: skip
    conditions = SourcesForm(access.study, given or {})
    seen = sources_for(access)
    found = conditions.meets(seen) if conditions.is_valid() else seen.none()
    chosen = list(seen.filter(uuid__in=_uuids(given.getlist("sources"))) if given else ())
    if given is not None and "all" in given:
        chosen = list(dict.fromkeys([*chosen, *found]))
    refusal = None
    if given is not None and not searching and form.is_valid():
        try:
            made = _opened(access, form, chosen, people, request_origin(request))
        except Refusal as caught:
            refusal = caught
        else:
            messages.success(request, _("The round ‘%(label)s’ is open.") % {"label": made.label})
            return redirect("agreement:round", slug, made.number)
    taken = {one.pk for one in chosen}
    matches = list(found.exclude(pk__in=taken).select_related("case")[: SHOWN_AT_MOST + 1])
    context = {
        "study": access.study,
        "steps": rounds_steps(access.study),
        "form": form,
        "conditions": conditions,
        "refusal": refusal,
        "chosen": chosen,
        "matches": [(one, SOURCE_KINDS[one.kind]) for one in matches[:SHOWN_AT_MOST]],
        "more": len(matches) > SHOWN_AT_MOST,
        "n_most": SHOWN_AT_MOST,
    }
    return render(request, "agreement/round_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def close(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask whether to close the round, say who is not done, and close it."""
    asked = round_led_by(request, slug, number)
    of = asked.round
    if request.method == "POST" and of.closed_at is None and is_long(of):
        job = job_ask(
            asked.study, CLOSE, {"round": number}, asked.access.person,
            origin=request_origin(request),
        )  # fmt: skip
        return redirect("jobs:job", slug, job.pk)
    if request.method == "POST":
        why = coding_round_close(of, person=asked.access.person, origin=request_origin(request))
        messages.success(request, _("The round is closed. Nothing in it changes any more."))
        if of.kind == Round.Kind.BLIND and why is None:
            return redirect("agreement:result", slug, number)
        return redirect("agreement:round", slug, number)
    context = {
        "study": asked.study,
        "steps": round_steps(of),
        "round": of,
        "waiting": not_finished(of) if of.kind == Round.Kind.BLIND else [],
        "n": of.sources.count(),
        "is_blind": of.kind == Round.Kind.BLIND,
    }
    return render(request, "agreement/round_close.html", context)


def _opened(
    access: StudyAccess, form: RoundForm, chosen: list[Source], people: list[Person], origin: str
) -> Round:
    given = form.cleaned_data
    wanted = set(given["people"])
    segments = given["segments"]
    facts = RoundFacts(
        label=given["label"],
        kind=given["kind"],
        unit=given["unit"],
        sources=chosen,
        coders=[coder_for(access.study, one) for one in people if str(one.pk) in wanted],
        segments=access.study.codes.filter(pk=segments).first() if segments else None,
    )
    return coding_round_open(access.study, facts, person=access.person, origin=origin)


def _people(access: StudyAccess) -> list[Person]:
    """Return who may code: lead and researchers."""
    team = access.study.team.filter(role__in=DESIGNERS).select_related("person")
    return sorted({member.person for member in team}, key=str)


def _typed(given: Mapping[str, object]) -> dict[str, object]:
    return {name: given[name] for name in RoundForm.base_fields if name in given}


def _uuids(given: list[str]) -> list[UUID]:
    return [UUID(one) for one in given if UUID_WRITTEN.fullmatch(one)]
