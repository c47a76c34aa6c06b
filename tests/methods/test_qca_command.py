"""Does the command ``methods qca`` read a file, print what was asked and refuse in one sentence?"""

import json

import pytest
from click.testing import CliRunner
from qca_reference import FOLDER, SETS, expectations, expected, models_of

from rodedraad.cli.methods.qca import command
from rodedraad.errors import Refusal

LIPSET = [
    str(FOLDER / "lipset_crisp_LC.csv"),
    *("--outcome", "SURV", "--conditions", "DEV,URB,LIT,IND,STB"),
    *("--incl-cut", "1", "--n-cut", "1", "--pri-cut", "0"),
]


def printed(*arguments):
    return CliRunner().invoke(command, arguments, catch_exceptions=False).output


def document(*arguments):
    return json.loads(printed(*arguments, "--json"))


def sets(solution):
    return {frozenset(model) for model in solution["models"]}


@pytest.mark.parametrize("name", SETS)
def test_the_command_gives_the_published_models_and_truth_table(name):
    reference = expected(name)
    found = document(
        str(FOLDER / f"{name}.csv"),
        *("--outcome", reference["outcome"], "--conditions", ",".join(reference["conditions"])),
        *("--incl-cut", str(reference["incl_cut"]), "--n-cut", str(reference["n_cut"])),
        *("--expect", ",".join(expectations(reference))),
    )
    for kind in ("conservative", "parsimonious"):
        assert sets(found[kind]) == models_of(reference[kind])
        assert len(found[kind]["fit"]) == len(found[kind]["models"])
    if "intermediate" in reference:
        wanted = set.union(*(models_of(pair) for pair in reference["intermediate"].values()))
        assert sets(found["intermediate"]) == wanted
    fixed = ("OUT", "n", *reference["conditions"])
    assert [[str(row[key]) for key in fixed] for row in found["truth_table"]] == [
        [str(row[key]) for key in fixed] for row in reference["truth_table"]
    ]


def test_the_example_prints_the_published_solution():
    found = document(*LIPSET, "--expect", "DEV,URB")
    assert found["parsimonious"]["models"] == [["DEV*STB"]]
    assert found["intermediate"]["models"] == [["DEV*LIT*STB"]]
    assert found["conservative"]["fit"][0]["terms"][0]["raw_coverage"] == 0.5
    assert found["truth_table"][21]["cases"] == ["FI", "IE"]
    assert found["truth_table"][2]["incl"] is None


def test_everything_else_that_can_be_asked_for_is_in_the_document():
    found = document(
        *(str(FOLDER / "lipset_raw_LR.csv"), "--outcome", "SURV", "--conditions", "DEV,URB,LIT"),
        *("--calibrate", "DEV=400,550,900", "--calibrate", "URB=linear:25,50,65"),
        *("--calibrate", "LIT=cluster:1", "--calibrate", "SURV=-9,0,10", "--incl-cut", "0.8"),
        *("--impossible", "DEV*~LIT", "--necessary", "LIT", "--enhanced", "--negated", "--cases"),
        *("--robust-incl", "0.75,0.9", "--robust-n", "2"),
    )
    assert found["calibrated"]["LIT"]["anchors"] == pytest.approx([66.95])
    assert found["calibrated"]["DEV"]["method"] == "direct"
    assert found["negated"]["outcome"] == "~SURV"
    assert found["parsimonious"]["cases"][0]["model"][0]["case"] == "AU"
    assert len(found["robustness"]["parsimonious"]["variants"]) == 5
    assert found["assumed"]["impossible"] == ["DEV*~LIT"]


def test_groups_of_cases_are_tested_per_term():
    found = document(
        *(str(FOLDER / "schneider_SCHLF_long.csv"), "--outcome", "EXPORT"),
        *("--conditions", "EMP,BARGAIN,UNI", "--incl-cut", "0.8", "--group", "YEAR"),
    )
    groups = found["groups"]["EMP*~BARGAIN"]["groups"]
    assert [group["group"] for group in groups] == ["1990", "1995", "1999", "2003"]
    assert [group["n"] for group in groups] == [19] * 4


def test_a_person_reads_the_table_the_models_the_fit_and_the_notices():
    text = printed(*LIPSET, "--expect", "DEV,URB", "--cases", "--negated", "--robust-incl", "0.9")
    for part in (
        "Truth table of SURV: 18 cases",
        "M1: DEV*~URB*LIT*STB + DEV*LIT*IND*STB",
        "Parsimonious solution: models 1",
        "typical: BE, CZ",
        "rows of the truth table have no cases",
        "The absence of the outcome",
        "the same models in 1.000 of 1 variants",
    ):
        assert part in text


def test_too_many_conditions_are_refused_until_a_reason_is_given(tmp_path):
    few = tmp_path / "few.csv"
    lines = (FOLDER / "lipset_crisp_LC.csv").read_text().splitlines()
    few.write_text("\n".join(lines[:17]) + "\n")
    arguments = (str(few), *LIPSET[1:])
    with pytest.raises(Refusal, match="5 conditions are too many for 16 cases"):
        printed(*arguments)
    reason = "The theory names five conditions"
    found = document(*arguments, "--override", reason)
    assert reason in [notice["context"].get("reason") for notice in found["notices"]]


def test_a_column_called_as_a_heading_is_still_found_under_levels(tmp_path):
    file = tmp_path / "n.csv"
    file.write_text("n,B,Y\n1,0,1\n0,0,0\n")
    found = document(str(file), "--outcome", "Y", "--conditions", "n,B")
    assert [(row["n"], row["levels"]["n"]) for row in found["truth_table"] if row["n"]] == [
        (1, 0),
        (1, 1),
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--calibrate", "DEV=1,2"], "is not clear"),
        (["--calibrate", "DEV=a,b,c"], "must be numbers"),
        (["--calibrate", "GDP=1,2,3"], "no column 'GDP'"),
        (["--calibrate", "DEV=3,2,9"], "The anchors cross"),
        (["--group", "region"], "no column 'region'"),
        (["--robust-incl", "high"], "must be numbers"),
        (["--expect", "GDP"], "names no condition"),
    ],
)
def test_an_option_that_cannot_be_used_is_refused(arguments, message):
    with pytest.raises(Refusal, match=message):
        printed(*LIPSET, *arguments)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("300,100,500", "Column 'A', --calibrate A=300,100,500: The anchors cross.* Let them rise"),
        ("100,nan,500", "--calibrate A=100,nan,500: '100,nan,500' must be numbers"),
        ("gap:nan", "must be numbers"),
        ("cluster:4", "Column 'A'.* different figures, 4. Got 4. Ask another number"),
        ("crisp:5,3", "Column 'A'.* rise without ties. Got 5, 3. Sort them"),
        ("crisp:", "Column 'A'.* Got none"),
    ],
)
def test_a_refused_calibration_names_its_column_and_the_cure(tmp_path, how, said):
    file = tmp_path / "cases.csv"
    file.write_text("case,A,Y\np,100,0\nq,200,1\nr,300,1\ns,400,0\n", encoding="utf-8")
    with pytest.raises(Refusal, match=said):
        printed(str(file), "--outcome", "Y", "--conditions", "A", "--calibrate", f"A={how}")


@pytest.mark.parametrize("how", ["100,200,300", "gap:1", "crisp:200"])
def test_a_blank_figure_to_calibrate_is_named_with_its_row_in_the_file(tmp_path, how):
    file = tmp_path / "cases.csv"
    file.write_text("case,A,Y\np,100,0\nq,,1\nr,300,1\n", encoding="utf-8")
    with pytest.raises(Refusal, match=r"cases.csv, row 3, column 'A': 1 of 3 cells hold no figure"):
        printed(str(file), "--outcome", "Y", "--conditions", "A", "--calibrate", f"A={how}")
