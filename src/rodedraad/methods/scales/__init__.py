"""What do respondents score on a scale, and does the scale measure one thing reliably?"""

from rodedraad.methods.scales.answers import ItemAnswers, item_answers
from rodedraad.methods.scales.coefficients import feldt_interval
from rodedraad.methods.scales.factor import OneFactor, one_factor
from rodedraad.methods.scales.parallel import ParallelAnalysis, parallel_analysis
from rodedraad.methods.scales.polychoric import PolychoricCorrelations, polychoric_correlations
from rodedraad.methods.scales.refusals import ScaleRefusal
from rodedraad.methods.scales.reliability import (
    ItemReliability,
    ScaleReliability,
    scale_reliability,
)
from rodedraad.methods.scales.scoring import ItemSummary, ScaleScores, score_items

__all__ = [
    "ItemAnswers",
    "ItemReliability",
    "ItemSummary",
    "OneFactor",
    "ParallelAnalysis",
    "PolychoricCorrelations",
    "ScaleRefusal",
    "ScaleReliability",
    "ScaleScores",
    "feldt_interval",
    "item_answers",
    "one_factor",
    "parallel_analysis",
    "polychoric_correlations",
    "scale_reliability",
    "score_items",
]
