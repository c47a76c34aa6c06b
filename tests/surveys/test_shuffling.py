"""Is the order in which people answered gone from the rows, and is no save lost by it?"""

import threading

import pytest
from django.db import connection
from django.test import Client

from rodedraad.surveys.answering.asked import asked_forget
from rodedraad.surveys.answering.checks import CHECKS
from rodedraad.surveys.answering.finishing import response_decide, response_receive, response_settle
from rodedraad.surveys.answering.saving import save as save_kept
from rodedraad.surveys.answering.scattering import responses_scatter, surveys_scatter
from rodedraad.surveys.answering.standing import Standing
from rodedraad.surveys.answering.starting import response_start
from rodedraad.surveys.models import AnswerEvent, Quota, Response, ResponseState, Survey
from rodedraad.surveys.questionnaire.running import survey_turn
from rodedraad.surveys.ways_in import stratum_link_make

from .answering_setup import (
    case_of,
    finish,
    invited,
    linked,
    participation_of,
    save,
    survey_open,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_thread(monkeypatch):
    asked_forget()
    monkeypatch.setattr(CHECKS, "ask", lambda key: None)
    monkeypatch.setattr(CHECKS, "awake", lambda: None)
    monkeypatch.setattr(CHECKS, "warm", lambda: None)


def rows(table: str) -> list[tuple[str, str]]:
    """Keys and transactions in the order in which they lie in the file."""
    column = "uuid" if table == "surveys_response" else "response_id"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column}::text, xmin::text FROM {table} ORDER BY ctid")
        return cursor.fetchall()


def answered(wave, n: int) -> tuple[Survey, list[str]]:
    """A survey that so many people answered, and their keys in order of arrival."""
    survey = survey_open(wave, "anonymous")
    link = stratum_link_make(survey, case_of(wave), "U")
    came = []
    for number in range(n):
        made = response_start(link, browser=f"browser {number}", language="nl")
        save_kept(made.pk, 1, 0, {"open": f"Antwoord {number}"})
        if number % 3:
            response_receive(made.pk, 1, 60)
            response_settle(made.pk)
        came.append(str(made.pk))
    return survey, came


def test_rows_lie_in_another_order_and_say_the_same(wave):
    survey, came = answered(wave, 24)
    assert [key for key, _ in rows("surveys_response")] != sorted(came)
    before = {state.pk: state.data for state in ResponseState.objects.all()}
    assert responses_scatter(survey) == 24
    for table in ("surveys_response", "surveys_responsestate"):
        found = rows(table)
        assert sorted(key for key, _ in found) == sorted(came)
        assert [key for key, _ in found] != came
        assert len({writer for _, writer in found}) == 1
    assert not AnswerEvent.objects.exists()
    after = {state.pk: state.data for state in ResponseState.objects.all()}
    assert before.items() <= after.items()
    assert Response.objects.filter(state="started").count() == 8


def test_who_had_not_finished_goes_on_after_it(wave):
    survey = survey_open(wave, "anonymous")
    client = Client()
    client.get(linked(survey, case_of(wave)))
    client.post(linked(survey, case_of(wave)))
    save(client, 1, {"age": 40})
    save(client, 2, {"open": "Half"}, page=1)
    responses_scatter(survey)
    assert save(client, 2, {"open": "Half"}, page=1).status_code == 200
    assert save(client, 2, {"open": "Anders"}).status_code == 409
    assert save(client, 1, {"age": 41}).status_code == 409
    told = client.get("/vragenlijst/invullen/").context
    assert (told["answers"], told["begin"]["page"]) == ({"age": 40, "open": "Half"}, 1)
    assert save(client, 3, {"open": "Heel"}).status_code == 200
    assert finish(client, 3).status_code == 202


def test_an_open_survey_is_shuffled_once_a_day_and_a_closed_one_until_it_is(wave):
    _survey, _ = answered(wave, 6)
    assert surveys_scatter() == 6
    assert surveys_scatter() == 0
    Survey.objects.update(state="closed")
    assert surveys_scatter() == 0, "all rows were written by one transaction"


def test_who_closes_a_survey_has_its_rows_shuffled_in_the_same_moment(wave):
    survey, came = answered(wave, 12)
    before = rows("surveys_response")
    assert len({writer for _, writer in before}) > 0
    survey_turn(survey, "closed", row_version=survey.row_version, person=None, origin="test")
    for table in ("surveys_response", "surveys_responsestate"):
        found = rows(table)
        assert sorted(key for key, _ in found) == sorted(came)
        assert len({writer for _, writer in found}) == 1
        assert [key for key, _ in found] != came
    assert not AnswerEvent.objects.exists()
    survey.refresh_from_db()
    assert survey.shuffled_on is not None


@pytest.mark.parametrize(("mode", "days"), [("anonymous", 7), ("confidential", 60)])
def test_the_cookie_of_an_anonymous_survey_lives_a_week_and_the_page_says_so(wave, mode, days):
    survey = survey_open(wave, mode)
    client = Client()
    case = case_of(wave)
    path = linked(survey, case)
    if mode != "anonymous":
        path = invited(survey, participation_of(wave, case))
    page = client.get(path).content.decode()
    assert ("7 dagen" in page) == (mode == "anonymous")
    cookie = client.post(path).cookies["rd_antwoord"]
    assert cookie["max-age"] == days * 86_400


def test_an_identified_survey_is_left_as_it_is(wave):
    survey = survey_open(wave, "identified")
    assert responses_scatter(survey) == 0


def at_once(work, n: int, threads: int = 12) -> list[object]:
    """Do ``work(number)`` n times from threads that begin together."""
    numbers, said, lock = iter(range(n)), [], threading.Lock()
    ready = threading.Barrier(threads)

    def busy() -> None:
        ready.wait()
        try:
            while True:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    return
                result = work(number)
                with lock:
                    said.append(result)
        finally:
            connection.close()

    started = [threading.Thread(target=busy) for _ in range(threads)]
    for one in started:
        one.start()
    for one in started:
        one.join()
    return said


@pytest.mark.django_db(transaction=True)
def test_a_quota_of_100_takes_exactly_100_of_300_who_finish_at_once(wave):
    survey = survey_open(wave, "anonymous")
    case = case_of(wave)
    made = Response.objects.bulk_create(
        Response(
            survey=survey, version=survey.versions.get(), case=case, role="U",
            pseudonym=f"U-{number}", state="received", day="2026-11-22",
        )
        for number in range(300)
    )  # fmt: skip
    quota = Quota.objects.create(survey=survey, target=100)
    over = Quota.objects.create(survey=survey, role="U", target=300)
    from_engine = {"open": "Goed"}

    def decide(number: int) -> str:
        return response_decide(made[number].pk, Standing(from_engine, 0, 0, ()), from_engine, [])

    said = at_once(decide, 300)
    assert (said.count("complete"), said.count("over_quota")) == (100, 200)
    quota.refresh_from_db()
    over.refresh_from_db()
    assert (quota.n, over.n) == (100, 100)


@pytest.mark.django_db(transaction=True)
def test_saves_at_once_with_a_shuffle_are_all_kept(wave):
    survey = survey_open(wave, "anonymous")
    link = stratum_link_make(survey, case_of(wave), "U")
    keys = [response_start(link, browser=str(n), language="nl").pk for n in range(8)]

    def work(number: int) -> int:
        if number % 9 == 8:
            responses_scatter(survey)
            return 200
        turn, who = divmod(number - number // 9, 8)
        return save_kept(keys[who], turn + 1, 0, {"open": f"{turn}"}).status

    for round_ in range(6):
        said = at_once(lambda n, base=round_ * 9: work(base + n), 9, threads=9)
        assert said == [200] * 9
    responses_scatter(survey)
    assert set(ResponseState.objects.values_list("sequence", flat=True)) == {6}
