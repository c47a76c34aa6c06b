"""How much confidence does a finding deserve, and why?"""

from dataclasses import asdict, dataclass

from rodedraad.methods.rulesets.ruling import (
    RuleRefusal,
    Rules,
    Ruling,
    Sentence,
    both,
    check_share,
    reaches,
)

LEVELS = ("hoog", "redelijk", "beperkt", "zwak")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceRules(Rules):
    """When a concern is serious. The four kinds of concern follow CERQual; the cuts are ours."""

    name: str = "finding-confidence"
    version: str = "1"
    min_coders: int = 2
    min_response: float = 0.5
    min_cases: int = 3
    min_source_types: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingBasis:
    """What a finding rests on.

    ``coders`` and ``agreement_measured`` are about passages, ``response`` (0-1) about surveys;
    ``None`` where the finding does not rest on them. ``open_contra``: contra-evidence that was
    not handled. ``current_wave`` and ``same_group``: whether the evidence is of the period and
    the group that the finding speaks of.
    """

    cases: int
    source_types: int
    open_contra: int
    current_wave: bool
    same_group: bool
    coders: int | None = None
    agreement_measured: bool | None = None
    response: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence(Ruling):
    """Grade of confidence; ``concerns`` names the kinds that lowered it."""

    concerns: tuple[str, ...]


CONFIDENCE_RULES = ConfidenceRules()


def finding_confidence(
    basis: FindingBasis, *, rules: ConfidenceRules = CONFIDENCE_RULES
) -> Confidence:
    """Grade a finding: start at hoog and go down one level for each kind of serious concern.

    method: a single coder, no agreement measured, or low response. coherence: contra-evidence
    not handled. adequacy: fewer than 3 cases or fewer than 2 kinds of source. relevance: an
    earlier wave or another group. Inspired by CERQual, which was made for reviews of studies.
    """
    if min(basis.cases, basis.source_types, basis.open_contra) < 0:
        raise RuleRefusal(
            "Cases, source types and open contra-evidence are counts of 0 or more. Count again.",
            code="confidence_count",
        )
    check_share("Response", basis.response)
    reasons = {
        kind: found
        for kind, found in (
            ("method", _method(basis, rules)),
            ("coherence", _coherence(basis)),
            ("adequacy", _adequacy(basis, rules)),
            ("relevance", _relevance(basis)),
        )
        if found
    }
    level = min(len(reasons), len(LEVELS) - 1)
    said = [reason for found in reasons.values() for reason in found]
    listed = both([r.nl for r in said], [r.en for r in said])
    return Confidence(
        rules=rules,
        inputs=asdict(basis),
        label=LEVELS[level],
        explanation=Sentence(f"Zorgen: {listed.nl}.", f"Concerns: {listed.en}.")
        if said
        else Sentence("Er zijn geen ernstige zorgen.", "There are no serious concerns."),
        concerns=tuple(reasons),
    )


def _method(basis: FindingBasis, rules: ConfidenceRules) -> list[Sentence]:
    found: list[Sentence] = []
    if basis.coders is not None and basis.coders < rules.min_coders:
        found.append(Sentence("één codeur", "a single coder"))
    if basis.agreement_measured is False:
        found.append(Sentence("overeenstemming niet gemeten", "agreement not measured"))
    if basis.response is not None and not reaches(basis.response, rules.min_response):
        found.append(
            Sentence(f"lage respons ({basis.response:.0%})", f"low response ({basis.response:.0%})")
        )
    return found


def _coherence(basis: FindingBasis) -> list[Sentence]:
    if not basis.open_contra:
        return []
    return [Sentence("tegenbewijs niet afgehandeld", "contra-evidence not handled")]


def _adequacy(basis: FindingBasis, rules: ConfidenceRules) -> list[Sentence]:
    found: list[Sentence] = []
    if basis.cases < rules.min_cases:
        found.append(Sentence(f"cases: {basis.cases}", f"cases: {basis.cases}"))
    if basis.source_types < rules.min_source_types:
        found.append(
            Sentence(
                f"soorten bronnen: {basis.source_types}", f"kinds of source: {basis.source_types}"
            )
        )
    return found


def _relevance(basis: FindingBasis) -> list[Sentence]:
    found: list[Sentence] = []
    if not basis.current_wave:
        found.append(Sentence("uit een eerdere meting", "from an earlier wave"))
    if not basis.same_group:
        found.append(Sentence("over een andere groep", "about another group"))
    return found
