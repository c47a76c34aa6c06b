"""How does a large round close, and how is its agreement worked out anew, as long work?"""

from collections.abc import Callable

from django.db import transaction
from django.urls import reverse

from rodedraad.agreement.results import RESULT_PARTS, result_make
from rodedraad.agreement.rounds import CLOSE_PARTS, coding_round_close
from rodedraad.coding.models import Coding, Round
from rodedraad.jobs.kinds import JobResult, Progress
from rodedraad.jobs.models import Job

CLOSE, AGREEMENT = "round_close", "agreement"
CODINGS_AT_ONCE = 2_000
"""A round with more codings is closed and worked out by a worker."""


def is_long(of: Round) -> bool:
    """Tell whether closing this round or working out its agreement takes a while."""
    if of.kind != Round.Kind.BLIND:
        return False
    return Coding.objects.filter(round=of, removed_at=None).count() > CODINGS_AT_ONCE


def close_work(job: Job, tell: Progress) -> JobResult:
    """Close the round that the job names, in one piece: when cancelled it is open as it was."""
    of = _round_of(job)
    with transaction.atomic():
        why = coding_round_close(
            of, person=job.person, origin="worker", between=_steps(tell, CLOSE_PARTS)
        )
    return _shown(of, "agreement:round" if why else "agreement:result")


def agreement_work(job: Job, tell: Progress) -> JobResult:
    """Work out the agreement of the closed round that the job names."""
    of = _round_of(job)
    result_make(of, person=job.person, between=_steps(tell, RESULT_PARTS))
    return _shown(of, "agreement:result")


def _round_of(job: Job) -> Round:
    return Round.objects.get(study=job.study, number=job.parameters["round"])


def _steps(tell: Progress, n: int) -> Callable[[], None]:
    """Return what tells of one more step each time it is called."""
    done = iter(range(1, n + 1))
    tell(0, n)
    return lambda: tell(next(done, n), n)


def _shown(of: Round, page: str) -> JobResult:
    return {"address": reverse(page, args=[of.study.slug, of.number])}
