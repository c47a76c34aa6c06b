"""Where do the figures themselves suggest a threshold?"""

import numpy as np
import numpy.typing as npt

from rodedraad.methods.qca.refusals import QcaRefusal
from rodedraad.methods.qca.table import FloatArray


def thresholds_by_gap(values: npt.ArrayLike, n: int = 1) -> tuple[float, ...]:
    """The middles of the ``n`` widest gaps between neighbouring figures, rising.

    Of equally wide gaps the lowest is taken. A suggestion to look at, no calibration: the set
    needs an argument of its own.

    >>> thresholds_by_gap([1, 2, 3, 10, 11])
    (6.5,)
    """
    x = _different(values, n)
    gaps = np.diff(x)
    widest = np.sort(np.argsort(-gaps, kind="stable")[:n])
    return tuple(float(middle) for middle in (x[widest] + x[widest + 1]) / 2)


def thresholds_by_cluster(values: npt.ArrayLike, n: int = 1) -> tuple[float, ...]:
    """The middles between ``n`` + 1 clusters (complete linkage), rising.

    Each step joins the two neighbouring clusters whose union is narrowest; of equals the lowest.

    Checked against ``hclust`` and ``cutree`` of R, as used by ``findTh`` of R package QCA
    (tests/reference/qca).

    >>> thresholds_by_cluster([1, 2, 3, 10, 11])
    (6.5,)
    """
    x = _different(values, n)
    starts = list(range(len(x)))
    while len(starts) > n + 1:
        ends = [*starts[1:], len(x)]
        spans = [x[end - 1] - x[start] for start, end in zip(starts[:-1], ends[1:], strict=True)]
        del starts[int(np.argmin(spans)) + 1]
    return tuple(float(x[start - 1] + x[start]) / 2 for start in starts[1:])


def _different(values: npt.ArrayLike, n: int) -> FloatArray:
    x = np.unique(np.asarray(values, dtype=np.float64))
    if not np.isfinite(x).all():
        raise QcaRefusal(
            "Some figures are missing. Leave those cases out first.", code="qca_missing_figures"
        )
    if not 1 <= n < x.size:
        raise QcaRefusal(
            f"The number of thresholds must be at least 1 and less than the number of different "
            f"figures, {x.size}. Got {n}. Ask another number, or choose the thresholds from what "
            "you know.",
            code="qca_too_few_figures",
        )
    return x
