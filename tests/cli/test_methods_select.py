"""Does ``rodedraad methods select`` print the choice, and refuse with row, column and cure?"""

import json

import pytest
from click.testing import CliRunner

from rodedraad.cli import commands
from rodedraad.errors import Refusal

UNITS = (
    "name,size,x,y,known",
    "A,small,0,5,yes",
    "B,small,1,3,no",
    "C,small,2,,yes",
    "D,large,10,1,no",
    "E,large,12,2,yes",
    "F,large,15,8,no",
    "G,large,19,9,no",
    "H,large,29,4,no",
)


def run(*arguments):
    result = CliRunner().invoke(
        commands, ["methods", "select", *map(str, arguments)], catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def units(tmp_path):
    return written(tmp_path, *UNITS)


def written(folder, *lines):
    path = folder / "units.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_four_units_on_a_line_give_what_one_works_out_by_hand(tmp_path):
    # x = 0, 1, 2, 10: mean 3.25, variance 62.75 / 4. The two furthest apart are 1 and 4; unit 2
    # is nearest to 1, and 3 is what is left for 4.
    file = written(tmp_path, "x", "0", "1", "2", "10")
    found = json.loads(run(file, "--n", 2, "--figures", "x", "--method", "diverse", "--json"))
    sd = (62.75 / 4) ** 0.5
    assert found["chosen"] == ["1", "4"]
    assert found["reserves"] == {"1": ["2"], "4": ["3"]}
    assert found["proven"] is True
    assert found["balance"][0]["difference"] == pytest.approx((5 - 3.25) / sd)
    assert found["distance"]["spread"]["smallest"] == pytest.approx(10 / sd)
    # Of the six pairs one reaches as far, so about a sixth of random pairs does.
    assert found["distance"]["random"]["smallest"]["p"] == pytest.approx(1 / 6, abs=0.04)


def test_places_are_shared_by_the_largest_remainder_and_told_in_the_sentence(units):
    # 4 x 5/8 = 2.5 and 4 x 3/8 = 1.5: equal remainders, so the larger stratum gets the place.
    arguments = (units, "--case", "name", "--n", 4, "--strata", "size", "--date", "2025-01-01")
    found = json.loads(run(*arguments, "--json"))
    assert found["quota"] == {"large": 3, "small": 1}
    assert sum(name in "ABC" for name in found["chosen"]) == 1
    dutch = found["sentence"]["nl"]
    assert "Uit de 8 gemeenten op 1 januari 2025 zijn er 4 gekozen, door loting" in dutch
    assert "naar size: large 3 van 5, small 1 van 3" in dutch
    assert found["sentence"]["nl"] in run(*arguments)


@pytest.mark.parametrize(
    "method", ["random", "diverse", "typical", "extreme", "pairs", "balanced", "spread"]
)
def test_the_seed_repeats_every_method(units, method):
    arguments = (units, "--n", 4, "--method", method, "--figures", "x", "--seed", 8)
    label = ("--label-column", "known") if method == "pairs" else ()
    first = run(*arguments, *label, "--json")
    assert first == run(*arguments, *label, "--json")
    found = json.loads(first)
    assert len(set(found["chosen"])) == 4
    assert not set(found["chosen"]) & {r for rs in found["reserves"].values() for r in rs}


def test_the_nearest_pairs_that_differ_on_the_label(units):
    # With the label A 0, C 2, E 12; without B 1, D 10, F 15, G 19, H 29. Two pairs of distance 1
    # share B, so the best two are one of them and D-E (2).
    given = ("--method", "pairs", "--figures", "x", "--label-column", "known", "--case", "name")
    chosen = json.loads(run(units, "--n", 4, *given, "--json"))["chosen"]
    assert chosen[1] == "B"
    assert chosen[0] in "AC"
    assert chosen[2:] == ["E", "D"]


def test_without_a_day_the_sentence_names_none_and_fewer_reserves_can_be_printed(units):
    found = json.loads(run(units, "--n", 2, "--reserves", 1, "--json"))
    assert found["sentence"]["nl"].startswith("Uit de 8 gemeenten zijn er 2 gekozen")
    assert found["sentence"]["en"].startswith("From the 8 municipalities, 2 were chosen")
    assert {len(reserves) for reserves in found["reserves"].values()} == {1}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--method", "diverse"), "Name columns with --figures"),
        (("--method", "pairs", "--figures", "x"), "Name its column with --label-column"),
        (("--method", "pairs", "--label-column", "known", "--n", 3), "even number"),
        (("--strata", "sise"), "no column 'sise'. Its columns are: name"),
        (("--case", "size"), "rows 2 and 3 and 4, column 'size': 'small' stands there more"),
        (("--figures", "size"), "row 2, column 'size': 'small' is no number"),
        (("--method", "balanced", "--figures", "y"), "row 4, column 'y': the figure is not known"),
        (("--figures", "x", "--log", "x"), "row 2, column 'x': the figure is 0 or less"),
        (("--figures", "x", "--log", "y"), "--log names 'y'"),
        (("--n", 9), "from 1 to the 8 units of the frame"),
        (
            ("--method", "pairs", "--figures", "x", "--label-column", "x"),
            "row 4, column 'x': '2' cannot be used here. Write yes or no",
        ),
    ],
)
def test_what_cannot_be_chosen_is_refused_with_its_cure(units, arguments, message):
    with pytest.raises(Refusal) as caught:
        run(units, "--n", 4, *arguments)
    assert message in str(caught.value)


def test_two_rows_without_a_figure_in_common_are_named(tmp_path):
    rows = [f"{i},{i * i}" for i in range(6)]
    file = written(tmp_path, "x,y", "4,", *rows, ",7")
    with pytest.raises(Refusal, match="rows 2 and 9: no figure is known for both"):
        run(file, "--n", 2, "--figures", "x,y")
