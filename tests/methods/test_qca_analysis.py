"""Does an analysis do what it says about choices, assumptions, cases and doubtful data?"""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qca_reference import expected, frame

from rodedraad.methods.qca import (
    Assumed,
    Cuts,
    QcaRefusal,
    case_roles,
    necessary_supersets,
    qca,
    robustness,
    set_table,
)
from rodedraad.methods.qca.truth_table import truth_table

LIPSET = ["DEV", "URB", "LIT", "IND", "STB"]


def sets(solution):
    return {frozenset(model.terms) for model in solution.models}


def codes(result):
    return [notice.code for notice in result.notices]


def lipset(name="lipset_crisp_LC", **choices):
    return qca(frame(name), outcome="SURV", conditions=LIPSET, **choices)


def test_multi_value_expectations_drop_only_levels_that_go_against_them():
    # By hand from the reference models. C{2}*F{0}*T{1}*V{0} lies in C{2}*V{0}: F{0} and T{1} go
    # against the expectations and drop. C{0}*F{1}*T{2} lies in C{0}*F{1}: T{2} stays, so that
    # C{0}*F{1} is not reached. C{1}*F{0}*T{0}*V{0} and C{0}*F{2}*T{1} become C{1} and F{2}.
    result = qca(
        frame("hkm_partybans_pban"),
        outcome="PB[1]",
        conditions=["C", "F", "T", "V"],
        cuts=Cuts(consistency=0.9),
        assumed=Assumed(expectations=("C[1]", "F[1,2]", "T[2]", "V[1]")),
    )
    assert sets(result.intermediate) == {frozenset(["C[1]", "F[2]", "C[2]*V[0]", "C[0]*F[1]*T[2]"])}


def test_the_absence_of_a_level_has_the_ten_models_that_r_gives():
    # d.mmv in the tests of R package QCA 3.25: minimize(d.mmv, outcome = "~E[3]", include = "?").
    data = pl.DataFrame(
        {
            "A": [2, 0, 0, 1, 1, 1, 2, 2],
            "B": [2, 2, 2, 2, 1, 1, 0, 0],
            "C": [0, 1, 0, 0, 0, 2, 1, 0],
            "D": [2, 1, 2, 2, 3, 1, 3, 0],
            "E": [3, 2, 3, 3, 0, 1, 3, 2],
        }
    )
    result = qca(data, outcome="~E[3]", conditions=["A", "B", "C", "D"])
    wanted = """B[1] D[0] D[1]; B[1] D[0] A[0]*C[1]; B[1] D[0] B[2]*C[1]; B[1] D[1] B[0]*C[0];
        B[1] A[0]*C[1] B[0]*C[0]; B[1] B[0]*C[0] B[2]*C[1]; D[0] D[1] A[1]*D[3];
        D[0] D[1] C[0]*D[3]; D[1] A[1]*D[3] B[0]*C[0]; D[1] B[0]*C[0] C[0]*D[3]"""
    assert sets(result.parsimonious) == {frozenset(model.split()) for model in wanted.split(";")}


def test_the_order_of_cases_does_not_matter():
    shuffled = frame("cebotari_vink_CVF").sample(fraction=1, shuffle=True, seed=3)
    reference = expected("cebotari_vink_CVF")
    choices = {
        "outcome": "PROTEST",
        "conditions": reference["conditions"],
        "cuts": Cuts(consistency=0.8),
        "assumed": Assumed(expectations=("DEMOC", "POLDIS")),
    }
    one, other = qca(frame("cebotari_vink_CVF"), **choices), qca(shuffled, **choices)
    for kind in ("conservative", "parsimonious", "intermediate"):
        assert [m.terms for m in getattr(one, kind).models] == [
            m.terms for m in getattr(other, kind).models
        ]


@given(st.lists(st.tuples(*[st.integers(0, 1)] * 4), min_size=5, max_size=14), st.integers(1, 3))
@settings(max_examples=40, deadline=None)
def test_models_turn_with_a_condition_and_stay_when_cases_are_doubled(rows, turned):
    data = pl.DataFrame(rows, schema=["A", "B", "C", "Y"], orient="row")
    if data["Y"].n_unique() == 1:
        return
    conditions = ["A", "B", "C"]
    column = conditions[turned - 1]
    one = qca(data, outcome="Y", conditions=conditions)
    other = qca(
        data.with_columns((1 - pl.col(column)).alias(column)), outcome="Y", conditions=conditions
    )
    doubled = qca(pl.concat([data, data]), outcome="Y", conditions=conditions)

    def turn(model):
        return frozenset(
            "*".join(_turned(literal, column) for literal in term.split("*")) for term in model
        )

    for kind in ("conservative", "parsimonious"):
        assert {turn(model) for model in sets(getattr(one, kind))} == sets(getattr(other, kind))
        assert sets(getattr(one, kind)) == sets(getattr(doubled, kind))


def _turned(literal, column):
    if literal.strip("~") != column:
        return literal
    return column if literal.startswith("~") else f"~{column}"


def test_every_intermediate_model_lies_between_a_conservative_and_a_parsimonious_one():
    result = qca(
        frame("schneider_SCHF"),
        outcome="EXPORT",
        conditions=expected("schneider_SCHF")["conditions"],
        cuts=Cuts(consistency=0.9),
        assumed=Assumed(expectations=("~EMP", "STOCK", "MA")),
    )
    alphabet = result.table.alphabet
    for model in result.intermediate.models:
        for row in alphabet.rows():
            inside = any(not term & ~row for term in model.masks)
            conservative = all(
                any(not term & ~row for term in m.masks) for m in result.conservative.models
            )
            parsimonious = any(
                not term & ~row for m in result.parsimonious.models for term in m.masks
            )
            assert not conservative or inside
            assert not inside or parsimonious


def test_without_expectations_the_intermediate_solution_is_the_conservative_one():
    result = lipset()
    assert sets(result.intermediate) == sets(result.conservative)
    assert "no_expectations" in codes(result)


def test_an_expectation_about_one_condition_leaves_the_others_as_they_are():
    result = lipset(assumed=Assumed(expectations=("URB",)))
    assert sets(result.intermediate) == {frozenset(["DEV*LIT*STB"])}
    other = lipset(assumed=Assumed(expectations=("LIT",)))
    assert sets(other.intermediate) == sets(other.conservative)


def test_the_absence_of_the_outcome_stands_beside_it_with_opposite_expectations():
    result = lipset(assumed=Assumed(expectations=tuple(LIPSET)), negated=True)
    reference = expected("lipset_crisp_LC_neg")
    assert result.negated is not None
    assert result.negated.table.outcome_name == "~SURV"
    assert sets(result.negated.intermediate) == {
        frozenset(reference["intermediate"]["C1P1"]["models"][0])
    }


def test_contradictory_rows_are_told_with_the_cases_on_either_side():
    data = pl.DataFrame(
        {
            "case": list("abcdef"),
            "A": [1, 1, 1, 0, 0, 0],
            "B": [1, 1, 1, 1, 0, 0],
            "Y": [1, 1, 0, 1, 0, 0],
        }
    )
    result = qca(
        data,
        outcome="Y",
        conditions=["A", "B"],
        cuts=Cuts(consistency=0.8, contradiction=0.5),
    )
    row = result.truth.rows[-1]
    assert (row.out, row.n, row.against, row.is_contradictory) == ("C", 3, ("c",), True)
    assert row.consistency == pytest.approx(2 / 3)
    assert sets(result.parsimonious) == {frozenset(["~A*B"])}
    assert [n.context["lines"] for n in result.notices if n.code == "contradictory_rows"] == [[4]]


def test_a_case_at_exactly_one_half_is_in_no_row_but_counts_in_the_consistency():
    data = pl.DataFrame(
        {"A": [0.9, 0.8, 0.5, 0.1, 0.2], "Y": [0.9, 0.9, 0.1, 0.2, 0.1], "case": list("abcde")}
    )
    result = qca(data, outcome="Y", conditions=["A"], cuts=Cuts(consistency=0.8))
    assert [row.cases for row in result.truth.rows] == [("d", "e"), ("a", "b")]
    assert result.truth.rows[1].consistency == pytest.approx(2.0 / 2.5)
    assert [n.context for n in result.notices if n.code == "half_memberships"] == [{"cases": ["c"]}]


def test_a_pri_cut_makes_a_row_negative_that_speaks_for_both_sides():
    cuts = Cuts(consistency=0.8)
    name = "lipset_fuzzy_LF"
    assert len(lipset(name, cuts=cuts).truth.positive) == 2
    strict = lipset(name, cuts=Cuts(consistency=0.8, pri=0.75))
    assert [row.line for row in strict.truth.positive] == [32]


def test_a_value_equal_to_the_cut_but_for_rounding_reaches_it():
    row = next(r for r in lipset("lipset_fuzzy_LF").truth.rows if r.line == 22)
    result = lipset("lipset_fuzzy_LF", cuts=Cuts(consistency=row.consistency + 1e-12))
    assert 22 in [positive.line for positive in result.truth.positive]


def test_no_positive_row_gives_no_models_and_says_how_near_it_was():
    result = lipset("lipset_fuzzy_LF", cuts=Cuts(consistency=0.95))
    assert (result.parsimonious.n_models, result.parsimonious.models) == (0, ())
    notice = next(n for n in result.notices if n.code == "no_positive_rows")
    assert notice.context["highest_consistency"] == pytest.approx(0.904205607, abs=1e-8)


def test_without_a_negative_row_the_parsimonious_model_is_always_true():
    data = pl.DataFrame({"A": [0.9, 0.2, 0.8], "Y": [0.95, 0.9, 0.85]})
    result = qca(data, outcome="Y", conditions=["A"], cuts=Cuts(consistency=0.7))
    assert "no_negative_rows" in codes(result)
    assert sets(result.parsimonious) == {frozenset(["1"])}


def test_more_models_than_asked_for_are_counted_and_not_listed():
    result = qca(
        frame("ragin_strand_RS"), outcome="REC", conditions=["P", "E", "A", "EBA", "S"], listed=3
    )
    assert (result.parsimonious.n_models, len(result.parsimonious.models)) == (8, 3)
    assert "models_not_all_listed" in codes(result)
    assert sum(models.count for models in result.parsimonious.all) == 8


def test_impossible_and_necessary_expressions_bar_remainders():
    free = lipset()
    assert sets(free.parsimonious) == {frozenset(["DEV*STB"])}
    barred = lipset(assumed=Assumed(necessary=("LIT",)))
    assert sets(barred.parsimonious) == {frozenset(["DEV*LIT*STB"])}
    impossible = lipset(assumed=Assumed(impossible=("DEV*~LIT",)))
    assert sets(impossible.parsimonious) == {frozenset(["DEV*LIT*STB"])}


def test_an_enhanced_analysis_assumes_nothing_for_the_outcome_and_its_absence_at_once():
    choices = {"negated": True, "cuts": Cuts(consistency=0.8)}
    plain = lipset("lipset_fuzzy_LF", **choices)
    enhanced = lipset("lipset_fuzzy_LF", **choices, assumed=Assumed(enhanced=True))

    def assumed(result):
        return {line for model in result.parsimonious.models for line in model.assumptions}

    assert assumed(plain) & assumed(plain.negated)
    assert not assumed(enhanced) & assumed(enhanced.negated)
    assert enhanced.n_contradictory >= len(assumed(plain) & assumed(plain.negated))
    assert "untenable_remainders" in codes(enhanced)


def test_a_row_that_passes_for_both_outcomes_is_left_out_of_an_enhanced_analysis():
    data = pl.DataFrame({"A": [0.6, 0.6, 0.9, 0.1, 0.2], "Y": [0.55, 0.45, 0.9, 0.6, 0.1]})
    cuts = Cuts(consistency=0.6)
    both = qca(data, outcome="Y", conditions=["A"], cuts=cuts, negated=True)
    shared = {r.line for r in both.truth.positive} & {r.line for r in both.negated.truth.positive}
    assert shared
    enhanced = qca(data, outcome="Y", conditions=["A"], cuts=cuts, assumed=Assumed(enhanced=True))
    assert not shared & {row.line for row in enhanced.truth.positive}
    assert "rows_for_both_outcomes" in codes(enhanced)


def test_more_than_four_conditions_at_sixteen_cases_need_a_reason():
    few = frame("lipset_crisp_LC").head(16)
    with pytest.raises(QcaRefusal, match="5 conditions are too many for 16 cases"):
        qca(few, outcome="SURV", conditions=LIPSET)
    assert qca(few, outcome="SURV", conditions=LIPSET[:4]).n_cases == 16
    with pytest.raises(QcaRefusal, match="too short"):
        qca(few, outcome="SURV", conditions=LIPSET, override="why not")
    reason = "The five conditions are those of the theory"
    result = qca(few, outcome="SURV", conditions=LIPSET, override=reason)
    notice = next(n for n in result.notices if n.code == "condition_limit_overridden")
    assert notice.context == {"conditions": 5, "cases": 16, "reason": reason}


def test_limited_diversity_is_always_told():
    notice = next(n for n in lipset().notices if n.code == "limited_diversity")
    assert notice.context == {"rows": 32, "remainders": 23, "cases": 18}


def test_a_constant_condition_is_told():
    data = frame("lipset_crisp_LC").with_columns(pl.lit(1).alias("IND"))
    result = qca(data, outcome="SURV", conditions=LIPSET)
    assert [n.context for n in result.notices if n.code == "constant_condition"] == [
        {"column": "IND"}
    ]


def test_a_necessary_condition_that_a_model_drops_is_told():
    notices = [n.context for n in lipset().notices if n.code == "necessary_condition_dropped"]
    assert {"solution": "parsimonious", "condition": "LIT"} in notices


def test_cases_are_typical_deviant_or_unexplained():
    result = lipset("lipset_fuzzy_LF", cuts=Cuts(consistency=0.8))
    roles = case_roles(result.table, result.conservative.models[0])
    everyone = [point.case for point in roles.model]
    assert everyone == list(result.table.cases)
    assert set(roles.cases("deviant for coverage")) == {"FR", "SE"}
    assert roles.cases("deviant in kind") == ()
    assert set(roles.cases("typical") + roles.cases("deviant in degree")) == {
        "BE",
        "CZ",
        "NL",
        "UK",
        "FI",
        "IE",
    }
    for point in roles.model:
        if point.role == "typical":
            assert 0.5 < point.x <= point.y
    assert roles.unique["DEV*URB*LIT*IND*STB"] == ("BE", "CZ", "NL", "UK")


def test_robustness_tells_between_which_cuts_the_models_stay_exactly_the_same():
    table = set_table(frame("lipset_fuzzy_LF"), outcome="SURV", conditions=LIPSET)
    found = robustness(table, Cuts(consistency=0.8), consistencies=(0.75, 0.85), frequencies=(2,))
    span = found.consistency_range
    # Rows have consistency .7088 (24), .8043 (22) and .9042 (32): see the expected truth table.
    assert span.above == pytest.approx(0.708771929, abs=1e-8)
    assert span.up_to == pytest.approx(0.804270462, abs=1e-8)
    same = {(v.cuts.consistency, v.cuts.n): v.is_same for v in found.variants}
    assert same[0.75, 1] is True
    assert same[0.85, 1] is False
    assert len(found.variants) == 5
    assert 0 <= found.share_same < 1
    assert found.chosen.overlap == 1
    for value in (span.above + 1e-6, span.up_to):
        assert robustness(table, Cuts(consistency=value)).chosen.models == found.chosen.models


@pytest.mark.parametrize("cuts", [Cuts(consistency=0.1), Cuts(consistency=0.8, n=19)])
def test_robustness_needs_no_row_below_the_least_consistency(cuts: Cuts):
    table = set_table(frame("lipset_fuzzy_LF"), outcome="SURV", conditions=LIPSET)
    rows = [row.consistency for row in truth_table(table, cuts).rows if row.out != "?"]
    assert all(value >= cuts.consistency for value in rows)
    assert robustness(table, cuts).consistency_range.above == 0


def test_robustness_compares_calibrations():
    crisp = set_table(frame("lipset_crisp_LC"), outcome="SURV", conditions=LIPSET)
    fuzzy = set_table(frame("lipset_fuzzy_LF"), outcome="SURV", conditions=LIPSET)
    found = robustness(crisp, Cuts(consistency=0.8), calibrations={"fuzzy": fuzzy})
    assert [(v.calibration, v.is_same) for v in found.variants] == [("fuzzy", False)]
    assert 0 < found.variants[0].overlap < 1


def test_a_search_for_necessary_expressions_that_would_never_end_is_refused():
    data = pl.DataFrame({f"C{i}": [0, 1] * 10 for i in range(16)} | {"Y": [0, 1] * 10})
    table = set_table(data, outcome="Y", conditions=[f"C{i}" for i in range(16)])
    with pytest.raises(QcaRefusal, match="smaller number of conditions"):
        necessary_supersets(table)
    assert necessary_supersets(table, longest=1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"DEV": [0.5, None, 1.0, 0.0]}, "Column DEV has '' for case b"),
        ({"DEV": [720, 468, 590, 426]}, "calibrate it first"),
        ({"DEV": [0.5, 0.4, 1.5, 0.0]}, "calibrate it first"),
        ({"DEV": [-1, 0, 1, 0]}, "calibrate it first"),
        ({"DEV": ["1", "x", "0", "1"]}, "Column DEV has 'x' for case b"),
        ({"DEV": ["-", "-", "-", "-"]}, 'only "-"'),
        ({"DEV": ["-", "0.4", "0", "1"]}, "goes only with 0 and 1"),
        ({"Y": [1, 1, 1, 1]}, "nothing to compare"),
        ({"Y": [2, 1, 0, 1]}, "Calibrate it"),
        ({"Y": ["-", "1", "0", "1"]}, 'has "-" for case a'),
        ({"case": ["a", "a", "b", "c"]}, "more than once"),
        ({"case": ["a", None, "b", "c"]}, "Row 2 of column case has no name"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_column_and_cure(change, message):
    data = {"case": list("abcd"), "DEV": [1, 0, 1, 0], "LIT": [1, 1, 0, 0], "Y": [1, 0, 1, 0]}
    with pytest.raises(QcaRefusal, match=message):
        qca(pl.DataFrame(data | change), outcome="Y", conditions=["DEV", "LIT"])


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"conditions": []}, "at least one condition"),
        ({"conditions": ["DEV", "DEV"]}, "named twice"),
        ({"conditions": ["DEV", "SURV"]}, "both outcome and condition"),
        ({"conditions": ["GDP"]}, "no column GDP"),
        ({"outcome": "WAR"}, "no column WAR"),
        ({"cases": "name"}, "no column name"),
        ({"cuts": Cuts(consistency=1.2)}, "between 0 and 1"),
        ({"cuts": Cuts(n=0)}, "at least 1"),
        ({"cuts": Cuts(consistency=0.7, contradiction=0.8)}, "must not be above"),
        ({"assumed": Assumed(expectations=("GDP",))}, "names no condition"),
        ({"assumed": Assumed(expectations=("DEV[2]",))}, "asks for level 2"),
        ({"assumed": Assumed(impossible=("*",))}, "no condition or outcome"),
    ],
)
def test_a_choice_that_cannot_be_made_is_refused(choices, message):
    asked = {"outcome": "SURV", "conditions": LIPSET, **choices}
    with pytest.raises(QcaRefusal, match=message):
        qca(frame("lipset_crisp_LC"), **asked)


def test_a_level_must_be_named_when_there_are_several():
    with pytest.raises(QcaRefusal, match="Name the level"):
        qca(
            frame("lipset_mv_LM"),
            outcome="SURV",
            conditions=["DEV", "URB"],
            assumed=Assumed(expectations=("DEV",)),
        )


def test_a_dash_that_contains_a_negative_row_is_refused():
    data = pl.DataFrame({"A": ["-", "0", "1"], "B": [1, 1, 0], "Y": [1, 0, 0]})
    with pytest.raises(QcaRefusal, match="contains a negative row"):
        qca(data, outcome="Y", conditions=["A", "B"])


def test_a_table_without_cases_is_refused():
    with pytest.raises(QcaRefusal, match="no cases"):
        qca(frame("lipset_crisp_LC").head(0), outcome="SURV", conditions=LIPSET)
