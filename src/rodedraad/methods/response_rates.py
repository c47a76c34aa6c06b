"""How many of those who were asked answered: the outcome rates of AAPOR.

Source: American Association for Public Opinion Research (2023), *Standard Definitions: Final
Dispositions of Case Codes and Outcome Rates for Surveys*, 10th edition. The names of the rates are
theirs: RR1 is the strictest response rate, RR6 the most lenient.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Disposition(StrEnum):
    """How the asking of one person ended; the letters of AAPOR stand behind each."""

    COMPLETE = "complete"  # I
    PARTIAL = "partial"  # P
    REFUSAL = "refusal"  # R: refusal and break-off
    NON_CONTACT = "non_contact"  # NC
    OTHER = "other"  # O: eligible, not a refusal, for instance ill or no common language
    UNKNOWN = "unknown"  # UH + UO: nothing came back, so it is not known whether they are eligible
    INELIGIBLE = "ineligible"  # not in the population: left out of every rate


@dataclass(frozen=True, slots=True)
class ResponseRates:
    """Outcome rates, each a share from 0 to 1, or None when nobody is in its denominator.

    ``eligible`` is the share of the unknown that is taken to be eligible (the *e* of AAPOR) in
    RR3 and RR4; ``n`` is everyone but the ineligible.
    """

    n: int
    eligible: float
    rr1: float | None
    rr2: float | None
    rr3: float | None
    rr4: float | None
    rr5: float | None
    rr6: float | None
    cooperation1: float | None
    cooperation3: float | None
    refusal1: float | None
    contact1: float | None


def response_rates(
    counts: Mapping[Disposition, int], *, eligible: float | None = None
) -> ResponseRates:
    """Return the outcome rates of a number of people with each disposition.

    Parameters
    ----------
    counts
        How many people ended in each disposition; one that is absent counts 0.
    eligible
        Share of the unknown that is eligible, 0 to 1. Without it: the share among those of whom
        it is known, which AAPOR calls proportional allocation; 1 when of nobody is known.

    Raises
    ------
    ValueError
        When a count is negative or ``eligible`` is not from 0 to 1.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("A number of people cannot be below 0.")
    if eligible is not None and not 0 <= eligible <= 1:
        raise ValueError("The share that is eligible lies from 0 to 1.")
    of = {name: counts.get(name, 0) for name in Disposition}
    complete, partial = of[Disposition.COMPLETE], of[Disposition.PARTIAL]
    refusal, other = of[Disposition.REFUSAL], of[Disposition.OTHER]
    answered = complete + partial
    known = answered + refusal + of[Disposition.NON_CONTACT] + other
    unknown = of[Disposition.UNKNOWN]
    share = _eligible(known, of[Disposition.INELIGIBLE]) if eligible is None else eligible
    everyone, likely = known + unknown, known + share * unknown
    spoken = answered + refusal + other
    return ResponseRates(
        n=everyone,
        eligible=share,
        rr1=_share(complete, everyone),
        rr2=_share(answered, everyone),
        rr3=_share(complete, likely),
        rr4=_share(answered, likely),
        rr5=_share(complete, known),
        rr6=_share(answered, known),
        cooperation1=_share(complete, spoken),
        cooperation3=_share(complete, answered + refusal),
        refusal1=_share(refusal, everyone),
        contact1=_share(spoken, everyone),
    )


def _eligible(known: int, ineligible: int) -> float:
    return known / (known + ineligible) if known + ineligible else 1.0


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
