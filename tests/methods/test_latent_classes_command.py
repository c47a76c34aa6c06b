"""Does the command ``methods latent-classes`` read a CSV and print models?"""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rodedraad.cli import commands
from rodedraad.errors import Refusal

REFERENCE = Path(__file__).parent.parent / "reference" / "latent_classes"
POLCA = json.loads((REFERENCE / "polca.json").read_text(encoding="utf-8"))
CARCINOMA = ("carcinoma.csv", "--categories", "A,B,C,D,E,F,G", "--starts", "4")
CHEATING = ("cheating.csv", "--categories", "LIEEXAM,LIEPAPER,FRAUD,COPYEXAM", "--starts", "4")


def run(file: str | Path, *options: str):
    path = REFERENCE / file
    return CliRunner().invoke(commands, ["methods", "latent-classes", str(path), *options])


def test_one_model_is_printed_as_json():
    document = json.loads(run(*CARCINOMA, "--classes", "3", "--json").stdout)
    assert document["fit"]["log_likelihood"] == pytest.approx(POLCA["carcinoma3"]["llik"])
    assert document["shares"][0]["estimate"] == pytest.approx(POLCA["carcinoma3"]["P"][0], abs=1e-4)
    assert len(document["members"]["posteriors"]) == 118
    assert {notice["code"] for notice in document["notices"]} == {"at_boundary"}


def test_several_numbers_of_classes_are_compared_and_tested():
    options = ("--classes", "1-3", "--bootstraps", "19")
    document = json.loads(run(*CARCINOMA, *options, "--json").stdout)
    assert document["lowest"]["bic"] == 3
    assert [test["p"] for test in document["bootstraps"]] == [0.05, 0.05]
    printed = run(*CARCINOMA, *options).stdout
    assert "bic at 3 classes" in printed
    assert "3 against 2 classes: likelihood ratio 47.104, p 0.0500" in printed


def test_classes_are_laid_beside_labels_numbers_and_types():
    beside = ("--labels", "GPA", "--means", "GPA", "--rule", "GPA", "--classes", "2")
    done = run(*CHEATING, *beside)
    assert "Share of each class by GPA (315 respondents)" in done.stdout
    assert "Mean of GPA per class (315 respondents)" in done.stdout
    assert "Notice: Types that go with no class: " in done.stdout
    document = json.loads(run(*CHEATING, *beside, "--json").stdout)
    assert document["labels"][0]["n_missing"] == 4
    assert document["rule"]["pairs"] == [2, 1, None, None, None]


def test_each_case_is_printed_with_its_class(tmp_path):
    file = tmp_path / "cases.csv"
    rows = [f"case {i},{'yes' if i < 6 else 'no'},{1.5 if i < 6 else 4},{i % 2}" for i in range(10)]
    file.write_text("\n".join(["name,A1,score,other", *rows, "case 10,,,"]) + "\n")
    done = run(
        file, "--categories", "A1,other", "--numbers", "score", "--classes", "2", "--case", "name"
    )
    assert done.exit_code == 0
    lines = [line.split() for line in done.stdout.splitlines() if line.startswith("case ")]
    classes = [line[2] for line in lines if line[1].isdigit()]
    assert classes == ["1"] * 6 + ["2"] * 4 + ["-"]
    assert "Notice: Rows without any answer, which are in no class: 1." in done.stdout


def test_a_wrong_answer_is_named_with_its_row_in_the_file(tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text("A,B\n1,2\n7,1\n2,2\n")
    done = run(file, "--categories", "A,B", "--levels", "1,2,3", "--classes", "2")
    assert isinstance(done.exception, Refusal)
    assert "row 3" in str(done.exception)
    assert "none of the levels 1, 2, 3" in str(done.exception)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--classes", "two"), "Write 3 or 1-8"),
        (("--classes", "1-3", "--rule", "GPA"), "need one number of --classes"),
    ],
)
def test_a_fault_of_use_is_told(options, sentence):
    assert sentence in run(*CHEATING, *options).output
