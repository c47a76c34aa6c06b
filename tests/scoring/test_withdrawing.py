"""Do rows that were taken back count nowhere, for ever, and do runs notice?"""

import pytest
from django.db import DatabaseError, connection, transaction

from rodedraad.accounts.models import AuditEvent
from rodedraad.assessment.evidence import RubricFact, rubric_rows_write
from rodedraad.assessment.evidence.withdrawing import (
    import_bring_back,
    import_withdraw,
    sources_brought_in,
)
from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.models import Evidence, Withdrawal
from rodedraad.assessment.queries import (
    evidence_change,
    evidence_fingerprint,
    evidence_table,
    rows_state,
    run_is_stale,
)
from rodedraad.assessment.score_runs import scores_make
from rodedraad.errors import Refusal
from rodedraad.scoring.actions import texts_to_evidence
from rodedraad.scoring.score_actions import Given, score_give

RUBRIC = (RowFilter(kind="rubric"),)


def facts(source: str, *raws: int) -> list[RubricFact]:
    return [
        RubricFact(case="GM0003", construct="F5", source_type="document", raw=raw, source=source,
                   source_id=str(n))
        for n, raw in enumerate(raws)
    ]  # fmt: skip


@pytest.fixture
def two_sources(wave):
    rubric_rows_write(wave, facts("Goed", 1))
    rubric_rows_write(wave, facts("Fout", 3, 3))
    return wave


def back(wave, source: str = "Fout", reason: str = "Verkeerd bestand.") -> Withdrawal:
    return import_withdraw(wave, "rubric", source, reason=reason, person=None, origin="test")


def again(withdrawal: Withdrawal) -> Withdrawal:
    return import_bring_back(withdrawal, reason="Toch goed.", person=None, origin="test")


def test_rows_taken_back_are_in_no_table_count_or_fingerprint(study, two_sources):
    whole, change = evidence_fingerprint(study, RUBRIC), evidence_change(study)
    back(two_sources)
    assert evidence_table(study)["source"].to_list() == ["Goed"]
    assert evidence_table(study, *RUBRIC, columns=("raw",)).height == 1
    assert rows_state(study, RUBRIC).n_rows == 1
    assert rows_state(study, (RowFilter(about="document"),)).n_rows == 1
    assert evidence_fingerprint(study, RUBRIC) != whole
    assert evidence_change(study) > change
    assert [one.source for one in sources_brought_in(study)] == ["Goed"]


def test_a_run_becomes_stale_and_holds_again_when_the_rows_are_back(study, two_sources):
    ((run, _new),) = scores_make(study, two_sources)
    made = back(two_sources)
    assert run_is_stale(run)
    again(made)
    assert not run_is_stale(run)


def test_taking_back_names_who_why_and_how_many_and_is_logged(study, two_sources, lead):
    made = import_withdraw(
        two_sources, "rubric", "Fout", reason=" Dubbel. ", person=lead, origin="test"
    )
    assert (made.reason, made.person, made.n_rows) == ("Dubbel.", lead, 2)
    assert set(Evidence.every.filter(withdrawal=made).values_list("source", flat=True)) == {"Fout"}
    event = AuditEvent.objects.get(action="evidence_withdraw")
    assert event.object == f"study:{study.slug} withdrawal:{made.pk} rows:2"


def test_a_corrected_file_can_follow_and_then_the_old_one_stays_back(two_sources):
    made = back(two_sources)
    assert rubric_rows_write(two_sources, facts("Fout", 2, 2)).new == 2
    with pytest.raises(Refusal) as refused:
        again(made)
    assert refused.value.code == "withdrawal_there"
    assert Evidence.objects.count() == 3


def test_what_cannot_be_taken_back_or_brought_in_again_is_refused(study, two_sources, plan, anna):
    for ask, code in (
        (lambda: back(two_sources, reason="  "), "withdrawal_reason"),
        (lambda: back(two_sources, source="Niets"), "withdrawal_nothing"),
    ):
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.code == code
    made = back(two_sources)
    again(made)
    with pytest.raises(Refusal) as refused:
        again(made)
    assert refused.value.code == "withdrawal_undone"
    for raw in (1, 2):
        score_give(anna, plan, Given(kind="rubric", construct="F5", raw=raw))
        texts_to_evidence(study, person=None, origin="test")
    with pytest.raises(Refusal) as refused:
        again(Withdrawal.objects.get(kind="texts"))
    assert refused.value.code == "withdrawal_of_texts"


def test_rows_of_texts_are_not_among_what_files_brought_in(study, wave, plan, anna):
    score_give(anna, plan, Given(kind="rubric", construct="F5", raw=1))
    texts_to_evidence(study, person=None, origin="test")
    assert sources_brought_in(study) == ()
    with pytest.raises(Refusal, match="no such rows"):
        back(wave, source="Beleidsplan")


def test_an_import_that_calls_its_records_like_scores_stays(study, wave, plan, anna):
    uuid = "00000000-0000-4000-8000-000000000000"
    fact = RubricFact(case="GM0003", construct="F5", source_type="document", raw=1, source="Plan",
                      source_id=f"score:{uuid}")  # fmt: skip
    rubric_rows_write(wave, [fact])
    score_give(anna, plan, Given(kind="rubric", construct="F1", raw=1))
    assert texts_to_evidence(study, person=None, origin="test")["gone"] == 0


def test_the_database_keeps_what_was_taken_back_as_it_is(two_sources):
    made = back(two_sources)
    for sql in (
        "update assessment_evidence set withdrawal_id = null where withdrawal_id = %s",
        "update assessment_withdrawal set reason = 'anders' where id = %s",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [made.pk])
