"""How often would a case get another change type with other respondents and sources?"""

import numpy as np
import numpy.typing as npt

from rodedraad.methods.rulesets.change_type import CHANGE_TYPE_RULES, ChangeTypeRules
from rodedraad.methods.rulesets.change_types import TYPE_LABELS, Ints, type_labels
from rodedraad.methods.rulesets.type_sources import TypeUnits, type_inputs


def type_counts(
    units: TypeUnits,
    rng: np.random.Generator,
    resamples: int,
    rules: ChangeTypeRules = CHANGE_TYPE_RULES,
) -> Ints:
    """How many of ``resamples`` bootstrap samples give each case each label.

    In every sample the respondents are drawn with replacement within case and role, interviews
    and documents within case; then statuses, attitudes and labels are worked out anew. A
    respondent or source is drawn whole, with all that it says. Groups of roles stay as observed.

    Returns
    -------
    Array of shape (n_cases, 5), columns in the order of ``TYPE_LABELS``, each row sums to
    ``resamples``.

    Notes
    -----
    A stratum of one, such as the only document of a case, cannot vary; the shares say nothing of
    what another document would say. Chunks of samples, each with random numbers of its own, can
    run anywhere and be added up.
    """
    sizes = units.sizes
    first, size = np.repeat(units.starts, sizes), np.repeat(sizes, sizes)
    counts: npt.NDArray[np.int64] = np.zeros((units.n_cases, len(TYPE_LABELS)), dtype=np.int64)
    rows = np.arange(units.n_cases)
    for _ in range(resamples):
        drawn = first + (rng.random(first.size) * size).astype(np.int64)
        inputs = type_inputs(units, drawn)
        labels = type_labels(inputs.statuses, inputs.attitudes, inputs.n_source_types, rules=rules)
        counts[rows, labels] += 1
    return counts
