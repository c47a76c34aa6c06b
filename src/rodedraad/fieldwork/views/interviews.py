"""Which interviews are planned and held, and what is known of each?"""

import datetime
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.errors import Refusal
from rodedraad.fieldwork.access import fieldwork_asked
from rodedraad.fieldwork.interviews import (
    change_last,
    interview_approve,
    interview_cancel,
    interview_change,
    interview_hold,
    interview_plan,
    interview_source_set,
    interview_undo,
)
from rodedraad.fieldwork.interviews_forms import HeldForm, PlanForm, held_initial, plan_initial
from rodedraad.fieldwork.interviews_shown import (
    agreed_by,
    interviews_asked,
    interviews_of,
)
from rodedraad.fieldwork.interviews_words import INTERVIEW_STATES
from rodedraad.fieldwork.models import ConsentText, Interview, Participation
from rodedraad.fieldwork.people_file import roles_known
from rodedraad.fieldwork.people_list import waves_of
from rodedraad.fieldwork.steps import fieldwork_steps
from rodedraad.sources.access import source_for, sources_for
from rodedraad.sources.actions import source_remove
from rodedraad.sources.models import Source
from rodedraad.sources.steps import Step
from rodedraad.studies.access import StudyAccess
from rodedraad.studies.models import Case, Study

PER_PAGE = 50
MOST_SOURCES = 200
WEEK = datetime.timedelta(days=7)


@require_safe
@never_cache
@login_required
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """List the interviews of a study, and how far each is."""
    access = fieldwork_asked(request.user, slug)
    asked = {name: request.GET.get(name, "") for name in ("case", "role", "state")}
    context = {
        "study": access.study,
        "steps": fieldwork_steps(access.study),
        "page": Paginator(interviews_asked(access.study, asked), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "cases": Case.objects.filter(interviews__study=access.study).distinct().order_by("name"),
        "roles": roles_known(),
        "states": INTERVIEW_STATES,
        "asked": asked,
        "is_asked": any(asked.values()),
    }
    return render(request, "fieldwork/interviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Let an interview be planned: first the case and wave, then with whom."""
    access = fieldwork_asked(request.user, slug)
    study, waves = access.study, waves_of(access.study)
    given = request.GET
    with_people = Case.objects.filter(participations__study=study).distinct().order_by("name")
    wave = next((one for one in waves if str(one.pk) == given.get("wave")), next(iter(waves), None))
    case = with_people.filter(pk=given["case"]).first() if _is_key(given.get("case")) else None
    context: dict[str, object] = {
        "study": study,
        "steps": interview_steps(study),
        "cases": with_people,
        "waves": waves,
        "wave": wave,
        "case": case,
    }
    if case is not None and wave is not None:
        form = PlanForm(study, case, wave, request.POST or None)
        context["form"] = form
        if request.method == "POST" and form.is_valid():
            try:
                made = interview_plan(
                    study, form.plan_given(), person=access.person, origin=request_origin(request)
                )
            except Refusal as refusal:
                context["refusal"] = refusal
            else:
                messages.success(request, _("The interview is planned."))
                return redirect("fieldwork:interview", slug, made.uuid)
    return render(request, "fieldwork/interview_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def change(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Let the plan of an interview be changed."""
    access = fieldwork_asked(request.user, slug)
    found = interview_for(access, uuid)
    form = PlanForm(
        access.study, found.case, found.wave, request.POST or None, initial=plan_initial(found)
    )
    context: dict[str, object] = {
        "study": access.study,
        "steps": one_steps(found),
        "interview": found,
        "form": form,
        "seen": request.POST.get("seen", found.row_version),
    }
    if request.method == "POST" and form.is_valid():
        try:
            interview_change(
                found, form.plan_given(), seen=_seen(request), person=access.person,
                origin=request_origin(request),
            )  # fmt: skip
        except Refusal as refusal:
            context["refusal"] = refusal
        else:
            messages.success(request, _("The plan is changed."))
            return redirect("fieldwork:interview", slug, uuid)
    return render(request, "fieldwork/interview_change.html", context)


@require_safe
@never_cache
@login_required
def interview(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Show one interview: with whom, how far, consent, and what can be done."""
    access = fieldwork_asked(request.user, slug)
    return _shown(request, access, interview_for(access, uuid))


@require_POST
@login_required
def held(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Write down that an interview was held."""
    access = fieldwork_asked(request.user, slug)
    found, form = interview_for(access, uuid), HeldForm(request.POST)
    if not form.is_valid():
        return _shown(request, access, found, form=form)
    return _done(request, access, found, interview_hold, form.held_given(), said=_("Written down."))


@require_POST
@login_required
def source(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Link the transcript of an interview, or take the link away."""
    access = fieldwork_asked(request.user, slug)
    found, given = interview_for(access, uuid), request.POST.get("source", "")
    chosen = None
    if given:
        try:
            chosen = source_for(access, UUID(given))
        except ValueError as fault:
            raise Http404("There is no such source.") from fault
    said = _("The transcript is linked.") if chosen else _("The link is taken away.")
    return _done(request, access, found, interview_source_set, chosen, said=said)


@require_POST
@login_required
def approved(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Write down that who was interviewed agrees with the transcript."""
    access = fieldwork_asked(request.user, slug)
    found = interview_for(access, uuid)
    return _done(request, access, found, interview_approve, said=_("Written down."))


@require_POST
@login_required
def cancelled(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Cancel an interview."""
    access = fieldwork_asked(request.user, slug)
    found, why = interview_for(access, uuid), request.POST.get("why", "")[:300]
    return _done(
        request, access, found, interview_cancel, why=why, said=_("The interview is cancelled.")
    )


@require_POST
@login_required
def undone(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Undo the last change of an interview."""
    access = fieldwork_asked(request.user, slug)
    found = interview_for(access, uuid)
    return _done(request, access, found, interview_undo, said=_("The last change is undone."))


@require_POST
@login_required
def blocked(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Take the transcript out of the study after somebody took consent back."""
    access = fieldwork_asked(request.user, slug)
    found = interview_for(access, uuid)
    if found.source is None or not any(
        each.taken_back for each in agreed_by(list(found.participants.all()))
    ):
        raise Http404("Nobody of this interview took consent back, or there is no transcript.")
    shown = source_for(access, found.source.uuid)
    source_remove(shown, person=access.person, origin=request_origin(request))
    messages.success(request, _("The transcript is taken out of the study."))
    return redirect("fieldwork:interview", slug, uuid)


def interview_steps(study: Study) -> list[Step]:
    """The steps above a page about interviews, their list among them."""
    address = reverse("fieldwork:interviews", args=[study.slug])
    return [*fieldwork_steps(study), (_("Interviews"), address)]


def one_steps(found: Interview) -> list[Step]:
    """The steps above a page about one interview, its page among them."""
    address = reverse("fieldwork:interview", args=[found.study.slug, found.uuid])
    return [
        *interview_steps(found.study),
        (_("Interview in %(case)s") % {"case": found.case.name}, address),
    ]


def interview_for(access: StudyAccess, uuid: UUID) -> Interview:
    """Return an interview of the study; 404 for another study's."""
    found = get_object_or_404(interviews_of(access.study).select_related("source"), uuid=uuid)
    found.study = access.study
    return found


def _done(
    request: HttpRequest,
    access: StudyAccess,
    found: Interview,
    action: Callable[..., Interview],
    *given: object,
    said: str,
    **named: object,
) -> HttpResponse:
    """Do what is asked, and show the interview again; when it is refused, with why."""
    try:
        action(
            found, *given, seen=_seen(request), person=access.person,
            origin=request_origin(request), **named,
        )  # fmt: skip
    except Refusal as refusal:
        return _shown(request, access, interview_for(access, found.uuid), refusal=refusal)
    messages.success(request, said)
    return redirect("fieldwork:interview", access.study.slug, found.uuid)


def _shown(
    request: HttpRequest,
    access: StudyAccess,
    found: Interview,
    *,
    form: HeldForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    people: list[Participation] = list(found.participants.all())
    agreed = agreed_by(people)
    readable = sources_for(access).filter(pk=found.source_id).first() if found.source_id else None
    taken = {Source.Kind.TRANSCRIPT, Source.Kind.MINUTES}
    offered = sources_for(access).filter(case=found.case_id, kind__in=taken)
    context = {
        "study": access.study,
        "steps": interview_steps(access.study),
        "interview": found,
        "agreed": agreed,
        "purposes": ConsentText.Purpose.values,
        "taken_back": [each for each in agreed if each.taken_back],
        "source": readable,
        "is_out": found.source is not None and found.source.removed_at is not None,
        "offered": offered.exclude(pk=found.source_id).order_by("-added_at")[:MOST_SOURCES],
        "form": form or HeldForm(initial=held_initial(found)),
        "refusal": refusal,
        "last": change_last(found),
    }
    return render(request, "fieldwork/interview.html", context)


def _seen(request: HttpRequest) -> int:
    given = request.POST.get("seen", "")
    return int(given) if _is_key(given) else 0


def _is_key(given: str | None) -> bool:
    return given is not None and given.isascii() and given.isdecimal() and len(given) < 10
