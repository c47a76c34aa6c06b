"""How far has a network come, and which steps did it skip?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from rodedraad.methods.rulesets.label_names import ENGLISH
from rodedraad.methods.rulesets.ruling import Rules, Ruling, Sentence, both


class Milestone(IntEnum):
    """Five milestones; the fifth is dated by the latest evaluation of a network that delivers."""

    EXPLORE = 1
    SHARE = 2
    AGREE = 3
    SHAPE = 4
    DELIVER = 5


NO_PHASE = "nog geen fase"
PHASE_NAMES: Mapping[Milestone, str] = {
    Milestone.EXPLORE: "verkennen",
    Milestone.SHARE: "delen",
    Milestone.AGREE: "overeenkomen",
    Milestone.SHAPE: "vormgeven",
    Milestone.DELIVER: "uitvoeren en vernieuwen",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseRules(Rules):
    """How many months an evaluation keeps the fifth milestone reached."""

    name: str = "network-phase"
    version: str = "1"
    evaluation_months: int = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseLabel(Ruling):
    """Phase of a network: the last milestone of the unbroken chain from the first.

    ``phase`` is ``None`` when the first milestone is not reached. ``gaps`` are milestones not
    reached before a later one that is; ``ahead`` the later ones. ``formally_ahead``: agreement or
    shape without a shared ambition ("formeel vooruit, inhoudelijk achter"). ``lapsed``: delivers,
    but its evaluation is too old to count.
    """

    phase: Milestone | None
    gaps: tuple[Milestone, ...]
    ahead: tuple[Milestone, ...]
    formally_ahead: bool
    lapsed: bool


PHASE_RULES = PhaseRules()


def network_phase(
    reached: Mapping[Milestone, date], *, on: date, rules: PhaseRules = PHASE_RULES
) -> PhaseLabel:
    """Phase of a network on the day ``on``, from dated milestones.

    Parameters
    ----------
    reached: date per milestone reached; a date after ``on`` does not count. The date of
        ``DELIVER`` is that of the latest evaluation and counts for less than 24 months.
    """
    counting = {m for m, day in reached.items() if day <= on}
    lapsed = Milestone.DELIVER in counting and (
        _months_between(reached[Milestone.DELIVER], on) >= rules.evaluation_months
    )
    if lapsed:
        counting.remove(Milestone.DELIVER)
    chain = [
        m for m in Milestone if all(earlier in counting for earlier in Milestone if earlier <= m)
    ]
    phase = chain[-1] if chain else None
    ahead = tuple(m for m in Milestone if m in counting and m not in chain)
    gaps = tuple(m for m in Milestone if m not in counting and ahead and m < ahead[-1])
    return PhaseLabel(
        rules=rules,
        inputs={
            "on": on.isoformat(),
            "reached": {m.name: d.isoformat() for m, d in reached.items()},
        },
        label=PHASE_NAMES[phase] if phase else NO_PHASE,
        explanation=_explain(phase, gaps, lapsed, rules),
        phase=phase,
        gaps=gaps,
        ahead=ahead,
        formally_ahead=Milestone.SHARE not in counting
        and bool(counting & {Milestone.AGREE, Milestone.SHAPE}),
        lapsed=lapsed,
    )


def _months_between(start: date, end: date) -> int:
    """Whole months from ``start`` to ``end``."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


def _explain(
    phase: Milestone | None, gaps: tuple[Milestone, ...], lapsed: bool, rules: PhaseRules
) -> Sentence:
    nl = [f"Mijlpaal 1 tot en met {phase.value} is bereikt" if phase else "Mijlpaal 1 ontbreekt"]
    en = [f"Milestones 1 to {phase.value} are reached" if phase else "Milestone 1 is missing"]
    if gaps:
        nl.append("overgeslagen: " + " en ".join(PHASE_NAMES[g] for g in gaps))
        en.append("skipped: " + " and ".join(ENGLISH[PHASE_NAMES[g]] for g in gaps))
    if lapsed:
        nl.append(f"de laatste evaluatie is {rules.evaluation_months} maanden oud of ouder")
        en.append(f"the latest evaluation is {rules.evaluation_months} months old or older")
    joined = both(nl, en)
    return Sentence(joined.nl + ".", joined.en + ".")
