"""Which runs does a study have, and is each still what its rows would give now?"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from rodedraad.assessment.models import Run
from rodedraad.assessment.queries import evidence_change, rows_state, run_filters
from rodedraad.assessment.run_titles import run_words
from rodedraad.studies.models import Study


@dataclass(frozen=True)
class RunShown:
    """A run as a page shows it.

    ``n_rows`` is the number of rows that its filters give now: of a run that is not stale, the
    rows that it used.
    """

    run: Run
    stale: bool
    n_rows: int

    @property
    def title(self) -> str:
        """What the run is about."""
        title = run_words(self.run.kind)
        return f"{title}: {self.run.subject}" if self.run.subject else title


def run_newest(study: Study, kind: str, subject: str = "") -> RunShown | None:
    """Return the newest run of a kind on a subject; null when this was never worked out."""
    found = _runs(study).filter(kind=kind, subject=subject).order_by("-pk").first()
    return runs_shown(study, [found])[0] if found else None


def runs_of(study: Study) -> QuerySet[Run]:
    """Return all runs of the study, newest first, without their results."""
    return _runs(study).defer("result", "parameters").order_by("-pk")


def run_of(study: Study, pk: int) -> RunShown:
    """Return one run of the study. Raises ``Http404``."""
    found = _runs(study).filter(pk=pk).first()
    if found is None:
        raise Http404(_("This study has no such run."))
    return runs_shown(study, [found])[0]


def runs_shown(study: Study, runs: Iterable[Run]) -> list[RunShown]:
    """Return these runs of the study with what their filters give now."""
    change = evidence_change(study)
    shown = []
    for run in runs:
        now = rows_state(study, run_filters(run), change)
        shown.append(RunShown(run, now.fingerprint != run.fingerprint, now.n_rows))
    return shown


def nothing_made() -> str:
    """What a person reads who asked for a run that there are no rows for."""
    return _("Nothing was worked out: the rows that this needs are not there yet.")


def _runs(study: Study) -> QuerySet[Run]:
    return Run.objects.filter(study=study).select_related("person")
