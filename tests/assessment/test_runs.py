"""Runs: drawn once for the same rows, kept as they were, stale when their rows change."""

from typing import Any

import polars as pl
import pytest
from evidence_making import answers, rubric, stored

from rodedraad.assessment.actions import run_make
from rodedraad.assessment.evidence import FigureFact, figure_rows_write
from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.models import Evidence, Run
from rodedraad.assessment.queries import constructs_with, latest_runs, run_is_stale
from rodedraad.studies.models import Case, Study

INPUTS = (RowFilter(about_prefix="inhabitants/"),)


def add(study: Study, code: str, about: str, raw: float) -> None:
    """Add one figure about one municipality."""
    case = Case.objects.get(study=study, unit_code=code)
    figure_rows_write(
        study, None, [FigureFact(case.pk, "K3", about, "s", f"{about}{code}", 0.5, raw, "people")]
    )


def total(rows: pl.DataFrame) -> dict[str, Any]:
    """Conclude the simplest thing."""
    return {"total": rows["raw"].sum()}


def draw(study: Study, **parameters: Any) -> tuple[Run, bool]:
    """Draw the conclusion of these tests."""
    return run_make(study=study, kind="total", inputs=INPUTS, conclude=total, parameters=parameters)


def test_the_same_rows_and_parameters_give_the_same_run(study: Study) -> None:
    add(study, "GM0003", "inhabitants/2017", 5)
    run, new = draw(study, year=2017)
    assert (run.result, new) == ({"total": 5.0}, True)
    assert draw(study, year=2017) == (run, False)
    assert draw(study, year=2018)[1]


def test_a_run_is_stale_as_soon_as_its_rows_change_and_not_before(study: Study) -> None:
    add(study, "GM0003", "inhabitants/2017", 5)
    run, _ = draw(study)
    add(study, "GM0003", "spending/2017/6.1", 9)
    assert not run_is_stale(run)
    add(study, "GM0010", "inhabitants/2017", 6)
    assert run_is_stale(run)
    assert Run.objects.get(pk=run.pk).result == {"total": 5.0}


def test_new_rows_give_a_new_run_beside_the_old_one(study: Study) -> None:
    add(study, "GM0003", "inhabitants/2017", 5)
    old, _ = draw(study)
    add(study, "GM0010", "inhabitants/2017", 6)
    new, _ = draw(study)
    assert new.result == {"total": 11.0}
    assert latest_runs(study) == {"total": new}
    assert Run.objects.filter(pk=old.pk).exists()


def test_other_code_gives_another_run(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    add(study, "GM0003", "inhabitants/2017", 5)
    draw(study)
    monkeypatch.setattr("rodedraad.assessment.actions.code_version", lambda: "other")
    assert draw(study)[1]


def test_a_wave_has_the_constructs_of_its_rows_of_the_kinds_asked_in_order(study: Study) -> None:
    wave, other = study.waves.all()
    stored(study, wave, [*answers("GM0003", "K1", "D", "d1", [3]), rubric("GM0003", "B1", "x", 2)])
    stored(study, other, answers("GM0003", "K2", "D", "d1", [3]))
    stored(study, wave, answers("GM0003", "ZZ", "D", "d1", [3]))  # no construct of the framework
    found = constructs_with(wave, Evidence.Kind.ANSWER, Evidence.Kind.RUBRIC)
    assert [each.code for each in found] == ["B1", "K1"]
    assert [each.code for each in constructs_with(wave, Evidence.Kind.ANSWER)] == ["K1"]
    assert [each.code for each in constructs_with(other, Evidence.Kind.ANSWER)] == ["K2"]
