"""How is it forgotten in which order people answered? Their rows are written anew, shuffled.

In one transaction, so that every row has the same number of a transaction; in random order, so
that the place of a row says nothing; with keys that were random already. The saves of whoever is
done are folded into the answers as they stand and removed.
"""

import secrets
from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone

from rodedraad.surveys.answering.opening import Shut, survey_shut
from rodedraad.surveys.answering.standing import standing_of
from rodedraad.surveys.models import AnswerEvent, Response, ResponseState, Survey

State = Response.State
CHUNK = 1_000
Row = TypeVar("Row", bound=models.Model)
LOCK = 5_060
REWRITTEN: tuple[type[models.Model], ...] = (AnswerEvent, ResponseState, Response)
SHUFFLED_MODES = (Survey.Mode.ANONYMOUS, Survey.Mode.CONFIDENTIAL)


def surveys_scatter() -> int:
    """Scatter what is due: an open survey once a day, a closed one until it is. Return how many."""
    surveys = Survey.objects.filter(mode__in=SHUFFLED_MODES).exclude(state=Survey.State.DRAFT)
    rows = sum(responses_scatter(survey) for survey in surveys.order_by("pk") if _is_due(survey))
    if rows:
        old_rows_clean()
    return rows


def survey_scatter_at_end(survey: Survey) -> int:
    """Scatter a survey that closes, in the transaction that closes it; clean up after that."""
    rows = responses_scatter(survey)
    if rows:
        transaction.on_commit(old_rows_clean)
    return rows


def old_rows_clean() -> None:
    """Let the old rows not stay in the files of the database."""
    if not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM {', '.join(model._meta.db_table for model in REWRITTEN)}")


def _is_due(survey: Survey) -> bool:
    if survey_shut(survey) != Shut.CLOSED:
        return survey.shuffled_on is None or survey.shuffled_on < timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT xmin::text) FROM surveys_response WHERE survey_id = %s",
            [survey.pk],
        )
        (writers,) = cursor.fetchone()
    return writers > 1


@transaction.atomic
def responses_scatter(survey: Survey) -> int:
    """Write all responses of a survey anew, in random order; return how many.

    A save that comes meanwhile waits, and is kept afterwards.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, survey.pk])
    responses = list(
        Response.objects.select_for_update(of=("self",)).filter(survey=survey).order_by("uuid")
    )
    if survey.mode not in SHUFFLED_MODES:
        return 0
    Survey.objects.filter(pk=survey.pk).update(shuffled_on=timezone.localdate())
    if not responses:
        return 0
    folded = [one for one in responses if one.state != State.WITHDRAWN]
    states = [_folded(one) for one in folded]
    keys = [one.pk for one in responses]
    for model in REWRITTEN:
        _removed(model, "uuid" if model is Response else "response_id", keys)
    Response.objects.bulk_create(_shuffled(responses), CHUNK)
    ResponseState.objects.bulk_create(_shuffled(states), CHUNK)
    return len(responses)


def _folded(response: Response) -> ResponseState:
    """Return the answers of a response as they stand; its page is kept in the response."""
    standing = standing_of(response)
    response.last_page = standing.page
    kept = ResponseState.objects.filter(pk=response.pk).first() or ResponseState(response=response)
    kept.response = response
    kept.data, kept.sequence = dict(standing.data), standing.sequence
    return kept


def _removed(model: type[models.Model], column: str, keys: list[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE {column} = ANY(%s)", [keys])  # noqa: S608


def _shuffled(rows: Sequence[Row]) -> list[Row]:
    mixed = list(rows)
    secrets.SystemRandom().shuffle(mixed)
    return mixed
