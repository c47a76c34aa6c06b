"""Which model can these data not bear, and how is that mended?"""

from rodedraad.errors import Refusal


class ModelRefusal(Refusal):
    """Data that cannot be read for a model, or a model that the data cannot bear."""

    code = "model_refused"
