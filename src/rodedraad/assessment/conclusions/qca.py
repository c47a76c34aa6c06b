"""Which combinations of factors go with an outcome over the cases of a study?"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

import polars as pl

from rodedraad.assessment.conclusions.case_table import case_table
from rodedraad.errors import Refusal
from rodedraad.methods.notices import Notice
from rodedraad.methods.plain import plain
from rodedraad.methods.qca import (
    Assumed,
    Cuts,
    QcaRefusal,
    QcaResult,
    SetTable,
    qca,
    qca_document,
    robustness,
    set_table,
)
from rodedraad.methods.qca.calibration import Calibration, calibrate_crisp, calibrate_direct
from rodedraad.methods.qca.models import Kind

Method = Literal["fuzzy", "crisp"]
CASE = "case"
LISTED = 100
OTHER_CONSISTENCIES = (-0.05, 0.05)
SHIFT = 0.1
"""How far the crossover is moved to see whether models hold: a share of the anchors' distance."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """How one set was calibrated by hand: fully out, neither, fully in, on scores of 0-1.

    ``crisp`` uses the crossover only. Falling anchors mean that low scores are in the set.
    """

    out: float
    crossover: float
    full: float
    method: Method = "fuzzy"

    def calibrated(self, values: Sequence[float]) -> Calibration:
        """The memberships of these scores. Raises ``QcaRefusal`` when anchors cross."""
        if self.method == "crisp":
            return calibrate_crisp(values, thresholds=[self.crossover])
        return calibrate_direct(values, out=self.out, crossover=self.crossover, full=self.full)

    def shifted(self, share: float) -> "Anchors":
        """The same with the crossover moved by a share of the distance between the others."""
        moved = self.crossover + share * (self.full - self.out)
        return Anchors(self.out, moved, self.full, self.method)


def combinations(
    rows: pl.DataFrame,
    *,
    outcome: str,
    conditions: Sequence[str],
    items: Mapping[str, Sequence[str]],
    anchors: Mapping[str, Mapping[str, Any]],
    incl_cut: float,
    n_cut: int,
    pri_cut: float,
    expectations: Sequence[str] = (),
    enhanced: bool = False,
    override: str | None = None,
) -> dict[str, Any]:
    """Analyse which combinations of conditions are sufficient or necessary for an outcome.

    Scores per case as in ``case_table``, calibrated with ``anchors`` (code -> ``Anchors`` as a
    dictionary). Cases that are not known on every column are left out and named. The absence of
    the outcome stands beside it, and how far the models depend on cut-offs and crossovers.

    Raises
    ------
    QcaRefusal: too many conditions without a reason, crossing anchors, an outcome that is the
        same for all; Refusal: no case is known on every column.
    """
    columns = [*conditions, outcome]
    table = case_table(rows, factors=conditions, outcomes=[outcome], items=items)
    complete = table.frame().drop_nulls()
    if complete.is_empty():
        raise Refusal(
            f"No case has a score on each of {', '.join(columns)}. Choose other conditions, or "
            "bring in the evidence that is missing.",
            code="qca_no_complete_case",
            columns=", ".join(columns),
        )
    chosen = {code: Anchors(**anchors[code]) for code in columns}
    frame, calibrations = _calibrated(complete, chosen)
    cuts, assumed = Cuts(incl_cut, n_cut, pri_cut), Assumed(tuple(expectations), enhanced=enhanced)
    result = qca(
        frame,
        outcome=outcome,
        conditions=conditions,
        cases=CASE,
        cuts=cuts,
        assumed=assumed,
        negated=True,
        override=override,
        listed=LISTED,
    )
    left_out = sorted(set(table.cases) - set(complete[CASE]))
    notices = [Notice("cases_left_out", {"cases": left_out})] if left_out else []
    document = plain(qca_document(result, with_cases=True))
    document["notices"] += plain(notices)
    scores = {code: {case: asdict(score) for case, score in column.items()}
              for code, column in table.scores.items()}  # fmt: skip
    return document | plain(
        {
            "outcome_code": outcome,
            "cases": complete[CASE].to_list(),
            "left_out": left_out,
            "scores": scores,
            "sources": table.sources,
            "memberships": {row[CASE]: {c: row[c] for c in columns} for row in frame.to_dicts()},
            "calibrations": {
                code: {**asdict(chosen[code]), "notices": calibration.notices}
                for code, calibration in calibrations.items()
            },
            "robustness": _robustness(result, complete, chosen),
        }
    )


def _calibrated(
    complete: pl.DataFrame, chosen: Mapping[str, Anchors]
) -> tuple[pl.DataFrame, dict[str, Calibration]]:
    made = {code: each.calibrated(complete[code].to_list()) for code, each in chosen.items()}
    columns = [pl.Series(code, each.memberships) for code, each in made.items()]
    return complete.with_columns(columns), made


def _robustness(
    result: QcaResult, complete: pl.DataFrame, chosen: Mapping[str, Anchors]
) -> dict[str, Any]:
    """Per solution: in which share of other choices the models are exactly the same."""
    cut = result.cuts.consistency
    others = [round(cut + step, 4) for step in OTHER_CONSISTENCIES if 0.5 <= cut + step <= 1]
    tables = _other_tables(result, complete, chosen)
    found: dict[str, Any] = {}
    for kind in get_args(Kind):
        given = {"kind": kind, "expectations": result.assumed.expectations}
        cuts = robustness(
            result.table,
            result.cuts,
            consistencies=others,
            frequencies=[result.cuts.n + 1],
            **given,
        )
        crossovers = robustness(result.table, result.cuts, calibrations=tables, **given)
        variants = [*cuts.variants, *crossovers.variants]
        found[kind] = {
            "consistency_range": asdict(cuts.consistency_range),
            "n_range": cuts.n_range,
            "n_same": sum(variant.is_same for variant in variants),
            "n_variants": len(variants),
            "variants": [
                {
                    "calibration": variant.calibration,
                    "incl_cut": variant.cuts.consistency,
                    "n_cut": variant.cuts.n,
                    "models": variant.models,
                    "same": variant.is_same,
                    "overlap": variant.overlap,
                }
                for variant in variants
            ],
        }
    return found


def _other_tables(
    result: QcaResult, complete: pl.DataFrame, chosen: Mapping[str, Anchors]
) -> dict[str, SetTable]:
    """The cases with one crossover a little lower or higher; what cannot be compared is skipped."""
    conditions = [condition.name for condition in result.truth.alphabet.conditions]
    outcome = result.table.outcome_name
    found: dict[str, SetTable] = {}
    for code, anchors in chosen.items():
        for sign, share in (("-", -SHIFT), ("+", SHIFT)):
            try:
                frame, _made = _calibrated(complete, {**chosen, code: anchors.shifted(share)})
                found[f"{code}{sign}"] = set_table(
                    frame, outcome=outcome, conditions=conditions, cases=CASE
                )
            except QcaRefusal:
                continue
    return found
