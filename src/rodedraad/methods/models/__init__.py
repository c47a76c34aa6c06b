"""What goes together with an outcome, everything else held equal, if the data can bear it?"""

from rodedraad.methods.models.bearing import between_terms, check_bearing
from rodedraad.methods.models.coefficients import Coefficient, Threshold
from rodedraad.methods.models.cumulative import Link
from rodedraad.methods.models.data import ModelData, model_data
from rodedraad.methods.models.linear import LinearModel, linear_model
from rodedraad.methods.models.linear_mixed import LinearMixedModel, linear_mixed_model
from rodedraad.methods.models.ordinal import OrdinalModel, ordinal_model
from rodedraad.methods.models.ordinal_mixed import OrdinalMixedModel, ordinal_mixed_model
from rodedraad.methods.models.refusals import ModelRefusal

__all__ = [
    "Coefficient",
    "LinearMixedModel",
    "LinearModel",
    "Link",
    "ModelData",
    "ModelRefusal",
    "OrdinalMixedModel",
    "OrdinalModel",
    "Threshold",
    "between_terms",
    "check_bearing",
    "linear_mixed_model",
    "linear_model",
    "model_data",
    "ordinal_mixed_model",
    "ordinal_model",
]
