"""What cannot be weighted or estimated as asked, and how is that mended?"""

from rodedraad.errors import Refusal


class WeightRefusal(Refusal):
    """A sample, a population or a design that does not allow the weights or the variance."""

    code = "weights_refused"
