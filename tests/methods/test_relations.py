"""Does the family of relations show the matrix first, refuse what it cannot bear, and flag it?"""

import numpy as np
import polars as pl
import pytest

from rodedraad.methods.relations import (
    RelationRefusal,
    benjamini_hochberg,
    case_matrix,
    holm,
    relate,
    relation_sentence,
)


def matrix(n: int = 16, **columns):
    rng = np.random.default_rng(7)
    base = rng.normal(size=n)
    data = {
        "case": [f"G{i}" for i in range(n)],
        "F1": base,
        "F2": rng.normal(size=n),
        "G1": base + 0.3 * rng.normal(size=n),
        "G2": rng.normal(size=n),
    }
    return case_matrix(
        pl.DataFrame(data | columns, strict=False),
        factors=["F1", "F2"],
        outcomes=["G1", "G2"],
        cases="case",
    )


def codes(relation) -> set[str]:
    return {notice.code for notice in relation.notices}


def related(seen, **options):
    return relate(seen, seed=1, permutations=99, bootstraps=200, **options)


def test_every_factor_stands_beside_every_outcome_with_p_adjusted_over_the_family():
    found = related(matrix())
    assert [(r.factor, r.outcome) for r in found.relations] == [
        ("F1", "G1"),
        ("F1", "G2"),
        ("F2", "G1"),
        ("F2", "G2"),
    ]
    p = [r.tested.p for r in found.relations]
    assert [r.tested.p_holm for r in found.relations] == holm(p).tolist()
    assert [r.tested.p_bh for r in found.relations] == benjamini_hochberg(p).tolist()
    strong = found.relation("F1", "G1").tested
    assert strong.p_how == "exact"
    assert strong.p_holm < 0.01
    assert strong.interval.low < strong.estimate < strong.interval.high


def test_the_same_seed_gives_the_same_result_and_the_matrix_keeps_the_order_of_cases():
    first, second = related(matrix()), related(matrix())
    assert first.relations == second.relations
    assert first.matrix.cases[:2] == ("G0", "G1")


def test_below_eight_cases_only_the_matrix_is_given():
    found = related(matrix(7))
    assert found.n_tested == 0
    assert [n.code for n in found.notices] == ["only_the_matrix"]
    assert all(codes(r) == {"few_cases"} and r.tested is None for r in found.relations)
    assert found.matrix.values.shape == (7, 4)


def test_eight_complete_cases_are_tested():
    assert related(matrix(8)).n_tested == 4


def test_missing_cases_are_counted_per_pair_and_can_make_it_untestable():
    gaps = [None] * 9 + list(range(7))
    found = related(matrix(F2=gaps))
    assert found.relation("F2", "G1").n_missing == 9
    assert codes(found.relation("F2", "G1")) == {"few_cases"}
    assert found.relation("F1", "G1").n == 16
    assert found.n_tested == 2
    p = [found.relation("F1", o).tested.p for o in ("G1", "G2")]
    assert [found.relation("F1", o).tested.p_holm for o in ("G1", "G2")] == holm(p).tolist()


def test_a_constant_column_is_named_and_not_tested():
    found = related(matrix(G2=[3] * 16))
    notice = found.relation("F1", "G2").notices[0]
    assert (notice.code, notice.context["column"]) == ("constant", "G2")
    assert found.n_tested == 2


def test_a_built_in_overlap_is_never_tested():
    found = related(matrix(), overlaps=[("F1", "G1")])
    assert found.relation("F1", "G1").tested is None
    assert codes(found.relation("F1", "G1")) == {"built_in_overlap"}


def test_both_sides_from_the_same_people_are_flagged():
    found = related(matrix(), sources={"F1": ["worker"], "G1": ["worker"], "G2": ["register"]})
    assert found.relation("F1", "G1").same_source is True
    assert "same_source" in codes(found.relation("F1", "G1"))
    assert found.relation("F1", "G2").same_source is False
    assert found.relation("F2", "G1").same_source is None


def test_a_perfect_association_has_no_bootstrap_interval_and_says_so():
    found = related(matrix(G1=list(range(16)), F1=list(range(16))))
    relation = found.relation("F1", "G1")
    assert relation.tested.estimate == 1.0
    assert relation.tested.interval is None
    assert "interval_absent" in codes(relation)


def test_one_case_that_turns_the_direction_is_named():
    x = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    y = [4, 6, 3, 7, 2, 5, 4.5, 3.5, 9]
    found = related(case_matrix({"F": x, "G": y}, factors=["F"], outcomes=["G"]))
    notice = next(n for n in found.relations[0].notices if n.code == "one_case_turns_it")
    assert "9" in notice.context["cases"]
    assert found.relations[0].tested.influential == "9"


def test_max_t_is_given_when_asked_and_every_case_is_complete():
    found = related(matrix(), with_max_t=True)
    assert 0 < found.relation("F1", "G1").tested.p_max_t <= 0.02
    gap = related(matrix(F2=[None, *range(15)]), with_max_t=True)
    assert gap.relation("F1", "G1").tested.p_max_t is None
    assert gap.notices[0].context["columns"] == ["F2"]


def test_the_sentence_says_hangt_samen_met_and_never_leidt_tot():
    found = related(matrix())
    labels = {"F1": "Leren", "G1": "Integraal werken"}
    sentence = relation_sentence(found.relation("F1", "G1"), "nl", measure="kendall", labels=labels)
    assert sentence.startswith("Leren hangt samen met Integraal werken")
    assert "16 casussen" in sentence
    assert "tau-b 0," in sentence
    assert "leidt" not in sentence
    weak = relation_sentence(found.relation("F2", "G2"), "nl", measure="kendall")
    assert weak.startswith("Een samenhang van F2 met G2 is niet aangetoond")


def test_the_sentence_warns_of_the_same_source_in_both_languages():
    found = related(matrix(), sources={"F1": ["worker"], "G1": ["worker"]})
    relation = found.relation("F1", "G1")
    assert "dezelfde bron" in relation_sentence(relation, "nl", measure="kendall")
    assert "same source" in relation_sentence(relation, "en", measure="kendall")


@pytest.mark.parametrize(
    ("change", "options", "code", "named"),
    [
        ({"F1": ["x", *range(15)]}, {}, "relation_not_a_number", "'F1', row 1"),
        ({"F1": [float("inf"), *range(15)]}, {}, "relation_not_a_number", "'F1', row 1"),
        ({"case": ["G0"] * 16}, {}, "relation_case_twice", "'G0'"),
        ({}, {"sources": {"F9": ["worker"]}}, "relation_name_unknown", "F9"),
        ({}, {"overlaps": [("F1", "G9")]}, "relation_name_unknown", "G9"),
        ({}, {"confidence": 1.0}, "relation_confidence", "1.0"),
    ],
)
def test_bad_input_is_refused_with_its_name(change, options, code, named):
    with pytest.raises(RelationRefusal, match=named) as refused:
        related(matrix(**change), **options)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("factors", "outcomes", "code"),
    [
        (["F1"], ["F1"], "relation_column_twice"),
        (["F1"], ["F3"], "relation_column_unknown"),
        ([], ["F1"], "relation_no_columns"),
    ],
)
def test_columns_that_cannot_be_related_are_refused(factors, outcomes, code):
    with pytest.raises(RelationRefusal) as refused:
        case_matrix({"F1": [1, 2]}, factors=factors, outcomes=outcomes)
    assert refused.value.code == code


def test_columns_of_different_length_and_too_few_draws_are_refused():
    with pytest.raises(RelationRefusal, match="F1 2, G1 1"):
        case_matrix({"F1": [1, 2], "G1": [1]}, factors=["F1"], outcomes=["G1"])
    with pytest.raises(RelationRefusal, match="99 permutations"):
        relate(matrix(), seed=1, permutations=9)
