"""Does each initiative steer or let go, and do commissioner and team see that alike?"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import polars as pl

from rodedraad.assessment.conclusions.case_table import CaseScore, Side, case_table
from rodedraad.methods.rulesets.ruling import Ruling
from rodedraad.methods.rulesets.steering import (
    AGREEMENT,
    STEERING_RULES,
    TENSION,
    UNDETERMINED,
    SteeringRules,
    steering_mode,
    steering_tension,
)

FRAMES, AUTONOMY = "N3a", "N3b"
COMMISSIONER, TEAM = ("D", "B"), ("P", "U", "C")
SIDES: Mapping[str, tuple[str, ...]] = {"commissioner": COMMISSIONER, "team": TEAM}


def steering_of_cases(
    rows: pl.DataFrame,
    *,
    items: Mapping[str, Sequence[str]],
    rules: SteeringRules = STEERING_RULES,
) -> dict[str, Any]:
    """Give every case the steering mode that each side sees (rule c.3), and whether these differ.

    Commissioner are managers and policy officers (D, B); team are partners, workers and
    coordinators (P, U, C). Each side is scored on what its own people answered and said in
    interviews, through the chain of ``scores.construct_scores``; documents and interviews without
    a role belong to no side. Frames (N3a) and room (N3b) are never averaged.

    Parameters
    ----------
    rows : evidence of the kinds ``answer`` and ``rubric`` on N3a and N3b, of one wave
    items : codes of the items of N3a and N3b
    """
    scores = {side: _scores(rows, roles, items) for side, roles in SIDES.items()}
    cases = sorted({case for side in scores.values() for of in side.values() for case in of})
    found = {case: _case(case, scores, rules) for case in cases}
    return {
        "cut": rules.cut,
        "sides": {side: list(roles) for side, roles in SIDES.items()},
        "counts": {
            label: sum(case["label"] == label for case in found.values())
            for label in (TENSION, AGREEMENT, UNDETERMINED)
        },
        "cases": found,
    }


def _scores(
    rows: pl.DataFrame, roles: tuple[str, ...], items: Mapping[str, Sequence[str]]
) -> Mapping[str, Mapping[str, CaseScore]]:
    own = rows.filter(pl.col("role").is_in(roles))
    side = Side(answers=roles, interviews=roles)
    return case_table(
        own, factors=[FRAMES, AUTONOMY], outcomes=[], items=items, factor_side=side
    ).scores


def _case(
    case: str, scores: Mapping[str, Mapping[str, Mapping[str, CaseScore]]], rules: SteeringRules
) -> dict[str, Any]:
    modes = dict[str, Ruling]()
    shown = dict[str, Any]()
    for side, of in scores.items():
        frames, autonomy = of[FRAMES].get(case), of[AUTONOMY].get(case)
        modes[side] = mode = steering_mode(
            frames.value if frames else None, autonomy.value if autonomy else None, rules=rules
        )
        shown[side] = {
            "label": mode.label,
            "explanation": asdict(mode.explanation),
            "frames": asdict(frames) if frames else None,
            "autonomy": asdict(autonomy) if autonomy else None,
            "suppressed": any(score and score.suppressed for score in (frames, autonomy)),
        }
    both = steering_tension(modes["commissioner"], modes["team"])
    return {"label": both.label, "explanation": asdict(both.explanation), **shown}
