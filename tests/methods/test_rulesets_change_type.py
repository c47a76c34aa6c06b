"""Does the change type keep the promises of its rule on any input?"""

import inspect
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodedraad.methods.rulesets import (
    Attitudes,
    ChangeTypeRules,
    MeasureStatus,
    RuleRefusal,
    change_type,
    measure_breadth,
)
from rodedraad.methods.rulesets.measures import MEASURES

DAY = date(2016, 1, 1)
CAREFUL_CHANGER = "voorzichtige veranderaar"
LABELS = {
    "onbepaald",
    "veranderaar",
    CAREFUL_CHANGER,
    "voorzichtige",
    "grensgeval",
}
NONE, PILOT, IN_USE = MeasureStatus.NONE, MeasureStatus.PILOT, MeasureStatus.IN_USE
SOURCES = {"document", "interview", "survey"}
MIDDLE = Attitudes(necessity=0.5, small_steps=0.5, waiting=0.5, doubt=0.5)


def statuses(**cells):
    """Status of all five measures per cell; a list sets them one by one."""
    return {
        f"{cell}{i + 1}": status
        for cell, given_status in cells.items()
        for i, status in enumerate(
            given_status if isinstance(given_status, list) else [given_status] * 5
        )
    }


def label(status, attitudes=MIDDLE, sources=SOURCES):
    return change_type(status, attitudes, source_types=sources, on=DAY)


scores = st.none() | st.floats(0, 1)
attitudes_any = st.builds(
    Attitudes, necessity=scores, small_steps=scores, waiting=scores, doubt=scores
)
status_any = st.dictionaries(st.sampled_from(MEASURES), st.sampled_from(MeasureStatus))
status_known = st.fixed_dictionaries({m: st.integers(0, 4).map(MeasureStatus) for m in MEASURES})


@given(status_any, attitudes_any, st.sets(st.sampled_from(sorted(SOURCES))))
def test_every_case_gets_exactly_one_label_and_an_explanation(status, attitudes, sources):
    result = label(status, attitudes, sources)
    assert result.label in LABELS
    assert result.explanation.nl.endswith(".")
    assert result.explanation.en.endswith(".")
    assert 1 / 27 <= result.stability <= 1


@given(status_known, attitudes_any, st.sampled_from(MEASURES))
def test_raising_a_measure_never_removes_veranderaar(status, attitudes, raised):
    if label(status, attitudes).label != "veranderaar":
        # Most random inputs are no veranderaar: lift all others up to make one.
        status = {m: max(s, IN_USE) if m != raised else s for m, s in status.items()}
    assert label(status, attitudes).label == "veranderaar"
    higher = MeasureStatus(min(4, status[raised] + 1))
    assert label({**status, raised: higher}, attitudes).label == "veranderaar"


@given(status_known, attitudes_any, st.sampled_from(MEASURES))
def test_raising_any_measure_keeps_a_veranderaar_whatever_the_others_are(status, attitudes, raised):
    before = label(status, attitudes).label
    after = label({**status, raised: MeasureStatus.SECURED}, attitudes).label
    assert before != "veranderaar" or after == "veranderaar"


def test_size_region_and_reputation_cannot_be_given_to_the_rule():
    given_to = set(inspect.signature(change_type).parameters)
    assert given_to == {"status", "attitudes", "source_types", "on", "first_team", "rules"}
    assert set(Attitudes.__dataclass_fields__) == {"necessity", "small_steps", "waiting", "doubt"}


def test_the_weights_are_half_for_a_pilot_and_nothing_for_an_intention():
    status = statuses(A=[NONE, MeasureStatus.INTENTION, PILOT, IN_USE, MeasureStatus.SECURED])
    breadth = measure_breadth(status)
    assert breadth.cells["A"] == 0.5
    assert breadth.cells["B"] is None
    assert breadth.known == 0.25


def test_what_does_not_apply_is_not_unknown():
    status = statuses(A=IN_USE, B=IN_USE, C=IN_USE, D=MeasureStatus.NOT_APPLICABLE)
    assert measure_breadth(status).known == 1
    assert label(status).label == "onbepaald"
    assert label(status).explanation.nl == "Van deel D is geen maatregel bekend."


def test_broad_external_action_alone_is_no_veranderaar_and_says_what_is_missing():
    result = label(statuses(A=IN_USE, B=IN_USE, C=NONE, D=NONE))
    assert result.breadth.breadth == 0.5
    assert result.breadth.external == 1
    assert result.label != "veranderaar"
    assert result.missing_cells == ("C", "D")
    assert "ontbreekt: C, D" in result.explanation.nl


def test_half_of_the_measures_in_all_four_cells_is_a_veranderaar():
    assert label(statuses(A=PILOT, B=PILOT, C=PILOT, D=PILOT)).label == "veranderaar"


@pytest.mark.parametrize(
    ("attitudes", "expected"),
    [
        # breadth .25 counts as .5 of the threshold: pro = mean(necessity, small steps, .5)
        (Attitudes(necessity=0.8, small_steps=0.8, waiting=0.2, doubt=0.2), CAREFUL_CHANGER),
        (Attitudes(necessity=0.2, small_steps=0.2, waiting=0.8, doubt=0.8), "voorzichtige"),
        (Attitudes(necessity=0.5, small_steps=0.5, waiting=0.5, doubt=0.5), "grensgeval"),
        # pro = .6, con = .5: a lead of exactly .10, which binary fractions put just below it
        (Attitudes(necessity=0.6, small_steps=0.7, waiting=0.5, doubt=0.6), CAREFUL_CHANGER),
        (Attitudes(necessity=0.8), "onbepaald"),
        (Attitudes(small_steps=0.8, waiting=0.2, doubt=0.2), CAREFUL_CHANGER),
    ],
)
def test_attitudes_decide_below_the_threshold(attitudes, expected):
    status = statuses(A=PILOT, B=PILOT, C=NONE, D=NONE)
    assert label(status, attitudes).label == expected


def test_no_measure_at_all_is_voorzichtige_whatever_is_said():
    keen = Attitudes(necessity=1, small_steps=1, waiting=0, doubt=0)
    assert label(statuses(A=NONE, B=NONE, C=NONE, D=NONE), keen).label == "voorzichtige"


def test_too_little_known_or_a_single_kind_of_source_is_onbepaald():
    known = dict(list(statuses(A=IN_USE, B=IN_USE, C=IN_USE, D=IN_USE).items())[:13])
    assert label(known).label == "onbepaald"
    full = statuses(A=IN_USE, B=IN_USE, C=IN_USE, D=IN_USE)
    assert label(full, sources={"document"}).label == "onbepaald"
    assert label(full, sources={"document", "survey"}).label == "veranderaar"


def test_a_veranderaar_that_waits_or_began_last_year_is_flagged():
    status = statuses(A=IN_USE, B=IN_USE, C=IN_USE, D=IN_USE)
    result = change_type(
        status,
        replace(MIDDLE, waiting=0.6),
        source_types=SOURCES,
        on=DAY,
        first_team=date(2015, 6, 1),
    )
    assert result.flags == ("waiting_conflict", "young")
    assert result.label == "veranderaar"


def test_stability_counts_the_variants_by_hand():
    # Breadth .5 in four equal cells of .5: it is a veranderaar for the breadth thresholds .4 and
    # .5 and not for .6, whatever the other two are: 18 of 27. Below .6 attitudes decide:
    # pro = mean(.5, .5, .5/.6) and con = .5, a lead of .11: not a veranderaar.
    result = label(statuses(A=PILOT, B=PILOT, C=PILOT, D=PILOT))
    assert result.stability == pytest.approx(18 / 27)
    assert result.uncertain


def test_a_threshold_that_a_step_brings_to_zero_is_refused():
    with pytest.raises(RuleRefusal, match="above 0, also a step lower"):
        change_type(
            statuses(A=PILOT, B=PILOT, C=PILOT, D=PILOT),
            MIDDLE,
            source_types=SOURCES,
            on=DAY,
            rules=ChangeTypeRules(breadth=0.1),
        )


def test_unknown_measures_sources_and_scores_are_refused():
    with pytest.raises(RuleRefusal, match="'E1' is not a measure"):
        label({"E1": NONE})
    with pytest.raises(RuleRefusal, match="'rumour' is not a kind of source"):
        label({}, sources={"rumour"})
    with pytest.raises(RuleRefusal, match=r"Waiting must be from 0 to 1"):
        label({}, Attitudes(waiting=float("nan")))
