"""Do cases get the mean of their roles, hidden where few stand behind it, and sources together?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.methods.aggregation import AggregationRefusal, case_means, combine_sources


def one_case(scores_by_role, **options):
    scores = [score for scores in scores_by_role.values() for score in scores]
    roles = [role for role, scores in scores_by_role.items() for _ in scores]
    return case_means(scores, ["case"] * len(scores), roles, **options).cases[0]


def sizes_of(case):
    return [("".join(role.roles), role.n) for role in case.by_role]


def test_roles_count_equally_whatever_their_number():
    case = one_case({"D": [1.0] * 3, "U": [0.0] * 30})
    assert case.value == 0.5
    assert case.n == 33
    assert case.role_gap == 1


def test_small_roles_are_pooled_so_that_no_one_person_carries_a_role():
    case = one_case({"B": [0.9], "D": [0.6, 0.6], "U": [0.2] * 6})
    assert sizes_of(case) == [("BD", 3), ("U", 6)]
    assert case.by_role[0].pooled
    assert case.value == pytest.approx((0.7 + 0.2) / 2)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"D": 1, "U": 4}, [("DU", 5)]),  # no other small role: the smallest joins the pool
        ({"C": 3, "D": 1, "U": 6}, [("CD", 4), ("U", 6)]),
        ({"B": 4, "C": 4, "D": 2}, [("BD", 6), ("C", 4)]),  # a tie: first by name
        ({"D": 2}, [("D", 2)]),
        ({"B": 3, "C": 3}, [("B", 3), ("C", 3)]),
    ],
)
def test_which_roles_are_pooled_follows_a_stated_rule(counts, expected):
    assert sizes_of(one_case({role: [0.5] * n for role, n in counts.items()})) == expected


def test_a_case_below_five_respondents_is_computed_but_not_published():
    case = one_case({"U": [0.2, 0.4, 0.6, 0.8]})
    assert case.suppressed
    assert case.value == pytest.approx(0.5)
    assert case.published is None
    assert case.by_role[0].published is None


def test_a_role_that_could_be_worked_out_from_the_rest_takes_another_with_it():
    case = one_case({"C": [0.1] * 3, "D": [0.5] * 6, "U": [0.9] * 9})
    assert case.published is not None
    assert [role.published is None for role in case.by_role] == [True, True, False]
    two = one_case({"C": [0.1] * 3, "U": [0.9] * 9})
    assert [role.published for role in two.by_role] == [None, None]
    none_small = one_case({"C": [0.1] * 5, "U": [0.9] * 9})
    assert [role.published for role in none_small.by_role] == pytest.approx([0.1, 0.9])


def test_missing_scores_are_counted_and_an_empty_case_is_told():
    found = case_means([0.5, np.nan, np.nan], ["a", "a", "b"], min_published=1)
    a, b = found.cases
    assert (a.n, a.n_missing, a.published) == (1, 1, 0.5)
    assert (b.n, b.value, b.suppressed) == (0, None, True)
    assert (found.n_missing, found.n_empty, found.n_suppressed) == (2, 1, 0)
    assert {n.code: n.context for n in found.notices} == {"empty": {"cases": ["b"]}}


def test_disagreement_between_roles_is_told_and_not_averaged_away():
    found = case_means([0.9] * 5 + [0.2] * 5, ["a"] * 10, ["D"] * 5 + ["U"] * 5)
    assert found.cases[0].role_gap == pytest.approx(0.7)
    assert "roles_apart" in {notice.code for notice in found.notices}


RESPONDENTS = st.lists(
    st.tuples(
        st.sampled_from("pq"), st.sampled_from("BCDU"), st.one_of(st.none(), st.floats(0, 1))
    ),
    min_size=1,
    max_size=40,
)


@given(RESPONDENTS, st.integers(1, 8))
@settings(max_examples=100, deadline=None)
def test_what_is_published_always_rests_on_enough_people(rows, least):
    cases, roles, scores = zip(*rows, strict=True)
    values = np.array([np.nan if score is None else score for score in scores])
    for case in case_means(values, cases, roles, min_published=least).cases:
        assert sum(role.n for role in case.by_role) == case.n
        shown = [role for role in case.by_role if role.published is not None]
        hidden = [role for role in case.by_role if role.published is None]
        assert all(role.n >= least for role in shown)
        assert (case.published is not None) == (case.n >= least)
        if case.published is not None and hidden:
            assert sum(role.n for role in hidden) >= least
            assert len(hidden) > 1 or not shown
        if case.n >= 3:
            assert all(role.n >= 3 for role in case.by_role)


@given(RESPONDENTS, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_respondents_does_not_matter(rows, chance):
    def means(found):
        cases, roles, scores = zip(*found, strict=True)
        values = np.array([np.nan if score is None else score for score in scores])
        return case_means(values, cases, roles).cases

    moved = list(rows)
    chance.shuffle(moved)
    for a, b in zip(means(rows), means(moved), strict=True):
        assert (a.case, a.n, a.suppressed, sizes_of(a)) == (b.case, b.n, b.suppressed, sizes_of(b))
        assert a.value == pytest.approx(b.value)


def test_sources_are_brought_to_one_scale_and_their_median_is_taken():
    found = combine_sources(
        ["a", "b"],
        {"survey": [0.4, 0.5], "interview": [2, np.nan], "document": [3, 1]},
    )
    a, b = found.cases
    assert [s.value for s in a.sources] == pytest.approx([0.4, 2 / 3, 1])
    assert a.value == pytest.approx(2 / 3)
    assert a.gap == pytest.approx(0.6)
    assert a.contradictory
    assert b.value == pytest.approx((0.5 + 1 / 3) / 2)
    assert not b.contradictory
    assert (found.n_complete, found.n_contradictory) == (1, 1)


def test_one_source_has_no_gap_and_no_source_no_value():
    found = combine_sources(["a", "b"], {"survey": [0.4, np.nan], "document": [np.nan, np.nan]})
    assert (found.cases[0].value, found.cases[0].gap) == (0.4, None)
    assert found.cases[1].value is None
    assert (found.n_single_source, found.n_unknown) == (1, 1)
    assert {notice.code for notice in found.notices} == {"single_source", "unknown"}


@pytest.mark.parametrize(("survey", "contradictory"), [(0.66, False), (0.6601, True)])
def test_a_gap_of_more_than_0_33_is_a_contradiction(survey, contradictory):
    found = combine_sources(["a"], {"survey": [survey], "interview": [0.99]})
    assert found.cases[0].contradictory == contradictory


REFUSED = [
    (lambda: case_means([[1, 2]], ["a"]), "aggregation_shape", "one per respondent"),
    (lambda: case_means([1, 2], ["a", "a"], ["D"]), "aggregation_shape", "1 roles for 2"),
    (lambda: case_means([1], ["a"], [None]), "aggregation_label_missing", "no role"),
    (lambda: case_means([1], ["a"], min_per_role=0), "aggregation_least_numbers", "at least 1"),
    (lambda: combine_sources(["a"], {}), "aggregation_empty", "one source"),
    (lambda: combine_sources(["a", "a"], {"survey": [1, 1]}), "aggregation_case_twice", "'a'"),
    (lambda: combine_sources(["a"], {"survey": [1, 1]}), "aggregation_source_shape", "2 values"),
    (lambda: combine_sources(["a"], {"survey": [2]}), "aggregation_source_outside", "'survey'"),
    (lambda: combine_sources(["a"], {"vote": [1]}), "aggregation_source_maximum", "'vote'"),
    (
        lambda: combine_sources(["a"], {"survey": [1]}, max_gap=-1),
        "aggregation_max_gap",
        "0 or more",
    ),
]


@pytest.mark.parametrize(("call", "code", "says"), REFUSED)
def test_respondents_and_sources_that_do_not_fit_are_refused(call, code, says):
    with pytest.raises(AggregationRefusal, match=says) as refusal:
        call()
    assert refusal.value.code == code
