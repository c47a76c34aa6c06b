"""What can be scored in a source: constructs by the rubric, measures by their status?"""

from collections.abc import Sequence
from dataclasses import dataclass

from rodedraad.assessment.evidence.known import options_of
from rodedraad.scoring.models import Score
from rodedraad.sources.models import Source
from rodedraad.studies.models import Study, Wave
from rodedraad.studies.template import framework
from rodedraad.studies.wording import worded

BY_READING = {"document", "passage"}
EVIDENCE_FROM = 2
"""From this status on a measure needs a passage and a date."""


@dataclass(frozen=True, slots=True)
class Line:
    """One construct or measure that a source is scored on."""

    kind: str
    code: str
    name: str
    definition: str = ""
    observables: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """How forms and addresses name it: measure B1 is not construct B1."""
        return f"{self.kind}-{self.code}"


def wave_of(study: Study, source: Source) -> Wave | None:
    """Return the wave in whose terms a source is scored: its own, else the newest."""
    waves = study.waves.select_related("framework").order_by("-reference_date")
    return (waves.filter(pk=source.wave_id) if source.wave_id else waves).first()


def lines_of(study: Study, source: Source) -> list[Line]:
    """Return what a source can be scored on, in the order of the framework, measures last.

    Open answers are of a survey, which has no rubric: of these only measures are scored.
    """
    wave = wave_of(study, source)
    if wave is None:
        return []
    constructs = wave.framework.constructs.order_by("order")
    if source.kind == Source.Kind.OPEN_ANSWERS:
        constructs = constructs.none()
    lines = [
        Line(
            kind=Score.Kind.RUBRIC,
            code=one.code,
            name=worded(one, "name"),
            definition=worded(one, "definition"),
            observables=tuple(worded(each) for each in one.details.get("observables", ())),
        )
        for one in constructs
        if BY_READING & set(one.details.get("evidence", ()))
    ]
    named = {
        str(measure.code): worded(measure.name.model_dump()) for measure in framework().measures
    }
    measures = study.template.get("measures", ())
    return lines + [Line(Score.Kind.MEASURE, code, named.get(code) or code) for code in measures]


def levels_of(kind: str) -> Sequence[tuple[int, str]]:
    """Return the levels of the rubric, or the statuses of a measure, with their words."""
    return [
        (one.value, worded(one.name.model_dump()))
        for one in options_of(kind)
        if one.value is not None
    ]
