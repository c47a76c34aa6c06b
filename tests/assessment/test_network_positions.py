"""Positions in a network: a small network worked out by hand, its page, file and notebook."""

import polars as pl
import pytest

from rodedraad.assessment.conclusions.positions import network_positions
from rodedraad.assessment.position_runs import positions_make
from rodedraad.assessment.positions_shown import positions_snippet
from rodedraad.errors import Refusal
from rodedraad.studies.models import Study


def ties(*pairs: str) -> pl.DataFrame:
    """Return rows in which the two letters of each pair share an arrangement; A-C in province 1."""
    rows = [(case, f"samen/{pair}") for pair in pairs for case in pair]
    rows += [(case, "provincie/1" if case in "ABC" else "provincie/2") for case in "ABCDEF"]
    return pl.DataFrame(rows, schema=["case", "about"], orient="row")


def found(*pairs: str) -> dict:
    return network_positions(ties(*pairs), kinds=["samen"], least=1, division="provincie", seed=1)


def test_two_triangles_joined_by_one_tie_as_worked_out_by_hand() -> None:
    result = found("AB", "BC", "AC", "CD", "DE", "EF", "DF")
    assert (result["n_ties"], result["n_components"], result["n_isolates"]) == (7, 1, 0)
    assert result["density"] == pytest.approx(7 / 15)
    assert result["transitivity"] == pytest.approx(12 / 20)  # 2 triangles, 10 two-paths
    c, a = result["cases"]["C"], result["cases"]["A"]
    assert (c["degree"], c["core_number"], a["degree"], a["core_number"]) == (3, 2, 2, 2)
    assert (c["betweenness"], a["betweenness"]) == (6, 0)  # A and B with each of D, E and F
    assert c["crossing"] == 2  # A-D and B-D
    assert a["crossing"] == 0
    assert c["region"] == "1"


def test_who_lives_apart_has_no_ties_and_no_closeness() -> None:
    result = found("AB", "BC")
    assert result["n_isolates"] == 3
    assert result["cases"]["F"]["closeness"] == 0


def test_a_network_without_ties_has_no_core_and_no_mixing() -> None:
    result = found("A", "B")
    assert (result["n_ties"], result["core"], result["mixing"]) == (0, None, None)
    assert result["density"] == 0


def test_a_tie_asks_as_many_shared_arrangements_as_said() -> None:
    rows = pl.concat([ties("AB", "BC"), pl.DataFrame({"case": ["A", "B"], "about": "samen/2"})])
    result = network_positions(rows, kinds=["samen"], least=2, division="provincie", seed=1)
    assert [result["cases"][case]["degree"] for case in "ABC"] == [1, 1, 0]


def test_a_wave_without_arrangements_is_refused(study: Study) -> None:
    with pytest.raises(Refusal, match="no arrangements"):
        positions_make(study, study.waves.all()[0])


def test_the_notebook_text_is_python_that_names_what_the_run_used(study: Study) -> None:
    class Fake:
        parameters = {"kinds": ["jeugdregio"], "least": 4, "division": "provincie"}
        seed = 7

    text = positions_snippet(Fake(), "2016", "s")
    compile(text, "snippet", "exec")
    assert "least=4" in text
    assert "'provincie'" in text
