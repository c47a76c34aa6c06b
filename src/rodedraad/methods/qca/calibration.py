"""How do raw figures become degrees of membership in a set?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from rodedraad.methods.notices import Notice
from rodedraad.methods.qca.refusals import QcaRefusal
from rodedraad.methods.qca.skewness import FEWEST_SHARE, share_inside
from rodedraad.methods.qca.table import FloatArray

Shape = Literal["logistic", "linear"]
Method = Literal["direct", "indirect", "crisp"]

FULL_MEMBERSHIP = 0.95
EDGE = 1e-4
IRLS_STEPS = 200
IRLS_PRECISION = 1e-12


@dataclass(frozen=True)
class Calibration:
    """Memberships (or levels, for ``crisp``) of cases, and how they were made.

    Notices: ``half_memberships`` (cases at exactly 0.5), ``skewed_set``, ``empty_level``,
    ``not_rising`` (indirect: higher figures somewhere get lower membership).
    """

    memberships: FloatArray
    method: Method
    anchors: tuple[float, ...]
    notices: tuple[Notice, ...]


def calibrate_direct(
    values: npt.ArrayLike,
    *,
    out: float,
    crossover: float,
    full: float,
    shape: Shape = "logistic",
    full_membership: float = FULL_MEMBERSHIP,
) -> Calibration:
    """Ragin's direct method: three anchors, fully out, neither, fully in.

    Logistic: the log odds of membership are linear in the distance to the crossover, on each
    side with its own slope, such that ``full`` gets ``full_membership`` and ``out`` its
    complement. Linear: 0 at ``out``, 0.5 at the crossover, 1 at ``full``, straight between.

    Parameters
    ----------
    values : array of shape (n_cases,), nothing missing
    out, crossover, full : rising, or falling when low figures mean membership
    full_membership : membership at ``full``; log(0.95 / 0.05) = 2.944, which Ragin rounds to 3

    Returns
    -------
    Calibration
        Logistic memberships below 0.0001 become 0 and above 0.9999 become 1.

    Raises
    ------
    QcaRefusal
        For missing values, or anchors that are no numbers or not strictly rising or falling.

    Notes
    -----
    Anchors come from knowledge of the matter, not from the middle of the data.
    Checked against R package QCA and the table in Ragin (2008) (tests/reference/qca).

    Ragin, C. (2008). Redesigning Social Inquiry, chapter 5.

    >>> calibrate_direct([0, 5, 10], out=0, crossover=5, full=10).memberships.round(2).tolist()
    [0.05, 0.5, 0.95]
    """
    x = _numbers(values)
    if not np.isfinite((out, crossover, full)).all():
        raise QcaRefusal(
            f"The anchors must be three numbers. Got {out:g}, {crossover:g} and {full:g}. Correct "
            "the one that is none.",
            code="qca_thresholds",
        )
    rising = out < crossover < full
    if not rising and not out > crossover > full:
        raise QcaRefusal(
            f"The anchors cross: fully out {out:g}, crossover {crossover:g}, fully in {full:g}. "
            "Let them rise, or fall when low figures mean membership, without ties.",
            code="qca_crossing_anchors",
        )
    if not 0.5 < full_membership < 1:
        raise QcaRefusal(
            f"Membership at the anchor must lie between 0.5 and 1. Got {full_membership:g}.",
            code="qca_full_membership",
        )
    above = x >= crossover if rising else x <= crossover
    reach = np.where(above, full - crossover, crossover - out)
    steps = (x - crossover) / reach
    if shape == "linear":
        memberships = np.clip(0.5 + steps / 2, 0, 1)
    else:
        odds = np.clip(steps * np.log(full_membership / (1 - full_membership)), -700, 700)
        memberships = _without_edges(1 / (1 + np.exp(-odds)))
    return Calibration(memberships, "direct", (out, crossover, full), _notices(memberships))


def calibrate_indirect(values: npt.ArrayLike, *, thresholds: Sequence[float]) -> Calibration:
    """Ragin's indirect method: group the cases, then smooth the groups' memberships.

    With m thresholds there are m + 1 groups, with preliminary memberships 0, 1/m ... 1; a figure
    above a threshold is in the higher group. These are regressed on log x, the root of x, x and
    x squared with a fractional logit (quasi-likelihood); the fitted value is the membership.

    Raises
    ------
    QcaRefusal
        For missing or negative figures, thresholds that do not rise, fewer different figures
        than the curve has coefficients (5), or a curve that cannot be fitted.

    Notes
    -----
    The figure 0 is taken as 0.00001, as it has no logarithm. Preliminary memberships are rounded
    to three and results to six digits, as in R package QCA, against which this is checked. The
    curve need not rise everywhere: a notice tells when it does not.

    Ragin, C. (2008), chapter 5. Papke, L. & Wooldridge, J. (1996). Econometric methods for
    fractional response variables. Journal of Applied Econometrics 11, 619-632.
    """
    x = _numbers(values)
    cuts = _rising(thresholds)
    if x.min() < 0:
        raise QcaRefusal(
            "The indirect method needs figures of 0 or more, as it takes their logarithm. Shift "
            "them, or use the direct method.",
            code="qca_indirect_negative",
        )
    steps = np.round(np.linspace(0, 1, len(cuts) + 1), 3)
    target = steps[np.searchsorted(cuts, x, side="left")]
    x = np.where(x == 0, 1e-5, x)
    design = np.column_stack((np.ones_like(x), np.log(x), np.sqrt(x), x, x**2))
    memberships = _without_edges(np.round(_fractional_logit(design, target), 6))
    order = np.argsort(x, kind="stable")
    falls = bool((np.diff(memberships[order]) < -1e-6).any())
    notices = (*_notices(memberships), *((Notice("not_rising"),) if falls else ()))
    return Calibration(memberships, "indirect", tuple(cuts), notices)


def calibrate_crisp(values: npt.ArrayLike, *, thresholds: Sequence[float]) -> Calibration:
    """Levels 0, 1 ... m by m thresholds; a figure equal to a threshold is in the higher level.

    >>> calibrate_crisp([1, 5, 9], thresholds=[5]).memberships.tolist()
    [0.0, 1.0, 1.0]
    """
    x = _numbers(values)
    cuts = _rising(thresholds)
    levels = np.searchsorted(cuts, x, side="right").astype(np.float64)
    notices = [
        Notice("empty_level", {"level": level})
        for level in range(len(cuts) + 1)
        if not (levels == level).any()
    ]
    if len(cuts) == 1:
        notices += _notices(levels)
    return Calibration(levels, "crisp", tuple(cuts), tuple(notices))


def _fractional_logit(design: FloatArray, target: FloatArray) -> FloatArray:
    """Fitted shares of a logit by iteratively reweighted least squares."""
    scale = np.abs(design).max(axis=0)
    scaled = design / scale
    if np.linalg.matrix_rank(scaled, tol=1e-10) < scaled.shape[1]:
        raise QcaRefusal(
            f"The indirect method fits a curve with {design.shape[1]} coefficients, and there are "
            "too few different figures. Use the direct method.",
            code="qca_indirect_singular",
        )
    fitted = (target + 0.5) / 2
    deviance = np.inf
    for _ in range(IRLS_STEPS):
        weight = np.maximum(fitted * (1 - fitted), 1e-12)
        linear = np.log(fitted / (1 - fitted)) + (target - fitted) / weight
        root = np.sqrt(weight)
        orthogonal, triangle = np.linalg.qr(scaled * root[:, None])
        coefficients = np.linalg.solve(triangle, orthogonal.T @ (linear * root))
        eta = np.clip(scaled @ coefficients, -30, 30)
        fitted = 1 / (1 + np.exp(-eta))
        previous, deviance = deviance, _deviance(target, fitted)
        if abs(previous - deviance) <= IRLS_PRECISION * (abs(deviance) + 0.1):
            return fitted
    raise QcaRefusal(
        "The curve of the indirect method did not converge. Use fewer thresholds or the direct "
        "method.",
        code="qca_indirect_not_converged",
    )


def _deviance(target: FloatArray, fitted: FloatArray) -> float:
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = np.where(target > 0, target * np.log(target / fitted), 0.0)
        outside = np.where(target < 1, (1 - target) * np.log((1 - target) / (1 - fitted)), 0.0)
    return float(2 * (inside + outside).sum())


def _without_edges(memberships: FloatArray) -> FloatArray:
    rounded = np.where(memberships < EDGE, 0.0, memberships)
    return np.where(rounded > 1 - EDGE, 1.0, rounded)


def _numbers(values: npt.ArrayLike) -> FloatArray:
    x = np.asarray(values, dtype=np.float64)
    if x.ndim != 1 or x.size == 0:
        raise QcaRefusal("Give one figure per case. Got none.", code="qca_no_figures")
    missing = np.flatnonzero(~np.isfinite(x))
    if missing.size:
        raise QcaRefusal(
            f"{missing.size} figures are missing, the first in row {missing[0] + 1}. Fill them "
            "in or leave those cases out, and say so in the report.",
            code="qca_missing_figures",
            rows=[int(row) + 1 for row in missing],
        )
    return x


def _rising(thresholds: Sequence[float]) -> FloatArray:
    cuts = np.asarray(thresholds, dtype=np.float64)
    if cuts.size == 0 or not np.isfinite(cuts).all() or (np.diff(cuts) <= 0).any():
        raise QcaRefusal(
            "Thresholds must be numbers that rise without ties. Got "
            f"{', '.join(f'{cut:g}' for cut in thresholds) or 'none'}. Sort them and keep one of "
            "each.",
            code="qca_thresholds",
        )
    return cuts


def _notices(memberships: FloatArray) -> tuple[Notice, ...]:
    notices: list[Notice] = []
    half = np.flatnonzero(memberships == 0.5)
    if half.size:
        notices.append(Notice("half_memberships", {"rows": [int(row) + 1 for row in half]}))
    share = share_inside(memberships)
    if not FEWEST_SHARE <= share <= 1 - FEWEST_SHARE:
        notices.append(Notice("skewed_set", {"share_inside": share}))
    return tuple(notices)
