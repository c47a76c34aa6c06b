"""Do the rules on networks give the label that the law, the dates and the reports call for?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodedraad.methods.rulesets import (
    DriveRules,
    LegalBasis,
    Member,
    Milestone,
    PortfolioNetwork,
    Provision,
    RuleRefusal,
    governance_fit,
    governance_mode,
    municipal_portfolio,
    network_drive,
    network_phase,
    network_response,
    scale_level,
    tie_reports,
    tie_status,
)

DAY = date(2016, 1, 1)
SUWI = Provision("Wet SUWI art. 10a", prescribes_party=True, since=date(2015, 1, 1))
DUTY = Provision("a general duty to cooperate", prescribes_party=False)
LABELS = {"onbepaald", "niet-regelgedreven", "regelomlijst", "regelgedreven", "gemengd"}


def members(prescribed, voluntary, unknown=0):
    return [
        *(Member(f"p{i}", True) for i in range(prescribed)),
        *(Member(f"v{i}", False) for i in range(voluntary)),
        *(Member(f"u{i}", None) for i in range(unknown)),
    ]


@pytest.mark.parametrize(
    ("legal", "parties", "label", "two_classes"),
    [
        (LegalBasis(False), members(3, 0), "onbepaald", "onbepaald"),
        (LegalBasis(False, (SUWI,), False), members(3, 0), "onbepaald", "onbepaald"),
        (LegalBasis(True), members(0, 3), "niet-regelgedreven", "niet-regelgedreven"),
        (LegalBasis(True, (DUTY,)), members(0, 3), "regelomlijst", "niet-regelgedreven"),
        (LegalBasis(True, (SUWI, DUTY), False), members(5, 2), "regelgedreven", "regelgedreven"),
        (LegalBasis(True, (SUWI,), False), members(2, 1), "gemengd", "regelgedreven"),
        (LegalBasis(True, (SUWI,), True), members(5, 0), "gemengd", "regelgedreven"),
        (LegalBasis(True, (SUWI,), None), members(5, 0), "onbepaald", "regelgedreven"),
        (LegalBasis(True, (SUWI,), None), members(2, 1), "gemengd", "regelgedreven"),
        (LegalBasis(True, (SUWI,), False), members(5, 0, 1), "regelgedreven", "regelgedreven"),
        (LegalBasis(True, (SUWI,), False), members(2, 0, 1), "onbepaald", "regelgedreven"),
        (LegalBasis(True, (SUWI,), False), [], "onbepaald", "regelgedreven"),
    ],
)
def test_the_drive_follows_from_what_the_law_prescribes(legal, parties, label, two_classes):
    drive = network_drive(legal, parties, on=DAY)
    assert (drive.label, drive.two_classes) == (label, two_classes)


def test_law_that_is_not_in_force_yet_prescribes_nothing():
    legal = LegalBasis(True, (SUWI,), extra_tasks=False)
    assert network_drive(legal, members(3, 0), on=date(2014, 12, 31)).label == "niet-regelgedreven"
    ended = Provision("old act", prescribes_party=True, until=DAY)
    assert network_drive(LegalBasis(True, (ended,)), [], on=DAY).label == "niet-regelgedreven"


@given(
    st.builds(
        LegalBasis,
        researched=st.booleans(),
        provisions=st.lists(st.sampled_from([SUWI, DUTY]), max_size=2).map(tuple),
        extra_tasks=st.sampled_from([True, False, None]),
    ),
    st.lists(st.builds(Member, st.text(max_size=2), st.sampled_from([True, False, None]))),
    st.sampled_from(["covenant", "gemeenschappelijke regeling", None]),
)
def test_every_network_gets_one_label_and_the_legal_form_never_changes_it(legal, parties, form):
    drive = network_drive(legal, parties, on=DAY)
    assert drive.label in LABELS
    other = LegalBasis(legal.researched, legal.provisions, legal.extra_tasks, form, 3)
    assert network_drive(other, parties, on=DAY).label == drive.label


def test_a_drive_explains_itself_and_names_its_rules():
    legal = LegalBasis(True, (SUWI,), extra_tasks=False)
    drive = network_drive(legal, members(3, 1), on=DAY, rules=DriveRules(extra_share=0.25))
    assert drive.label == "gemengd"
    assert drive.explanation.nl == (
        "Wet SUWI art. 10a schrijft partijen voor; 25% van de leden staat daarbuiten (grens 25%)."
    )
    assert drive.rules.identity == "network-drive 1 (extra_share=0.25)"


def portfolio(driven, free, unknown=0, intensity=0.1):
    networks = ["regelgedreven"] * driven + ["niet-regelgedreven"] * free + ["onbepaald"] * unknown
    return municipal_portfolio([PortfolioNetwork(n, intensity) for n in networks])


@pytest.mark.parametrize(
    ("driven", "free", "label"),
    [
        (2, 1, "overwegend regelgedreven"),
        (1, 2, "overwegend niet"),
        (2, 2, "gemengd"),
        (1, 1, "onbepaald"),
        (0, 0, "onbepaald"),
    ],
)
def test_two_thirds_and_one_third_bound_the_portfolio(driven, free, label):
    assert portfolio(driven, free).label == label


def test_networks_with_an_unknown_drive_are_left_out_and_counted():
    result = portfolio(1, 1, unknown=4)
    assert (result.label, result.share, result.n_networks, result.n_undetermined) == (
        "onbepaald",
        None,
        2,
        4,
    )


def test_a_portfolio_is_weighted_by_intensity():
    result = municipal_portfolio(
        [
            PortfolioNetwork("regelgedreven", 6.0),
            PortfolioNetwork("niet-regelgedreven", 1.0),
            PortfolioNetwork("niet-regelgedreven", 1.0),
        ]
    )
    assert result.share == 0.75
    assert result.label == "overwegend regelgedreven"


def test_a_label_of_five_or_an_intensity_of_zero_is_refused_in_a_portfolio():
    with pytest.raises(RuleRefusal, match="two-class report"):
        municipal_portfolio([PortfolioNetwork("gemengd")])
    with pytest.raises(RuleRefusal, match="above 0"):
        municipal_portfolio([PortfolioNetwork("regelgedreven", 0.0)])


def reached(*numbers, year=2015):
    return {Milestone(n): date(year, n, 1) for n in numbers}


@pytest.mark.parametrize(
    ("numbers", "label", "gaps", "formally_ahead"),
    [
        ((), "nog geen fase", [], False),
        ((1, 2), "delen", [], False),
        ((1, 3, 4), "verkennen", [2], True),
        ((2, 3), "nog geen fase", [1], False),
        ((1, 2, 3, 4, 5), "uitvoeren en vernieuwen", [], False),
        ((1, 2, 4, 5), "delen", [3], False),
    ],
)
def test_the_phase_is_the_end_of_the_unbroken_chain(numbers, label, gaps, formally_ahead):
    phase = network_phase(reached(*numbers), on=DAY)
    assert phase.label == label
    assert list(phase.gaps) == gaps
    assert phase.formally_ahead is formally_ahead


def test_an_evaluation_of_two_years_ago_no_longer_counts():
    milestones = reached(1, 2, 3, 4) | {Milestone.DELIVER: date(2016, 3, 15)}
    assert network_phase(milestones, on=date(2018, 3, 14)).label == "uitvoeren en vernieuwen"
    lapsed = network_phase(milestones, on=date(2018, 3, 15))
    assert (lapsed.label, lapsed.lapsed) == ("vormgeven", True)


def test_milestones_of_the_future_do_not_count():
    assert network_phase(reached(1, 2, year=2017), on=DAY).phase is None


@pytest.mark.parametrize(
    ("entity", "member", "centralisation", "label"),
    [
        (True, True, 0.9, "netwerkorganisatie"),
        (False, True, None, "leidende organisatie"),
        (False, False, 0.5, "leidende organisatie"),
        (False, None, 0.6, "leidende organisatie"),
        (False, False, 0.49, "gedeeld bestuur"),
        (False, False, None, "gedeeld bestuur"),
        (False, None, 0.1, "onbepaald"),
        (None, True, 0.9, "onbepaald"),
    ],
)
def test_the_governance_mode_is_not_guessed(entity, member, centralisation, label):
    mode = governance_mode(
        coordinating_entity=entity,
        coordinating_member=member,
        degree_centralisation=centralisation,
    )
    assert mode.label == label


def fit(mode, tie_trust, density, participants, consensus, need):
    return governance_fit(
        mode,
        tie_trust=tie_trust,
        density=density,
        participants=participants,
        consensus=consensus,
        need=need,
    )


@pytest.mark.parametrize(
    ("mode", "numbers"),
    [
        ("gedeeld bestuur", (0.9, 0.9, 8, 0.8, 0.2)),
        ("leidende organisatie", (0.6, 0.2, 12, 0.3, 0.5)),
        ("netwerkorganisatie", (0.8, 0.6, 30, 0.6, 0.8)),
    ],
)
def test_each_mode_fits_the_network_that_provan_and_kenis_describe(mode, numbers):
    result = fit(mode, *numbers)
    assert result.label == "past"
    assert result.best_modes == (mode,)


def test_a_misfit_names_what_to_talk_about_and_unknown_conditions_are_left_out():
    result = fit("gedeeld bestuur", 0.9, 0.9, 20, None, 0.1)
    assert result.fits == {"trust": True, "participants": False, "need": True}
    assert result.explanation.nl == (
        "Van de 3 bekende voorwaarden passen er 2; om over te praten: aantal deelnemers."
    )


def test_nothing_known_fits_no_mode():
    result = fit("gedeeld bestuur", None, 0.5, None, None, None)
    assert (result.label, result.best_modes) == ("onbepaald", ())


def test_trust_above_one_and_an_unknown_mode_are_refused():
    with pytest.raises(RuleRefusal, match=r"Trust must be from 0 to 1"):
        fit("gedeeld bestuur", 1.2, 0.5, 3, 0.5, 0.5)
    with pytest.raises(RuleRefusal, match="hierarchy"):
        fit("hierarchy", 0.2, 0.5, 3, 0.5, 0.5)


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        (True, True, "bevestigd"),
        (True, None, "eenzijdig"),
        (True, False, "betwist"),
        (False, False, "afwezig"),
        (False, None, "afwezig"),
        (None, None, "onbekend"),
    ],
)
def test_a_tie_is_confirmed_only_when_both_ends_report_it(one, other, status):
    assert tie_status(one, other) == tie_status(other, one) == status


def test_confirmed_and_union_are_kept_apart():
    reports = {("b", "a"): True, ("a", "b"): True, ("a", "c"): True, ("c", "b"): False}
    ties = tie_reports(reports)
    assert ties.confirmed == {("a", "b")}
    assert ties.union == {("a", "b"), ("a", "c")}
    assert ties.status[("b", "c")] == "afwezig"
    with pytest.raises(RuleRefusal, match="a reports a tie with itself"):
        tie_reports({("a", "a"): True})


def test_seven_of_ten_actors_is_enough_and_six_is_not():
    actors = [f"actor {i}" for i in range(10)]
    assert network_response(actors, actors[:7]).label == "netwerkmaten mogelijk"
    assert network_response(actors, actors[:6]).label == "te weinig respons"
    with pytest.raises(RuleRefusal, match="stranger answered"):
        network_response(actors, ["stranger"])


@pytest.mark.parametrize(
    ("kind", "count", "n_regions", "covered", "label"),
    [
        ("arbeidsmarktregio", 11, 35, 390, "regio"),
        ("a region of one municipality", 1, 42, 390, "gemeente"),
        ("landsdeel", 97, 4, 390, "bovenregionaal"),
        ("the country as one region", 390, 1, 390, "landelijk"),
        ("a kind in part of the country", 5, 12, 107, "regio"),
        ("a large kind in part of the country", 50, 3, 107, "bovenregionaal"),
        ("joint arrangement", 30, None, None, "regio"),
        ("large joint arrangement", 31, None, None, "bovenregionaal"),
        ("joint arrangement of all", 388, None, None, "landelijk"),
    ],
)
def test_the_scale_level_follows_from_members_and_siblings(kind, count, n_regions, covered, label):
    level = scale_level(count, n_municipalities=390, n_regions=n_regions, covered=covered)
    assert level.label == label, kind


def test_counts_that_cannot_be_are_refused():
    with pytest.raises(RuleRefusal, match="from 1 to the 390"):
        scale_level(0, n_municipalities=390)
    with pytest.raises(RuleRefusal, match="or neither"):
        scale_level(3, n_municipalities=390, n_regions=4)
    with pytest.raises(RuleRefusal, match="Count the kind again"):
        scale_level(30, n_municipalities=390, n_regions=4, covered=20)
