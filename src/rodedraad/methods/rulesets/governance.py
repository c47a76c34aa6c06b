"""How is a network governed, and does that fit what it needs?"""

from collections.abc import Mapping
from dataclasses import dataclass

from rodedraad.methods.rulesets.ruling import (
    RuleRefusal,
    Rules,
    Ruling,
    Sentence,
    check_share,
    reaches,
)

SHARED = "gedeeld bestuur"
LEAD = "leidende organisatie"
NAO = "netwerkorganisatie"
UNDETERMINED = "onbepaald"

CONTINGENCIES = ("trust", "participants", "consensus", "need")


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernanceRules(Rules):
    """Cut-offs for mode and fit. The table of levels is Provan & Kenis'; the cuts are ours."""

    name: str = "network-governance"
    version: str = "1"
    centralisation: float = 0.5
    trust_cuts: tuple[float, float, float] = (0.25, 0.5, 0.7)
    scale_cuts: tuple[float, float, float] = (0.25, 0.5, 0.75)
    few_participants: int = 8
    moderate_participants: int = 15


LEVELS = ("low", "moderately low", "moderately high", "high")

# Provan & Kenis (2008), table 1: what each mode asks of trust, number of participants, goal
# consensus and need for network competences. "Moderate" is the two middle levels.
EXPECTED: Mapping[str, Mapping[str, frozenset[str]]] = {
    SHARED: {
        "trust": frozenset({"high"}),
        "participants": frozenset({"few"}),
        "consensus": frozenset({"high"}),
        "need": frozenset({"low"}),
    },
    LEAD: {
        "trust": frozenset({"low"}),
        "participants": frozenset({"moderate"}),
        "consensus": frozenset({"moderately low"}),
        "need": frozenset({"moderately low", "moderately high"}),
    },
    NAO: {
        "trust": frozenset({"moderately low", "moderately high"}),
        "participants": frozenset({"moderate", "many"}),
        "consensus": frozenset({"moderately high"}),
        "need": frozenset({"high"}),
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernanceFit(Ruling):
    """How the mode of a network fits its four contingencies (a talking point, not a verdict).

    ``levels`` and ``fits`` hold the contingencies that are known. ``best_modes`` are the modes
    that fit most of them: more than one in a tie, none when nothing is known.
    """

    levels: Mapping[str, str]
    fits: Mapping[str, bool]
    best_modes: tuple[str, ...]


GOVERNANCE_RULES = GovernanceRules()


def governance_mode(
    *,
    coordinating_entity: bool | None,
    coordinating_member: bool | None,
    degree_centralisation: float | None,
    rules: GovernanceRules = GOVERNANCE_RULES,
) -> Ruling:
    """Governance mode: a separate entity, a leading member, or shared.

    A separate coordinating entity makes a netwerkorganisatie (NAO). Else a coordinating member
    (centrumgemeente, penvoerder) or a degree centralisation of at least 0.5 makes a leidende
    organisatie. Else bestuur is shared. What is unknown (``None``) is not taken for "no": the
    label is onbepaald unless what is known settles it. An unknown centralisation alone does not
    stand in the way when it is known that no member coordinates.
    """
    check_share("Degree centralisation", degree_centralisation)
    central = degree_centralisation is not None and reaches(
        degree_centralisation, rules.centralisation
    )
    degree = f"{degree_centralisation or 0:.2f}"
    if coordinating_entity:
        label, why = (
            NAO,
            Sentence(
                "Een aparte organisatie coördineert het netwerk.",
                "A separate organisation coordinates the network.",
            ),
        )
    elif coordinating_entity is None:
        label, why = (
            UNDETERMINED,
            Sentence(
                "Het is niet bekend of een aparte organisatie coördineert.",
                "It is not known whether a separate organisation coordinates.",
            ),
        )
    elif coordinating_member:
        label, why = (
            LEAD,
            Sentence("Een lid coördineert het netwerk.", "A member coordinates the network."),
        )
    elif central:
        label, why = (
            LEAD,
            Sentence(
                f"De contacten lopen vooral via één lid (centralisatie {degree}).",
                f"Contacts run mainly through one member (centralisation {degree}).",
            ),
        )
    elif coordinating_member is None:
        label, why = (
            UNDETERMINED,
            Sentence(
                "Het is niet bekend of een van de leden coördineert.",
                "It is not known whether one of the members coordinates.",
            ),
        )
    else:
        label, why = (
            SHARED,
            Sentence(
                "Geen organisatie en geen lid coördineert; de leden besturen samen.",
                "No organisation and no member coordinates; the members govern together.",
            ),
        )
    return Ruling(
        rules=rules,
        inputs={
            "coordinating_entity": coordinating_entity,
            "coordinating_member": coordinating_member,
            "degree_centralisation": degree_centralisation,
        },
        label=label,
        explanation=why,
    )


def governance_fit(
    mode: str,
    *,
    tie_trust: float | None,
    density: float | None,
    participants: int | None,
    consensus: float | None,
    need: float | None,
    rules: GovernanceRules = GOVERNANCE_RULES,
) -> GovernanceFit:
    """Compare a network with what Provan & Kenis say its mode needs.

    Parameters
    ----------
    mode: one of the three modes, or onbepaald (then only ``best_modes`` says something).
    tie_trust: mean trust of the ties, 0-1; density: 0-1. Trust is their product.
    participants: number of members, at least 1.
    consensus: goal consensus (B7.1), 0-1. need: need for competences (B7.2 and B7.3), 0-1.
    ``None`` is unknown: that contingency is left out.
    """
    for name, value in {
        "Trust": tie_trust,
        "Density": density,
        "Consensus": consensus,
        "Need": need,
    }.items():
        check_share(name, value)
    if mode not in (*EXPECTED, UNDETERMINED):
        raise RuleRefusal(
            f"A governance mode is one of {', '.join(EXPECTED)} or {UNDETERMINED}. Got {mode!r}"
            " instead.",
            code="governance_mode",
        )
    trust = None if tie_trust is None or density is None else tie_trust * density
    levels = {
        name: level
        for name, level in (
            ("trust", _level(trust, rules.trust_cuts)),
            ("participants", _participants(participants, rules)),
            ("consensus", _level(consensus, rules.scale_cuts)),
            ("need", _level(need, rules.scale_cuts)),
        )
        if level is not None
    }
    score = {m: sum(levels[c] in expected[c] for c in levels) for m, expected in EXPECTED.items()}
    expected = EXPECTED.get(mode, {})
    fits = {c: level in expected[c] for c, level in levels.items()} if expected else {}
    return GovernanceFit(
        rules=rules,
        inputs={
            "mode": mode,
            "tie_trust": tie_trust,
            "density": density,
            "participants": participants,
            "consensus": consensus,
            "need": need,
        },
        label=_fit_label(fits),
        explanation=_explain_fit(fits),
        levels=levels,
        fits=fits,
        best_modes=tuple(m for m, s in score.items() if levels and s == max(score.values())),
    )


def _level(value: float | None, cuts: tuple[float, float, float]) -> str | None:
    return None if value is None else LEVELS[sum(reaches(value, cut) for cut in cuts)]


def _participants(count: int | None, rules: GovernanceRules) -> str | None:
    if count is None:
        return None
    if count <= rules.few_participants:
        return "few"
    return "moderate" if count <= rules.moderate_participants else "many"


def _fit_label(fits: Mapping[str, bool]) -> str:
    if not fits:
        return UNDETERMINED
    return "past" if all(fits.values()) else "past deels" if any(fits.values()) else "past niet"


_NAMES_NL = {
    "trust": "vertrouwen",
    "participants": "aantal deelnemers",
    "consensus": "eensgezindheid over doelen",
    "need": "behoefte aan netwerkdeskundigheid",
}
_NAMES_EN = {
    "trust": "trust",
    "participants": "number of participants",
    "consensus": "goal consensus",
    "need": "need for network competences",
}


def _explain_fit(fits: Mapping[str, bool]) -> Sentence:
    if not fits:
        return Sentence(
            "Er is te weinig bekend om vorm en netwerk te vergelijken.",
            "Too little is known to compare mode and network.",
        )
    misfits = [c for c, fit in fits.items() if not fit]
    nl = f"Van de {len(fits)} bekende voorwaarden passen er {len(fits) - len(misfits)}"
    en = f"Of {len(fits)} known conditions {len(fits) - len(misfits)} fit"
    if misfits:
        nl += "; om over te praten: " + ", ".join(_NAMES_NL[c] for c in misfits)
        en += "; to talk about: " + ", ".join(_NAMES_EN[c] for c in misfits)
    return Sentence(nl + ".", en + ".")
