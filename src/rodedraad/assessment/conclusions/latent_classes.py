"""Which respondents, or which cases, are alike: latent profiles of their scores?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import polars as pl

from rodedraad.assessment.conclusions.answers import answer_matrix
from rodedraad.assessment.conclusions.change_type import change_type_of_cases
from rodedraad.errors import Refusal
from rodedraad.methods.latent_classes import (
    LatentClasses,
    bootstrap_test,
    class_data,
    class_shares,
    compare_classes,
    latent_classes,
    rule_agreement,
)
from rodedraad.methods.notices import Notice
from rodedraad.methods.plain import plain
from rodedraad.methods.rulesets.measures import CELLS
from rodedraad.methods.scales import score_items

Unit = Literal["respondents", "cases"]
Tell = Callable[[int, int], None]
SIZES = (1, 2, 3, 4, 5, 6)
STARTS = 20
BOOTSTRAPS = 99
MIN_PER_GROUP = 5
CASE, RESPONDENT, ROLE, TYPE = "case", "respondent", "role", "type"


def classes_of_respondents(
    rows: pl.DataFrame,
    *,
    items: Mapping[str, Sequence[str]],
    sizes: Sequence[int] = SIZES,
    n_classes: int | None = None,
    starts: int = STARTS,
    bootstraps: int = BOOTSTRAPS,
    seed: int,
    tell: Tell | None = None,
) -> dict[str, Any]:
    """Return latent profiles of the scores that respondents give to constructs.

    Classes are laid beside roles, corrected for doubt about who is in which class. Nobody's own
    membership is in the result.

    Parameters
    ----------
    rows : evidence of the kind ``answer`` of one wave
    items : codes of the items of each construct, in the order of the result
    sizes : numbers of classes to compare
    n_classes : the number chosen; none: the one with the lowest BIC
    tell : called with the number of steps done and their total

    Raises
    ------
    Refusal: nobody answered; ClassRefusal: the answers bear no classes.
    """
    table = respondent_scores(rows, items)
    numbers = [code for code in items if code in table.columns]
    result, model = _classes(table, numbers, sizes, n_classes, starts, bootstraps, seed, tell)
    shares = class_shares(model, table[ROLE], name=ROLE, seed=seed)
    large = [label for label in shares.labels if sum(_counts(shares, label)) >= MIN_PER_GROUP]
    return result | {
        "unit": "respondents",
        "by_role": {
            label: plain(shares.of_label[i])
            for i, label in enumerate(shares.labels)
            if label in large
        },
        "roles_left_out": [label for label in shares.labels if label not in large],
    }


def classes_of_cases(
    rows: pl.DataFrame,
    *,
    attitudes: Mapping[str, str],
    items: Mapping[str, Sequence[str]],
    sizes: Sequence[int] = SIZES,
    n_classes: int | None = None,
    starts: int = STARTS,
    bootstraps: int = BOOTSTRAPS,
    seed: int,
    tell: Tell | None = None,
) -> dict[str, Any]:
    """Return latent profiles of cases on the cells of measures and attitudes, beside the rule.

    The rule (c.1) decides on the same figures, so agreement says how far its thresholds follow
    groups that the figures form by themselves; it is no test of the rule.

    Parameters
    ----------
    rows : evidence of the kinds ``measure``, ``answer`` and ``rubric`` of one wave
    attitudes, items : as in ``change_type.change_type_of_cases``
    sizes, n_classes, tell : as in ``classes_of_respondents``

    Raises
    ------
    Refusal: no case has measures; ClassRefusal: the cases bear no classes.
    """
    typed = change_type_of_cases(rows, attitudes=attitudes, items=items, seed=seed, resamples=0)
    if not typed["cases"]:
        raise Refusal(
            "No case has measures in this wave. Bring in measures first.",
            code="classes_without_measures",
        )
    cases = list(typed["cases"])
    columns = {
        **{cell: [typed["cases"][case]["cells"][cell] for case in cases] for cell in CELLS},
        **{
            name: [typed["cases"][case]["attitudes"][name]["value"] for case in cases]
            for name in attitudes
        },
    }
    table = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Float64()))
    numbers = [name for name in columns if _varies(table[name])]
    result, model = _classes(table, numbers, sizes, n_classes, starts, bootstraps, seed, tell)
    labels = [typed["cases"][case]["label"] for case in cases]
    agreement = plain(rule_agreement(model, labels, name=TYPE, seed=seed))
    return result | {
        "unit": "cases",
        "left_out": [name for name in columns if name not in numbers],
        "cases": {
            case: {
                "class": int(model.members.modal[i]),
                "posteriors": [float(p) for p in model.members.posteriors[i]],
                "type": labels[i],
            }
            for i, case in enumerate(cases)
        },
        "rule": agreement,
    }


def respondent_scores(rows: pl.DataFrame, items: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """Return a row per respondent: case, respondent, role, and the score (0-1) per construct.

    A score is null when fewer than two thirds of the items were answered; a construct that nobody
    answered, or on which all scores are the same, has no column.
    """
    table: pl.DataFrame | None = None
    for code, wanted in items.items():
        found = answer_matrix(rows.filter(pl.col("construct") == code), wanted)
        if found is None:
            continue
        scores = pl.Series(code, score_items(found.answers).scores, nan_to_null=True)
        if not _varies(scores):
            continue
        scored = pl.DataFrame([found.cases, found.respondents, found.roles, scores])
        if table is None:
            table = scored
        else:
            table = table.join(
                scored, on=[CASE, RESPONDENT, ROLE], how="full", coalesce=True, validate="1:1"
            )
    if table is None:
        raise Refusal(
            "Nobody answered statements of these constructs. Bring in answers, or choose others.",
            code="classes_without_answers",
        )
    return table.sort(CASE, RESPONDENT, ROLE)


def _classes(
    table: pl.DataFrame,
    numbers: Sequence[str],
    sizes: Sequence[int],
    n_classes: int | None,
    starts: int,
    bootstraps: int,
    seed: int,
    tell: Tell | None,
) -> tuple[dict[str, Any], LatentClasses]:
    data = class_data(table, numbers=numbers)
    total = len(sizes) + 1
    compared = compare_classes(data, sizes, seed=seed, starts=starts)
    tests = []
    for done, (few, many) in enumerate(pairwise(compared.models), start=1):
        if tell:
            tell(done, total)
        if bootstraps and many.n_classes == few.n_classes + 1:
            tests.append(bootstrap_test(data, few, many, seed=seed, samples=bootstraps))
    chosen = n_classes or compared.lowest["bic"]
    model = latent_classes(data, chosen, seed=seed, starts=starts)
    if tell:
        tell(total, total)
    p_of = {test.n_classes: test.p for test in tests}
    return {
        "n": data.n,
        "items": list(model.items),
        "missing": plain(model.missing),
        "compared": [
            {
                "n_classes": each.n_classes,
                "fit": plain(each.fit),
                "smallest": each.shares[-1].estimate,
                "replicated": each.starts.replicated,
                "starts": each.starts.n,
                "p": p_of.get(each.n_classes),
                "notices": plain(each.notices),
            }
            for each in compared.models
        ],
        "lowest": plain(compared.lowest),
        "bootstraps": bootstraps,
        "n_classes": model.n_classes,
        "chosen_by": "person" if n_classes else "bic",
        "order": model.order,
        "shares": plain(model.shares),
        "profiles": [
            {"item": each.item, "means": plain(each.means), "sds": plain(each.sds)}
            for each in model.numbers
        ],
        "entropy": model.fit.entropy,
        "certainty": plain(model.members.certainty),
        "notices": _notices((*data.notices, *compared.notices, *model.notices)),
    }, model


def _notices(notices: Iterable[Notice]) -> list[dict[str, Any]]:
    """Every notice once; rows that are known in part take part here, unlike in other models."""
    found: list[dict[str, Any]] = []
    for each in notices:
        code = "rows_known_in_part" if each.code == "incomplete_rows" else each.code
        said = {"code": code, "context": plain(each.context)}
        if said not in found:
            found.append(said)
    return found


def _counts(shares: Any, label: str) -> Sequence[float]:
    return shares.counts[shares.labels.index(label)]


def _varies(column: pl.Series) -> bool:
    known = column.drop_nulls().to_numpy()
    return known.size > 1 and bool(np.ptp(known) > 0)
