"""May a report leave the study: does it hold public figures about municipalities, and no more?"""

from dataclasses import replace
from functools import reduce
from operator import or_

from django.db.models import Q

from rodedraad.assessment.filters import RowFilter, evidence_rows
from rodedraad.assessment.models import Evidence
from rodedraad.errors import Refusal
from rodedraad.reports.models import Report
from rodedraad.reports.queries import number_filters, report_runs

PUBLIC_KINDS = (Evidence.Kind.TIE, Evidence.Kind.FIGURE)


def leaves_study(report: Report) -> None:
    """Refuse a report that rests on rows about people, or on rows that are no public figures.

    Everything that takes a report out of the study (a file, a download) passes here. As long as
    nothing hides small groups, only ties and figures of public registers without a respondent
    may leave.

    Raises
    ------
    Refusal
        When a row behind a number, or a row that a run used, has a respondent or another kind.
    """
    # Which cases a number is about is left out: the rows of its run are looked at as a whole.
    filters = {
        replace(row_filter, cases=None)
        for number in report.numbers.all()
        for row_filter in number_filters(number)
    }
    filters |= {RowFilter.from_json(stored) for run in report_runs(report) for stored in run.inputs}
    if not filters:
        return
    about_people = reduce(
        or_, (Q(respondent__isnull=False), ~Q(kind__in=PUBLIC_KINDS), ~Q(role=""))
    )
    found = evidence_rows(report.study, tuple(filters)).filter(about_people).first()
    if found is not None:
        raise Refusal(
            f"This report rests on evidence of kind '{found.kind}' that can be about a person "
            f"(row {found.pk}, construct {found.construct}). Reports with such rows cannot leave "
            "the study yet. Leave these rows out of its conclusions, or read it on the site.",
            code="report_about_people",
            row=found.pk,
        )
