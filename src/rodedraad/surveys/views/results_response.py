"""What did one respondent answer? Where the rows of the evidence lead back to."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.origin import request_origin
from rodedraad.assessment.people_rows import role_words
from rodedraad.studies.access import DESIGNERS
from rodedraad.surveys.answering.asked import asked_of
from rodedraad.surveys.answering.own_answers import own_answers
from rodedraad.surveys.results.records import responses_read
from rodedraad.surveys.views.results_asked import survey_asked


@require_safe
@never_cache
@login_required
def response(request: HttpRequest, slug: str, survey: str, respondent: str) -> HttpResponse:
    """Show all answers of one response by its pseudonym; that it was read is written down."""
    asked = survey_asked(request, slug, survey, *DESIGNERS)
    found = get_object_or_404(responses_read(asked.survey), pseudonym=respondent)
    audit_record(
        person=asked.access.person, action="answers_read", origin=request_origin(request),
        object=f"study:{slug} survey:{survey} respondent:{respondent}",
    )  # fmt: skip
    definition = asked_of(found.version_id, found.case_id).definition
    context = asked.context("results_response") | {
        "response": found,
        "role": role_words(found.role),
        "own": own_answers(definition, found.answers.data, found.role, get_language() or "nl"),
    }
    return render(request, "surveys/results/response.html", context)
