"""Everything that was found as a table to work on elsewhere."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.search.asking import asking_of, personal_record
from rodedraad.search.code_all import too_many
from rodedraad.search.rows import HIT_COLUMNS, TOLD_COLUMNS, hit_rows, told_rows
from rodedraad.sources.access import sources_asked
from rodedraad.studies.csv_file import csv_response


@require_safe
@login_required
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a CSV with a row for each place that was found."""
    access = sources_asked(request.user, slug)
    asking = asking_of(access, request.GET)
    question = asking.question()
    name, origin = f"zoeken-{slug}", request_origin(request)
    if asking.is_in_texts:
        found = asking.found(question)
        if found.is_many:
            raise too_many()
        personal_record(access, is_personal=found.is_personal, origin=origin)
        return csv_response(name, HIT_COLUMNS, hit_rows(found.every()))
    answers = asking.answers(question)
    if answers.is_many:
        raise too_many()
    personal_record(access, is_personal=answers.is_personal, origin=origin)
    return csv_response(name, TOLD_COLUMNS, told_rows(answers.found))
