"""Is a report made once for the same conclusions, and does it know when it is out of date?"""

import pytest

from rodedraad.assessment.evidence import FigureFact, figure_rows_write
from rodedraad.assessment.models import Run
from rodedraad.errors import Refusal
from rodedraad.reports import actions
from rodedraad.reports.actions import report_make
from rodedraad.reports.models import Report
from rodedraad.reports.network_development import composing
from rodedraad.reports.queries import report_stale_runs
from rodedraad.studies.models import Case, Study


@pytest.fixture
def _undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw no pictures: that takes seconds, and is tested with the report that there is."""
    monkeypatch.setattr(composing, "pictures", lambda *_: iter(()))


def test_the_same_conclusions_give_the_report_there_is(report: Report) -> None:
    assert report_make(report.study) == report
    assert Report.objects.count() == 1


@pytest.mark.usefixtures("_undrawn")
def test_other_texts_give_a_new_report_and_leave_the_old_one(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = report.texts.get(language="nl").body
    monkeypatch.setattr(actions, "written_version", lambda: "other words")
    new = report_make(report.study)
    assert new.pk != report.pk
    assert report.texts.get(language="nl").body == before


@pytest.mark.usefixtures("_undrawn")
def test_other_chosen_cases_give_a_new_report(report: Report) -> None:
    plan = report.study.selection_plans.get()
    plan.result["notices"] = ["changed"]
    plan.save()
    assert report_make(report.study) != report


def test_a_report_is_stale_by_the_runs_whose_rows_changed_and_no_others(report: Report) -> None:
    assert report_stale_runs(report) == []
    fact = FigureFact(
        case_id=Case.objects.filter(study=report.study)[0].pk,
        construct="K3",
        about="inhabitants/2015",
        source="population",
        source_id="revised",
        value=0.5,
        raw=1.0,
        unit="inhabitants",
    )
    figure_rows_write(report.study, None, [fact])
    assert {run.kind for run in report_stale_runs(report)} == {"inhabitants", "selection"}


def test_a_study_without_a_conclusion_that_is_needed_is_refused_by_its_name(study: Study) -> None:
    Report.objects.all().delete()
    Run.objects.filter(study=study, kind="congruence").delete()
    with pytest.raises(Refusal, match="'congruence'") as refused:
        report_make(study)
    assert refused.value.code == "report_without_run"
    assert not Report.objects.exists()
