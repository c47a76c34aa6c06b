"""Does the page point at the cases that need it, and at no other?"""

import datetime
from collections import Counter
from statistics import median

import pytest

from fieldwork.monitor_world import case_make, fieldwork_world
from rodedraad.fieldwork.links import Subject
from rodedraad.fieldwork.monitor_alerts import cases_alerted, deadlines_near
from rodedraad.fieldwork.monitor_counts import Heard
from rodedraad.studies.models import Case

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 4, 1)
LONG_AGO, LATELY = TODAY - datetime.timedelta(14), TODAY - datetime.timedelta(13)


def alerts_of(states, heard=None, study=None):
    """``states``: by name of a case, then role, how many are in each state."""
    cases = list(Case.objects.filter(study=study).order_by("name"))
    keys = {case.name: case.pk for case in cases}
    groups = {
        (keys[name], role): Counter(tally)
        for name, roles in states.items()
        for role, tally in roles.items()
    }
    days = {keys[name]: Heard(*pair) for name, pair in (heard or {}).items()}
    return cases_alerted(cases, groups, days, today=TODAY)


@pytest.fixture
def study(home):
    wave, _team = fieldwork_world()
    case_make(wave, "West")
    for rank, name in ((2, "Reserve twee"), (1, "Reserve een")):
        case_make(
            wave,
            name,
            role=Case.Role.RESERVE,
            rank=rank,
            reserve_for=Case.objects.get(name="Noord"),
        )
    case_make(wave, "Kader", role=Case.Role.FRAME)
    return wave.study


GOOD = {"U": {"done": 6, "invited": 4}}


def test_a_case_below_half_of_the_median_of_the_others_lags_with_its_reserves_in_order(study):
    states = dict.fromkeys(("Proefstad", "Zuid", "West"), GOOD)
    found = alerts_of(
        states | {"Noord": {"U": {"done": 2, "started": 0, "invited": 8}}}, study=study
    )
    (lag,) = found.lagging
    assert (lag.case.name, lag.share, lag.n, lag.middle) == ("Noord", 0.2, 10, 0.6)
    assert [case.name for case in lag.reserves] == ["Reserve een", "Reserve twee"]
    at_half = alerts_of(states | {"Noord": {"U": {"done": 3, "invited": 7}}}, study=study)
    assert at_half.lagging == []
    assert at_half.n == 0


def test_each_case_is_laid_beside_the_median_of_all_others_also_where_shares_are_alike(study):
    for number in range(8):
        case_make(study.waves.get(), f"Meer {number}")
    done = dict(zip([case.name for case in Case.objects.filter(study=study, role="main")],
                    (9, 9, 6, 6, 7, 3, 1, 0, 0, 2, 8, 10), strict=True))  # fmt: skip
    states = {name: {"U": {"done": n, "invited": 10 - n}} for name, n in done.items()}
    found = {lag.case.name: lag.middle for lag in alerts_of(states, study=study).lagging}
    others = {name: [n / 10 for other, n in done.items() if other != name] for name in done}
    assert found == {
        name: median(others[name]) for name, n in done.items() if n / 10 < median(others[name]) / 2
    }
    assert len(found) == 4


def test_few_people_or_few_cases_are_not_compared(study):
    states = dict.fromkeys(("Proefstad", "Zuid", "West"), GOOD)
    assert alerts_of(states | {"Noord": {"U": {"invited": 4}}}, study=study).lagging == []
    del states["West"]
    assert alerts_of(states | {"Noord": {"U": {"invited": 9}}}, study=study).lagging == []


def test_a_case_is_silent_from_fourteen_days_and_not_once_one_was_heard_of(study):
    states = {name: {"U": {"invited": 5}} for name in ("Proefstad", "Noord", "Zuid")}
    heard = {"Proefstad": (LONG_AGO, None), "Noord": (LATELY, None), "Zuid": (LONG_AGO, LATELY)}
    found = alerts_of(states, heard, study)
    assert [(one.case.name, one.days) for one in found.silent] == [("Proefstad", 14)]


def test_a_case_in_which_everyone_refused_offers_its_reserves(study):
    found = alerts_of(
        {"Noord": {"D": {"refused": 1}, "U": {"withdrawn": 1, "planned": 3, "ineligible": 1}}},
        study=study,
    )
    (one,) = found.refusing
    assert (one.case.name, one.n, len(one.reserves)) == ("Noord", 2, 2)
    assert (
        alerts_of({"Noord": {"D": {"refused": 1}, "U": {"invited": 1}}}, study=study).refusing == []
    )


def test_chosen_cases_without_people_and_without_a_role_are_named(study):
    found = alerts_of(
        {"Noord": {"D": {"done": 1}, "U": {"done": 1}}, "Zuid": {"U": {"done": 1}}}, study=study
    )
    assert [case.name for case in found.nobody] == ["Proefstad", "West"]
    assert [(role, [case.name for case in cases]) for role, cases in found.missing] == [
        ("D", ["Zuid"])
    ]


def test_a_last_day_is_near_for_a_week_and_only_while_somebody_is_open():
    def near(days, n):
        subject = Subject("survey:a", "A", ends_on=TODAY + datetime.timedelta(days))
        return [
            (one.passed, one.n_open)
            for one in deadlines_near([subject], {"survey:a": n}, today=TODAY)
        ]

    assert near(7, 3) == near(0, 3) == [(False, 3)]
    assert near(-1, 3) == [(True, 3)]
    assert near(8, 3) == near(1, 0) == []
