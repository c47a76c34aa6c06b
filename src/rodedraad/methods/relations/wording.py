"""How does a report put a relation in words without saying that one thing causes the other?"""

from collections.abc import Mapping
from typing import Literal

from rodedraad.methods.relations.association import Measure
from rodedraad.methods.relations.pair import Relation, TestedRelation

Language = Literal["nl", "en"]

CLEAR = 0.05
_MEASURES: Mapping[Measure, str] = {"kendall": "Kendall tau-b", "spearman": "Spearman rho"}

_HOW_NL = {"exact": "exact", "normal": "normale benadering", "permutation": "permutatie"}
_HOW_EN = {"exact": "exact", "normal": "normal approximation", "permutation": "permutation"}

_UNTESTED_NL = {
    "few_cases": "maar {n} casussen zijn op beide bekend, te weinig voor een toets",
    "constant": "{column} is in alle casussen gelijk",
    "built_in_overlap": "het een is deel van hoe het ander is gemaakt",
}
_UNTESTED_EN = {
    "few_cases": "only {n} cases are known on both, too few for a test",
    "constant": "{column} is the same in all cases",
    "built_in_overlap": "one is part of how the other is made",
}


def relation_sentence(
    relation: Relation,
    language: Language = "nl",
    *,
    measure: Measure,
    labels: Mapping[str, str] | None = None,
) -> str:
    """One sentence on a relation: "hangt samen met", the effect first, then how sure it is.

    A relation counts as clear when its p after Holm is below 0.05; otherwise the sentence says
    that none was shown, which is not that there is none. Never "leads to": no association over
    cases can say that.

    Parameters
    ----------
    relation: from :func:`rodedraad.methods.relations.family.relate`, with its ``measure``.
    labels: readable names of columns; the column names by default.

    >>> from rodedraad.methods.relations.matrix import case_matrix
    >>> from rodedraad.methods.relations.family import relate
    >>> seen = case_matrix({"F5": [1, 2], "G1": [2, 1]}, factors=["F5"], outcomes=["G1"])
    >>> relation_sentence(relate(seen, seed=1).relations[0], "en", measure="kendall")
    'F5 beside G1 was not tested: only 2 cases are known on both, too few for a test.'
    """
    names = labels or {}
    factor, outcome = (names.get(n, n) for n in (relation.factor, relation.outcome))
    dutch = language == "nl"
    if relation.tested is None:
        notice = relation.notices[0]
        context = dict(notice.context)
        if "column" in context:
            context["column"] = names.get(str(context["column"]), str(context["column"]))
        why = (_UNTESTED_NL if dutch else _UNTESTED_EN)[notice.code].format(**context)
        return (
            f"{factor} naast {outcome} is niet getoetst: {why}."
            if dutch
            else f"{factor} beside {outcome} was not tested: {why}."
        )
    numbers = _numbers(relation, relation.tested, measure, dutch)
    warning = _warning(relation, dutch)
    if relation.tested.p_holm >= CLEAR:
        verb = (
            "Een samenhang van {0} met {1} is niet aangetoond"
            if dutch
            else "No relation of {0} with {1} was shown"
        ).format(factor, outcome)
        return f"{verb} ({numbers}).{warning}"
    up = relation.tested.estimate > 0
    if dutch:
        side = "hoger" if up else "lager"
        return (
            f"{factor} hangt samen met {outcome}: waar het een hoger is, is het ander vaker "
            f"{side} ({numbers}).{warning}"
        )
    side = "higher" if up else "lower"
    return (
        f"{factor} goes together with {outcome}: where one is higher, the other is more often "
        f"{side} ({numbers}).{warning}"
    )


def _numbers(relation: Relation, tested: TestedRelation, measure: Measure, dutch: bool) -> str:
    parts = [f"{_MEASURES[measure]} {_shown(tested.estimate, 2, dutch)}"]
    if tested.interval is not None:
        low, high = (_shown(v, 2, dutch) for v in (tested.interval.low, tested.interval.high))
        share = f"{tested.interval.confidence:.0%}"
        parts.append(
            f"{share}-interval {low} tot {high}" if dutch else f"{share} interval {low} to {high}"
        )
    p, p_holm = (_p(value, dutch) for value in (tested.p, tested.p_holm))
    how = (_HOW_NL if dutch else _HOW_EN)[tested.p_how]
    parts += [f"p {p} ({how})", f"{'na Holm' if dutch else 'after Holm'} {p_holm}"]
    parts.append(f"{relation.n} {'casussen' if dutch else 'cases'}")
    return "; ".join(parts)


def _warning(relation: Relation, dutch: bool) -> str:
    codes = {notice.code for notice in relation.notices}
    said: list[str] = []
    if "same_source" in codes:
        said.append(
            " Beide komen uit dezelfde bron; dat alleen al laat ze samenhangen."
            if dutch
            else " Both come from the same source; that alone makes them go together."
        )
    cases = relation.tested.turning if relation.tested is not None else ()
    if cases:
        named = (" of " if dutch else " or ").join(cases[:3])
        if len(cases) > 3:
            named = f"een van {len(cases)} casussen" if dutch else f"one of {len(cases)} cases"
        said.append(
            f" Zonder {named} blijft de richting niet gelijk."
            if dutch
            else f" Without {named} the direction does not stay the same."
        )
    return "".join(said)


def _p(value: float, dutch: bool) -> str:
    return f"< {_shown(0.001, 3, dutch)}" if value < 0.001 else _shown(value, 3, dutch)


def _shown(value: float, digits: int, dutch: bool) -> str:
    text = f"{value:.{digits}f}".replace("-", "\N{MINUS SIGN}")
    return text.replace(".", ",") if dutch else text
