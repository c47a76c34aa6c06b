"""Which data or settings can QCA not work with, and how is that mended?"""

from rodedraad.errors import Refusal


class QcaRefusal(Refusal):
    """A table, calibration or setting that QCA cannot use as it is."""

    code = "qca_refused"
