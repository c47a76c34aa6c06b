"""Are answers, "weet niet", skipped and never asked told apart, and scored by two thirds?"""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.methods.scales import ScaleRefusal, item_answers, score_items

ROWS = st.lists(
    st.lists(st.sampled_from([1, 2, 3, 4, 5, 9, None]), min_size=3, max_size=3),
    min_size=1,
    max_size=12,
)


def codes_of(scores):
    return {notice.code for notice in scores.notices}


def test_reasons_for_no_answer_are_counted_apart_per_item_and_respondent():
    frame = pl.DataFrame(
        {"a": ["1", " weet niet ", None, "5"], "b": [5, 88, 99, None], "c": ["", "4", "2", "3"]}
    )
    read = item_answers(frame, dont_know=["weet niet", 88], not_asked=[99], reversed_items=["b"])
    scores = score_items(read, min_share=0.5)
    assert [(i.n_answered, i.n_skipped, i.n_dont_know, i.n_not_asked) for i in scores.items] == [
        (2, 1, 1, 0),
        (1, 1, 1, 1),
        (3, 1, 0, 0),
    ]
    assert scores.n_dont_know.tolist() == [0, 2, 0, 0]
    assert scores.n_asked.tolist() == [3, 3, 2, 3]
    assert scores.items[1].dont_know_share == pytest.approx(1 / 3)  # of three who were asked
    assert scores.dont_know_share == pytest.approx(2 / 11)
    # answers 1 and 5 reversed to 1; too few; 2 of those asked; 5 and 3
    np.testing.assert_allclose(scores.scores, [0.0, np.nan, 0.25, 0.75])


def test_a_code_for_no_answer_is_found_in_columns_of_text_and_of_numbers():
    frame = pl.DataFrame({"a": ["9", "9.0", "3"], "b": [9.0, 2.0, 1.0]})
    read = item_answers(frame, dont_know=[9])
    assert read.dont_know.tolist() == [[True, True], [True, False], [False, False]]


@pytest.mark.parametrize(
    ("answered", "of", "scored"), [(2, 3, True), (1, 3, False), (3, 4, True), (2, 4, False)]
)
def test_two_thirds_of_the_items_must_be_answered(answered, of, scored):
    row = [4.0] * answered + [np.nan] * (of - answered)
    assert np.isfinite(score_items(item_answers([row])).scores[0]) == scored


def test_items_that_were_not_asked_do_not_count_against_a_respondent():
    read = item_answers([[5, 5, 7, 7], [5, 5, np.nan, np.nan]], not_asked=[7])
    scores = score_items(read)
    np.testing.assert_allclose(scores.scores, [1.0, np.nan])
    assert "items_differ_between_respondents" in codes_of(scores)


def test_weet_niet_is_never_the_middle_of_the_scale():
    with_words = score_items(item_answers([[5, 5, 9]], dont_know=[9]))
    as_middle = score_items(item_answers([[5, 5, 3]]))
    assert with_words.scores[0] == 1.0
    assert as_middle.scores[0] < 1.0


def test_constant_empty_and_unused_answers_are_told_as_they_were_asked():
    answers = [[3, 5, np.nan], [3, 4, np.nan], [3, 2, np.nan], [3, 3, np.nan]]
    scores = score_items(item_answers(answers, names=["a", "b", "c"], reversed_items=["b"]))
    told = {notice.code: notice.context for notice in scores.notices}
    assert told["constant_item"] == {"item": "a", "answer": 3.0}
    assert told["category_not_chosen"] == {"item": "b", "answers": (1,)}
    assert told["item_not_answered"] == {"item": "c"}
    assert scores.items[2].mean is None


def test_when_all_is_missing_there_are_no_scores_and_a_notice():
    scores = score_items(item_answers(np.full((3, 2), np.nan)))
    assert scores.n_scored == 0
    assert scores.mean is None
    assert "no_scores" in codes_of(scores)


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_scores_lie_in_0_1_and_reversing_every_item_turns_them_round(rows):
    frame = pl.DataFrame(rows, schema=["a", "b", "c"], orient="row", strict=False)
    plain = score_items(item_answers(frame, dont_know=[9]))
    turned = score_items(item_answers(frame, dont_know=[9], reversed_items=["a", "b", "c"]))
    known = np.isfinite(plain.scores)
    assert ((plain.scores[known] >= 0) & (plain.scores[known] <= 1)).all()
    np.testing.assert_allclose(turned.scores, 1 - plain.scores)
    assert (plain.n_answered[known] >= 2).all()


@given(ROWS, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_respondents_and_items_does_not_matter(rows, chance):
    frame = pl.DataFrame(rows, schema=["a", "b", "c"], orient="row", strict=False)
    order = list(range(len(rows)))
    chance.shuffle(order)
    plain = score_items(item_answers(frame, dont_know=[9]))
    moved = score_items(item_answers(frame[order].select("c", "a", "b"), dont_know=[9]))
    np.testing.assert_allclose(moved.scores, plain.scores[order])


REFUSED = [
    ({"answers": [[1, 6]]}, "scale_answer_outside", "'item 2', respondent 1: 6.0"),
    ({"answers": pl.DataFrame({"a": ["3", "eens"]})}, "scale_answer_outside", "respondent 2.*eens"),
    ({"answers": [[1, np.inf]]}, "scale_answer_outside", "inf"),
    ({"answers": [[1, 2]], "dont_know": [5]}, "scale_code_on_scale", "outside the scale"),
    ({"answers": [[1, 2]], "low": 5, "high": 1}, "scale_range", "below"),
    ({"answers": [[1, 2]], "reversed_items": ["z"]}, "scale_reversed_unknown", "'z'.*no item"),
    ({"answers": pl.DataFrame({"a": [1]}), "names": ["b"]}, "scale_item_unknown", "'b'.*are: a"),
    ({"answers": [[1, 2]], "names": ["a"]}, "scale_shape", "1 items"),
    ({"answers": [[1, 2]], "names": ["a", "a"]}, "scale_item_twice", "once"),
    ({"answers": np.empty((0, 2))}, "scale_empty", "at least one"),
]


@pytest.mark.parametrize(("arguments", "code", "says"), REFUSED)
def test_answers_that_cannot_be_read_are_refused_with_place_and_cure(arguments, code, says):
    with pytest.raises(ScaleRefusal, match=says) as refusal:
        item_answers(**arguments)
    assert refusal.value.code == code


def test_a_share_of_items_outside_0_1_is_refused():
    with pytest.raises(ScaleRefusal, match="above 0"):
        score_items(item_answers([[1, 2]]), min_share=0)
