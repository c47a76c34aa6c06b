"""Who sees what on the page about fieldwork, and how much does it ask of the database?"""

import csv
from io import StringIO

import pytest
from django.urls import reverse

from fieldwork.monitor_world import DAY, case_make, fieldwork_world, people_in
from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.fieldwork.models import Mailing, MailText, Message, Participation
from rodedraad.fieldwork.people_list import waves_of
from rodedraad.studies.models import Case, SelectionPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def world(client):
    wave, team = fieldwork_world()
    client.force_login(team["lead"])
    return wave, team


def page_of(client, name="overview", **query):
    answer = client.get(reverse(f"fieldwork:{name}", args=["proef"]), query)
    assert answer.status_code == 200
    return answer


def rows_of(client, **query):
    return list(csv.DictReader(StringIO(page_of(client, "overview_csv", **query).content.decode())))


def test_an_empty_study_says_what_to_do(client, world):
    text = page_of(client).content.decode()
    assert "<table" not in text
    assert reverse("fieldwork:people", args=["proef"]) in text


def test_the_team_sees_counts_rates_reasons_and_alerts(client, world):
    wave, _team = world
    people_in(wave, "Noord", "U", {"done": 6, "refused": 2, "invited": 2}, reasons=("te druk",))
    people_in(wave, "Zuid", "D", {"refused": 1}, reasons=("geen zin",))
    answer = page_of(client)
    text = answer.content.decode()
    assert "te druk" in text
    assert answer.context["rates"].rr1 == pytest.approx(6 / 11)
    assert [row.total for row in answer.context["by_role"]] == [1, 10]
    assert [one.case.name for one in answer.context["alerts"].refusing] == ["Zuid"]
    assert [case.name for case in answer.context["alerts"].nobody] == ["Proefstad"]
    one = page_of(client, case=Case.objects.get(name="Noord").pk, role="U")
    assert [row.total for row in one.context["rows"]] == [10]
    assert page_of(client, sort="respons").context["rows"][0].name == "Zuid"


def test_a_reserve_is_offered_with_the_step_of_the_log_once_cases_were_chosen(client, world):
    wave, _team = world
    zuid = Case.objects.get(name="Zuid")
    case_make(wave, "Oost", role=Case.Role.RESERVE, rank=1, reserve_for=zuid)
    people_in(wave, "Zuid", "D", {"refused": 1})
    step = reverse("studies:step", args=["proef", zuid.pk])
    text = page_of(client).content.decode()
    assert "Oost" in text
    assert step not in text
    SelectionPlan.objects.create(
        study=wave.study, number=1, method="typical", n_cases=3, reference_date=DAY, seed=1,
        code_version="0",
    )  # fmt: skip
    assert step in page_of(client).content.decode()


def test_mails_are_counted_by_case_and_role_and_nothing_else(client, world):
    wave, _team = world
    people = people_in(wave, "Noord", "U", {"invited": 2})
    mailing = _mailing(wave.study)
    for one in people:
        Message.objects.create(mailing=mailing, participation=one, state="sent")
    Message.objects.create(mailing=_mailing(wave.study, 2), participation=people[0], state="sent")
    Message.objects.create(
        mailing=_mailing(wave.study, 3), participation=people[0], state="skipped"
    )
    assert page_of(client).context["total"].mails == 3
    (row,) = rows_of(client)
    assert (row["mails"], row["mailed_people"], row["invited"]) == ("3", "2", "2")


def _mailing(study, number=1):
    text, _new = MailText.objects.get_or_create(
        study=study, step="reminder", version=1, subject_nl="x", body_nl="y"
    )
    return Mailing.objects.create(
        study=study, about="survey:x", step="reminder", number=number, text=text
    )


@pytest.mark.parametrize("role", ["client", "privacy_officer"])
def test_others_see_no_small_numbers_no_reasons_no_states_and_no_alerts(client, world, role):
    wave, team = world
    people_in(wave, "Noord", "U", {"done": 10, "invited": 6, "refused": 4}, reasons=("te druk",))
    people_in(wave, "Noord", "C", {"done": 10, "invited": 10})
    people_in(wave, "Zuid", "U", {"done": 8, "invited": 12})
    people_in(wave, "Zuid", "C", {"done": 2, "invited": 18})
    people_in(wave, "Proefstad", "U", {"done": 1, "planned": 3})
    client.force_login(team[role])
    answer = page_of(client)
    text = answer.content.decode()
    assert "te druk" not in text
    assert "alerts" not in answer.context
    shown = {row.name: (row.asked, row.done) for row in answer.context["rows"]}
    # Proefstad is hidden; alone it could be taken from the total, so Zuid is hidden with it
    assert shown["Proefstad"] == (None, None)
    assert list(shown.values()).count((None, None)) >= 2
    groups = {(row["case"], row["role"]): row for row in rows_of(client)}
    assert groups["Zuid", "C"]["done"] == ""
    assert groups["Zuid", "U"]["done"] == "" or groups["Zuid", ""]["done"] == ""
    assert "refused" not in groups["Zuid", "C"]


def test_no_filter_gives_others_a_number_that_the_whole_table_hides(client, world):
    wave, team = world
    for name, done in (("Noord", 10), ("Zuid", 8), ("Proefstad", 2)):
        people_in(wave, name, "U", {"done": done, "invited": 10})
        people_in(wave, name, "C", {"done": 10, "invited": 10})
    client.force_login(team["client"])
    table = {(row["case"], row["role"]): row["done"] for row in rows_of(client)}
    for case in Case.objects.all():
        for role in ("U", "C", ""):
            query = {"case": case.pk, "role": role, "wave": "alle", "about": "survey:x"}
            answer = page_of(client, **query)
            (row,) = answer.context["rows"]
            told = "" if row.done is None else str(row.done)
            assert told == table[case.name, role]
    assert len(waves_of(wave.study)) == 1


def test_downloading_is_written_down(client, world):
    rows_of(client)
    event = AuditEvent.objects.get(action="fieldwork_download")
    assert event.object == "study:proef fieldwork"


def test_who_is_not_of_the_study_finds_nothing(client, world):
    client.force_login(Person.objects.create_user("ander@voorbeeld.test", "x", name="Ander"))
    for name in ("overview", "overview_csv"):
        assert client.get(reverse(f"fieldwork:{name}", args=["proef"])).status_code in (302, 404)


def test_a_large_study_asks_as_many_questions_as_a_small_one(
    client, world, django_assert_max_num_queries
):
    wave, team = world
    for at in range(60):
        case_make(wave, f"Plaats {at}")
    Participation.objects.bulk_create(
        Participation(
            study=wave.study, wave=wave, case=case, role=role, pseudonym=f"{role}-{case.pk}-{at}",
            state="done" if at % 2 else "invited",
        )
        for case in Case.objects.all()
        for role in "UCD"
        for at in range(4)
    )  # fmt: skip
    page_of(client)
    with django_assert_max_num_queries(15):
        page_of(client)
    client.force_login(team["client"])
    with django_assert_max_num_queries(15):
        page_of(client)
