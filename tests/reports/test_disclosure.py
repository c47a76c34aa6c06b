"""Does a report that rests on rows about people stay inside the study?"""

from pathlib import Path

import pytest

from rodedraad.assessment.models import Evidence
from rodedraad.errors import Refusal
from rodedraad.reports.actions import report_export
from rodedraad.reports.disclosure import leaves_study
from rodedraad.reports.models import Report
from rodedraad.studies.models import Case


def add_row(report: Report, **different: str) -> None:
    row = {"construct": "K3", "kind": "figure", "about": "inhabitants/2017", "source": "survey"}
    Evidence.objects.create(
        study=report.study,
        case=Case.objects.filter(study=report.study)[0],
        source_id="1",
        **row | different,
    )


def test_a_report_on_public_registers_may_leave(report: Report) -> None:
    leaves_study(report)


@pytest.mark.parametrize(
    "about_people", [{"respondent": "r-01"}, {"kind": "answer"}, {"role": "director"}]
)
def test_one_row_about_a_person_keeps_the_report_inside(
    report: Report, about_people: dict[str, str], tmp_path: Path
) -> None:
    add_row(report, **about_people)
    with pytest.raises(Refusal) as refused:
        report_export(report, tmp_path)
    assert refused.value.code == "report_about_people"
    assert list(tmp_path.iterdir()) == []


def test_a_row_that_no_number_or_run_uses_does_not_matter(report: Report) -> None:
    add_row(report, construct="F5", about="learning", kind="answer", respondent="r-01")
    leaves_study(report)
