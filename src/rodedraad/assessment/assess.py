"""Which conclusions does a study draw from its evidence, and how are they all drawn at once?"""

from collections.abc import Callable, Mapping
from typing import Protocol

from rodedraad.accounts.models import Person
from rodedraad.assessment.models import Run
from rodedraad.assessment.score_runs import scores_make
from rodedraad.studies.models import Study, Wave

Made = list[tuple[Run, bool]]
Tell = Callable[[int, int, str], None]


class Maker(Protocol):
    """Draws the conclusions of one kind on a wave; says of each whether it is new.

    It calls ``tell`` between steps with the number done, the total and the step at hand.
    """

    def __call__(
        self, study: Study, wave: Wave, person: Person | None = None, tell: Tell | None = None
    ) -> Made:
        """Draw them; what is there already for the same rows is not drawn again."""
        ...


MAKERS: Mapping[str, Maker] = {"scores": scores_make}
"""Every kind of conclusion, in the order in which they are drawn."""


def assess(
    study: Study,
    wave: Wave,
    *,
    person: Person | None = None,
    tell: Tell | None = None,
) -> dict[str, Made]:
    """Draw all conclusions on a wave, kind by kind; return the runs and whether each is new."""
    return {name: make(study, wave, person, tell) for name, make in MAKERS.items()}
