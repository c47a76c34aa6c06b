"""What a study knows: evidence rows as a table, their fingerprint, and whether a run is stale."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from select import select
from typing import Any

import polars as pl
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus

from rodedraad.assessment.filters import RowFilter, evidence_rows
from rodedraad.assessment.models import Evidence, Run
from rodedraad.studies.models import Construct, Study, Wave

EVIDENCE_SCHEMA = pl.Schema(
    {
        "id": pl.Int64(),
        "study": pl.String(),
        "wave": pl.String(),
        "case": pl.String(),
        "construct": pl.String(),
        "kind": pl.String(),
        "about": pl.String(),
        "source": pl.String(),
        "source_id": pl.String(),
        "role": pl.String(),
        "respondent": pl.String(),
        "value": pl.Float64(),
        "weight": pl.Float64(),
        "raw": pl.Float64(),
        "unit": pl.String(),
        "missing": pl.String(),
    }
)
EVIDENCE_COLUMNS = (
    "pk", "study__slug", "wave__label", "case__unit_code", "construct", "kind", "about", "source",
    "source_id", "role", "respondent", "value", "weight", "raw", "unit", "missing",
)  # fmt: skip
FIELD_OF = dict(zip(EVIDENCE_SCHEMA, EVIDENCE_COLUMNS, strict=True))
GROUPED_BY: tuple[str, ...] = ("wave", "kind", "construct")
Group = tuple[str, ...]
Sums = tuple[int, ...]


def evidence_table(
    study: Study, *filters: RowFilter, columns: Sequence[str] | None = None
) -> pl.DataFrame:
    """Return evidence rows as a frame with ``EVIDENCE_SCHEMA``; without filters, all of them.

    With ``columns``, only these: of millions of rows that saves much time and memory.
    """
    return rows_frame(evidence_rows(study, filters or (RowFilter(),)), columns)


def rows_frame(rows: QuerySet[Evidence], columns: Sequence[str] | None = None) -> pl.DataFrame:
    """Return rows as a frame, oldest first, read as a stream of CSV in which only null is bare."""
    wanted = list(columns or EVIDENCE_SCHEMA.names())
    read = wanted if "id" in wanted else ["id", *wanted]
    schema = {name: EVIDENCE_SCHEMA[name] for name in read}
    chosen = rows.order_by().values_list(*(FIELD_OF[name] for name in read))
    frame = values_frame(chosen, schema)
    if not frame["id"].is_sorted():
        frame = frame.sort("id")
    return frame.select(wanted)


def values_frame(chosen: QuerySet[Any, Any], schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """Return what ``values_list`` of some rows gives as a frame, however many rows."""
    try:
        sql, parameters = chosen.query.sql_with_params()
    except EmptyResultSet:  # conditions that no row can meet are not asked of the database
        return pl.DataFrame(schema=schema)
    text = _copied(sql, parameters)
    if not text.tell():
        return pl.DataFrame(schema=schema)
    return pl.read_csv(text.getvalue(), has_header=False, schema=schema)


def _copied(sql: str, parameters: Sequence[object]) -> BytesIO:
    """Return what a query gives, as CSV.

    The database sends one message per row. Taken straight from the connection two million rows
    cost a third of the time that they cost in the loop of psycopg.
    """
    text = BytesIO()
    with connection.cursor() as cursor:
        own = cursor.cursor  # the one around it counts queries, and knows no ``mogrify``
        pgconn = own.connection.pgconn
        statement = own.mogrify(f"copy ({sql}) to stdout (format csv)", parameters)
        result = pgconn.exec_(statement.encode())
        try:
            while result.status == ExecStatus.COPY_OUT:
                n_bytes, row = pgconn.get_copy_data(1)
                if n_bytes > 0:
                    text.write(row)
                elif n_bytes == 0:
                    select([pgconn.socket], [], [])
                    pgconn.consume_input()
                else:
                    result = pgconn.get_result()
        except BaseException:
            connection.close()  # else what is still on its way would answer the next question
            raise
        if result.status != ExecStatus.COMMAND_OK:
            raise error_from_result(result)
        pgconn.get_result()
    return text


def evidence_fingerprint(study: Study, filters: tuple[RowFilter, ...]) -> str:
    """Return a text of 64 hexadecimal digits that changes when any of the rows changes.

    It does not depend on the order of rows or on their numbers, so that the same facts in another
    database give the same fingerprint. It is worked out again only when rows were added or erased.
    """
    return rows_state(study, filters).fingerprint


@dataclass(frozen=True, slots=True)
class RowsState:
    """How many rows some filters give now, and their fingerprint."""

    n_rows: int
    fingerprint: str


def evidence_change(study: Study) -> int:
    """Return the number of the last change of the evidence of a study; 0 when there was none.

    The database gives every change of rows a number that is never used again, so that who kept
    something that was worked out from the rows can tell whether it still holds.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select number from assessment_evidencechange where study_id = %s", [study.pk]
        )
        found = cursor.fetchone()
    return found[0] if found else 0


def rows_state(
    study: Study, filters: tuple[RowFilter, ...], change: int | None = None
) -> RowsState:
    """Return the number and the fingerprint of the rows of ``filters``.

    Who asks this for many filters gives the ``evidence_change`` of the study, asked once. All
    filters on no more than wave, kind and construct together cost one reading of the table.
    """
    last = evidence_change(study) if change is None else change
    return _state(study.pk, json.dumps([f.to_json() for f in filters]), last)


@lru_cache(maxsize=2048)
def _state(study_id: int, filters: str, change: int) -> RowsState:
    chosen = tuple(RowFilter.from_json(stored) for stored in json.loads(filters))
    if all(set(each.to_json()) <= set(GROUPED_BY) for each in chosen):
        groups = _study_sums(study_id, change)
        taken = [sums for group, sums in groups.items() if any(_has(f, group) for f in chosen)]
    else:
        taken = list(_hash_sums(evidence_rows(Study(pk=study_id), chosen), ()).values())
    sums = tuple(map(sum, zip((0, 0, 0), *taken, strict=True)))
    digest = hashlib.sha256(repr([str(part) for part in sums]).encode()).hexdigest()
    return RowsState(n_rows=sums[0], fingerprint=digest)


@lru_cache(maxsize=32)
def _study_sums(study_id: int, _change: int) -> dict[Group, Sums]:
    """Return count and sums of hashes of every wave, kind and construct of a study."""
    return _hash_sums(Evidence.objects.filter(study=study_id), GROUPED_BY)


def _has(row_filter: RowFilter, group: Group) -> bool:
    is_of: dict[str, str] = dict(zip(GROUPED_BY, group, strict=True))
    return all(is_of[name] == value for name, value in row_filter.to_json().items())


def _hash_sums(rows: QuerySet[Evidence], by: tuple[str, ...]) -> dict[Group, Sums]:
    """Return for each group how many rows it has, and two sums over a hash of each row.

    The hash of one column is the seed of the next: no text is put together, so that two million
    rows take one or two seconds.
    """
    names = EVIDENCE_SCHEMA.names()[2:]
    hashed = "1::bigint"
    for name in names:
        if EVIDENCE_SCHEMA[name] == pl.String:
            hashed = f"hashtextextended(coalesce(\"{name}\", E'\\x01'), {hashed})"
        else:
            hashed = f"hashfloat8extended(coalesce(\"{name}\", 'nan'), {hashed})"
    chosen = rows.order_by().values_list(*(FIELD_OF[name] for name in names))
    sql, parameters = chosen.query.sql_with_params()
    columns = ", ".join(f'"{name}"' for name in names)
    keys = ", ".join(f'"{name}"' for name in by)
    counted = "count(*), coalesce(sum(hash), 0), coalesce(sum(hashint8extended(hash, 2)), 0)"
    query = (
        f"select {keys}{', ' if by else ''}{counted}"  # noqa: S608 names of our own columns
        f" from (select *, {hashed} as hash from ({sql}) as r ({columns})) as h"
        f"{f' group by {keys}' if by else ''}"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        found = cursor.fetchall()
    n = len(by)
    return {tuple(key or "" for key in row[:n]): tuple(map(int, row[n:])) for row in found}


def run_filters(run: Run) -> tuple[RowFilter, ...]:
    """Return the filters whose rows the run used."""
    return tuple(RowFilter.from_json(stored) for stored in run.inputs)


def run_is_stale(run: Run) -> bool:
    """Tell whether the rows that the run used are no longer the rows that it would use now."""
    return evidence_fingerprint(run.study, run_filters(run)) != run.fingerprint


def constructs_with(wave: Wave, *kinds: str) -> QuerySet[Construct]:
    """Return the constructs of the framework of which the wave has rows of these kinds.

    Asked of each construct: to tell them apart among all rows takes reading all of these.
    """
    rows = Evidence.objects.filter(study=wave.study_id, wave=wave, kind__in=kinds).order_by()
    found = Construct.objects.filter(framework=wave.framework_id)
    return found.filter(Exists(rows.filter(construct=OuterRef("code"))))


def latest_runs(study: Study) -> dict[str, Run]:
    """Return the newest run of every kind, by kind."""
    newest = Run.objects.filter(study=study).order_by("kind", "-pk").distinct("kind")
    return {run.kind: run for run in newest.select_related("study", "person")}


def latest_by_subject(study: Study, kind: str) -> dict[str, Run]:
    """Return the newest run of a kind for each thing it is about, by subject."""
    newest = Run.objects.filter(study=study, kind=kind).order_by("subject", "-pk")
    return {run.subject: run for run in newest.distinct("subject")}
