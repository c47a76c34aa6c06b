"""How alike are things, two by two, as a square of tiles?"""

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform

from rodedraad.reports.charts.drawing import LINE, PAPER, STEPS

TILE = 16


def similarity_order(likeness: np.ndarray) -> list[int]:
    """Return an order in which things that are alike lie beside each other (average linkage)."""
    distance = 1 - (likeness + likeness.T) / 2
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "average", optimal_ordering=True)
    return [int(i) for i in leaves_list(tree)]


def heatmap(
    titles: Sequence[str],
    likeness: Mapping[tuple[int, int], float],
    *,
    legend: str,
    classes: Sequence[str],
) -> alt.Chart:
    """Return the tiles below the diagonal, darker where more alike.

    Parameters
    ----------
    titles : what each thing is called
    likeness : value of each pair ``(i, j)``; at most 1, and 0 or less is not alike
    classes : words for the classes of likeness, of equal width, lowest first
    """
    table = np.zeros((len(titles), len(titles)))
    for (i, j), value in likeness.items():
        table[i, j] = table[j, i] = value
    order = similarity_order(table)
    tiles = [
        {
            "row": titles[order[a]],
            "column": titles[order[b]],
            "class": classes[_class(table[order[a], order[b]], len(classes))],
        }
        for a in range(len(order))
        for b in range(a)
    ]
    shown = [titles[i] for i in order]
    return (
        alt.Chart(alt.Data(values=tiles))
        .mark_rect(stroke=PAPER, strokeWidth=1)
        .encode(
            x=alt.X(
                "column:N",
                sort=shown,
                title=None,
                axis=alt.Axis(labelAngle=-90, labelLimit=420, orient="bottom", ticks=False),
            ),
            y=alt.Y("row:N", sort=shown, title=None, axis=alt.Axis(labelLimit=420, ticks=False)),
            color=alt.Color(
                "class:N",
                title=legend,
                scale=alt.Scale(domain=list(classes), range=list(STEPS[: len(classes)])),
                legend=alt.Legend(orient="top", direction="horizontal", symbolStrokeColor=LINE),
            ),
        )
        .properties(width=alt.Step(TILE), height=alt.Step(TILE))
    )


def _class(value: float, n_classes: int) -> int:
    return min(max(int(value * n_classes), 0), n_classes - 1)
