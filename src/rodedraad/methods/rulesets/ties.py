"""Do both ends of a tie report it, and did enough actors answer to measure the network?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rodedraad.methods.rulesets.ruling import RuleRefusal, Rules, Ruling, Sentence, reaches

CONFIRMED = "bevestigd"
ONE_SIDED = "eenzijdig"
CONTESTED = "betwist"
ABSENT = "afwezig"
UNKNOWN = "onbekend"

MEASURABLE = "netwerkmaten mogelijk"
NOT_MEASURABLE = "te weinig respons"

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TieRules(Rules):
    """The share of actors that must answer before the whole network is measured."""

    name: str = "network-ties"
    version: str = "1"
    min_response: float = 0.7


@dataclass(frozen=True, slots=True)
class TieReports:
    """Status of every pair on which anyone reported, and the two tie sets to measure on.

    Pairs are in alphabetical order. ``confirmed``: both ends report the tie. ``union``: at least
    one end does (confirmed, one-sided and contested). Compute measures on both and show both.
    """

    status: Mapping[Pair, str]
    confirmed: frozenset[Pair]
    union: frozenset[Pair]


TIE_RULES = TieRules()


def tie_status(one: bool | None, other: bool | None) -> str:
    """Status of a tie from the reports of its ends; ``None`` is an end that did not answer.

    Both yes: bevestigd. One yes and no answer: eenzijdig. One yes and one no: betwist. No yes:
    afwezig when someone said no, onbekend when nobody answered.
    """
    reports = {one, other}
    if True in reports:
        return CONTESTED if False in reports else ONE_SIDED if None in reports else CONFIRMED
    return ABSENT if False in reports else UNKNOWN


def tie_reports(reports: Mapping[Pair, bool]) -> TieReports:
    """Bring together what actors report of each other.

    Parameters
    ----------
    reports: (who reports, about whom) to whether there is a tie. A pair that is left out was not
        answered.
    """
    selves = sorted(a for a, b in reports if a == b)
    if selves:
        raise RuleRefusal(
            f"{selves[0]} reports a tie with itself. Leave ties of an actor with itself out.",
            code="tie_with_itself",
            actors=selves,
        )
    pairs = sorted({(min(pair), max(pair)) for pair in reports})
    status = {(a, b): tie_status(reports.get((a, b)), reports.get((b, a))) for a, b in pairs}
    return TieReports(
        status=status,
        confirmed=frozenset(p for p, s in status.items() if s == CONFIRMED),
        union=frozenset(p for p, s in status.items() if s in (CONFIRMED, ONE_SIDED, CONTESTED)),
    )


def network_response(
    actors: Collection[str], responded: Collection[str], *, rules: TieRules = TIE_RULES
) -> Ruling:
    """Whether measures of the whole network (density, centralisation) may be given.

    Actors that did not answer make them unreliable: they need answers of at least 70% of actors.
    """
    strangers = sorted(set(responded) - set(actors))
    if strangers or not actors:
        raise RuleRefusal(
            f"{strangers[0]} answered and is not an actor of the network. Add it or leave it out."
            if strangers
            else "The network has no actors. Add its actors first.",
            code="response_actors",
            actors=strangers,
        )
    total, answered = len(set(actors)), len(set(responded))
    enough = reaches(answered / total, rules.min_response)
    return Ruling(
        rules=rules,
        inputs={"actors": total, "responded": answered},
        label=MEASURABLE if enough else NOT_MEASURABLE,
        explanation=Sentence(
            f"{answered} van de {total} actoren antwoordden ({answered / total:.0%}; nodig is"
            f" {rules.min_response:.0%}).",
            f"{answered} of {total} actors answered ({answered / total:.0%};"
            f" {rules.min_response:.0%} is needed).",
        ),
    )
