"""How large is each of a few numbers, as bars that carry their number?"""

from collections.abc import Sequence

import altair as alt

from rodedraad.reports.charts.drawing import ACCENT, INK


def bars(names: Sequence[str], values: Sequence[float], labels: Sequence[str]) -> alt.LayerChart:
    """Return horizontal bars from zero, in the order given, each with its label at the end."""
    data = alt.Data(
        values=[
            {"name": name, "value": value, "label": label}
            for name, value, label in zip(names, values, labels, strict=True)
        ]
    )
    base = alt.Chart(data).encode(
        x=alt.X("value:Q", axis=None, scale=alt.Scale(domainMin=0)),
        y=alt.Y(
            "name:N",
            sort=list(names),
            title=None,
            axis=alt.Axis(labelLimit=330, ticks=False, domain=False),
        ),
    )
    chart: alt.LayerChart = alt.LayerChart(
        layer=[
            base.mark_bar(color=ACCENT, height={"band": 0.7}),
            base.mark_text(align="left", dx=5, color=INK, fontSize=12).encode(text="label:N"),
        ]
    )
    return chart.properties(width=320, height=alt.Step(22))
