"""What does a page show of the evidence table: rows of a filter, page by page, however many?"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BufferedRandom, TextIOBase
from tempfile import TemporaryFile
from typing import Any

from django.db.models import QuerySet

from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.models import Evidence, Run
from rodedraad.assessment.queries import (
    EVIDENCE_COLUMNS,
    EVIDENCE_SCHEMA,
    rows_frame,
    run_filters,
)
from rodedraad.studies.csv_file import cell_safe

ROWS_PER_PAGE = 100
COUNTED_TO = 100_000
CHUNK = 20_000


@dataclass(frozen=True)
class EvidencePage:
    """Some rows, and the row numbers to go on from; null where there is no more.

    ``n`` is the number of rows of the filter, counted up to ``COUNTED_TO``; ``more`` says that
    there are more than that.
    """

    rows: list[Evidence]
    before: int | None
    after: int | None
    n: int
    more: bool


def evidence_page(
    rows: QuerySet[Evidence], *, after: int | None = None, before: int | None = None
) -> EvidencePage:
    """Return the rows after row number ``after``, or before ``before``; else the first.

    Goes on from a row number instead of counting pages, so the last page costs as much as the
    first.
    """
    n = rows.order_by()[: COUNTED_TO + 1].count()
    related = rows.select_related("case", "wave")
    if before is not None:
        found = list(related.filter(pk__lt=before).order_by("-pk")[: ROWS_PER_PAGE + 1])
        earlier, shown = len(found) > ROWS_PER_PAGE, found[:ROWS_PER_PAGE][::-1]
        later = bool(shown)
    else:
        chosen = related.filter(pk__gt=after) if after is not None else related
        found = list(chosen.order_by("pk")[: ROWS_PER_PAGE + 1])
        later, shown = len(found) > ROWS_PER_PAGE, found[:ROWS_PER_PAGE]
        earlier = after is not None and bool(shown)
    return EvidencePage(
        rows=shown,
        before=shown[0].pk if earlier else None,
        after=shown[-1].pk if later else None,
        n=min(n, COUNTED_TO),
        more=n > COUNTED_TO,
    )


class _Line(TextIOBase):
    """Gives back what a writer writes, so that lines can be sent one by one."""

    def write(self, text: str) -> Any:
        return text


def evidence_csv(rows: QuerySet[Evidence]) -> Iterator[str]:
    """Yield the rows as lines of CSV, the names of the columns first; no text is a formula."""
    writer = csv.writer(_Line())
    yield writer.writerow(EVIDENCE_SCHEMA.names())
    for row in rows.values_list(*EVIDENCE_COLUMNS).iterator(CHUNK):
        yield writer.writerow([cell_safe(value) for value in row])


def evidence_parquet(rows: QuerySet[Evidence]) -> BufferedRandom:
    """Return an open file with the rows as Parquet; who closes it removes it."""
    file = TemporaryFile()  # noqa: SIM115 the caller sends and closes it
    rows_frame(rows).write_parquet(file)
    file.seek(0)
    return file


def runs_with(row: Evidence, runs: Iterable[Run]) -> list[Run]:
    """Return the runs whose filters take this row."""
    return [run for run in runs if any(_takes(each, row) for each in run_filters(run))]


def _takes(row_filter: RowFilter, row: Evidence) -> bool:
    wave = row.wave.label if row.wave else ""
    wanted = (
        (row_filter.wave, wave),
        (row_filter.kind, row.kind),
        (row_filter.construct, row.construct),
        (row_filter.about, row.about),
        (row_filter.case, row.case.unit_code),
    )
    return (
        all(value is None or value == has for value, has in wanted)
        and row.about.startswith(row_filter.about_prefix or "")
        and (row_filter.cases is None or row.case.unit_code in row_filter.cases)
    )
