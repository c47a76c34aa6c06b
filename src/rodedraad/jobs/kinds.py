"""Which kinds of long work there are: each room to the right registers its own.

In ``ready`` of its ``AppConfig``::

    kind_register("latent_classes", "rodedraad.assessment.class_jobs.classes_find", _("Classes"))

with ``_`` = ``gettext_lazy``. The work is named, not imported: only a worker imports it. It is a
function of a ``Job`` and a ``Progress``; both are plain to make up in a test::

    def classes_find(job: Job, tell: Progress) -> JobResult:
        for done, chunk in enumerate(chunks, start=1):
            ...
            tell(done, len(chunks))
        return {"run": run.pk, "address": reverse("assessment:classes", args=[job.study.slug])}
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.functional import Promise
from django.utils.module_loading import import_string

if TYPE_CHECKING:  # this is imported before Django knows its models
    from rodedraad.jobs.models import Job

JobResult = Mapping[str, Any]
"""What came of a job: ``address`` of the page that shows it, ``run``: key of the run; or empty."""


class Progress(Protocol):
    """Tells how far the work is; the work calls it between steps, as often as it likes.

    It also passes on that the work is to stop, by raising ``JobStopped``; the work lets that rise.
    """

    def __call__(self, done: int, total: int, message: str = "") -> None:
        """Say that ``done`` of ``total`` steps are done.

        ``message`` names the step at hand as the data do (``F5``, a municipality); it is shown
        in every language as it is.
        """


DESIGNERS = ("lead", "researcher")
"""Roles in the team, as ``studies.access`` names them: its models are not there yet here."""

Work = Callable[["Job", Progress], JobResult | None]


class JobStopped(BaseException):
    """The work is to stop now: someone cancelled it, or the worker ends.

    Not an ``Exception``, so that no ``except Exception`` inside the work keeps it going.
    """


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of long work; ``work`` is the dotted name of the function that does it.

    ``roles``: who in the team may cancel it, or ask it again.
    """

    name: str
    work: str
    title: str | Promise
    roles: tuple[str, ...] = DESIGNERS

    def function(self) -> Work:
        """Import and return the function that does the work."""
        return import_string(self.work)


_KINDS: dict[str, Kind] = {}


def kind_register(
    name: str, work: str, title: str | Promise, *, roles: tuple[str, ...] = DESIGNERS
) -> None:
    """Make ``name`` a kind of work that can be asked; ``title`` is lazily translated.

    ``roles`` says who may cancel it or ask it again: who may ask it in the first place.
    """
    if name in _KINDS and _KINDS[name].work != work:
        raise ValueError(f"The kind of work '{name}' is registered as {_KINDS[name].work}.")
    _KINDS[name] = Kind(name, work, title, roles)


def kind_of(name: str) -> Kind | None:
    """Return a kind of work; None when this version of the product does not have it."""
    return _KINDS.get(name)
