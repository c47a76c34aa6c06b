"""What does a simulation suppose of people and municipalities? Made up, and all in one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


def _of(**values: float) -> Mapping[str, float]:
    return MappingProxyType(values)


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Shares, and standard deviations on a scale where the items of one construct have about 1.

    ``case_sd``: between cases, per construct; of it, ``common`` says which part (a correlation) a
    construct of that kind shares with all others. ``role_gap``: how much rosier a role looks.
    ``role_sd``: how differently that is from case to case. ``person_sd``: between people over all
    constructs; ``opinion_sd``: on top of that per construct. ``noise_sd``: per answer.
    ``cuts``: where the four borders between five answers lie.
    """

    case_sd: float = 0.5
    common: Mapping[str, float] = field(
        default_factory=lambda: _of(
            factor=0.6, subgoal=0.55, attitude=0.6, theme=0.4, network=0.4, context=0.0
        )
    )
    role_gap: Mapping[str, float] = field(
        default_factory=lambda: _of(D=0.3, B=0.15, R=0.0, C=0.0, P=-0.1, U=-0.25, I=-0.3)
    )
    role_sd: float = 0.2
    person_sd: float = 0.35
    opinion_sd: float = 0.45
    difficulty_sd: float = 0.35
    noise_sd: float = 0.8
    cuts: tuple[float, float, float, float] = (-1.5, -0.55, 0.35, 1.35)

    people: Mapping[str, float] = field(
        default_factory=lambda: _of(U=0.4, C=0.15, D=0.12, B=0.12, P=0.11, R=0.05, I=0.05)
    )
    response: Mapping[str, float] = field(
        default_factory=lambda: _of(D=0.8, C=0.65, B=0.6, U=0.45, P=0.4, R=0.35, I=0.25)
    )
    dont_know: Mapping[str, float] = field(
        default_factory=lambda: _of(D=0.02, C=0.04, B=0.04, U=0.07, P=0.1, R=0.12, I=0.18)
    )
    unanswered: float = 0.015
    not_applicable: float = 0.01

    documents: tuple[int, int] = (2, 4)
    document_covers: float = 0.6
    document_sd: float = 0.6
    interviews: float = 55 / 16
    speakers: Mapping[str, float] = field(
        default_factory=lambda: _of(D=0.3, C=0.25, B=0.2, U=0.15, P=0.1)
    )
    interview_covers: float = 0.75
    interview_sd: float = 0.45
    rubric_cuts: tuple[float, float, float] = (-0.6, 0.1, 0.8)

    measure_common: float = 0.7
    cell_sd: float = 0.4
    measure_sd: float = 0.5
    status_sd: float = 0.3
    status_cuts: tuple[float, float, float, float] = (-0.7, -0.2, 0.2, 0.9)
    status_unknown: float = 0.12
    status_not_applicable: float = 0.02


ASSUMPTIONS = Assumptions()
