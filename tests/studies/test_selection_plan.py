"""Whether cases are chosen as asked, kept so that it can be repeated, and told truthfully."""

from datetime import date

import numpy as np
import pytest
from plan_making import plan_make

from rodedraad.accounts.models import Person
from rodedraad.country.current import current_country
from rodedraad.errors import Refusal
from rodedraad.studies.frame import case_frame
from rodedraad.studies.invitations import case_invite, step_undo
from rodedraad.studies.labels import forerunners_label
from rodedraad.studies.models import Case, SelectionEvent, Study
from rodedraad.studies.selection import selection_plan_make, selection_quota
from rodedraad.studies.units import unit_add

FIGURES = (
    "inhabitants", "address_density", "aged_under_15_share", "aged_65_plus_share",
    "single_person_share", "standardised_income", "housing_value", "social_assistance_per_1000",
    "disability_benefit_per_1000",
)  # fmt: skip


def test_sixteen_of_393_most_diverse_lie_further_apart_than_chance(study: Study) -> None:
    plan = plan_make(study, method="most_diverse", n_cases=16, indicators=FIGURES, strata=("size",))
    assert plan.result["n_frame"] == 393
    assert len(plan.result["cases"]) == 16
    spread, random = plan.result["spread"], plan.result["random_spread"]["smallest"]
    assert spread["smallest"] > 1.5 * random["mean"]
    assert spread["smallest"] > random["high"] > random["mean"] > random["low"]
    assert random["n_at_least"] == 0
    assert random["p"] == 1 / 1001


def test_the_smallest_distance_is_that_of_the_figures_themselves(study: Study) -> None:
    plan = plan_make(study, n_cases=5, strata=(), indicators=("aged_65_plus_share",), seed=3)
    frame = case_frame(
        study, current_country(), date(2015, 1, 1), strata=(), indicators=("aged_65_plus_share",)
    )
    column = frame.figures[:, 0]
    z = (column - column.mean()) / column.std()
    at = [i for i, unit in enumerate(frame.units) if unit.code in plan.result["cases"]]
    gaps = np.diff(np.sort(z[at]))
    assert plan.result["spread"]["smallest"] == pytest.approx(gaps.min())


def test_the_same_seed_chooses_the_same_and_another_seed_others(study: Study) -> None:
    first, second, third = (plan_make(study, seed=seed) for seed in (7, 7, 8))
    assert first.result == second.result
    assert first.result["cases"] != third.result["cases"]
    assert [plan.number for plan in (first, second, third)] == [1, 2, 3]


def test_by_lot_needs_no_figures_and_then_tells_no_spread(study: Study) -> None:
    plan = plan_make(study)
    assert len(plan.result["cases"]) == 8
    assert plan.result["spread"] is None
    assert plan.result["balance"] == []
    assert plan.result["sentence"]["nl"].startswith("Uit de 393 gemeenten op 1 januari 2015")


def test_the_quota_shown_before_is_the_quota_of_the_plan(study: Study) -> None:
    frame = case_frame(study, current_country(), date(2015, 1, 1), strata=("size",), indicators=())
    shown = {stratum.name: stratum.quota for stratum in selection_quota(frame, 8)}
    assert plan_make(study).quota == shown
    assert sum(shown.values()) == 8


def test_chosen_cases_and_reserves_are_marked_and_a_newer_plan_puts_them_back(
    study: Study,
) -> None:
    plan_make(study)
    newer = plan_make(study, n_cases=4, strata=(), seed=99)
    main = Case.objects.filter(study=study, role=Case.Role.MAIN).order_by("rank")
    assert [case.unit_code for case in main] == newer.result["cases"]
    assert Case.objects.filter(study=study, role=Case.Role.RESERVE).count() == 8
    for case in main:
        ranked = list(case.reserves.order_by("rank").values_list("unit_code", flat=True))
        assert ranked == newer.result["reserves"][case.unit_code]


def test_a_reference_date_before_the_frame_of_the_study_adds_its_municipalities(
    study: Study,
) -> None:
    before = study.cases.count()
    plan = plan_make(study, reference_date=date(2010, 1, 1), strata=("part_of_country",))
    assert plan.result["n_frame"] == 431
    assert study.cases.count() > before


def test_pairs_differ_in_the_label_and_lie_in_one_stratum(study: Study, lead: Person) -> None:
    names = "Zaanstad\nDelft\nGroningen\nAlmere"
    forerunners_label(study, names, label=True, source="een lijst", person=lead, origin="test")
    plan = plan_make(study, method="matched_pairs", n_cases=4, indicators=FIGURES, strata=("size",))
    labels = dict(study.cases.values_list("unit_code", "forerunner"))
    cases, stratum_of = plan.result["cases"], plan.result["stratum_of"]
    for one, other in zip(cases[::2], cases[1::2], strict=True):
        assert labels[one]
        assert not labels[other]
        assert stratum_of[one] == stratum_of[other]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"method": "rndom"}, "selection_method"),
        ({"method": "most_diverse"}, "selection_without_figures"),
        ({"method": "matched_pairs", "n_cases": 5, "indicators": FIGURES}, "selection_odd"),
        ({"n_cases": 394, "strata": ()}, "selection_size"),
        ({"n_cases": 2, "strata": ("size",)}, "quota_too_many_needed_strata"),
        ({"indicators": ("happiness",)}, "unknown_indicator"),
        ({"strata": ("forerunner",)}, "stratum_unknown"),
        ({"reference_date": date(2016, 1, 1)}, "unknown_indicator"),
        ({"reference_date": date(1990, 1, 1), "strata": ()}, "date-before-register"),
    ],
)
def test_what_cannot_be_chosen_is_refused_and_nothing_is_written(
    study: Study, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(Refusal) as caught:
        plan_make(study, **changes)
    assert caught.value.code == code
    assert not study.selection_plans.exists()
    assert not study.cases.exclude(role=Case.Role.FRAME).exists()


def test_after_an_invitation_no_other_choice_is_made_unless_it_is_undone(
    study: Study, lead: Person
) -> None:
    plan = plan_make(study)
    case_invite(plan, study.cases.get(rank=1, role=Case.Role.MAIN), person=lead)
    with pytest.raises(Refusal) as caught:
        plan_make(study, seed=8)
    assert caught.value.code == "selection_under_way"
    step_undo(plan, person=lead)
    assert plan_make(study, seed=8).number == 2


def test_all_units_of_another_kind_take_part_when_so_asked(labs: Study, lead: Person) -> None:
    for code in ("b", "a"):
        unit_add(labs, code=code, name=f"Tuin {code}", person=lead, origin="test")
    plan = selection_plan_make(
        study=labs,
        country=current_country(),
        method="all",
        n_cases=43,
        reference_date=date(2017, 1, 1),
        strata=(),
        indicators=(),
        seed=1,
        person=lead,
        origin="test",
    )
    assert plan.result["cases"] == ["a", "b"]
    assert plan.n_cases == 2
    assert plan.result["sentence"]["nl"] == (
        "Het kader van 1 januari 2017 bestaat uit 2 proeftuinen. "
        "Zij doen allemaal mee; er is niet gekozen."
    )
    assert SelectionEvent.objects.filter(plan=plan).count() == 2


def test_units_of_another_kind_are_drawn_by_lot_in_their_own_words(
    labs: Study, lead: Person
) -> None:
    for number in range(6):
        unit_add(labs, code=f"t{number}", name=f"Tuin {number}", person=lead, origin="test")
    plan = plan_make(labs, n_cases=2, strata=())
    assert len(plan.result["cases"]) == 2
    assert "6 proeftuinen" in plan.result["sentence"]["nl"]
    assert "6 living labs" in plan.result["sentence"]["en"]


@pytest.mark.parametrize("changes", [{"strata": ("size",)}, {"indicators": ("inhabitants",)}])
def test_size_and_figures_are_for_municipalities_only(
    labs: Study, lead: Person, changes: dict[str, object]
) -> None:
    unit_add(labs, code="a", name="A", person=lead, origin="test")
    with pytest.raises(Refusal) as caught:
        plan_make(labs, **{"strata": (), **changes})
    assert caught.value.code == "only_for_municipalities"


def test_a_study_without_units_has_nothing_to_choose_from(labs: Study) -> None:
    with pytest.raises(Refusal) as caught:
        plan_make(labs, method="all", strata=())
    assert caught.value.code == "frame_empty"
