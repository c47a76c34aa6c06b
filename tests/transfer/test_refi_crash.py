"""Does an import that is killed in the middle leave nothing behind?"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from rodedraad.coding.models import Code, Coder, Coding
from rodedraad.exchange.refi_qda.model import Project
from rodedraad.sources.models import Source
from rodedraad.sources.store import original_path
from rodedraad.studies.models import Study
from rodedraad.transfer.models import Import
from transfer.refi_made import brought, everything, written

KILLED = Path(__file__).with_name("import_killed.py")


@pytest.mark.django_db(transaction=True)
def test_an_import_that_is_killed_leaves_no_rows_and_the_next_one_cleans_its_files(
    study: Study, tmp_path: Path, home: Path
) -> None:
    path = written(everything(), tmp_path)
    ended = subprocess.run(
        [sys.executable, KILLED, study.slug, path],
        check=False,
        env=os.environ | {"RODEDRAAD_HOME": str(home), "DATABASE_URL": _address()},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert "rows are written" in ended.stdout
    for model in (Source, Code, Coder, Coding, Import):
        assert not model.objects.filter(study=study).exists()
    left = list(home.glob("originals/*/*"))
    assert left
    small = tmp_path / "klein"
    small.mkdir()
    brought(study, written(Project(name="leeg"), small))
    assert not list(home.glob("originals/*/*"))
    assert not list(home.glob("transfer/*"))
    brought(study, path)
    for source in Source.objects.filter(study=study):
        assert original_path(source.sha256).exists()


def _address() -> str:
    given = connection.settings_dict
    return (
        f"postgresql://{given['USER']}:{given['PASSWORD']}@/{given['NAME']}?host={given['HOST']}"
        if str(given["HOST"]).startswith("/")
        else f"postgresql://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}"
        f"/{given['NAME']}"
    )
