"""Which type of changer is a municipality, why, and how sure is that label?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from statistics import fmean

from rodedraad.methods.rulesets.measures import CELLS, Breadth, MeasureStatus, measure_breadth
from rodedraad.methods.rulesets.ruling import (
    RuleRefusal,
    Rules,
    Ruling,
    Sentence,
    check_share,
    reaches,
)
from rodedraad.methods.told_apart import places_apart

UNDETERMINED = "onbepaald"
CHANGER = "veranderaar"
CAREFUL_CHANGER = "voorzichtige veranderaar"
CAREFUL = "voorzichtige"
BORDERLINE = "grensgeval"

SOURCE_TYPES = frozenset({"document", "interview", "survey"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTypeRules(Rules):
    """Thresholds of the change type. ``steps`` are how far breadth, cell and gap are moved, up
    and down, to see whether the label holds."""

    name: str = "change-type"
    version: str = "1"
    min_known: float = 0.70
    min_source_types: int = 2
    breadth: float = 0.50
    cell: float = 0.25
    gap: float = 0.10
    conflict_waiting: float = 0.60
    young_days: int = 365
    steps: tuple[float, float, float] = (0.10, 0.10, 0.05)
    stable: float = 0.70

    def __post_init__(self) -> None:
        if self.breadth <= 0:
            raise RuleRefusal(
                f"The breadth threshold must be above 0, also a step lower. Got {self.breadth:.2f}"
                " instead; raise the threshold or make its step smaller.",
                code="change_type_breadth",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Attitudes:
    """Scores 0-1 of T1-T4; ``None`` is unknown. T5 ("behouden wat werkt") is not in the rule."""

    necessity: float | None = None
    small_steps: float | None = None
    waiting: float | None = None
    doubt: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeType(Ruling):
    """Change type of a municipality at a reference date. A type says nothing about quality.

    ``missing_cells``: cells under the threshold ("ontbreekt: C, D"). ``pro`` and ``con``: ``None``
    when fewer than two of their parts are known. ``stability``: share of 27 threshold variants
    with this label; ``uncertain`` when below .70. ``flags``: "waiting_conflict", "young"
    (veranderaar whose first team is younger than a year).
    """

    breadth: Breadth
    pro: float | None
    con: float | None
    missing_cells: tuple[str, ...]
    stability: float
    uncertain: bool
    flags: tuple[str, ...]


CHANGE_TYPE_RULES = ChangeTypeRules()


def change_type(
    status: Mapping[str, MeasureStatus],
    attitudes: Attitudes,
    *,
    source_types: Collection[str],
    on: date,
    first_team: date | None = None,
    rules: ChangeTypeRules = CHANGE_TYPE_RULES,
) -> ChangeType:
    """Change type from measures and attitudes on the reference date ``on``.

    Onbepaald when under 70% of applicable measures is known, fewer than two kinds of source were
    used, or a cell is wholly unknown. Veranderaar when breadth is at least .50 and all four cells
    at least .25. Otherwise pro (necessity, small steps, breadth / .50 up to 1) is set against con
    (waiting, doubt, 1 - necessity), each with at least two known parts: voorzichtige veranderaar
    when breadth is above 0 and pro leads by .10; voorzichtige when con leads by .10 or breadth is
    0; else grensgeval, which a researcher decides. Size, region, means, formal transition and
    reputation are never part of it; compare them afterwards.

    Parameters
    ----------
    status: status of measures A1-D5. attitudes: T1-T4.
    source_types: kinds of source behind the statuses, out of document, interview, survey.
    first_team: day on which the first social team began; only raises a flag.
    """
    _check(attitudes, source_types)
    breadth = measure_breadth(status)
    label = _label(breadth, attitudes, len(set(source_types)), rules)
    variants = type_variants(rules)
    same = sum(_label(breadth, attitudes, len(set(source_types)), v) == label for v in variants)
    pro, con = _pro(breadth, attitudes, rules), _con(attitudes)
    missing = tuple(c for c in CELLS if not reaches(breadth.cells[c] or 0.0, rules.cell))
    stability = same / len(variants)
    return ChangeType(
        rules=rules,
        inputs={
            "on": on.isoformat(),
            "status": {m: s.name for m, s in sorted(status.items())},
            "necessity": attitudes.necessity,
            "small_steps": attitudes.small_steps,
            "waiting": attitudes.waiting,
            "doubt": attitudes.doubt,
            "source_types": sorted(set(source_types)),
            "first_team": first_team and first_team.isoformat(),
        },
        label=label,
        explanation=type_sentence(label, breadth, len(set(source_types)), pro, con, missing, rules),
        breadth=breadth,
        pro=pro,
        con=con,
        missing_cells=missing,
        stability=stability,
        uncertain=not reaches(stability, rules.stable),
        flags=type_flags(label, attitudes, on, first_team, rules),
    )


def _check(attitudes: Attitudes, source_types: Collection[str]) -> None:
    check_share("Necessity", attitudes.necessity)
    check_share("Small steps", attitudes.small_steps)
    check_share("Waiting", attitudes.waiting)
    check_share("Doubt", attitudes.doubt)
    strange = sorted(set(source_types) - SOURCE_TYPES)
    if strange:
        raise RuleRefusal(
            f"{strange[0]!r} is not a kind of source. Use {', '.join(sorted(SOURCE_TYPES))}.",
            code="unknown_source_type",
        )


def _label(
    breadth: Breadth, attitudes: Attitudes, n_source_types: int, rules: ChangeTypeRules
) -> str:
    cells = [weight for weight in breadth.cells.values() if weight is not None]
    if (
        breadth.breadth is None
        or len(cells) < len(CELLS)
        or not reaches(breadth.known, rules.min_known)
        or n_source_types < rules.min_source_types
    ):
        return UNDETERMINED
    if reaches(breadth.breadth, rules.breadth) and all(reaches(c, rules.cell) for c in cells):
        return CHANGER
    pro, con = _pro(breadth, attitudes, rules), _con(attitudes)
    if pro is None or con is None:
        return UNDETERMINED
    if breadth.breadth > 0 and reaches(pro - con, rules.gap):
        return CAREFUL_CHANGER
    if breadth.breadth == 0 or reaches(con - pro, rules.gap):
        return CAREFUL
    return BORDERLINE


def _pro(breadth: Breadth, attitudes: Attitudes, rules: ChangeTypeRules) -> float | None:
    done = None if breadth.breadth is None else min(1.0, breadth.breadth / rules.breadth)
    return _mean_of_two(attitudes.necessity, attitudes.small_steps, done)


def _con(attitudes: Attitudes) -> float | None:
    unneeded = None if attitudes.necessity is None else 1 - attitudes.necessity
    return _mean_of_two(attitudes.waiting, attitudes.doubt, unneeded)


def _mean_of_two(*parts: float | None) -> float | None:
    """Mean of the known parts, of which there must be at least two."""
    known = [part for part in parts if part is not None]
    return fmean(known) if len(known) >= 2 else None


def type_variants(rules: ChangeTypeRules) -> list[ChangeTypeRules]:
    """The rules with breadth, cell and gap each a step lower, as they are, and a step higher."""
    moves = product(*((-step, 0.0, step) for step in rules.steps))
    return [
        replace(rules, breadth=rules.breadth + b, cell=rules.cell + c, gap=rules.gap + g)
        for b, c, g in moves
    ]


def type_flags(
    label: str,
    attitudes: Attitudes,
    on: date,
    first_team: date | None,
    rules: ChangeTypeRules,
) -> tuple[str, ...]:
    """What speaks against a veranderaar without changing the label."""
    if label != CHANGER:
        return ()
    waits = attitudes.waiting is not None and reaches(attitudes.waiting, rules.conflict_waiting)
    young = first_team is not None and (on - first_team).days < rules.young_days
    return tuple(flag for flag, up in (("waiting_conflict", waits), ("young", young)) if up)


def type_sentence(
    label: str,
    breadth: Breadth,
    n_source_types: int,
    pro: float | None,
    con: float | None,
    missing: tuple[str, ...],
    rules: ChangeTypeRules,
) -> Sentence:
    """Why a municipality has this label, in one sentence."""
    if label == UNDETERMINED:
        return _explain_undetermined(breadth, n_source_types, rules)
    wide = f"{breadth.breadth:.{places_apart(breadth.breadth, rules.breadth)}f}"
    if label == CHANGER:
        return Sentence(
            f"De breedte is {wide} (grens {rules.breadth:.2f}) en geen deel ontbreekt.",
            f"Breadth is {wide} (threshold {rules.breadth:.2f}) and no part is missing.",
        )
    places = 2 if pro is None or con is None else places_apart(abs(pro - con), rules.gap)
    lacks_nl = f"ontbreekt: {', '.join(missing)}" if missing else "geen deel ontbreekt"
    lacks_en = f"missing: {', '.join(missing)}" if missing else "no part is missing"
    return Sentence(
        f"De breedte is {wide} (grens {rules.breadth:.2f}), {lacks_nl}; voor verandering"
        f" {pro:.{places}f}, ertegen {con:.{places}f}.",
        f"Breadth is {wide} (threshold {rules.breadth:.2f}), {lacks_en}; for change {pro:.2f},"
        f" against it {con:.2f}.",
    )


def _explain_undetermined(
    breadth: Breadth, n_source_types: int, rules: ChangeTypeRules
) -> Sentence:
    unknown = [c for c in CELLS if breadth.cells[c] is None]
    if not reaches(breadth.known, rules.min_known):
        return Sentence(
            f"Van {breadth.known:.0%} van de maatregelen is de status bekend; nodig is"
            f" {rules.min_known:.0%}.",
            f"The status of {breadth.known:.0%} of measures is known; {rules.min_known:.0%} is"
            " needed.",
        )
    if n_source_types < rules.min_source_types:
        return Sentence(
            f"Er zijn {n_source_types} soorten bronnen gebruikt; nodig zijn"
            f" {rules.min_source_types}.",
            f"{n_source_types} kinds of source were used; {rules.min_source_types} are needed.",
        )
    if unknown:
        return Sentence(
            f"Van deel {', '.join(unknown)} is geen maatregel bekend.",
            f"No measure of part {', '.join(unknown)} is known.",
        )
    return Sentence(
        "Van de houding (noodzaak, kleine stappen, afwachten, twijfel) is te weinig bekend.",
        "Too little is known of attitudes (necessity, small steps, waiting, doubt).",
    )
