"""How does a chart become a picture that looks the same on every machine?"""

from dataclasses import dataclass
from typing import Any

import altair as alt
import vl_convert

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, SOFT_INK, LINE, PAPER = "#1d2a35", "#4b5a67", "#737f8b", "#ffffff"
# One hue from light to dark: the order is seen without colour too.
STEPS = ("#eef3f6", "#c3d5df", "#8fb0c2", "#4f7f99", "#1c4358")
ACCENT = STEPS[3]
PNG_SCALE = 2.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """One picture: SVG for screens, PNG for documents."""

    svg: str
    png: bytes


def draw(chart: alt.Chart | alt.LayerChart) -> Drawing:
    """Draw a chart; text in it is Liberation Sans, which the renderer carries."""
    specification: dict[str, Any] = chart.configure(
        font=FONT,
        background=PAPER,
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelColor=INK,
            titleColor=INK,
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            domainColor=LINE,
            tickColor=LINE,
            grid=False,
        ),
        legend=alt.LegendConfig(
            labelColor=INK,
            titleColor=INK,
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            titleLimit=400,
            labelLimit=400,
            symbolStrokeColor=LINE,
        ),
    ).to_dict(validate=False)  # the drawing itself refuses what is wrong
    svg = vl_convert.vegalite_to_svg(specification)
    return Drawing(svg, vl_convert.svg_to_png(svg, scale=PNG_SCALE))
