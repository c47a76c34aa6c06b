"""Do the commands on a CSV print the numbers of the methods, and say which cell is wrong?"""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rodedraad.cli import commands
from rodedraad.errors import Refusal

REFERENCE = Path(__file__).parent.parent / "reference"
BFI = REFERENCE / "scales" / "bfi.csv"
COHESION = REFERENCE / "aggregation" / "cohesion.csv"
CLUSTERED = REFERENCE / "weights" / "apiclus1.csv"
POPULATION = "variable,category,count\nstype,E,4421\nstype,H,755\nstype,M,1018\n"


def numbers_of(kind):
    return json.loads((REFERENCE / kind / "reference.json").read_text(encoding="utf-8"))


def printed(*arguments):
    result = CliRunner().invoke(commands, ["methods", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_scale_prints_the_reliability_of_the_reference_as_json():
    expected = numbers_of("scales")["scales"]["agree"]
    found = json.loads(
        printed(
            "scale", BFI, "--items", "A1,A2,A3,A4,A5", "--reversed", "A1", "--high", 6,
            "--bootstraps", 100, "--polychoric", "--parallel", "--json",
        )
    )  # fmt: skip
    assert found["reliability"]["alpha"] == pytest.approx(expected["alpha"], abs=1e-10)
    assert found["scores"]["n_scored"] < found["scores"]["n_respondents"] == 2800
    assert None in found["scores"]["scores"]  # a score that does not exist is null
    assert len(found["polychoric"]["correlations"]) == 5
    assert found["parallel"]["n_components"] == 1


def test_scale_prints_a_table_for_people():
    text = printed(
        "scale", BFI, "--items", "A1,A2,A3", "--reversed", "A1", "--high", 6, "--bootstraps", 0
    )
    assert "alpha without" in text
    assert "R A1" in text


def test_aggregate_prints_what_may_be_shown_and_nothing_else():
    arguments = (
        "aggregate", COHESION, "--case", "UNIT", "--role", "PLATOON",
        "--items", "COH01,COH02,COH03,COH04,COH05",
    )  # fmt: skip
    found = json.loads(printed(*arguments, "--null", "uniform", "--json"))
    first, second = found["cases"]
    assert (first["n"], first["suppressed"]) == (6, False)
    assert [role["value"] for role in first["by_role"]] == [None, None]
    assert first["role_gap"] is None
    assert second["agreement"]["by_null"][0]["null"] == "uniform"
    assert found["icc"]["n_cases"] == 2
    hidden = json.loads(printed(*arguments, "--min-published", 6, "--json"))["cases"][1]
    assert (hidden["value"], hidden["sd"], hidden["agreement"]) == (None, None, None)
    assert "ICC(1)" in printed(*arguments)


def test_weights_prints_the_estimate_of_the_reference_and_writes_the_weights(tmp_path):
    expected = numbers_of("weights")["poststrat"]
    population, out = tmp_path / "population.csv", tmp_path / "weighted.csv"
    population.write_text(POPULATION)
    arguments = (
        "weights", CLUSTERED, "--population", population, "--base", "pw", "--value", "api00",
        "--clusters", "dnum", "--stratum-size", "fpc", "--out", out,
    )  # fmt: skip
    found = json.loads(printed(*arguments, "--json"))
    assert found["weights"]["values"] == pytest.approx(expected["weights"])
    assert found["estimate"]["value"] == pytest.approx(expected["mean"]["est"])
    assert found["estimate"]["standard_error"] == pytest.approx(expected["mean"]["se"])
    lines = out.read_text().splitlines()
    assert lines[0].endswith(",weight")
    assert float(lines[1].split(",")[-1]) == pytest.approx(expected["weights"][0])
    assert "post-stratification: 183 respondents" in printed(*arguments)


def test_combine_reads_semicolons_and_decimal_commas(tmp_path):
    file = tmp_path / "sources.csv"
    file.write_text("gemeente;vragen;gesprek;stuk\na;0,4;2;3\nb;0,5;;1\n")
    arguments = (
        "combine", file, "--case", "gemeente", "--survey", "vragen", "--interview", "gesprek",
        "--document", "stuk",
    )  # fmt: skip
    found = json.loads(printed(*arguments, "--json"))
    assert [case["contradictory"] for case in found["cases"]] == [True, False]
    assert found["cases"][0]["sources"][0] == {"source": "survey", "value": 0.4}
    assert "contradictory" in printed(*arguments)


REFUSED = [
    ("a,b\n1,2\n3,x\n", "scale", "row 3: Item 'b'.*'x'"),
    ("a,b\n1,2\n9,2\n", "scale", "row 3: Item 'a'"),
    ("a,c\n1,2\n", "scale", "no column 'b'. Its columns are: a, c"),
    ("a,b\n1\n", "scale", "row 2: 1 cells"),
    ("a,a\n1,2\n", "scale", "'a' is blank or stands there twice"),
    ("a,b\n", "scale", "no rows below"),
    ("case,a,b\nx,1,2\n,2,3\n", "aggregate", "row 3, column 'case': nothing"),
    ("case,s\nx,much\n", "combine", "row 2, column 's': 'much' is no number"),
    ("stype,w\nE,1\nH,-1\nM,1\n", "weights", "row 3: .*has weight -1"),
    ("stype,w\nE,1\nH,1\n", "weights", "nobody in the sample is 'M'"),
]


@pytest.mark.parametrize(("text", "name", "says"), REFUSED)
def test_a_file_that_is_wrong_is_refused_with_row_column_and_cure(tmp_path, text, name, says):
    file, population = tmp_path / "file.csv", tmp_path / "population.csv"
    file.write_text(text)
    population.write_text(POPULATION)
    options = {
        "scale": ["--items", "a,b"],
        "aggregate": ["--case", "case", "--items", "a,b"],
        "combine": ["--case", "case", "--survey", "s"],
        "weights": ["--population", population, "--base", "w"],
    }
    with pytest.raises(Refusal, match=says):
        printed(name, file, *options[name])


def test_a_file_in_another_encoding_and_a_category_given_twice_are_refused(tmp_path):
    file = tmp_path / "file.csv"
    file.write_bytes("a,b\n1,\xe9\n".encode("latin-1"))
    with pytest.raises(Refusal, match="not UTF-8"):
        printed("scale", file, "--items", "a,b")
    population = tmp_path / "population.csv"
    population.write_text(POPULATION + "stype,E,5\n")
    with pytest.raises(Refusal, match="row 5: stype 'E' stands there twice"):
        printed("weights", CLUSTERED, "--population", population)


def test_stratum_sizes_that_differ_within_a_stratum_are_refused(tmp_path):
    file, population = tmp_path / "file.csv", tmp_path / "population.csv"
    file.write_text("stype,size\nE,9\nE,8\nH,9\nM,9\n")
    population.write_text(POPULATION)
    with pytest.raises(Refusal, match="one size per stratum"):
        printed("weights", file, "--population", population, "--stratum-size", "size")


def test_weights_that_cannot_fit_within_the_bounds_are_refused_with_the_cure(tmp_path):
    file, population, out = (tmp_path / name for name in ("in.csv", "population.csv", "out.csv"))
    file.write_text("size\n" + "small\n" * 18 + "large\n" * 2, encoding="utf-8")
    population.write_text("variable,category,count\nsize,small,10\nsize,large,90\n", "utf-8")
    options = ("--population", population, "--out", out)
    with pytest.raises(Refusal, match="population of size: .*% off. Widen --trim") as refused:
        printed("weights", file, *options, "--trim", 0.9, 1.1)
    assert refused.value.code == "weights_not_converged"
    assert not out.exists()
    assert "Design effect" in printed("weights", file, *options)
