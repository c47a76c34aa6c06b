"""Do the rules on initiatives, findings and red threads give the label they promise?"""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodedraad.methods.rulesets import (
    ALL_RULES,
    OWN_DEFAULTS,
    FindingBasis,
    RedThreadRules,
    RuleRefusal,
    ThreadBasis,
    Vote,
    anchoring_alert,
    change_type,
    confidence,
    drive,
    finding_confidence,
    governance,
    ladder,
    ladder_gap,
    phase,
    portfolio,
    red_thread,
    red_thread_status,
    scale,
    start_check,
    steering,
    steering_mode,
    steering_tension,
    ties,
)
from rodedraad.methods.rulesets.label_names import ENGLISH

DAY = date(2016, 1, 1)
SOUND = FindingBasis(
    cases=5, source_types=2, open_contra=0, current_wave=True, same_group=True, coders=2
)
FIRM = ThreadBasis(
    municipalities=6,
    cases_in_study=16,
    strata=2,
    source_types=2,
    contra_searched=True,
    contra_handled=True,
)


@pytest.mark.parametrize(
    ("frames", "autonomy", "label"),
    [
        (0.5, 0.5, "kaderstellend loslaten"),
        (0.9, 0.49, "sturen"),
        (0.1, 0.9, "vrijblijvend loslaten"),
        (0.0, 0.0, "ad-hoc ingrijpen"),
        (None, 0.9, "onbepaald"),
    ],
)
def test_frames_and_room_make_four_modes(frames, autonomy, label):
    assert steering_mode(frames, autonomy).label == label


def test_two_sides_that_see_another_mode_are_the_finding():
    here, there = steering_mode(0.9, 0.9), steering_mode(0.2, 0.9)
    assert steering_tension(here, there).label == "spanningsveld"
    assert steering_tension(here, here).label == "zelfde beeld"
    assert steering_tension(here, steering_mode(None, 0.1)).label == "onbepaald"


@pytest.mark.parametrize(
    ("owner", "money", "ends", "label"),
    [
        (False, False, date(2016, 7, 1), "borging in gevaar"),
        (False, False, date(2016, 7, 3), "geen alarm"),
        (False, False, date(2015, 7, 1), "borging in gevaar"),
        (True, None, date(2016, 2, 1), "geen alarm"),
        (False, None, date(2016, 2, 1), "onbepaald"),
        (False, False, None, "onbepaald"),
    ],
)
def test_an_initiative_without_owner_and_money_near_its_end_raises_an_alert(
    owner, money, ends, label
):
    assert anchoring_alert(has_owner=owner, has_money=money, ends=ends, on=DAY).label == label


def test_support_recorded_on_the_day_of_the_start_was_filled_in_afterwards():
    assert start_check(recorded=date(2015, 12, 31), started=DAY).label == "vooraf nagegaan"
    assert start_check(recorded=DAY, started=DAY).label == "achteraf ingevuld"
    assert start_check(recorded=None, started=DAY).label == "onbepaald"


def test_two_rungs_between_promise_and_experience_is_a_gap():
    assert ladder_gap(4, 2).label == "verwachtingskloof"
    assert ladder_gap(4, 3).label == "geen verwachtingskloof"
    assert ladder_gap(1, 5).label == "geen verwachtingskloof"
    assert ladder_gap(None, 2).label == "onbepaald"
    with pytest.raises(RuleRefusal, match="from 0 to 6"):
        ladder_gap(7, 2)


def test_confidence_starts_high_and_loses_one_level_per_kind_of_concern():
    assert finding_confidence(SOUND).label == "hoog"
    weak_method = replace(SOUND, coders=1, agreement_measured=False, response=0.2)
    assert finding_confidence(weak_method).label == "redelijk"
    thin = replace(weak_method, cases=2)
    assert finding_confidence(thin).label == "beperkt"
    contested = replace(thin, open_contra=1)
    assert finding_confidence(contested).label == "zwak"
    worst = finding_confidence(replace(contested, current_wave=False))
    assert worst.label == "zwak"
    assert worst.concerns == ("method", "coherence", "adequacy", "relevance")


def test_confidence_prints_its_reasons():
    graded = finding_confidence(replace(SOUND, source_types=1, same_group=False))
    assert graded.explanation.nl == "Zorgen: soorten bronnen: 1, over een andere groep."


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"municipalities": 5}, "municipalities"),  # a third of 16 is 5.33
        ({"municipalities": 3, "cases_in_study": 6}, "municipalities"),
        ({"strata": 1}, "strata"),
        ({"source_types": 1}, "source_types"),
        ({"contra_handled": False}, "contra"),
    ],
)
def test_a_thread_without_one_of_its_conditions_stays_a_candidate(change, missing):
    votes = [Vote("herken", "directeur", False)] * 20
    status = red_thread_status(replace(FIRM, **change), votes)
    assert status.label == "kandidaat"
    assert status.missing == (missing,)


def votes(recognise, partly, not_at_all):
    answers = ["herken"] * recognise + ["deels"] * partly + ["niet"] * not_at_all
    return [Vote(a, "directeur" if i % 2 else "beleid", i < 3) for i, a in enumerate(answers)]


@pytest.mark.parametrize(
    ("cast", "label"),
    [
        (votes(0, 0, 0), "onderbouwd"),
        (votes(7, 0, 0), "onderbouwd"),
        (votes(7, 0, 3), "gevalideerd"),
        (votes(6, 1, 3), "herzien"),
        (votes(4, 0, 6), "herzien"),
        (votes(3, 1, 6), "niet herkend"),
    ],
)
def test_the_vote_decides_from_eight_votes(cast, label):
    assert red_thread_status(FIRM, cast).label == label


def test_interviewed_voters_and_others_are_counted_apart():
    status = red_thread_status(FIRM, votes(3, 0, 5))
    assert (status.interviewed.n, status.interviewed.mean) == (3, 1.0)
    assert (status.not_interviewed.n, status.not_interviewed.mean) == (5, 0.0)
    assert {role: r.n for role, r in status.by_role.items()} == {"beleid": 4, "directeur": 4}


def test_an_unknown_vote_is_refused():
    with pytest.raises(RuleRefusal, match="'misschien'"):
        red_thread_status(FIRM, [Vote("misschien", "raadslid", False)])


@given(st.integers(0, 16), st.integers(0, 4), st.integers(0, 3), st.booleans(), st.booleans())
def test_more_support_never_takes_a_thread_back(municipalities, strata, sources, one, other):
    basis = ThreadBasis(
        municipalities=municipalities,
        cases_in_study=16,
        strata=strata,
        source_types=sources,
        contra_searched=one,
        contra_handled=other,
    )
    if red_thread_status(basis).label == "onderbouwd":
        assert red_thread_status(replace(basis, strata=strata + 1)).label == "onderbouwd"


def test_every_ruleset_has_a_name_a_version_and_says_that_its_thresholds_are_ours():
    assert len({rules.name for rules in ALL_RULES}) == len(ALL_RULES)
    for rules in ALL_RULES:
        assert rules.name
        assert rules.version
        assert rules.note == OWN_DEFAULTS
        assert rules.changed == {}
        assert rules.identity == f"{rules.name} {rules.version}"


def test_changed_thresholds_show_in_the_identity_of_a_ruleset():
    assert RedThreadRules(min_votes=5).identity == "red-thread 1 (min_votes=5)"


def test_every_label_has_an_english_name():
    modules = (
        change_type,
        confidence,
        drive,
        governance,
        ladder,
        phase,
        portfolio,
        red_thread,
        scale,
        steering,
        ties,
    )
    labels = {
        value
        for module in modules
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, str)
    }
    assert labels | set(phase.PHASE_NAMES.values()) | set(confidence.LEVELS) <= set(ENGLISH)


def test_inputs_can_be_stored_as_json():
    for ruling in (
        steering_mode(0.2, None),
        anchoring_alert(has_owner=None, has_money=True, ends=DAY, on=DAY),
        finding_confidence(SOUND),
        red_thread_status(FIRM, votes(1, 1, 1)),
    ):
        assert json.loads(json.dumps(ruling.inputs)) == ruling.inputs
        assert ruling.label_en == ENGLISH[ruling.label]
        assert ruling.ruleset == ruling.rules.name
