"""Is long work asked once, cancelled where it stands, and written in the audit log?"""

import threading

import pytest
from django.db import connection

from rodedraad.accounts.models import AuditEvent
from rodedraad.jobs.actions import job_ask, job_cancel
from rodedraad.jobs.kinds import kind_register
from rodedraad.jobs.models import Job
from rodedraad.jobs.queries import job_open, jobs_before

State = Job.State


def test_what_is_asked_waits_and_is_in_the_audit_log(ask, lead):
    job = ask("steps", n=4)
    assert (job.state, job.parameters, job.person) == (State.QUEUED, {"n": 4}, lead)
    line = AuditEvent.objects.latest("pk")
    assert (line.action, line.person, line.origin) == ("job_ask", lead, "test")
    assert line.object == f"study:proef job:{job.pk} steps"


def test_the_same_work_is_not_asked_twice_while_it_waits_or_runs(ask):
    first = ask("steps", n=4, wave="2026")
    assert ask("steps", wave="2026", n=4) == first
    Job.objects.filter(pk=first.pk).update(state=State.RUNNING)
    assert ask("steps", n=4, wave="2026") == first
    assert ask("steps", n=5, wave="2026") != first
    assert ask("refuses", n=4, wave="2026") != first
    assert AuditEvent.objects.filter(action="job_ask").count() == 3


@pytest.mark.parametrize("state", [State.DONE, State.FAILED, State.CANCELLED])
def test_work_that_ended_can_be_asked_again(ask, state):
    first = ask("steps")
    Job.objects.filter(pk=first.pk).update(state=state)
    assert ask("steps") != first


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_the_same_at_once_get_one_job(ask, study):
    found, together = [], threading.Barrier(6)

    def asked() -> None:
        together.wait()
        found.append(job_ask(study, "steps", {"n": 1}, None).pk)
        connection.close()

    threads = [threading.Thread(target=asked) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert len(set(found)) == 1


def test_work_that_no_room_registered_is_a_bug_of_who_asks(ask):
    with pytest.raises(LookupError, match="never_heard_of"):
        ask("never_heard_of")


def test_a_kind_cannot_be_registered_for_other_work():
    kind_register("steps", "long_work.steps", "Steps")
    with pytest.raises(ValueError, match="is registered as long_work.steps"):
        kind_register("steps", "long_work.breaks", "Breaks")


def test_what_waits_is_cancelled_at_once(ask, lead):
    job = job_cancel(ask("steps"), person=lead, origin="test")
    assert job.state == State.CANCELLED
    assert job.finished_at is not None
    assert AuditEvent.objects.filter(action="job_cancel", person=lead).count() == 1


def test_what_runs_is_asked_to_stop_once(ask, lead):
    job = ask("steps")
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING)
    for _ in range(2):
        job = job_cancel(job, person=lead)
    assert (job.state, job.asked_to_stop) == (State.RUNNING, True)
    assert AuditEvent.objects.filter(action="job_cancel").count() == 1


def test_what_ended_stays_as_it_ended(ask, lead):
    job = ask("steps")
    Job.objects.filter(pk=job.pk).update(state=State.DONE)
    assert job_cancel(job, person=lead).state == State.DONE
    assert not AuditEvent.objects.filter(action="job_cancel").exists()


def test_pages_of_other_rooms_find_the_job_that_is_still_to_end(ask, study):
    assert job_open(study, "steps") is None
    first, second = ask("steps", n=1), ask("steps", n=2)
    assert job_open(study, "steps") == second
    assert job_open(study, "steps", {"n": 1}) == first
    assert [jobs_before(job) for job in (first, second)] == [0, 1]
    job_cancel(first, person=None)
    assert job_open(study, "steps", {"n": 1}) is None
