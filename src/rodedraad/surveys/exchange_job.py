"""How is a large file with answers made as long work, and where does it wait to be fetched?"""

import shutil
import time
from pathlib import Path

from django.urls import reverse

from rodedraad.errors import Refusal
from rodedraad.home import home_folder
from rodedraad.jobs.kinds import JobResult, Progress
from rodedraad.jobs.models import Job
from rodedraad.surveys.exchange_answers import Wanted
from rodedraad.surveys.exchange_files import file_make
from rodedraad.surveys.models import Survey

KIND = "survey_file"
FOLDER = "surveys/files"
DAYS_KEPT = 1


def file_work(job: Job, tell: Progress) -> JobResult:
    """Make the file that the job names; it waits a day for who asked."""
    asked = job.parameters
    survey = Survey.objects.select_related("study", "wave").get(pk=asked["survey"], study=job.study)
    _old_ones_removed()
    wanted = Wanted(
        asked["case"], asked["role"], asked["language"],
        left_out=asked["left_out"], marks=tuple(asked["marks"]),
    )  # fmt: skip
    file_make(
        survey, asked["form"], wanted, _folder(job.pk), person=job.person,
        origin=asked["origin"], tell=tell,
    )  # fmt: skip
    return {"address": reverse("surveys:file_made", args=[job.study.slug, survey.slug, job.pk])}


def file_waiting(job: Job) -> Path:
    """Return the file that a job made.

    Raises
    ------
    Refusal
        When it is gone: it waits for a day.
    """
    found = list(_folder(job.pk).glob("*"))
    if job.state != Job.State.DONE or not found:
        raise Refusal(
            "The file is not on the server any more. Ask for it again.", code="survey_file_gone"
        )
    return found[0]


def _folder(job: int) -> Path:
    return home_folder() / FOLDER / str(job)


def _old_ones_removed() -> None:
    whole = home_folder() / FOLDER
    whole.mkdir(parents=True, exist_ok=True)
    for folder in whole.iterdir():
        if folder.stat().st_mtime < time.time() - DAYS_KEPT * 86_400:
            shutil.rmtree(folder, ignore_errors=True)
