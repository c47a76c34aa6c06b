"""Do the pages say how far long work is and what to do, to the people who may see it?"""

import pytest
from django.test import Client
from django.utils import timezone

from rodedraad.errors import Refusal
from rodedraad.jobs import kinds
from rodedraad.jobs.locks import worker_present
from rodedraad.jobs.models import Job
from rodedraad.jobs.working import error_of

State = Job.State
LIST = "/studies/proef/rekenwerk/"


@pytest.fixture
def browse(client, lead):
    client.force_login(lead)
    return client


def became(job: Job, **fields: object) -> Job:
    Job.objects.filter(pk=job.pk).update(**fields)
    job.refresh_from_db()
    return job


def page_of(browse: Client, job: Job) -> str:
    answer = browse.get(f"{LIST}{job.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_long_work_the_page_says_where_it_comes_from(browse, study):
    assert "Er is nog geen rekenwerk" in browse.get(LIST).content.decode()


def test_the_list_shows_every_job_with_its_state_whatever_their_number(
    browse, ask, django_assert_max_num_queries
):
    for n in range(20):
        became(ask("steps", n=n), state=State.values[n % 5], done=n, total=30, message="F5")
    with django_assert_max_num_queries(12):
        page = browse.get(LIST).content.decode()
    for words in ("wacht", "bezig", "klaar", "mislukt", "gestopt", "n = 19", "19 van 30: F5"):
        assert words in page


def test_work_that_waits_says_what_goes_before_it(browse, ask):
    first, second = ask("steps", n=1), ask("steps", n=2)
    assert "begint zodra er een rekenprogramma vrij is" in page_of(browse, first)
    assert "Er gaat één ander rekenwerk voor" in page_of(browse, second)
    assert "Dit rekenwerk stoppen" in page_of(browse, second)


def test_a_page_warns_when_nobody_does_the_work(browse, ask):
    job = ask("steps")
    assert "rodedraad worker" in page_of(browse, job)
    assert "rodedraad worker" in browse.get(LIST).content.decode()
    with worker_present():
        assert "rodedraad worker" not in page_of(browse, job)
    became(job, state=State.DONE)
    assert "rodedraad worker" not in page_of(browse, job)


def test_work_that_runs_shows_its_progress_and_a_way_to_stop(browse, ask):
    job = became(ask("steps"), state=State.RUNNING, done=3, total=14, message="F4",
                 started_at=timezone.now())  # fmt: skip
    page = page_of(browse, job)
    assert 'max="14" value="3"' in page
    assert "3 van 14: F4" in page
    answer = browse.get(f"{LIST}{job.pk}/stand/").json()
    assert answer == {
        "state": "running",
        "is_open": True,
        "state_words": "bezig",
        "progress_words": "3 van 14: F4",
        "done": 3,
        "total": 14,
    }


def test_work_of_unknown_length_has_a_bar_without_a_value(browse, ask):
    job = became(ask("steps"), state=State.RUNNING, started_at=timezone.now())
    assert 'id="job-bar"></progress>' in page_of(browse, job)


def test_work_that_is_done_leads_to_its_outcome(browse, ask):
    job = became(ask("steps"), state=State.DONE, result={"address": "/studies/proef/uitkomst/"})
    page = page_of(browse, job)
    assert 'href="/studies/proef/uitkomst/"' in page
    assert "Opnieuw starten" not in page


def test_a_refusal_is_told_in_the_language_of_the_page(browse, ask):
    refusal = Refusal("English.", code="dask_lost", address="tcp://rekenhal:8786")
    job = became(ask("steps"), state=State.FAILED, error=error_of(refusal))
    assert "tcp://rekenhal:8786 viel weg" in page_of(browse, job)


def test_a_bug_shows_its_reference_and_nothing_of_the_inside(browse, ask):
    job = became(ask("steps"), state=State.FAILED, error={"reference": "AB12CD34"})
    page = page_of(browse, job)
    assert "AB12CD34" in page
    assert "Opnieuw starten" in page


def test_stopping_and_starting_again_is_done_with_two_buttons(browse, ask):
    job = ask("steps", n=9)
    answer = browse.post(f"{LIST}{job.pk}/stoppen/", follow=True)
    assert "is gestopt voordat het klaar was" in answer.content.decode()
    answer = browse.post(f"{LIST}{job.pk}/opnieuw/", follow=True)
    new = Job.objects.latest("pk")
    assert answer.redirect_chain[-1][0] == f"{LIST}{new.pk}/"
    assert (new.kind, new.parameters, new.state) == ("steps", {"n": 9}, State.QUEUED)


def test_stopping_what_runs_says_that_it_takes_a_step(browse, ask):
    job = became(ask("steps"), state=State.RUNNING, started_at=timezone.now())
    page = browse.post(f"{LIST}{job.pk}/stoppen/", follow=True).content.decode()
    assert "stopt bij de volgende stap" in page
    assert "Dit rekenwerk stoppen" not in page


def test_work_that_is_done_is_not_started_again(browse, ask):
    job = became(ask("steps"), state=State.DONE)
    browse.post(f"{LIST}{job.pk}/opnieuw/")
    assert Job.objects.count() == 1


def test_work_of_a_kind_that_is_gone_is_shown_and_not_started_again(browse, ask, monkeypatch):
    job = became(ask("steps"), state=State.FAILED)
    monkeypatch.setattr(kinds, "_KINDS", {})
    page = page_of(browse, job)
    assert "<h1>steps</h1>" in page
    assert "Opnieuw starten" not in page


@pytest.mark.parametrize(
    ("who", "sees", "decides"),
    [
        ("lead", 200, 302),
        ("researcher", 200, 302),
        ("client", 200, 404),
        ("privacy_officer", 200, 404),
        ("other", 404, 404),
    ],
)
def test_who_is_in_the_team_sees_and_who_designs_decides(client, team, ask, who, sees, decides):
    job = ask("steps")
    client.force_login(team[who])
    for path in ("", f"{job.pk}/", f"{job.pk}/stand/"):
        assert client.get(LIST + path).status_code == sees, path
    for path in (f"{job.pk}/stoppen/", f"{job.pk}/opnieuw/"):
        assert client.post(LIST + path).status_code == decides, path
        assert client.get(LIST + path).status_code == 405
    page = client.get(f"{LIST}{job.pk}/").content.decode()
    assert ("/opnieuw/" in page) == (decides == 302)


def test_who_is_not_signed_in_is_asked_to(client, ask):
    job = ask("steps")
    for path in ("", f"{job.pk}/", f"{job.pk}/stand/"):
        assert client.get(LIST + path).status_code == 302
    for path in (f"{job.pk}/stoppen/", f"{job.pk}/opnieuw/"):
        assert client.post(LIST + path).status_code == 302
    job.refresh_from_db()
    assert job.state == State.QUEUED


def test_a_job_of_another_study_is_not_found(browse, ask):
    assert browse.get(f"{LIST}{ask('steps').pk + 1}/").status_code == 404
