"""How much of what a municipality does in networks is driven by regulation?"""

from collections.abc import Sequence
from dataclasses import dataclass

from rodedraad.methods.rulesets.drive import DRIVEN, MIXED, NOT_DRIVEN, UNDETERMINED
from rodedraad.methods.rulesets.ruling import RuleRefusal, Rules, Ruling, Sentence, reaches

MAINLY_DRIVEN = "overwegend regelgedreven"
MAINLY_NOT_DRIVEN = "overwegend niet"


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioRules(Rules):
    """Thresholds of a municipal portfolio: how many networks, and the two shares."""

    name: str = "municipal-portfolio"
    version: str = "1"
    min_networks: int = 3
    mainly_driven: float = 2 / 3
    mainly_not_driven: float = 1 / 3


@dataclass(frozen=True, slots=True)
class PortfolioNetwork:
    """A network a municipality takes part in: its drive in two classes and its intensity (> 0)."""

    two_classes: str
    intensity: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio(Ruling):
    """Share (0-1) of regelgedreven networks, weighted by intensity; ``None`` when too few.

    ``n_networks`` counts those with a known drive, ``n_undetermined`` those left out.
    """

    share: float | None
    n_networks: int
    n_undetermined: int


PORTFOLIO_RULES = PortfolioRules()


def municipal_portfolio(
    networks: Sequence[PortfolioNetwork], *, rules: PortfolioRules = PORTFOLIO_RULES
) -> Portfolio:
    """Label a municipality by the weighted share of regelgedreven networks it takes part in.

    Networks whose drive is onbepaald are left out and counted. With fewer than three others the
    label is onbepaald. From two thirds: overwegend regelgedreven; up to one third: overwegend
    niet; between: gemengd.
    """
    for network in networks:
        _check(network)
    known = [n for n in networks if n.two_classes != UNDETERMINED]
    weight = sum(n.intensity for n in known)
    driven = sum(n.intensity for n in known if n.two_classes == DRIVEN)
    share = driven / weight if len(known) >= rules.min_networks else None
    return Portfolio(
        rules=rules,
        inputs={"networks": [[n.two_classes, n.intensity] for n in networks]},
        label=_label(share, rules),
        explanation=_explain(share, len(known), rules),
        share=share,
        n_networks=len(known),
        n_undetermined=len(networks) - len(known),
    )


def _check(network: PortfolioNetwork) -> None:
    if network.two_classes not in (DRIVEN, NOT_DRIVEN, UNDETERMINED):
        raise RuleRefusal(
            f"A network in a portfolio is {DRIVEN}, {NOT_DRIVEN} or {UNDETERMINED}. Got"
            f" {network.two_classes!r} instead; take the two-class report of its drive.",
            code="portfolio_class",
        )
    if not 0 < network.intensity < float("inf"):
        raise RuleRefusal(
            f"The intensity of a network must be a number above 0. Got {network.intensity}"
            " instead; leave out networks in which the municipality does nothing.",
            code="portfolio_intensity",
        )


def _label(share: float | None, rules: PortfolioRules) -> str:
    if share is None:
        return UNDETERMINED
    if reaches(share, rules.mainly_driven):
        return MAINLY_DRIVEN
    return MAINLY_NOT_DRIVEN if reaches(rules.mainly_not_driven, share) else MIXED


def _explain(share: float | None, known: int, rules: PortfolioRules) -> Sentence:
    if share is None:
        return Sentence(
            f"Van {known} netwerken is de aandrijving bekend; er zijn er {rules.min_networks}"
            " nodig.",
            f"The drive of {known} networks is known; {rules.min_networks} are needed.",
        )
    return Sentence(
        f"Van {known} netwerken is {share:.0%} regelgedreven, gewogen naar intensiteit.",
        f"Of {known} networks {share:.0%} is driven by regulation, weighted by intensity.",
    )
