"""Is a save kept? One statement adds it when it follows on the newest one; else we say why not.

It is confirmed after the commit only: the statement is a transaction of its own, so the server
of the database has it on disk (``synchronous_commit``) before the browser hears of it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db import connection
from django.db.models import Max

from rodedraad.surveys.answering.opening import survey_shut
from rodedraad.surveys.models import AnswerEvent, Response, ResponseState

ADD = """
INSERT INTO surveys_answerevent (uuid, response_id, sequence, page, patch)
SELECT %(uuid)s, r.uuid, %(sequence)s, %(page)s, %(patch)s::jsonb
FROM surveys_response r JOIN surveys_survey s ON s.id = r.survey_id
WHERE r.uuid = %(response)s AND r.state = 'started' AND s.state = 'open'
  AND (s.closes_at IS NULL OR s.closes_at > now())
  AND (
    EXISTS (SELECT FROM surveys_answerevent e
            WHERE e.response_id = r.uuid AND e.sequence = %(sequence)s - 1)
    OR %(sequence)s - 1 = coalesce(
      (SELECT a.sequence FROM surveys_responsestate a WHERE a.response_id = r.uuid), 0))
FOR KEY SHARE OF r
ON CONFLICT (response_id, sequence) DO NOTHING
"""
"""The lock makes it wait for whoever finishes, withdraws or shuffles this response."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the browser is told."""

    status: int
    body: Mapping[str, Any]


def save(response: UUID, sequence: int, page: int, patch: Mapping[str, Any]) -> Said:
    """Keep one save and say so; the same one again is fine, another one in its place is not."""
    text = json.dumps(patch, ensure_ascii=False, separators=(",", ":"))
    for _attempt in range(2):
        if _added(response, sequence, page, text):
            return Said(200, {"sequence": sequence})
        refused = _refused(response, sequence, patch)
        if refused is not None:
            return refused
    return Said(409, {"sequence": newest_sequence(response)})


def newest_sequence(response: UUID) -> int:
    """Return the number of the newest save of a response; 0 when there is none."""
    kept = ResponseState.objects.filter(pk=response).values_list("sequence", flat=True).first()
    added = AnswerEvent.objects.filter(response=response).aggregate(at=Max("sequence"))["at"]
    return max(kept or 0, added or 0)


def _added(response: UUID, sequence: int, page: int, patch: str) -> bool:
    given = {
        "uuid": uuid4(),
        "response": response,
        "sequence": sequence,
        "page": page,
        "patch": patch,
    }
    try:
        return _executed(given)
    except psycopg.OperationalError:
        # The connection was from before the database restarted. Adding twice cannot be.
        if connection.in_atomic_block:
            raise
        connection.close()
        return _executed(given)


def _executed(given: Mapping[str, Any]) -> bool:
    """Run the statement prepared, without the question whether the connection still works."""
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(ADD, given, prepare=True).rowcount == 1


def _refused(response: UUID, sequence: int, patch: Mapping[str, Any]) -> Said | None:
    """Return why nothing was added; None when it should have been, so try once more."""
    found = Response.objects.select_related("survey").filter(pk=response).first()
    if found is None:
        return Said(401, {"state": "unknown"})
    newest = newest_sequence(response)
    if sequence <= newest and _is_there(response, sequence, patch):
        return Said(200, {"sequence": sequence})
    if found.state != Response.State.STARTED:
        return Said(410, {"state": found.state})
    if shut := survey_shut(found.survey):
        return Said(410, {"state": shut.value})
    return None if sequence == newest + 1 else Said(409, {"sequence": newest})


def _is_there(response: UUID, sequence: int, patch: Mapping[str, Any]) -> bool:
    kept = AnswerEvent.objects.filter(response=response, sequence=sequence).first()
    if kept is not None:
        return kept.patch == patch
    state = ResponseState.objects.filter(pk=response, sequence=sequence).first()
    return state is not None and all(state.data.get(name) == patch[name] for name in patch)
