"""What happens with a questionnaire that was filled in without scripts? Saved, and handed in."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from rodedraad.surveys.answering.asked import asked_of
from rodedraad.surveys.answering.finishing import response_receive, response_settle
from rodedraad.surveys.answering.holder import holder_of
from rodedraad.surveys.answering.saving import save
from rodedraad.surveys.answering.standing import standing_of
from rodedraad.surveys.engine.guarding import fault_under
from rodedraad.surveys.models import Response
from rodedraad.surveys.questionnaire.conditions import for_role
from rodedraad.surveys.questionnaire.plain import answers_from_post, plain_possible

UNFIT = "niet_passend"
"""In the address of the page after it: which question has an answer that cannot be."""


@require_POST
def answers_plain(request: HttpRequest) -> HttpResponse:
    """Save what changed, and hand in; the page of answering says how it went.

    An answer that cannot be is left out and named; then nothing is handed in.
    """
    page = reverse("surveys:fill")
    holder = holder_of(request)
    response = holder and Response.objects.filter(pk=holder.response).first()
    if not response:
        return HttpResponseRedirect(page)
    asked = asked_of(response.version_id, response.case_id)
    own = for_role(asked.definition, response.role)
    if not plain_possible(own):
        return HttpResponseRedirect(page)
    given = answers_from_post(own, request.POST)
    unfit = ""
    while fault := fault_under(asked.guard, given):
        unfit = fault.partition("/")[0]
        if given.pop(unfit, None) is None:
            break
    standing = standing_of(response)
    names = {*standing.data, *given}
    patch = {name: given.get(name) for name in names if given.get(name) != standing.data.get(name)}
    sequence = standing.sequence
    if patch:
        sequence += 1
        save(response.pk, sequence, 0, patch)
    if unfit:
        return HttpResponseRedirect(f"{page}?{UNFIT}=1")
    response_receive(response.pk, sequence, None)
    response_settle(response.pk)
    return HttpResponseRedirect(page)
