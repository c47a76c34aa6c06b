"""Which address does a mail or letter give a participant? Rooms to the right say it.

In ``ready`` of its ``AppConfig``: ``link_maker_register("survey", "rodedraad.surveys.…")``. The
maker is a function of what it is about (``survey:<uuid>``) and a participation.
"""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

if TYPE_CHECKING:  # this is imported before Django knows its models
    from rodedraad.fieldwork.models import Participation
    from rodedraad.studies.models import Study

MAKERS: dict[str, str] = {}
SUBJECTS: dict[str, str] = {}


def link_maker_register(kind: str, maker: str) -> None:
    """Let ``maker`` (a dotted name) give the links of things whose ``about`` begins with kind."""
    MAKERS[kind] = maker


def link_of(about: str, participation: "Participation") -> str | None:
    """Return the path that a participant opens; None when there is nothing to open."""
    maker = MAKERS.get(about.partition(":")[0])
    if maker is None:
        return None
    return import_string(maker)(about, participation)


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that people can be asked for: ``about`` as mailings keep it.

    With ``anonymous`` nobody knows who answered, so everyone gets the link of their stratum and
    every reminder. ``ends_on`` is the last day to answer, when it is known.
    """

    about: str
    title: str
    anonymous: bool = False
    ends_on: datetime.date | None = None


def subject_maker_register(kind: str, maker: str) -> None:
    """Let ``maker`` (a dotted name) list what people of a study can be asked for now."""
    SUBJECTS[kind] = maker


def subjects_of(study: "Study") -> list[Subject]:
    """Return what people of a study can be asked for now."""
    return [each for maker in SUBJECTS.values() for each in import_string(maker)(study)]
