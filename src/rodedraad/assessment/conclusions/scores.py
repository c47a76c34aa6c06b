"""What does each case score on one construct, from which sources, and how sure is that?"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from rodedraad.assessment.conclusions.answers import AnswerMatrix, answer_matrix
from rodedraad.assessment.conclusions.rubrics import rubric_scores
from rodedraad.assessment.conclusions.score_quality import score_intraclass, score_reliability
from rodedraad.methods.aggregation import (
    CaseMean,
    case_means,
    combine_sources,
    within_case_agreement,
)
from rodedraad.methods.notices import Notice
from rodedraad.methods.plain import plain
from rodedraad.methods.scales import ScaleScores, score_items

MIN_PUBLISHED = 5
MIN_PER_ROLE = 3
MAX_GAP = 0.33
BOOTSTRAPS = 500
SOURCES = ("survey", "document", "interview")
OF_CASES = frozenset({"suppressed", "empty", "pooled_roles", "roles_apart"})
"""Notices that every case carries itself."""


def construct_scores(
    rows: pl.DataFrame,
    *,
    construct: str,
    items: Sequence[str],
    seed: int,
    bootstraps: int = BOOTSTRAPS,
    min_per_role: int = MIN_PER_ROLE,
    min_published: int = MIN_PUBLISHED,
    max_gap: float = MAX_GAP,
) -> dict[str, Any]:
    """Bring evidence of the kinds ``answer`` and ``rubric`` together to a score per case.

    Survey: per person the mean of the items when two thirds of those asked were answered, then
    the mean per role, then over roles that count equally; roles with fewer than ``min_per_role``
    scores are pooled. Document and interview: the mean over documents, or interviews, of the
    rubric (0-3) divided by 3. Combined: the median of what is known; sources more than
    ``max_gap`` apart contradict each other.

    ``suppressed`` means: not for publication, as fewer than ``min_published`` people stand behind
    it. ``rwg`` is rwg(J) against the uniform null. A statistic that the data cannot bear is null,
    with a notice that says why.
    """
    matrix = answer_matrix(rows, items) if items else None
    scored, notices = None, list[Notice]()
    means: Mapping[str, CaseMean] = {}
    if matrix is not None:
        scored = score_items(matrix.answers)
        found = case_means(
            scored.scores,
            matrix.cases,
            matrix.roles,
            min_per_role=min_per_role,
            min_published=min_published,
        )
        means = {case.case: case for case in found.cases}
        notices += [*matrix.notices, *scored.notices]
        notices += [notice for notice in found.notices if notice.code not in OF_CASES]
    rubric = rubric_scores(rows)
    cases = _cases(matrix, scored, means, rubric, max_gap=max_gap, min_published=min_published)
    reliability, icc = dict[str, Any](), dict[str, Any]()
    if matrix is not None and scored is not None:
        reliability, said = score_reliability(matrix, scored, seed=seed, bootstraps=bootstraps)
        icc, more = score_intraclass(matrix, scored, construct)
        notices += [*said, *more]
    if (others := _other_sources(rows)) > 0:
        notices.append(Notice("source_not_combined", {"n": others}))
    return {
        "construct": construct,
        "cases": cases,
        "counts": {
            "cases": len(cases),
            "respondents": 0 if scored is None else scored.n_respondents,
            "scored": 0 if scored is None else scored.n_scored,
            "suppressed": sum(case["suppressed"] for case in cases.values()),
            "conflict": sum(case["conflict"] for case in cases.values()),
        },
        "reliability": plain(reliability),
        "icc": plain(icc),
        "dont_know_share": None if scored is None else scored.dont_know_share,
        "notices": [plain(notice) for notice in notices],
    }


def _other_sources(rows: pl.DataFrame) -> int:
    return rows.filter((pl.col("kind") == "rubric") & ~pl.col("about").is_in(SOURCES[1:])).height


def _cases(
    matrix: AnswerMatrix | None,
    scored: ScaleScores | None,
    means: Mapping[str, CaseMean],
    rubric: Mapping[str, Mapping[str, Mapping[str, Any]]],
    *,
    max_gap: float,
    min_published: int,
) -> dict[str, dict[str, Any]]:
    names = sorted({*means, *(c for c, kinds in rubric.items() if kinds.keys() & set(SOURCES))})
    if not names:
        return {}
    survey = {case: mean.value for case, mean in means.items()}
    sources = {
        "survey": [survey.get(case) for case in names],
        **{
            about: [rubric.get(case, {}).get(about, {}).get("value") for case in names]
            for about in SOURCES[1:]
        },
    }
    combined = combine_sources(
        names,
        {source: np.array(values, dtype=np.float64) for source, values in sources.items()},
        maximum=dict.fromkeys(sources, 1.0),
        max_gap=max_gap,
    )
    agreed, roles, unknown = _agreement(matrix), _role_means(matrix, scored), _dont_know(matrix)
    found: dict[str, dict[str, Any]] = {}
    for i, each in enumerate(combined.cases):
        case, mean = each.case, means.get(each.case)
        document, interview = (rubric.get(case, {}).get(about, {}) for about in SOURCES[1:])
        n, speakers = (mean.n if mean else 0), interview.get("speakers", 0)
        found[case] = {
            "combined": each.value,
            **{source: values[i] for source, values in sources.items()},
            "n_respondents": n,
            "n_without_score": mean.n_missing if mean else 0,
            "sd": mean.sd if mean else None,
            "roles": _roles(mean, roles.get(case, {})),
            "role_gap": mean.role_gap if mean else None,
            "rwg": agreed.get(case),
            "dont_know_share": unknown.get(case),
            "n_documents": document.get("n", 0),
            "n_interviews": interview.get("n", 0),
            "n_speakers": speakers,
            "interview_range": [interview["low"], interview["high"]] if interview else None,
            "document_range": [document["low"], document["high"]] if document else None,
            "gap": each.gap,
            "conflict": each.contradictory,
            "suppressed": 0 < (n or speakers) < min_published,
            "interview_suppressed": 0 < speakers < min_published,
        }
    return found


def _roles(mean: CaseMean | None, own: Mapping[str, tuple[float, int]]) -> dict[str, Any]:
    """Mean and number per role, with which other roles it was pooled to count."""
    if mean is None:
        return {}
    return {
        role: {
            "mean": own[role][0],
            "n": own[role][1],
            "pooled_with": [other for other in group.roles if other != role],
            "suppressed": group.suppressed or group.pooled,
        }
        for group in mean.by_role
        for role in group.roles
    }


def _role_means(
    matrix: AnswerMatrix | None, scored: ScaleScores | None
) -> dict[str, dict[str, tuple[float, int]]]:
    if matrix is None or scored is None:
        return {}
    found = (
        pl.DataFrame({"case": matrix.cases, "role": matrix.roles, "score": scored.scores})
        .filter(pl.col("score").is_not_nan())
        .group_by("case", "role")
        .agg(mean=pl.col("score").sort().mean(), n=pl.len())
    )
    per_case: dict[str, dict[str, tuple[float, int]]] = {}
    for case, role, mean, n in found.iter_rows():
        per_case.setdefault(case, {})[role] = (mean, n)
    return per_case


def _agreement(matrix: AnswerMatrix | None) -> dict[str, float | None]:
    """rwg(J) per case against the uniform null; None below two people."""
    if matrix is None or not matrix.answers.answered.any():
        return {}
    found = within_case_agreement(matrix.answers.values, matrix.cases)
    return {
        case.case: null.rwg_j if (null := case.against("uniform")) else None for case in found.cases
    }


def _dont_know(matrix: AnswerMatrix | None) -> dict[str, float]:
    if matrix is None:
        return {}
    table = pl.DataFrame(
        {
            "case": matrix.cases,
            "unknown": matrix.answers.dont_know.sum(axis=1),
            "asked": (~matrix.answers.not_asked).sum(axis=1),
        }
    )
    found = table.group_by("case").agg(share=pl.col("unknown").sum() / pl.col("asked").sum())
    return dict(found.iter_rows())
