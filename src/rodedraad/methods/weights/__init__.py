"""How much does each respondent count for the population, and how sure is an estimate then?"""

from rodedraad.methods.weights.calibration import Weights, kish_design_effect, post_stratify, rake
from rodedraad.methods.weights.estimates import SurveyEstimate, survey_mean, survey_total
from rodedraad.methods.weights.margins import Margin
from rodedraad.methods.weights.refusals import WeightRefusal
from rodedraad.methods.weights.sampling import SampleDesign, sample_design

__all__ = [
    "Margin",
    "SampleDesign",
    "SurveyEstimate",
    "WeightRefusal",
    "Weights",
    "kish_design_effect",
    "post_stratify",
    "rake",
    "sample_design",
    "survey_mean",
    "survey_total",
]
