"""When somebody takes answers back, does no table and no file hold the words any more?"""

from pathlib import Path

import pytest
from django.db import connection
from tests.surveys.answered import ITEMS, answered, cases_make, framework_fill, version_out

from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.assessment.models import Evidence, Withdrawal
from rodedraad.coding.actions.codes import CodeFacts, code_add
from rodedraad.coding.actions.codings import coding_add
from rodedraad.coding.actions.memos import memo_add
from rodedraad.coding.carry import codings_carry
from rodedraad.coding.changes import change_undo
from rodedraad.coding.codebook import codebook_freeze
from rodedraad.coding.models import Coding
from rodedraad.coding.rounds import coder_for
from rodedraad.errors import Refusal
from rodedraad.scoring.models import Score, Settlement
from rodedraad.sources.actions import version_correct
from rodedraad.sources.models import Paragraph, Source
from rodedraad.sources.store import original_path
from rodedraad.suggestions.models import Suggestion, SuggestionRun
from rodedraad.surveys.answering.withdrawing import response_withdraw
from rodedraad.surveys.results.open_answers import open_answers_to_sources

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]
HERS = "De kwikstaart van het wijkteam vliegt nooit boven de vergunningen uit, jammer genoeg."
SECRET = ("kwikstaart", "vergunningen")
OTHERS = "Samen eten met de buurt helpt meer dan een nieuw formulier."
LAST = "Er is te weinig tijd voor een tweede gesprek."


def tables_holding(word: str) -> list[str]:
    """Return every table, of every schema of ours, of which a row has the word in it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables "
            "WHERE table_type = 'BASE TABLE' AND table_schema NOT IN "
            "('pg_catalog', 'information_schema')"
        )
        names = [name for (name,) in cursor.fetchall()]
        found = []
        for name in names:
            cursor.execute(f"SELECT 1 FROM {name} t WHERE t::text ILIKE %s LIMIT 1", [f"%{word}%"])
            if cursor.fetchone():
                found.append(name)
    return found


def files_holding(folder: Path, word: str) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file() and word.encode() in one.read_bytes()]


@pytest.fixture
def survey_out(survey):
    framework_fill(survey.wave, ITEMS)
    return survey, version_out(survey, ["D", "U"]), cases_make(survey.wave, "GM0001")[0]


def over(survey):
    open_answers_to_sources(survey, by_case=False, person=None, origin="test")
    return Source.objects.get()


def place_of(version, words):
    start = version.text.index(words)
    return start, start + len(words)


@pytest.fixture
def used(survey_out):
    """Her answer in three versions, coded, noted, scored, suggested, and in the evidence."""
    survey, asked, case = survey_out
    hers = answered(asked, case, "U", "U-hers", {"open": HERS})
    answered(asked, case, "U", "U-other", {"open": OTHERS})
    source = over(survey)
    person = Person.objects.create_user("coder@voorbeeld.test", name="Coder")
    coder = coder_for(survey.study, person)
    code = code_add(coder, CodeFacts(name="Klacht", example=f"Zoals: {HERS}"))
    codebook_freeze(survey.study, person=person)
    first = source.versions.get()
    on_hers = coding_add(coder, first.pk, code, place=place_of(first, HERS[:40]))
    coding_add(coder, first.pk, code, place=place_of(first, OTHERS))
    memo_add(coder, f"Let op: “{HERS[3:60]}” is een klacht.", about=on_hers)
    answered(asked, case, "U", "U-last", {"open": LAST})
    source = over(survey)
    codings_carry(source, coder, origin="test")
    newest = source.versions.order_by("-number")[0]
    corrected = version_correct(
        source, newest.text.replace("jammer genoeg", "helaas"), person=person, origin="test"
    )
    start, end = place_of(corrected, HERS[:30])
    Score.objects.create(
        study=survey.study, source=source, coder=coder, kind="rubric", construct="F1", raw=2,
        version=corrected, start=start, end=end, quote=HERS[:30], after=HERS[30:60],
        reason=f"Want: {HERS[:50]}",
    )  # fmt: skip
    Settlement.objects.create(
        study=survey.study, source=source, kind="rubric", construct="F1", coder=coder, between={},
        reason=f"Zie {HERS[:50]}", person=person,
    )  # fmt: skip
    run = SuggestionRun.objects.create(
        study=survey.study, codebook_version=survey.study.codebook_versions.get(), parameters={},
        worth={}, n_passages=1, n_sources=1,
    )  # fmt: skip
    Suggestion.objects.create(
        run=run, study=survey.study, code=code, version=corrected, start=start, end=end,
        quote=HERS[:30], score=0.5,
    )  # fmt: skip
    latest = Coding.objects.filter(version=corrected, quote__startswith="De kwik").get()
    Evidence.objects.create(
        study=survey.study, wave=survey.wave, case=case, construct="F1", kind="coding",
        about="answers", source=survey.slug, source_id=f"coding:{latest.uuid}", value=1.0,
    )  # fmt: skip
    return survey, hers, coder


def test_no_table_and_no_file_holds_the_words(used, home):
    _survey, hers, _coder = used
    assert all(tables_holding(word) for word in SECRET)  # so the look itself finds them
    assert files_holding(home, "kwikstaart")
    assert response_withdraw(hers.pk)
    for word in SECRET:
        assert tables_holding(word) == []
        assert files_holding(home, word) == []


def test_what_others_wrote_and_what_was_coded_of_it_stays_where_it_was(used):
    _survey, hers, _coder = used
    before = sorted(Coding.objects.filter(quote=OTHERS).values_list("version", "start", "end"))
    assert len(before) == 3
    response_withdraw(hers.pk)
    assert sorted(Coding.objects.filter(quote=OTHERS).values_list("version", "start", "end")) \
        == before  # fmt: skip
    for one in Coding.objects.filter(start__isnull=False).select_related("version"):
        assert one.quote == one.version.text[one.start : one.end]
    for one in Paragraph.objects.select_related("version"):
        assert one.text == one.version.text[one.start : one.end]
    source = Source.objects.get()
    assert all(OTHERS in one.text for one in source.versions.all())
    kept = original_path(source.sha256).read_text()
    assert OTHERS in kept
    assert "U-hers" not in kept


def test_codings_on_the_words_are_lost_and_the_evidence_is_taken_back_and_logged(used):
    survey, hers, _coder = used
    response_withdraw(hers.pk)
    lost = Coding.objects.filter(anchor=Coding.Anchor.LOST)
    assert lost.count() == 3
    assert set(lost.values_list("quote", "start", "end")) == {("", None, None)}
    assert not Evidence.objects.filter(kind="coding").exists()
    assert Withdrawal.objects.filter(reason="answers_gone").exists()
    assert not Suggestion.objects.exists()
    event = AuditEvent.objects.get(action="answers_erase")
    assert event.object == f"study:{survey.study.slug} survey:{survey.slug} sources:1"
    assert "hers" not in event.object


def test_undo_cannot_bring_the_words_back(used):
    _survey, hers, coder = used
    response_withdraw(hers.pk)
    for _ in range(20):
        try:
            change_undo(coder)
        except Refusal:
            break
    assert tables_holding("kwikstaart") == []


def test_taking_over_again_brings_nothing_back(used):
    survey, hers, _coder = used
    response_withdraw(hers.pk)
    counts = open_answers_to_sources(survey, by_case=False, person=None, origin="test")
    assert counts["new"] == 0
    assert tables_holding("kwikstaart") == []


def test_a_response_without_open_answers_withdraws_as_before(survey_out):
    _survey, asked, case = survey_out
    made = answered(asked, case, "U", "U-stil", {"F1": {"F1.1": 3}})
    assert response_withdraw(made.pk)
    assert not AuditEvent.objects.filter(action="answers_erase").exists()
