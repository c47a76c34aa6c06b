"""Are people counted where they stand, and is the response what AAPOR says it is?"""

from collections import Counter

import pytest

from fieldwork.monitor_world import DAY, fieldwork_world, people_in
from fieldwork.people_world import about_of
from rodedraad.fieldwork.monitor_counts import (
    Looked,
    groups_counted,
    heard_of,
    rates_of,
    reasons_counted,
    summed,
)
from rodedraad.fieldwork.monitor_tallies import OpenTally, tallies_of
from rodedraad.fieldwork.states import state_reached
from rodedraad.studies.models import Case, Wave
from rodedraad.surveys.models import StratumLink, Survey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
EACH = {
    "done": 40, "started": 10, "refused": 15, "withdrawn": 5, "not_reached": 10, "reached": 5,
    "invited": 15, "ineligible": 5, "planned": 7,
}  # fmt: skip


def case_of(wave, name):
    return Case.objects.get(study=wave.study, name=name).pk


def test_everyone_counts_once_where_they_stand():
    wave, _team = fieldwork_world()
    people_in(wave, "Noord", "U", EACH)
    people_in(wave, "Noord", "D", {"done": 1})
    people_in(wave, "Zuid", "U", {"invited": 2})
    groups = groups_counted(wave.study, Looked(wave))
    assert groups == {
        (case_of(wave, "Noord"), "U"): Counter(EACH),
        (case_of(wave, "Noord"), "D"): Counter(done=1),
        (case_of(wave, "Zuid"), "U"): Counter(invited=2),
    }
    other = Wave.objects.create(
        study=wave.study, label="later", reference_date=DAY, framework=wave.framework
    )
    assert groups_counted(wave.study, Looked(other)) == {}
    assert summed(groups_counted(wave.study, Looked()).values()).total() == 112 + 3


def test_the_rates_are_those_worked_out_by_hand():
    # I 40, P 10, R 15 + 5, NC 10, O 5, UO 15; not eligible 5; e = 85 / 90
    rates = rates_of(Counter(EACH))
    assert rates.n == 100
    assert rates.eligible == pytest.approx(85 / 90)
    assert (rates.rr1, rates.rr2) == (0.40, 0.50)
    assert rates.rr3 == pytest.approx(40 / (85 + 15 * 85 / 90))
    assert rates.rr5 == pytest.approx(40 / 85)
    assert rates.rr6 == pytest.approx(50 / 85)
    assert rates.refusal1 == 0.20
    assert rates.cooperation1 == pytest.approx(40 / 75)


def test_of_one_survey_count_those_who_were_asked_for_it_by_what_happened_about_it():
    wave, _team = fieldwork_world()
    ours = people_in(wave, "Noord", "U", {"invited": 2, "done": 3, "started": 1}, about="survey:a")
    people_in(wave, "Noord", "U", {"done": 4}, about="survey:b")
    state_reached(ours[0], "done", about="survey:b", day=DAY)  # done with another one only
    state_reached(ours[1], "refused", about="", day=DAY)  # with everything
    state_reached(ours[5], "refused", about="survey:b", day=DAY)  # not with this one
    (tally,) = groups_counted(wave.study, Looked(wave, "survey:a")).values()
    assert tally == Counter(invited=1, refused=1, done=3, started=1)


def test_an_anonymous_survey_counts_by_its_links_and_asks_who_was_invited():
    wave, _team = fieldwork_world()
    survey = Survey.objects.get(study=wave.study)
    Survey.objects.filter(pk=survey.pk).update(mode=Survey.Mode.ANONYMOUS)
    about, noord = about_of(wave), Case.objects.get(name="Noord")
    people_in(wave, "Noord", "U", {"invited": 6}, about=about)
    days = {
        "2026-03-02": {"started": 3, "complete": 2},
        "2026-03-03": {"started": 2, "complete": 1, "screened_out": 1},
    }
    StratumLink.objects.create(
        survey=survey, case=noord, role="U", token_digest="a", n_asked=20, counts=days
    )
    StratumLink.objects.create(survey=survey, case=noord, role="C", token_digest="b")
    tallies = tallies_of(wave.study)
    assert OpenTally(about, "Vragen", wave.pk, noord.pk, "U", 20, 5, 3, 1) in tallies
    groups = groups_counted(wave.study, Looked(wave, about, anonymous=True), tallies)
    assert groups[noord.pk, "U"] == Counter(done=3, started=1, ineligible=1, invited=15)
    assert groups[noord.pk, "C"].total() == 0


def test_reasons_are_counted_however_they_are_written_and_only_of_who_still_refuses():
    wave, _team = fieldwork_world()
    people_in(wave, "Noord", "U", {"refused": 4}, reasons=("Geen tijd.", "geen  tijd", "ziek", ""))
    back = people_in(wave, "Noord", "U", {"refused": 1}, reasons=("ziek",))[0]
    type(back).objects.filter(pk=back.pk).update(state="done")
    assert reasons_counted(wave.study, wave, None, "") == [("Geen tijd.", 2), ("", 1), ("ziek", 1)]
    assert reasons_counted(wave.study, wave, case_of(wave, "Zuid"), "") == []


def test_of_each_case_it_is_known_when_it_was_invited_and_last_heard_of():
    wave, _team = fieldwork_world()
    people_in(wave, "Noord", "U", {"invited": 1, "done": 1})
    people_in(wave, "Zuid", "U", {"invited": 1, "not_reached": 1})
    heard = heard_of(wave.study, Looked(wave))
    assert heard[case_of(wave, "Noord")].last == DAY
    assert heard[case_of(wave, "Zuid")].invited == DAY
    assert heard[case_of(wave, "Zuid")].last is None
