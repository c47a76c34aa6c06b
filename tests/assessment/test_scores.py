"""Scores per case: worked out by hand, never NaN, and unmoved by the order of rows."""

import json
from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from score_frames import ITEMS, answers, drawn, frame, row, rubric

from rodedraad.assessment.conclusions.scores import construct_scores
from rodedraad.errors import Refusal
from rodedraad.methods.aggregation import case_means, intraclass, within_case_agreement
from rodedraad.methods.scales import item_answers, scale_reliability, score_items


def scores(rows: pl.DataFrame, **others: object) -> dict[str, object]:
    """Return the scores of these rows, which JSON must be able to hold."""
    found = construct_scores(rows, construct="F5", items=ITEMS, seed=1, **others)
    json.dumps(found, allow_nan=False)
    return found


def codes(found: dict[str, object]) -> list[str]:
    """Return the codes of the notices."""
    return [notice["code"] for notice in found["notices"]]


def same(answer: float | None) -> dict[str, float | None]:
    """Return the same answer to all items."""
    return dict.fromkeys(ITEMS, answer)


def test_one_case_worked_out_by_hand() -> None:
    found = scores(
        frame(
            [
                *answers("GM1", "u1", "U", same(4)),
                *answers("GM1", "u2", "U", same(5)),
                # 3 of 4 answered is enough: (2 + 2 + 5) / 3 = 3, so 0.5.
                *answers("GM1", "u3", "U", {**same(2), "F5.3": 5, "F5.4": "dont_know"}),
                # 2 of 4 is not.
                *answers("GM1", "u4", "U", {**same("dont_know"), "F5.1": 1, "F5.2": 1}),
                *answers("GM1", "c1", "C", same(1)),
                *answers("GM1", "c2", "C", same(2)),
                # Asked two items only: both answered.
                *answers("GM1", "d1", "D", dict.fromkeys(ITEMS[:2], 3)),
                rubric("GM1", "document", "nota", 3),
                rubric("GM1", "document", "verslag", 0),
                rubric("GM1", "interview", "gesprek", 1, role="D", respondent="d9"),
            ]
        )
    )  # fmt: skip
    case = found["cases"]["GM1"]
    # Workers: (0.75 + 1 + 0.5) / 3 = 0.75. C (2) and D (1) are pooled: (0 + 0.25 + 0.5) / 3 = 0.25.
    assert case["survey"] == pytest.approx((0.75 + 0.25) / 2)
    assert case["n_respondents"] == 6
    assert case["n_without_score"] == 1
    assert {role: (each["mean"], each["n"]) for role, each in case["roles"].items()} == {
        "U": (0.75, 3), "C": (0.125, 2), "D": (0.5, 1)
    }  # fmt: skip
    assert case["roles"]["D"]["pooled_with"] == ["C"]
    assert case["roles"]["D"]["suppressed"]
    assert case["document"] == pytest.approx(0.5)
    assert case["interview"] == pytest.approx(1 / 3)
    assert case["combined"] == pytest.approx(0.5)
    assert case["gap"] == pytest.approx(0.5 - 1 / 3)
    assert not case["conflict"]
    assert not case["suppressed"]
    assert case["interview_suppressed"]
    assert case["dont_know_share"] == pytest.approx(3 / 26)
    assert found["dont_know_share"] == pytest.approx(3 / 26)


def test_agreement_by_hand() -> None:
    said = ((4, 5), (5, 5), (4, 4), (5, 4), (4, 5))
    rows = [
        each
        for i, pair in enumerate(said)
        for each in answers("GM1", f"u{i}", "U", dict(zip(ITEMS[:2], pair, strict=True)))
    ]
    found = scores(frame(rows))
    # Both items: variance 0.3; against 2 of five even answers a share of 0.15.
    assert found["cases"]["GM1"]["rwg"] == pytest.approx(2 * 0.85 / (2 * 0.85 + 0.15))
    assert "items_not_asked" in codes(found)


def test_sources_more_than_a_third_apart_contradict() -> None:
    rows = [*(x for i in range(5) for x in answers("GM1", f"u{i}", "U", same(2))),
            rubric("GM1", "document", "nota", 3)]  # fmt: skip
    case = scores(frame(rows))["cases"]["GM1"]
    assert case["gap"] == pytest.approx(0.75)
    assert case["conflict"]
    assert case["combined"] == pytest.approx((0.25 + 1) / 2)


@pytest.mark.parametrize(("n", "suppressed"), [(1, True), (4, True), (5, False)])
def test_below_five_people_nothing_is_for_publication(n: int, suppressed: bool) -> None:
    rows = [each for i in range(n) for each in answers("GM1", f"u{i}", "U", same(i % 5 + 1))]
    assert scores(frame(rows))["cases"]["GM1"]["suppressed"] is suppressed


def test_documents_alone_are_about_nobody() -> None:
    case = scores(frame([rubric("GM1", "document", "nota", 2)]))["cases"]["GM1"]
    assert case["combined"] == pytest.approx(2 / 3)
    assert not case["suppressed"]
    assert case["n_respondents"] == 0


def test_many_documents_do_not_score_higher_than_one() -> None:
    found = scores(
        frame([rubric("GM1", "document", str(i), 2) for i in range(9)]
              + [rubric("GM2", "document", "one", 2)])
    )  # fmt: skip
    values = [case["document"] for case in found["cases"].values()]
    assert values == pytest.approx([2 / 3, 2 / 3])


def test_the_last_answer_to_an_item_counts_and_is_told() -> None:
    rows = [*answers("GM1", "u1", "U", same(1)), *answers("GM1", "u1", "U", same(5))]
    found = scores(frame(rows))
    assert found["cases"]["GM1"]["survey"] == 1
    assert found["cases"]["GM1"]["n_respondents"] == 1
    assert {"code": "answered_twice", "context": {"n": 4}} in found["notices"]


def test_rows_that_cannot_count_are_told() -> None:
    rows = [
        *answers("GM1", "u1", "U", same(4)),
        *answers("GM1", "u2", "U", {"F5.9": 4}),
        {**row("GM1", "answer", "F5.1"), "value": 0.5},
        rubric("GM1", "session", "avond", 2),
    ]
    found = scores(frame(rows))
    assert {"unknown_items", "no_respondent", "source_not_combined"} <= set(codes(found))
    assert found["counts"]["respondents"] == 1


def test_no_rows_give_no_cases_and_no_numbers() -> None:
    found = scores(frame([]))
    assert found["cases"] == {}
    assert found["reliability"] == {}
    assert found["icc"] == {}


def people(n: int, n_cases: int, said: Callable[[int], dict]) -> pl.DataFrame:
    """Return the answers of ``n`` workers, spread over cases."""
    return frame(
        each for i in range(n) for each in answers(f"GM{i % n_cases}", f"u{i}", "U", said(i))
    )


def varied(i: int) -> int:
    """Return an answer that differs from person to person."""
    return i % 5 + 1


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (people(1, 1, lambda i: same(4)), "scale_too_few_respondents"),
        (people(9, 2, lambda i: same(4)), "scale_constant_item"),
        (people(9, 2, lambda i: {"F5.1": varied(i)}), "scale_too_few_items"),
        (people(9, 1, lambda i: same(varied(i))), "aggregation_icc_cases"),
        (people(9, 2, lambda i: same(None)), "no_scores"),
        (people(9, 9, lambda i: same("dont_know")), "no_scores"),
        (
            people(9, 2, lambda i: dict.fromkeys(ITEMS[i % 2 : i % 2 + 2], varied(i))),
            "scale_no_common_respondents",
        ),
    ],
)
def test_what_the_data_cannot_bear_is_a_notice(rows: pl.DataFrame, told: str) -> None:
    assert told in codes(scores(rows))


def test_a_value_off_the_scale_is_refused() -> None:
    bad = [{**each, "value": 1.5} for each in answers("GM1", "u1", "U", same(4))]
    with pytest.raises(Refusal, match="row 1"):
        scores(frame(bad))


def test_the_numbers_are_those_of_the_methods_on_a_matrix_made_another_way() -> None:
    rows = drawn()
    said = pl.when(pl.col("missing") == "dont_know").then(9.0).otherwise(pl.col("raw"))
    wide = (
        rows.with_columns(said=said)
        .pivot("about", index=("case", "respondent", "role"), values="said")
        .sort("case", "respondent")
    )
    read = item_answers(wide, names=ITEMS, dont_know=[9])
    scored = score_items(read)
    found = scores(rows, bootstraps=200)
    for case in case_means(scored.scores, wide["case"], wide["role"]).cases:
        assert found["cases"][case.case]["survey"] == pytest.approx(case.value)
    for case in within_case_agreement(read.values, wide["case"]).cases:
        assert found["cases"][case.case]["rwg"] == pytest.approx(case.against("uniform").rwg_j)
    firm = scale_reliability(read, seed=1, bootstraps=200, clusters=wide["case"].to_numpy())
    assert found["reliability"]["alpha"] == pytest.approx(firm.alpha)
    assert found["reliability"]["alpha_interval"] == pytest.approx(
        [firm.alpha_interval.low, firm.alpha_interval.high]
    )
    (icc,) = intraclass(scored.scores, wide["case"])
    assert found["icc"]["icc1"] == pytest.approx(icc.icc1)
    assert found["icc"]["icc2"] == pytest.approx(icc.icc2)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_and_the_names_of_people_do_not_matter(seed: int) -> None:
    rows = drawn()
    shuffled = rows.sample(fraction=1.0, shuffle=True, seed=seed)
    assert scores(shuffled) == scores(rows)
    renamed = rows.with_columns(respondent=pl.concat_str(pl.lit("z"), "respondent"))
    assert scores(renamed)["cases"] == scores(rows)["cases"]


def test_every_value_lies_from_0_to_1() -> None:
    found = scores(drawn(n_cases=40, per_case=7, seed=3))
    values = [case[name] for case in found["cases"].values() for name in ("survey", "rwg")]
    known = np.array([value for value in values if value is not None])
    assert known.size > 40
    assert (known >= 0).all()
    assert (known <= 1).all()
