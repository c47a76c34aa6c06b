"""How a conclusion is drawn: once for the same rows, parameters and code, and kept as a run."""

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
from django.utils import timezone
from threadpoolctl import threadpool_limits

import rodedraad
from rodedraad.accounts.models import Person
from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.models import Run
from rodedraad.assessment.queries import evidence_fingerprint, evidence_table
from rodedraad.studies.models import Study

Conclusion = Callable[[pl.DataFrame], dict[str, Any]]


def run_make(
    *,
    study: Study,
    kind: str,
    inputs: tuple[RowFilter, ...],
    conclude: Conclusion,
    parameters: Mapping[str, Any],
    subject: str = "",
    seed: int | None = None,
    ruleset: str = "",
    person: Person | None = None,
    fingerprint: str | None = None,
    read: Callable[[], pl.DataFrame] | None = None,
) -> tuple[Run, bool]:
    """Return the run of ``conclude`` on the rows of ``inputs``, and whether it is new.

    ``subject`` says what a run is about when there are more of its kind, such as a construct.
    ``fingerprint`` and ``read`` give the fingerprint and the rows of ``inputs``, for who makes
    many runs and asks the database once for all of them.
    When a run of this kind exists with the same rows, parameters, seed, ruleset and code, that run
    is returned and nothing is computed.
    """
    same = {
        "study": study,
        "kind": kind,
        "subject": subject,
        "fingerprint": fingerprint or evidence_fingerprint(study, inputs),
        "parameters": dict(parameters),
        "seed": seed,
        "ruleset": ruleset,
        "code_version": code_version(),
    }
    found = Run.objects.filter(**same).defer("result").order_by("-pk").first()
    if found is not None:
        return found, False
    started = timezone.now()
    rows = read() if read else evidence_table(study, *inputs)
    # On matrices of hundreds of cases threads of the matrix library mostly wait for each other.
    with threadpool_limits(1, user_api="blas"):
        result = conclude(rows)
    run = Run.objects.create(
        **same,
        inputs=[row_filter.to_json() for row_filter in inputs],
        started_at=started,
        finished_at=timezone.now(),
        person=person,
        result=result,
    )
    return run, True


@cache
def code_version() -> str:
    """Return the version of the product and a digest of the code that computes."""
    package = Path(rodedraad.__file__).parent
    files = sorted(
        path
        for folder in ("methods", "assessment/conclusions")
        for path in (package / folder).rglob("*.py")
    )
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    return f"{rodedraad.__version__}+{digest[:12]}"
