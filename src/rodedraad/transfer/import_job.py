"""How is a project brought in as long work, and where is its file until then?"""

import time
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID, uuid4

from django.urls import reverse

from rodedraad.errors import Refusal
from rodedraad.home import home_folder
from rodedraad.jobs.kinds import JobResult, Progress
from rodedraad.jobs.models import Job
from rodedraad.transfer.refi.importing import refi_import
from rodedraad.transfer.refi.incoming import Choices

FOLDER = "transfer/uploads"
DAYS_KEPT = 7


def upload_keep(chunks: Iterable[bytes]) -> str:
    """Keep an uploaded file until its job is done, and return its key; old ones go."""
    folder = home_folder() / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.stat().st_mtime < time.time() - DAYS_KEPT * 86_400:
            path.unlink(missing_ok=True)
    key = str(uuid4())
    with (folder / key).open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
    return key


def _path(key: str) -> Path:
    return home_folder() / FOLDER / str(UUID(key))


def import_work(job: Job, tell: Progress) -> JobResult:
    """Bring in the file that the job names; afterwards the file is gone."""
    asked = job.parameters
    path = _path(asked["key"])
    if not path.exists():
        raise Refusal(
            "The file is not on the server any more. Choose it again.", code="upload_gone"
        )
    try:
        made = refi_import(
            job.study,
            path,
            file_name=asked["file"],
            person=job.person,
            origin=asked["origin"],
            choices=Choices(asked["kind"], asked["who"]),
            tell=tell,
        )
    except Refusal:
        path.unlink(missing_ok=True)
        raise
    path.unlink(missing_ok=True)
    return {"address": reverse("transfer:import", args=[job.study.slug, made.pk])}
