"""Do the commands ``methods ordinal`` and ``methods multilevel`` read a CSV and print a model?"""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rodedraad.cli import commands
from rodedraad.errors import Refusal

REFERENCE = Path(__file__).parent.parent / "reference" / "models"
NUMBERS = json.loads((REFERENCE / "reference.json").read_text(encoding="utf-8"))
WINE = ("--outcome", "rating", "--predictors", "temp,contact")
ANSWERS = ("--outcome", "score", "--predictors", "a,size")


def run(name: str, file: str, *options: str):
    path = REFERENCE / file
    return CliRunner().invoke(commands, ["methods", name, str(path), *options])


def test_ordinal_prints_the_model_as_json():
    document = json.loads(run("ordinal", "wine.csv", *WINE, "--json").stdout)
    assert document["log_likelihood"] == pytest.approx(NUMBERS["wine_clm"]["loglik"])
    assert document["coefficients"][0]["name"] == "temp=warm"
    assert document["coefficients"][0]["interval"]["method"] == "profile likelihood"


def test_ordinal_with_few_groups_is_refused_and_with_a_reason_carries_it():
    refused = run("ordinal", "wine.csv", *WINE, "--group", "judge")
    assert isinstance(refused.exception, Refusal)
    assert refused.exception.code == "model_few_groups"
    done = run("ordinal", "wine.csv", *WINE, "--group", "judge", "--reason", "an example")
    assert "Between 9 of judge: sd 1.135" in done.stdout
    assert "needed (rule: few groups). The reason given: an example" in done.stdout


def test_multilevel_prints_the_share_between_groups():
    document = json.loads(
        run("multilevel", "answers.csv", *ANSWERS, "--group", "case", "--json").stdout
    )
    assert document["shared"] == pytest.approx(NUMBERS["answers_shared"]["shared"], abs=1e-6)
    assert document["n_groups"] == 41


def test_multilevel_without_a_group_is_least_squares():
    done = run("multilevel", "answers.csv", *ANSWERS)
    assert f"R2 {NUMBERS['answers_lm']['r2']:.3f}" in done.stdout


def test_slopes_without_a_group_are_a_fault_of_use():
    assert (
        "--slopes needs --group"
        in run("multilevel", "answers.csv", *ANSWERS, "--slopes", "a").output
    )


def test_a_word_among_numbers_is_named_with_its_row_in_the_file(tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text("score,a\n1,2\n2,veel\n3,4\n", encoding="utf-8")
    done = CliRunner().invoke(
        commands,
        ["methods", "multilevel", str(file), "--outcome", "score", "--predictors", "a"],
    )
    assert isinstance(done.exception, Refusal)
    assert "row 3" in str(done.exception)


@pytest.mark.parametrize("group", [(), ("--group", "case")])
def test_an_outcome_that_follows_exactly_from_the_terms_is_refused_with_the_cure(tmp_path, group):
    file = tmp_path / "exact.csv"
    rows = [f"{2 * x + 1},{x},c{k % 12}" for k, x in enumerate([1, 5, 3, 8, 2, 9, 4] * 12)]
    file.write_text("y,x,case\n" + "\n".join(rows) + "\n", encoding="utf-8")
    options = ["--outcome", "y", "--predictors", "x", *group, "--reason", "an example"]
    done = CliRunner().invoke(commands, ["methods", "multilevel", str(file), *options])
    assert isinstance(done.exception, Refusal)
    assert done.exception.code == "model_exact"
    assert "'y' follows exactly from x" in str(done.exception)
    assert "Leave out the terms" in str(done.exception)
