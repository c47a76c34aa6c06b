"""What a study knows: evidence rows as a table, their fingerprint, and whether a run is stale."""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache

import polars as pl
from django.db import connection
from django.db.models import Count, Max

from rodedraad.assessment.filters import RowFilter, evidence_rows
from rodedraad.assessment.models import Evidence, Run
from rodedraad.studies.models import Study

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


def evidence_table(study: Study, *filters: RowFilter) -> pl.DataFrame:
    """Return evidence rows as a frame with ``EVIDENCE_SCHEMA``; without filters, all of them."""
    rows = evidence_rows(study, filters or (RowFilter(),)).values_list(*EVIDENCE_COLUMNS)
    return pl.DataFrame(list(rows.iterator(20_000)), schema=EVIDENCE_SCHEMA, orient="row")


def evidence_fingerprint(study: Study, filters: tuple[RowFilter, ...]) -> str:
    """Return a text of 64 hexadecimal digits that changes when any of the rows changes.

    It does not depend on the order of rows or on their numbers, so that the same facts in another
    database give the same fingerprint. Rows are only ever added or erased, so it is worked out
    again only when the number of rows or the newest of them changed.
    """
    return rows_state(study, filters).fingerprint


@dataclass(frozen=True, slots=True)
class RowsState:
    """How many rows some filters give now, and their fingerprint."""

    n_rows: int
    fingerprint: str


def evidence_extent(study: Study) -> tuple[int, int | None]:
    """Return the number of rows of a study and the newest of them: what tells that rows changed."""
    found = Evidence.objects.filter(study=study).aggregate(n=Count("pk"), last=Max("pk"))
    return found["n"], found["last"]


def rows_state(
    study: Study, filters: tuple[RowFilter, ...], extent: tuple[int, int | None] | None = None
) -> RowsState:
    """Return the number and the fingerprint of the rows of ``filters``.

    Who asks this for many filters gives the ``extent`` of the study, so that it is counted once.
    """
    n_rows, last = extent or evidence_extent(study)
    return _fingerprint(study.pk, json.dumps([f.to_json() for f in filters]), n_rows, last)


@lru_cache(maxsize=2048)
def _fingerprint(study_id: int, filters: str, _n_rows: int, _last: int | None) -> RowsState:
    chosen = tuple(RowFilter.from_json(stored) for stored in json.loads(filters))
    rows = evidence_rows(Study(pk=study_id), chosen).order_by().values_list(*EVIDENCE_COLUMNS[2:])
    sql, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*), coalesce(sum(hashtextextended(r::text, 1)::numeric), 0),"  # noqa: S608
            f" coalesce(sum(hashtextextended(r::text, 2)::numeric), 0) from ({sql}) as r",
            parameters,
        )
        counted = cursor.fetchone() or (0,)
    digest = hashlib.sha256(repr([str(part) for part in counted]).encode()).hexdigest()
    return RowsState(n_rows=int(counted[0]), fingerprint=digest)


def run_filters(run: Run) -> tuple[RowFilter, ...]:
    """Return the filters whose rows the run used."""
    return tuple(RowFilter.from_json(stored) for stored in run.inputs)


def run_is_stale(run: Run) -> bool:
    """Tell whether the rows that the run used are no longer the rows that it would use now."""
    return evidence_fingerprint(run.study, run_filters(run)) != run.fingerprint


def latest_runs(study: Study) -> dict[str, Run]:
    """Return the newest run of every kind, by kind."""
    newest = Run.objects.filter(study=study).order_by("kind", "-pk").distinct("kind")
    return {run.kind: run for run in newest.select_related("study", "person")}


def latest_by_subject(study: Study, kind: str) -> dict[str, Run]:
    """Return the newest run of a kind for each thing it is about, by subject."""
    newest = Run.objects.filter(study=study, kind=kind).order_by("subject", "-pk")
    return {run.subject: run for run in newest.distinct("subject")}
