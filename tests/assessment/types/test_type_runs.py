"""Types and steering modes as runs, and what a person decides beside the rule."""

import pytest
from evidence_making import answers, measure, rubric, stored

from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.assessment import type_decisions
from rodedraad.assessment.actions import run_make
from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.models import Run, TypeDecision
from rodedraad.assessment.queries import run_is_stale
from rodedraad.assessment.type_decisions import (
    decision_history,
    decisions_holding,
    human_and_rule,
    type_decide,
    type_withdraw,
)
from rodedraad.assessment.type_runs import CHANGE_TYPE, steering_make, types_make
from rodedraad.errors import Refusal
from rodedraad.studies.models import Case, Study, TeamMember, Wave

REASON = "The team of March no longer exists."


def decide(run: Run, person: Person, code: str = "GM0003", **given: object) -> TypeDecision:
    study = run.study
    options = {
        "study": study, "wave": study.waves.get(), "case": study.cases.get(unit_code=code),
        "typology": CHANGE_TYPE, "label": "voorzichtige", "reason": REASON, "run": run,
        "person": person, "origin": "test",
    }  # fmt: skip
    return type_decide(**(options | given))


def test_types_are_a_run_by_the_rule_of_the_framework(study: Study, wave: Wave, run: Run) -> None:
    labels = {code: case["label"] for code, case in run.result["cases"].items()}
    assert labels == {"GM0003": "veranderaar", "GM0010": "voorzichtige", "GM0014": "onbepaald"}
    assert (run.kind, run.subject, run.ruleset) == ("change_type", "2015", "change-type 1")
    assert run.parameters["attitudes"] == {
        "necessity": "T1", "small_steps": "T2", "waiting": "T3", "doubt": "T4"
    }  # fmt: skip
    assert types_make(study, wave, resamples=5) == [(run, False)]


def test_types_are_stale_when_a_measure_or_attitude_changes_and_not_for_a_factor(
    study: Study, wave: Wave, run: Run
) -> None:
    stored(study, wave, answers("GM0003", "F5", "D", "p", [5, 5, 5]))
    assert not run_is_stale(run)
    stored(study, wave, [measure("GM0014", "B1", 3)])
    assert run_is_stale(run)
    ((new, is_new),) = types_make(study, wave, resamples=5)
    assert is_new
    assert new != run


def test_a_framework_without_the_rule_or_rows_gives_no_run(study: Study, wave: Wave) -> None:
    assert steering_make(study, wave) == []
    wave.framework.rulesets = {}
    assert types_make(study, wave) == []
    wave.framework.rulesets = {"steering-mode": "1"}
    assert steering_make(study, wave) == []


def test_another_version_of_the_rule_is_refused(study: Study, wave: Wave) -> None:
    wave.framework.rulesets = {"change-type": "0"}
    with pytest.raises(Refusal) as refused:
        types_make(study, wave)
    assert refused.value.code == "ruleset_version"


def test_steering_is_a_run_of_its_own(study: Study, wave: Wave) -> None:
    wave.framework.rulesets = {"steering-mode": "1"}
    rows = [rubric("GM0003", code, "interview", 3, "D") for code in ("N3a", "N3b")]
    stored(study, wave, rows)
    ((made, is_new),) = steering_make(study, wave)
    assert is_new
    assert made.ruleset == "steering-mode 1"
    assert made.result["cases"]["GM0003"]["commissioner"]["label"] == "kaderstellend loslaten"


def test_progress_is_told_until_all_is_done(study: Study, wave: Wave) -> None:
    heard = []
    types_make(study, wave, None, lambda done, total, _at: heard.append((done, total)), resamples=5)
    assert heard[-1] == (1, 1)


def test_a_decision_holds_beside_the_label_of_the_rule_until_it_is_withdrawn(
    study: Study, wave: Wave, run: Run, person: Person
) -> None:
    first = decide(run, person)
    second = decide(run, person, label="grensgeval")
    assert decisions_holding(study, wave, CHANGE_TYPE) == {"GM0003": second}
    assert Run.objects.get(pk=run.pk).result["cases"]["GM0003"]["label"] == "veranderaar"
    case = study.cases.get(unit_code="GM0003")
    taken_back = type_withdraw(
        study=study, wave=wave, case=case, typology=CHANGE_TYPE, reason=REASON, run=run,
        person=person, origin="test",
    )  # fmt: skip
    assert decisions_holding(study, wave, CHANGE_TYPE) == {}
    assert decision_history(case, wave, CHANGE_TYPE) == [taken_back, second, first]
    done = AuditEvent.objects.filter(action__startswith="type_").order_by("pk")
    assert [event.action for event in done] == ["type_decided", "type_decided", "type_withdrawn"]
    assert {event.object for event in done} == {"study:factoren GM0003"}


def test_what_nobody_decided_cannot_be_withdrawn(study: Study, run: Run, person: Person) -> None:
    with pytest.raises(Refusal) as refused:
        type_withdraw(
            study=study, wave=study.waves.get(), case=study.cases.get(unit_code="GM0003"),
            typology=CHANGE_TYPE, reason=REASON, run=run, person=person, origin="test",
        )  # fmt: skip
    assert refused.value.code == "type_not_decided"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"label": "koploper"}, "type_label_unknown"),
        ({"label": ""}, "type_label_unknown"),
        ({"typology": "drive"}, "type_label_unknown"),
        ({"reason": "  because I say so   "}, "type_without_reason"),
    ],
)
def test_a_decision_without_a_label_of_the_rule_or_a_reason_is_refused(
    run: Run, person: Person, given: dict[str, str], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        decide(run, person, **given)
    assert refused.value.code == code
    assert not TypeDecision.objects.exists()


@pytest.mark.parametrize("role", [TeamMember.Role.CLIENT, TeamMember.Role.PRIVACY_OFFICER, None])
def test_only_lead_and_researchers_decide(study: Study, run: Run, role: str | None) -> None:
    other = Person.objects.create_user("ander@voorbeeld.test", name="Ander")
    if role:
        TeamMember.objects.create(study=study, person=other, role=role)
    with pytest.raises(Refusal) as refused:
        decide(run, other)
    assert refused.value.code == "type_not_allowed"
    TeamMember.objects.update_or_create(study=study, person=other, defaults={"role": "researcher"})
    assert decide(run, other).person == other


def test_a_run_of_another_kind_or_a_case_that_it_does_not_hold_is_refused(
    study: Study, run: Run, person: Person
) -> None:
    other, _ = run_make(
        study=study, kind="scores", subject="2015", inputs=(RowFilter(kind="measure"),),
        conclude=lambda rows: {"cases": {"GM0003": {}}}, parameters={},
    )  # fmt: skip
    unknown = Case.objects.create(study=study, unit_code="GM0001")
    for used, given in ((other, {}), (run, {"case": unknown})):
        with pytest.raises(Refusal) as refused:
            decide(used, person, **given)
        assert refused.value.code == "type_run_of_other"


def test_human_and_rule_are_compared_over_the_cases_that_were_decided(
    study: Study, wave: Wave, run: Run, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert human_and_rule(run, {}) is None
    decide(run, person, label="veranderaar")
    decide(run, person, "GM0010", label="voorzichtige")
    decide(run, person, "GM0014", label="voorzichtige")
    holding = decisions_holding(study, wave, CHANGE_TYPE)
    few = human_and_rule(run, holding)
    assert (few.n_decided, few.n_same, few.kappa, few.too_few) == (3, 2, None, True)
    monkeypatch.setattr(type_decisions, "LEAST_DECIDED", 3)
    found = human_and_rule(run, holding)
    # By hand: observed 2/3; expected (1·1 + 1·2 + 1·0) / 9 = 1/3; kappa (2/3 - 1/3) / (2/3).
    assert (found.n_decided, found.n_same, found.kappa) == (3, 2, pytest.approx(0.5))
