"""Does ``rodedraad methods relations`` read a CSV, print its findings and name faults?"""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rodedraad.cli import commands
from rodedraad.errors import Refusal

PROVINCES = Path(__file__).parent.parent / "reference" / "relations" / "swiss.csv"


def run(*options: str, file: Path = PROVINCES):
    return CliRunner().invoke(
        commands, ["methods", "relations", str(file), "--bootstraps", "200", *options]
    )


def test_json_has_the_matrix_and_every_relation_with_its_sentence():
    done = run(
        "--factors",
        "Catholic",
        "--outcomes",
        "Fertility",
        "--case",
        "province",
        "--json",
        "--language",
        "nl",
    )
    document = json.loads(done.stdout)
    assert document["matrix"]["cases"][0] == "Courtelary"
    (relation,) = document["relations"]
    assert relation["tested"]["estimate"] == pytest.approx(0.6)
    assert relation["tested"]["p_how"] == "exact"
    assert relation["sentence"].startswith("Catholic hangt samen met Fertility")


def test_the_table_shows_matrix_relations_and_flags():
    done = run(
        *("--factors", "Catholic,Education", "--outcomes", "Fertility"),
        *("--source", "Catholic=census", "--source", "Fertility=census"),
        *("--overlap", "Education,Fertility"),
    )
    assert "goes together with" in done.stdout
    assert "from the same source (census)" in done.stdout
    assert "Education beside Fertility was not tested" in done.stdout


def test_a_cell_that_is_no_number_is_named_with_its_row(tmp_path):
    file = tmp_path / "cases.csv"
    file.write_text("F1,G1\n1,2\nveel,3\n", encoding="utf-8")
    done = run("--factors", "F1", "--outcomes", "G1", file=file)
    assert isinstance(done.exception, Refusal)
    assert "row 3, column 'F1'" in str(done.exception)


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [
        ("--source", "Catholic", "relation_source_form"),
        ("--overlap", "Catholic", "relation_overlap_form"),
    ],
)
def test_an_option_in_another_form_is_refused(option, value, code):
    done = run("--factors", "Catholic", "--outcomes", "Fertility", option, value)
    assert isinstance(done.exception, Refusal)
    assert done.exception.code == code


def test_a_case_that_is_there_twice_is_named_with_its_column(tmp_path):
    file = tmp_path / "cases.csv"
    file.write_text("town,F1,G1\nArnhem,1,2\nArnhem,2,3\n", encoding="utf-8")
    done = run("--factors", "F1", "--outcomes", "G1", "--case", "town", file=file)
    assert "Case 'Arnhem' stands in more than one row of column 'town'" in str(done.exception)
    done = run("--factors", "F1", "--outcomes", "G1", "--case", "F1", file=file)
    assert done.exception.code == "relation_case_column"
