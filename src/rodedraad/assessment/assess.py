"""Which conclusions does a study draw from its evidence, and how are they all drawn at once?"""

from collections.abc import Callable, Mapping
from typing import Protocol

from rodedraad.accounts.models import Person
from rodedraad.assessment.models import Run
from rodedraad.assessment.qca_runs import qca_draw
from rodedraad.assessment.relation_runs import relations_draw
from rodedraad.assessment.score_runs import scored_waves, scores_make
from rodedraad.assessment.type_runs import steering_make, types_make
from rodedraad.errors import Refusal
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


MAKERS: Mapping[str, Maker] = {
    "scores": scores_make,
    "change_type": types_make,
    "steering": steering_make,
    "relations": relations_draw,
    "qca": qca_draw,
}
"""Every kind of conclusion, in the order in which they are drawn."""


def assess(
    study: Study,
    wave: Wave,
    *,
    person: Person | None = None,
    tell: Callable[[str, int, int, str], None] | None = None,
) -> dict[str, Made]:
    """Draw all conclusions on a wave, kind by kind; return the runs and whether each is new.

    ``tell`` is told the kind, the number done, the total and the step at hand.
    """
    made: dict[str, Made] = {}
    for name, make in MAKERS.items():

        def said(done: int, total: int, message: str, name: str = name) -> None:
            if tell:
                tell(name, done, total, message)

        made[name] = make(study, wave, person, said)
    return made


def study_wave(slug: str, label: str | None) -> tuple[Study, Wave]:
    """Return a study and one of its waves: the newest with answers when none is named.

    Raises
    ------
    Refusal
        When there is no such study or wave; it says which there are.
    """
    study = Study.objects.filter(slug=slug).first()
    if study is None:
        known = ", ".join(Study.objects.order_by("slug").values_list("slug", flat=True))
        raise Refusal(
            f"There is no study '{slug}'. There are: {known or 'none'}.", code="study_unknown"
        )
    waves = list(study.waves.select_related("framework").order_by("-reference_date"))
    if label is None:
        return study, (*scored_waves(study), *waves)[0]
    found = next((wave for wave in waves if wave.label == label), None)
    if found is None:
        labels = ", ".join(wave.label for wave in waves)
        raise Refusal(
            f"Study '{slug}' has no wave '{label}'. It has: {labels}.", code="wave_unknown"
        )
    return study, found
