"""A file of answers, scores and measures: read in two forms, checked first, added whole or not."""

import csv
import io
from pathlib import Path

import polars as pl
import pytest
from django.utils.translation import override

from rodedraad.accounts.models import AuditEvent
from rodedraad.assessment.evidence import EvidenceRefusal
from rodedraad.assessment.evidence_file import FORMS, example_rows, file_add, file_check
from rodedraad.assessment.evidence_file.command import file_bring_in
from rodedraad.assessment.models import Evidence
from rodedraad.studies.actions import frame_fill, study_create
from rodedraad.studies.models import Wave
from rodedraad.studies.template import template_load

UNITS = (("GM0003", "Appingedam"), ("GM0010", "Delfzijl"))
LONG = "case,kind,construct,item,source_type,role,respondent,raw,source,source_id\n"


@pytest.fixture
def wave(db: None) -> Wave:
    """Return the wave of a study on change factors in two municipalities."""
    study = study_create(
        template=template_load("change-factors"), slug="factoren", person=None, origin="test"
    )
    frame_fill(study, UNITS)
    return study.waves.get()


def add(wave: Wave, text: str, **other: str) -> int:
    """Add a file and return how many rows are new."""
    return file_add(wave, text.encode(), person=None, origin="test", **other).new


def told(wave: Wave, content: str | bytes) -> list[tuple[int, str, str]]:
    """Return row, column and code of the faults of a file that is refused, with nothing added."""
    content = content.encode() if isinstance(content, str) else content
    with pytest.raises(EvidenceRefusal) as refused:
        file_add(wave, content, person=None, origin="test")
    assert Evidence.objects.count() == 0
    return [(fault.row, fault.column, fault.code) for fault in refused.value.faults]


def rows(*columns: str) -> list[tuple[object, ...]]:
    """Return these columns of all rows, oldest first."""
    return list(Evidence.objects.order_by("pk").values_list(*columns))


def test_a_row_of_each_kind_comes_in_and_the_audit_log_says_so(wave: Wave) -> None:
    text = (
        f"{LONG}GM0003,answer,,F1.4,,U,R1,5,survey,1\n"
        "Delfzijl,rubric,F1,,document,,,3,plan,p1\nGM0010,measure,B1,,interview,,,2,talk,t1\n"
    )
    assert add(wave, text) == 3
    assert rows("case__unit_code", "kind", "construct", "about", "value") == [
        ("GM0003", "answer", "F1", "F1.4", 0),
        ("GM0010", "rubric", "F1", "document", 1),
        ("GM0010", "measure", "B1", "interview", 0.5),
    ]
    event = AuditEvent.objects.get(action="evidence_added")
    assert event.object.startswith("study:factoren 3 rows file ")


def test_dutch_headings_words_and_a_semicolon_are_read_like_english(wave: Wave) -> None:
    text = (
        "Gemeente;Soort;Stelling;Rol;Pseudoniem;Antwoord;Bron;Bron_id\r\n"
        "appingedam;antwoord;F1.1;Uitvoerder;R1;Eens;enquête;1\r\n"
        "appingedam;antwoord;F1.2;U;R1;Weet ik niet;enquête;1\r\n"
        "appingedam;antwoord;F1.3;U;R1;n.v.t.;enquête;1\r\n"
        "appingedam;antwoord;F1.4;U;R1;;enquête;1\r\n"
        ";;;;;;;\r\n"
    )
    assert add(wave, text) == 4
    assert rows("about", "role", "raw", "missing", "source") == [
        ("F1.1", "U", 4, "", "enquête"),
        ("F1.2", "U", None, "dont_know", "enquête"),
        ("F1.3", "U", None, "not_applicable", "enquête"),
        ("F1.4", "U", None, "unanswered", "enquête"),
    ]


def test_one_respondent_on_a_row_gives_an_answer_for_each_item_that_was_asked(wave: Wave) -> None:
    text = (
        "id,case,role,respondent,F1.1,F1_4 Het overkomt ons,Opmerking\n"
        "8,GM0003,U,R1,4,2,mooi\n9,GM0003,D,R2,5,,\n10,GM0003,U,R3,weet niet,,\n"
    )
    checked = file_check(wave, text.encode(), source="enquete")
    assert (checked.form, checked.new, checked.unused) == ("wide", 5, ("id", "Opmerking"))
    assert (checked.n_respondents, checked.n_cases) == (3, 1)
    assert checked.by_missing == {"dont_know": 1, "unanswered": 1}
    assert Evidence.objects.count() == 0
    assert add(wave, text, source="enquete") == 5
    assert rows("respondent", "about", "value", "missing", "source_id") == [
        ("R1", "F1.1", 0.75, "", "R1"),
        ("R1", "F1.4", 0.75, "", "R1"),
        ("R2", "F1.1", 1, "", "R2"),  # directors are not asked F1.4
        ("R3", "F1.1", None, "dont_know", "R3"),
        ("R3", "F1.4", None, "unanswered", "R3"),
    ]


def test_the_same_file_again_adds_nothing(wave: Wave) -> None:
    text = f"{LONG}GM0003,answer,,F1.4,,U,R1,5,survey,1\n"
    assert (add(wave, text), add(wave, text)) == (1, 0)


def test_a_parquet_file_is_read_as_a_csv_file_is(wave: Wave) -> None:
    file = io.BytesIO()
    pl.DataFrame({"case": ["GM0003"], "role": ["U"], "respondent": ["R1"], "F1.1": [4.0]}
                 ).write_parquet(file)  # fmt: skip
    file_add(wave, file.getvalue(), source="enquete", person=None, origin="test")
    assert rows("about", "raw") == [("F1.1", 4)]


def test_every_fault_is_told_with_row_column_as_in_the_file_and_cure(wave: Wave) -> None:
    text = (
        "gemeente,soort,stelling,rol,respondent,antwoord,bron,bron_id\n"
        "GM0003,answer,F1.1,U,R1,4,survey,1\n"
        "GM0999,answer,F1.1,U,R2,veel,survey,2\n"
        "GM0003,vote,F1.1,U,Jan Jansen,7,survey,\n"
    )
    assert told(wave, text) == [
        (3, "antwoord", "missing_unknown"),
        (3, "gemeente", "case_unknown"),
        (4, "bron_id", "source_id_missing"),
        (4, "respondent", "respondent_named"),
        (4, "soort", "kind_unknown"),
    ]
    with pytest.raises(EvidenceRefusal) as refused:
        file_check(wave, text.encode())
    with override("nl"):
        for fault in refused.value.faults:
            assert fault.problem
            assert fault.cure


def test_a_fault_in_a_wide_file_names_the_heading_of_the_item(wave: Wave) -> None:
    text = "case,role,respondent,source,F1.1,F9.9\nGM0003,U,R1,s,6,1\n"
    assert told(wave, text) == [(2, "F1.1", "raw_outside"), (2, "F9.9", "item_unknown")]


def test_what_is_wrong_with_a_respondent_is_told_once_and_not_for_every_item(wave: Wave) -> None:
    text = "case,role,respondent,source,F1.1,F1.2\nGM0003,Q,Jan,s,4,2\n"
    assert told(wave, text) == [(2, "respondent", "respondent_named"), (2, "role", "role_unknown")]


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (b"", [(0, "", "no_rows")]),
        (b"\n\n", [(0, "", "no_rows")]),
        (LONG.encode(), [(0, "", "no_rows")]),
        (b"case,role\nGM0003,\xff\n", [(2, "", "not_utf8")]),
        (b"PAR1nonsense", [(0, "", "not_readable")]),
        (b"case,Case\nGM0003,x\n", [(1, "Case", "column_twice")]),
        (b"case,role,F1.1\nGM0003,U,4,5\n", [(2, "", "ragged")]),
        (b"case,F1.1\nGM0003,4\n",
         [(1, "respondent", "column_missing"), (1, "role", "column_missing"),
          (1, "source", "source_missing")]),
        (b"naam,leeftijd\nx,4\n",
         [(1, "case", "column_missing"), (1, "kind", "column_missing"),
          (1, "raw", "column_missing"), (1, "source", "source_missing"),
          (1, "source_id", "column_missing")]),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_table_is_refused(
    wave: Wave, content: bytes, faults: list[tuple[int, str, str]]
) -> None:
    assert told(wave, content) == faults


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_the_template_of_each_form_can_be_brought_in_as_it_is(
    wave: Wave, form: str, language: str
) -> None:
    with override(language):
        headings, examples = example_rows(wave, form)
    text = io.StringIO()
    csv.writer(text).writerows([headings, *examples])
    checked = file_check(wave, text.getvalue().encode())
    assert checked.form == form
    assert checked.unused == ()
    assert checked.by_kind == (
        {"answer": 2, "measure": 1, "rubric": 2} if form == "long" else {"answer": checked.new}
    )


def test_the_command_tells_the_same_whether_it_only_checks_or_adds(
    wave: Wave, tmp_path: Path
) -> None:
    file = tmp_path / "antwoorden.csv"
    file.write_text("case,role,respondent,F1.1,bijnaam\nGM0003,U,R1,4,x\nGM0010,U,R2,nvt,y\n")
    told = {check: file_bring_in(file, "factoren", "2015", source="enquete", check=check)
            for check in (True, False)}  # fmt: skip
    assert told[True] | {"added": True} == told[False]
    assert told[False] == {
        "study": "factoren", "wave": "2015", "form": "wide", "added": True, "new": 2, "known": 0,
        "kinds": {"answer": 2}, "missing": {"not_applicable": 1}, "cases": 2, "respondents": 2,
        "unused_columns": ["bijnaam"],
    }  # fmt: skip
    assert Evidence.objects.count() == 2
