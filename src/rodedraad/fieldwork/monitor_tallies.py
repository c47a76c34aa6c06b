"""How many people came in by an open link? Rooms to the right count them; nobody is known.

In ``ready`` of its ``AppConfig``: ``tally_register("survey", "rodedraad.surveys.…")``. The counter
is a function of a study that returns ``OpenTally`` rows; it knows cases and roles, and no people.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

if TYPE_CHECKING:  # this is imported before Django knows its models
    from rodedraad.studies.models import Study

COUNTERS: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class OpenTally:
    """How many people of a case and role used the open link of one survey.

    ``n_asked`` is None when it is not known how many got the link; ``role`` is empty for a link
    that everyone of a case has. ``n_started`` includes who finished, and ``n_out``: who
    turned out not to be the right person, or came after enough had answered.
    """

    about: str
    title: str
    wave: int
    case: int
    role: str
    n_asked: int | None
    n_started: int
    n_done: int
    n_out: int = 0


def tally_register(kind: str, counter: str) -> None:
    """Let ``counter`` (a dotted name) count who came in by open links of a study."""
    COUNTERS[kind] = counter


def tallies_of(study: "Study") -> list[OpenTally]:
    """Return the counts of every open link of a study."""
    return [each for name in COUNTERS.values() for each in import_string(name)(study)]
