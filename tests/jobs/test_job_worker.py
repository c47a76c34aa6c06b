"""Is long work done once, told, stopped and its end written, whatever happens to the worker?"""

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import long_work
import pytest
from django.db import connection
from long_work import wait_for

from rodedraad.jobs import kinds
from rodedraad.jobs.locks import worker_is_present
from rodedraad.jobs.models import Job
from rodedraad.jobs.worker import job_take, jobs_do, jobs_recover
from rodedraad.jobs.working import refusal_of

pytestmark = pytest.mark.django_db(transaction=True)
State = Job.State
WORKER = Path(__file__).with_name("worker_process.py")


def worked(job: Job) -> Job:
    """Let a worker in this process do all that waits, and return the job as it is then."""
    jobs_do(until_empty=True)
    job.refresh_from_db()
    return job


def test_work_is_done_and_its_outcome_kept(ask):
    job = worked(ask("steps", n=5))
    assert (job.state, job.done, job.total) == (State.DONE, 5, 5)
    assert job.result == {"address": "/uitkomst/", "n": 5}
    assert job.created_at <= job.started_at <= job.finished_at


def test_what_waits_longest_goes_first(ask):
    jobs = [ask("steps", n=n) for n in (3, 1, 2)]
    worked(jobs[0])
    assert [job.pk for job in jobs] == long_work.SEEN


def test_others_see_progress_while_the_work_is_in_a_transaction(ask):
    assert worked(ask("watched")).state == State.DONE


@pytest.mark.parametrize("kind", ["cancelled_meanwhile", "swallows_faults"])
def test_work_that_is_cancelled_half_way_stops(ask, kind):
    job = worked(ask(kind))
    assert job.state == State.CANCELLED
    assert 2 <= job.done < 900
    assert job.total == 1000
    assert job.result == {}


def test_a_refusal_keeps_its_words(ask):
    job = worked(ask("refuses"))
    assert job.state == State.FAILED
    refusal = refusal_of(job.error)
    assert refusal.code == "no_rows"
    assert refusal.message == "No rows for F5. Add answers."
    assert dict(refusal.context) == {"construct": "F5", "codes": "('a', 'b')"}


@pytest.mark.parametrize("kind", ["breaks", "exits", "odd_result"])
def test_a_bug_gets_a_reference_and_its_traceback_is_in_the_log_only(ask, kind, caplog):
    with caplog.at_level(logging.ERROR):
        job = worked(ask(kind))
    assert job.state == State.FAILED
    assert list(job.error) == ["reference"]
    assert job.error["reference"] in caplog.text
    assert "Traceback" in caplog.text


def test_the_worker_goes_on_after_work_that_failed(ask):
    ask("breaks")
    assert worked(ask("steps")).state == State.DONE


def test_work_of_an_unknown_kind_is_refused(ask, monkeypatch):
    job = ask("steps")
    monkeypatch.setattr(kinds, "_KINDS", {})
    assert worked(job).error["code"] == "job_kind_unknown"


def test_work_whose_job_is_removed_stops(ask, monkeypatch):
    def removing(job, tell):
        Job.objects.filter(pk=job.pk).delete()
        for step in range(1000):
            threading.Event().wait(0.02)
            tell(step, 1000)
        long_work.SEEN.append(job.pk)

    monkeypatch.setattr(long_work, "steps", removing)
    ask("steps")
    jobs_do(until_empty=True)
    assert not Job.objects.exists()
    assert long_work.SEEN == []


def test_workers_at_the_same_time_never_take_the_same_job(ask):
    jobs = {ask("steps", n=n).pk for n in range(24)}

    def work() -> None:
        jobs_do(until_empty=True)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(long_work.SEEN) == sorted(jobs)
    assert set(Job.objects.values_list("state", flat=True)) == {State.DONE}


def test_a_job_that_a_living_worker_holds_is_left_alone(ask):
    job = ask("steps")
    taken, looked = threading.Event(), threading.Event()

    def hold() -> None:
        job_take()
        taken.set()
        looked.wait(30)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    taken.wait(30)
    jobs_recover()
    job.refresh_from_db()
    assert job.state == State.RUNNING
    looked.set()
    holder.join()
    for _ in range(100):  # the database sees a moment later that the holder is gone
        jobs_recover()
        job.refresh_from_db()
        if job.state == State.FAILED:
            break
        threading.Event().wait(0.1)
    assert job.state == State.FAILED


@contextmanager
def worker_process() -> Iterator[subprocess.Popen[bytes]]:
    """Start a worker on the database of the tests; it is killed at the end."""
    process = subprocess.Popen([sys.executable, str(WORKER)], env=environment())
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def environment() -> dict[str, str]:
    at = connection.settings_dict
    return os.environ | {
        "DATABASE_URL": f"postgresql://{at['USER']}@/{at['NAME']}?host={at['HOST']}"
    }


def is_at_work(job: Job) -> bool:
    job.refresh_from_db()
    return job.state == State.RUNNING and job.done > 0


def test_work_of_a_worker_that_was_killed_fails_and_says_so(ask):
    job, stopped = ask("endless"), ask("steps")
    with worker_process() as process:
        wait_for(lambda: is_at_work(job))
        assert worker_is_present()
        process.send_signal(signal.SIGKILL)
        process.wait()
    wait_for(lambda: not worker_is_present())
    assert worked(job).state == State.FAILED
    assert job.error["code"] == "job_worker_died"
    assert "Ask for the work again" in job.error["message"]
    stopped.refresh_from_db()
    assert stopped.state == State.DONE


def test_cancelled_work_of_a_worker_that_was_killed_is_cancelled(ask):
    job = ask("endless")
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, asked_to_stop=True)
    assert worked(job).state == State.CANCELLED


@pytest.mark.parametrize("kind", ["endless", "deaf"])
def test_a_worker_that_is_told_to_stop_puts_its_job_back(ask, kind):
    job = ask(kind)
    with worker_process() as process:
        wait_for(lambda: is_at_work(job))
        process.terminate()
        process.wait(10)
    job.refresh_from_db()
    assert (job.state, job.done, job.finished_at) == (State.QUEUED, 0, None)


def test_a_worker_ends_with_the_process_that_started_it(ask):
    job = ask("endless")
    code = "import os, subprocess, sys; subprocess.run([*sys.argv[1:], str(os.getpid())])"
    parent = subprocess.Popen(
        [sys.executable, "-c", code, sys.executable, str(WORKER)], env=environment()
    )
    wait_for(lambda: is_at_work(job))
    parent.kill()
    parent.wait()
    wait_for(lambda: not worker_is_present())
    job.refresh_from_db()
    assert job.state == State.QUEUED
