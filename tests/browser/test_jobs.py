"""Does the page of long work follow it by itself, and can it be stopped, by keyboard as well?"""

import re
import threading
from collections.abc import Iterator

import pytest
from django.db import connection
from live_pages import LiveSite
from page_checks import faults_everywhere
from playwright.sync_api import Page, expect

from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.jobs import kinds
from rodedraad.jobs.actions import job_ask
from rodedraad.jobs.kinds import JobResult, Progress, kind_register
from rodedraad.jobs.models import Job
from rodedraad.jobs.worker import jobs_do
from rodedraad.jobs.working import error_of
from rodedraad.studies.actions import study_create
from rodedraad.studies.models import Study
from rodedraad.studies.template import template_load

ALLOWED = threading.Semaphore(0)
STEPS = 14


def steps_allowed(_job: Job, tell: Progress) -> JobResult:
    """Take a step each time the test allows one."""
    for step in range(STEPS):
        tell(step, STEPS, f"F{step + 1}")
        while not ALLOWED.acquire(timeout=0.05):
            tell(step, STEPS, f"F{step + 1}")
    tell(STEPS, STEPS)
    return {"address": "/studies/proef/"}


@pytest.fixture
def study(administrator: Person, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setattr(kinds, "_KINDS", {})
    kind_register("scores", "test_jobs.steps_allowed", "Alle scores")
    return study_create(
        template=template_load("living-labs"), slug="proef", person=administrator, origin="test"
    )


@pytest.fixture
def worker(study: Study) -> Iterator[None]:
    """Let a worker do what waits, beside the test."""
    over = threading.Event()

    def work() -> None:
        jobs_do(over.is_set, until_empty=False)
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    over.set()
    thread.join()
    while ALLOWED.acquire(blocking=False):
        pass


def open_job(live_site: LiveSite, study: Study, person: Person) -> tuple[Page, Job]:
    job = job_ask(study, "scores", {"meting": "2026"}, person)
    return live_site.open(f"/studies/proef/rekenwerk/{job.pk}/", person=person), job


def test_the_page_follows_the_work_until_it_is_done(
    live_site: LiveSite, study: Study, administrator: Person, worker: None
) -> None:
    page, _job = open_job(live_site, study, administrator)
    expect(page.get_by_text("0 van 14: F1", exact=True)).to_be_visible()
    bar = page.get_by_role("progressbar", name="Hoe ver")
    for _ in range(5):
        ALLOWED.release()
    expect(page.get_by_text("5 van 14: F6", exact=True)).to_be_visible()
    expect(bar).to_have_js_property("value", 5)
    assert faults_everywhere(page) == []
    for _ in range(STEPS):
        ALLOWED.release()
    expect(page.get_by_text("Dit rekenwerk is klaar.")).to_be_visible()
    page.get_by_role("link", name="Bekijk de uitkomst").click()
    expect(page).to_have_url(re.compile(r"/studies/proef/$"))


def test_work_is_stopped_with_the_keyboard(
    live_site: LiveSite, study: Study, administrator: Person, worker: None
) -> None:
    page, job = open_job(live_site, study, administrator)
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_role("button", name="Dit rekenwerk stoppen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Dit rekenwerk is gestopt voordat het klaar was.")).to_be_visible()
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED


def test_without_javascript_a_link_shows_how_far_it_is(
    live_site: LiveSite, study: Study, administrator: Person, worker: None
) -> None:
    job = job_ask(study, "scores", {}, administrator)
    page = live_site.open(
        f"/studies/proef/rekenwerk/{job.pk}/", person=administrator, java_script_enabled=False
    )
    for _ in range(2 * STEPS):
        ALLOWED.release()

    def looks_done() -> bool:
        page.get_by_role("link", name="Laat zien hoe ver het nu is").click()
        return page.get_by_text("Dit rekenwerk is klaar.").is_visible()

    assert any(looks_done() for _ in range(50))


def test_every_state_is_right_wide_and_narrow_light_and_dark(
    live_site: LiveSite, study: Study, administrator: Person
) -> None:
    refusal = Refusal("English.", code="job_worker_died")
    states = {
        Job.State.QUEUED: {},
        Job.State.RUNNING: {"done": 3, "total": 14, "message": "F4"},
        Job.State.FAILED: {"error": error_of(refusal)},
        Job.State.CANCELLED: {"error": {}},
    }
    page = live_site.open("/studies/proef/rekenwerk/", person=administrator)
    found = {"empty": faults_everywhere(page)}
    for n, (state, fields) in enumerate(states.items()):
        job = job_ask(study, "scores", {"n": n}, administrator)
        Job.objects.filter(pk=job.pk).update(state=state, **fields)
        page.goto(f"/studies/proef/rekenwerk/{job.pk}/")
        found[state] = faults_everywhere(page)
    page.goto("/studies/proef/rekenwerk/")
    found["list"] = faults_everywhere(page)
    assert {name: faults for name, faults in found.items() if faults} == {}
