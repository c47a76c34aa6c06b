"""Can these data bear this model, or would its numbers only look like findings?"""

import numpy as np

from rodedraad.methods.models.data import ModelData
from rodedraad.methods.models.refusals import ModelRefusal
from rodedraad.methods.notices import Notice

MIN_CASES = 8
CASES_PER_TERM = 10
MIN_GROUPS = 20


def check_bearing(data: ModelData, *, override: str = "") -> tuple[Notice, ...]:
    """Refuse a model with too few cases, cases per term, or groups; otherwise its notices.

    At least 8 rows; at least 10 rows per term (7 predictors need 70); with a group at least 20
    groups, and at least 10 groups per term that does not vary inside groups, because such a term
    is a property of the group and has no more cases than there are groups. ``override`` is a
    reason, in words, to do it all the same: the result then carries it in a notice.

    Raises
    ------
    ModelRefusal: with the number there is and the number needed.
    """
    found = _shortage(data)
    if found is None:
        return ()
    rule, have, need, sentence = found
    reason = override.strip()
    if not reason:
        raise ModelRefusal(
            f"{sentence} Leave terms out, collect more, show the matrix instead, or give the "
            "reason why it must be done all the same.",
            code=f"model_{rule}",
            have=have,
            need=need,
        )
    return (Notice("rule_overridden", {"rule": rule, "n": have, "need": need, "reason": reason}),)


def between_terms(data: ModelData) -> tuple[str, ...]:
    """The terms that are the same for all rows of a group, in every group."""
    if not data.group or not data.terms:
        return ()
    counts = np.bincount(data.groups)[:, None]
    sums = np.zeros((len(data.group_names), len(data.terms)))
    np.add.at(sums, data.groups, data.x)
    inside = np.abs(data.x - (sums / counts)[data.groups]).max(axis=0)
    scale = np.maximum(1e-300, np.abs(data.x).max(axis=0))
    return tuple(t for t, d in zip(data.terms, inside / scale, strict=True) if d < 1e-12)


def _shortage(data: ModelData) -> tuple[str, int, int, str] | None:
    n, n_terms, n_groups = data.n, len(data.terms), len(data.group_names)
    fixed = between_terms(data)
    if n < MIN_CASES:
        return "few_cases", n, MIN_CASES, f"A model needs at least {MIN_CASES} cases; here are {n}."
    if n < CASES_PER_TERM * n_terms:
        need = CASES_PER_TERM * n_terms
        return (
            "many_terms",
            n,
            need,
            f"{n_terms} terms ({', '.join(data.terms)}) need at least {need} cases; here are {n}.",
        )
    if data.group and n_groups < MIN_GROUPS:
        return (
            "few_groups",
            n_groups,
            MIN_GROUPS,
            f"A model with rows inside {data.group!r} needs at least {MIN_GROUPS} of them; here "
            f"are {n_groups}.",
        )
    if data.group and n_groups < CASES_PER_TERM * len(fixed):
        need = CASES_PER_TERM * len(fixed)
        return (
            "many_terms_between",
            n_groups,
            need,
            f"{', '.join(fixed)} are the same for all rows of a {data.group}, and need at least "
            f"{need} of them; here are {n_groups}.",
        )
    return None
