"""Do people get the influence they were promised?"""

from dataclasses import dataclass

from rodedraad.methods.rulesets.ruling import RuleRefusal, Rules, Ruling, Sentence

GAP = "verwachtingskloof"
NO_GAP = "geen verwachtingskloof"
UNDETERMINED = "onbepaald"

RUNGS_NL = (
    "geen",
    "informeren",
    "raadplegen",
    "adviseren",
    "coproduceren",
    "meebeslissen",
    "zelfbeheer",
)
RUNGS_EN = (
    "none",
    "informing",
    "consulting",
    "advising",
    "co-producing",
    "co-deciding",
    "self-management",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderRules(Rules):
    """From how many rungs between promised and experienced there is a gap."""

    name: str = "participation-ladder"
    version: str = "1"
    gap: int = 2


LADDER_RULES = LadderRules()


def ladder_gap(
    promised: int | None, experienced: int | None, *, rules: LadderRules = LADDER_RULES
) -> Ruling:
    """Compare the highest rung promised with the highest rung experienced.

    Parameters
    ----------
    promised, experienced: 0 (none) to 6 (self-management); ``None`` is unknown.
    """
    for name, rung in (("Promised", promised), ("Experienced", experienced)):
        if rung is not None and not 0 <= rung < len(RUNGS_NL):
            raise RuleRefusal(
                f"{name} rung must be a whole number from 0 to 6, or unknown. Got {rung} instead.",
                code="ladder_rung",
            )
    inputs: dict[str, object] = {"promised": promised, "experienced": experienced}
    if promised is None or experienced is None:
        why = Sentence(
            "Wat is beloofd of wat is ervaren, is niet bekend.",
            "What was promised or what was experienced is not known.",
        )
        return Ruling(rules=rules, inputs=inputs, label=UNDETERMINED, explanation=why)
    return Ruling(
        rules=rules,
        inputs=inputs,
        label=GAP if promised - experienced >= rules.gap else NO_GAP,
        explanation=Sentence(
            f"Beloofd is {RUNGS_NL[promised]} ({promised}), ervaren is {RUNGS_NL[experienced]}"
            f" ({experienced}); een kloof is {rules.gap} treden of meer.",
            f"Promised is {RUNGS_EN[promised]} ({promised}), experienced is"
            f" {RUNGS_EN[experienced]} ({experienced}); a gap is {rules.gap} rungs or more.",
        ),
    )
