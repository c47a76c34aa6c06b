"""What would answers become: rows of evidence, and sources; and how does a person take it over?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rodedraad.accounts.origin import request_origin
from rodedraad.errors import Refusal
from rodedraad.jobs.actions import job_ask
from rodedraad.studies.access import DESIGNERS
from rodedraad.surveys.results.answers_now import answers_now
from rodedraad.surveys.results.evidence import answers_difference, responses_to_evidence
from rodedraad.surveys.results.open_answers import open_answers_to_sources, open_questions
from rodedraad.surveys.results.work import TO_EVIDENCE, TO_SOURCES
from rodedraad.surveys.views.results_asked import survey_asked, text_shown

RESPONSES_AT_ONCE = 2_000
"""With more, what is written goes to a worker, and evidence is not compared first."""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def take_over(request: HttpRequest, slug: str, survey: str) -> HttpResponse:
    """Show what would change in the evidence; take it over when asked."""
    asked = survey_asked(request, slug, survey, *DESIGNERS)
    answers = answers_now(asked.survey)
    is_much = answers.frame.height > RESPONSES_AT_ONCE
    refusal: Refusal | None = None
    if request.method == "POST":
        origin = request_origin(request)
        if is_much:
            parameters = {"survey": asked.survey.slug}
            job = job_ask(
                asked.access.study, TO_EVIDENCE, parameters, asked.access.person, origin=origin
            )
            return redirect("jobs:job", slug, job.pk)
        try:
            counts = responses_to_evidence(asked.survey, person=asked.access.person, origin=origin)
        except Refusal as fault:
            refusal = fault
        else:
            said = _("Taken over: %(new)s new, %(changed)s changed, %(gone)s taken back.")
            messages.success(request, said % counts)
            return redirect("surveys:results_evidence", slug, survey)
    difference = None if is_much else answers_difference(asked.survey)
    counts = difference.counts() if difference else {}
    context = asked.context("results_evidence") | {
        "n": answers.frame.height,
        "n_left_out": answers.n_left_out,
        "is_much": is_much,
        "counts": counts,
        "n_to_do": difference.n_to_do if difference else None,
        "states": [(words, counts[state]) for state, words in _states()] if counts else [],
        "left_out": [(_why(code), n) for code, n in counts.get("left_out_why", {}).items()],
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render(request, "surveys/results/evidence.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def open_answers(request: HttpRequest, slug: str, survey: str) -> HttpResponse:
    """Show which open questions there are and what would become of them; take them over."""
    asked = survey_asked(request, slug, survey, *DESIGNERS)
    given = request.POST if request.method == "POST" else request.GET
    by_case = given.get("per") == "zaak"
    if request.method == "POST":
        origin = request_origin(request)
        if answers_now(asked.survey).frame.height > RESPONSES_AT_ONCE:
            parameters = {"survey": asked.survey.slug, "by_case": by_case}
            job = job_ask(
                asked.access.study, TO_SOURCES, parameters, asked.access.person, origin=origin
            )
            return redirect("jobs:job", slug, job.pk)
        counts = open_answers_to_sources(
            asked.survey, by_case=by_case, person=asked.access.person, origin=origin
        )
        said = _("Taken over: %(new)s new sources, %(changed)s with a new version.")
        messages.success(request, said % counts)
        return redirect("surveys:results_open", slug, survey)
    found = open_questions(asked.survey, by_case=by_case)
    words = _source_states()
    context = asked.context("results_open") | {
        "by_case": by_case,
        "questions": [
            (text_shown(dict(one.column.title)), one.case, one.n, words[one.state], one.source)
            for one in found
        ],
        "n_to_do": sum(one.state in {"new", "changed"} for one in found),
    }
    return render(request, "surveys/results/open_answers.html", context)


def _states() -> list[tuple[str, str]]:
    return [
        ("new", _("New rows")),
        ("changed", _("Changed: the old row is taken back, a new one added")),
        ("kept", _("There already")),
        ("gone", _("Taken back: withdrawn or left out")),
        ("left_out", _("Not taken over")),
    ]


def _why(code: str) -> str:
    return {
        "item_unknown": _("the statement is not in the framework of this wave"),
        "role_unknown": _("the role of the respondent is not in the framework"),
        "case_unknown": _("the case is not in the study"),
        "respondent_named": _("the pseudonym looks like a name"),
        "raw_outside": _("the answer is outside the scale of the framework"),
    }.get(code, code)


def _source_states() -> dict[str, str]:
    return {
        "new": _("becomes a new source"),
        "changed": _("gets a new version"),
        "kept": _("is a source already"),
        "waiting": _("waits for more answers: the survey is anonymous and open"),
        "removed": _("was taken out of the study"),
        "empty": _("nobody answered"),
    }
