"""How many developments act on each other in a case, and over how many scale levels?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import log

from rodedraad.methods.rulesets.ruling import RuleRefusal, Rules, Sentence
from rodedraad.methods.rulesets.scale import LEVELS


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplexityRules(Rules):
    """The five levels over which the spread is measured; there are no thresholds."""

    name: str = "horizontal-complexity"
    version: str = "1"
    levels: tuple[str, ...] = LEVELS


@dataclass(frozen=True, slots=True)
class Development:
    """Something that goes on in a case: its domains, scale levels, period and sources."""

    key: str
    domains: frozenset[str]
    levels: frozenset[str]
    since: date | None = None
    until: date | None = None
    sources: frozenset[str] = frozenset()

    def active_on(self, day: date) -> bool:
        """Whether it has begun and not ended on ``day``; an open end is active."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Link:
    """Two developments that act on each other, with the number of pieces of evidence for it."""

    one: str
    other: str
    evidence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplexityProfile:
    """Profile of a case at a date: five numbers beside each other and no index.

    ``n``: active developments. ``level_entropy``: 0 when all are at one level, 1 when spread
    evenly over five; a development at several levels is divided evenly over them.
    ``link_density``: linked pairs / all pairs. ``cross_level_link_density``: the same among pairs
    that have no level in common. ``multi_domain_share``: share with more than one domain.
    ``per_level``: developments per level, divided as for the entropy. ``n_sources``: distinct
    sources; show it beside ``n``, because who is asked more tells more. A number that does not
    exist (no developments, no such pairs, links not looked for) is ``None``.
    ``links_without_evidence`` and ``inactive`` were left out.
    """

    rules: ComplexityRules
    inputs: Mapping[str, object]
    n: int
    level_entropy: float | None
    link_density: float | None
    cross_level_link_density: float | None
    multi_domain_share: float | None
    per_level: Mapping[str, float]
    n_sources: int
    links_without_evidence: int
    inactive: int

    @property
    def explanation(self) -> Sentence:
        """One sentence that says what the profile rests on."""
        used = [level for level in self.rules.levels if self.per_level[level]]
        return Sentence(
            f"{self.n} ontwikkelingen uit {self.n_sources} bronnen, op {len(used)} van de"
            f" {len(self.rules.levels)} schaalniveaus.",
            f"{self.n} developments from {self.n_sources} sources, at {len(used)} of"
            f" {len(self.rules.levels)} scale levels.",
        )


COMPLEXITY_RULES = ComplexityRules()


def horizontal_complexity(
    developments: Sequence[Development],
    links: Collection[Link] | None,
    *,
    on: date,
    rules: ComplexityRules = COMPLEXITY_RULES,
) -> ComplexityProfile:
    """Profile of horizontal complexity of one case on the day ``on``.

    Parameters
    ----------
    developments: what goes on; those not active on ``on`` are left out and counted.
    links: links between developments, in any direction, counted once per pair; a link without
        evidence does not count. ``None``: links were not looked for, so densities are unknown.

    Checked against scipy.stats.entropy in tests/methods/test_rulesets_complexity.py.
    """
    _check(developments, links, rules)
    active = [d for d in developments if d.active_on(on)]
    per_level = {
        level: sum(1 / len(d.levels) for d in active if level in d.levels) for level in rules.levels
    }
    linked = {frozenset((k.one, k.other)) for k in links or () if k.evidence > 0}
    pairs = list(combinations(active, 2))
    apart = [(a, b) for a, b in pairs if not a.levels & b.levels]
    known = links is not None
    return ComplexityProfile(
        rules=rules,
        inputs={"on": on.isoformat(), "developments": [d.key for d in active]},
        n=len(active),
        level_entropy=_entropy(list(per_level.values())) if active else None,
        link_density=_density(pairs, linked) if known else None,
        cross_level_link_density=_density(apart, linked) if known else None,
        multi_domain_share=sum(len(d.domains) > 1 for d in active) / len(active)
        if active
        else None,
        per_level=per_level,
        n_sources=len(frozenset[str]().union(*(d.sources for d in active))),
        links_without_evidence=sum(k.evidence <= 0 for k in links or ()),
        inactive=len(developments) - len(active),
    )


def _entropy(weights: Sequence[float]) -> float:
    """Shannon entropy of the shares, divided by its maximum (all levels equal)."""
    total = sum(weights)
    shares = [w / total for w in weights if w > 0]
    return -sum(s * log(s) for s in shares) / log(len(weights)) + 0.0


def _density(
    pairs: Sequence[tuple[Development, Development]], linked: Collection[frozenset[str]]
) -> float | None:
    if not pairs:
        return None
    return sum(frozenset((a.key, b.key)) in linked for a, b in pairs) / len(pairs)


def _check(
    developments: Sequence[Development], links: Collection[Link] | None, rules: ComplexityRules
) -> None:
    keys = {d.key for d in developments}
    if len(keys) < len(developments):
        raise RuleRefusal(
            "Two developments have the same key. Give each development its own.",
            code="development_twice",
        )
    for development in developments:
        if not development.levels or not development.levels <= set(rules.levels):
            raise RuleRefusal(
                f"Development {development.key} has levels {sorted(development.levels)}. Give it"
                f" one or more of {', '.join(rules.levels)}.",
                code="development_level",
                development=development.key,
            )
    for link in links or ():
        if link.one == link.other or not {link.one, link.other} <= keys:
            raise RuleRefusal(
                f"The link between {link.one} and {link.other} does not join two developments of"
                " this case. Correct its ends or leave it out.",
                code="link_ends",
            )
