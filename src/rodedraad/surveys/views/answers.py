"""What does the page of a respondent send while it is filled in? Short answers, in JSON."""

from django.db import OperationalError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST, require_safe
from psycopg import OperationalError as DatabaseAway

from rodedraad.surveys.answering.asked import asked_of
from rodedraad.surveys.answering.checks import CHECKS
from rodedraad.surveys.answering.finishing import response_receive
from rodedraad.surveys.answering.holder import holder_of
from rodedraad.surveys.answering.saving import save
from rodedraad.surveys.answering.sent import Unreadable, finish_read, save_read
from rodedraad.surveys.answering.throttle import SAVES
from rodedraad.surveys.engine.guarding import fault_under
from rodedraad.surveys.models import Response, ResponseState

UNKNOWN = {"state": "unknown"}
State = Response.State


@require_POST
def answers_save(request: HttpRequest) -> JsonResponse:
    """Keep one save; confirmed after its commit only."""
    holder = holder_of(request)
    if holder is None:
        return JsonResponse(UNKNOWN, status=401)
    if not SAVES.passes(holder.response):
        return JsonResponse({"state": "busy"}, status=429)
    try:
        sent = save_read(request.body)
    except Unreadable as fault:
        return JsonResponse({"where": str(fault)}, status=400)
    try:
        asked = asked_of(holder.version, holder.case)
        if where := fault_under(asked.guard, sent.patch):
            return JsonResponse({"where": where}, status=422)
        said = save(holder.response, sent.sequence, sent.page, sent.patch)
    except (DatabaseAway, OperationalError):
        return JsonResponse({"state": "away"}, status=503)
    return JsonResponse(said.body, status=said.status)


@require_POST
def answers_finish(request: HttpRequest) -> JsonResponse:
    """Receive the answers for good: 202 once that is on disk; then they are checked."""
    holder = holder_of(request)
    if holder is None:
        return JsonResponse(UNKNOWN, status=401)
    try:
        sequence, seconds = finish_read(request.body)
    except Unreadable as fault:
        return JsonResponse({"where": str(fault)}, status=400)
    said = response_receive(holder.response, sequence, seconds)
    return JsonResponse(said.body, status=said.status)


@require_safe
def answers_state(request: HttpRequest) -> JsonResponse:
    """Say how far the check of what was received is."""
    holder = holder_of(request)
    rows = Response.objects.filter(pk=holder.response) if holder else Response.objects.none()
    state = rows.values_list("state", flat=True).first()
    if holder is None or state is None:
        return JsonResponse(UNKNOWN, status=401)
    if state == State.RECEIVED:
        CHECKS.ask(holder.response)
    errors = []
    if state == State.STARTED:
        kept = ResponseState.objects.filter(pk=holder.response)
        errors = kept.values_list("errors", flat=True).first() or []
    told = {"state": "errors" if errors else state, "errors": errors}
    return JsonResponse(told, headers={"Cache-Control": "no-store"})
