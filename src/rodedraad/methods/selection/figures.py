"""How far apart are the units of a frame on background figures of different scales?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rodedraad.methods.selection.notices import Notice
from rodedraad.methods.selection.refusals import SelectionRefusal

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class StandardisedFigures:
    """Figures as z-scores: ``z`` of shape (n_units, n_kept), NaN where unknown.

    ``names`` are the variables kept, ``logged`` those taken as natural logarithm first,
    ``dropped`` those left out (each has a notice that says why).
    """

    z: Floats
    names: tuple[str, ...]
    logged: tuple[str, ...]
    dropped: tuple[str, ...]
    notices: tuple[Notice, ...]


def standardise(
    figures: npt.ArrayLike,
    names: Sequence[str],
    *,
    log: Collection[str] = (),
    max_missing: float = 0.25,
) -> StandardisedFigures:
    """Turn figures into z-scores over the known units of the frame.

    The standard deviation has divisor n: the frame is the whole population, not a sample. A
    missing figure stays missing (NaN) and is counted in a notice; nothing is filled in. A
    variable that is constant, or unknown for more than ``max_missing`` of the units, is left out
    with a notice that names it.

    Parameters
    ----------
    figures: array of shape (n_units, n_vars); NaN means unknown.
    names: n_vars names, used in notices and refusals.
    log: names of variables to take as natural logarithm first. Which ones are skewed enough is
        the researcher's choice; population usually is.
    max_missing: largest share of unknown units a variable may have, 0-1; our default.

    Raises
    ------
    SelectionRefusal: shape and names differ, a figure is infinite, a logarithm is asked of a
        figure of 0 or less, or no variable is left.

    Checked against scipy.stats.zscore in tests/methods/test_selection_figures.py.
    """
    raw = _checked(figures, names, log)
    kept: list[Floats] = []
    kept_names: list[str] = []
    dropped: list[str] = []
    notices: list[Notice] = []
    for column, name in zip(raw.T, names, strict=True):
        known = ~np.isnan(column)
        missing = int(column.size - known.sum())
        values = np.log(column) if name in log else column
        reason = _unusable(values[known], missing / column.size, max_missing)
        if reason:
            dropped.append(name)
            notices.append(Notice("variable_dropped", f"{name}: {reason}", name, missing))
            continue
        kept.append((values - values[known].mean()) / values[known].std())
        kept_names.append(name)
        if missing:
            message = f"{name}: unknown for {missing} of {column.size} units"
            notices.append(Notice("figures_missing", message, name, missing))
    if not kept:
        raise SelectionRefusal(
            "None of the variables tells the units apart: "
            + "; ".join(n.message for n in notices)
            + ". Choose other variables or a frame with known figures.",
            code="no_usable_variable",
            dropped=dropped,
        )
    z = np.column_stack(kept)
    z.flags.writeable = False
    return StandardisedFigures(
        z=z,
        names=tuple(kept_names),
        logged=tuple(n for n in kept_names if n in log),
        dropped=tuple(dropped),
        notices=tuple(notices),
    )


def unit_distances(z: npt.ArrayLike) -> Floats:
    """Distance between every two units: Euclidean over the variables known for both.

    With k of p variables known for both, the squared distance is multiplied by p / k, so that a
    pair with gaps is not nearer merely because less is known of it (the idea of Gower's 1971
    coefficient, applied to squared differences).

    Parameters
    ----------
    z: array of shape (n_units, n_vars), NaN where unknown.

    Returns
    -------
    Symmetric array of shape (n_units, n_units) with zeros on the diagonal.

    Raises
    ------
    SelectionRefusal: two units have no known variable in common; no distance exists then.

    Cost: n_units squared times n_vars. Checked against scipy.spatial.distance.pdist (complete
    data) and sklearn.metrics.pairwise.nan_euclidean_distances (gaps).
    """
    scores = np.asarray(z, dtype=np.float64)
    n_units, n_vars = scores.shape
    squares = np.zeros((n_units, n_units))
    known = np.zeros((n_units, n_units))
    for column in scores.T:
        difference = np.square(column[:, None] - column[None, :])
        both = ~np.isnan(difference)
        squares += np.where(both, difference, 0.0)
        known += both
    np.fill_diagonal(known, n_vars)
    if not known.all():
        first, second = (int(i) for i in np.argwhere(known == 0)[0])
        raise SelectionRefusal(
            f"Units {first} and {second} have no known variable in common, so their distance does"
            " not exist. Leave out units without figures or add a variable that is known for"
            " all.",
            code="no_common_variable",
            units=(first, second),
        )
    return np.sqrt(squares * (n_vars / known))


def _unusable(known: Floats, missing_share: float, max_missing: float) -> str:
    if missing_share > max_missing:
        return f"unknown for {missing_share:.0%} of the units, more than {max_missing:.0%}"
    if np.ptp(known) <= 1e-12 * max(1.0, float(np.abs(known).max())):
        return "the same for every unit"
    return ""


def _checked(figures: npt.ArrayLike, names: Sequence[str], log: Collection[str]) -> Floats:
    raw = np.asarray(figures, dtype=np.float64)
    if raw.ndim != 2 or raw.shape[0] == 0 or raw.shape[1] != len(names):
        raise SelectionRefusal(
            f"Figures must be a table of units by {len(names)} named variables. Got shape"
            f" {raw.shape} instead.",
            code="figures_shape",
        )
    unknown = sorted(set(log) - set(names))
    if unknown:
        raise SelectionRefusal(
            f"A logarithm is asked of {unknown[0]!r}, which is not among the variables. Check the"
            " name.",
            code="unknown_variable",
            variables=unknown,
        )
    for column, name in zip(raw.T, names, strict=True):
        if np.isinf(column).any():
            raise SelectionRefusal(
                f"{name} holds an infinite figure at unit {int(np.isinf(column).argmax())}."
                " Correct it or mark it as unknown.",
                code="figure_infinite",
                variable=name,
            )
        if name in log and (column <= 0).any():
            raise SelectionRefusal(
                f"{name} is 0 or less at unit {int((column <= 0).argmax())}, so it has no"
                " logarithm. Use the figure itself, or another scale.",
                code="figure_without_logarithm",
                variable=name,
            )
    return raw
