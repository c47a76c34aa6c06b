"""What is known of a report: the newest of a study, its numbers, and what in it is stale."""

import hashlib
import json
from collections.abc import Iterable

from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.models import Run
from rodedraad.assessment.runs_shown import runs_shown
from rodedraad.reports.models import Report, ReportNumber
from rodedraad.studies.models import Study

ROWS_NAME_LENGTH = 16


def report_latest(study: Study) -> Report | None:
    """Return the newest report of ``study``, or None when there is none yet."""
    return Report.objects.filter(study=study).order_by("-pk").first()


def report_runs(report: Report) -> list[Run]:
    """Return the runs that the report rests on, without their results, in the order drawn."""
    runs = Run.objects.filter(pk__in=report.numbers.order_by().values("run")).order_by("pk")
    return list(runs.select_related("study").defer("result", "parameters"))


def report_stale_runs(report: Report) -> list[Run]:
    """Return the runs of the report whose rows are no longer those that they would use now."""
    return [shown.run for shown in runs_shown(report.study, report_runs(report)) if shown.stale]


def number_filters(number: ReportNumber) -> tuple[RowFilter, ...]:
    """Return the filters whose rows the number came from."""
    return tuple(RowFilter.from_json(stored) for stored in number.rows)


def rows_name(filters: Iterable[RowFilter]) -> str:
    """Return a short name for a set of filters, the same on every machine."""
    stored = sorted(json.dumps(each.to_json(), sort_keys=True) for each in filters)
    return hashlib.sha256("\n".join(stored).encode()).hexdigest()[:ROWS_NAME_LENGTH]
