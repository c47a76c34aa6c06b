"""A simulated study: made up from a seed, plausible, and never to be mistaken for a real one."""

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from rodedraad.assessment.models import Evidence
from rodedraad.assessment.queries import evidence_table
from rodedraad.cli.simulate import simulate_command
from rodedraad.country.current import current_country
from rodedraad.errors import Refusal
from rodedraad.methods.scales import item_answers, scale_reliability
from rodedraad.simulation.design import Design, SimulatedConstruct, SimulatedItem
from rodedraad.simulation.model import Simulated, simulate
from rodedraad.simulation.study import evidence_simulate, study_simulate
from rodedraad.studies.actions import study_create
from rodedraad.studies.template import template_load


def construct(code: str, kind: str, direction: int = 1) -> SimulatedConstruct:
    """Return a construct of four items, the last reversed, asked of workers and directors."""
    items = tuple(SimulatedItem(f"{code}.{i}", ("U", "D"), i == 4) for i in range(1, 5))
    return SimulatedConstruct(code, kind, direction, items, True, True)


DESIGN = Design(
    cases=tuple(f"GM{i:04}" for i in range(120)),
    constructs=(
        construct("F1", "factor"), construct("G1", "subgoal"), construct("T3", "attitude", -1)
    ),
    measures=("A1", "B1", "C1"),
    roles=("U", "D", "P"),
    invited=80,
)  # fmt: skip


@pytest.fixture(scope="module")
def drawn() -> Simulated:
    """Return one draw of many cases."""
    return simulate(DESIGN, 7)


def case_means(drawn: Simulated, code: str) -> pl.DataFrame:
    """Return the mean answer of each case to the items of a construct that are not reversed."""
    own = drawn.answers.filter(
        pl.col("item").str.starts_with(f"{code}.") & ~pl.col("item").str.ends_with(".4")
    )
    return own.group_by("case").agg(pl.col("raw").mean().alias(code)).sort("case")


def test_the_same_seed_gives_the_same_facts_and_another_seed_does_not(drawn: Simulated) -> None:
    again, other = simulate(DESIGN, 7), simulate(DESIGN, 8)
    for name in ("answers", "rubric", "measures"):
        assert getattr(again, name).equals(getattr(drawn, name))
        assert not getattr(other, name).equals(getattr(drawn, name))


def test_every_source_says_that_it_is_a_simulation(drawn: Simulated) -> None:
    for frame in (drawn.answers, drawn.rubric, drawn.measures):
        assert frame["source"].str.starts_with("simulation").all()


def test_only_who_is_asked_answers_and_some_say_that_they_do_not_know(drawn: Simulated) -> None:
    assert set(drawn.answers["role"]) == {"U", "D"}
    shares = drawn.answers["missing"].value_counts(normalize=True)
    share = dict(shares.iter_rows())
    assert 0.02 < share["dont_know"] < 0.1
    assert 0 < share["unanswered"] < 0.03
    assert drawn.answers.filter(pl.col("missing") != "")["raw"].null_count() > 0
    assert set(drawn.answers["raw"].drop_nulls()) == {1, 2, 3, 4, 5}


def test_the_items_of_a_construct_make_a_scale_once_the_reversed_one_is_turned(
    drawn: Simulated,
) -> None:
    wide = drawn.answers.filter(pl.col("item").str.starts_with("F1.")).pivot(
        "item", index="respondent", values="raw"
    )
    names = [f"F1.{i}" for i in range(1, 5)]
    turned = scale_reliability(
        item_answers(wide, names=names, reversed_items=["F1.4"]), seed=1, bootstraps=0
    )
    as_given = scale_reliability(item_answers(wide, names=names), seed=1, bootstraps=0)
    assert 0.65 < turned.alpha < 0.9
    assert as_given.alpha < 0.5


def test_factors_go_with_subgoals_and_waiting_goes_against_them(drawn: Simulated) -> None:
    means = case_means(drawn, "F1").join(case_means(drawn, "G1"), on="case")
    means = means.join(case_means(drawn, "T3"), on="case").drop_nulls()
    assert means.select(pl.corr("F1", "G1")).item() > 0.1
    assert means.select(pl.corr("F1", "T3")).item() < -0.1


def test_interviews_are_spread_evenly_and_documents_and_measures_are_scored(
    drawn: Simulated,
) -> None:
    talks = drawn.rubric.filter(pl.col("source_type") == "interview").unique("source_id")
    held = round(120 * 55 / 16)  # with three constructs, a few touch on none of them
    assert 0.95 * held < drawn.n_interviews <= held
    assert set(talks.group_by("case").len()["len"]) <= {2, 3, 4}
    assert set(drawn.rubric["raw"]) == {0, 1, 2, 3}
    assert set(drawn.measures["raw"].drop_nulls()) == {0, 1, 2, 3, 4}
    assert 0.08 < float(np.mean((drawn.measures["missing"] == "dont_know").to_numpy())) < 0.17


@pytest.mark.parametrize(
    ("template", "n_cases", "n_interviews"), [("change-factors", 16, 55), ("living-labs", 43, 148)]
)
def test_a_template_becomes_a_study_with_evidence_of_every_kind_it_knows(
    db: None, template: str, n_cases: int, n_interviews: int
) -> None:
    loaded = template_load(template)
    made = study_simulate(template=loaded, slug="sim", country=current_country(), seed=3)
    assert (made.n_cases, made.n_interviews) == (n_cases, n_interviews)
    assert made.study.simulated
    rows = evidence_table(made.study)
    assert rows.height == made.n_answers + made.n_rubric + made.n_measures
    assert made.n_measures == 3 * n_cases * len(loaded.measures)
    assert rows["source"].str.starts_with("simulation").all()
    reversed_items = {
        item.id for each in loaded.constructs() for item in each.items if item.reversed
    }
    answered = rows.filter((pl.col("kind") == "answer") & pl.col("raw").is_not_null())
    turned = pl.when(pl.col("about").is_in(list(reversed_items))).then(5 - pl.col("raw"))
    assert answered["value"].to_list() == pytest.approx(
        answered.select(turned.otherwise(pl.col("raw") - 1) / 4).to_series().to_list()
    )


def test_facts_are_never_drawn_for_a_study_about_what_people_said(db: None) -> None:
    real = study_create(
        template=template_load("change-factors"), slug="echt", person=None, origin="test"
    )
    with pytest.raises(Refusal) as refused:
        evidence_simulate(real.waves.get(), (), seed=1)
    assert refused.value.code == "not_simulated"
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize("cases", ["0", "-1", "many"])
def test_a_number_of_cases_that_is_none_is_refused_before_anything_starts(cases: str) -> None:
    asked = ["change-factors", "--slug", "s", "--cases", cases]
    found = CliRunner().invoke(simulate_command, asked)
    assert found.exit_code == 2
    assert "'all'" in found.output
