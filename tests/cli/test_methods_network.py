"""Does ``rodedraad methods network`` print what the methods give, and refuse what does not fit?"""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rodedraad.cli import commands
from rodedraad.errors import Refusal

REFERENCE = Path(__file__).parent.parent / "reference" / "positions"
MEASURES = json.loads((REFERENCE / "measures.json").read_text(encoding="utf-8"))
MARRIAGE = REFERENCE / "florentine_marriage.csv"


def run(*arguments):
    result = CliRunner().invoke(
        commands, ["methods", "network", *map(str, arguments)], catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    return result.output


def nodes_of(path, folder, column, values):
    names = path.read_text(encoding="utf-8").splitlines()[0].replace('"', "").split(",")[1:]
    rows = [f"{name},{value}" for name, value in zip(names, values, strict=True)]
    found = folder / "nodes.csv"
    found.write_text("\n".join((f"node,{column}", *rows)) + "\n", encoding="utf-8")
    return found


def test_roles_between_sponsors_are_printed_and_equal_sna(tmp_path):
    file = REFERENCE / "emon_Cheyenne.csv"
    expected = MEASURES["emon_Cheyenne"]
    nodes = nodes_of(file, tmp_path, "sponsor", expected["sponsorship"])
    options = ("--directed", "--nodes", nodes, "--group", "sponsor", "--permutations", 100)
    found = json.loads(run(file, *options, "--json"))
    assert found["brokerage"]["network_counts"] == list(expected["brokerage_total"].values())
    assert found["whole"]["density"] == pytest.approx(expected["density"], abs=1e-10)
    text = run(file, *options)
    assert "liaison" in text
    assert "group assortativity" in text


def test_the_core_is_named_and_undefined_figures_are_null_not_nan():
    text = run(MARRIAGE, "--classes", 3)
    assert "Core: Guadagni, Medici, Strozzi" in text
    found = json.loads(run(MARRIAGE, "--json"))
    assert found["whole"]["reciprocity_ties"] is None
    assert found["whole"]["n_ties"] == 20


def test_reports_with_silent_actors_give_both_sets_of_ties_or_a_refusal(tmp_path):
    nodes = nodes_of(MARRIAGE, tmp_path, "answered", ["ja"] * 12 + ["nee"] * 4)
    text = run(MARRIAGE, "--nodes", nodes, "--responded", "answered")
    assert "Ties: union; 12 of 16 actors answered" in text
    assert "Ties: confirmed" in text
    assert "Notice: Of 6 of 120 pairs neither end answered" in text
    nodes = nodes_of(MARRIAGE, tmp_path, "answered", ["ja"] * 11 + ["nee"] * 5)
    with pytest.raises(Refusal, match="70%"):
        run(MARRIAGE, "--nodes", nodes, "--responded", "answered")


def test_a_table_of_units_and_groups_gives_nestedness_and_closure():
    file = REFERENCE / "southern_women.csv"
    found = json.loads(run(file, "--two-mode", "--permutations", 20, "--json"))
    expected = MEASURES["southern_women"]["clustering_opsahl_tm"]
    assert found["closure"]["closure"] == pytest.approx(expected, abs=1e-10)
    assert found["nestedness"]["permutations"] == 20


@pytest.mark.parametrize("outcome", ["binary", "count", "number"])
def test_ties_are_explained_by_other_networks(outcome):
    text = run(
        MARRIAGE,
        *("--predictor", f"business={REFERENCE / 'florentine_business.csv'}"),
        *("--outcome", outcome, "--permutations", 100),
    )
    assert text.splitlines()[2].startswith("business")
    assert "16 nodes, 120 pairs, 0 missing" in text


def test_files_that_do_not_fit_are_refused_with_the_cure(tmp_path):
    with pytest.raises(Refusal, match="same order"):
        run(REFERENCE / "southern_women.csv")
    with pytest.raises(Refusal, match="--nodes"):
        run(MARRIAGE, "--group", "sponsor")
    with pytest.raises(Refusal, match="a file that is there"):
        run(MARRIAGE, "--predictor", "business")
    short = tmp_path / "short.csv"
    short.write_text("node,sponsor\nMedici,a\n", encoding="utf-8")
    with pytest.raises(Refusal, match="no row for node 'Acciaiuoli'"):
        run(MARRIAGE, "--nodes", short, "--group", "sponsor")


def square(folder, rows, names="abcde", corner=""):
    file = folder / "ties.csv"
    lines = [",".join((corner, *names))]
    lines += [",".join((name, *row.split())) for name, row in zip(names, rows, strict=True)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


RING = ["0 1 0 0 1", "1 0 1 0 0", "0 1 0 1 0", "0 0 1 0 1", "1 0 0 1 0"]


def test_the_table_that_r_writes_with_a_blank_first_cell_is_read(tmp_path):
    blank = json.loads(run(square(tmp_path, RING), "--json"))
    assert blank == json.loads(run(square(tmp_path, RING, corner="node"), "--json"))
    assert blank["names"] == list("abcde")


def test_ties_of_a_node_with_itself_are_named_and_change_no_figure(tmp_path):
    plain = json.loads(run(square(tmp_path, RING), "--json"))
    with_self = ["1 1 0 0 1", *RING[1:4], "1 0 0 1 2"]
    file = square(tmp_path, with_self)
    found = json.loads(run(file, "--json"))
    assert found["notices"][0]["context"] == {"nodes": ["a", "e"]}
    assert found["whole"] == plain["whole"]
    assert "Ties of a node with itself are left out: a, e." in run(file)


@pytest.mark.parametrize(
    ("tie", "density", "measures"),
    [("0", 0, {"Core and periphery", "Degree assortativity"}), ("1", 1, {"Core and periphery"})],
)
def test_an_empty_or_complete_network_is_measured_as_far_as_it_goes(
    tmp_path, tie, density, measures
):
    file = square(tmp_path, [" ".join(tie * 5)] * 5)
    found = json.loads(run(file, "--classes", 2, "--json"))
    assert found["whole"]["density"] == density
    assert {one["context"]["measure"] for one in found["impossible"]} == measures
    assert "Notice: Core and periphery cannot be measured here." in run(file)


def test_refusals_name_nodes_and_options_of_the_command(tmp_path):
    crooked = ["0 1 0 0 1", "0 0 1 0 0", *RING[2:]]
    with pytest.raises(Refusal, match="'a' to 'b' is 1 and 'b' to 'a' is 0. Give --directed"):
        run(square(tmp_path, crooked))
    other = tmp_path / "other"
    other.mkdir()
    chain = ["0 1 0 0 0", "1 0 1 0 0", "0 1 0 1 0", "0 0 1 0 1", "0 0 0 1 0"]
    with pytest.raises(Refusal, match="'a' to 'b' is 1 .* Give --directed"):
        predictor = square(other, crooked)
        run(square(tmp_path, chain), "--predictor", f"near={predictor}", "--permutations", 20)
    with pytest.raises(Refusal, match="the tie from 'b' to 'c' is blank.* --responded"):
        run(square(tmp_path, [RING[0], "1 0 NA 0 0", *RING[2:]]))
    nodes = tmp_path / "nodes.csv"
    nodes.write_text("node,size\na,1\nb,2\nc,\nd,3\ne,4\n", encoding="utf-8")
    with pytest.raises(Refusal, match="Node 'c' has no number"):
        run(square(tmp_path, RING), "--nodes", nodes, "--value", "size")
